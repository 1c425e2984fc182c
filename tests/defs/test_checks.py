"""Every check passes and fails where people see it, with the rows that break the rule."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.build import agreement, stages
from pipelines.defs.checks import check_result
from pipelines.defs.graph import asset_key
from pipelines.reading.compare import Comparison, Difference
from pipelines.warehouse.checks import Accept, CheckOutcome, read_checks
from pipelines.warehouse.comparison import RejectedBuildError
from pipelines.workers.pool import Failed
from tests.defs.conftest import Built
from tests.defs.running import GRAPH, evaluations, listing, page, run, sentence

CHECKS = read_checks()
OWN = {"listing_is_fresh", "readers_agree_on_a_sample"}


def test_every_check_says_what_it_asks_and_most_show_their_query() -> None:
    assert {check.name for check in CHECKS} | OWN == {key.name for key in GRAPH.asset_check_keys}
    for key in GRAPH.asset_check_keys:
        spec = GRAPH.get_check_spec(key)
        assert len(spec.description or "") > 10, key
        assert key.name in OWN or "select" in str(spec.metadata["query"].value)


def test_a_check_that_fails_shows_its_rows_and_whether_it_blocks() -> None:
    row = {"report_id": "0f", "found": None, "days": [1, 2]}
    for check in CHECKS:
        key = dg.AssetCheckKey(asset_key(check.table), check.name)
        failed = check_result(CheckOutcome(check, 30, (row,)))
        assert (failed.passed, failed.severity == dg.AssetCheckSeverity.ERROR) == (False, check.is_blocking), key
        assert GRAPH.get_check_spec(key).blocking == check.is_blocking
        assert failed.metadata["n_offending"].value == 30
        rows = failed.metadata["offending_rows"]
        assert isinstance(rows, dg.TableMetadataValue)
        assert rows.records[0].data == {"report_id": "0f", "found": "", "days": "[1, 2]"}
        assert "30 rows break this, the first: report id 0f, days [1, 2]" in (failed.description or "")
        passed = check_result(CheckOutcome(check, 0, ()))
        assert (passed.passed, dict(passed.metadata)) == (True, {})


def test_every_check_is_asked_in_a_build_or_a_fetch(built: Built) -> None:
    asked = [one for run in (built.fetch, built.build) for one in run.get_asset_check_evaluations()]
    assert {(one.asset_key, one.check_name) for one in asked} == {
        (key.asset_key, key.name) for key in GRAPH.asset_check_keys
    }


def test_a_rejected_build_fails_the_run_with_every_check_in_sight(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reject(_workspace: object, *, accept_fewer_inspections: Accept, force: bool) -> None:
        assert not accept_fewer_inspections("fewer") | force
        raise RejectedBuildError(tuple(CheckOutcome(check, 1, ({"row": 1},)) for check in CHECKS))

    monkeypatch.setattr(stages, "load_warehouse", reject)
    result = run("build_warehouse", tmp_path, instance)
    assert sentence(result).startswith("The warehouse was not published: ")
    failed = [one for one in result.get_asset_check_evaluations() if not one.passed]
    assert {(one.asset_key.to_user_string().replace("/", "."), one.check_name) for one in failed} == {
        (check.table, check.name) for check in CHECKS
    }
    assert not page(instance, "core", "reports")
    assert "The warehouse was not published" in page(instance, "start_here")["last_run"]


def test_a_listing_is_fresh_until_it_is_old(instance: dg.DagsterInstance, tmp_path: Path, three_reports: Path) -> None:
    nothing = evaluations(run("check_quality", tmp_path, instance))["listing_is_fresh"]
    assert (nothing.passed, nothing.description) == (False, "Nothing was listed yet.")
    listed = run("fetch_reports", tmp_path, instance, **listing(three_reports))
    assert evaluations(listed)["listing_is_fresh"].passed
    with sqlite3.connect(tmp_path / "raw" / "ledger.sqlite") as ledger:
        ledger.execute("update listings set listed_at = datetime(listed_at, '-3 days')")
    ledger.close()
    old = evaluations(run("check_quality", tmp_path, instance))["listing_is_fresh"]
    assert (old.passed, old.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert (old.description or "").startswith("Listed 72 hours ago, at ")
    with sqlite3.connect(tmp_path / "raw" / "ledger.sqlite") as ledger:
        ledger.execute("update listings set listed_at = datetime(listed_at, '+10 years')")
    ledger.close()
    assert not evaluations(run("check_quality", tmp_path, instance))["listing_is_fresh"].passed


def test_a_clock_that_was_ten_years_ahead_is_not_believed(
    instance: dg.DagsterInstance, tmp_path: Path, three_reports: Path
) -> None:
    run("fetch_reports", tmp_path, instance, **listing(three_reports))
    with sqlite3.connect(tmp_path / "raw" / "ledger.sqlite") as ledger:
        ledger.execute("update listings set listed_at = datetime(listed_at, '+10 years')")
    ledger.close()
    ahead = evaluations(run("check_quality", tmp_path, instance))["listing_is_fresh"]
    assert not ahead.passed
    assert "still to come, by this machine's clock" in (ahead.description or "")
    right_again = evaluations(run("fetch_reports", tmp_path, instance, **listing(three_reports)))["listing_is_fresh"]
    assert right_again.passed
    assert (right_again.description or "").startswith("Listed within the hour")


def test_readers_that_differ_too_much_fail_their_check(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def compare(
        _settings: object, seed: str, n_reports: int, _seconds: float
    ) -> Iterator[tuple[str, Comparison | Failed]]:
        drawn.append((seed, n_reports))
        difference = Difference(2, "text", "grood", "good")
        yield "a report", Comparison("a path", 1, 100, (difference,) * len(drawn))
        yield "a slow one", Failed("it took longer than 30 seconds")

    monkeypatch.setattr(agreement, "compare_some", compare)
    first, second = (run("check_quality", tmp_path, instance) for _ in range(2))
    found = [evaluations(one)["readers_agree_on_a_sample"] for one in (first, second)]
    assert [one.passed for one in found] == [True, False]
    assert drawn == [(first.run_id, 3), (second.run_id, 3)]
    rows = found[1].metadata["offending_rows"]
    assert isinstance(rows, dg.TableMetadataValue)
    difference = {"page_number": "2", "kind": "text", "fast": "grood", "reference": "good"}
    assert rows.records[0].data == {"report": "a report", **difference}
