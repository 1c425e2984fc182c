"""Who is notified hears of a run that failed and of checks that did not pass; no log or error tells an address."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from pydantic import SecretStr

from pipelines.defs import notifications
from pipelines.defs.notifications import NotSentError, notify_of_failed_checks, notify_of_failed_runs, send
from pipelines.settings import Settings
from tests.defs.receiver import Receiver
from tests.defs.running import listing, run

ENDS = {"PIPELINE_SUCCESS": notify_of_failed_checks, "PIPELINE_FAILURE": notify_of_failed_runs}


@pytest.fixture(autouse=True)
def _directly_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(notifications, "SECONDS_BEFORE_RETRY", 0.0)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with Receiver() as one:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", one.url)
        monkeypatch.setenv("JUDGEMENTS_UI_URL", "https://dagster.example.invalid/")
        yield one


def look(instance: dg.DagsterInstance, ended: dg.ExecuteInProcessResult) -> object:
    """What the daemon does when a run has come to its end."""
    (end,) = [event for event in ended.all_events if event.event_type_value in ENDS]
    context: Any = dg.build_run_status_sensor_context(
        sensor_name="notify", dagster_instance=instance, dagster_run=ended.dagster_run, dagster_event=end
    )
    if end.event_type_value == "PIPELINE_FAILURE":
        context = context.for_run_failure()
    return ENDS[end.event_type_value](context)


def test_a_failed_run_is_told_with_its_sentence_and_its_page(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path
) -> None:
    failed = run("fetch_reports", tmp_path, instance, **listing("no/such/folder"))
    look(instance, failed)
    (told,) = receiver.received
    assert told["title"] == "fetch_reports failed"
    sentence, page = told["message"].splitlines()
    assert sentence.startswith("- raw__published_reports: There is no directory no/such/folder.")
    assert page == f"https://dagster.example.invalid/runs/{failed.run_id}"


def test_a_run_that_never_got_to_a_step_is_told(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    look(instance, run("fetch_reports", tmp_path / "data", instance))
    (told,) = receiver.received
    assert told["title"] == "fetch_reports failed"
    assert "File exists" in told["message"]


def test_a_check_that_does_not_pass_is_told_once_while_it_lasts(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path, three_reports: Path
) -> None:
    for _ in range(2):
        look(instance, run("check_quality", tmp_path, instance))
    (told,) = receiver.received
    assert told["title"] == "check_quality went through, and 1 check did not pass"
    assert told["message"].startswith("- raw/published_reports:listing_is_fresh (warning): Nothing was listed yet.\n")
    look(instance, run("fetch_reports", tmp_path, instance, **listing(three_reports)))
    assert len(receiver.received) == 1, "all is well now"
    (tmp_path / "raw" / "ledger.sqlite").unlink()
    look(instance, run("check_quality", tmp_path, instance))
    assert len(receiver.received) == 2, "it passed in between"


def test_without_an_address_nothing_is_sent_and_the_sensor_says_so(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    skipped = look(instance, run("check_quality", tmp_path, instance))
    assert isinstance(skipped, dg.SkipReason)
    assert "JUDGEMENTS_NOTIFY_URL is not set" in (skipped.skip_message or "")


def test_each_address_is_sent_to_and_again_while_it_is_out_of_order() -> None:
    with Receiver() as first, Receiver() as second:
        second.statuses = [503, 429]
        send("a title", "a body", SecretStr(f"{first.url}  {second.url}"))
        assert [(one["title"], one["message"]) for one in first.received] == [("a title", "a body")]
        assert len(second.received) == 3


def test_a_long_message_is_cut_and_says_so(receiver: Receiver, instance: dg.DagsterInstance, tmp_path: Path) -> None:
    notifications._notify("many", ["word " * 200, *map(str, range(2, 31))], "1")
    lines = receiver.received[0]["message"].splitlines()
    assert (len(lines), len(lines[0]) < 310, lines[-2]) == (12, True, "- and 20 more")


@pytest.mark.parametrize("status", [404, 500])
def test_no_error_and_no_log_tells_the_address(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Receiver(status) as receiver:
        with pytest.raises(NotSentError, match="was not taken by address 1 of JUDGEMENTS_NOTIFY_URL") as raised:
            send("a title", "a body", SecretStr(receiver.url))
        assert len(receiver.received) == 3
    assert "secret" not in caplog.text
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1:9/secret", "secret", "no-such://secret", "json://[/secret", "slack://secret"]
)
def test_an_address_that_cannot_be_used_is_an_error_without_it(
    address: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(NotSentError) as raised:
        send("a title", "a body", SecretStr(address))
    assert "secret" not in str(raised.value) + caplog.text + "".join(capfd.readouterr())


def test_settings_do_not_show_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", "slack://secret")
    assert "secret" not in repr(Settings())
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", "")
    assert Settings().notify_url is None
