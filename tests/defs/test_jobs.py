"""Each job does what it says, a known error is told by its sentence, and what starts a job says why it does not."""

import datetime as dt
import shutil
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from pipelines.build.workspace import Workspace
from pipelines.defs import jobs
from pipelines.defs.jobs import build_after_fetch, folder_sensor, start_here_sensor
from pipelines.defs.resources import known_errors
from pipelines.settings import Settings
from pipelines.sources.published import UnreachableSiteError
from tests.defs.conftest import Built
from tests.defs.running import GRAPH, REPOSITORY, listing, page, run, sentence
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import UNREAD, small_world
from tests.sources.ofsted.site import OfstedSite


@pytest.fixture
def copied(built: Built, tmp_path: Path) -> Path:
    """The built data folder, to be written to."""
    return Path(shutil.copytree(built.data, tmp_path / "data", symlinks=True))


def planned(result: dg.ExecuteInProcessResult, instance: dg.DagsterInstance) -> set[str]:
    """The assets that a run would leave as failed if it did."""
    kind = dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED
    events = instance.all_logs(result.run_id, of_type=kind)
    return {one.dagster_event.asset_key.to_user_string() for one in events if one.dagster_event}  # type: ignore[union-attr]


def test_a_wrong_source_fails_with_its_sentence_and_touches_no_table(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    failed = run("fetch_reports", tmp_path, instance, **listing("no/such/folder"))
    assert sentence(failed).startswith("There is no directory no/such/folder.")
    assert planned(failed, instance) <= {"raw/published_reports", "raw/report_files", "raw/official_editions"}
    start = page(instance, "start_here")
    assert f"](/runs/{failed.run_id}) failed. There is no directory no/such/folder." in start["last_run"]
    assert start["how_current"] == "**There is no warehouse yet.** Nothing was listed yet."
    assert start["press_next"].startswith("[fetch_reports](")


def test_building_before_anything_was_listed_says_what_to_do(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    assert "list a source first" in sentence(run("build_warehouse", tmp_path, instance))


def test_a_source_that_is_not_given_is_asked_for_when_the_run_starts(
    instance: dg.DagsterInstance, tmp_path: Path, three_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGEMENTS_SOURCE", str(three_reports))
    assert run("fetch_reports", tmp_path, instance).success
    assert page(instance, "raw", "published_reports")["summary"].endswith("lists 3 reports: 3 new.")
    assert not Settings(data=tmp_path).warehouse.exists()
    assert page(instance, "start_here")["press_next"].startswith("There is something to build.")


def test_the_page_to_start_from_says_how_current_the_data_are(built: Built) -> None:
    assert (built.fetch.success, built.build.success) == (True, True)
    start = page(built.instance, "start_here")
    assert list(start) == ["how_current", "last_build", "press_next"]
    assert start["how_current"].startswith("**Reports published up to ")
    assert "was listed within the hour, on " in start["how_current"]
    assert "Built from reports: 3 reports, the first here." in start["last_build"]
    assert start["press_next"].startswith("Nothing: the warehouse holds all that was fetched.")


def test_one_report_is_done_again_and_the_warehouse_stays_whole(built: Built, copied: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        path = min(built.reports.rglob("*.pdf")).name
        assert run("build_warehouse", copied, instance, parsed__reports={"only": path, "force": True}).success
        assert page(instance, "parsed", "reports")["summary"] == "1 of 1 files were parsed now."
        assert page(instance, "core", "reports")["dagster/row_count"] == 3
        assert page(instance, "meta", "build")["summary"] == "Built from reports: nothing changed."


@pytest.mark.slow
def test_a_smaller_warehouse_is_not_published_unless_it_is_meant(built: Built, copied: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        assert run("fetch_reports", copied, instance, **listing(built.reports, limit=1)).success
        rejected = run("build_warehouse", copied, instance)
        assert "holds fewer inspections than the published one from reports: " in sentence(rejected)
        assert "accept_fewer_inspections under warehouse" in sentence(rejected)
        assert not page(instance, "meta", "build")
        start = page(instance, "start_here")
        assert "The warehouse was not published" in start["last_run"]
        assert "at a terminal" in start["last_build"], "this history has no build"
        assert run("build_warehouse", copied, instance, warehouse={"accept_fewer_inspections": True}).success
        changed = page(instance, "meta", "build")
        assert changed["summary"] == "Built from reports: 2 gone."
        assert changed["n_gone"] == 2
        assert changed["gone"].count("](https://reports.example.invalid/") == 2


def test_a_fetch_tells_how_far_it_is_and_leaves_its_names_on_the_assets_pages(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OfstedSite(small_world()) as site:
        for name, value in site.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("pipelines.defs.reports._SECONDS_BETWEEN_LINES", 0)
        site.always["/v1/file/202303"] = wrong.status(403)
        fetched = run("fetch_reports", tmp_path, instance, **listing("ofsted"))
    assert fetched.success
    told = {one.user_message for one in instance.all_logs(fetched.run_id)}
    assert {"Listing publications: 15 of 15", "Archiving files: 12 of 24", "Archiving files: 24 of 24"} <= told
    listed, files = page(instance, "raw", "published_reports"), page(instance, "raw", "report_files")
    assert listed["dagster/row_count"] == 24
    assert listed["not_read"] == f"- 1 {UNREAD}"
    assert files["summary"] == "24 reports: 23 new, 1 failed."
    assert (files["n_new"], files["n_failed"]) == (23, 1)
    assert "answered 403" in files["failed"]
    assert "[1 could not be fetched](/assets/raw/report_files)" in page(instance, "start_here")["needs_a_look"]


@pytest.mark.parametrize(
    "error",
    [UnreachableSiteError("not now"), OSError("No space left on device"), duckdb.IOException("Could not set lock")],
)
def test_a_known_error_is_told_by_its_sentence(error: Exception) -> None:
    with pytest.raises(dg.Failure, match=str(error)), known_errors():
        raise error


def test_a_site_that_cannot_be_reached_is_asked_again_and_told_at_last(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.defs.resources.SECONDS_BEFORE_RETRY", 0)
    asked: list[object] = []

    def unreachable(*_: object) -> None:
        asked.append(1)
        raise UnreachableSiteError("not now")

    monkeypatch.setattr("pipelines.build.stages.list_reports", unreachable)
    assert sentence(run("fetch_reports", tmp_path, instance)) == "not now"
    assert len(asked) == 3


def test_the_page_to_start_from_says_that_the_warehouse_cant_be_opened(built: Built, copied: Path) -> None:
    (copied / "warehouse" / "judgements.duckdb").write_bytes(bytes(100_000))
    with dg.DagsterInstance.ephemeral() as instance:
        assert run("fetch_reports", copied, instance, **listing(built.reports)).success
        assert "can't be opened" in page(instance, "start_here")["how_current"]
        assert "build_warehouse" in page(instance, "start_here")["press_next"]


def test_a_run_has_the_data_folder_to_itself_from_first_to_last(
    instance: dg.DagsterInstance, tmp_path: Path, three_reports: Path
) -> None:
    with Workspace.open(Settings(data=tmp_path)):
        failed = run("fetch_reports", tmp_path, instance, **listing(three_reports))
    assert not failed.success
    told = [one.step_failure_data.user_failure_data for one in failed.get_step_failure_events()]
    assert told
    assert all(one and "is being written by process" in str(one.description) for one in told), "by every step"
    assert run("fetch_reports", tmp_path, instance, **listing(three_reports)).success, "no lock is left behind"


def after_fetch(built: Built, data: Path) -> dg.RunRequest | dg.SkipReason:
    """What the sensor does when the fetch has gone through."""
    (end,) = [one for one in built.fetch.all_events if one.event_type_value == "PIPELINE_SUCCESS"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUDGEMENTS_DATA", str(data))
        context = dg.build_run_status_sensor_context(
            sensor_name="build_after_fetch",
            dagster_instance=built.instance,
            dagster_run=built.fetch.dagster_run,
            dagster_event=end,
        )
        found = build_after_fetch(context)
    assert isinstance(found, dg.RunRequest | dg.SkipReason)
    return found


def test_a_fetch_starts_a_build_when_there_is_something_to_build(built: Built, tmp_path: Path) -> None:
    skipped = after_fetch(built, built.data)
    assert isinstance(skipped, dg.SkipReason)
    assert (skipped.skip_message or "").startswith("Nothing to build")
    shutil.copytree(built.data / "raw", tmp_path / "raw")
    started = after_fetch(built, tmp_path)
    assert isinstance(started, dg.RunRequest)
    assert started.run_key == built.fetch.run_id


class Looks:
    """The folder sensor, looking again and again with the cursor it left."""

    def __init__(self) -> None:
        self.cursor: str | None = None

    def look(self) -> dg.SensorResult:
        found = folder_sensor(dg.build_sensor_context(cursor=self.cursor))
        assert isinstance(found, dg.SensorResult)
        self.cursor = found.cursor or self.cursor
        return found

    def said(self) -> str:
        found = self.look()
        return "run" if found.run_requests else str(getattr(found.skip_reason, "skip_message", found.skip_reason))


def test_without_a_folder_or_a_pdf_the_folder_sensor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "JUDGEMENTS_WATCHED_FOLDER" in Looks().said()
    monkeypatch.setenv("JUDGEMENTS_WATCHED_FOLDER", str(tmp_path))
    assert "holds no PDF" in Looks().said()


def test_each_state_at_rest_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_WATCHED_FOLDER", str(tmp_path))
    report, looks = tmp_path / "a.pdf", Looks()
    for content in (b"x", b"xx"):
        report.write_bytes(content)
        assert "until it is at rest" in looks.said()
    asked = looks.look().run_requests
    assert asked is not None
    assert asked[0].run_config["ops"]["raw__published_reports"]["config"] == {"source": str(tmp_path)}
    assert "Nothing has changed" in looks.said()
    for content in (b"xxx", b"xx"):
        report.write_bytes(content)
        assert "until it is at rest" in looks.said()
        assert looks.said() == "run"
    report.unlink()
    assert "holds no PDF" in looks.said()


@pytest.mark.parametrize("schedule", REPOSITORY.schedule_defs, ids=lambda schedule: schedule.name)
def test_every_schedule_is_off_keeps_london_time_and_asks_for_a_run_that_can_be(
    schedule: dg.ScheduleDefinition,
) -> None:
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.execution_timezone == "Europe/London"
    asked = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=ticks(schedule, NOVEMBER)[0]))
    assert asked.run_requests is not None
    (request,) = asked.run_requests
    job = REPOSITORY.get_job(schedule.job_name)
    if request.asset_check_keys:
        job = job.get_subset(asset_selection=set(), asset_check_selection=set(request.asset_check_keys))
        assert len(job.nodes) == 1, "it asks one thing"
    assert dg.validate_run_config(job, dict(request.run_config))


LONDON = ZoneInfo("Europe/London")
NOVEMBER = dt.datetime(2026, 11, 2, tzinfo=LONDON)


def ticks(schedule: dg.ScheduleDefinition, after: dt.datetime, n: int = 1) -> list[dt.datetime]:
    """The next moments of a schedule, as the daemon reckons them."""
    moments = schedule_execution_time_iterator(after.timestamp(), schedule.cron_schedule, schedule.execution_timezone)
    return [moment for moment, _ in zip(moments, range(n), strict=False)]


@pytest.mark.parametrize(
    ("name", "of_the_clock", "days"),
    [
        ("fetch_from_ofsted_daily", "06:30", 1),
        ("check_freshness_daily", "09:00", 1),
        ("check_readers_weekly", "10:00", 7),
    ],
)
@pytest.mark.parametrize("change", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)], ids=["to summer", "to winter"])
def test_a_schedule_keeps_to_the_clock_of_london_over_each_change_of_summer_time(
    name: str, of_the_clock: str, days: int, change: dt.date
) -> None:
    schedule = REPOSITORY.get_schedule_def(name)
    moments = ticks(schedule, dt.datetime.combine(change, dt.time(), LONDON) - dt.timedelta(days=8), 20)
    assert {f"{moment:%H:%M}" for moment in moments} == {of_the_clock}
    assert {moment.utcoffset() for moment in moments} == {dt.timedelta(), dt.timedelta(hours=1)}, (
        "the change lies between"
    )
    assert {(second.date() - first.date()).days for first, second in pairwise(moments)} == {days}
    if days == 7:
        assert {f"{moment:%A}" for moment in moments} == {"Sunday"}


def test_every_sensor_is_on_and_says_what_it_does() -> None:
    for sensor in REPOSITORY.sensor_defs:
        if not sensor.name.startswith("default_"):
            assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
            assert len(sensor.description or "") > 30


def test_every_job_is_described_and_its_config_explained() -> None:
    for job in REPOSITORY.get_all_jobs():
        assert job.name.startswith("__") or len(job.description or "") > 30
    assert (jobs.fetch_reports.description or "").startswith("Press this to bring everything up to date")
    for asset in ("raw/published_reports", "raw/report_files", "read/lines", "parsed/reports", "core/reports"):
        node = GRAPH.get(dg.AssetKey(asset.split("/"))).assets_def.op
        fields = node.config_schema.config_type.fields  # type: ignore[union-attr]
        assert all(field.description for field in fields.values()), asset


def test_the_page_of_quarantined_reports_names_each_with_its_reason(
    built: Built, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    reports = shutil.copytree(built.reports, tmp_path / "reports")
    (reports / "80999_nowhere").mkdir()
    (reports / "80999_nowhere" / "report_1.pdf").write_bytes(b"<html>Service unavailable</html>")
    assert run("fetch_reports", tmp_path / "data", instance, **listing(reports)).success
    assert run("build_warehouse", tmp_path / "data", instance).success
    shown = page(instance, "quality", "quarantined_reports")
    assert shown["quarantined"].startswith(r"- 80999\_nowhere/report\_1.pdf: not a pdf: ")
    assert (shown["n_quarantined"], shown["share_quarantined"]) == (1, 0.25)


def test_start_here_is_made_for_what_a_terminal_built_and_once(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(data: Path, instance: dg.DagsterInstance) -> list[dict[str, str]]:
        monkeypatch.setenv("JUDGEMENTS_DATA", str(data))
        found = start_here_sensor(dg.build_sensor_context(instance=instance))
        assert isinstance(found, dg.SensorResult)
        made = [one for one in found.asset_events if isinstance(one, dg.AssetMaterialization)]
        for event in made:
            instance.report_runless_asset_event(event)
        return [{name: str(one.value) for name, one in event.metadata.items()} for event in made]

    with dg.DagsterInstance.ephemeral() as empty:
        (first,) = look(tmp_path / "nothing yet", empty)
        assert first["press_next"].startswith("[fetch_reports](")
        assert look(tmp_path / "nothing yet", empty) == []
    with dg.DagsterInstance.ephemeral() as new:
        (told,) = look(built.data, new)
        assert told["how_current"].startswith("**Reports published up to ")
        assert "3 reports and letters from" in told["how_current"]
        assert told["press_next"].startswith("Nothing: the warehouse holds all that was fetched.")
        assert look(built.data, new) == []


def test_what_to_press_after_another_source_was_listed(built: Built, copied: Path, tmp_path: Path) -> None:
    fewer = shutil.copytree(built.reports, tmp_path / "fewer")
    min(fewer.rglob("*.pdf")).unlink()
    with dg.DagsterInstance.ephemeral() as instance:
        assert run("fetch_reports", copied, instance, **listing(fewer)).success
        told = page(instance, "start_here")["press_next"]
    assert told.startswith(f"What is published is from `{built.reports}`, and what was listed last is `{fewer}`.")
