"""Everything that is not read from frames: tables derived in SQL, views and macros, with their descriptions.

Belongs here: running what `sql/` declares, in the order in which it depends on itself.
Stays out: what is declared (`models.py`), and whether the outcome is right (`checks.py`).
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import duckdb

from pipelines.warehouse.connection import STAGED, given_room, literal, load_stemmer
from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.models import SQL_FOLDER, TEST_FINDINGS, Model, SqlTest, read_models, read_tests


def derive(connection: duckdb.DuckDBPyConnection, sql: Path = SQL_FOLDER) -> None:
    """Make every model that is not there yet, and write the description of each into the catalogue.

    Raises SqlHeaderError unless a header describes all columns that its table or view has, in their order.
    """
    models = read_models(sql)
    load_stemmer(connection)
    for layer in sorted({model.layer for model in models if model.kind != "macro"}):
        connection.execute(f"create schema if not exists {layer}")
    # A build has a schema for steps already, in a file that goes with it; elsewhere it stands beside the tables.
    if not connection.execute("select 1 from duckdb_schemas() where schema_name = 'steps'").fetchall():
        connection.execute("create schema steps")
    there = _columns(connection)
    for model in models:
        if TEST_FINDINGS in model.reads:
            tests = [one for one in read_tests(sql) if model.full_name not in one.statement]
            given_room(connection, partial(_stage_findings, connection, tests))
        given_room(connection, partial(_make, connection, model, is_there=model.full_name in there))
    _describe(connection, models)


def _make(connection: duckdb.DuckDBPyConnection, model: Model, *, is_there: bool) -> None:
    """Make a model unless it is there."""
    for step in model.steps:
        connection.execute(step)
    if model.kind == "macro":
        connection.execute(model.statement)
    elif not is_there:
        connection.execute(f"create {model.kind} {model.full_name} as {model.statement}")


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of each table and view that is there, in their order, by its full name."""
    found = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = current_database() group by all"
    )
    return dict(found.fetchall())


def _stage_findings(connection: duckdb.DuckDBPyConnection, tests: Iterable[SqlTest]) -> None:
    """Make a table of every row that the tests find; each such row names its report and page."""
    found = " union all ".join(
        f"select {literal(test.name)} as rule, report_id, page_number, found::varchar as found"  # noqa: S608 -- our own
        f" from ({test.statement}) found"
        for test in tests
    )
    nothing = "select '' as rule, '' as report_id, 1 as page_number, '' as found where false"
    connection.execute(f"create table {STAGED}.test_findings as {found or nothing}")


def _describe(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> None:
    """Write the headers into the catalogue, where every client of the file finds them."""
    there = _columns(connection)
    for model in models:
        if model.kind != "macro" and there[model.full_name] != list(model.columns):
            raise SqlHeaderError(
                f"{model.full_name}: has the columns {there[model.full_name]}, its header describes"
                f" {list(model.columns)}"
            )
    # At once: each by itself would be a transaction, and all of them a tenth of a second.
    comments = ";\n".join(comment for model in models for comment in _comments(model))
    connection.execute(f"begin;\n{comments};\ncommit")


def _comments(model: Model) -> Iterator[str]:
    """The statements that describe a model and its columns."""
    kind = "macro table" if model.kind == "macro" else model.kind
    whole = " ".join((model.description, *model.warnings))
    yield f"comment on {kind} {model.full_name} is {literal(whole)}"
    if model.kind != "macro":
        for column, text in model.columns.items():
            yield f'comment on column {model.full_name}."{column}" is {literal(text)}'
