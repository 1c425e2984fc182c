"""Each button does what it says: fetch, interpret, build, check, tidy; one writer at a time; schedules are off."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from pipelines.build.lock import AnotherWriterError, only_writer

from pipelines.definitions import defs
from pipelines.settings import Settings
from tests.defs.test_checks import run

REPOSITORY = defs.get_repository_def()
BUILT = dg.AssetKey(["meta", "build"])


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def metadata(instance: dg.DagsterInstance, *key: str) -> dict[str, object]:
    event = instance.get_latest_materialization_event(dg.AssetKey(key))
    assert event is not None
    assert event.asset_materialization is not None
    return {name: one.value for name, one in event.asset_materialization.metadata.items()}


def test_fetching_publishes_nothing_and_interpreting_asks_no_source(
    instance: dg.DagsterInstance, tmp_path: Path, three_reports: Path
) -> None:
    assert run("fetch_reports", tmp_path, instance, raw__published_reports={"source": str(three_reports)}).success
    assert not Settings(data=tmp_path).warehouse.exists()
    listed = metadata(instance, "raw", "published_reports")
    assert run("interpret_reports", tmp_path, instance).success
    assert metadata(instance, "raw", "published_reports") == listed
    built = metadata(instance, "meta", "build")
    assert (built["n_new"], built["what_changed"]) == (3, "The first build here: 3 reports.")
    assert metadata(instance, "exports", "copies")["dagster/row_count"]
    assert metadata(instance, "quality", "text_coverage")["share_accounted"] == 1
    # One report is done again, and the warehouse stays whole.
    path = min(three_reports.rglob("*.pdf")).name
    assert run("interpret_reports", tmp_path, instance, parsed__reports={"only": path, "force": True}).success
    assert metadata(instance, "parsed", "reports")["n_parsed"] == 1
    assert metadata(instance, "core", "reports")["dagster/row_count"] == 3
    assert metadata(instance, "meta", "build")["what_changed"] == "Nothing: the warehouse holds what it held."
    # A narrowed listing would make a smaller one: that is not published unless it is meant.
    narrowed = {"raw__published_reports": {"source": str(three_reports), "limit": 1}}
    assert not run("build_warehouse", tmp_path, instance, **narrowed).success
    assert run("build_warehouse", tmp_path, instance, **narrowed, warehouse={"accept_fewer_inspections": True}).success
    built = metadata(instance, "meta", "build")
    assert (built["what_changed"], built["n_gone"]) == ("no longer in the warehouse: 2", 2)
    assert str(built["changes_with_links"]).count("](https://reports.example.invalid/") == 2


def test_a_run_has_the_data_folder_to_itself_from_first_to_last(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with only_writer(Settings(data=tmp_path)):
        held: list[bool] = []
        monkeypatch.setattr("pipelines.defs.resources.only_writer", lambda _settings: _refuse(held))
        failed = run("fetch_reports", tmp_path, instance)
    assert (failed.success, held) == (False, [True])
    (error,) = [event for event in failed.all_events if event.event_type_value == "PIPELINE_FAILURE"]
    assert "is being written by process 7" in str(error.job_failure_data.error)


def _refuse(held: list[bool]) -> None:
    held.append(True)
    raise AnotherWriterError("data is being written by process 7. Wait for it, then try again.")


def test_tidying_removes_what_old_runs_printed_and_keeps_their_events(tmp_path: Path) -> None:
    # without the counts that Dagster would keep in folders that all test workers share
    with dg.DagsterInstance.local_temp(str(tmp_path), overrides={"telemetry": {"enabled": False}}) as instance:
        old = run("check_quality", tmp_path / "data", instance)
        logs = tmp_path / "storage" / old.run_id
        logs.mkdir(parents=True, exist_ok=True)
        (logs / "printed.out").write_text("much")
        job = REPOSITORY.get_job("tidy_history")
        assert job.execute_in_process(instance=instance).success
        assert logs.exists()
        in_sixty_days = dt.datetime.now(dt.UTC) + dt.timedelta(days=61)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipelines.defs.jobs.now", lambda: in_sixty_days)
            assert job.execute_in_process(instance=instance).success
        assert not logs.exists()
        assert instance.get_run_by_id(old.run_id) is not None


@pytest.mark.parametrize("schedule", REPOSITORY.schedule_defs, ids=lambda schedule: schedule.name)
def test_every_schedule_is_off_keeps_london_time_and_asks_for_a_run_that_can_be(
    schedule: dg.ScheduleDefinition,
) -> None:
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.execution_timezone == "Europe/London"
    asked = schedule.evaluate_tick(dg.build_schedule_context()).run_requests
    assert asked is not None
    (request,) = asked
    assert dg.validate_run_config(REPOSITORY.get_job(schedule.job_name), dict(request.run_config))


def test_every_job_is_described_and_its_config_explained() -> None:
    for job in REPOSITORY.get_all_jobs():
        assert job.name.startswith("__") or len(job.description or "") > 30
    for asset in ("raw/published_reports", "raw/report_files", "read/lines", "parsed/reports", "core/reports"):
        node = REPOSITORY.assets_defs_by_key[dg.AssetKey(asset.split("/"))].op
        fields = node.config_schema.config_type.fields  # type: ignore[union-attr]
        assert all(field.description for field in fields.values()), asset
