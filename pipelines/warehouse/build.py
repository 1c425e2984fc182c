"""Building the warehouse: a new file beside the old one, loaded, derived, checked, and published by rename.

Belongs here: the order of these steps and what happens when one of them fails.
Stays out: what the tables hold (`sql/`), what a check asks (`checks.py`), and when a build is due (`stages.py`).

Readers never see half a warehouse, and no wall clock enters a row: the same frames give the same tables.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines.durable import fingerprint as fingerprint_files
from pipelines.warehouse.checks import Check, CheckOutcome, checks_of, run_check
from pipelines.warehouse.connection import STAGED, load_stemmer, open_warehouse, sync_to_disk, write_warehouse
from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.models import LAYER_KINDS, SQL_FOLDER, TEST_FINDINGS, Model, SqlTest, read_models, read_tests
from pipelines.warehouse.volumes import STANDING


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A published warehouse: rows by full table name, and how every check came out.

    `replaced_source` is the source of the warehouse that stood there before, where it was another.
    """

    published: Path
    source_name: str
    fingerprint: str
    replaced_source: str | None
    n_rows: dict[str, int]
    checks: tuple[CheckOutcome, ...]


class RejectedBuildError(Exception):
    """A blocking check failed: nothing was published, what stood there before still stands.

    `checks` are all outcomes, `n_rows` the rows by table of the warehouse that was not published.
    """

    def __init__(self, checks: tuple[CheckOutcome, ...], n_rows: dict[str, int]) -> None:
        failed = [one.sentence() for one in checks if one.check.is_blocking and not one.passed]
        super().__init__("the warehouse was not published: " + "; ".join(failed))
        self.checks = checks
        self.n_rows = n_rows


def build_warehouse(
    reference: Mapping[str, pl.DataFrame],
    batches: Iterable[Mapping[str, pl.DataFrame]],
    published: Path,
    source_name: str,
    sql: Path = SQL_FOLDER,
    volumes: tuple[Check, ...] = (),
) -> BuildResult:
    """Build a warehouse from staged frames and publish it, checked by what `sql` declares and by `volumes`.

    `reference` are the frames that are loaded once, `batches` those that come a few reports at a time, each batch with
    the same tables. One process may build at a time; readers are never in the way. Raises RejectedBuildError when a
    blocking check fails and SqlHeaderError when a table's columns are not those that its header describes; either way
    the old warehouse stays.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(published)
    replaced = published_source(published)
    building = published.with_name(f".{published.stem}-{os.getpid()}.duckdb.building")
    rows = FrameHashes()
    try:
        with write_warehouse(building) as connection:
            load_staged(connection, rows.passing(reference))
            load_reports(connection, map(rows.passing, batches), sql)
            fingerprint = rows.fingerprint(source_name, sql)
            load_staged(
                connection, {"build": pl.DataFrame({"source_name": [source_name], "fingerprint": [fingerprint]})}
            )
            n_rows = derive(connection, sql)
            if any(STANDING in check.query for check in volumes):
                connection.execute(f"attach {_literal(str(published))} as {STANDING} (read_only)")
            asked = (*checks_of(read_models(sql), read_tests(sql)), *volumes)
            checks = tuple(run_check(connection, check) for check in asked)
            if any(one.check.is_blocking and not one.passed for one in checks):
                raise RejectedBuildError(checks, n_rows)
        building.replace(published)
        sync_to_disk(published.parent)
    finally:
        _remove_all(published.parent.glob(building.name + "*"))
    return BuildResult(
        published, source_name, fingerprint, replaced if replaced != source_name else None, n_rows, checks
    )


def load_staged(
    connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], schema: str = STAGED
) -> None:
    """Make each frame a table of a schema, under its own name, in place of one of that name."""
    for name, frame in frames.items():
        connection.register("frame_to_load", frame)
        connection.execute(f'create or replace table {schema}."{name}" as from frame_to_load')
        connection.unregister("frame_to_load")


def load_reports(
    connection: duckdb.DuckDBPyConnection,
    batches: Iterable[Mapping[str, pl.DataFrame]],
    sql: Path = SQL_FOLDER,
    schema: str = STAGED,
) -> None:
    """Fill the tables of what reports say, batch by batch, so that memory holds the rows of one batch and no more.

    They are the models that read a frame of the batch. Such a model sees one batch at a time: it may tell only of
    each report by itself, beside the reference.
    """
    for number, batch in enumerate(batches):
        load_staged(connection, batch, schema)
        names = {f"staged.{name}" for name in batch}
        for model in read_models(sql):
            if names.isdisjoint(model.reads):
                continue
            connection.begin()
            if number == 0:
                connection.execute(f"create schema if not exists {model.layer}")
                connection.execute(f"create table {model.full_name} as {model.statement}")
            else:
                connection.execute(f"insert into {model.full_name} {model.statement}")
            connection.commit()


def derive(connection: duckdb.DuckDBPyConnection, sql: Path = SQL_FOLDER) -> dict[str, int]:
    """Make every model that is not there yet, and comment on each; gives rows by full name of table or view."""
    models = read_models(sql)
    load_stemmer(connection)
    for layer in sorted({model.layer for model in models if model.kind != "macro"}):
        connection.execute(f"create schema if not exists {layer}")
    there = _tables(connection)
    n_rows: dict[str, int] = {}
    for model in models:
        if TEST_FINDINGS in model.reads:
            _stage_findings(connection, [one for one in read_tests(sql) if model.full_name not in one.statement])
        # One transaction a model: every comment of its own would wait for the disk.
        connection.begin()
        if model.kind == "macro":
            connection.execute(model.statement)
        else:
            if model.full_name not in there:
                connection.execute(f"create {model.kind} {model.full_name} as {model.statement}")
            _check_columns(connection, model)
            n_rows[model.full_name] = _count(connection, model.full_name)
        _comment(connection, model)
        connection.commit()
    return n_rows


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The full names of the tables that are there already."""
    found = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()"
    )
    return {row[0] for row in found.fetchall()}


def _stage_findings(connection: duckdb.DuckDBPyConnection, tests: Iterable[SqlTest]) -> None:
    """Make a table of every row that the tests find; each such row names its report and page."""
    found = " union all ".join(
        f"select {_literal(test.name)} as rule, report_id, page_number, found::varchar as found"  # noqa: S608 -- our own
        f" from ({test.statement}) found"
        for test in tests
    )
    nothing = "select '' as rule, '' as report_id, 1 as page_number, '' as found where false"
    connection.execute(f"create table {STAGED}.test_findings as {found or nothing}")


def published_fingerprint(published: Path) -> str | None:
    """What the published warehouse was built from; None when there is none."""
    return _of_build(published, "fingerprint")


def published_source(published: Path) -> str | None:
    """The source whose reports the published warehouse holds; None when there is none."""
    return _of_build(published, "source_name")


class FrameHashes:
    """Takes note of every row that is loaded, and gives a hash over all that decides a warehouse's contents."""

    def __init__(self) -> None:
        self._rows: dict[str, hashlib._Hash] = {}

    def passing(self, frames: Mapping[str, pl.DataFrame]) -> Mapping[str, pl.DataFrame]:
        """Take note of these rows; gives the frames back. How rows are parted into batches makes no difference."""
        for name, frame in frames.items():
            if name not in self._rows:
                self._rows[name] = hashlib.sha256(f"{name}\0{frame.schema}\0".encode())
            self._rows[name].update(frame.hash_rows().to_numpy().data)
        return frames

    def fingerprint(self, source_name: str, sql: Path = SQL_FOLDER) -> str:
        """The hash: rows in order, the source's name, and the SQL."""
        deriving = [sql / folder for folder in (*LAYER_KINDS, "tests") if (sql / folder).is_dir()]
        whole = hashlib.sha256(f"{source_name}\0{fingerprint_files(deriving)}\0".encode())
        for _, rows in sorted(self._rows.items()):
            whole.update(rows.digest())
        return whole.hexdigest()


def _of_build(published: Path, column: str) -> str | None:
    if not published.is_file():
        return None
    with open_warehouse(published) as connection:
        row = connection.execute(f"select {column} from meta.build").fetchone()  # noqa: S608 -- our own column
    return str(row[0]) if row else None


def _check_columns(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """A header describes the columns that are there, all of them, in their order."""
    columns = [row[0] for row in connection.execute(f"describe {model.full_name}").fetchall()]
    if columns != list(model.columns):
        raise SqlHeaderError(
            f"{model.full_name}: has the columns {columns}, its header describes {list(model.columns)}"
        )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 -- named in sql/
    assert row is not None, "a count is always one row"
    return int(row[0])


def _comment(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write the header into the catalogue, where every client of the file finds it."""
    kind = "macro table" if model.kind == "macro" else model.kind
    whole = " ".join((model.description, *model.warnings))
    connection.execute(f"comment on {kind} {model.full_name} is {_literal(whole)}")
    if model.kind != "macro":
        for column, text in model.columns.items():
            connection.execute(f'comment on column {model.full_name}."{column}" is {_literal(text)}')


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


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
