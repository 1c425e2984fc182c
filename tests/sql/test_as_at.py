"""The rules by which Ofsted counts grades "as at" a date, each on a history of a few inspections."""

from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import pytest

from tests.histories import Inspection

History = Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]

GOOD = {
    "overall_effectiveness": "good",
    "leaders": "good",
    "help_and_protection": "good",
    "in_care_and_care_leavers": "good",
}
INADEQUATE = dict.fromkeys(GOOD, "inadequate")
SIF = {
    "overall_effectiveness": "requires_improvement",
    "leaders": "inadequate",
    "help_and_protection": "requires_improvement",
    "looked_after": "good",
    "adoption": "outstanding",
    "care_leavers": "good",
    "lscb": "good",
}
WITHOUT_OVERALL = {"leaders": "good", "help_and_protection": "good", "in_care": "good", "care_leavers": "good"}


def overall(connection: duckdb.DuckDBPyConnection, *dates: str) -> dict[str, str]:
    asked = "?" if len(dates) == 1 else "?, published_by := ?"
    query = f"select authority_name, grade from as_at({asked}) where area_code = 'overall'"
    return dict(connection.execute(query, dates).fetchall())


def test_inspection_counts_from_its_first_day(history: History) -> None:
    asked = history([("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD)])
    assert overall(asked, "2019-05-12") == {}
    assert overall(asked, "2019-05-13") == {"Barnet": "good"}


def test_report_published_after_the_cut_off_does_not_count(history: History) -> None:
    asked = history(
        [
            ("Barnet", "80487", "ilacs_2018", "2018-05-14", "2018-07-01", INADEQUATE),
            ("Barnet", "80487", "ilacs_2018", "2021-03-01", "2021-05-04", GOOD),
        ]
    )
    assert overall(asked, "2021-03-31", "2021-04-30") == {"Barnet": "inadequate"}
    assert overall(asked, "2021-03-31", "2021-05-04") == {"Barnet": "good"}
    assert overall(asked, "2021-03-31") == {"Barnet": "inadequate"}, "the date's own cut-off"
    assert overall(asked, "2021-03-30") == overall(asked, "2021-03-31", "9999-12-31") == {"Barnet": "good"}


def test_report_without_a_date_of_publication_counts_only_without_cut_off(history: History) -> None:
    asked = history([("Barnet", "80487", "ilacs_2018", "2019-05-13", "", GOOD)])
    assert overall(asked, "2020-03-31", "2020-04-30") == {}
    assert overall(asked, "2020-03-31") == {"Barnet": "good"}


def test_latest_full_inspection_replaces_all_areas_at_once(history: History) -> None:
    asked = history(
        [
            ("Barnet", "80487", "sif", "2017-04-25", "2017-07-07", SIF),
            ("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
        ]
    )
    areas = dict(asked.execute("select area_code, judgement_code from as_at('2020-03-31')").fetchall())
    assert areas == {
        "overall": "overall_effectiveness",
        "leaders": "leaders",
        "help_and_protection": "help_and_protection",
        "care": "in_care_and_care_leavers",
    }


def test_single_inspections_stay_in_as_leaders_and_care(history: History) -> None:
    asked = history([("Barnet", "80487", "sif", "2017-04-25", "2017-07-07", SIF)])
    areas = asked.execute("select area_code, judgement_code, grade, grade_rank from as_at('2023-03-31')").fetchall()
    assert ("leaders", "leaders", "inadequate", 4) in areas
    assert ("care", "looked_after", "good", 2) in areas


@pytest.mark.parametrize(
    ("framework", "start", "grades"),
    [
        ("tlac", "2013-07-08", {"overall_effectiveness": "adequate", "capacity_to_improve": "good"}),
        ("lscb_review", "2015-05-18", {"lscb": "inadequate"}),
    ],
)
def test_reviews_of_a_part_change_nothing(history: History, framework: str, start: str, grades: dict[str, str]) -> None:
    asked = history([("Barnet", "80487", framework, start, "2015-09-01", grades)])
    assert asked.execute("select count(*) from as_at('2016-03-31')").fetchone() == (0,)


def test_authorities_without_inspection_are_left_out(history: History) -> None:
    asked = history([("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD)])
    assert asked.execute("select count(distinct authority_id) from as_at('2024-03-31')").fetchone() == (1,)


def test_grade_is_carried_across_a_recode(history: History) -> None:
    asked = history([("Barnsley Council", "80426", "ilacs_2018", "2018-10-15", "2018-12-01", GOOD)])
    assert overall(asked, "2025-03-31") == overall(asked, "2025-04-01") == {"Barnsley": "good"}


def test_grade_is_not_carried_across_a_merger_or_split(history: History) -> None:
    asked = history(
        [
            ("Poole Borough Council", "137316", "sif", "2017-11-06", "2018-01-15", SIF),
            ("Dorset County Council", "", "sif", "2016-04-25", "2016-07-25", SIF),
            ("Dorset Council", "2532283", "ilacs_2018", "2021-09-27", "2021-11-15", GOOD),
            ("Northamptonshire County Council", "121939", "ilacs_2018", "2019-06-24", "2019-08-01", INADEQUATE),
        ]
    )
    assert set(overall(asked, "2019-03-31")) == {"Poole", "Dorset (county)"}
    assert overall(asked, "2019-04-01") == {}
    assert overall(asked, "2021-03-31") == {"Northamptonshire": "inadequate"}
    assert overall(asked, "2021-09-30", "9999-12-31") == {"Dorset": "good"}


def test_inspection_listed_under_a_successor_of_later_date_is_not_its_own(history: History) -> None:
    asked = history([("Dorset County Council", "2532283", "sif", "2016-04-25", "2016-07-25", SIF)])
    assert overall(asked, "2020-03-31") == {}


def test_since_april_2026_there_is_no_row_for_overall(history: History) -> None:
    asked = history(
        [
            ("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
            ("Barnet", "80487", "ilacs_2026", "2026-05-11", "2026-07-07", WITHOUT_OVERALL),
        ]
    )
    assert overall(asked, "2026-03-31") == {"Barnet": "good"}
    assert overall(asked, "2026-06-30") == {}
    assert asked.execute("select count(*) from as_at('2026-06-30')").fetchone() == (4,)


def test_no_authority_has_two_grades_in_an_area(history: History) -> None:
    asked = history(
        [
            ("Barnet", "80487", "sif", "2017-04-25", "2017-07-07", SIF),
            ("Barnet", "80487", "sif_reinspection", "2017-10-02", "2017-12-01", SIF),
            ("Bradford", "80449", "ilacs_2018", "2018-09-17", "2018-11-01", INADEQUATE),
        ]
    )
    doubled: list[tuple[Any, ...]] = asked.execute(
        "select authority_id, area_code from as_at('2019-03-31') group by all having count(*) > 1"
    ).fetchall()
    assert doubled == []
