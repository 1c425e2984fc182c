"""What one published report is, before and after its bytes are taken in.

Belongs here: the shapes that every source lists and the archive returns.
Stays out: how a source finds them (`folder.py`, `named.py`), and where bytes are kept (`archive/`).
"""

import datetime as dt
from pathlib import Path
from typing import Literal

import msgspec

OFSTED = "ofsted"
"""The name of the source that is Ofsted's own site."""


class PublishedReport(msgspec.Struct, frozen=True):
    """One publication: an address or path under which a report stands.

    `source_path` is relative to the source, parted by "/". The rest is as the listing gives it, and None when
    only the cover can tell. `published_date` is the link's, which the report's own text may contradict.
    """

    source_path: str
    source_url: str | None = None
    provider_urn: str | None = None
    authority_name: str | None = None
    label: str | None = None
    published_date: dt.date | None = None

    @property
    def name(self) -> str:
        """What a person would call it in a summary."""
        if self.source_url is None:
            return self.source_path
        published = self.published_date.strftime("%d %B %Y") if self.published_date else "no date"
        return f"{self.authority_name or self.provider_urn}: {self.label}, {published} ({self.source_url})"


class ListedReport(msgspec.Struct, frozen=True):
    """A publication and the place where its bytes can be had now: `path`, or the web where that is None.

    Not every one was seen in this very listing: one is `assumed` whose page could not be had this time, and one
    `vanished` that its page no longer shows. What is held of either stays.
    """

    publication: PublishedReport
    path: Path | None
    sight: Literal["seen", "assumed", "vanished"] = "seen"


class UnreadReport(msgspec.Struct, frozen=True):
    """A publication that this project does not read, and why."""

    publication: PublishedReport
    because: str


class Provider(msgspec.Struct, frozen=True):
    """Whose inspections a site lists on one page. The URN is digits only."""

    provider_urn: str
    authority_name: str


class SiteVisit(msgspec.Struct, frozen=True):
    """What a visit to a site found beside the reports to be read.

    `providers` are those whose page was had. `n_authorities` counts the search's results and `n_publications` all
    publications of any type: the next visit is measured against both. `failures` are sentences about pages that
    could not be had, `vanished` the publications that no page shows since this visit.
    """

    providers: tuple[Provider, ...]
    unread: tuple[UnreadReport, ...]
    n_authorities: int
    n_publications: int
    failures: tuple[str, ...] = ()
    vanished: tuple[PublishedReport, ...] = ()


class RememberedSite(msgspec.Struct, frozen=True):
    """What the ledger knows of a site from earlier visits. Both numbers are 0 before the first.

    `vanished` holds the keys (source_path) of publications that were marked as vanished before.
    """

    providers: tuple[Provider, ...] = ()
    publications: tuple[PublishedReport, ...] = ()
    unread: tuple[UnreadReport, ...] = ()
    vanished: frozenset[str] = frozenset()
    n_authorities: int = 0
    n_publications: int = 0


class Listing(msgspec.Struct, frozen=True):
    """All that a source holds, in the order of `source_path`.

    `source` tells one source from another for good: `sample`, `ofsted`, or the directory's whole path. `reference`
    is the folder with its own authorities.csv and authority_changes.csv; None: the project's. `warnings` are sentences
    for the person who asked. `selection` says in words what a listing was narrowed to, and is empty for a whole one.
    `site` is there when the source is a site.
    """

    source: str
    reference: Path | None
    reports: tuple[ListedReport, ...]
    warnings: tuple[str, ...] = ()
    selection: str = ""
    site: SiteVisit | None = None

    def narrowed(self, only: str | None, limit: int | None) -> "Listing":
        """The reports whose path or authority holds `only` (in any case), and of those the first `limit`."""
        if only is None and limit is None:
            return self
        wanted = (only or "").casefold()
        reports = tuple(
            listed
            for listed in self.reports
            if wanted in listed.publication.source_path.casefold()
            or wanted in (listed.publication.authority_name or "").casefold()
        )
        kept = {listed.publication.source_path for listed in reports[:limit]}
        site = self.site and msgspec.structs.replace(
            self.site, vanished=tuple(one for one in self.site.vanished if one.source_path in kept)
        )
        words = [f"only {only!r}"] if only is not None else []
        words += [f"the first {limit}"] if limit is not None else []
        return msgspec.structs.replace(self, reports=reports[:limit], selection=", ".join(words), site=site)


class Validators(msgspec.Struct, frozen=True):
    """What a server said by which it will know the same bytes again."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    def conditions(self) -> dict[str, str]:
        """The request headers that ask for a body only if it is another one."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class ArchivedReport(msgspec.Struct, frozen=True):
    """A publication and the bytes it served.

    `file_sha256` is None when the file could not be taken in: then `reason` (of the contract) and `detail` say
    why. `first_seen_at` is when this publication first served it: UTC, without a zone, to the second.
    """

    publication: PublishedReport
    file_sha256: str | None
    reason: str | None
    detail: str | None
    first_seen_at: dt.datetime


class SourceError(Exception):
    """A source that cannot be listed; the message says what to do about it."""


class UnreachableSiteError(SourceError):
    """A site that could not be had this time, and may be another time."""


class UnknownSourceError(SourceError):
    """There is no such source."""
