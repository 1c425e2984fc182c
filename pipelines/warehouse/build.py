"""Building the warehouse: a new file beside the old one, loaded, derived, copied and checked, published by rename.

Belongs here: the order of these steps and what happens when one of them fails.
Stays out: what the tables hold (`sql/`), what a check asks (`checks.py`), and when a build is due (`stages.py`).

Readers never see half a warehouse, and no wall clock enters a row: the same frames give the same tables.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines.build.stopwatch import Stopwatch
from pipelines.tables.staged import Part
from pipelines.warehouse.checks import Check, CheckOutcome, checks_of
from pipelines.warehouse.connection import literal, open_warehouse, sync_to_disk, take_up_again, write_warehouse
from pipelines.warehouse.deriving import derive
from pipelines.warehouse.finishing import Copier, copied_and_checked
from pipelines.warehouse.loading import (
    LoadedBatch,
    build_frames,
    frames_hash,
    load_reports,
    load_staged,
    sql_fingerprint,
)
from pipelines.warehouse.models import SQL_FOLDER, read_models, read_tests
from pipelines.warehouse.volumes import STANDING


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A published warehouse, and how every check of it came out.

    `replaced_source` is the source of the warehouse that stood there before, where it was another. `seconds` are of
    wall time: derive, and check, in which copies are taken too.
    """

    published: Path
    source_name: str
    fingerprint: str
    replaced_source: str | None
    checks: tuple[CheckOutcome, ...]
    seconds: dict[str, float]


class RejectedBuildError(Exception):
    """A blocking check failed: nothing was published, what stood there before still stands.

    `checks` are all outcomes.
    """

    def __init__(self, checks: tuple[CheckOutcome, ...]) -> None:
        failed = [one.sentence() for one in checks if one.check.is_blocking and not one.passed]
        super().__init__("the warehouse was not published: " + "; ".join(failed))
        self.checks = checks


def build_warehouse(
    reference: Mapping[str, pl.DataFrame],
    batches: Sequence[Part],
    published: Path,
    source_name: str,
    sql: Path = SQL_FOLDER,
    volumes: Callable[[str | None], tuple[Check, ...]] = lambda _: (),
    tell: Callable[[int], None] = lambda _: None,
    copier: Copier | None = None,
    *,
    anew: bool = False,
) -> BuildResult:
    """Build a warehouse from staged frames and publish it, checked by what `sql` declares and by `volumes`.

    `reference` are the frames that are loaded once, `batches` those that come a few reports at a time. Batches that
    the warehouse which stands was built from are copied out of it, unless `anew`; the outcome is the same. `volumes` is
    told that one's source, None where none stands. `tell` is told how many reports have come. `copier` takes copies of
    what is about to be published. One process may build at a time; readers are never in the way. Raises
    RejectedBuildError when a blocking check fails, SqlHeaderError when a table's columns are not those that its header
    describes, and what `copier` raises; in each case the old warehouse stays.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(published)
    replaced: str | None = None
    building = published.with_name(f".{published.stem}-{os.getpid()}.duckdb.building")
    stopwatch = Stopwatch()
    try:
        with write_warehouse(building) as connection:
            if is_there := published.is_file():
                connection.execute(f"attach {literal(published)} as {STANDING} (read_only)")
                replaced = _build_of(connection, f"{STANDING}.meta.build", "source_name")
            load_staged(connection, reference)
            loaded = load_reports(connection, batches, sql, tell, may_copy=is_there and not anew)
            fingerprint = _fingerprint(source_name, sql, reference, loaded)
            load_staged(connection, build_frames(source_name, fingerprint, loaded))
            with stopwatch.timing("derive"):
                take_up_again(connection, building)
                derive(connection, sql)
            with stopwatch.timing("check"):
                if copier is not None:
                    copier.begin(fingerprint)
                asked = (*checks_of(read_models(sql), read_tests(sql)), *volumes(replaced))
                checks = copied_and_checked(connection, asked, read_models(sql), copier)
            if any(one.check.is_blocking and not one.passed for one in checks):
                raise RejectedBuildError(checks)
        building.replace(published)
        sync_to_disk(published.parent)
    finally:
        _remove_all(published.parent.glob(building.name + "*"))
    replaced = replaced if replaced != source_name else None
    return BuildResult(published, source_name, fingerprint, replaced, checks, stopwatch.seconds)


def _fingerprint(
    source_name: str, sql: Path, reference: Mapping[str, pl.DataFrame], loaded: Iterable[LoadedBatch]
) -> str:
    """A hash over all that decides a warehouse's contents: rows in order, the source's name, and the SQL."""
    rows = [frames_hash(reference), *(batch.row_hash for batch in loaded)]
    return hashlib.sha256("\0".join((source_name, sql_fingerprint(sql), *rows)).encode()).hexdigest()


def published_fingerprint(published: Path) -> str | None:
    """What the published warehouse was built from; None when there is none."""
    return _of_build(published, "fingerprint")


def published_source(published: Path) -> str | None:
    """The source whose reports the published warehouse holds; None when there is none."""
    return _of_build(published, "source_name")


def _of_build(published: Path, column: str) -> str | None:
    if not published.is_file():
        return None
    with open_warehouse(published) as connection:
        return _build_of(connection, "meta.build", column)


def _build_of(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> str | None:
    row = connection.execute(f"select {column} from {table}").fetchone()  # noqa: S608 -- our own names
    return str(row[0]) if row else None


def _remove_leftovers(published: Path) -> None:
    """Remove the unfinished files of builds whose process is gone."""
    for path in published.parent.glob(f".{published.stem}-*.duckdb.building*"):
        pid = re.match(rf"\.{re.escape(published.stem)}-(\d+)\.", path.name)
        if pid and not _is_running(int(pid[1])):
            _remove_all([path])


def _remove_all(paths: Iterable[Path]) -> None:
    """Remove files, and folders that the library sorted in."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
