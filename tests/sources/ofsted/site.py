"""Ofsted's site on loopback: its search, its providers' pages and its files, in the markup it has.
Tests start it, fill it, break it and read its request log.
"""

import csv
import datetime as dt
import hashlib
import html
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from pipelines.sources.http.limits import HttpLimits

LIVE_FILES = "https://files.ofsted.gov.uk"
OLDER_FILES = "https://files.api.ofsted.gov.uk"
NOT_FOUND = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/>
<title>Report not found - Find an Inspection Report - Ofsted</title></head>
<body><main id="main"><h1>Report not found</h1>
<p>Sorry, the document you requested no longer exists.</p></main></body></html>
"""


class Published(NamedTuple):
    """A publication on the site. `content` None: the file is missing, and the site answers with its page for that."""

    urn: str
    authority: str
    label: str
    date: dt.date
    file_id: str
    content: bytes | None
    words: str | None = None
    href: str | None = None

    @property
    def path(self) -> str:
        return f"/v1/file/{self.file_id}"


@dataclass
class Request:
    """One line of the request log. `kind` is robots, search, provider, file or other; `status` 0 if it broke off.

    It stands in the log before the first byte of its answer leaves: who has the answer finds the request.
    """

    at: float
    host: str
    path: str
    kind: str
    user_agent: str
    status: int = 0


Fault = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Host"
    odd_headers: Mapping[str, str] = {}

    def do_GET(self) -> None:
        site = self.server.site
        kind = site.kind_of(self.path)
        agent = self.headers["User-Agent"] or ""
        self.request_logged = Request(site.clock(), self.server.name, self.path, kind, agent)
        site.log.append(self.request_logged)
        try:
            fault = site.fault_for(self.path, kind)
            (fault or site.answer)(self)
        except (ConnectionError, TimeoutError):
            self.request_logged.status = 0
            self.close_connection = True

    def reply(
        self,
        status: int,
        body: bytes = b"",
        content_type: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        self.request_logged.status = status
        for name, value in ({"content-type": content_type} | (headers or {}) | dict(self.odd_headers)).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def send_response(self, code: int, message: str | None = None) -> None:
        self.send_response_only(code, message)  # without the library's Date and Server, which fidelity does not need

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
        pass


class Host(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, name: str, site: "OfstedSite") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.name, self.site = name, site

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that leaves in the middle is what many tests are about


class OfstedSite:
    """Two hosts, as live: one with the pages and one with the files. Change its attributes while it runs."""

    def __init__(self, published: Iterable[Published]) -> None:
        self.published = list(published)
        self.left_search: set[str] = set()
        self.robots = "User-agent: *\nDisallow: /admin\n"
        self.log: list[Request] = []
        self.has_validators = True
        self.rows = 100
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.always: dict[str, Fault] = {}
        self.at_random: Iterator[Fault | None] | None = None
        self.clock: Callable[[], float] = time.monotonic
        self.stopped = threading.Event()
        self.hosts = [Host("pages", self), Host("files", self)]

    def __enter__(self) -> Self:
        for host in self.hosts:
            threading.Thread(target=host.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stopped.set()
        for host in self.hosts:
            host.shutdown()
            host.server_close()

    @property
    def url(self) -> str:
        return self.hosts[0].url

    @property
    def files_url(self) -> str:
        return self.hosts[1].url

    def limits(self, **changes: object) -> HttpLimits:
        """Limits by which a client loses no time between requests.

        Those of time are far beyond what a busy machine needs: a test in which one is to be reached sets it.
        """
        quick: dict[str, object] = {
            "contact": "tests@example.invalid",
            "requests_per_second": 100_000,
            "seconds_before_retry": 0,
            "seconds_of_silence": 300,
            "seconds_per_request": 300,
        }
        return HttpLimits.model_validate(quick | changes)

    def environment(self) -> dict[str, str]:
        """Settings by which a whole build finds this site, with the same limits."""
        addresses = {"ofsted_url": self.url, "ofsted_files_url": self.files_url, "workers": 1}
        given = addresses | self.limits().model_dump(exclude_unset=True)
        return {f"JUDGEMENTS_{name.upper()}": str(value) for name, value in given.items()}

    def asked(self, kind: str | None = None, host: str | None = None) -> list[Request]:
        return [one for one in self.log if kind in (None, one.kind) and host in (None, one.host)]

    def bodies(self) -> list[str]:
        """The paths of files whose bytes were sent, one for each time."""
        return [one.path for one in self.log if one.kind == "file" and one.status == 200]

    def replace(self, file_id: str, **changes: object) -> None:
        self.published = [
            one._replace(**changes) if one.file_id == file_id else one  # type: ignore[arg-type]
            for one in self.published
        ]

    def kind_of(self, path: str) -> str:
        starts = {"/robots.txt": "robots", "/search": "search", "/provider/": "provider", "/v1/file/": "file"}
        return next((kind for start, kind in starts.items() if path.startswith(start)), "other")

    def fault_for(self, path: str, kind: str) -> Fault | None:
        if self.faults[path]:
            return self.faults[path].popleft()
        for key in (urlsplit(path).path, kind):
            if key in self.always:
                return self.always[key]
        return next(self.at_random) if self.at_random and kind != "robots" else None

    def answer(self, handler: Handler) -> None:
        address = urlsplit(handler.path)
        if address.path == "/robots.txt":
            handler.reply(200, self.robots.encode(), "text/plain")
        elif handler.server.name == "files":
            self._file(handler, address.path)
        elif address.path == "/search":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            assert (asked["level_1_types"], asked["level_2_types[]"]) == ("3", "12"), address.query
            handler.reply(200, self._search(int(asked["start"]), min(self.rows, int(asked["rows"]))).encode())
        elif address.path.startswith("/provider/44/"):
            self._provider(handler, address.path.rpartition("/")[2])
        else:
            handler.reply(404, NOT_FOUND.encode())

    def _search(self, start: int, rows: int) -> str:
        names = {one.urn: one.authority for one in self.published if one.urn not in self.left_search}
        results = "".join(
            f'<li class="search-result"><h3 class="search-result__title"><a href="/provider/44/{urn}">'
            f"{html.escape(name)}</a></h3><p>Local authority children&#039;s services</p></li>"
            for urn, name in list(names.items())[start : start + rows]
        )
        menu = '<ul><li><a href="/">Home</a></li><li><a href="/contact">Contact</a></li></ul>'
        return page_of(f'{menu}<ul class="results-list list-unstyled">{results}</ul>')

    def _provider(self, handler: Handler, urn: str) -> None:
        mine = [one for one in self.published if one.urn == urn]
        if not mine:
            handler.reply(404, NOT_FOUND.encode())
            return
        events = "".join(
            f'<li class="timeline__day"><a class="publication-link" href="{one.href or LIVE_FILES + one.path}"'
            f' target="_blank"><span class="nonvisual">{html.escape(one.words or _words(one))}</span></a></li>'
            for one in mine
        )
        handler.reply(
            200,
            page_of(f'<h1>{html.escape(mine[0].authority)}</h1><ol class="timeline">{events}</ol>').encode(),
        )

    def _file(self, handler: Handler, path: str) -> None:
        one = next((one for one in self.published if one.path == path), None)
        if one is None or one.content is None:
            handler.reply(200, NOT_FOUND.encode())
            return
        etag = f'"{hashlib.sha256(one.content).hexdigest()[:16]}"'
        validators = {"ETag": etag, "Last-Modified": formatdate(one.date.toordinal() * 1e4, usegmt=True)}
        if self.has_validators and handler.headers["If-None-Match"] == etag:
            handler.reply(304, headers=validators)
        else:
            kind = "application/pdf" if one.content.startswith(b"%PDF") else "text/html; charset=utf-8"
            handler.reply(200, one.content, kind, validators if self.has_validators else None)


def page_of(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Find an Inspection Report - Ofsted</title>'
        f"<script>document.body.innerHTML = '';</script></head><body><main>{body}</main></body></html>"
    )


def _words(one: Published) -> str:
    return f"{one.label}, pdf - {one.date:%d %B %Y}"


def from_catalogue(catalogue: Path, folder: Path) -> list[Published]:
    """What a catalogue.csv lists, with the bytes of its files below `folder`. A file without an id gets one."""
    published = []
    for number, row in enumerate(csv.DictReader(catalogue.read_text("utf-8-sig").splitlines())):
        published.append(
            Published(
                row["provider_urn"],
                row["authority"],
                row["label"],
                dt.date.fromisoformat(row["published_date"]),
                row["source_url"].rpartition("/")[2] or str(990_000 + number),
                (folder / row["path"]).read_bytes(),
            )
        )
    return published
