"""`judgements query`: any SQL over the warehouse, read-only, as a table or a file format."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from pipelines.errors import JudgementsError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse

COPY_OPTIONS = {"csv": "format csv, header", "json": "format json, array true", "parquet": "format parquet"}
ROWS_ON_A_SCREEN = 40
NO_LIMIT = 1_000_000_000


class QueryError(JudgementsError):
    """The query can't be run; the message says why."""


def run_query(settings: Settings, sql_or_file: str, answer_format: str) -> None:
    """Run one query and write the answer to standard output. Raises QueryError, or DuckDB's error."""
    sql = _sql(sql_or_file)
    with open_warehouse(settings.warehouse) as connection:
        answer = connection.sql(sql)
        if answer is None:
            return  # type: ignore[unreachable]  # the stubs forget statements that have no answer
        write_answer(connection, answer, answer_format)


def write_answer(connection: duckdb.DuckDBPyConnection, answer: duckdb.DuckDBPyRelation, answer_format: str) -> None:
    """Write an answer to standard output: as a table, csv, json or parquet. Raises QueryError."""
    if answer_format == "table":
        _print_table(answer)
    elif answer_format == "parquet" and sys.stdout.isatty():
        raise QueryError("Parquet is not for a terminal: send it to a file with > answer.parquet")
    else:
        _write(connection, answer, answer_format)


def _sql(sql_or_file: str) -> str:
    """The text given, or that of the file it names; "-" is standard input."""
    if sql_or_file == "-":
        return sys.stdin.read()
    path = Path(sql_or_file)
    if path.suffix.lower() == ".sql":
        if not path.is_file():
            raise QueryError(f"There is no file {path}.")
        try:
            return path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise QueryError(f"{path} is not written in UTF-8.") from error
    return sql_or_file


def _print_table(answer: duckdb.DuckDBPyRelation) -> None:
    """All rows to a file or pipe; to a terminal as many as fit."""
    if sys.stdout.isatty():
        answer.show(max_width=shutil.get_terminal_size().columns, max_rows=ROWS_ON_A_SCREEN)
    else:
        answer.show(max_width=NO_LIMIT, max_rows=NO_LIMIT, max_col_width=NO_LIMIT)


def _write(connection: duckdb.DuckDBPyConnection, answer: duckdb.DuckDBPyRelation, answer_format: str) -> None:
    """DuckDB writes only to files: to a temporary one, and from there to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answer")  # noqa: PTH118 DuckDB takes text
        connection.execute(f"copy (from answer) to '{path}' ({COPY_OPTIONS[answer_format]})")
        with open(path, "rb") as file:  # noqa: PTH123
            shutil.copyfileobj(file, sys.stdout.buffer)
