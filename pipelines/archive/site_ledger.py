"""What the ledger remembers of a site: its providers, how much it listed, and what each file's last answer was.

Belongs here: the tables and columns that only sources on the web fill.
Stays out: listings and servings as such (`ledger.py`), and asking the site (`fetching.py`).
"""

import datetime as dt
import sqlite3

import msgspec

from pipelines.archive.database import publication_columns, publication_of, to_text, transaction
from pipelines.sources.published import (
    Provider,
    PublishedReport,
    RememberedSite,
    SiteVisit,
    UnreadReport,
    Validators,
)


class WebHolding(msgspec.Struct, frozen=True):
    """A publication of the current listing, and the file that it served last.

    `file_sha256` and `last_seen_at` are None when none was ever taken in. `listed_as` is how the site listed the
    publication when it served that file.
    """

    publication_id: int
    publication: PublishedReport
    file_sha256: str | None
    validators: Validators
    last_seen_at: dt.datetime | None
    listed_as: str | None


class SiteCounts(msgspec.Struct, frozen=True):
    """Of the current listing: publications that failed when last asked for, and those that have vanished."""

    n_failed: int
    n_vanished: int


def remembered_site(ledger: sqlite3.Connection, source: str) -> RememberedSite:
    """All that earlier listings of a site have left; nothing of a source that is no site or was never listed."""
    listed = ledger.execute("select * from publications where source = ?", (source,)).fetchall()
    unread = ledger.execute("select * from unread_publications where source = ?", (source,))
    providers = ledger.execute("select provider_urn, authority_name from providers where source = ?", (source,))
    last_visit = ledger.execute(
        "select n_authorities, n_publications from site_visits join listings using (listing_id) where source = ?"
        " order by listing_id desc limit 1",
        (source,),
    ).fetchone()
    return RememberedSite(
        providers=tuple(Provider(*row) for row in providers),
        publications=tuple(map(publication_of, listed)),
        unread=tuple(UnreadReport(publication_of(row), row["because"]) for row in unread),
        vanished=frozenset(row["source_path"] for row in listed if row["vanished_at"]),
        n_authorities=last_visit["n_authorities"] if last_visit else 0,
        n_publications=last_visit["n_publications"] if last_visit else 0,
    )


def record_visit(ledger: sqlite3.Connection, source: str, listing_id: int, visit: SiteVisit, now: str) -> None:
    """Note what a listing of a site found beside its reports. Belongs into the transaction of that listing."""
    ledger.execute("insert into site_visits values (?, ?, ?)", (listing_id, visit.n_authorities, visit.n_publications))
    ledger.executemany(
        "insert into providers values (?, ?, ?, ?, ?)"
        " on conflict (source, provider_urn) do update set"
        " authority_name = excluded.authority_name, last_seen_at = excluded.last_seen_at",
        ((source, one.provider_urn, one.authority_name, now, now) for one in visit.providers),
    )
    ledger.executemany(
        "insert into unread_publications (source_path, source_url, provider_urn, authority_name, label,"
        " published_date, source, because, first_seen_at, last_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (source, source_path) do update set"
        " source_url = excluded.source_url, authority_name = excluded.authority_name, label = excluded.label,"
        " published_date = excluded.published_date, because = excluded.because, last_seen_at = excluded.last_seen_at",
        ((*publication_columns(one.publication), source, one.because, now, now) for one in visit.unread),
    )
    ledger.execute(
        "delete from unread_publications where source = ?1"
        " and source_path in (select source_path from publications where source = ?1)",
        (source,),
    )


def web_holdings(ledger: sqlite3.Connection) -> tuple[WebHolding, ...]:
    """The current listing's publications that are still on their site, in order of path, with what is held of each."""
    rows = ledger.execute(
        "select publications.*, file_sha256, file_state, etag, last_modified, servings.last_seen_at as served_at"
        " from publications left join servings on servings.publication_id = publications.publication_id and is_current"
        " where listing_id = (select max(listing_id) from listings) and vanished_at is null"
        " order by source_path, source_url"
    )
    return tuple(
        WebHolding(
            row["publication_id"],
            publication_of(row),
            row["file_sha256"],
            Validators(row["etag"], row["last_modified"]),
            dt.datetime.fromisoformat(row["served_at"]) if row["served_at"] else None,
            row["file_state"],
        )
        for row in rows
    )


def record_unchanged(ledger: sqlite3.Connection, publication_id: int, at: dt.datetime) -> None:
    """Note that a site said that a publication still serves the file that is held."""
    with transaction(ledger):
        ledger.execute(
            "update servings set last_seen_at = ? where publication_id = ? and is_current",
            (to_text(at), publication_id),
        )
        ledger.execute(
            "update publications set failed_at = null, failure = null where publication_id = ?", (publication_id,)
        )


def record_failure(ledger: sqlite3.Connection, publication_id: int, failure: str, at: dt.datetime) -> None:
    """Note why a publication's file could not be had this time. What is held of it stays current."""
    with transaction(ledger):
        ledger.execute(
            "update publications set failed_at = ?, failure = ? where publication_id = ?",
            (to_text(at), failure, publication_id),
        )


def site_counts(ledger: sqlite3.Connection) -> SiteCounts:
    """Count what of the current listing could not be had, and what has vanished."""
    row = ledger.execute(
        "select coalesce(sum(failed_at is not null and vanished_at is null), 0) as n_failed,"
        " coalesce(sum(vanished_at is not null), 0) as n_vanished"
        " from publications where listing_id = (select max(listing_id) from listings)"
    ).fetchone()
    return SiteCounts(row["n_failed"], row["n_vanished"])
