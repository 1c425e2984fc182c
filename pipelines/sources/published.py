"""Publications, listings and files: the structs and errors that pass between sources, the archive and the build."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from pipelines.errors import JudgementsError, UsageError

OFSTED = "ofsted"
"""The name of the source that is Ofsted's own site."""


Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""


class Wanted(msgspec.Struct, frozen=True):
    """What a person asks for: a source, and of it the first `limit` reports whose path or authority holds `only`.

    None is no limit. With `accept_shrunken` a site may list much less than last time.
    """

    source: str
    only: str | None = None
    limit: int | None = None
    accept_shrunken: bool = False


class PublishedReport(msgspec.Struct, frozen=True):
    """One publication: an address or path at which there is a report.

    `source_path` is relative to the source, with "/". The rest is as the listing gives it, None where only the cover
    has it. `published_date` is the link's; the report's own may differ.
    """

    source_path: str
    source_url: str | None = None
    provider_urn: str | None = None
    authority_name: str | None = None
    label: str | None = None
    published_date: dt.date | None = None

    @property
    def name(self) -> str:
        """Its name in a summary."""
        if self.source_url is None:
            return self.source_path
        published = self.published_date.strftime("%d %B %Y") if self.published_date else "no date"
        return f"{self.authority_name or self.provider_urn}: {self.label}, {published} ({self.source_url})"


class ListedReport(msgspec.Struct, frozen=True):
    """A publication and its location: the path, or the address on the web, where its bytes are now.

    Its `status` is `seen` where this listing shows it, `assumed` where its page failed this time, and `vanished`
    where its page no longer shows it. The archive keeps its file in every case.
    """

    publication: PublishedReport
    location: str
    status: Literal["seen", "assumed", "vanished"] = "seen"


class UnreadReport(msgspec.Struct, frozen=True):
    """A publication of a kind that is not read, and why."""

    publication: PublishedReport
    because: str


class Provider(msgspec.Struct, frozen=True):
    """Whose inspections a site lists on one page. The URN is digits only."""

    provider_urn: str
    authority_name: str


class SiteVisit(msgspec.Struct, frozen=True):
    """What a visit to a site found beside the reports to be read; empty for a source that is no site.

    `providers` are those whose page was read. `n_authorities` counts the search's results and `n_publications` all
    publications of any type: the next visit is measured against both. `failures` are sentences about pages that
    failed, `vanished` the publications that no page shows since this visit.
    """

    providers: tuple[Provider, ...] = ()
    unread: tuple[UnreadReport, ...] = ()
    n_authorities: int = 0
    n_publications: int = 0
    failures: tuple[str, ...] = ()
    vanished: tuple[PublishedReport, ...] = ()

    @property
    def unread_by_label(self) -> dict[str, int]:
        """How many publications of each label are not read."""
        return dict(Counter(one.publication.label or "" for one in self.unread))


class RememberedSite(msgspec.Struct, frozen=True):
    """What the ledger remembers of a site. Both numbers are 0 before the first visit.

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

    `source` is the name by which the source is found again: `sample`, `ofsted`, or the directory's whole path.
    `reference` is the folder with its own authorities.csv and authority_changes.csv; None: the project's. `warnings`
    are sentences for the person who asked. `selection` says in words what a listing was narrowed to, and is empty for
    a whole one.
    """

    source: str
    reference: Path | None
    reports: tuple[ListedReport, ...]
    warnings: tuple[str, ...] = ()
    selection: str = ""
    site: SiteVisit = SiteVisit()

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
        )[:limit]
        kept = {listed.publication for listed in reports}
        site = msgspec.structs.replace(
            self.site, vanished=tuple(publication for publication in self.site.vanished if publication in kept)
        )
        words = [f"only {only!r}"] if only is not None else []
        words += [f"the first {limit}"] if limit is not None else []
        return msgspec.structs.replace(self, reports=reports, selection=", ".join(words), site=site)


class Validators(msgspec.Struct, frozen=True):
    """What a server said of a file: it makes a conditional request."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request, which gets a body only if the file has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class Holding(msgspec.Struct, frozen=True):
    """A publication of the current listing and the file version that it served last.

    `file_sha256` and what follows are None where nothing was ever archived. `file_state` is what the source showed of
    the file without opening it: while it is the same, so are the bytes. `downloaded_at` is when the whole file was got
    last. `held_file` is the file in the archive, None where there is none.
    """

    publication_id: int
    publication: PublishedReport
    location: str
    file_sha256: str | None = None
    file_state: str | None = None
    validators: Validators = Validators()
    n_bytes: int | None = None
    downloaded_at: dt.datetime | None = None
    held_file: Path | None = None


class Fetched(msgspec.Struct, frozen=True):
    """A file to archive, and what shows later whether it has changed.

    `redirected_to` is the address of another file of the same site, where the publication's own led there.
    """

    path: Path
    file_state: str
    validators: Validators = Validators()
    redirected_to: str | None = None


class QuarantinedFile(msgspec.Struct, frozen=True):
    """A file to quarantine: the reason, and a detail in words."""

    reason: str
    detail: str


Unchanged = Literal["confirmed", "skipped"]
"""The source still has the held file, or was not due to be asked."""


class Fetcher(Protocol):
    """Gets the files of one source, one at a time."""

    def fetch(self, holding: Holding, force: bool) -> Fetched | QuarantinedFile | Unchanged:
        """The file that a publication serves now. With `force` it is fetched even if not due.

        Raises FetchError when it failed this time: what is held stays.
        """


class ArchivedReport(msgspec.Struct, frozen=True):
    """A publication and the file that it serves.

    `file_sha256` is None when the file is quarantined: then `reason` and `detail` say why. `first_seen_at` is when this
    publication first served it: UTC, without a zone, to the second. `earlier` are the files that it served before, the
    last one first. `redirected_to` is the address of another file, where its own leads there. `newer` says why a file
    that it serves now is not used, and this earlier one is.
    """

    publication: PublishedReport
    file_sha256: str | None
    reason: str | None
    detail: str | None
    first_seen_at: dt.datetime
    earlier: tuple[str, ...] = ()
    redirected_to: str | None = None
    newer: str | None = None


class SourceError(JudgementsError):
    """A source that can't be listed; the message says what to do about it."""


class UnreachableSiteError(SourceError):
    """A site that can't be reached this time; a retry may help."""


class UnknownSourceError(SourceError, UsageError):
    """There is no such source."""


class FetchError(JudgementsError):
    """A fetch that failed; the message names the address and the answer."""
