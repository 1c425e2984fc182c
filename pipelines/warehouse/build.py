"""Building the warehouse: a new file beside the published one, loaded, derived and checked, then published by rename.

Readers never see half a warehouse, and no wall clock enters a row: the same reports give the same tables.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from pipelines.errors import JudgementsError
from pipelines.files import fingerprint, journal_of, remove, set_aside, sync_to_disk
from pipelines.tables.staged import Staged
from pipelines.warehouse.changes import Changes, find_changes
from pipelines.warehouse.checks import Check, CheckOutcome, read_checks, run_check
from pipelines.warehouse.connection import (
    UnusableWarehouseError,
    can_be_opened,
    is_corrupt,
    literal,
    published_build,
    write_warehouse,
)
from pipelines.warehouse.derive import derive
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.load import stage_frames, stage_parts
from pipelines.warehouse.models import LAYER_KINDS

Timed = Callable[[str], AbstractContextManager[object]]

READ_ONLY = 0o444

_LOCKED = "a warehouse that another program has open for writing"

_NOT_COMPARABLE = (duckdb.BinderException, duckdb.CatalogException)
"""What a query raises where the published warehouse is not attached, or from another version of this program."""


@dataclass(frozen=True, slots=True)
class BuiltWarehouse:
    """A warehouse that is complete and checked; `publish` replaces the published one.

    `changes` compares the two, None where there is nothing to compare with. `replaces_altered`: the published one is
    damaged, or was altered by hand, and is kept aside.
    """

    path: Path
    published: Path
    source_name: str
    fingerprint: str
    checks: tuple[CheckOutcome, ...]
    changes: Changes | None
    replaces_altered: bool = False

    def publish(self) -> Path | None:
        """Replace the published warehouse: the one step that readers see. It can only be read.

        Returns where an altered one is kept.
        """
        self.path.chmod(READ_ONLY)
        aside = None
        if self.replaces_altered and self.published.exists():
            aside = set_aside(self.published, (".wal",))
        journal_of(self.published).unlink(missing_ok=True)  # or DuckDB would add its changes to the new file
        self.path.replace(self.published)
        sync_to_disk(self.published.parent)
        return aside


class RejectedBuildError(JudgementsError):
    """A blocking check failed: nothing was published. `checks` are all outcomes."""

    def __init__(self, checks: tuple[CheckOutcome, ...]) -> None:
        failed = [one.sentence() for one in checks if one.check.is_blocking and not one.passed]
        super().__init__("The warehouse was not published: " + "; ".join(failed))
        self.checks = checks


@contextmanager
def built_warehouse(
    staged: Staged,
    published: Path,
    source_name: str,
    rows: Path,
    sql: Path = SQL_FOLDER,
    progress: Callable[[int, int], None] = lambda n_done, n_in_all: None,
    timed: Timed = lambda step: nullcontext(),
    *,
    accept_fewer_inspections: bool = False,
    force: bool = False,
    is_altered: bool = False,
) -> Iterator[BuiltWarehouse]:
    """Build a warehouse from staged rows and check it; the block publishes it.

    Rows of each part of the reports are kept below the folder `rows`, and made where they are missing or with `force`.
    `progress` is called with how many reports are loaded; `timed` measures load, derive and check. A published
    warehouse that `is_altered`, or can't be opened, counts as none. One process builds at a time.
    Raises RejectedBuildError when a blocking check fails, and SqlHeaderError when a table's columns differ
    from its header; the published warehouse stays.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    rows.mkdir(parents=True, exist_ok=True)
    building = published.with_name(f".{published.name}.building")
    _remove_unfinished(building)  # of a killed build: one process builds at a time
    try:
        with write_warehouse(building) as connection:
            with timed("load"):
                parts = stage_parts(connection, staged, rows, progress, force=force)
                whole = warehouse_fingerprint(source_name, staged.reference, parts, sql)
                stage_frames(connection, {**staged.reference, "build": _build_frame(source_name, whole)})
            with timed("derive"):
                derive(connection, sql)
            with timed("check"):
                changes, checks, is_altered = _compare(
                    connection, sql, published, source_name, accept_fewer_inspections, is_altered
                )
        if any(one.check.is_blocking and not one.passed for one in checks):
            raise RejectedBuildError(checks)
        yield BuiltWarehouse(building, published, source_name, whole, checks, changes, is_altered)
    finally:
        _remove_unfinished(building)


def warehouse_fingerprint(
    source_name: str, reference: Mapping[str, pl.DataFrame], parts: Iterable[str], sql: Path = SQL_FOLDER
) -> str:
    """The fingerprint of a warehouse's contents: all rows, those of each part by their hash, the source and the SQL."""
    whole = (source_name, sql_fingerprint(sql), hash_frames(reference), *parts)
    return hashlib.sha256("\0".join(whole).encode()).hexdigest()


def hash_frames(frames: Mapping[str, pl.DataFrame]) -> str:
    """A hash over every row of some frames, in order."""
    whole = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        whole.update(f"{name}\0{frame.schema}\0{frame.height}\0".encode())
        whole.update(frame.hash_rows().to_numpy().data)
    return whole.hexdigest()


@cache
def sql_fingerprint(sql: Path = SQL_FOLDER) -> str:
    """A hash over the SQL that decides what a warehouse holds."""
    return fingerprint([sql / folder for folder in (*LAYER_KINDS, "tests") if (sql / folder).is_dir()])


def _build_frame(source_name: str, whole: str) -> pl.DataFrame:
    return pl.DataFrame({"source_name": [source_name], "fingerprint": [whole]})


def _compare(
    connection: duckdb.DuckDBPyConnection,
    sql: Path,
    published: Path,
    source_name: str,
    accept_fewer: bool,
    is_altered: bool,
) -> tuple[Changes | None, tuple[CheckOutcome, ...], bool]:
    """The changes from the published warehouse, the outcome of every check, and whether that warehouse is damaged."""
    is_altered = is_altered or not can_be_opened(published)
    before = None if is_altered else _attach_published(connection, published)
    is_comparable = before in (source_name, _LOCKED)
    try:
        changes = _changes(connection, sql) if before else None
        checks = tuple(_outcome(connection, check, is_comparable, accept_fewer) for check in read_checks(sql))
    except duckdb.IOException as error:
        if is_altered or not is_corrupt(error):
            raise
        return _compare(connection, sql, published, source_name, accept_fewer, is_altered=True)
    return changes, checks, is_altered


def _attach_published(connection: duckdb.DuckDBPyConnection, published: Path) -> str | None:
    """Attach the published warehouse as `published` and return its source; None where there is none.

    While another program writes to it nothing can be compared: comparing checks then fail, for nothing shows that they
    hold.
    """
    try:
        source = published_build(published, "source_name")
        if source is not None:
            connection.execute(f"attach {literal(published)} as published (read_only)")
        return source
    except (duckdb.Error, UnusableWarehouseError):
        return _LOCKED


def _changes(connection: duckdb.DuckDBPyConnection, sql: Path) -> Changes | None:
    """What changes from the published warehouse; None where it can't be asked, or has another version's columns."""
    try:
        return find_changes(connection, sql)
    except _NOT_COMPARABLE:
        return None


def _outcome(
    connection: duckdb.DuckDBPyConnection, check: Check, is_comparable: bool, accept_fewer_inspections: bool
) -> CheckOutcome:
    """The outcome of a check. One that compares with the published warehouse does not block if fewer are accepted."""
    if not check.compares:
        return run_check(connection, check)
    check = replace(check, is_blocking=check.is_blocking and not accept_fewer_inspections)
    if not is_comparable:
        return CheckOutcome(check, 0, ())
    try:
        return run_check(connection, check)
    except _NOT_COMPARABLE as error:
        return CheckOutcome(check, 1, ({"not_comparable": str(error)},))


def _remove_unfinished(building: Path) -> None:
    for path in building.parent.glob(building.name + "*"):
        remove(path)
