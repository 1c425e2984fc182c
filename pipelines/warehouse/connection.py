"""Opening the warehouse: read-only for everybody; the build alone writes, and into a file of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.errors import JudgementsError
from pipelines.files import sync_to_disk

STORAGE_VERSION = "v1.0.0"
"""Any DuckDB from 1.0 to 2.0 opens the file, also one older than the library used here."""

BUILD_MEMORY = "256MB"
"""What DuckDB may hold of a warehouse while it is built; what is more goes to a temporary folder on disk."""

STAGED = "memory.staged"
"""Rows that are loaded, but no part of the file: models read them as `staged.<name>`."""


class MissingWarehouseError(JudgementsError):
    """There is no warehouse to open; the message says what to do."""


@contextmanager
def open_warehouse(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only; any number of readers can, also while a build publishes a new one.

    A reader keeps the file it opened. Raises MissingWarehouseError where none was published.
    """
    if not published.is_file():
        raise MissingWarehouseError(f"There is no warehouse at {published} yet: judgements build --source sample")
    with duckdb.connect(str(published), read_only=True) as connection:
        yield connection


@contextmanager
def write_warehouse(building: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Write a new warehouse file. When the block ends without an error the file is whole and on the disk.

    What is made in the schema STAGED stays out of the file; everything else that is made enters it.
    """
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{BUILD_MEMORY}'")
        connection.execute(f"set temp_directory = {literal(building.with_name(building.name + '.spill'))}")
        connection.execute(f"create schema {STAGED}")
        # Attached rather than opened, for its storage version and journal can be chosen only so. There is no journal: a
        # file whose build was killed is thrown away, so nothing need be written twice.
        options = f"storage_version '{STORAGE_VERSION}', recovery_mode no_wal_writes"
        connection.execute(f"attach {literal(building)} as building ({options})")
        connection.execute(f"set search_path = 'building.main,{STAGED}'")
        yield connection
        connection.execute("checkpoint building; use memory; detach building")
    sync_to_disk(building)


def literal(text: str | Path) -> str:
    """A text, or a path, as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"
