"""`judgements as-at`: the grades in force on a date, counted as Ofsted counts (`sql/macros/as_at.sql`)."""

import duckdb

from pipelines.commands.query import QueryError, write_answer
from pipelines.commands.terminal import Terminal
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query


def grades_as_at(
    settings: Settings, date: str, published_by: str | None, region: str | None, authorities: bool, answer_format: str
) -> None:
    """Print how many authorities held each grade on a date; with `authorities`, each one's grades.

    Raises QueryError where a region is not known, and DuckDB's error for an invalid date.
    """
    with open_warehouse(settings.warehouse) as connection:
        _check_region(connection, region)
        query = read_query("commands/grades_as_at" if authorities else "commands/position_as_at")
        answer = connection.sql(query, params={"date": date, "published_by": published_by, "region": region})
        write_answer(answer, answer_format)
        if answer_format == "table" and published_by is None:
            _say_cut_off(connection, date)


def _check_region(connection: duckdb.DuckDBPyConnection, region: str | None) -> None:
    known = [
        row[0]
        for row in connection.execute(
            "select region_name from core.authorities"
            " union select ofsted_region_name from core.authorities order by all"
        ).fetchall()
    ]
    if region is not None and region.casefold() not in {one.casefold() for one in known}:
        raise QueryError(f"There is no region {region!r}. Known: {'; '.join(known)}.")


def _say_cut_off(connection: duckdb.DuckDBPyConnection, date: str) -> None:
    """Print the last day of publication that counts in Ofsted's own figures, where that is known."""
    row = connection.execute(
        "select published_by from core.reference_dates where reference_date = ?::date and is_published_by_ofsted",
        [date],
    ).fetchone()
    if row:
        Terminal(stderr=True).print(
            f"Every report counts, whenever it came out. Ofsted's figures: --published-by {row[0]}", soft_wrap=True
        )
