"""Everything that is not read from frames: tables derived in SQL, views and macros, with their descriptions.

Belongs here: running what `sql/` declares, in the order in which it depends on itself.
Stays out: what is declared (`models.py`), and whether the outcome is right (`checks.py`).
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import duckdb

from pipelines.warehouse.connection import STAGED, given_room, literal, load_stemmer
from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.models import SQL_FOLDER, TEST_FINDINGS, Model, SqlTest, read_models, read_tests


def derive(connection: duckdb.DuckDBPyConnection, sql: Path = SQL_FOLDER) -> None:
    """Make every model that is not there yet, and write its description into the catalogue."""
    models = read_models(sql)
    load_stemmer(connection)
    for layer in sorted({model.layer for model in models if model.kind != "macro"}):
        connection.execute(f"create schema if not exists {layer}")
    # A build has a schema for steps already, in a file that goes with it; elsewhere it stands beside the tables.
    if not connection.execute("select 1 from duckdb_schemas() where schema_name = 'steps'").fetchall():
        connection.execute("create schema steps")
    there = _tables(connection)
    for model in models:
        if TEST_FINDINGS in model.reads:
            tests = [one for one in read_tests(sql) if model.full_name not in one.statement]
            given_room(connection, partial(_stage_findings, connection, tests))
        given_room(connection, partial(_make, connection, model, is_there=model.full_name in there))


def _make(connection: duckdb.DuckDBPyConnection, model: Model, *, is_there: bool) -> None:
    """Make a model unless it is there, and describe it: all of it, or nothing."""
    for step in model.steps:
        connection.execute(step)
    # One transaction a model: every comment of its own would wait for the disk.
    connection.begin()
    try:
        if model.kind == "macro":
            connection.execute(model.statement)
        elif not is_there:
            connection.execute(f"create {model.kind} {model.full_name} as {model.statement}")
        if model.kind != "macro":
            _check_columns(connection, model)
        _comment(connection, model)
        connection.commit()
    except Exception:
        connection.rollback()
        raise


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The full names of the tables that are there already."""
    found = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()"
    )
    return {row[0] for row in found.fetchall()}


def _stage_findings(connection: duckdb.DuckDBPyConnection, tests: Iterable[SqlTest]) -> None:
    """Make a table of every row that the tests find; each such row names its report and page."""
    found = " union all ".join(
        f"select {literal(test.name)} as rule, report_id, page_number, found::varchar as found"  # noqa: S608 -- our own
        f" from ({test.statement}) found"
        for test in tests
    )
    nothing = "select '' as rule, '' as report_id, 1 as page_number, '' as found where false"
    connection.execute(f"create table {STAGED}.test_findings as {found or nothing}")


def _check_columns(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """A header describes the columns that are there, all of them, in their order."""
    columns = [row[0] for row in connection.execute(f"describe {model.full_name}").fetchall()]
    if columns != list(model.columns):
        raise SqlHeaderError(
            f"{model.full_name}: has the columns {columns}, its header describes {list(model.columns)}"
        )


def _comment(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write the header into the catalogue, where every client of the file finds it."""
    kind = "macro table" if model.kind == "macro" else model.kind
    whole = " ".join((model.description, *model.warnings))
    connection.execute(f"comment on {kind} {model.full_name} is {literal(whole)}")
    if model.kind != "macro":
        for column, text in model.columns.items():
            connection.execute(f'comment on column {model.full_name}."{column}" is {literal(text)}')
