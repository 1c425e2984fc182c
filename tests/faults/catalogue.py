"""Everything that the site may do wrong, by name, and what a build makes of it.

`server.py` serves one of them to whoever tries it by hand, `test_faults.py` tries each, and docs/fetching.md has the
table of them.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.site import LIVE_FILES, NOT_FOUND, Fault, Handler, OfstedSite, Published

Where = Literal["file", "provider", "search", "robots"]
Outcome = Literal["nothing", "file failed", "page failed", "no listing"]

OUTCOMES: dict[Outcome, str] = {
    "nothing": "nothing: the build is as without it",
    "file failed": "the file is named under `failed`, and what is held of it stays",
    "page failed": "the page is named under `failed`, and what it listed last is assumed",
    "no listing": "exit code 1, and the last listing is kept",
}
REISSUED = b"%PDF-1.7 another issue" + b" " * 600
LARGE = 60_000_000
"""More bytes than a file may have."""


class NamedFault(NamedTuple):
    """A fault: what is asked for when it comes, the answer, what that leads to, and words of what is said."""

    where: Where
    does: str
    make: Callable[[], Fault]
    outcome: Outcome
    words: str = ""

    def install(self, site: OfstedSite, victim: Published) -> None:
        """Let the site answer so: for one file or one page of a provider, or for every page of a search."""
        paths = {"file": victim.path, "provider": f"/provider/44/{victim.urn}"}
        site.always[paths.get(self.where, self.where)] = self.make()


def _page(markup: str) -> Callable[[], Fault]:
    return lambda: wrong.page(markup)


def _unclosed(n_tags: int) -> str:
    """Unclosed tags, which a browser reopens in every paragraph that follows: its tree of 5,000 takes gigabytes."""
    return "".join(f"<p><b id={number}>" for number in range(n_tags))


def _status(code: int, **headers: str) -> Callable[[], Fault]:
    return lambda: wrong.status(code, {name.replace("_", "-"): value for name, value in headers.items()})


def _once_503(retry_after: str) -> Callable[[], Fault]:
    return lambda: wrong.once(wrong.status(503, {"Retry-After": retry_after}))


def _encoded(encoding: str) -> Callable[[], Fault]:
    return lambda: lambda handler: handler.reply(200, REISSUED, "application/pdf", {"Content-Encoding": encoding})


FAULTS: dict[str, NamedFault] = {
    "status-500": NamedFault("file", "500", _status(500), "file failed", "answered 500"),
    "status-503": NamedFault("file", "503", _status(503), "file failed", "answered 503"),
    "status-429": NamedFault("file", "429 without a time", _status(429), "file failed", "answered 429"),
    "status-403": NamedFault("file", "403", _status(403), "file failed", "answered 403"),
    "status-404": NamedFault("file", "404", _status(404), "file failed", "answered 404"),
    "long-rest": NamedFault(
        "file", "429 that asks for a day", _status(429, Retry_After="86400"), "file failed", "86,400 seconds"
    ),
    "reset": NamedFault("file", "a reset in the body", lambda: wrong.reset, "file failed", "Could not read http"),
    "short": NamedFault("file", "less than its length", lambda: wrong.short, "file failed", "Could not read http"),
    "stall": NamedFault("file", "a body that stops coming", lambda: wrong.stall, "file failed", "(?i)time"),
    "dribble": NamedFault("file", "a byte at a time", lambda: wrong.dribble, "file failed", "was not whole after"),
    "dribble-headers": NamedFault(
        "file", "headers a byte at a time", lambda: wrong.dribble_headers, "file failed", "was not whole after"
    ),
    "wrong-type": NamedFault(
        "file", "a PDF called image/png", lambda: wrong.pdf(REISSUED, "image/png"), "file failed", "a PDF was expected"
    ),
    "html-200": NamedFault("file", "a page with status 200", _page("<p>Mending."), "file failed", "is no PDF"),
    "html-as-pdf": NamedFault(
        "file", "a page called a PDF", lambda: wrong.pdf(b"<!DOCTYPE html><p>Sorry"), "file failed", "is no PDF"
    ),
    "html-unclosed": NamedFault("file", "a page of unclosed tags", _page(_unclosed(5_000)), "file failed", "is no PDF"),
    "not-found-page": NamedFault(
        "file",
        "the page for missing reports",
        lambda: wrong.pdf(NOT_FOUND.encode(), "text/html"),
        "file failed",
        "'Report not found'",
    ),
    "redirect-loop": NamedFault(
        "file", "a redirect in a loop", lambda: _redirect_to_itself, "file failed", "redirects in a loop"
    ),
    "redirect-endless": NamedFault(
        "file", "redirects without end", lambda: wrong.redirect_on, "file failed", "too often"
    ),
    "redirect-nowhere": NamedFault(
        "file", "a redirect to no address", lambda: wrong.redirect("http://[bad"), "file failed", "which is no address"
    ),
    "redirect-elsewhere": NamedFault(
        "file",
        "a redirect to another host",
        lambda: wrong.redirect("http://169.254.169.254/secrets"),
        "file failed",
        "none of the sites that may be asked",
    ),
    "large": NamedFault(
        "file", "60 MB", lambda: wrong.huge(LARGE, declared=True), "file failed", "60,000,000 bytes; the limit"
    ),
    "large-undeclared": NamedFault(
        "file", "60 MB, and not said so", lambda: wrong.huge(LARGE, declared=False), "file failed", "more than"
    ),
    "zstd": NamedFault("file", "zstd that is none", _encoded("zstd"), "file failed", "not asked for: zstd"),
    "brotli": NamedFault("file", "brotli that is none", _encoded("br"), "file failed", "not asked for: br"),
    "gzip": NamedFault("file", "gzip that is none", _encoded("gzip"), "file failed", "Could not read http"),
    "etag": NamedFault("file", "an ETag beyond ASCII", lambda: wrong.with_headers(etag="caf\xe9"), "nothing"),
    "last-modified": NamedFault(
        "file", "a Last-Modified of 5 KB", lambda: wrong.with_headers(last_modified="9" * 5_000), "nothing"
    ),
    "cookie": NamedFault("file", "a cookie beyond ASCII", lambda: wrong.with_headers(set_cookie="\xe9=1"), "nothing"),
    "retry-zone": NamedFault(
        "file", "503 once, a Retry-After of no zone", _once_503("Thu, 01 Jan 2026 00:00:00 +99999999999999"), "nothing"
    ),
    "retry-date": NamedFault(
        "file", "503 once, a Retry-After of no date", _once_503("Thu, 99 Jan 99999 00:00:00 GMT"), "nothing"
    ),
    "charset-idna": NamedFault(
        "provider", "charset=idna", lambda: wrong.with_headers(content_type="text/html; charset=idna"), "nothing"
    ),
    "charset-punycode": NamedFault(
        "provider",
        "charset=punycode",
        lambda: wrong.with_headers(content_type="text/html; charset=punycode"),
        "nothing",
    ),
    "page-500": NamedFault("provider", "500", _status(500), "page failed", "answered 500"),
    "page-404": NamedFault("provider", "404", _status(404), "page failed", "answered 404"),
    "page-reset": NamedFault("provider", "a reset", lambda: wrong.reset, "page failed", "Could not read http"),
    "page-pdf": NamedFault(
        "provider", "a PDF", lambda: wrong.pdf(b"%PDF-1.4"), "page failed", "where a page of HTML was expected"
    ),
    "page-zstd": NamedFault(
        "provider",
        "zstd that is none",
        lambda: wrong.with_headers(content_encoding="zstd"),
        "page failed",
        "not asked for: zstd",
    ),
    "page-large": NamedFault(
        "provider", "9 MB", _page("<p>" * 3_000_000), "page failed", "bytes; the limit is 5,000,000"
    ),
    "page-unclosed": NamedFault(
        "provider", "unclosed tags", _page(_unclosed(5_000)), "no listing", r"there should be links"
    ),
    "page-of-tags": NamedFault("provider", "60,000 tags", _page("<i>" * 60_000), "no listing", "at most 50,000 tags"),
    "page-without-links": NamedFault(
        "provider", "no links", _page("<h1>Authority</h1>"), "no listing", "there should be links"
    ),
    "page-of-commas": NamedFault(
        "provider",
        "a link of 30,000 commas",
        _page(f"<a class=publication-link href={LIVE_FILES}/v1/file/1>{',' * 30_000}</a>"),
        "no listing",
        "it has only ',,,",
    ),
    "search-500": NamedFault("search", "500", _status(500), "no listing", "answered 500"),
    "search-404": NamedFault("search", "404", _status(404), "no listing", "The search failed"),
    "search-empty": NamedFault(
        "search", "no results", _page("<ul><li><h3><a href='/contact'>Contact</a></h3></ul>"), "no listing", "<URN>"
    ),
    "search-unclosed": NamedFault("search", "unclosed tags", _page(_unclosed(5_000)), "no listing", "<URN>"),
    "robots-500": NamedFault("robots", "500", _status(500), "no listing", "Could not read the robots.txt"),
    "robots-redirect": NamedFault(
        "robots", "a redirect", lambda: wrong.redirect("/other.txt"), "no listing", "it redirects"
    ),
}


def _redirect_to_itself(handler: Handler) -> None:
    handler.reply(302, headers={"Location": handler.path})


def table() -> str:
    """The faults as a table of Markdown."""
    places = {"file": "a file", "provider": "a provider's page", "search": "the search", "robots": "robots.txt"}
    rows = [
        f"| `{name}` | {places[fault.where]} | {fault.does} | {OUTCOMES[fault.outcome]} |"
        for name, fault in FAULTS.items()
    ]
    return "\n".join(["| fault | asked for | the answer | what it leads to |", "|---|---|---|---|", *rows])
