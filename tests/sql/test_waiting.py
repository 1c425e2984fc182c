"""How long authorities have waited, and when their next full inspection is likely, as at a date."""

from collections.abc import Callable

import duckdb
import pytest

from tests.histories import Inspection, Visited, day

History = Callable[..., duckdb.DuckDBPyConnection]

GOOD = {"overall_effectiveness": "good", "leaders": "good", "help_and_protection": "requires_improvement"}
INADEQUATE = dict.fromkeys(GOOD, "inadequate")
SINCE_APRIL_2026 = {"leaders": "good", "help_and_protection": "requires_improvement", "in_care": "outstanding"}
# Three waits after good were 1,000, 1,100 and 1,200 days long, one of 2,000 was across the pause of 2020.
INSPECTIONS: list[Inspection] = [
    ("Barnet", "80487", "ilacs_2018", "2021-06-07", "2021-08-02", GOOD),
    ("Barnet", "80487", "ilacs_2023", "2024-03-03", "2024-05-06", GOOD),
    ("Bradford", "80449", "ilacs_2018", "2021-06-07", "2021-08-02", GOOD),
    ("Bradford", "80449", "ilacs_2023", "2024-06-11", "2024-08-05", INADEQUATE),
    ("Kirklees", "80478", "ilacs_2018", "2021-06-07", "2021-08-02", GOOD),
    ("Kirklees", "80478", "ilacs_2023", "2024-09-19", "2024-11-11", GOOD),
    ("Wirral", "80581", "ilacs_2018", "2019-02-04", "2019-04-01", GOOD),
    ("Wirral", "80581", "ilacs_2018", "2024-07-27", "2024-09-16", GOOD),
    ("Norfolk", "80418", "ilacs_2026", "2026-05-11", "2026-07-06", SINCE_APRIL_2026),
    ("Northamptonshire County Council", "121939", "ilacs_2018", "2019-06-24", "2019-08-01", GOOD),
]
VISITS = [
    Visited("Bradford", "80449", "focused_visit", "2025-02-04", "2025-03-04"),
    Visited("Leeds", "80481", "jtai_2022", "2025-03-03", "2025-05-06"),
]


def waits(asked: duckdb.DuckDBPyConnection, of: str) -> list[tuple[object, ...]]:
    return asked.execute(
        f"""select authority_name, activity_kind, days_since_activity, days_since_inspection, england_rank, region_rank
            from {of}"""
    ).fetchall()


def test_waits_are_counted_from_first_days_and_ranked(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)
    assert waits(asked, "waiting_times_as_at('2025-03-31', published_by := '2025-04-30')") == [
        ("Barnet", "full_inspection", 393, 393, 1, 1),
        ("Bradford", "focused_visit", 55, 293, 2, 1),
        ("Wirral", "full_inspection", 247, 247, 3, 1),
        ("Kirklees", "full_inspection", 193, 193, 4, 2),
    ]
    assert waits(asked, "waiting_times_as_at('2025-03-31')")[-1] == ("Leeds", "jtai", 28, None, None, None)


def test_those_who_wait_equally_long_share_a_rank(history: History) -> None:
    asked = history(INSPECTIONS)
    ranks = [row[-2] for row in waits(asked, "waiting_times_as_at('2021-12-31')")]
    assert ranks == [1, 2, 2, 2]


def test_former_authorities_wait_until_their_last_day(history: History) -> None:
    asked = history(INSPECTIONS)
    names = {
        date: [name for name, *_ in waits(asked, f"waiting_times_as_at('{date}')")]
        for date in ("2021-03-31", "2021-04-01")
    }
    assert names == {"2021-03-31": ["Wirral", "Northamptonshire"], "2021-04-01": ["Wirral"]}


def test_marts_are_the_macros_on_the_last_day_of_publication(history: History) -> None:
    asked = history(INSPECTIONS, VISITS)
    for name in ("waiting_times", "next_inspection_windows"):
        mart = asked.execute(f"from marts.{name}").fetchall()
        assert mart == asked.execute(f"from {name}_as_at('2026-07-06')").fetchall() != []
        assert {row[0] for row in mart} == {day("2026-07-06")}


def windows(asked: duckdb.DuckDBPyConnection, when: str) -> dict[str, tuple[object, ...]]:
    rows = asked.execute(
        f"""select authority_name, grade, grade_basis, opens_date - inspection_start_date,
                expected_date - inspection_start_date, closes_date - inspection_start_date, n_intervals
            from next_inspection_windows_as_at({when})"""
    ).fetchall()
    return {name: tuple(rest) for name, *rest in rows}


def test_window_is_where_the_waits_after_the_same_grade_ended(history: History) -> None:
    found = windows(history(INSPECTIONS), "'2026-07-31'")
    assert found["Barnet"] == ("good", "overall effectiveness", 1020, 1100, 1180, 3)
    assert found["Bradford"] == ("inadequate", "overall effectiveness", None, None, None, 0)


def test_without_overall_the_worst_grade_of_a_service_is_compared(history: History) -> None:
    found = windows(history(INSPECTIONS), "'2026-07-31'")
    assert found["Norfolk"] == ("requires_improvement", "worst service", 1020, 1100, 1180, 3)


@pytest.mark.parametrize(
    ("when", "n_seen"),
    [
        ("'2024-06-10'", 1),
        ("'2024-09-30'", 3),
        ("'2024-09-30', published_by := '2024-09-30'", 2),
        ("'2024-09-30', published_by := '2024-06-30'", 1),
    ],
)
def test_nothing_is_seen_that_was_still_to_come(history: History, when: str, n_seen: int) -> None:
    found = windows(history(INSPECTIONS), when)
    assert found["Barnet"][-1] == n_seen
