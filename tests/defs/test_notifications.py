"""Who is notified hears of a run that failed, of checks that did not pass and of what is new; no address is told."""

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import msgspec
import pytest
from pydantic import ValidationError

from pipelines.defs.notifications import notify_of_failed_checks, notify_of_failed_runs, send_notifications
from pipelines.defs.start_here import START_HERE
from pipelines.notifications import service
from pipelines.notifications.messages import Message
from pipelines.notifications.news import Known
from pipelines.notifications.outbox import only_sender, post
from pipelines.settings import Settings
from tests.defs.conftest import Built
from tests.defs.running import listing, page, run
from tests.notifications.receiver import Receiver

ENDS = {"PIPELINE_SUCCESS": notify_of_failed_checks, "PIPELINE_FAILURE": notify_of_failed_runs}


@pytest.fixture(autouse=True)
def _directly_and_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(service, "SECONDS_BEFORE_RETRY", 0.0)
    monkeypatch.setenv("JUDGEMENTS_DATA", str(tmp_path))


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with Receiver() as one:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", one.url)
        monkeypatch.setenv("JUDGEMENTS_UI_URL", "https://dagster.example.invalid/")
        yield one


def send() -> str:
    """What the daemon does every half minute; gives what its page says."""
    said = send_notifications(dg.build_sensor_context())
    assert isinstance(said, dg.SkipReason)
    return said.skip_message or ""


def look(instance: dg.DagsterInstance, ended: dg.ExecuteInProcessResult) -> object:
    """What the daemon does when a run has come to its end."""
    (end,) = [event for event in ended.all_events if event.event_type_value in ENDS]
    context: Any = dg.build_run_status_sensor_context(
        sensor_name="notify", dagster_instance=instance, dagster_run=ended.dagster_run, dagster_event=end
    )
    if end.event_type_value == "PIPELINE_FAILURE":
        context = context.for_run_failure()
    said = ENDS[end.event_type_value](context)
    if Settings().notify_url:
        send()
    return said


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


def test_a_failed_run_is_told_at_once_where_it_cannot_be_written_down(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path
) -> None:
    failed = run("fetch_reports", tmp_path, instance, **listing("no/such/folder"))
    (tmp_path / "notifications").write_text("a file where the folder should be")
    assert "Sent at once" in str(look(instance, failed))
    assert receiver.titles == ["fetch_reports failed"]
    receiver.status = 500
    assert "address 1 (JSON) of JUDGEMENTS_NOTIFY_URL did not take" in str(look(instance, failed))


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


@pytest.mark.parametrize("status", [404, 500, 0, None], ids=["gone", "out of order", "silent", "refused"])
def test_nothing_that_is_kept_or_shown_tells_an_address_and_a_later_tick_sends(
    status: int | None,
    instance: dg.DagsterInstance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with Receiver(200 if status is None else status) as receiver:
        usable = receiver.patient(0.1) if status is not None else "json://secret-user:secret@127.0.0.1:9/secret"
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", f"{usable} slack://secret")
        failed = run("fetch_reports", tmp_path, instance, **listing("no/such/folder"))
        look(instance, failed)
        said = send()
        assert "address 2 (an address that can't be used" in said
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        events = repr(instance.all_logs(failed.run_id)) + repr(instance.get_run_by_id(failed.run_id))
        page = repr(instance.get_latest_materialization_event(START_HERE.key))
        told = said + events + page
        assert "fetch_reports" in told
        assert b"fetch_reports failed" in kept, "it waits"
        assert "secret" not in told + kept.decode("latin-1") + caplog.text + "".join(capfd.readouterr())
        receiver.status = 200
        receiver.received.clear()
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        assert (send(), send()) == ("1 sent.", "Nothing new.")
        assert receiver.titles == ["fetch_reports failed"]


def test_a_new_report_is_told_after_the_build_that_reads_it(
    built: Built, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "warehouse").symlink_to(built.data / "warehouse")
    assert send() == "Nothing new.", "what is there first is known"
    kept = tmp_path / "notifications" / "known.json"
    kept.write_bytes(kept.read_bytes().replace(b'"fingerprint":"', b'"fingerprint":"another '))
    assert send() == "Nothing new.", "another build of the same reports"
    known = msgspec.json.decode(kept.read_bytes(), type=Known)
    before = msgspec.structs.replace(known, fingerprint="", files=frozenset([*known.files][1:]))
    kept.write_bytes(msgspec.json.encode(before))
    assert send() == "1 sent."
    assert receiver.titles[0].endswith(": new report")
    assert receiver.received[0]["message"].endswith("\nhttps://dagster.example.invalid/assets/meta/build?view=events")


def test_a_kind_that_is_switched_off_is_not_told(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_OF", "new_reports changed_grades")
    said = look(instance, run("check_quality", tmp_path, instance))
    assert "failed_checks is not switched on" in str(said)
    assert receiver.received == []


def test_notifications_that_wait_for_long_and_statistics_that_are_due_need_a_look(
    instance: dg.DagsterInstance, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)
    for key, at in (("new", dt.datetime.now(dt.UTC)), ("late", hours_ago)):
        post(Settings(), Message(key, "failed_runs", "a title", "a body", at))
    monkeypatch.setattr("pipelines.defs.start_here.statistics_due", lambda settings, today: dt.date(2026, 3, 31))
    (tmp_path / "notifications" / "torn.message.json").write_text("{")
    run("check_quality", tmp_path, instance)
    look = page(instance, "start_here")["needs_a_look"]
    assert "torn.message.json can't be read" in look
    assert "torn.message.json can't be read" in send()
    assert "[1 waiting](/locations/judgements/sensors/send_notifications): notifications" in look
    assert "Ofsted's statistics as at 31 March 2026 are not held." in look
    assert "judgements reconcile FILE" in look


def test_a_tick_leaves_sending_to_a_process_that_is_at_it(receiver: Receiver) -> None:
    with only_sender(Settings()):
        assert send().startswith("Another process is sending notifications")


@pytest.mark.parametrize(("given", "found"), [("", 5), ("new_reports, failed_runs", 2)])
def test_kinds_are_words_in_a_setting(given: str, found: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_OF", given)
    assert len(Settings().notify_of) == found


def test_an_unknown_kind_is_an_error_with_those_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_OF", "new_reports grades")
    with pytest.raises(ValidationError, match="grades: unknown; known are failed_runs failed_checks new_reports"):
        Settings()


def test_settings_do_not_show_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_OF", "new_reports mailto://secret@host?to=a@b,secret@d")
    with pytest.raises(ValidationError, match="an address: unknown; known are") as raised:
        Settings()
    assert "secret" not in str(raised.value)
    monkeypatch.delenv("JUDGEMENTS_NOTIFY_OF")
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", "slack://secret")
    assert "secret" not in repr(Settings())
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", "")
    assert Settings().notify_url is None
