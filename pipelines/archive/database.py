"""The SQLite file under the archive: opening it, and one transaction at a time.

Belongs here: what is true of every table in `ledger.sql`.
Stays out: what the tables mean (`ledger.py`, `builds.py`).

Every write is one transaction, so a killed process leaves all as it was before it or after it.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path


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
        yield ledger


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
