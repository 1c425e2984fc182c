"""The ledger: which publication served which file, and when each was first and last seen.

Belongs here: what the stages ask of the tables in `ledger.sql`, and tell them.
Stays out: the bytes (`store.py`), what was built (`builds.py`), and anything that a report says.

An address may later serve another file: both stay known, and the last one seen is current. "The current listing"
is the last one recorded, of whatever source.
"""

import datetime as dt
import os
import sqlite3
from pathlib import Path

import msgspec

from pipelines.archive.database import publication_columns, publication_of, to_text, transaction
from pipelines.archive.site_ledger import record_visit
from pipelines.archive.store import RefusedFile, StoredFile
from pipelines.sources.published import ArchivedReport, Listing, PublishedReport, Validators


class ListingCounts(msgspec.Struct, frozen=True):
    """How a listing differs from what was known. `n_gone` counts what the last whole listing still held.

    `n_published` leaves out what has vanished from its site and is only kept.
    """

    n_published: int
    n_new: int
    n_gone: int


class CurrentListing(msgspec.Struct, frozen=True):
    """What was listed last: of which source, with which reference (None: the project's), narrowed to what."""

    source: str
    reference: Path | None
    selection: str

    @property
    def source_name(self) -> str:
        """A name that says nothing of this machine: `sample`, or the last part of the directory's path."""
        return Path(self.source).name or self.source


class Holding(msgspec.Struct, frozen=True):
    """A listed publication, where its bytes are, and what it served last: None when it was never taken in.

    `file_state` is the source file's size, time and inode when it was last looked at.
    """

    publication_id: int
    publication: PublishedReport
    path: Path
    file_sha256: str | None
    file_state: str | None


def record_listing(ledger: sqlite3.Connection, listing: Listing, at: dt.datetime) -> ListingCounts:
    """Make `listing` the current one. Publications that it lacks stay known."""
    now = to_text(at)
    with transaction(ledger):
        known = _count(ledger, "source = ?", listing.source)
        (last_whole,) = ledger.execute(
            "select coalesce(max(listing_id), 0) from listings where source = ? and selection = ''", (listing.source,)
        ).fetchone()
        (listing_id,) = ledger.execute(
            "insert into listings (source, reference, selection, listed_at) values (?, ?, ?, ?) returning listing_id",
            (listing.source, listing.reference and str(listing.reference), listing.selection, now),
        ).fetchone()
        _write_publications(ledger, listing, listing_id, now)
        gone = 0
        if listing.site is not None:
            record_visit(ledger, listing.source, listing_id, listing.site, now)
            gone = len(listing.site.vanished)
        elif last_whole and not listing.selection:
            gone = _count(
                ledger, "source = ? and listing_id between ? and ?", listing.source, last_whole, listing_id - 1
            )
        return ListingCounts(
            n_published=_count(ledger, "listing_id = ? and vanished_at is null", listing_id),
            n_new=_count(ledger, "source = ?", listing.source) - known,
            n_gone=gone,
        )


def _write_publications(ledger: sqlite3.Connection, listing: Listing, listing_id: int, now: str) -> None:
    """Put the publications of a listing into the ledger. Only what was seen gets a new time of last sight."""
    ledger.executemany(
        "insert into publications (source_path, source_url, provider_urn, authority_name, label, published_date,"
        " source, location, first_seen_at, last_seen_at, listing_id, vanished_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (source, source_path, coalesce(source_url, '')) do update set"
        " provider_urn = excluded.provider_urn, authority_name = excluded.authority_name, label = excluded.label,"
        " published_date = excluded.published_date, location = excluded.location,"
        " last_seen_at = iif(?, excluded.last_seen_at, last_seen_at), listing_id = excluded.listing_id,"
        " vanished_at = iif(excluded.vanished_at is null, null, coalesce(vanished_at, excluded.vanished_at))",
        (
            (
                *publication_columns(listed.publication),
                listing.source,
                os.fsencode(listed.path or listed.publication.source_url or ""),
                now,
                now,
                listing_id,
                now if listed.sight == "vanished" else None,
                listed.sight == "seen",
            )
            for listed in listing.reports
        ),
    )


def current_listing(ledger: sqlite3.Connection) -> CurrentListing | None:
    """What was listed last; None when nothing ever was."""
    row = ledger.execute("select * from listings order by listing_id desc limit 1").fetchone()
    if row is None:
        return None
    return CurrentListing(row["source"], Path(row["reference"]) if row["reference"] else None, row["selection"])


def last_listed_at(ledger: sqlite3.Connection) -> dt.datetime | None:
    """When a source was listed last, whole or in part; None when nothing ever was."""
    (at,) = ledger.execute("select max(listed_at) from listings").fetchone()
    return dt.datetime.fromisoformat(at) if at else None


def holdings(ledger: sqlite3.Connection) -> tuple[Holding, ...]:
    """The current listing's publications and what each served when last looked at, in order of path."""
    rows = ledger.execute(
        "select publications.*, file_sha256, file_state from publications"
        " left join servings using (publication_id)"
        " where listing_id = (select max(listing_id) from listings) and coalesce(is_current, 1)"
        " order by source_path, source_url"
    )
    return tuple(
        Holding(
            row["publication_id"],
            publication_of(row),
            Path(os.fsdecode(row["location"])),
            row["file_sha256"],
            row["file_state"],
        )
        for row in rows
    )


def held_paths(ledger: sqlite3.Connection, source: str) -> frozenset[str]:
    """The paths of a source's publications of which a file is held."""
    rows = ledger.execute(
        "select source_path from publications join servings using (publication_id)"
        " where source = ? and is_current and file_sha256 is not null",
        (source,),
    )
    return frozenset(row["source_path"] for row in rows)


def record_serving(
    ledger: sqlite3.Connection,
    publication_id: int,
    served: StoredFile | RefusedFile,
    at: dt.datetime,
    file_state: str | None = None,
    validators: Validators = Validators(),  # noqa: B008 it is frozen
) -> None:
    """Note what a publication serves now; what it served before stays known."""
    now = to_text(at)
    with transaction(ledger):
        if isinstance(served, StoredFile):
            ledger.execute("insert or ignore into files values (?, ?, ?)", (served.file_sha256, served.n_bytes, now))
            what: tuple[str | None, ...] = (served.file_sha256, None, None, file_state)
        else:
            what = (None, served.reason, served.detail, None)
        ledger.execute("update servings set is_current = 0 where publication_id = ?", (publication_id,))
        ledger.execute(
            "insert into servings (publication_id, file_sha256, reason, detail, file_state, etag, last_modified,"
            " first_seen_at, last_seen_at, is_current) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
            " on conflict (publication_id, coalesce(file_sha256, ''), coalesce(reason, '')) do update set"
            " detail = excluded.detail, file_state = excluded.file_state, etag = excluded.etag,"
            " last_modified = excluded.last_modified, last_seen_at = excluded.last_seen_at, is_current = 1",
            (publication_id, *what, validators.etag, validators.last_modified, now, now),
        )
        ledger.execute(
            "update publications set failed_at = null, failure = null where publication_id = ?", (publication_id,)
        )


def confirm_servings(ledger: sqlite3.Connection, at: dt.datetime) -> None:
    """Note that everything in the current listing still served at this time what it serves now."""
    with transaction(ledger):
        ledger.execute(
            "update servings set last_seen_at = ? where is_current and publication_id in"
            " (select publication_id from publications where listing_id = (select max(listing_id) from listings))",
            (to_text(at),),
        )


def archived_reports(ledger: sqlite3.Connection) -> tuple[ArchivedReport, ...]:
    """The current listing's publications with what each serves now, in order of path."""
    rows = ledger.execute(
        "select source_path, source_url, provider_urn, authority_name, label, published_date,"
        " file_sha256, reason, detail, servings.first_seen_at"
        " from publications join servings using (publication_id)"
        " where listing_id = (select max(listing_id) from listings) and is_current order by source_path, source_url"
    )
    return tuple(
        ArchivedReport(
            publication_of(row),
            row["file_sha256"],
            row["reason"],
            row["detail"],
            dt.datetime.fromisoformat(row["first_seen_at"]),
        )
        for row in rows
    )


def _count(ledger: sqlite3.Connection, condition: str, *values: object) -> int:
    """Publications for which one of this module's own conditions holds."""
    (n,) = ledger.execute(f"select count(*) from publications where {condition}", values).fetchone()  # noqa: S608
    return int(n)
