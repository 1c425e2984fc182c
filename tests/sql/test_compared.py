"""Checks of a whole build, and what it tells of its changes: compared with the published warehouse."""

import duckdb
import pytest

from pipelines.warehouse.changes import Changes, Line, find_changes
from pipelines.warehouse.checks import read_tests, run_check
from tests.histories import sha
from tests.sql.test_checks import ILACS, OF_THE_BUILD, QUARANTINED, SIF, VISITS, History, inspection


@pytest.mark.parametrize("rule", OF_THE_BUILD)
def test_rule_of_a_build_finds_what_is_lost_quarantined_or_of_the_future(history: History, rule: str) -> None:
    connection = history([inspection("sif", SIF)])
    publish(connection)
    check = next(one for one in read_tests() if one.name == rule)
    assert run_check(connection, check).passed
    connection.execute(OF_THE_BUILD[rule])
    assert run_check(connection, check).n_offending == 1


@pytest.mark.parametrize(
    ("loss", "lost"),
    [
        ("delete from core.activities where framework_code = 'focused_visit'", {"v0"}),
        ("delete from core.activities where framework_code = 'sif'", {"r0"}),
        ("delete from core.activities", {"r0", "v0"}),
        ("update core.activities set activity_id = 'another file' where framework_code = 'focused_visit'", set()),
    ],
)
def test_a_lost_visit_is_not_made_up_for_by_others(history: History, loss: str, lost: set[str]) -> None:
    """The published tables are those of a layout from before there were visits: it has no core.activities."""
    connection = history([inspection("sif", SIF)], VISITS)
    publish(connection)
    connection.execute("delete from published.core.reports where framework_code = 'area_send_2023'")
    connection.execute(loss)
    check = next(one for one in read_tests() if one.name == "no_fewer_inspections")
    assert check.is_blocking
    assert {row["activity_id"] for row in run_check(connection, check).offending} == {sha(name)[:16] for name in lost}


@pytest.mark.parametrize(
    ("now", "published", "lost"),
    [
        ("one folder", "another folder", set()),
        ("one folder", "sample", set()),
        ("sample", "sample", set()),
        ("sample", "a folder", {"r0", "v0", "v1"}),
    ],
)
def test_invented_inspections_count_as_nothing_beside_real_ones(
    history: History, now: str, published: str, lost: set[str]
) -> None:
    connection = history([inspection("sif", SIF)], VISITS)
    publish(connection)
    connection.execute("update meta.build set source_name = $1", [now])
    connection.execute("update published.meta.build set source_name = $1", [published])
    check = next(one for one in read_tests() if one.name == "no_fewer_inspections")
    found = run_check(connection, check).offending
    assert {row["activity_id"] for row in found} == {sha(name)[:16] for name in lost}
    connection.execute("delete from core.activities")
    assert run_check(connection, check).passed == (published == "sample" != now)


def test_of_what_would_be_lost_each_kind_comes_first_and_of_another_source_nothing_is_newly_quarantined(
    history: History,
) -> None:
    connection = history([inspection("sif", SIF), inspection("sif", SIF, "2015-02-02", "2015-04-01")], VISITS)
    publish(connection)
    connection.execute("delete from core.activities")
    connection.execute(QUARANTINED)
    tests = {one.name: one for one in read_tests()}
    found = run_check(connection, tests["no_fewer_inspections"]).offending
    assert [row["loss"] for row in found] == [
        "full inspection: 0 instead of 2",
        "area send: 0 instead of 1",
        "focused visit: 0 instead of 1",
        "full inspection: 0 instead of 2",
    ]
    assert {(row["published_from"], row["n_fewer"]) for row in found} == {("test", 4)}
    assert not run_check(connection, tests["nothing_newly_quarantined"]).passed
    connection.execute("update published.meta.build set source_name = 'another'")
    assert run_check(connection, tests["nothing_newly_quarantined"]).passed


def publish(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the tables that are compared as they are now, as a build finds them in the warehouse before."""
    connection.execute("attach ':memory:' as published")
    for table in (f"core.{name}" for name in ("authorities", "inspections", "judgements", "reports")):
        copy_published(connection, table)
    for table in ("quality.quarantined_reports", "quality.extraction_issues", "meta.build"):
        copy_published(connection, table)


def copy_published(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    connection.execute(f"create schema if not exists published.{table.partition('.')[0]}")
    connection.execute(f"create table published.{table} as from {table}")


def test_a_build_tells_what_it_changes(history: History) -> None:
    later = [inspection("ilacs_2018", ILACS, f"{year}-05-13", f"{year}-07-01") for year in (2019, 2022)]
    connection = history([inspection("sif", SIF), *later])
    publish(connection)
    assert find_changes(connection) == Changes()
    first, second, third = (sha(name)[:16] for name in ("r0", "r1", "r2"))
    connection.execute("update core.judgements set grade = 'inadequate' where judgement_code = 'looked_after'")
    connection.execute(f"update core.reports set file_sha256 = 'other' where report_id = '{first}'")
    connection.execute(f"delete from core.reports where report_id = '{second}'")
    connection.execute(f"delete from published.core.reports where report_id = '{third}'")
    connection.execute(QUARANTINED)
    title = "Inspection of children's social care services"
    assert find_changes(connection) == Changes(
        new=(Line(f"Barnet, {title}, published 01 July 2022", link="https://files.example/r2"),),
        replaced=(Line(f"Barnet, {title}, published 01 April 2017", link="https://files.example/r0"),),
        gone=(Line(f"Barnet, {title}, published 01 July 2019", link="https://files.example/r1"),),
        regraded=(Line("Barnet, 2017-02-06, looked after", "good → inadequate"),),
        newly_quarantined=(Line("page.pdf", "not_a_pdf: a page"),),
    )
