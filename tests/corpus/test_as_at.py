"""The counting rules, once more in plain Python over facts read by hand: every half-year, area and region of the SQL.

Belongs here: an own calculation that shares no code and no SQL with the program, only the reference data.
Runs where the shared reports lie beside the repository, as `../shared/reports`; skips otherwise.
"""

import csv
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from pipelines.tables.frames import OWN_REFERENCE
from tests.histories import frames_of, parsed_report, publication, tables_of

EXPECTED = Path(__file__).parents[3] / "shared" / "reports" / "expected"

if not EXPECTED.is_dir():
    pytest.skip("no real reports in ../shared/reports beside the repository", allow_module_level=True)

pytestmark = pytest.mark.corpus

FULL = {"sif", "sif_reinspection", "ilacs_2018", "ilacs_2023", "ilacs_2026"}
FAMILY = {
    "overall_effectiveness": "overall",
    "leaders": "leaders",
    "help_and_protection": "help_and_protection",
    "looked_after": "care",
    "in_care": "care",
    "in_care_and_care_leavers": "care",
    "care_leavers": "care_leavers",
    "adoption": "adoption",
    "lscb": "lscb",
}
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
ALL_REPORTS = dt.date(9999, 12, 31)
DATES = [dt.date(year, month, day) for year in range(2015, 2027) for month, day in ((3, 31), (9, 30))]

Row = dict[str, str]
Standing = dict[tuple[str, str], tuple[str, str, str]]
"""URN and area to file, judgement and grade."""


class Facts(NamedTuple):
    """The CSV files as they are."""

    inspections: list[Row]
    grades: dict[str, dict[str, str]]
    authorities: dict[str, Row]
    every_authority: list[Row]
    changes: list[Row]


def rows_of(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts() -> Facts:
    grades: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of(EXPECTED / "judgements.csv"):
        grades[row["file_sha256"]][row["judgement_code"]] = row["grade"]
    authorities = rows_of(OWN_REFERENCE / "authorities.csv")
    return Facts(
        rows_of(EXPECTED / "inspections.csv"),
        grades,
        {row["provider_urn"]: row for row in authorities if row["provider_urn"]},
        authorities,
        rows_of(OWN_REFERENCE / "authority_changes.csv"),
    )


@pytest.fixture(scope="module")
def connection(facts: Facts) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of the facts read by hand: what is tried is the SQL, not the reading of PDFs."""
    publications = [
        publication(one["file_sha256"], one["provider_urn"], one["label_date"]) for one in facts.inspections
    ]
    reports = [
        parsed_report(
            one["file_sha256"],
            one["authority"],
            one["framework_code"],
            [(one["start_date"], one["end_date"])],
            facts.grades[one["file_sha256"]],
        )
        for one in facts.inspections
    ]
    with tables_of(frames_of(publications, reports)) as opened:
        yield opened


def cut_off(date: dt.date) -> dt.date:
    """By when a report had to be out, as the domain notes have it; by analogy where they are silent."""
    if date == dt.date(2016, 3, 31):
        return date
    if date.month == 9:
        return dt.date(date.year, 10, 31)
    return dt.date(date.year, 4, 30) if date.year <= 2023 else dt.date(date.year, 6, 30)


def lifetime(facts: Facts, code: str) -> tuple[dt.date, dt.date]:
    upheavals = [one for one in facts.changes if one["kind"] in ("merge", "split")]
    begins = [dt.date.fromisoformat(one["change_date"]) for one in upheavals if one["to_gss"] == code]
    ends = [dt.date.fromisoformat(one["change_date"]) for one in upheavals if one["from_gss"] == code]
    return min(begins, default=dt.date.min), max(ends, default=dt.date.max)


def standing(facts: Facts, date: dt.date, published_by: dt.date) -> Standing:
    """What each authority that existed held, from its latest full inspection that had begun and was out."""
    latest: dict[str, Row] = {}
    for one in facts.inspections:
        begin, end = lifetime(facts, facts.authorities[one["provider_urn"]]["la_code_gss"])
        start = dt.date.fromisoformat(one["start_date"])
        if (
            one["framework_code"] in FULL
            and begin <= date < end
            and begin <= start < end
            and start <= date
            and dt.date.fromisoformat(one["label_date"]) <= published_by
        ):
            other = latest.get(one["provider_urn"])
            if other is None or other["start_date"] < one["start_date"]:
                latest[one["provider_urn"]] = one
    return {
        (urn, FAMILY[code]): (one["path"], code, grade)
        for urn, one in latest.items()
        for code, grade in facts.grades[one["file_sha256"]].items()
    }


@pytest.mark.parametrize("with_cut_off", [False, True], ids=["whenever published", "by Ofsted's cut-off"])
@pytest.mark.parametrize("date", DATES, ids=str)
def test_sql_equals_a_count_by_hand(
    facts: Facts, connection: duckdb.DuckDBPyConnection, date: dt.date, with_cut_off: bool
) -> None:
    published_by = cut_off(date) if with_cut_off else ALL_REPORTS
    expected = standing(facts, date, published_by)
    assert expected
    found = connection.execute(
        """select g.provider_urn, g.area_code, g.judgement_code, g.grade
           from as_at(?, published_by := ?) g order by all""",
        [date, published_by],
    ).fetchall()
    assert found == sorted((urn, area, code, grade) for (urn, area), (_, code, grade) in expected.items())

    position = connection.execute(
        """select scope, region_name, area_code, grade, n_authorities, n_graded, n_existing, share_percent
           from position_as_at(?, published_by := ?)""",
        [date, published_by],
    ).fetchall()
    assert sorted(position, key=str) == sorted(shares(facts, date, expected), key=str)


def places(authority: Row) -> tuple[tuple[str, str], ...]:
    return (
        ("England", "England"),
        ("ONS region", authority["region_name"]),
        ("Ofsted region", authority["ofsted_region_name"]),
    )


def shares(facts: Facts, date: dt.date, held: Standing) -> Iterator[tuple[str | int | None, ...]]:
    """Every grade of every family and region, also those that nobody held, with a share where nine in ten have one."""
    existing: Counter[tuple[str, str]] = Counter()
    for authority in facts.every_authority:
        begin, end = lifetime(facts, authority["la_code_gss"])
        if begin <= date < end:
            existing.update(places(authority))
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for (urn, area), (_, _, grade) in held.items():
        counts.update((*place, area, grade) for place in places(facts.authorities[urn]))
    for place, n_existing in existing.items():
        for area in sorted({*FAMILY.values()}):
            n_graded = sum(counts[*place, area, grade] for grade in GRADES)
            for grade in GRADES:
                n = counts[*place, area, grade]
                percent = (200 * n + n_graded) // (2 * n_graded) if n_graded >= 0.9 * n_existing else None
                yield (*place, area, grade, n, n_graded, n_existing, percent)
            if n := counts[*place, area, "not_judged"]:
                yield (*place, area, "not_judged", n, n_graded, n_existing, None)


def test_mart_over_time_is_the_macro_at_its_dates(connection: duckdb.DuckDBPyConnection) -> None:
    dates = connection.execute("select reference_date, published_by from core.reference_dates").fetchall()
    assert {date for date, _ in dates} >= {date for date in DATES if date < dt.date(2026, 8, 1)}
    for date, published_by in dates:
        macro = "select * from position_as_at(?, published_by := ?) order by all"
        mart = """select * exclude (reference_date, published_by) from marts.position_over_time
                  where reference_date = ? order by all"""
        at_date = connection.execute(macro, [date, published_by]).fetchall()
        assert connection.execute(mart, [date]).fetchall() == at_date
        if date in DATES:
            assert published_by == cut_off(date)


@pytest.mark.parametrize("date", [*DATES, dt.date(2026, 3, 27)], ids=str)
def test_waits_are_those_counted_by_hand(facts: Facts, connection: duckdb.DuckDBPyConnection, date: dt.date) -> None:
    starts = {one["path"]: dt.date.fromisoformat(one["start_date"]) for one in facts.inspections}
    expected = {urn: (date - starts[path]).days for (urn, _), (path, *_) in standing(facts, date, date).items()}
    found = connection.execute(
        """select provider_urn, days_since_inspection, england_rank
           from waiting_times_as_at($date, published_by := $date) where days_since_inspection is not null""",
        {"date": date},
    ).fetchall()
    assert {urn: days for urn, days, _ in found} == expected
    assert all(rank == 1 + sum(days > own for days in expected.values()) for _, own, rank in found)


LONGEST_IN_THE_SOUTH_EAST = {
    "Slough": 1159,
    "Wokingham": 1117,
    "West Sussex": 1110,
    "Portsmouth": 1047,
    "Southampton": 1026,
}
"""As the region's own table had it on 27 March 2026, the longest wait first."""


def test_longest_waits_of_a_region_are_those_of_its_own_table(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        """select authority_name, days_since_inspection
           from waiting_times_as_at('2026-03-27', published_by := '2026-03-27')
           where region_name = 'South East' order by region_rank"""
    ).fetchall()
    held = [row for row in LONGEST_IN_THE_SOUTH_EAST.items() if row[0] in dict(found)]
    assert held
    assert found[: len(held)] == held
