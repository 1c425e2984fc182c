"""Checks of a built warehouse: keys, nulls and references of the headers, and the tests of `sql/tests`."""

# Names of tables and columns come from the headers of `sql/`, never from a reader or a user.
# ruff: noqa: S608

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.warehouse.headers import SQL_FOLDER, SqlHeaderError, read_sql_file
from pipelines.warehouse.models import Model, read_models, without_comments

if TYPE_CHECKING:
    import duckdb

ROWS_SHOWN = 20

Accept = Callable[[str], bool]
"""Asked whether a warehouse with fewer inspections may be published, with a sentence that gives the numbers."""

_TEST_ENTRIES = frozenset(("description", "table", "severity", "scope"))


def refuse(_sentence: str) -> bool:
    """Accept no warehouse with fewer inspections."""
    return False


@dataclass(frozen=True, slots=True)
class Check:
    """A check of one table: a query that returns the rows that break it. `is_blocking`: one such row stops publishing.

    `is_of_build`: it is about the whole warehouse, and its rows need not name a report and page.
    """

    name: str
    table: str
    description: str
    is_blocking: bool
    query: str
    is_of_build: bool = False

    @property
    def compares(self) -> bool:
        """Whether it also reads the published warehouse: without one of the same source it passes."""
        return re.search(r"\bpublished\.\w+\.", without_comments(self.query)) is not None


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """The outcome of a check: how many rows break it, and the first of them by column name."""

    check: Check
    n_offending: int
    offending: tuple[dict[str, Any], ...]

    @property
    def passed(self) -> bool:
        """Whether no row breaks it."""
        return self.n_offending == 0

    def sentence(self) -> str:
        """The outcome in a line, with the first offending row."""
        if self.passed:
            return f"{self.check.table}: {self.check.name}: passed"
        row = self.offending[0].items()
        shown = ", ".join(f"{column.replace('_', ' ')} {value}" for column, value in row if value is not None)
        many = "1 row breaks this:" if self.n_offending == 1 else f"{self.n_offending:,} rows break this, the first:"
        return f"{self.check.table}: {self.check.description} {many} {shown}"


@cache
def read_checks(sql: Path = SQL_FOLDER) -> tuple[Check, ...]:
    """Every check that headers and tests declare."""
    declared = (check for model in read_models(sql) if model.kind == "table" for check in _header_checks(model))
    return (*declared, *read_tests(sql))


@cache
def read_tests(sql: Path = SQL_FOLDER) -> tuple[Check, ...]:
    """Every test of `sql/tests`, by name. Raises SqlHeaderError for an incomplete file."""
    return tuple(_test(path) for path in sorted((sql / "tests").glob("*.sql")))


def run_check(connection: "duckdb.DuckDBPyConnection", check: Check) -> CheckOutcome:
    """Look for rows that break a check."""
    found = connection.execute(check.query)
    columns = [column[0] for column in found.description or ()]
    offending = found.fetchall()
    shown = tuple(dict(zip(columns, row, strict=True)) for row in offending[:ROWS_SHOWN])
    return CheckOutcome(check, len(offending), shown)


def _test(path: Path) -> Check:
    file = read_sql_file(path, _TEST_ENTRIES)
    severity, scope = file.one("severity"), file.entries.get("scope", ("reports",))
    if severity not in ("blocking", "warning") or scope not in (("reports",), ("build",)):
        raise SqlHeaderError(f"{path}: @severity must be blocking or warning, and @scope reports or build")
    is_blocking, is_of_build = severity == "blocking", scope == ("build",)
    return Check(path.stem, file.one("table"), file.one("description"), is_blocking, file.statement, is_of_build)


def _header_checks(model: Model) -> Iterator[Check]:
    table = model.full_name
    for columns in model.unique:
        yield Check(
            "unique_" + "_and_".join(re.sub(r"\W+", "_", column).lower() for column in columns),
            table,
            f"No two rows share {', '.join(columns)}.",
            True,
            f"select {_listed(columns)}, count(*) as n_rows from {table}"
            f" where {' and '.join(f'{_quoted(column)} is not null' for column in columns)}"
            " group by all having count(*) > 1",
        )
    if model.not_null:
        shown = _listed(dict.fromkeys((*model.grain, *model.not_null)))
        yield Check(
            "no_nulls",
            table,
            f"Never null: {', '.join(model.not_null)}.",
            True,
            f"select {shown} from {table}"
            f" where {' or '.join(f'{_quoted(column)} is null' for column in model.not_null)}",
        )
    for column, target in model.references.items():
        parent, _, parent_column = target.rpartition(".")
        yield Check(
            f"references_{column}",
            table,
            f"Every {column} is in {target}.",
            True,
            f"select {', '.join(dict.fromkeys((*model.grain, column)))} from {table} child"
            f" where {column} is not null and not exists"
            f" (from {parent} parent where parent.{parent_column} = child.{column})",
        )


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(column: str) -> str:
    """A column name in quotes: names in Ofsted's files have several words."""
    return f'"{column}"'
