"""A whole listing of Ofsted's site: the search, every provider's page, and what changed since the last visit.

Belongs here: which pages are visited, what they make together, and when all of it is not to be believed.
Stays out: markup (`pages.py`), requests (`sources/http.py`), memory (the ledger's: it comes in as RememberedSite).
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib.resources import files

import msgspec

from pipelines.settings import LIVE_OFSTED_URL, Settings
from pipelines.sources.http.answers import FetchError, GoneError
from pipelines.sources.http.client import Visitor
from pipelines.sources.ofsted.addresses import provider_address, provider_urn_in, search_address
from pipelines.sources.ofsted.alarms import check_not_shrunken
from pipelines.sources.ofsted.checkpoint import PageNotes
from pipelines.sources.ofsted.pages import PageChangedError, ProviderPage, read_provider_page, read_search_page
from pipelines.sources.ofsted.sorting import SeenPages, listing_of
from pipelines.sources.published import (
    Listing,
    Provider,
    RememberedSite,
    SourceError,
    UnreachableSiteError,
)

MAX_SEARCH_PAGES = 50
MAX_PROVIDERS = 1_000
"""More authorities than this England does not have."""
NO_CONTACT = "Set JUDGEMENTS_CONTACT to an address at which Ofsted can reach you: it is sent with every request."

Progress = Callable[[int, int], None]


def list_ofsted(
    visitor: Visitor, settings: Settings, remembered: RememberedSite, accept_shrunken: bool, progress: Progress
) -> Listing:
    """List everything that the site publishes for local authorities' children's services.

    A page that can't be had this time is named among the failures, and what it listed last is assumed. Raises
    SourceError when the search or most pages can't be had, PageChangedError when one is not as expected, and
    ShrunkenListingError when much less is listed than last time, unless `accept_shrunken`: the last listing stands.
    """
    notes = PageNotes(settings.listing_notes, settings.ofsted_url, dt.datetime.now(dt.UTC))
    try:
        found = _search(visitor, settings.ofsted_url)
        check_not_shrunken("authorities", len(found), remembered.n_authorities, accept_shrunken)
        pages = _visit_providers(visitor, settings, notes, found, remembered, accept_shrunken, progress)
        listing = listing_of(pages, remembered)
        assert listing.site is not None, "a listing of a site tells of the visit"
        check_not_shrunken("reports", listing.site.n_publications, remembered.n_publications, accept_shrunken)
    except UnreachableSiteError:
        raise  # what was seen is still true
    except SourceError:
        notes.forget()
        raise
    notes.forget()
    if settings.ofsted_url == LIVE_OFSTED_URL and not settings.contact:
        return msgspec.structs.replace(listing, warnings=(NO_CONTACT, *listing.warnings))
    return listing


def _search(visitor: Visitor, site: str) -> dict[str, Provider]:
    """The providers that the search lists, by URN. Paged until a page brings none that is new."""
    found: dict[str, Provider] = {}
    start = 0
    for _ in range(MAX_SEARCH_PAGES):
        address = search_address(site, start)
        try:
            listed = read_search_page(visitor.page(address), site)
        except GoneError as error:
            if not found:
                raise UnreachableSiteError(f"The search could not be had. {error} The last listing stands.") from error
            return found
        except FetchError as error:
            raise UnreachableSiteError(f"The search could not be had. {error} The last listing stands.") from error
        if not listed and not found:
            raise PageChangedError(address, "results (li h3 a) that link to /provider/44/<URN>", "there is none")
        if all(provider.provider_urn in found for provider in listed):
            return found
        if len(found) + len(listed) > MAX_PROVIDERS:
            raise PageChangedError(address, f"at most {MAX_PROVIDERS:,} authorities in all", "there are more")
        found |= {provider.provider_urn: provider for provider in listed}
        start += len(listed)
    raise PageChangedError(search_address(site, start), "the end of the list of authorities", "it goes on")


def _visit_providers(
    visitor: Visitor,
    settings: Settings,
    notes: PageNotes,
    found: dict[str, Provider],
    remembered: RememberedSite,
    accept_shrunken: bool,
    progress: Progress,
) -> SeenPages:
    """Visit the page of every provider that the search lists, ever listed, or that is known to have left it."""
    others = {provider.provider_urn: provider for provider in (*_former_providers(), *remembered.providers)}
    providers = sorted((others | found).values(), key=lambda provider: int(provider.provider_urn))
    known = _known_by_provider(RememberedSite() if accept_shrunken else remembered)
    pages = SeenPages(providers={one.provider_urn: one for one in providers}, in_search=frozenset(found))
    for n_done, urn in enumerate(pages.providers, start=1):
        try:
            pages.had[urn] = notes.get(urn) or _visit(visitor, settings, urn, known[urn])
            notes.add(urn, pages.had[urn])
        except GoneError as error:
            if urn in found:
                pages.failures[urn] = str(error)
            elif known[urn]:
                pages.had[urn] = ProviderPage(())
        except FetchError as error:
            pages.failures[urn] = str(error)
        progress(n_done, len(providers))
    if len(pages.failures) * 2 > len(providers):
        raise UnreachableSiteError(
            f"{len(pages.failures)} of {len(providers)} pages of providers could not be had; the last listing stands."
            f" The last of them: {list(pages.failures.values())[-1]}"
        )
    if not any(page.links for page in pages.had.values()):
        address = provider_address(settings.ofsted_url, next(iter(found)))
        raise PageChangedError(address, "links (a.publication-link) to reports", "no provider's page has any")
    return pages


def _visit(visitor: Visitor, settings: Settings, provider_urn: str, n_known: int) -> ProviderPage:
    """What a provider's page lists. An authority that once had reports has them still: a page with none is wrong."""
    address = provider_address(settings.ofsted_url, provider_urn)
    page = visitor.page(address)
    stands_for = provider_urn_in(page.address, page.address, settings.ofsted_url)
    if stands_for not in (None, provider_urn):
        raise FetchError(f"{address} redirects to the page of another provider, {page.address}.")
    listed = read_provider_page(page, settings.ofsted_files_url)
    if n_known and not listed.links:
        raise PageChangedError(address, f"links (a.publication-link) to {n_known} publications", "there is none")
    return listed


def _known_by_provider(remembered: RememberedSite) -> dict[str, int]:
    """How many publications of each provider were listed and have not vanished."""
    known: defaultdict[str, int] = defaultdict(int)
    publications: Iterable[str | None] = (
        *(one.provider_urn for one in remembered.publications if one.source_path not in remembered.vanished),
        *(one.publication.provider_urn for one in remembered.unread),
    )
    for urn in publications:
        known[urn or ""] += 1
    return known


def _former_providers() -> tuple[Provider, ...]:
    """Abolished authorities whose pages left the search and keep their address."""
    lines = (files("pipelines.sources.ofsted") / "former_providers.csv").read_text("utf-8").splitlines()
    return tuple(Provider(row["provider_urn"], row["authority_name"]) for row in csv.DictReader(lines))
