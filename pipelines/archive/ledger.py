"""The ledger: an SQLite file with what was listed, which file version each publication served, and what was built.

The bytes are in the store (`store.py`), its SQL in `queries.sql`; `ledger_file.py` opens it. Every write is one
transaction, so a killed process leaves no half of one. "The current listing" is the last one recorded, of any source.
An address may later serve another file: both file versions stay known, and the last one is current.
"""

import datetime as dt
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import msgspec

from pipelines.archive.ledger_file import opened, opened_read_only, queries
from pipelines.archive.remembered import (
    CurrentListing,
    ListingCounts,
    PublishedBuild,
    PublishedFile,
    SiteCounts,
    as_time,
    shaped,
    text_of,
    time_of,
)
from pipelines.archive.store import StoredFile
from pipelines.sources.published import (
    ArchivedReport,
    Fetched,
    Holding,
    ListedReport,
    Listing,
    Provider,
    PublishedReport,
    QuarantinedFile,
    RememberedSite,
    UnreadReport,
    Validators,
)


class Ledger:
    """What is remembered between runs. Times are UTC, without a zone, to the second."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._ask: Any = queries()

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open the ledger for the length of a block, making the file and its tables where they are missing.

        Raises LedgerError when it can't be read or written, at once or later in the block.
        """
        with opened(path) as database:
            yield cls(database)

    @classmethod
    @contextmanager
    def open_read_only(cls, path: Path) -> Iterator[Self]:
        """Open a ledger without writing, for the length of a block, also one in a folder that can't be written.

        Raises LedgerError when it can't be read.
        """
        with opened_read_only(path) as database:
            yield cls(database)

    def record_listing(self, listing: Listing, at: dt.datetime) -> ListingCounts:
        """Make `listing` the current one. Publications that it lacks stay known."""
        ask, source, now = self._ask, listing.source, text_of(at)
        with self._database as database:
            n_known = ask.n_known(database, source=source)
            last_whole = ask.last_whole_listing(database, source=source)
            reference = listing.reference and str(listing.reference)
            listing_id = ask.insert_listing(
                database, source=source, reference=reference, selection=listing.selection, now=now
            )
            ask.upsert_publications(
                database, (_publication_row(one, source, listing_id, now) for one in listing.reports)
            )
            if listing.site.n_authorities:
                self._record_visit(listing, listing_id, now)
            n_gone = len(listing.site.vanished)
            if last_whole and not listing.selection:
                n_gone += ask.n_listed_between(database, source=source, first=last_whole, last=listing_id - 1)
            return ListingCounts(
                n_published=ask.n_published(database, listing_id=listing_id),
                n_new=ask.n_known(database, source=source) - n_known,
                n_gone=n_gone,
            )

    def current_listing(self) -> CurrentListing | None:
        """The last listing; None when nothing was listed yet."""
        row = self._ask.current_listing(self._database)
        return shaped(row, CurrentListing) if row else None

    def last_listed_at(self) -> dt.datetime | None:
        """When a source was listed last, whole or in part; None when nothing was listed yet."""
        return time_of(self._ask.last_listed_at(self._database))

    def source_listed_at(self, source: str) -> dt.datetime | None:
        """When this source was listed last, whole or in part; None when it never was."""
        return time_of(self._ask.source_listed_at(self._database, source=source))

    def holdings(self) -> tuple[Holding, ...]:
        """The current listing's publications that have not vanished, each with its current file version, by path."""
        return tuple(
            Holding(
                row["publication_id"],
                shaped(row, PublishedReport),
                os.fsdecode(row["location"]),
                row["file_sha256"],
                row["file_state"],
                shaped(row, Validators),
                n_bytes=row["n_bytes"],
                downloaded_at=time_of(row["downloaded_at"] or row["version_first_seen_at"]),
            )
            for row in list(self._ask.holdings(self._database))
        )

    def archived_reports(self) -> tuple[ArchivedReport, ...]:
        """The current listing's publications with their current and earlier file versions, by path."""
        lost = self.lost_files()
        earlier: defaultdict[int, list[str]] = defaultdict(list)
        for row in self._ask.earlier_versions(self._database):
            earlier[row["publication_id"]].append(row["file_sha256"])
        return tuple(
            _archived(row, earlier[row["publication_id"]], lost)
            for row in list(self._ask.archived_reports(self._database))
        )

    def held_paths(self, source: str) -> frozenset[str]:
        """The paths of a source's publications of which a file is held."""
        return frozenset(row["source_path"] for row in self._ask.held_paths(self._database, source=source))

    def record_file_version(
        self, publication_id: int, file: StoredFile | QuarantinedFile, at: dt.datetime, fetched: Fetched | None = None
    ) -> None:
        """Make a file, or the reason for quarantine, the publication's current file version (an upsert).

        `fetched` holds what makes a conditional request.
        """
        version: dict[str, Any] = {"publication_id": publication_id, "now": text_of(at)}
        version |= dict.fromkeys(("file_sha256", "reason", "detail", "file_state", "etag", "last_modified"))
        version |= msgspec.structs.asdict(file)
        if fetched and isinstance(file, StoredFile):
            version |= {"file_state": fetched.file_state, **msgspec.structs.asdict(fetched.validators)}
        with self._database as database:
            if isinstance(file, StoredFile):
                self._ask.insert_file(database, **version)
            self._ask.outdate_file_versions(database, publication_id=publication_id)
            self._ask.upsert_file_version(database, **version)
            if fetched:
                self._ask.upsert_download(database, redirected_to=fetched.redirected_to, **version)
            self._ask.clear_failures(database, publication_ids=_json([publication_id]))

    def lost_files(self) -> dict[str, str]:
        """Files that are damaged in the archive and could not be fetched again: what happened, by SHA-256."""
        return {row["file_sha256"]: row["detail"] for row in self._ask.lost_files(self._database)}

    def record_lost(self, file_sha256: str, detail: str) -> None:
        """Record that a file is lost: whatever served it is quarantined."""
        with self._database as database:
            self._ask.insert_lost_file(database, file_sha256=file_sha256, detail=detail)

    def forget_lost(self, file_sha256: str) -> None:
        """Record that a file is whole again."""
        with self._database as database:
            self._ask.delete_lost_file(database, file_sha256=file_sha256)

    def archived_files(self) -> tuple[str, ...]:
        """The SHA-256 of every file that the archive took in."""
        return tuple(row["file_sha256"] for row in self._ask.archived_files(self._database))

    def confirm(self, publication_ids: Iterable[int], at: dt.datetime) -> None:
        """Record that these publications still serve their current file version."""
        ids = _json(publication_ids)
        with self._database as database:
            self._ask.confirm_file_versions(database, publication_ids=ids, now=text_of(at))
            self._ask.clear_failures(database, publication_ids=ids)

    def record_failure(self, publication_id: int, failure: str, at: dt.datetime) -> None:
        """Record why a publication's fetch failed this time. What is held of it stays current."""
        with self._database as database:
            self._ask.record_failure(database, publication_id=publication_id, failure=failure, now=text_of(at))

    def remembered_site(self, source: str) -> RememberedSite:
        """What is remembered of a site; empty for a source that is no site or was never listed."""
        ask, database = self._ask, self._database
        listed = list(ask.publications_of(database, source=source))
        return RememberedSite(
            providers=tuple(shaped(row, Provider) for row in ask.providers_of(database, source=source)),
            publications=tuple(shaped(row, PublishedReport) for row in listed),
            unread=tuple(
                UnreadReport(shaped(row, PublishedReport), row["because"])
                for row in ask.unread_of(database, source=source)
            ),
            vanished=frozenset(row["source_path"] for row in listed if row["vanished_at"]),
            **(ask.last_site_visit(database, source=source) or {}),
        )

    def site_counts(self) -> SiteCounts:
        """Count publications of the current listing: failed last time, vanished, held, and their files."""
        return shaped(self._ask.site_counts(self._database), SiteCounts)

    def record_build(self, build: PublishedBuild, files: Iterable[PublishedFile] = ()) -> None:
        """Record that a warehouse was published, and the files that hold it and its exports."""
        row = {**msgspec.structs.asdict(build), "published_at": text_of(build.published_at)}
        with self._database as database:
            self._ask.insert_build(database, **row)
            self._ask.delete_published_files(database)
            self._ask.insert_published_files(database, map(msgspec.structs.asdict, files))

    def announce(self, file: PublishedFile) -> None:
        """Record a file that is about to be published: one that is killed then has published what it should."""
        with self._database as database:
            self._ask.insert_published_files(database, [msgspec.structs.asdict(file)])

    def published_files(self) -> tuple[PublishedFile, ...]:
        """The files that the last build published, or was about to."""
        return tuple(shaped(row, PublishedFile) for row in self._ask.published_files(self._database))

    def last_build(self) -> PublishedBuild | None:
        """The last published build; None when there is none."""
        row = self._ask.last_build(self._database)
        return shaped(row, PublishedBuild) if row else None

    def builds_of(self, warehouse_fingerprint: str) -> tuple[PublishedBuild, ...]:
        """Each time that a warehouse with these contents was published, built or restored; the last one first."""
        rows = self._ask.builds_of(self._database, warehouse_fingerprint=warehouse_fingerprint)
        return tuple(shaped(row, PublishedBuild) for row in list(rows))

    def _record_visit(self, listing: Listing, listing_id: int, now: str) -> None:
        """Record what a listing of a site found beside its reports."""
        ask, database, visit = self._ask, self._database, listing.site
        common = {"source": listing.source, "now": now}
        ask.insert_site_visit(
            database, listing_id=listing_id, n_authorities=visit.n_authorities, n_publications=visit.n_publications
        )
        ask.upsert_providers(database, ({**msgspec.structs.asdict(one), **common} for one in visit.providers))
        unread = ({**msgspec.to_builtins(one.publication), "because": one.because, **common} for one in visit.unread)
        ask.upsert_unread(database, unread)
        ask.delete_unread_that_are_read(database, source=listing.source)


def _archived(row: dict[str, Any], earlier: Sequence[str], lost: Mapping[str, str]) -> ArchivedReport:
    """A publication with its file versions, but for those of which the file is lost: the detail says so."""
    if detail := lost.get(row["file_sha256"]):
        row = {**row, "file_sha256": None, "reason": "damaged_pdf", "detail": detail}
    elif row["file_sha256"] is None:
        row = {**row, "detail": "; ".join((row["detail"], *(lost[one] for one in earlier if one in lost)))}
    return ArchivedReport(
        shaped(row, PublishedReport),
        row["file_sha256"],
        row["reason"],
        row["detail"],
        as_time(row["version_first_seen_at"]),
        tuple(one for one in earlier if one not in lost),
        row["redirected_to"],
    )


def _publication_row(listed: ListedReport, source: str, listing_id: int, now: str) -> dict[str, Any]:
    return {
        **msgspec.to_builtins(listed.publication),
        "source": source,
        "location": os.fsencode(listed.location),
        "status": listed.status,
        "listing_id": listing_id,
        "now": now,
    }


def _json(ids: Iterable[int]) -> str:
    return msgspec.json.encode(list(ids)).decode()
