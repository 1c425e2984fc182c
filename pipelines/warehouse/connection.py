"""Opening the warehouse: read-only for everybody; the build alone writes, and into a file of its own.

Belongs here: the two ways to open, and the error of a warehouse that is not there.
Stays out: what is written (`build.py`) and what is asked.
"""

import importlib.resources
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import duckdb

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# More would hold more at once: what a build needs of memory is not to depend on how many cores there are.
ASKED_AT_ONCE = min(2, os.cpu_count() or 1)

# Written so that any client of the 1.x line can open the file, also one older than the library used here.
STORAGE_VERSION = "v1.0.0"

# What a build may hold in memory beside the frames of a batch, however many reports there are: it sorts on disk beyond.
BUILD_MEMORY = "128MB"

# So much is stored as it came before it is compressed: compressing a little at a time does some of it twice.
STORED_BEFORE_COMPRESSED = "64MB"

# What is no longer needed goes back to the system from this much on.
KEPT_WHEN_FREE = "8MB"

# What it may hold where that does not suffice: not all that the library does can go on on disk.
MOST_MEMORY = "3GB"

# Frames are loaded into memory and never into the file; models read them as `staged.<name>`.
STAGED = "memory.staged"


class MissingWarehouseError(FileNotFoundError):
    """There is no warehouse to open; the message says what to do."""


@contextmanager
def open_warehouse(published: Path, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only; any number of readers can, also while a build publishes a new one.

    A reader keeps the file it opened, and as much of it in memory as `memory` ("256MB") allows; most of what there is
    where it is None. Raises MissingWarehouseError where none was published.
    """
    if not published.is_file():
        raise MissingWarehouseError(f"no warehouse at {published}: build one first, with `judgements build`")
    connection = duckdb.connect(str(published), read_only=True)
    try:
        if memory:
            connection.execute(f"set memory_limit = {literal(memory)}")
        yield connection
    finally:
        connection.close()


@contextmanager
def write_warehouse(building: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Write a new warehouse file. When the block ends without an error the file is whole and on the disk.

    Tables made in the schema STAGED stay in memory; everything else that is made enters the file.
    """
    connection = duckdb.connect()
    try:
        connection.execute(f"set memory_limit = '{BUILD_MEMORY}'")
        connection.execute(f"set checkpoint_threshold = '{STORED_BEFORE_COMPRESSED}'")
        for threshold in ("allocator_flush_threshold", "allocator_bulk_deallocation_flush_threshold"):
            connection.execute(f"set {threshold} = '{KEPT_WHEN_FREE}'")
        connection.execute(f"set temp_directory = {literal(building.with_name(building.name + '.sorting'))}")
        connection.execute(f"create schema {STAGED}")
        # Steps on the way to a table are too large for memory, and no reader's business.
        scratch = building.with_name(building.name + ".scratch")
        connection.execute(f"attach {literal(scratch)} as scratch (recovery_mode no_wal_writes)")
        connection.execute("create schema scratch.steps")
        _take_up(connection, building)
        yield connection
        _lay_down(connection)
    finally:
        connection.close()
    sync_to_disk(building)


def take_up_again(connection: duckdb.DuckDBPyConnection, building: Path) -> None:
    """Write out what a warehouse holds so far, and go on with it as it stands in the file.

    Rows that have just been stored take far more memory to read than rows that lie in a file.
    """
    _lay_down(connection)
    _take_up(connection, building)


def _take_up(connection: duckdb.DuckDBPyConnection, building: Path) -> None:
    # Attached rather than opened, for its storage version and journal can be chosen only so. There is no journal: a
    # file whose build was killed is thrown away, so nothing need be written twice.
    options = f"storage_version '{STORAGE_VERSION}', recovery_mode no_wal_writes"
    connection.execute(f"attach {literal(building)} as building ({options})")
    connection.execute(f"set search_path = 'building.main,{STAGED},scratch.steps'")


def _lay_down(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("checkpoint building")
    connection.execute("use memory")
    connection.execute("detach building")


def side_by_side(
    connection: duckdb.DuckDBPyConnection,
    ask: Callable[[duckdb.DuckDBPyConnection, Item], Answer],
    items: Iterable[Item],
) -> list[Answer]:
    """Ask the same of each item, a few at a time, each on a connection of its own; answers in the order of the items.

    Most questions of a build are small, and one alone keeps no more than one core busy, so each is given one.
    """
    path = connection.execute("select current_setting('search_path')").fetchall()[0][0]

    def ask_apart(item: Item) -> Answer:
        with connection.cursor() as apart:
            apart.execute(f"set search_path = {literal(path)}")
            return ask(apart, item)

    def ask_or_leave(item: Item) -> tuple[bool, Answer | None]:
        try:
            return True, ask_apart(item)
        except duckdb.OutOfMemoryException:
            return False, None

    asked = list(items)
    with one_core(connection):
        with ThreadPoolExecutor(ASKED_AT_ONCE) as threads:
            answered = list(threads.map(ask_or_leave, asked))
        return [
            cast(Answer, answer) if is_answered else given_room(connection, partial(ask_apart, item))
            for item, (is_answered, answer) in zip(asked, answered, strict=True)
        ]


@contextmanager
def held_to(connection: duckdb.DuckDBPyConnection, memory: str) -> Iterator[None]:
    """Have this database hold no more than so much in memory for a while, if it can let go of what is more."""
    ((usual,),) = connection.execute("select current_setting('memory_limit')").fetchall()
    _limit(connection, memory)
    try:
        yield
    finally:
        _limit(connection, usual)


def _limit(connection: duckdb.DuckDBPyConnection, memory: str) -> None:
    with suppress(duckdb.OutOfMemoryException):  # what is held is no reason to lose the work
        connection.execute(f"set memory_limit = {literal(memory)}")


@contextmanager
def one_core(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Have each statement of this database done by one core: by more, each would hold as much again in memory."""
    connection.execute("set threads = 1")
    try:
        yield
    finally:
        connection.execute("reset threads")


def given_room(connection: duckdb.DuckDBPyConnection, work: Callable[[], Answer]) -> Answer:
    """Do some work of a build, and where memory does not suffice do it once more with all that it may ever hold."""
    try:
        return work()
    except duckdb.OutOfMemoryException:
        with held_to(connection, MOST_MEMORY):
            return work()


def load_stemmer(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the extension with the SQL function `stem`, from the package it came with: nothing is downloaded.

    Only a build needs it. The search index holds every word with its stem, so a reader needs no extension.
    """
    versions = importlib.resources.files("duckdb_extension_fts") / "extensions"
    with importlib.resources.as_file(versions / f"v{duckdb.__version__}" / "fts.duckdb_extension") as extension:
        connection.execute(f"load {literal(extension)}")


def sync_to_disk(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def literal(text: str | Path) -> str:
    """A text, or a path, as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"
