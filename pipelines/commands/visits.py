"""`judgements visits`: visits and joint inspections, latest first, with the grade the authority had at the time."""

from functools import partial

import duckdb

from pipelines.commands.dates import read_day_if_given
from pipelines.commands.known import known_value, which_leaves_none
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query

_OF_A_TABLE = (
    "authority_name, start_date, activity_kind, coalesce(theme_name, outcome_code) as theme_or_outcome,"
    " grade_at_the_time, n_priority_actions as priority_actions, n_areas_for_improvement as to_improve,"
    " lead_inspector_name as lead_inspector, coalesce(report_id, visit_basis) as report"
)
"""What fits on a screen; the other forms have every column."""


def list_visits(
    settings: Settings,
    authority: str | None,
    kind: str | None,
    theme: str | None,
    region: str | None,
    since: str | None,
    answer_format: str,
) -> None:
    """Print visits and joint inspections: of one authority, kind, theme or region, since a day, or all.

    Raises UsageError where nothing is named so, and for what is no date.
    """
    given: dict[str, object] = {"since": read_day_if_given(since, "--since", is_beginning=True)}
    named = {
        "authority": ("authority", authority),
        "kind": ("activity_kind", kind),
        "theme": ("theme", theme),
        "region": ("ONS or Ofsted region", region),
    }
    with open_warehouse(settings.warehouse) as connection:
        for option, (what, text) in named.items():
            given[option] = None if text is None else known_value(connection, what, text).value
        answer = connection.sql(read_query("commands/visits_of"), params=given)
        write_answer(answer.project(_OF_A_TABLE) if answer_format == "table" else answer, answer_format)
        asked = {f"--{option}": value for option, value in given.items() if value is not None}
        if asked and not _count(connection, given, frozenset()):
            why = which_leaves_none(asked, partial(_count, connection, given))
            Terminal(stderr=True).print(f"No visit fits{f': {why}' if why else '.'}", soft_wrap=True, markup=False)


def _count(connection: duckdb.DuckDBPyConnection, given: dict[str, object], without: frozenset[str]) -> int:
    """How many visits there are without some of the options."""
    left = {option: None if f"--{option}" in without else value for option, value in given.items()}
    return len(connection.sql(read_query("commands/visits_of"), params=left))
