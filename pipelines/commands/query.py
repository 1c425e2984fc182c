"""`judgements query`: any SQL or question over the warehouse, read-only, as a table or a file format."""

import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.commands.parameters import read_values
from pipelines.commands.terminal import is_terminal, say, send
from pipelines.errors import JudgementsError, UsageError
from pipelines.exports.csv import BYTE_ORDER_MARK, inert
from pipelines.exports.excel import new_workbook, write_sheet
from pipelines.settings import Settings
from pipelines.warehouse.connection import literal, open_warehouse
from pipelines.warehouse.questions import Question, Value, find_question, read_question

COPY_OPTIONS = {"csv": "format csv, header", "json": "format json, array true", "parquet": "format parquet"}
NOT_FOR_A_TERMINAL = ("parquet", "xlsx")
ROWS_ON_A_SCREEN = 40
NO_LIMIT = 1_000_000_000
LOCKED = (
    "enable_external_access = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "python_enable_replacements = false",
    "lock_configuration = true",
)
"""Settings by which a query reads the warehouse and nothing else: no file, no network, no extension, no variable of
this program. The last one keeps the query from changing them."""


class QueryError(JudgementsError):
    """The query can't be run; the message says why."""


def run_query(
    settings: Settings, sql_or_file: str, answer_format: str, to_set: Sequence[str] = (), *, unsafe: bool = False
) -> None:
    """Run SQL, a file or a question of `sql/examples`, and write the answer to standard output.

    In a question each NAME=VALUE of `to_set` takes the place of what stands in it. Unless it is `unsafe`, a query that
    somebody was sent can't read or write files. Raises QueryError, UsageError, or DuckDB's error.
    """
    question = _question(sql_or_file, is_to_be_set=bool(to_set))
    sql = "" if question else _sql(sql_or_file)
    with open_warehouse(settings.warehouse) as connection, tempfile.TemporaryDirectory() as scratch:
        if not unsafe:
            _lock(connection, scratch)
        try:
            if question:
                values = read_values(connection, question, to_set)
                _say_what_is_asked(question, values)
                answer = connection.sql(question.statement_setting(values), params=values or None)
            else:
                answer = connection.sql(sql)
            if answer is None:
                return  # type: ignore[unreachable]  # the stubs forget statements that have no answer
            write_answer(answer, answer_format, scratch)
        except duckdb.PermissionException as error:
            raise QueryError(
                f"{str(error).splitlines()[0]}. A query reads the warehouse and nothing else; with --unsafe it may"
                " also read and write files, and load extensions."
            ) from error


def write_answer(answer: duckdb.DuckDBPyRelation, answer_format: str, scratch: str | None = None) -> None:
    """Write an answer to standard output: as a table, csv, json, parquet or xlsx. Raises QueryError.

    CSV in a file begins with the byte order mark by which Excel knows UTF-8; at a terminal or in a pipe it has none.
    DuckDB writes only to files: to one in `scratch`, a folder to which it may write, or in a temporary folder.
    """
    if answer_format == "table":
        _print_table(answer)
    elif answer_format in NOT_FOR_A_TERMINAL and is_terminal():
        raise QueryError(f"This is not for a terminal: send it to a file with > answer.{answer_format}")
    else:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            file = Path(folder, "answer")
            if answer_format == "xlsx":
                with new_workbook(file) as book:
                    write_sheet(book, "Answer", answer.columns, answer.fetchall())
            else:
                copy = f"copy (from answer) to {literal(file)} ({COPY_OPTIONS[answer_format]})"
                (inert(answer) if answer_format == "csv" else answer).query("answer", copy)
            send(file, BYTE_ORDER_MARK if answer_format == "csv" else b"")


def _lock(connection: duckdb.DuckDBPyConnection, scratch: str) -> None:
    """Let queries of a connection read the warehouse and nothing else, and the answer be written to one folder."""
    connection.execute(f"set allowed_directories = [{literal(scratch)}]")
    for setting in LOCKED:
        connection.execute(f"set {setting}")


def _question(text: str, *, is_to_be_set: bool) -> Question | None:
    """The question that a text means; a file is run as it stands, unless something is to be set. Raises UsageError."""
    path = find_question(text)
    if is_to_be_set and path is None:
        raise UsageError(
            "--set is for the questions of sql/examples, as in: judgements query 02 --set authority=Kent."
            f" {text!r} is none of them."
        )
    return read_question(path) if path and (is_to_be_set or not Path(text).is_file()) else None


def _say_what_is_asked(question: Question, values: dict[str, Value]) -> None:
    """The question and its values, to standard error."""
    asked = {parameter.name: parameter.default for parameter in question.parameters} | values
    listed = ", ".join(f"{name}={value}" for name, value in asked.items() if value not in (None, ""))
    say(f"{question.number} {question.question}{f' ({listed})' if listed else ''}\n", error=True)


def _sql(sql_or_file: str) -> str:
    """The text given, or that of the file it names; "-" is standard input."""
    if sql_or_file == "-":
        return _utf8(sys.stdin.buffer.read(), "Standard input")
    path = Path(sql_or_file)
    if path.suffix.lower() == ".sql":
        if not path.is_file():
            raise QueryError(f"There is no file {path}.")
        return _utf8(path.read_bytes(), str(path))
    return sql_or_file


def _utf8(content: bytes, name: str) -> str:
    """The text, with or without a byte order mark. Raises QueryError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{name} is not written in UTF-8.") from error


def _print_table(answer: duckdb.DuckDBPyRelation) -> None:
    """All rows to a file or pipe; to a terminal as many as fit."""
    screen = shutil.get_terminal_size().columns if is_terminal() else None
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        if screen:
            answer.show(max_width=screen, max_rows=ROWS_ON_A_SCREEN)
        else:
            answer.show(max_width=NO_LIMIT, max_rows=NO_LIMIT, max_col_width=NO_LIMIT)
    say(shown.getvalue())
