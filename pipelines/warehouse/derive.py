"""Every table and macro that `sql/` declares, created in the order of their dependencies, with comments."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import Stemmer

from pipelines.warehouse.checks import Check, read_tests
from pipelines.warehouse.connection import STAGED, literal
from pipelines.warehouse.headers import SQL_FOLDER, SqlHeaderError
from pipelines.warehouse.load import stage_frames
from pipelines.warehouse.models import TEST_FINDINGS, WORD_STEMS, Model, read_models

STEMS = {"word": pl.String, "term": pl.String}


def derive(connection: duckdb.DuckDBPyConnection, sql: Path = SQL_FOLDER) -> None:
    """Create every model from the staged rows, and write its description into the catalogue.

    Raises SqlHeaderError unless a header describes all columns of its table, in their order.
    """
    models = read_models(sql)
    for layer in sorted({model.layer for model in models if model.kind == "table"}):
        connection.execute(f"create schema if not exists {layer}")
    for model in models:
        if TEST_FINDINGS in model.reads:
            _stage_findings(connection, [one for one in read_tests(sql) if model.full_name not in one.query])
        for step in model.steps:
            connection.execute(step)
        if WORD_STEMS in model.reads:
            _stage_stems(connection)
        made = "" if model.kind == "macro" else f"create {_sort(model)} {model.full_name} as "
        connection.execute(made + model.statement)
    _describe(connection, models)


def _stage_stems(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a table of the stem of every word that a step has found.

    Only a build needs a stemmer: the search index holds each word with its stem, so a reader needs no extension. As a
    function of SQL, called for each word, it would take a second.
    """
    words = [word for (word,) in connection.execute("select distinct word from written_words").fetchall()]
    stems = Stemmer.Stemmer("english").stemWords(words)
    stage_frames(connection, {"word_stems": pl.DataFrame({"word": words, "term": stems}, schema=STEMS)})


def _stage_findings(connection: duckdb.DuckDBPyConnection, tests: Iterable[Check]) -> None:
    """Create a table of every row that the checks of reports find; each row names its report and page."""
    found = " union all ".join(
        f"select {literal(test.name)} as rule, report_id, page_number, found::varchar as found"  # noqa: S608 -- our own
        f" from ({test.query}) found"
        for test in tests
        if not test.is_of_build
    )
    nothing = "select '' as rule, '' as report_id, 1 as page_number, '' as found where false"
    connection.execute(f"create table {STAGED}.test_findings as {found or nothing}")


def _describe(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> None:
    """Write the headers into the catalogue, where every client finds them."""
    columns = table_columns(connection)
    for model in models:
        if model.kind == "table" and columns[model.full_name] != list(model.columns):
            raise SqlHeaderError(
                f"{model.full_name}: has the columns {columns[model.full_name]}, its header describes"
                f" {list(model.columns)}"
            )
    # In one transaction: one for each comment would take a tenth of a second.
    comments = ";\n".join(comment for model in models for comment in _comments(model))
    connection.execute(f"begin;\n{comments};\ncommit")


def table_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of each table and view of the database in use, in their order."""
    found = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = current_database() and not internal group by all"
    )
    return dict(found.fetchall())


def _sort(model: Model) -> str:
    """What SQL calls it where it is created or described."""
    return "macro table" if model.kind == "macro" else "view" if model.is_view else "table"


def _comments(model: Model) -> Iterator[str]:
    """The statements that describe a model and its columns."""
    whole = " ".join((model.description, *model.warnings))
    yield f"comment on {_sort(model)} {model.full_name} is {literal(whole)}"
    if model.kind == "table":
        for column, text in model.columns.items():
            yield f'comment on column {model.full_name}."{column}" is {literal(text)}'
