"""Visits and joint inspections: what they tell beside the grades, and that they move none."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from pipelines.parsing.facts import NextStep
from pipelines.warehouse.headers import read_query
from pipelines.warehouse.questions import read_questions
from tests.histories import Inspection, Told, Visited, day, sha

History = Callable[..., duckdb.DuckDBPyConnection]
Rows = list[tuple[Any, ...]]

GOOD = dict.fromkeys(("overall_effectiveness", "leaders", "help_and_protection", "in_care_and_care_leavers"), "good")
INADEQUATE = dict.fromkeys(GOOD, "inadequate")
INSPECTIONS: list[Inspection] = [
    ("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", INADEQUATE),
    ("Barnet", "80487", "ilacs_2018", "2022-05-09", "2022-07-04", GOOD),
    ("Bradford", "80449", "ilacs_2018", "2022-11-21", "2023-01-31", INADEQUATE),
]


def action(text: str, *bodies: str) -> tuple[str, str, tuple[str, ...]]:
    return ("priority_action", text, bodies)


def statement(body: str) -> NextStep:
    return NextStep("written_statement", None, None, day("2023-06-01"), body, "A statement is due.", 5)


def step(kind: str, months: int, text: str, *, is_approximate: bool = True) -> NextStep:
    return NextStep(kind, months, is_approximate, None, None, text, 6)


IMPROVE = ("area_for_improvement", "the quality of supervision", ())
VISITS = [
    # Began when the second inspection had begun and was not published.
    Visited("Barnet", "80487", "focused_visit", "2022-06-21", "2022-07-20", "front_door", (action("plans"), IMPROVE)),
    Visited("Bradford", "80449", "focused_visit", "2021-03-02", "2021-04-01", "care_leavers", (IMPROVE,)),
    Visited(
        "Bradford", "80449", "focused_visit", "2023-05-16", "2023-06-20", "care_leavers", (action("pathway plans"),)
    ),
    Visited("Bradford", "80449", "monitoring_visit", "2024-02-06", "2024-03-05"),
]


def test_a_visit_moves_no_grade_no_interval_and_no_spell(history: History) -> None:
    without, with_visits = history(INSPECTIONS), history(INSPECTIONS, VISITS)
    tables = (
        "core.inspections",
        *(
            f"marts.{name}"
            for name in ("full_inspections", "grade_spells", "inspection_intervals", "judgement_history")
        ),
        *(f"marts.{name}" for name in ("latest_judgements", "grade_events", "report_lags", "lead_inspectors")),
        "as_at('2021-06-30')",
        "as_at('2024-03-31', published_by := '2024-06-30')",
    )
    for table in tables:
        assert with_visits.execute(f"from {table}").fetchall() == without.execute(f"from {table}").fetchall() != []
    assert with_visits.execute("select count(*) from core.activities").fetchall() == [(7,)]


def test_timeline_tells_what_a_visit_looked_at_and_found(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)
    rows = asked.execute(
        """select event_date, event, overall, inspection_id is null, activity_kind, theme_name, lead_inspector_name,
               n_priority_actions, n_areas_for_improvement
           from marts.authority_timeline where authority_name = 'Barnet'"""
    ).fetchall()
    ilacs = "Inspection of local authority children's services, 2018 to 2022"
    assert rows == [
        (day("2019-05-13"), ilacs, "inadequate", False, "full_inspection", None, "Una Mossop", 0, 1),
        (day("2022-05-09"), ilacs, "good", False, "full_inspection", None, "Una Mossop", 0, 1),
        (day("2022-06-21"), "Focused visit", None, True, "focused_visit", "Front door", "Una Mossop", 1, 1),
    ]
    changes = asked.execute("select distinct inspection_kind from marts.authority_timeline where activity_id is null")
    assert sorted(changes.fetchall()) == [("merge",), ("recode",), ("split",)]


def test_grade_at_the_time_is_the_one_that_was_published(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)
    rows = asked.execute(
        """select start_date, overall_grade, care_grade, care_leavers_grade, inspection_id, days_since_inspection,
               next_start_date, days_to_next, n_priority_actions
           from marts.visits_between_inspections"""
    ).fetchall()
    assert rows == [
        (day("2022-06-21"), "inadequate", "inadequate", None, sha("r0")[:16], 1135, None, None, 1),
        (day("2021-03-02"), None, None, None, None, None, day("2022-11-21"), 629, 0),
        (day("2023-05-16"), "inadequate", "inadequate", None, sha("r2")[:16], 176, None, None, 1),
        (day("2024-02-06"), "inadequate", "inadequate", None, sha("r2")[:16], 442, None, None, 0),
    ]


def test_each_paragraph_has_its_activity_and_the_grade_overall_then(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)
    rows = asked.execute(
        """select start_date::varchar, activity_kind, inspection_id is not null, theme_code, heading, judgement_code,
               section_grade, overall_grade, page_url
           from marts.paragraphs where authority_name = 'Barnet' and text <> 'the quality of plans' order by 1, text"""
    ).fetchall()
    assert rows == [
        ("2019-05-13", "full_inspection", True, None, "Leaders are good", "leaders", "good", "inadequate",
         "https://files.example/r0#page=1"),
        ("2022-05-09", "full_inspection", True, None, "Leaders are good", "leaders", "good", "good",
         "https://files.example/r1#page=1"),
        ("2022-06-21", "focused_visit", False, "front_door", "Findings", None, None, "inadequate",
         "https://files.example/v0#page=1"),
        ("2022-06-21", "focused_visit", False, "front_door", "Findings", None, None, "inadequate",
         "https://files.example/v0#page=2"),
    ]  # fmt: skip


def test_counts_are_by_year_kind_and_region(history: History) -> None:
    told = [Told("Barnet", "monitoring_visit", None, "2022-09-14", None, {}, activity_kind="monitoring_visit")]
    rows = history(INSPECTIONS, VISITS, told).execute("from marts.activity_counts where year = 2022").fetchall()
    assert rows == [
        (2022, "focused_visit", "London", 1, 0),
        (2022, "full_inspection", "London", 1, 0),
        (2022, "full_inspection", "Yorkshire and the Humber", 1, 0),
        (2022, "monitoring_visit", "London", 1, 1),
    ]


def test_a_visit_that_statistics_alone_tell_of_has_the_grade_at_the_time(history: History) -> None:
    told = [Told("Barnet", "monitoring_visit", None, "2022-09-14", None, {}, activity_kind="monitoring_visit")]
    found = (
        history(INSPECTIONS, VISITS, told)
        .execute(
            """select visit_basis, report_id, n_priority_actions, overall_grade from marts.visits_between_inspections
           where visit_basis <> 'report'"""
        )
        .fetchall()
    )
    assert found == [("official statistics", None, None, "good")]


@pytest.mark.parametrize(
    ("later", "is_open"),
    [
        ((), True),
        ((("Barnet", "80487", "ilacs_2023", "2025-02-03", "2025-04-01", GOOD),), False),
        ((("Bradford", "80449", "ilacs_2023", "2025-02-03", "2025-04-01", GOOD),), True),
    ],
)
def test_a_full_inspection_closes_the_actions_of_a_visit(
    history: History, later: tuple[Inspection, ...], is_open: bool
) -> None:
    told = Visited("Barnet", "80487", "focused_visit", "2023-05-16", "2023-06-20", "front_door", (action("plans"),))
    again = Visited("Barnet", "80487", "focused_visit", "2024-05-14", "2024-06-20", "front_door", (IMPROVE,))
    asked = history([*INSPECTIONS, *later], [told, again])
    rows = asked.execute("select authority_name, text, days_open from marts.open_priority_actions").fetchall()
    n_days = (day("2025-04-01" if later else "2024-06-20") - day("2023-05-16")).days
    assert rows == [("Barnet", "plans", n_days)] * is_open


def test_actions_of_an_inspection_with_an_outcome_wait_for_the_next_of_its_kind(history: History) -> None:
    def send(urn: str, name: str, start: str) -> Visited:
        items = (action("waiting times", f"{name} Council", "NHS"),) if start < "2025" else ()
        outcome = "systemic_failings" if items else "inconsistent"
        return Visited(name, urn, "area_send_2023", start, start, None, items, outcome)

    visits = [
        send("80487", "Barnet", "2023-09-04"),
        send("80449", "Bradford", "2023-10-02"),
        send("80449", "Bradford", "2025-10-06"),
        Visited("Barnet", "80487", "jtai_2022", "2023-02-06", "2023-04-03", "neglect", (action("strategy"),), None,
                (statement("Barnet Council"),)),
        Visited("Bradford", "80449", "jtai_2022", "2023-02-06", "2023-04-03", "neglect", (action("strategy"),)),
        Visited("Northamptonshire County Council", "121939", "jtai_2016", "2019-03-04", "2019-05-01", "neglect",
                (action("strategy"),)),
    ]  # fmt: skip
    since: Inspection = ("Barnet", "80487", "ilacs_2023", "2024-02-05", "2024-04-01", GOOD)
    rows = history([*INSPECTIONS, since], visits).execute(
        """select authority_name, activity_kind, text, responsible_bodies, days_open, page_number, page_url
           from marts.open_priority_actions"""
    )
    assert rows.fetchall() == [
        ("Bradford", "jtai", "strategy", [], 973, 1, "https://files.example/v4#page=1"),
        ("Barnet", "area_send", "waiting times", ["Barnet Council", "NHS"], 763, 1, "https://files.example/v0#page=1"),
    ]
    unfollowed = history(INSPECTIONS[2:], visits).execute(
        "select responsible_bodies from marts.open_priority_actions where authority_name = 'Barnet'"
    )
    assert unfollowed.fetchall() == [(["Barnet Council"],), (["Barnet Council", "NHS"],)]


def test_what_a_report_announces_is_due_between_two_days(history: History) -> None:
    both = (step("monitoring", 18, "Monitoring."), step("full_inspection", 36, "Full."))
    five_years = (step("full_inspection", 60, "Within five years.", is_approximate=False),)
    visits = [
        Visited("Bradford", "80449", "area_send_2023", "2023-02-06", "2023-04-03", None, (), "inconsistent", both[1:]),
        Visited("Bradford", "80449", "area_send_2023", "2023-08-31", "2023-11-01", None, (), "systemic_failings", both),
        Visited("Barnet", "80487", "area_send_2023", "2024-02-29", "2024-05-01", None, (), "typically_positive",
                five_years),
    ]  # fmt: skip
    asked = history([], visits)
    rows = asked.execute(
        "select authority_name, outcome_code, columns('.*_date$'), next_as_written from marts.area_send_due"
    ).fetchall()
    dates = [tuple(str(date) if date else None for date in row[2:-1]) for row in rows]
    assert [(*row[:2], row[-1]) for row in rows] == [
        ("Bradford", "systemic_failings", "Monitoring. Full."),
        ("Barnet", "typically_positive", "Within five years."),
    ]
    assert dates == [
        ("2023-08-31", "2023-11-01", "2026-08-31", "2026-02-28", "2027-02-28", "2025-02-28", "2024-11-28",
         "2025-05-28"),
        ("2024-02-29", "2024-05-01", "2029-02-28", "2029-02-28", "2029-02-28", None, None, None),
    ]  # fmt: skip


def test_search_is_narrowed_to_a_kind_and_a_theme(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)

    def found(filters: str) -> Rows:
        columns = "authority_name, start_date, activity_kind, theme_name"
        return sorted(asked.execute(f"select {columns} from search_paragraphs('plans'{filters})").fetchall())

    visits = [
        ("Barnet", day("2022-06-21"), "focused_visit", "Front door"),
        ("Bradford", day("2023-05-16"), "focused_visit", "Care leavers"),
    ]
    assert found(", activity_kind := 'focused_visit'") == visits
    assert found(", theme := 'front_door'") == found(", theme := 'DOOR'") == visits[:1]
    assert found(", theme := 'care', from_date := '2023-01-01'") == visits[1:]
    assert len(found("")) == len(INSPECTIONS) + 2
    assert {kind for *_, kind, _ in found(", activity_kind := 'full_inspection'")} == {"full_inspection"}


def test_command_narrows_visits_to_authority_theme_and_day(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)

    def visits(**filters: str) -> Rows:
        given = dict.fromkeys(("authority", "kind", "theme", "region", "since")) | filters
        columns = "columns(* exclude (region_name, theme_as_written, source_path))"
        return asked.execute(f"select {columns} from ({read_query('commands/visits_of')})", given).fetchall()

    assert len(visits()) == 4
    assert [row[1] for row in visits(theme="care_leavers", since="2022-01-01")] == [day("2023-05-16")]
    assert {row[3] for row in visits(kind="focused_visit")} == {"focused_visit"}
    assert visits(authority="E09000003") == [
        (
            "Barnet", day("2022-06-21"), day("2022-06-21"), "focused_visit", "Front door", None, "Una Mossop",
            1, 1,
            "inadequate", day("2022-07-20"), "report", "https://files.example/v0", sha("v0")[:16],
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "columns", "rows"),
    [
        ("26", "grade_at_the_time, n_visits, text", [("inadequate", 1, "pathway plans"), (None, 1, IMPROVE[1])]),
        ("27", "authority_name, text", [("Barnet", "plans"), ("Bradford", "pathway plans")]),
        ("28", "authority_name, next_inspection, due_date",
         [("Bradford", "monitoring", day("2025-09-11")), ("Bradford", "full", day("2027-03-11"))]),
        ("29", "start_date, overall_grade", [
            (day("2024-03-11"), "inadequate"), (day("2024-02-06"), "inadequate"), (day("2023-05-16"), "inadequate"),
            (day("2021-03-02"), None),
        ]),
    ],
)  # fmt: skip
def test_questions_about_visits_are_answered(history: History, number: str, columns: str, rows: Rows) -> None:
    both = (step("monitoring", 18, "Monitoring."), step("full_inspection", 36, "Full."))
    send = Visited("Bradford", "80449", "area_send_2023", "2024-03-11", "2024-05-01", None, (), "inconsistent", both)
    (question,) = (one for one in read_questions() if one.path.name.startswith(number))
    asked = question.statement.replace("'South East'", "'Yorkshire and the Humber'")
    answer = history(INSPECTIONS, [*VISITS, send]).execute(f"select {columns} from ({asked})").fetchall()
    assert answer == rows
