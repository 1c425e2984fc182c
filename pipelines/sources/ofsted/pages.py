"""What is on a page of Ofsted's site: the providers that a search found, and the links to their publications.

A page without the expected markup is an error. Nothing in a page is ever run.
"""

import datetime as dt

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.sources.http.answers import Page
from pipelines.sources.ofsted.addresses import file_id_in, provider_urn_in
from pipelines.sources.ofsted.labels import split_label
from pipelines.sources.published import Provider, SourceError

MAX_LINKS = 1_000
"""A list of one authority's reports has fewer links than this."""
MAX_TAGS = 50_000
"""Parsing time grows with the square of nesting: a page of nothing but open tags would take hours."""
START_BYTES = 65_536
"""Of a file that is no PDF: the title of a page is there."""
RESULT = "li h3 a"
PUBLICATION = "a.publication-link"
WORDS = "span.nonvisual"
NOT_FOUND = "report not found"


class PageChangedError(SourceError):
    """A page without the expected markup; the message names both."""

    def __init__(self, address: str, expected: str, found: str) -> None:
        super().__init__(
            f"{address} is not as expected: there should be {expected}, and {found}."
            " The site may have changed, or be out of order. The last listing is kept. If a page has truly lost all"
            " that it listed, build with --accept-shrunken-listing."
        )


class Link(msgspec.Struct, frozen=True):
    """A publication as a provider's page lists it: the digits of its file, and its label and date."""

    file_id: str
    label: str
    published_date: dt.date


class ProviderPage(msgspec.Struct, frozen=True):
    """What a provider's page lists. `odd` are the words of links that are not understood."""

    links: tuple[Link, ...]
    odd: tuple[str, ...] = ()


def read_search_page(page: Page, site: str) -> tuple[Provider, ...]:
    """The providers that a page of the search lists, in its order; none on the page after the last."""
    found = []
    for result in _parsed(page).css(RESULT):
        urn = provider_urn_in(result.attributes.get("href") or "", page.address, site)
        if urn:
            found.append(Provider(urn, _text(result)))
    return tuple(found)


def read_provider_page(page: Page, files_site: str) -> ProviderPage:
    """The publications that a provider's page links to; each file once, as it is named first.

    Raises PageChangedError when no link is understood, or there are too many.
    """
    nodes = _parsed(page).css(PUBLICATION)
    if len(nodes) > MAX_LINKS:
        raise PageChangedError(page.address, f"at most {MAX_LINKS:,} links to publications", f"it has {len(nodes):,}")
    links: dict[str, Link] = {}
    odd = []
    for node in nodes:
        words = _text(node.css_first(WORDS) or node)
        file_id = file_id_in(node.attributes.get("href") or "", page.address, files_site)
        label = split_label(words)
        if file_id and label:
            links.setdefault(file_id, Link(file_id, *label))
        else:
            odd.append(f"{words!r} at {node.attributes.get('href')!r}")
    if odd and not links:
        raise PageChangedError(
            page.address, f"links ({PUBLICATION}) to /v1/file/<id> with words like 'label, pdf - 27 January 2020'",
            f"it has only {odd[0]}",
        )  # fmt: skip
    return ProviderPage(tuple(links.values()), tuple(odd))


def is_not_found_page(content: bytes) -> bool:
    """Whether a file's bytes are the page "Report not found", which the site serves with status 200."""
    title = LexborHTMLParser(content[:START_BYTES].decode("utf-8", "replace")).css_first("title")
    return title is not None and NOT_FOUND in _text(title).casefold()


def _parsed(page: Page) -> LexborHTMLParser:
    if (n_tags := page.html.count("<")) > MAX_TAGS:
        raise PageChangedError(page.address, f"at most {MAX_TAGS:,} tags", f"it has {n_tags:,}")
    return LexborHTMLParser(page.html)


def _text(node: LexborNode) -> str:
    """The words of a node on one line, without control characters."""
    return "".join(letter for letter in " ".join(node.text().split()) if letter.isprintable())
