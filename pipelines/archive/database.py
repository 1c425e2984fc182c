"""The SQLite file under the archive: opening it, and one transaction at a time.

Belongs here: what is true of every table in `ledger.sql`.
Stays out: what the tables mean (`ledger.py`, `builds.py`).

A column that a table gained after ledgers were first kept stands in ADDED too, so that an older file gets it.
Every write is one transaction, so a killed process leaves all as it was before it or after it.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from pipelines.sources.published import PublishedReport

ADDED = {
    "publications": ("vanished_at text", "failed_at text", "failure text"),
    "servings": ("etag text", "last_modified text"),
}


@contextmanager
def open_ledger(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the ledger for the length of a block, making the file and its tables where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as ledger:
        ledger.row_factory = sqlite3.Row
        ledger.executescript(
            "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;"
            + (files("pipelines.archive") / "ledger.sql").read_text("utf-8")
        )
        _add_columns(ledger)
        yield ledger


def _add_columns(ledger: sqlite3.Connection) -> None:
    for table, columns in ADDED.items():
        present = {row["name"] for row in ledger.execute(f"pragma table_info({table})")}
        for column in columns:
            if column.split()[0] not in present:
                ledger.execute(f"alter table {table} add column {column}")


@contextmanager
def transaction(ledger: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept together, or none of it."""
    ledger.execute("begin immediate")
    try:
        yield
    except BaseException:
        ledger.execute("rollback")
        raise
    ledger.execute("commit")


def to_text(at: dt.datetime) -> str:
    """How a time stands in the ledger: UTC, without a zone, to the second."""
    return at.isoformat(sep=" ", timespec="seconds")


def publication_columns(publication: PublishedReport) -> tuple[str | None, ...]:
    """A publication as it stands in the ledger: path, address, URN, authority, label and date, in that order."""
    published = publication.published_date
    return (
        publication.source_path,
        publication.source_url,
        publication.provider_urn,
        publication.authority_name,
        publication.label,
        published.isoformat() if published else None,
    )


def publication_of(row: sqlite3.Row) -> PublishedReport:
    """A publication as it is read back from a row with those columns."""
    published = row["published_date"]
    return PublishedReport(
        row["source_path"],
        row["source_url"],
        row["provider_urn"],
        row["authority_name"],
        row["label"],
        dt.date.fromisoformat(published) if published else None,
    )
