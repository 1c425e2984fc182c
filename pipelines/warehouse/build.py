"""Building the warehouse: a new file beside the published one, loaded, derived and checked, then published by rename.

Readers never see half a warehouse, and no wall clock enters a row: the same reports give the same tables.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from pipelines.files import fingerprint, journal_of, remove, set_aside, sync_to_disk
from pipelines.tables.staged import Staged
from pipelines.warehouse.changes import Changes
from pipelines.warehouse.checks import Accept, CheckOutcome, refuse
from pipelines.warehouse.comparison import compare
from pipelines.warehouse.connection import write_warehouse
from pipelines.warehouse.derive import derive
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.load import stage_frames, stage_parts
from pipelines.warehouse.models import LAYER_KINDS

Timed = Callable[[str], AbstractContextManager[object]]

READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class BuiltWarehouse:
    """A warehouse that is complete and checked; `replace_published` puts it in place.

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


def replace_published(whole: Path, published: Path, *, is_altered: bool) -> Path | None:
    """Put a whole warehouse in the place of the published one: the one step that readers see. It can only be read.

    Returns where one that `is_altered` is kept.
    """
    whole.chmod(READ_ONLY)
    aside = set_aside(published, (".wal",)) if is_altered and published.exists() else None
    journal_of(published).unlink(missing_ok=True)  # or DuckDB would add its changes to the new file
    whole.replace(published)
    sync_to_disk(published.parent)
    return aside


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
    accept_fewer_inspections: Accept = refuse,
    force: bool = False,
    is_altered: bool = False,
) -> Iterator[BuiltWarehouse]:
    """Build a warehouse from staged rows and check it; the block publishes it.

    Rows of each part of the reports are kept below the folder `rows`, and made where they are missing or with `force`.
    `progress` is called with how many reports are loaded; `timed` measures load, derive and check. A published
    warehouse that can't be opened counts as none; one that `is_altered` is set aside. `accept_fewer_inspections` is
    asked where fewer would be published than are. One process builds at a time.
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
                compared = compare(connection, sql, published, accept_fewer_inspections, is_altered=is_altered)
        yield BuiltWarehouse(
            building, published, source_name, whole, compared.checks, compared.changes, compared.is_altered
        )
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


def _remove_unfinished(building: Path) -> None:
    for path in building.parent.glob(building.name + "*"):
        remove(path)
