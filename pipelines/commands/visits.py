"""`judgements visits`: visits and joint inspections, latest first, with the grade the authority had at the time."""

from pipelines.commands.dates import read_day_if_given
from pipelines.commands.known import check_known
from pipelines.commands.query import write_answer
from pipelines.commands.show import find_authority
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
    since: str | None,
    answer_format: str,
) -> None:
    """Print visits and joint inspections, of one authority, of one kind, on one theme, since a day, or all.

    Raises UnknownAuthorityError, UsageError where no kind or theme is named so, and for what is no date.
    """
    day = read_day_if_given(since, "--since")
    with open_warehouse(settings.warehouse) as connection:
        meant = find_authority(connection, authority).authority_id if authority is not None else None
        check_known(connection, theme=theme, activity_kind=kind)
        asked = {"authority": meant, "kind": kind, "theme": theme, "since": day}
        answer = connection.sql(read_query("commands/visits_of"), params=asked)
        write_answer(answer.project(_OF_A_TABLE) if answer_format == "table" else answer, answer_format)
