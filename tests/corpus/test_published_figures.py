"""Figures that Ofsted and others published, held against the complete record: reports and Ofsted's own statistics.

Each figure stands in `published_figures.csv` with its source; where ours is another, with our value and the cause.
Runs where the shared reports and spreadsheets lie beside the repository; skips otherwise.
"""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.statistics.edition import read_edition
from pipelines.tables.authorities import load_authorities
from pipelines.tables.frames import OWN_REFERENCE
from pipelines.tables.official import official_frames
from tests.corpus.figures import FIGURES
from tests.histories import frames_of, parsed_report, publication, tables_of

SHARED = Path(__file__).parents[3] / "shared"
EXPECTED, EDITIONS = SHARED / "reports" / "expected", SHARED / "official-statistics"
if not (EXPECTED.is_dir() and EDITIONS.is_dir()):
    pytest.skip("no real reports and spreadsheets in ../shared beside the repository", allow_module_level=True)

pytestmark = pytest.mark.corpus

GOOD = ("good", "outstanding")
GROUPS = {"good_or_outstanding": GOOD, "less_than_good": ("requires_improvement", "inadequate")}
AT_DATE = """select grade, count(*) from as_at($date, published_by := $published_by)
             where area_code = $area and $region in ('England', ofsted_region_name) and grade_rank is not null
             group by 1"""
FIRST = """with numbered as (
               select f.*, row_number() over (partition by f.authority_id order by f.inspection_number) as n
               from marts.full_inspections f join core.frameworks p using (framework_code)
               left join core.reference_date_exceptions x
                   on x.authority_id = f.authority_id and x.reference_date = $date
               where p.framework_family = $family and f.start_date <= $date
                   and f.counted_date <= greatest($published_by, x.published_by)
                   and exists (from core.authorities a where a.authority_id = f.authority_id
                               and coalesce(a.valid_to_date, $date) >= $date))
           select j.grade, count(*) from numbered join marts.all_judgements j using (inspection_id)
           where n = 1 and j.area_code = $area and j.grade_rank is not null group by 1"""
PAIRS = """select arg_min(j.grade_rank, f.start_date), arg_max(j.grade_rank, f.start_date)
           from marts.full_inspections f join core.frameworks p using (framework_code)
           join marts.all_judgements j using (inspection_id) join core.authorities a using (authority_id)
           where p.is_current_programme and j.area_code = $area and f.start_date <= $date
               and f.counted_date <= $published_by and a.valid_to_date is null
           group by f.authority_id having count(*) > 1"""
STARTED = """select j.grade, count(*) from marts.full_inspections f join core.frameworks p using (framework_code)
             join marts.all_judgements j using (inspection_id)
             where p.is_current_programme and j.area_code = $area and f.start_date between $first and $date
                 and f.counted_date <= $published_by group by 1"""


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of the facts read by hand and of every edition at hand."""
    grades: dict[str, dict[str, str]] = {}
    with (EXPECTED / "judgements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grades.setdefault(row["file_sha256"], {})[row["judgement_code"]] = row["grade"]
    with (EXPECTED / "inspections.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    publications = [publication(one["file_sha256"], one["provider_urn"], one["label_date"]) for one in read]
    reports = [
        parsed_report(
            one["file_sha256"],
            one["authority"],
            one["framework_code"],
            [(one["start_date"], one["end_date"])],
            grades[one["file_sha256"]],
        )
        for one in read
    ]
    editions = [read_edition(path.read_bytes(), path.name) for path in sorted(EDITIONS.glob("*.ods"))]
    official = official_frames(editions, load_authorities(OWN_REFERENCE))
    with tables_of({**frames_of(publications, reports), **official}) as opened:
        yield opened


def cut_off(connection: duckdb.DuckDBPyConnection, date: dt.date, otherwise: dt.date) -> dt.date:
    """The date's own cut-off, where it has one."""
    own = connection.execute("select published_by from core.reference_dates where reference_date = ?", [date])
    found: dt.date = (own.fetchone() or (otherwise,))[0]
    return found


def measured(counts: Counter[str], measure: str, written: str) -> Decimal:
    """A number or a share of a count of grades, to as many places as it was written with."""
    kind, _, what = measure.partition("_")
    whole = sum(counts.values())
    part = whole if what in ("authorities", "inspections") else sum(counts[one] for one in GROUPS.get(what, (what,)))
    places = Decimal(1).scaleb(-len(written.partition(".")[2]))
    return Decimal(part) if kind == "n" else (Decimal(100 * part) / whole).quantize(places, ROUND_HALF_UP)


def ours(connection: duckdb.DuckDBPyConnection, figure: dict[str, str]) -> Decimal:
    """What the warehouse says to one published figure."""
    date, measure, written = dt.date.fromisoformat(figure["reference_date"]), figure["measure"], figure["value"]
    # A speech or an answer in Parliament counts what was out on the day, a list of a year's inspections all of them.
    otherwise = dt.date.max if "_in_year_from_" in measure else date
    asked: dict[str, object] = {"date": date, "area": figure["area"]}
    asked["published_by"] = cut_off(connection, date, otherwise)

    def counted(query: str, **more: object) -> Counter[str]:
        return Counter(dict(connection.execute(query, {**asked, **more}).fetchall()))

    if measure == "n_existing":
        existing = "select count(*) from core.authorities where $date between coalesce(valid_from_date, $date) and "
        (number,) = connection.execute(f"{existing} coalesce(valid_to_date, $date)", {"date": date}).fetchone() or (0,)
        return Decimal(number)
    if measure.endswith(("_second_ilacs", "more_than_one_ilacs")):
        pairs = connection.execute(PAIRS, asked).fetchall()
        steps = Counter({
            "n_more_than_one_ilacs": len(pairs),
            "improved": sum(new < old for old, new in pairs),
            "declined": sum(new > old for old, new in pairs),
            "retained_good_or_outstanding": sum(old == new <= 2 for old, new in pairs),
        })  # fmt: skip
        kind, _, what = measure.removesuffix("_second_ilacs").partition("_")
        part = steps[measure] or steps[what]
        return Decimal(part) if kind == "n" else Decimal(round(100 * part / len(pairs)))
    if "_in_year_from_" in measure:
        what, _, first = measure.partition("_in_year_from_")
        return measured(counted(STARTED, first=dt.date.fromisoformat(first)), what, written)
    for ending, family in (("_first_sif", "sif"), ("_first_ilacs", "ilacs")):
        if measure.endswith(ending):
            return measured(counted(FIRST, family=family), measure.removesuffix(ending), written)
    return measured(counted(AT_DATE, region=figure["region"]), measure, written)


@pytest.mark.parametrize("date", sorted({figure["reference_date"] for figure in FIGURES}))
def test_published_figures_are_ours_or_have_a_cause(connection: duckdb.DuckDBPyConnection, date: str) -> None:
    figures = [figure for figure in FIGURES if figure["reference_date"] == date]
    expected = {(*list(one.values())[:4], one["source"]): Decimal(one["ours"] or one["value"]) for one in figures}
    assert {(*list(one.values())[:4], one["source"]): ours(connection, one) for one in figures} == expected


def test_most_figures_are_exact_and_each_other_has_a_cause() -> None:
    differing = [figure for figure in FIGURES if figure["ours"]]
    assert all(figure["cause"] for figure in differing)
    assert len(FIGURES) > 130
    assert len(differing) == 12


@pytest.mark.parametrize("date", ["2023-03-31", "2025-03-31"])
def test_every_count_of_a_snapshot_is_ours_by_family_region_and_grade(
    connection: duckdb.DuckDBPyConnection, date: str
) -> None:
    theirs = connection.execute(
        """select r.region, g.area_code, g.grade, count(*)
           from official.grades g
           join official.rows r using (row_id)
           join official.editions e on e.edition_id = r.edition_id
           where r.family = 'snapshot' and e.as_at_date = ? and r.activity_kind = 'full_inspection' group by all""",
        [date],
    ).fetchall()
    own = connection.execute(
        """select ofsted_region_name, area_code, grade, count(*) from as_at(?)
           where area_code in (select area_code from core.areas where is_overall or is_service) group by all""",
        [date],
    ).fetchall()
    assert len(theirs) > 100
    assert sorted(own) == sorted(theirs)
