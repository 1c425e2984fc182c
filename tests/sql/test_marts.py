"""Marts over a history: what is in force, what changed, how long a grade was held."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from tests.histories import Inspection, day, tables_of_history

INSPECTIONS: list[Inspection] = [
    ("Norfolk", "80418", "tlac", "2013-07-08", "2013-08-16", {"overall_effectiveness": "inadequate"}),
    (
        "Norfolk",
        "80418",
        "sif",
        "2015-07-13",
        "2015-10-19",
        {"overall_effectiveness": "inadequate", "adoption": "good"},
    ),
    ("Norfolk", "80418", "ilacs_2018", "2017-11-13", "2018-01-15", {"overall_effectiveness": "requires_improvement"}),
    ("Norfolk", "80418", "ilacs_2018", "2022-11-07", "2023-01-03", {"overall_effectiveness": "good"}),
    ("Norfolk", "80418", "ilacs_2023", "2025-03-10", "2025-05-01", {"overall_effectiveness": "good"}),
    ("Northamptonshire County Council", "121939", "sif", "2016-02-02", "2016-04-26", {"overall_effectiveness": "good"}),
    ("Wirral", "80581", "sif", "2016-07-04", "2016-09-20", {"overall_effectiveness": "not_judged"}),
    ("Wirral", "80581", "ilacs_2018", "2019-06-10", "2019-07-29", {"overall_effectiveness": "good"}),
]


@pytest.fixture(scope="module")
def asked() -> Iterator[duckdb.DuckDBPyConnection]:
    with tables_of_history(INSPECTIONS) as connection:
        yield connection


def test_latest_judgements_are_of_the_last_full_inspection_of_present_authorities(
    asked: duckdb.DuckDBPyConnection,
) -> None:
    latest = asked.execute("select authority_name, start_date, grade from marts.latest_judgements").fetchall()
    assert latest == [("Norfolk", day("2025-03-10"), "good"), ("Wirral", day("2019-06-10"), "good")]


def test_history_tells_change_steps_and_days(asked: duckdb.DuckDBPyConnection) -> None:
    changes = asked.execute(
        """select start_date, previous_grade, change, n_steps, days_since_previous from marts.judgement_history
           where area_code = 'overall' and authority_name = 'Norfolk'"""
    ).fetchall()
    assert changes == [
        (day("2015-07-13"), None, None, None, None),
        (day("2017-11-13"), "inadequate", "improved", 1, 854),
        (day("2022-11-07"), "requires_improvement", "improved", 1, 1820),
        (day("2025-03-10"), "good", "same", 0, 854),
    ]


def test_history_does_not_compare_with_a_grade_not_given(asked: duckdb.DuckDBPyConnection) -> None:
    changes = asked.execute("select change from marts.judgement_history where authority_name = 'Wirral'").fetchall()
    assert changes == [(None,), ("not comparable",)]


def test_spell_lasts_over_inspections_that_confirm_it_and_ends_with_the_authority(
    asked: duckdb.DuckDBPyConnection,
) -> None:
    spells = asked.execute(
        """select authority_name, grade, from_date, to_date, n_inspections from marts.grade_spells
           where area_code = 'overall'"""
    ).fetchall()
    assert spells == [
        ("Norfolk", "inadequate", day("2015-07-13"), day("2017-11-12"), 1),
        ("Norfolk", "requires_improvement", day("2017-11-13"), day("2022-11-06"), 1),
        ("Norfolk", "good", day("2022-11-07"), None, 2),
        ("Northamptonshire", "good", day("2016-02-02"), day("2021-03-31"), 1),
        ("Wirral", "not_judged", day("2016-07-04"), day("2019-06-09"), 1),
        ("Wirral", "good", day("2019-06-10"), None, 1),
    ]


def test_spell_of_an_area_ends_where_it_is_no_longer_judged(asked: duckdb.DuckDBPyConnection) -> None:
    adoption = asked.execute(
        "select from_date, to_date from marts.grade_spells where area_code = 'adoption'"
    ).fetchall()
    assert adoption == [(day("2015-07-13"), day("2017-11-12"))]


def test_timeline_tells_inspections_and_changes_of_the_authority(asked: duckdb.DuckDBPyConnection) -> None:
    events: list[tuple[dt.date, str, str | None]] = asked.execute(
        """select event_date, inspection_kind, overall from marts.authority_timeline
           where authority_name = 'Northamptonshire'"""
    ).fetchall()
    assert events == [
        (day("2016-02-02"), "first", "good"),
        (day("2021-04-01"), "split", None),
        (day("2021-04-01"), "split", None),
    ]
    barnsley = "select event_date, inspection_kind from marts.authority_timeline where authority_name = 'Barnsley'"
    assert asked.execute(barnsley).fetchall() == [(day("2025-04-01"), "recode")]
