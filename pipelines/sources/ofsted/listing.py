"""A whole listing of Ofsted's site: the search, every provider's page, and what changed since the last visit.

Decides which pages to visit and whether a listing is accepted; markup is in `pages.py`, requests in `sources/http/`.
"""

import csv
from collections import Counter
from importlib.resources import files

from pipelines.sources.http.answers import GoneError
from pipelines.sources.http.client import HttpClient
from pipelines.sources.ofsted.addresses import SiteAddresses, provider_address, provider_urn_in, search_address
from pipelines.sources.ofsted.checkpoint import Checkpoint
from pipelines.sources.ofsted.pages import PageChangedError, ProviderPage, read_provider_page, read_search_page
from pipelines.sources.ofsted.sorting import SeenPages, listing_of
from pipelines.sources.published import (
    FetchError,
    Listing,
    Progress,
    Provider,
    RememberedSite,
    SourceError,
    UnreachableSiteError,
)

MAX_SEARCH_PAGES = 50
MAX_PROVIDERS = 1_000
"""England has fewer authorities than this."""
SHRUNKEN_BY = 10
"""A listing that lost a tenth or more is not accepted."""


class ShrunkenListingError(SourceError):
    """Much less is listed than last time."""


def list_ofsted(
    client: HttpClient,
    addresses: SiteAddresses,
    checkpoint: Checkpoint,
    remembered: RememberedSite,
    accept_shrunken: bool,
    progress: Progress,
) -> Listing:
    """List everything that the site publishes for local authorities' children's services.

    A page that fails is named among the failures, and what it listed last is assumed. Raises SourceError
    when the search or most pages fail, PageChangedError when one is not as expected, and ShrunkenListingError when
    much less is listed than last time, unless `accept_shrunken`: the last listing is kept.
    """
    visit = _Visit(client, addresses, checkpoint, RememberedSite() if accept_shrunken else remembered)
    try:
        found = visit.search()
        _check_not_shrunken("authorities", len(found), visit.measure.n_authorities)
        listing = listing_of(visit.providers(found, remembered.providers, progress), remembered)
        _check_not_shrunken("reports", listing.site.n_publications, visit.measure.n_publications)
    except UnreachableSiteError:
        raise  # what was visited is still valid
    except SourceError:
        checkpoint.remove()
        raise
    checkpoint.remove()
    return listing


def _check_not_shrunken(what: str, n_now: int, n_last: int) -> None:
    """Raise ShrunkenListingError when a tenth or more of what was listed last is gone."""
    if (n_last - n_now) * SHRUNKEN_BY >= n_last > 0:
        raise ShrunkenListingError(
            f"The site lists {n_now:,} {what} where it listed {n_last:,} last time. A listing that lost a tenth is"
            " more likely a fault of the site: the last one is kept. If it is true, build with"
            " --accept-shrunken-listing."
        )


class _Visit:
    """One visit to the site. What it finds is compared with `measure`, which is empty where any loss is accepted."""

    def __init__(
        self, client: HttpClient, addresses: SiteAddresses, checkpoint: Checkpoint, measure: RememberedSite
    ) -> None:
        self._client, self._addresses, self._checkpoint, self.measure = client, addresses, checkpoint, measure
        self._n_known = _known_by_provider(measure)

    def search(self) -> dict[str, Provider]:
        """The providers that the search lists, by URN: page by page, until a page has no new one."""
        site = self._addresses.pages
        found: dict[str, Provider] = {}
        start = 0
        for _ in range(MAX_SEARCH_PAGES):
            address = search_address(site, start)
            try:
                listed = read_search_page(self._client.page(address), site)
            except FetchError as error:
                if found and isinstance(error, GoneError):
                    return found
                raise UnreachableSiteError(f"The search failed. {error} The last listing is kept.") from error
            if not listed and not found:
                raise PageChangedError(address, "results (li h3 a) that link to /provider/44/<URN>", "there is none")
            if all(provider.provider_urn in found for provider in listed):
                return found
            if len(found) + len(listed) > MAX_PROVIDERS:
                raise PageChangedError(address, f"at most {MAX_PROVIDERS:,} authorities in all", "there are more")
            found |= {provider.provider_urn: provider for provider in listed}
            start += len(listed)
        raise PageChangedError(search_address(site, start), "the end of the list of authorities", "it goes on")

    def providers(self, found: dict[str, Provider], known: tuple[Provider, ...], progress: Progress) -> SeenPages:
        """Visit the page of every provider that the search lists or ever listed, and of those known to have left it."""
        others = {provider.provider_urn: provider for provider in (*_former_providers(), *known)}
        providers = sorted((others | found).values(), key=lambda provider: int(provider.provider_urn))
        pages = SeenPages(providers={one.provider_urn: one for one in providers}, in_search=frozenset(found))
        for n_done, urn in enumerate(pages.providers, start=1):
            try:
                pages.read[urn] = self._checkpoint.get(urn) or self._provider(urn)
            except FetchError as error:
                if urn in found or not isinstance(error, GoneError):
                    pages.failures[urn] = str(error)
                elif self._n_known[urn]:
                    pages.read[urn] = ProviderPage(())
            progress(n_done, len(providers))
        if len(pages.failures) * 2 > len(providers):
            raise UnreachableSiteError(
                f"{len(pages.failures)} of {len(providers)} pages of providers failed; the last listing is kept."
                f" The last of them: {list(pages.failures.values())[-1]}"
            )
        if not any(page.links for page in pages.read.values()):
            address = provider_address(self._addresses.pages, next(iter(found)))
            raise PageChangedError(address, "links (a.publication-link) to reports", "no provider's page has any")
        return pages

    def _provider(self, provider_urn: str) -> ProviderPage:
        """What a provider's page lists. A page that lost all its reports is wrong."""
        site = self._addresses.pages
        address = provider_address(site, provider_urn)
        page = self._client.page(address)
        if provider_urn_in(page.address, page.address, site) not in (None, provider_urn):
            raise FetchError(f"{address} redirects to the page of another provider, {page.address}.")
        listed = read_provider_page(page, self._addresses.files)
        if (n_known := self._n_known[provider_urn]) and not listed.links:
            raise PageChangedError(address, f"links (a.publication-link) to {n_known} publications", "there is none")
        self._checkpoint.add(provider_urn, listed)
        return listed


def _known_by_provider(remembered: RememberedSite) -> Counter[str | None]:
    """The number of publications of each provider that were listed and have not vanished."""
    known = Counter(one.provider_urn for one in remembered.publications if one.source_path not in remembered.vanished)
    known.update(one.publication.provider_urn for one in remembered.unread)
    return known


def _former_providers() -> tuple[Provider, ...]:
    """Abolished authorities whose pages left the search and keep their address."""
    lines = (files("pipelines.sources.ofsted") / "former_providers.csv").read_text("utf-8").splitlines()
    return tuple(Provider(row["provider_urn"], row["authority_name"]) for row in csv.DictReader(lines))
