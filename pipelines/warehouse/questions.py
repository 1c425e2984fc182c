"""The questions of `sql/examples`: what each asks and returns, its SQL, and the values that may be set in it.

A question begins with what people change, as in `with asked as (select 'Greenwich' as authority)`: these are its
parameters. They are constants, so that a question can be read without a warehouse.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import UsageError
from pipelines.warehouse.headers import SQL_FOLDER, SqlHeaderError, read_sql_file

EXAMPLES = SQL_FOLDER / "examples"
TYPES = {"VARCHAR": "text", "DATE": "date", "INTEGER": "whole number", "DOUBLE": "number"}
"""The types that a parameter may have, in words. A DECIMAL would round what is set to the places of its default."""

_ENTRIES = frozenset(("question", "returns", "warning"))
_ASKED = re.compile(r"with asked as \((?P<defaults>select .+)\)(?=,?$)", re.MULTILINE)

Value = str | dt.date | int | float | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that may be set in a question: a column of its `asked`, of one of TYPES, and what stands in the file."""

    name: str
    type: str
    default: Value

    @property
    def type_in_words(self) -> str:
        """Its type for readers."""
        return TYPES[self.type]

    @property
    def may_be_empty(self) -> bool:
        """Whether no value is a value: of all authorities, or of no day in particular."""
        return self.default in (None, "")


@dataclass(frozen=True, slots=True)
class Question:
    """One file of `sql/examples`: its question, rows, warnings, SQL and parameters."""

    path: Path
    question: str
    returns: str
    warnings: tuple[str, ...]
    statement: str
    parameters: tuple[Parameter, ...]

    @property
    def number(self) -> str:
        """Its number, as in 02."""
        return self.path.stem.partition("_")[0]

    def statement_setting(self, names: Iterable[str]) -> str:
        """The statement with `$name` in place of the default of each named parameter; the other defaults stay.

        Raises KeyError for a name that is no parameter.
        """
        types = {parameter.name: parameter.type for parameter in self.parameters}
        instead = ", ".join(f"cast(${name} as {types[name]}) as {name}" for name in names)
        if not instead:
            return self.statement
        # the names are checked, and the values are bound by whoever runs it
        as_set = rf"with asked as (select * replace ({instead}) from (\g<defaults>))"  # noqa: S608
        return _ASKED.sub(as_set, self.statement, count=1)


def read_questions(folder: Path = EXAMPLES) -> tuple[Question, ...]:
    """Every question of a folder, in the order of its number. Raises SqlHeaderError for an incomplete file."""
    with duckdb.connect() as calculator:
        return tuple(_question(calculator, path) for path in sorted(folder.glob("*.sql")))


def read_question(path: Path) -> Question:
    """The question of a file. Raises SqlHeaderError where it is incomplete, or its `asked` is not of constants."""
    with duckdb.connect() as calculator:
        return _question(calculator, path)


def find_question(text: str, folder: Path = EXAMPLES) -> Path | None:
    """The file of the question that is meant by its number (02 or 2), its name, a part of that, or its path.

    None where none is meant. Raises UsageError for a number that there is not, and a part of several names.
    """
    paths = sorted(folder.glob("*.sql"))
    if text.casefold().endswith(".sql") and Path(text).is_file():
        return next((path for path in paths if path.samefile(text)), None)
    wanted = text.strip().casefold().removesuffix(".sql")
    if not re.fullmatch(r"\w+", wanted):
        return None
    if wanted.isdecimal():
        found = [path for path in paths if int(path.stem.partition("_")[0]) == int(wanted)]
        if not found:
            raise UsageError(f"There is no question {text}: they are 1 to {len(paths)}.")
    else:
        whole = [path for path in paths if wanted in (path.stem, path.stem.partition("_")[2])]
        found = whole or [path for path in paths if wanted in path.stem]
    if len(found) > 1:
        raise UsageError(f"{text!r} could be any of: {'; '.join(path.stem for path in found)}.")
    return found[0] if found else None


def _question(calculator: duckdb.DuckDBPyConnection, path: Path) -> Question:
    file = read_sql_file(path, _ENTRIES)
    warnings = file.entries.get("warning", ())
    parameters = _parameters(calculator, path, file.statement)
    return Question(path, file.one("question"), file.one("returns"), warnings, file.statement, parameters)


def _parameters(calculator: duckdb.DuckDBPyConnection, path: Path, statement: str) -> tuple[Parameter, ...]:
    asked = _ASKED.match(statement)
    if asked is None:
        if re.search(r"\basked\b", statement):
            raise SqlHeaderError(f"{path}: the statement must begin with a line `with asked as (select ...)`")
        return ()
    try:
        types = calculator.execute(f"describe {asked['defaults']}").fetchall()
        (values,) = calculator.execute(asked["defaults"]).fetchall()
    except duckdb.Error as error:
        raise SqlHeaderError(f"{path}: `asked` must be constants: {error}") from error
    if wrong := [f"{name} {kind}" for name, kind, *_ in types if kind not in TYPES]:
        raise SqlHeaderError(f"{path}: a parameter is one of {', '.join(TYPES)}, not {', '.join(wrong)}")
    return tuple(Parameter(name, kind, value) for (name, kind, *_), value in zip(types, values, strict=True))
