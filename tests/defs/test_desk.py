"""The desk as people have it: webserver, daemon, queue, alarms and pages; truthful also when something is killed."""

import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pipelines.build.run import build
from pipelines.definitions import defs
from pipelines.sample.make import make_sample
from pipelines.settings import Settings
from pipelines.warehouse.changes import contents
from tests.defs.browser import find_browser, shown
from tests.defs.desk import Desk, Receiver

CHECKS = {
    f"{key.asset_key.to_user_string()}:{key.name}" for key in defs.get_repository_def().asset_graph.asset_check_keys
}


Ops = dict[str, dict[str, object]]
ONE_REPORT_TWICE: Ops = {"read__lines_readers_agree_on_a_sample": {"n_reports": 1}}


@pytest.mark.slow
def test_a_build_a_broken_report_and_a_broken_check_are_seen_by_all_who_should(
    tmp_path: Path, subtests: pytest.Subtests
) -> None:
    reports = tmp_path / "reports"
    make_sample(reports, reports=4, bad_files=False)
    listed: Ops = {"raw__published_reports": {"source": str(reports)}, **ONE_REPORT_TWICE}
    with Receiver() as receiver, Desk(tmp_path / "home", JUDGEMENTS_WEBHOOK_URL=receiver.url) as desk:
        for sensor in ("tell_of_failed_runs", "tell_of_failed_checks"):
            desk.wait(f"a first look of {sensor}", lambda name=sensor: desk.ticks(name) or None)  # type: ignore[misc]
        built = desk.launch("build_warehouse", listed)
        assert desk.finish(built) == "SUCCESS"
        found = desk.evaluations(built)
        assert set(found) == CHECKS
        assert [name for name, one in found.items() if not one["success"]] == []
        stood = contents(desk.settings.warehouse)
        assert len(stood.reports) == 4

        broken = min(reports.rglob("*.pdf"))
        broken.write_bytes(b"%PDF-1.4 and no more")
        failed = desk.launch("build_warehouse", listed)
        assert desk.finish(failed) == "FAILURE"
        check = desk.evaluations(failed)["core/inspections:no_fewer_inspections"]
        assert (check["success"], check["severity"]) == (False, "ERROR")
        (rows,) = [one["table"]["records"] for one in check["metadataEntries"] if "table" in one]
        assert len(rows) == 1
        assert broken.name in rows[0]
        assert contents(desk.settings.warehouse) == stood
        told = desk.wait("an alarm of the run", lambda: _told(receiver, failed))
        assert told.startswith("build_warehouse failed\n")
        assert " ".join(broken.name.split()) in told
        assert failed in told

        with sqlite3.connect(desk.settings.ledger) as ledger:
            ledger.execute("update listings set listed_at = datetime(listed_at, '-9 days')")
        ledger.close()
        asked = desk.launch("check_quality", ONE_REPORT_TWICE)
        assert desk.finish(asked) == "SUCCESS"
        assert not desk.evaluations(asked)["raw/published_reports:listing_is_fresh"]["success"]
        told = desk.wait("an alarm of the check", lambda: _told(receiver, asked))
        assert "listing_is_fresh (warning): Listed 216 hours ago" in told
        assert "secret" not in desk.log.read_text("utf-8")
        with subtests.test("its pages"):
            _look_at_the_pages(desk, broken.name)


def _told(receiver: Receiver, run_id: str) -> str | None:
    """The alarm of a run, once it has come."""
    return next((one["text"] for one in receiver.received if run_id in one["text"]), None)


def _look_at_the_pages(desk: Desk, broken: str) -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("no Chromium is installed: the pages of Dagster were not looked at")
    failed = "/assets/core/inspections?view=checks&checkDetail=no_fewer_inspections"
    for page, words in {
        "/asset-groups": ("1_raw", "9_exports"),
        "/assets/core/judgements": ("One row per judgement in an inspection.", "Where the grade stands"),
        failed: ("This is a", "blocking", "Failed", "offending_rows", broken),
    }.items():
        # A page is drawn in time of its own, and what it waits for may come later on a busy machine.
        desk.wait(f"{words} on {page}", lambda page=page, words=words: _has(browser, desk.url + page, words) or None)  # type: ignore[misc]


def _has(browser: str, address: str, words: tuple[str, ...]) -> bool:
    seen = shown(browser, address)
    return all(word in seen for word in words)


@pytest.mark.slow
def test_what_is_killed_in_mid_run_is_shown_as_failed_and_leaves_the_warehouse_whole(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    make_sample(reports, reports=3, bad_files=False)
    desk = Desk(tmp_path / "home")
    yaml = desk.home / "dagster.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("poll_interval_seconds: 30", "poll_interval_seconds: 2"), "utf-8")
    build(Settings(data=desk.data, workers=1), str(reports), lambda _stage: lambda _done, _all: None)
    stood = contents(desk.settings.warehouse)
    with desk:
        with _held_up(reports / "authorities.csv") as is_waited_at:
            killed = desk.launch("interpret_reports")
            desk.wait("a run in its middle", is_waited_at)
            os.kill(_pid_of(desk, killed), signal.SIGKILL)
            assert desk.finish(killed) == "FAILURE"
        assert contents(desk.settings.warehouse) == stood

        with _held_up(reports / "authorities.csv") as is_waited_at:
            cut_short = desk.launch("interpret_reports")
            desk.wait("a run in its middle", is_waited_at)
            desk.kill()
        assert contents(desk.settings.warehouse) == stood
        desk.start()
        waiting = desk.launch("fetch_reports", {"raw__published_reports": {"source": str(reports)}})
        assert desk.finish(cut_short) == "FAILURE"
        assert desk.finish(waiting) == "SUCCESS"
        assert contents(desk.settings.warehouse) == stood
        assert not list(desk.settings.warehouse.parent.glob(".*.building*"))


@contextmanager
def _held_up(file: Path) -> Iterator[Callable[[], bool | None]]:
    """Let whoever reads a file wait at it: for this block it is a pipe that nothing comes through.

    Gives a look whether somebody waits. A run that builds the warehouse reads the authorities in its last step, when
    it has the data folder to itself.
    """
    aside = file.rename(file.with_suffix(".aside"))
    os.mkfifo(file)
    ends: list[int] = []

    def is_waited_at() -> bool | None:
        with suppress(OSError):  # nobody reads yet
            ends.append(os.open(file, os.O_WRONLY | os.O_NONBLOCK))
        return True if ends else None

    try:
        yield is_waited_at
    finally:
        for end in ends:
            os.close(end)
        aside.replace(file)


def _pid_of(desk: Desk, run_id: str) -> int:
    """The process of a run that has one."""
    said = " ".join(event["message"] for event in desk.events(run_id, "EngineEvent"))
    found = re.search(r"Started process for run \(pid: (\d+)\)", said)
    assert found, said
    return int(found[1])
