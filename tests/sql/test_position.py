"""How many of how many: counts, denominators and whole per cents of England and the regions on a date."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

import duckdb

from pipelines.warehouse.headers import SQL_FOLDER
from tests.histories import Inspection

History = Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]

LONDON = ["Barnet", "Bexley", "Brent", "Bromley", "Camden", "Croydon", "Ealing", "Enfield"]


def inspected(authority: str, grade: str, start: str = "2019-05-13", published: str = "2019-07-01") -> Inspection:
    return (authority, "", "ilacs_2018", start, published, {"overall_effectiveness": grade, "leaders": "good"})


def position(connection: duckdb.DuckDBPyConnection, date: str, where: str) -> list[tuple[object, ...]]:
    return connection.execute(
        f"""select grade, n_authorities, n_graded, share_percent from position_as_at(?)
            where area_code = 'overall' and {where}""",
        [date],
    ).fetchall()


def test_shares_are_rounded_to_whole_per_cent_from_counts(history: History) -> None:
    grades = ["outstanding", *["good"] * 3, *["requires_improvement"] * 4]
    asked = history(inspected(name, grade) for name, grade in zip(LONDON, grades, strict=True))
    assert position(asked, "2020-03-31", "scope = 'England'") == [
        ("outstanding", 1, 8, 13),
        ("good", 3, 8, 38),
        ("requires_improvement", 4, 8, 50),
    ]


def test_authorities_without_grade_are_in_no_denominator(history: History) -> None:
    asked = history(
        [inspected("Barnet", "good"), inspected("Isles of Scilly", "not_judged"), inspected("Bradford", "good")]
    )
    assert position(asked, "2020-03-31", "scope = 'England'") == [("good", 2, 2, 100), ("not_judged", 1, 2, None)]


def test_regions_are_counted_by_both_maps(history: History) -> None:
    asked = history([inspected("Bradford", "good"), inspected("Durham", "inadequate"), inspected("Barnet", "good")])
    north_east = position(asked, "2020-03-31", "scope = 'ONS region' and region_name = 'North East'")
    assert north_east == [("inadequate", 1, 1, 100)]
    both = position(asked, "2020-03-31", "scope = 'Ofsted region' and region_name like 'North East%'")
    assert both == [("good", 1, 2, 50), ("inadequate", 1, 2, 50)]


def test_reference_dates_end_with_the_last_report_and_carry_their_cut_off(history: History) -> None:
    asked = history(
        [
            inspected("Barnet", "good", "2025-03-03", "2025-06-30"),
            inspected("Bradford", "good", "2024-01-08", "2024-02-20"),
        ]
    )
    dates = asked.execute(
        """select reference_date::varchar, published_by::varchar, is_published_by_ofsted from core.reference_dates
           where year(reference_date) in (2019, 2023, 2024, 2025, 2026)"""
    ).fetchall()
    assert dates == [
        ("2019-03-31", "2019-04-30", True),
        ("2019-08-31", "2019-09-30", True),
        ("2019-09-30", "2019-10-31", False),
        ("2023-03-31", "2023-04-30", True),
        ("2023-09-30", "2023-10-31", False),
        ("2024-03-31", "2024-06-30", True),
        ("2024-09-30", "2024-10-31", False),
        ("2025-03-31", "2025-06-30", True),
    ]
    found = asked.execute(
        """select reference_date::varchar, n_graded from marts.position_over_time
           where scope = 'England' and area_code = 'overall' and reference_date >= '2024-03-31'"""
    ).fetchall()
    assert found == [("2024-03-31", 1), ("2024-09-30", 1), ("2025-03-31", 2)]


def test_yearly_snapshot_has_the_columns_order_and_words_of_ofsteds_file(history: History) -> None:
    somerset = {"overall_effectiveness": "requires_improvement", "leaders": "good", "help_and_protection": "not_judged"}
    asked = history(
        [
            ("Somerset", "80555", "ilacs_2018", "2019-05-13", "2019-07-01", somerset),
            inspected("Bristol, City of", "good", "2019-06-03", "2019-07-15"),
            inspected("Barnet", "good", "2020-04-06", "2020-05-12"),
        ]
    )
    found = asked.execute("from marts.ofsted_yearly_snapshot")
    assert [column[0] for column in found.description or ()] == [
        "As at",
        "Web link",
        "Local authority area code",
        "Local authority name",
        "Ofsted region",
        "Inspection date",
        "Publication date",
        "Overall effectiveness",
        "The impact of leaders on social work practice with children and families",
        "The experiences and progress of children who need help and protection",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
    ]
    bristol, of_somerset = found.fetchall()
    assert bristol[2:4] == ("E06000023", "Bristol")
    assert of_somerset == (
        dt.date(2020, 3, 31),
        "https://reports.ofsted.gov.uk/provider/44/80555",
        "E10000027",
        "Somerset",
        "South West",
        dt.date(2019, 5, 13),
        dt.date(2019, 7, 1),
        "Requires improvement to be good",
        "Good",
        " -",
        None,
        None,
    )


def test_macros_are_written_in_what_the_oldest_duckdb_knows() -> None:
    """Any DuckDB from 1.0 on runs the macros. 2.0 keeps `if(...)` as a function by that name, which 1.0 lacks."""
    for path in (SQL_FOLDER / "macros").glob("*.sql"):
        assert not re.search(r"\bif\s*\(", path.read_text("utf-8")), path.name
