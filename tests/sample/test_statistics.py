"""The sample's own editions are whole, tell what its reports tell and more, and differ from them as Ofsted's do."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.sample.make import make_sample
from pipelines.statistics.edition import read_edition
from pipelines.tables.authorities import load_authorities
from pipelines.tables.official import official_frames
from tests.histories import tables_of
from tests.readings import DEFAULT_READER, read_sample, staged_sample

OFFICIAL = "official statistics"


@pytest.fixture
def warehouse(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize(("reports", "seed"), [(1, 2013), (40, 9), (70, 7)])
def test_editions_about_any_number_of_reports_are_whole(reports: int, seed: int, tmp_path: Path) -> None:
    made = make_sample(tmp_path, reports, seed, bad_files=False)
    authorities = load_authorities(tmp_path)
    editions = [read_edition(path.read_bytes(), path.name) for path in (tmp_path / "statistics").iterdir()]
    frames = official_frames(editions, authorities)
    assert frames["refused_editions"].rows() == []
    assert [len(sheets) for sheets in frames["official_editions"]["sheets_read"]] == [3, 3]
    told = frames["official_rows"].filter(family="history", framework_family="ilacs", is_inspected=True)
    ours = {r.published_date for r in made.reports if r.framework_code.startswith("ilacs")}
    assert {day for day in ours if day.isoformat() <= "2025-06-30"} <= set(told["published_date"])


def test_editions_say_when_they_were_issued_and_not_when_they_were_written(tmp_path: Path) -> None:
    make_sample(tmp_path, 1, bad_files=False)
    created = []
    for path in sorted((tmp_path / "statistics").iterdir()):
        with zipfile.ZipFile(path) as package:
            about = package.read("docProps/core.xml").decode()
            created.append(re.findall(r"(\d{4}-\d\d-\d\d)T", about))
    assert created == [["2023-07-06"] * 2, ["2025-09-25"] * 2]


def test_every_difference_of_the_sample_has_a_reason_and_every_kind_of_them_is_shown(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = warehouse.sql("select distinct reason_code from quality.official_differences").fetchall()
    assert {code for (code,) in found} == {
        "AFTER_REFERENCE_DATE", "CODE_IN_FORCE_AT_REFERENCE_DATE", "DATE_WITHIN_A_DAY", "LINK_DATE_LATER_THAN_PRINTED",
        "LSCB_REVIEWED_APART", "NAME_SPELLING", "NOT_JUDGED_BLANK", "NO_REPORT_ABOLISHED_AUTHORITY", "NO_REPORT_HELD",
        "OUT_OF_SCOPE_FRAMEWORK", "PUBLISHED_AFTER_CUT_OFF", "SCALE_ADEQUATE_PRINTED_AS_RI",
    }  # fmt: skip
    items = {"inspection", "visit", "start_date", "published_date", "theme", "inspection_kind", "grade:overall"}
    equal = warehouse.sql("select distinct item from quality.official_agreement where n_equal > 0").fetchall()
    assert items <= {item for (item,) in equal}


def test_statistics_tell_of_what_no_report_tells(warehouse: duckdb.DuckDBPyConnection) -> None:
    told = warehouse.execute(
        "select distinct framework_code from marts.all_activities where basis = ?", [OFFICIAL]
    ).fetchall()
    assert {code for (code,) in told} == {"slac", "ilacs_2018", "monitoring_visit"}
    ended = """
        select count(*) from marts.all_inspections i join core.authorities a using (authority_id)
        where i.basis = ? and not a.is_current and i.framework_code = 'ilacs_2018'
    """
    assert warehouse.execute(ended, [OFFICIAL]).fetchone() == (1,)


def test_no_inspection_is_told_twice(warehouse: duckdb.DuckDBPyConnection) -> None:
    close = """
        select authority_id, activity_kind, start_date
        from marts.all_activities
        qualify start_date - lag(start_date) over (
            partition by authority_id, activity_kind order by start_date
        ) < if(activity_kind = 'full_inspection', 300, 8)
    """
    assert warehouse.sql(close).fetchall() == []


def test_official_row_goes_on_the_day_that_its_report_is_read(
    warehouse: duckdb.DuckDBPyConnection, shared_folder: Path
) -> None:
    """A single inspection, of which the sheet has the day of publication alone; an ILACS inspection; a visit."""
    wanted = {("sif", "2014-02-18"), ("ilacs_2023", "2024-03-04"), ("monitoring_visit", "2022-11-22")}
    truths = [one.truth for one in read_sample(DEFAULT_READER, shared_folder)]
    unread = [one for one in truths if (one.framework_code, str(one.start_date)) in wanted]
    staged = staged_sample(shared_folder, {one.file_sha256 for one in unread})
    of_the_three = """
        select v.framework_code, v.theme_code, v.basis
        from marts.all_activities v join core.authorities a using (authority_id)
        where (a.provider_urn || ' ' || v.framework_code || ' ' || year(v.start_date)) in $three
        order by v.start_date
    """
    three = {"three": [f"{one.provider_urn} {one.framework_code} {one.start_date.year}" for one in unread]}
    with tables_of(staged.whole()) as connection:
        before = connection.execute(of_the_three, three).fetchall()
        for table in ("all_activities", "all_inspections", "full_inspections"):
            n_rows = f"select count(*) from marts.{table}"
            assert connection.sql(n_rows).fetchall() == warehouse.sql(n_rows).fetchall()
    after = warehouse.execute(of_the_three, three).fetchall()
    assert [row[-1] for row in before] == [OFFICIAL] * 3
    assert after == [(*row[:-1], "report") for row in before]
