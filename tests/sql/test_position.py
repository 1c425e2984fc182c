"""How many of how many: counts, denominators and whole per cents of England and the regions on a date."""

import csv
import re
from collections.abc import Callable, Iterable

import duckdb

from pipelines.tables.frames import OWN_REFERENCE
from pipelines.warehouse.headers import SQL_FOLDER
from tests.histories import Inspection

History = Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]

with (OWN_REFERENCE / "authorities.csv").open(encoding="utf-8", newline="") as _file:
    LONDON = [row["authority_name"] for row in csv.DictReader(_file) if row["region_name"] == "London"]


def inspected(authority: str, grade: str, start: str = "2019-05-13", published: str = "2019-07-01") -> Inspection:
    return (authority, "", "ilacs_2018", start, published, {"overall_effectiveness": grade, "leaders": "good"})


def position(connection: duckdb.DuckDBPyConnection, date: str, where: str) -> list[tuple[object, ...]]:
    """The grades that any authority held."""
    return connection.execute(
        f"""select grade, n_authorities, n_graded, share_percent from position_as_at(?)
            where area_code = 'overall' and n_authorities > 0 and {where}""",
        [date],
    ).fetchall()


def test_shares_are_rounded_to_whole_per_cent_from_counts(history: History) -> None:
    grades = [*["outstanding"] * 4, *["good"] * 12, *["requires_improvement"] * 16]
    asked = history(inspected(name, grade) for name, grade in zip(LONDON[1:], grades, strict=True))
    assert position(asked, "2020-03-31", "scope = 'ONS region'") == [
        ("outstanding", 4, 32, 13),
        ("good", 12, 32, 38),
        ("requires_improvement", 16, 32, 50),
    ]


def test_authorities_without_grade_are_in_no_denominator(history: History) -> None:
    asked = history(
        [inspected("Barnet", "good"), inspected("Isles of Scilly", "not_judged"), inspected("Bradford", "good")]
    )
    assert position(asked, "2020-03-31", "scope = 'England'") == [("good", 2, 2, None), ("not_judged", 1, 2, None)]


def test_regions_are_counted_by_both_maps(history: History) -> None:
    asked = history([inspected("Bradford", "good"), inspected("Durham", "inadequate"), inspected("Barnet", "good")])
    north_east = position(asked, "2020-03-31", "scope = 'ONS region' and region_name = 'North East'")
    assert north_east == [("inadequate", 1, 1, None)]
    both = position(asked, "2020-03-31", "scope = 'Ofsted region' and region_name like 'North East%'")
    assert both == [("good", 1, 2, None), ("inadequate", 1, 2, None)]


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
        """select reference_date::varchar, max(n_graded) from marts.position_over_time
           where scope = 'England' and area_code = 'overall' and reference_date >= '2024-03-31'
           group by reference_date order by reference_date"""
    ).fetchall()
    assert found == [("2024-03-31", 1), ("2024-09-30", 1), ("2025-03-31", 2)]


def test_yearly_snapshot_reads_as_ofsted_writes(history: History) -> None:
    asked = history(
        [inspected("Barnet", "requires_improvement"), inspected("Bradford", "good", "2020-04-06", "2020-05-12")]
    )
    rows = asked.execute(
        """select "As at"::varchar, "Local authority name", "Overall effectiveness", "Inspection date"::varchar
           from marts.ofsted_yearly_snapshot"""
    ).fetchall()
    label = asked.execute("select label from core.grades where grade = 'requires_improvement'").fetchall()[0][0]
    assert rows == [("2020-03-31", "Barnet", label, "2019-05-13")]


def test_macros_are_written_in_what_the_oldest_duckdb_knows() -> None:
    """Any DuckDB from 1.0 on runs the macros. 2.0 keeps `if(...)` as a function by that name, which 1.0 lacks."""
    for path in (SQL_FOLDER / "macros").glob("*.sql"):
        assert not re.search(r"\bif\s*\(", path.read_text("utf-8")), path.name
