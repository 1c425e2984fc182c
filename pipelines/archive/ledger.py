"""The ledger: an SQLite file that remembers what was listed, which file each publication served, and what was built.

It knows nothing of bytes (`store.py`). Every write is one transaction, so a killed process leaves all as it was before
it or after it. "The current listing" is the last one recorded, of whatever source. An address may later serve another
file: both file versions stay known, and the last one is current.
"""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from pipelines.archive.store import StoredFile
from pipelines.errors import JudgementsError
from pipelines.sources.published import (
    ArchivedReport,
    Fetched,
    Holding,
    Listing,
    Provider,
    PublishedReport,
    RefusedFile,
    RememberedSite,
    UnreadReport,
    Validators,
)

Shape = TypeVar("Shape", bound=msgspec.Struct)


class LedgerError(JudgementsError):
    """The ledger can't be read or written: a full disk, for one, or another process that keeps it locked."""


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


class SiteCounts(msgspec.Struct, frozen=True):
    """Of the current listing: publications that failed when last asked for, and those that have vanished."""

    n_failed: int = 0
    n_vanished: int = 0


class PublishedBuild(msgspec.Struct, frozen=True):
    """A warehouse that was published. `inputs` is a hash of all it depends on; `published_at` is UTC."""

    source: str
    selection: str
    inputs: str
    warehouse_fingerprint: str
    published_at: dt.datetime


class Ledger:
    """What is remembered between runs. Times are UTC, without a zone, to the second."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open the ledger for the length of a block, making the file and its tables where they are missing.

        Raises LedgerError when it can't be read or written, then or later in the block.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as database:
                database.row_factory = sqlite3.Row
                database.executescript(
                    "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;"
                    + (files("pipelines.archive") / "ledger.sql").read_text("utf-8")
                )
                yield cls(database)
        except sqlite3.OperationalError as error:
            raise LedgerError(f"The ledger {path} can't be used: {error}.") from error

    def record_listing(self, listing: Listing, at: dt.datetime) -> ListingCounts:
        """Make `listing` the current one. Publications that it lacks stay known."""
        with self._transaction():
            n_known = self._count("source = ?", listing.source)
            (last_whole,) = self._row(
                "select coalesce(max(listing_id), 0) from listings where source = ? and selection = ''", listing.source
            )
            (listing_id,) = self._row(
                "insert into listings (source, reference, selection, listed_at) values (?, ?, ?, ?)"
                " returning listing_id",
                listing.source, listing.reference and str(listing.reference), listing.selection, _text(at),
            )  # fmt: skip
            self._upsert_publications(listing, listing_id, _text(at))
            if listing.site.n_authorities:
                self._record_visit(listing, listing_id, _text(at))
            n_gone = len(listing.site.vanished)
            if last_whole and not listing.selection:
                n_gone += self._count(
                    "source = ? and listing_id between ? and ?", listing.source, last_whole, listing_id - 1
                )
            return ListingCounts(
                n_published=self._count("listing_id = ? and vanished_at is null", listing_id),
                n_new=self._count("source = ?", listing.source) - n_known,
                n_gone=n_gone,
            )

    def current_listing(self) -> CurrentListing | None:
        """What was listed last; None when nothing ever was."""
        row = self._row("select * from listings order by listing_id desc limit 1")
        return _shaped(row, CurrentListing) if row else None

    def last_listed_at(self) -> dt.datetime | None:
        """When a source was listed last, whole or in part; None when nothing ever was."""
        (at,) = self._row("select max(listed_at) from listings")
        return dt.datetime.fromisoformat(at) if at else None

    def holdings(self) -> tuple[Holding, ...]:
        """The current listing's publications that have not vanished, and what each served last, in order of path."""
        return tuple(
            Holding(
                row["publication_id"],
                _shaped(row, PublishedReport),
                os.fsdecode(row["location"]),
                row["file_sha256"],
                row["file_state"],
                _shaped(row, Validators),
                row["version_last_seen_at"] and dt.datetime.fromisoformat(row["version_last_seen_at"]),
            )
            for row in self._database.execute(
                "select * from current_publications where vanished_at is null order by source_path, source_url"
            )
        )

    def archived_reports(self) -> tuple[ArchivedReport, ...]:
        """The current listing's publications with the file version that each serves, in order of path."""
        return tuple(
            ArchivedReport(
                _shaped(row, PublishedReport),
                row["file_sha256"],
                row["reason"],
                row["detail"],
                dt.datetime.fromisoformat(row["version_first_seen_at"]),
            )
            for row in self._database.execute(
                "select * from current_publications where version_first_seen_at is not null"
                " order by source_path, source_url"
            )
        )

    def held_paths(self, source: str) -> frozenset[str]:
        """The paths of a source's publications of which a file is held."""
        rows = self._database.execute(
            "select source_path from publications join file_versions using (publication_id)"
            " where source = ? and is_current and file_sha256 is not null",
            (source,),
        )
        return frozenset(row["source_path"] for row in rows)

    def record_file_version(
        self, publication_id: int, file: StoredFile | RefusedFile, at: dt.datetime, fetched: Fetched | None = None
    ) -> None:
        """Make a file, or the reason why it can't be taken in, the publication's current file version (an upsert).

        `fetched` says by what the source will know the file again.
        """
        version: dict[str, Any] = {"publication_id": publication_id, "at": _text(at)}
        version |= dict.fromkeys(("file_sha256", "reason", "detail", "file_state", "etag", "last_modified"))
        version |= msgspec.structs.asdict(file)
        if fetched and isinstance(file, StoredFile):
            version |= {"file_state": fetched.file_state, **msgspec.structs.asdict(fetched.validators)}
        with self._transaction():
            if isinstance(file, StoredFile):
                self._database.execute("insert or ignore into files values (:file_sha256, :n_bytes, :at)", version)
            self._database.execute(
                "update file_versions set is_current = 0 where publication_id = :publication_id", version
            )
            self._database.execute(
                "insert into file_versions (publication_id, file_sha256, reason, detail, file_state, etag,"
                " last_modified, first_seen_at, last_seen_at, is_current) values (:publication_id, :file_sha256,"
                " :reason, :detail, :file_state, :etag, :last_modified, :at, :at, 1)"
                " on conflict (publication_id, coalesce(file_sha256, ''), coalesce(reason, '')) do update set"
                " detail = excluded.detail, file_state = excluded.file_state, etag = excluded.etag,"
                " last_modified = excluded.last_modified, last_seen_at = excluded.last_seen_at, is_current = 1",
                version,
            )
            self._clear_failures([publication_id])

    def confirm(self, publication_ids: Iterable[int], at: dt.datetime) -> None:
        """Note that these publications still serve their current file version."""
        ids = list(publication_ids)
        with self._transaction():
            self._database.execute(
                "update file_versions set last_seen_at = ?"
                " where is_current and publication_id in (select value from json_each(?))",
                (_text(at), _json(ids)),
            )
            self._clear_failures(ids)

    def record_failure(self, publication_id: int, failure: str, at: dt.datetime) -> None:
        """Note why a publication's file could not be fetched this time. What is held of it stays current."""
        with self._transaction():
            self._database.execute(
                "update publications set failed_at = ?, failure = ? where publication_id = ?",
                (_text(at), failure, publication_id),
            )

    def remembered_site(self, source: str) -> RememberedSite:
        """All that earlier listings of a site have left; nothing of a source that is no site or was never listed."""
        listed = self._database.execute("select * from publications where source = ?", (source,)).fetchall()
        unread = self._database.execute("select * from unread_publications where source = ?", (source,))
        providers = self._database.execute("select * from providers where source = ?", (source,))
        last_visit = self._row(
            "select n_authorities, n_publications from site_visits join listings using (listing_id) where source = ?"
            " order by listing_id desc limit 1",
            source,
        )
        return RememberedSite(
            providers=tuple(_shaped(row, Provider) for row in providers),
            publications=tuple(_shaped(row, PublishedReport) for row in listed),
            unread=tuple(UnreadReport(_shaped(row, PublishedReport), row["because"]) for row in unread),
            vanished=frozenset(row["source_path"] for row in listed if row["vanished_at"]),
            **(dict(last_visit) if last_visit else {}),
        )

    def site_counts(self) -> SiteCounts:
        """Count what of the current listing failed when last asked for, and what has vanished."""
        row = self._row(
            "select count(*) filter (where failed_at is not null and vanished_at is null) as n_failed,"
            " count(vanished_at) as n_vanished from current_publications"
        )
        return _shaped(row, SiteCounts)

    def record_build(self, build: PublishedBuild) -> None:
        """Note that a warehouse was published."""
        with self._transaction():
            self._database.execute(
                "insert into builds (source, selection, inputs, warehouse_fingerprint, published_at)"
                " values (:source, :selection, :inputs, :warehouse_fingerprint, :published_at)",
                {**msgspec.structs.asdict(build), "published_at": _text(build.published_at)},
            )

    def last_build(self) -> PublishedBuild | None:
        """The build that was published last; None when none was."""
        row = self._row("select * from builds order by build_id desc limit 1")
        return _shaped(row, PublishedBuild) if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is written inside is kept together, or none of it."""
        self._database.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._database.execute("rollback")
            raise
        self._database.execute("commit")

    def _upsert_publications(self, listing: Listing, listing_id: int, now: str) -> None:
        """Put the publications of a listing into the ledger. Only what was seen gets a new time of being seen."""
        self._database.executemany(
            "insert into publications (source_path, source_url, provider_urn, authority_name, label, published_date,"
            " source, location, first_seen_at, last_seen_at, listing_id, vanished_at)"
            " values (:source_path, :source_url, :provider_urn, :authority_name, :label, :published_date,"
            " :source, :location, :now, :now, :listing_id, iif(:status = 'vanished', :now, null))"
            " on conflict (source, source_path, coalesce(source_url, '')) do update set"
            " provider_urn = excluded.provider_urn, authority_name = excluded.authority_name, label = excluded.label,"
            " published_date = excluded.published_date, location = excluded.location,"
            " last_seen_at = iif(:status = 'seen', excluded.last_seen_at, last_seen_at),"
            " listing_id = excluded.listing_id,"
            " vanished_at = iif(excluded.vanished_at is null, null, coalesce(vanished_at, excluded.vanished_at))",
            (
                {
                    **msgspec.to_builtins(listed.publication),
                    "source": listing.source,
                    "location": os.fsencode(listed.location),
                    "status": listed.status,
                    "listing_id": listing_id,
                    "now": now,
                }
                for listed in listing.reports
            ),
        )

    def _record_visit(self, listing: Listing, listing_id: int, now: str) -> None:
        """Note what a listing of a site found beside its reports."""
        visit, common = listing.site, {"source": listing.source, "now": now}
        self._database.execute(
            "insert into site_visits values (?, ?, ?)", (listing_id, visit.n_authorities, visit.n_publications)
        )
        self._database.executemany(
            "insert into providers values (:source, :provider_urn, :authority_name, :now, :now)"
            " on conflict (source, provider_urn) do update set"
            " authority_name = excluded.authority_name, last_seen_at = excluded.last_seen_at",
            ({**msgspec.structs.asdict(one), **common} for one in visit.providers),
        )
        self._database.executemany(
            "insert into unread_publications values (:source, :source_path, :source_url, :provider_urn,"
            " :authority_name, :label, :published_date, :because, :now, :now)"
            " on conflict (source, source_path) do update set"
            " source_url = excluded.source_url, authority_name = excluded.authority_name, label = excluded.label,"
            " published_date = excluded.published_date, because = excluded.because,"
            " last_seen_at = excluded.last_seen_at",
            ({**msgspec.to_builtins(one.publication), "because": one.because, **common} for one in visit.unread),
        )
        self._database.execute(
            "delete from unread_publications where source = ?1"
            " and source_path in (select source_path from publications where source = ?1)",
            (listing.source,),
        )

    def _clear_failures(self, publication_ids: list[int]) -> None:
        self._database.execute(
            "update publications set failed_at = null, failure = null"
            " where failed_at is not null and publication_id in (select value from json_each(?))",
            (_json(publication_ids),),
        )

    def _count(self, condition: str, *values: object) -> int:
        """Publications for which one of this module's own conditions holds."""
        return int(self._row(f"select count(*) from publications where {condition}", *values)[0])  # noqa: S608

    def _row(self, statement: str, *values: object) -> Any:
        """The first row; None when there is none."""
        return self._database.execute(statement, values).fetchone()


def _shaped(row: sqlite3.Row, shape: type[Shape]) -> Shape:
    """The columns of a row that a shape has, by name."""
    return msgspec.convert(dict(row), shape, dec_hook=lambda kind, value: kind(value))


def _text(at: dt.datetime) -> str:
    """How a time is written in the ledger: UTC, without a zone, to the second."""
    return at.isoformat(sep=" ", timespec="seconds")


def _json(ids: list[int]) -> str:
    return msgspec.json.encode(ids).decode()
