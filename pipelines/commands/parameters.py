"""The values that a person sets in a question of `sql/examples`: `--set authority=Kent --set reference_date=today`."""

import math
from collections.abc import Sequence

import duckdb

from pipelines.commands.dates import read_day
from pipelines.commands.known import KINDS_OF_VALUE, known_value
from pipelines.errors import UsageError
from pipelines.warehouse.questions import Parameter, Question, Value

LARGEST = 2**31 - 1
"""Of DuckDB's INTEGER."""


def read_values(connection: duckdb.DuckDBPyConnection, question: Question, settings: Sequence[str]) -> dict[str, Value]:
    """The values set in a question, by the name of the parameter, each of its type and as the warehouse writes it.

    Raises UsageError for a setting that is not NAME=VALUE, a name that is no parameter or set twice, and a value that
    is of another type or does not exist.
    """
    by_name = {parameter.name: parameter for parameter in question.parameters}
    values: dict[str, Value] = {}
    for setting in settings:
        written, sign, text = setting.partition("=")
        name = written.strip().casefold().replace("-", "_")
        if not sign or not name:
            raise UsageError(f"--set takes NAME=VALUE, such as --set authority=Kent, not {setting!r}.")
        if not by_name:
            raise UsageError(f"Nothing can be set in question {question.number} ({question.question})")
        if name not in by_name:
            listed = ", ".join(by_name)
            raise UsageError(f"Question {question.number} has no {written.strip()!r} to set. Known: {listed}.")
        if name in values:
            raise UsageError(f"{name} is set twice.")
        values[name] = read_value(connection, by_name[name], text.strip())
    return values


def read_value(connection: duckdb.DuckDBPyConnection, parameter: Parameter, text: str) -> Value:
    """The value of a parameter that a text means. Raises UsageError."""
    if not text:
        if parameter.may_be_empty:
            return parameter.default
        raise UsageError(f"{parameter.name} can't be empty: give a {parameter.type_in_words}.")
    if parameter.type == "DATE":
        return read_day(text, parameter.name, is_beginning=parameter.name.startswith(("from", "since")))
    if parameter.type == "INTEGER":
        return _whole_number(parameter.name, text)
    if parameter.type == "DOUBLE":
        return _number(parameter.name, text)
    return known_value(connection, parameter.name, text).label if parameter.name in KINDS_OF_VALUE else text


def _whole_number(name: str, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= LARGEST:
        raise UsageError(f"{name} must be a whole number from 0, such as 12, not {text!r}.")
    return number


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{name} must be a number, such as 0.5, not {text!r}.")
    return number
