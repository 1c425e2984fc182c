"""Opening the warehouse: read-only; only the build writes, to a file of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.errors import JudgementsError, MachineError, exit_code
from pipelines.files import sync_to_disk

STORAGE_VERSION = "v1.0.0"
"""Any DuckDB from 1.0 to 2.0.1 opens the file, also one older than the library used here."""

BUILD_MEMORY = "256MB"
"""DuckDB's memory limit while it builds; beyond it, DuckDB spills to a temporary folder."""

STAGED = "memory.staged"
"""The schema of loaded rows, outside the file: models read them as `staged.<name>`."""


class MissingWarehouseError(JudgementsError):
    """There is no warehouse to open; the message says what to do."""


class UnusableWarehouseError(JudgementsError):
    """The file at the warehouse's place can't be opened; the message says why, and what to do."""


@contextmanager
def open_warehouse(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only, also while a build publishes a new one.

    A reader keeps the file it opened. Raises MissingWarehouseError where none was published, and
    UnusableWarehouseError where it is damaged.
    """
    if not published.is_file():
        raise MissingWarehouseError(f"There is no warehouse at {published} yet: judgements build --source sample")
    try:
        connection = duckdb.connect(str(published), read_only=True)
    except duckdb.Error as error:
        words = f"{published} can't be opened: {error}"
        raise UnusableWarehouseError(
            f"{words} If it is damaged, build again: it is kept aside, and made anew."
        ) from error
    with connection:
        yield connection


def published_build(published: Path, column: str) -> str | None:
    """A column of `meta.build` in the published warehouse; None when there is none."""
    if not published.is_file():
        return None
    with open_warehouse(published) as connection:
        row = connection.execute(f"select {column} from meta.build").fetchone()  # noqa: S608 -- our own names
        return str(row[0]) if row else None


def can_be_opened(published: Path) -> bool:
    """Whether the published warehouse is one, or there is none. One that another program writes to is one.

    Raises what the machine stands in the way with: it says nothing about the file.
    """
    try:
        published_build(published, "fingerprint")
    except (duckdb.Error, UnusableWarehouseError) as error:
        if exit_code(error) == MachineError.exit_code:
            raise
        return "could not set lock" in str(error).casefold()
    return True


def is_corrupt(error: duckdb.Error) -> bool:
    """Whether DuckDB found that a part of a file has not the checksum that it was written with."""
    return "corrupt" in str(error).casefold()


@contextmanager
def write_warehouse(building: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Write a new warehouse file. When the block ends without an error the file is complete and on the disk.

    The schema STAGED stays out of the file; everything else goes into it.
    """
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{BUILD_MEMORY}'")
        connection.execute(f"set temp_directory = {literal(building.with_name(building.name + '.spill'))}")
        connection.execute(f"create schema {STAGED}")
        # Attached, because only so can its storage version and journal be chosen. It has no journal: a killed build's
        # file is removed, so nothing need be written twice.
        options = f"storage_version '{STORAGE_VERSION}', recovery_mode no_wal_writes"
        connection.execute(f"attach {literal(building)} as building ({options})")
        connection.execute(f"set search_path = 'building.main,{STAGED}'")
        yield connection
        connection.execute("checkpoint building; use memory; detach building")
    sync_to_disk(building)


def literal(text: str | Path) -> str:
    """A text, or a path, as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"
