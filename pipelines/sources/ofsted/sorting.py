"""From the visited pages to one listing: what is read, what is not and why, what is assumed or vanished.

`listing.py` gets the pages, and the ledger remembers a listing.
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from pipelines.sources.ofsted.addresses import published_address
from pipelines.sources.ofsted.labels import NEVER_SEEN, why_unread
from pipelines.sources.ofsted.pages import Link, ProviderPage
from pipelines.sources.published import (
    OFSTED,
    ListedReport,
    Listing,
    Provider,
    PublishedReport,
    RememberedSite,
    SiteVisit,
    UnreadReport,
)
from pipelines.sources.warnings import Warnings


class SeenPages(msgspec.Struct):
    """The pages of a visit by URN: those that were read, and why others failed. It fills during the visit."""

    providers: dict[str, Provider]
    in_search: frozenset[str]
    read: dict[str, ProviderPage] = msgspec.field(default_factory=dict)
    failures: dict[str, str] = msgspec.field(default_factory=dict)


def listing_of(pages: SeenPages, remembered: RememberedSite) -> Listing:
    """Sort every publication, seen now or remembered, into one listing."""
    read_before = {one.source_path for one in remembered.publications}
    reports: dict[str, ListedReport] = {}
    unread: list[UnreadReport] = []
    warnings = Warnings()
    new_labels: defaultdict[str, list[PublishedReport]] = defaultdict(list)
    for urn, page in pages.read.items():
        provider = pages.providers[urn]
        _tell_of_page(warnings, provider, page, urn in pages.in_search)
        for link in page.links:
            publication = _publication(provider, link)
            because = why_unread(link.label)
            if because == NEVER_SEEN:
                new_labels[link.label].append(publication)
            # What was read once is read under any label: a changed label must not remove what is held.
            if because is None or publication.source_path in read_before:
                reports[publication.source_path] = ListedReport(publication, published_address(link.file_id))
            else:
                unread.append(UnreadReport(publication, because))
    for label, publications in sorted(new_labels.items()):
        warnings.add("label", _about_label(label, publications))
    n_seen = len(reports) + len(unread)
    carried = list(_carried(pages, remembered, frozenset(reports)))
    n_assumed = sum(one.status == "assumed" for one in carried) + sum(
        one.publication.provider_urn in pages.failures for one in remembered.unread
    )
    reports |= {one.publication.source_path: one for one in carried}
    visit = SiteVisit(
        providers=tuple(one for urn, one in pages.providers.items() if urn in pages.in_search or urn in pages.read),
        unread=tuple(unread),
        n_authorities=len(pages.in_search),
        n_publications=n_seen + n_assumed,
        failures=tuple(pages.failures.values()),
        vanished=tuple(
            one.publication
            for one in carried
            if one.status == "vanished" and one.publication.source_path not in remembered.vanished
        ),
    )
    return Listing(OFSTED, None, tuple(reports[path] for path in sorted(reports)), warnings.sentences(), site=visit)


def _carried(pages: SeenPages, remembered: RememberedSite, seen: frozenset[str]) -> Iterator[ListedReport]:
    """Known publications that were not seen now: assumed where their page failed."""
    for one in remembered.publications:
        if one.source_path not in seen:
            is_assumed = one.source_path not in remembered.vanished and one.provider_urn in pages.failures
            yield ListedReport(one, one.source_url or "", "assumed" if is_assumed else "vanished")


def _publication(provider: Provider, link: Link) -> PublishedReport:
    return PublishedReport(
        f"{provider.provider_urn}/{link.file_id}",
        published_address(link.file_id),
        provider.provider_urn,
        provider.authority_name,
        link.label,
        link.published_date,
    )


def _tell_of_page(warnings: Warnings, provider: Provider, page: ProviderPage, is_in_search: bool) -> None:
    for odd in page.odd:
        warnings.add("odd", f"{provider.authority_name}: a link could not be understood: {odd}.")
    if not page.links and is_in_search:
        warnings.add(
            "empty", f"{provider.authority_name} ({provider.provider_urn}) has no publication on its page yet."
        )


def _about_label(label: str, publications: list[PublishedReport]) -> str:
    return (
        f"The label {label!r} was never seen before: {len(publications)} under it, such as {publications[0].name}."
        " They are recorded and not fetched. Say in labels.toml whether they are to be read."
    )
