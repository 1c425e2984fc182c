"""The ledger's SQLite file: opening it, to write or only to read, and whether it is damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiosql

from pipelines.errors import JudgementsError

MOVE_AWAY = "Move it away and build again: a new one is made from the archive and what is listed."


class LedgerError(JudgementsError):
    """The ledger can't be read or written, for instance because the disk is full or another process locks it."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the ledger, with all tables. Raises LedgerError, at once or later in the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=30, isolation_level="IMMEDIATE")) as database:
            database.row_factory = _as_dict
            if queries().has_servings(database):
                queries().rename_servings(database)
            database.executescript(
                "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;"
                + (files("pipelines.archive") / "ledger.sql").read_text("utf-8")
            )
            yield database
    except sqlite3.DatabaseError as error:
        advice = "" if isinstance(error, sqlite3.OperationalError) else f" {MOVE_AWAY}"
        raise LedgerError(f"The ledger {path} can't be used: {error}.{advice}") from error


@contextmanager
def opened_read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing. Raises LedgerError, at once or later in the block."""
    try:
        with closing(_read_only(path)) as database:
            database.row_factory = _as_dict
            yield database
    except sqlite3.DatabaseError as error:
        raise LedgerError(f"The ledger {path} can't be read: {error}.") from error


def damage_of(path: Path) -> str | None:
    """What is wrong with the ledger's file, in SQLite's words; None where it is sound, or there is none."""
    if not path.exists():
        return None
    if path.is_file() and not path.stat().st_size:
        return "the file is empty"
    try:
        with closing(_read_only(path)) as database:
            found = database.execute("pragma integrity_check(1)").fetchone()[0]
            return None if found == "ok" else str(found)
    except sqlite3.OperationalError:  # locked, or not to be opened: that says nothing about what is in it
        return None
    except sqlite3.DatabaseError as error:
        return str(error)


def _read_only(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even a journal where nobody else has one or the folder can't be written."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    if path.with_name(path.name + "-wal").exists():
        database = sqlite3.connect(address, uri=True, timeout=30)
        with suppress(sqlite3.OperationalError):
            database.execute("select count(*) from sqlite_master").fetchone()
            return database
        database.close()
    return sqlite3.connect(f"{address}&immutable=1", uri=True)


@cache
def queries() -> Any:
    """The queries of `queries.sql` as functions."""
    return aiosql.from_str((files("pipelines.archive") / "queries.sql").read_text("utf-8"), "sqlite3")


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {name: value for (name, *_), value in zip(cursor.description, row, strict=True)}
