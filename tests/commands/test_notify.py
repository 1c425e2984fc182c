"""`judgements notify`: for those who build at a terminal or from cron."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines import cli
from pipelines.build.workspace import Workspace
from pipelines.notifications import service
from pipelines.notifications.outbox import waiting
from pipelines.sample import bad_files
from pipelines.settings import Settings
from tests.notifications.receiver import Receiver


def judgements(*words: object) -> Result:
    return CliRunner().invoke(cli.app, [*map(str, words)])


@pytest.fixture(autouse=True)
def _directly_and_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(service, "SECONDS_BEFORE_RETRY", 0.0)
    monkeypatch.setenv("JUDGEMENTS_DATA", str(tmp_path / "data"))


def failed_build(tmp_path: Path) -> Result:
    """A build from a folder that holds no report."""
    (tmp_path / "empty").mkdir(exist_ok=True)
    result = judgements("build", "--source", tmp_path / "empty")
    assert result.exit_code == 1
    return result


def test_without_an_address_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for option in ([], ["--dry-run"], ["--test"]):
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", " " * len(option))
        result = judgements("notify", *option)
        assert (result.exit_code, "set JUDGEMENTS_NOTIFY_URL" in result.stderr) == (2, True)


def test_a_failed_build_of_cron_is_told_once_and_after_a_dry_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver() as receiver:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        failed_build(tmp_path)
        looked = judgements("notify", "--dry-run")
        assert looked.stdout.startswith("Address 1: JSON\nSwitched on: failed_runs failed_checks new_reports")
        assert f"judgements build failed [failed_runs]\n- {tmp_path / 'empty'} holds no" in looked.stdout
        assert "secret" not in looked.output
        assert receiver.received == []
        assert [judgements("notify").stdout for _ in range(2)] == ["1 notification sent.\n", "Nothing new.\n"]
        assert receiver.titles == ["judgements build failed"]


def test_a_new_report_and_a_check_that_fails_are_told_after_the_build(
    three_reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = Path(shutil.copytree(three_reports, tmp_path / "reports"))
    (last,) = reports.glob("*marrowby/*.pdf")
    last.rename(tmp_path / "later.pdf")
    with Receiver() as receiver:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        monkeypatch.setenv("JUDGEMENTS_SITE_URL", "https://judgements.example.org/")
        assert judgements("build", "--source", reports).exit_code == 0
        assert judgements("notify").stdout == "Nothing new.\n", "what is there first is known"
        (tmp_path / "later.pdf").rename(last)
        bad_files.invoice_pdf(reports / "invoice.pdf")
        assert judgements("build", "--source", reports).exit_code == 0
        assert judgements("notify", "--dry-run").stdout.count("[new_reports]") == 1
        assert judgements("notify").stdout == "2 notifications sent.\n"
        news, checks = sorted(receiver.received, key=lambda one: str(one["title"]), reverse=True)
        assert news["title"] == "2 new reports"
        report, not_read, page = news["message"].splitlines()
        assert report.startswith("- Marrowby: ")
        assert report.endswith(" https://reports.example.invalid/file/50000002")
        assert not_read.startswith("- invoice.pdf: could not be read: unknown framework: ")
        assert page == "https://judgements.example.org/new/index.html"
        assert checks["title"] == "1 check did not pass"
        assert "At most 5%" in checks["message"]
        assert judgements("notify").stdout == "Nothing new.\n"


def test_where_the_warehouse_is_damaged_a_failed_build_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver() as receiver:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        failed_build(tmp_path)
        warehouse = tmp_path / "data" / "warehouse" / "judgements.duckdb"
        warehouse.parent.mkdir()
        warehouse.write_bytes(b"no warehouse")
        result = judgements("notify")
        assert (result.exit_code, "can't be opened" in result.stderr) == (1, True)
        assert receiver.titles == ["judgements build failed"]


@pytest.mark.parametrize("status", [200, 500])
def test_a_test_message_says_which_address_took_it(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as first, Receiver(status) as second:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", f"{first.url} {second.url}")
        result = judgements("notify", "--test")
        assert first.titles == ["Children's services judgements"]
        assert result.stdout.startswith("Sent to address 1 (JSON).\n")
        assert (result.exit_code, "address 2 (JSON) of JUDGEMENTS_NOTIFY_URL did not take it" in result.stderr) == (
            (0, False) if status == 200 else (1, True)
        )
        assert "secret" not in result.output


def test_a_failed_build_is_told_at_once_where_it_cannot_be_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notifications").write_text("a file where the folder should be")
    with Receiver() as receiver:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        failed_build(tmp_path)
        assert receiver.titles == ["judgements build failed"]
        receiver.status = 500
        failed = failed_build(tmp_path)
        assert "address 1 (JSON) of JUDGEMENTS_NOTIFY_URL did not take" in failed.stderr
        assert "secret" not in failed.output


def test_what_a_person_sees_and_a_lock_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", "json://127.0.0.1:9/")
    with Workspace.open(Settings()):
        assert "is being written by" in failed_build(tmp_path).stderr
    monkeypatch.setattr("pipelines.commands.build.can_ask", lambda: True)
    failed_build(tmp_path)
    assert waiting(Settings()) == []


def test_a_message_that_cannot_be_read_makes_it_fail_when_the_others_are_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver() as receiver:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        failed_build(tmp_path)
        (tmp_path / "data" / "notifications" / "torn.message.json").write_text("{")
        for option in (["--dry-run"], []):
            result = judgements("notify", *option)
            assert (result.exit_code, "torn.message.json can't be read" in result.stderr) == (1, True)
        assert receiver.titles == ["judgements build failed"]


def test_a_receiver_that_is_down_makes_it_fail_and_the_next_call_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver(500) as receiver:
        monkeypatch.setenv("JUDGEMENTS_NOTIFY_URL", receiver.url)
        failed_build(tmp_path)
        failed = judgements("notify")
        assert (failed.exit_code, "1 waits, and will be sent" in failed.stderr) == (1, True)
        assert "secret" not in failed.output
        receiver.status = 200
        receiver.received.clear()
        assert judgements("notify").exit_code == 0
        assert len(receiver.received) == 1


def test_an_unknown_kind_is_an_error_that_names_the_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_NOTIFY_OF", "grades")
    result = judgements("notify", "--dry-run")
    assert (result.exit_code, result.stderr.startswith("JUDGEMENTS_NOTIFY_OF: grades: unknown; known are")) == (2, True)
