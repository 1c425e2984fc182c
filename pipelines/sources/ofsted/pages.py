"""What is on a page of Ofsted's site: the providers that a search found, and the links to their publications.

A page without the expected markup is an error. How a page is read is in `anchors.py`.
"""

import datetime as dt
import re

import msgspec

from pipelines.sources.http.answers import Page
from pipelines.sources.ofsted.addresses import file_id_in, provider_urn_in
from pipelines.sources.ofsted.anchors import Anchor, anchors_of, one_line
from pipelines.sources.ofsted.labels import split_label
from pipelines.sources.published import Provider, SourceError

MAX_LINKS = 1_000
"""A list of one authority's reports has fewer links than this."""
MAX_TAGS = 50_000
"""A real page has fewer than 5,000. An end tag is looked for among all that are open, so a million would take hours."""
PUBLICATION = "a.publication-link"
NOT_FOUND = "report not found"
_TITLE = re.compile(rb"<title\b[^>]{0,99}>([^<]{0,999})", re.IGNORECASE)
_TITLE_WITHIN = 65_536
"""Of a file that is no PDF: the title of a page is in these first bytes."""


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
    for result in _anchors(page):
        urn = provider_urn_in(result.href, page.address, site) if result.is_result else None
        if urn:
            found.append(Provider(urn, one_line(result.words)))
    return tuple(found)


def read_provider_page(page: Page, files_site: str) -> ProviderPage:
    """The publications that a provider's page links to; each file once, as it is named first.

    Raises PageChangedError when no link is understood, or there are too many.
    """
    anchors = [anchor for anchor in _anchors(page) if "publication-link" in anchor.classes]
    if len(anchors) > MAX_LINKS:
        raise PageChangedError(page.address, f"at most {MAX_LINKS:,} links to publications", f"it has {len(anchors):,}")
    links: dict[str, Link] = {}
    odd = []
    for anchor in anchors:
        words = one_line(anchor.hidden_words or anchor.words)
        file_id = file_id_in(anchor.href, page.address, files_site)
        label = split_label(words)
        if file_id and label:
            links.setdefault(file_id, Link(file_id, *label))
        else:
            odd.append(f"{words!r} at {anchor.href!r}")
    if odd and not links:
        raise PageChangedError(
            page.address, f"links ({PUBLICATION}) to /v1/file/<id> with words like 'label, pdf - 27 January 2020'",
            f"it has only {odd[0]}",
        )  # fmt: skip
    return ProviderPage(tuple(links.values()), tuple(odd))


def is_not_found_page(content: bytes) -> bool:
    """Whether a file's bytes are the page "Report not found", which the site serves with status 200."""
    title = _TITLE.search(content[:_TITLE_WITHIN])
    return title is not None and NOT_FOUND in one_line(title[1].decode("utf-8", "replace")).casefold()


def _anchors(page: Page) -> list[Anchor]:
    if (n_tags := page.html.count("<")) > MAX_TAGS:
        raise PageChangedError(page.address, f"at most {MAX_TAGS:,} tags", f"it has {n_tags:,}")
    return anchors_of(page.html)
