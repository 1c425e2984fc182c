"""What one published report is, before and after its bytes are taken in.

Belongs here: the shapes that every source lists and the archive returns.
Stays out: how a source finds them (`folder.py`, `named.py`), and where bytes are kept (`archive/`).
"""

import datetime as dt
from pathlib import Path

import msgspec


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


class ListedReport(msgspec.Struct, frozen=True):
    """A publication and the place where its bytes can be had now."""

    publication: PublishedReport
    path: Path


class Listing(msgspec.Struct, frozen=True):
    """All that a source holds, in the order of `source_path`.

    `source` tells one source from another for good: `sample`, or the directory's whole path. `reference` is the
    folder with its own authorities.csv and authority_changes.csv; None: the project's. `warnings` are sentences for
    the person who asked. `selection` says in words what a listing was narrowed to, and is empty for a whole one.
    """

    source: str
    reference: Path | None
    reports: tuple[ListedReport, ...]
    warnings: tuple[str, ...] = ()
    selection: str = ""

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
        words = [f"only {only!r}"] if only is not None else []
        words += [f"the first {limit}"] if limit is not None else []
        return msgspec.structs.replace(self, reports=reports[:limit], selection=", ".join(words))


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


class UnknownSourceError(SourceError):
    """There is no such source."""
