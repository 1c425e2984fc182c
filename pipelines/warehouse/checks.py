"""Checks of a built warehouse: keys, nulls and references of the headers, and the tests of `sql/tests`."""

# Names of tables and columns come from the headers of `sql/`, never from a reader or a user.
# ruff: noqa: S608

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.warehouse.models import Model, SqlTest

if TYPE_CHECKING:
    import duckdb

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of one table as a query that returns the rows that break it.

    One that `compares` reads the published warehouse too: where none of the same source is, nothing can break it.
    """

    name: str
    table: str
    description: str
    is_blocking: bool
    query: str
    compares: bool = False


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """How a check came out: how many rows break the rule, and the first of them by column name."""

    check: Check
    n_offending: int
    offending: tuple[dict[str, Any], ...]

    @property
    def passed(self) -> bool:
        """Whether no row breaks the rule."""
        return self.n_offending == 0

    def sentence(self) -> str:
        """The outcome in a line, with the first offending row."""
        if self.passed:
            return f"{self.check.table}: {self.check.name}: passed"
        found = f"{self.n_offending} rows break this, first {self.offending[0]}"
        return f"{self.check.table}: {self.check.description} {found}"


def checks_of(models: tuple[Model, ...], tests: tuple[SqlTest, ...]) -> tuple[Check, ...]:
    """Every check that headers and tests declare."""
    declared = [check for model in models if model.kind == "table" for check in _header_checks(model)]
    tested = [
        Check(one.name, one.table, one.description, one.is_blocking, one.statement, one.compares) for one in tests
    ]
    return (*declared, *tested)


def run_check(connection: "duckdb.DuckDBPyConnection", check: Check) -> CheckOutcome:
    """Look for rows that break a rule."""
    found = connection.execute(check.query)
    columns = [column[0] for column in found.description or ()]
    offending = found.fetchall()
    shown = tuple(dict(zip(columns, row, strict=True)) for row in offending[:ROWS_SHOWN])
    return CheckOutcome(check, len(offending), shown)


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
    for key in model.foreign_keys:
        parent, _, parent_column = key.target.rpartition(".")
        yield Check(
            f"references_{key.column}",
            table,
            f"Every {key.column} stands in {key.target}.",
            True,
            f"select {', '.join(dict.fromkeys((*model.grain, key.column)))} from {table} child"
            f" where {key.column} is not null and not exists"
            f" (from {parent} parent where parent.{parent_column} = child.{key.column})",
        )


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(column: str) -> str:
    """A column as SQL takes it, also one named in several words as in Ofsted's files."""
    return f'"{column}"'
