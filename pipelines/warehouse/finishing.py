"""Tables and views once more, now that all rows are there: each is copied, for those who take it away, and checked.

Belongs here: in what order, and that no view is worked out again for its checks where there is a copy of it.
Stays out: the form of a copy (`exports/`), what a check asks (`checks.py`), what follows from a failure (`build.py`).
"""

from collections.abc import Iterable
from itertools import chain
from typing import Protocol

import duckdb

from pipelines.warehouse.checks import Check, CheckOutcome, run_check
from pipelines.warehouse.connection import held_to, side_by_side
from pipelines.warehouse.models import Model

# Less than a build may hold else: each of the questions that are asked at once holds some more that the library does
# not count.
MEMORY_AT_ONCE = "96MB"


class Copier(Protocol):
    """What takes copies of a warehouse before it is published."""

    def begin(self, fingerprint: str) -> None:
        """Be told by its fingerprint of which warehouse the copies will be."""

    def copy(self, connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
        """Copy a table or view, by its full name. Where its rows can be read from now on; None if it is not copied."""


def copied_and_checked(
    connection: duckdb.DuckDBPyConnection, checks: Iterable[Check], models: Iterable[Model], copier: Copier | None
) -> tuple[CheckOutcome, ...]:
    """Copy each table and view, and give the outcome of each check, in the order of the checks.

    The checks of a view are asked of its copy where there is one: to ask the view would be to work it out again.
    """
    asked = tuple(checks)
    views = {model.full_name for model in models if model.kind == "view"}

    def copied(apart: duckdb.DuckDBPyConnection, table: str) -> list[CheckOutcome]:
        rows = None if copier is None else copier.copy(apart, table)
        return [run_check(apart, check, rows) for check in asked if check.table == table and table in views]

    with held_to(connection, MEMORY_AT_ONCE):
        of_views = chain.from_iterable(side_by_side(connection, copied, _in_order_of_work(connection, views)))
        of_tables = side_by_side(connection, run_check, [check for check in asked if check.table not in views])
    by_check = {outcome.check: outcome for outcome in (*of_views, *of_tables)}
    return tuple(by_check[check] for check in asked)


def _in_order_of_work(connection: duckdb.DuckDBPyConnection, views: Iterable[str]) -> list[str]:
    """All tables and views, in the order in which two cores have the least to hold at once.

    While one is busy with the largest table that people take away, the other works out the views, one at a time.
    """
    found = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()"
        " order by schema_name = 'core' desc, estimated_size desc, table_name"
    ).fetchall()
    tables = [table for (table,) in found]
    return [*tables[:1], *sorted(views), *tables[1:]]
