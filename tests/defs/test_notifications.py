"""The webhook hears of a run that failed and of checks that did not pass; of a warning that lasts, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from pipelines.reading.agreement import Agreement

from pipelines.defs.notifications import tell_of_failed_checks, tell_of_failed_runs
from pipelines.reading import agreement
from tests.defs.desk import Receiver
from tests.defs.test_checks import run

ENDS = {"PIPELINE_SUCCESS": tell_of_failed_checks, "PIPELINE_FAILURE": tell_of_failed_runs}


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setattr(agreement, "compare_some", lambda *_: Agreement(1, 100, (), ()))
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(
        "pipelines.defs.webhook.SECONDS", 600
    )  # one given up too soon would be sent again, and counted twice
    with Receiver() as one:
        monkeypatch.setenv("JUDGEMENTS_WEBHOOK_URL", one.url)
        monkeypatch.setenv("JUDGEMENTS_UI_URL", "https://desk.example.invalid/")
        yield one


def look(instance: dg.DagsterInstance, ended: dg.ExecuteInProcessResult) -> None:
    """What the daemon does when a run has come to its end."""
    (end,) = [event for event in ended.all_events if event.event_type_value in ENDS]
    context: Any = dg.build_run_status_sensor_context(
        sensor_name="tell", dagster_instance=instance, dagster_run=ended.dagster_run, dagster_event=end
    )
    if end.event_type_value == "PIPELINE_FAILURE":
        context = context.for_run_failure()
    ENDS[end.event_type_value](context)


def test_a_failed_run_is_told_with_its_reason_and_its_page(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path
) -> None:
    failed = run("fetch_reports", tmp_path, instance, raw__published_reports={"source": "no/such/folder"})
    look(instance, failed)
    (told,) = receiver.received
    title, reason, page = told["text"].splitlines()
    assert title == "fetch_reports failed"
    assert reason.startswith("• raw__published_reports: There is no directory no/such/folder.")
    assert page == f"https://desk.example.invalid/runs/{failed.run_id}"


def test_a_run_that_never_got_to_a_step_is_told(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    failed = run("fetch_reports", tmp_path / "data", instance)
    look(instance, failed)
    (told,) = receiver.received
    assert told["text"].splitlines()[0] == "fetch_reports failed"
    assert len(told["text"].splitlines()) == 3


def test_a_check_that_does_not_pass_is_told_once_while_it_lasts(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path, three_reports: Path
) -> None:
    for _ in range(2):
        look(instance, run("check_quality", tmp_path, instance))
    (told,) = receiver.received
    assert told["text"].splitlines()[:2] == [
        "check_quality went through, and 1 check did not pass",
        "• raw/published_reports listing_is_fresh (warning): Nothing was listed yet.",
    ]
    look(instance, run("fetch_reports", tmp_path, instance, raw__published_reports={"source": str(three_reports)}))
    assert len(receiver.received) == 1, "all is well now"
    (tmp_path / "raw" / "ledger.sqlite").unlink()
    look(instance, run("check_quality", tmp_path, instance))
    assert len(receiver.received) == 2, "it passed in between"


def test_without_a_webhook_nothing_is_sent_and_the_sensors_are_off(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    look(instance, run("check_quality", tmp_path, instance))
    assert {one.default_status for one in ENDS.values()} == {dg.DefaultSensorStatus.STOPPED}
