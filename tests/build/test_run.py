"""A build does what is new, leaves alone what is not, and a killed one costs nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil
import pytest

from pipelines.build.lock import only_writer
from pipelines.build.run import BuildSummary, build
from pipelines.parsing.facts import ParsedReport
from pipelines.settings import Settings
from pipelines.sources.published import SourceError
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import read_models
from pipelines.workers import one_report, parsing, stages
from pipelines.workers.one_report import Places

Contents = dict[str, list[tuple[object, ...]]]


def run(settings: Settings, source: Path | str, *, force: bool = False, only: str | None = None) -> BuildSummary:
    return build(settings, str(source), lambda stage: lambda n_done, n_in_all: None, force=force, only=only)


def contents(settings: Settings) -> Contents:
    with open_warehouse(settings.warehouse) as connection:
        tables = [model.full_name for model in read_models() if model.kind == "table"]
        return {table: connection.execute(f"from {table}").fetchall() for table in tables}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> tuple[Settings, BuildSummary, Contents]:
    """A data folder with a warehouse of three reports; tests copy it before they change anything."""
    settings = Settings(data=tmp_path_factory.mktemp("built") / "data", workers=1)
    return settings, run(settings, three_reports), contents(settings)


@pytest.fixture
def again(built: tuple[Settings, BuildSummary, Contents], tmp_path: Path) -> Settings:
    shutil.copytree(built[0].data, tmp_path / "data")
    return Settings(data=tmp_path / "data", workers=1)


def test_libraries_of_the_last_stage_come_without_the_one_that_nobody_asks_for() -> None:
    code = (
        "import sys; from pipelines.build.run import _import_loading; _import_loading();"
        "print('dataframely' in sys.modules, 'sqlalchemy' in sys.modules); import sqlalchemy"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["True", "False"]


def test_a_first_build_reads_everything_and_publishes(built: tuple[Settings, BuildSummary, Contents]) -> None:
    summary = built[1]
    assert (summary.n_published, summary.n_new, summary.n_read) == (3, 3, 3)
    assert summary.n_accepted + summary.n_quarantined == 3
    assert set(summary.seconds) == {"list", "archive", "read", "parse", "load", "derive", "check", "publish"}


def test_a_report_interpreted_anew_under_the_same_rules_reaches_the_warehouse(again: Settings) -> None:
    facts = Places.of(again).facts_cache()
    (file_sha256, title), *_ = report_titles(again)
    found = facts.get(file_sha256)
    assert isinstance(found, ParsedReport)
    cover = msgspec.structs.replace(found.cover, title=f"{title}, read with care")
    facts.put(file_sha256, msgspec.structs.replace(found, cover=cover))
    stages.load_warehouse(again)
    assert dict(report_titles(again))[file_sha256] == f"{title}, read with care"


def report_titles(settings: Settings) -> list[tuple[str, str]]:
    with open_warehouse(settings.warehouse) as connection:
        return connection.execute("select file_sha256, title from core.reports order by all").fetchall()


def test_a_second_build_reads_nothing_and_says_so(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path
) -> None:
    warehouse = again.warehouse.stat().st_mtime_ns
    summary = run(again, three_reports)
    assert (summary.is_unchanged, summary.n_new, summary.n_read, summary.n_parsed) == (True, 0, 0, 0)
    assert summary.n_accepted == built[1].n_accepted
    assert again.warehouse.stat().st_mtime_ns == warehouse
    assert contents(again) == built[2]


def test_a_forced_build_reads_everything_and_gives_the_same_tables(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path
) -> None:
    assert run(again, three_reports, force=True).n_read == 3
    assert contents(again) == built[2]


def test_a_changed_rule_interprets_all_again_and_reads_nothing(
    again: Settings, three_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (parsing, one_report):
        monkeypatch.setattr(module, "rules_version", lambda: "changed")
    summary = run(again, three_reports)
    assert (summary.n_read, summary.n_parsed) == (0, 3)


def test_a_damaged_cache_entry_is_made_again(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path
) -> None:
    for cached in [*again.read.rglob("*.zst"), *again.parsed.rglob("*.zst")]:
        cached.write_bytes(b"\0")
    again.warehouse.unlink()
    run(again, three_reports)
    assert contents(again) == built[2]


def test_a_warehouse_that_was_removed_or_replaced_is_built_again(again: Settings, three_reports: Path) -> None:
    again.warehouse.unlink()
    summary = run(again, three_reports)
    assert (summary.is_unchanged, summary.n_read) == (False, 0)
    assert again.warehouse.is_file()


def test_one_new_report_costs_one_report(again: Settings, three_reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(three_reports, folder)
    (folder / "invoice.pdf").write_bytes(b"%PDF-1.4 not really")
    summary = run(again, folder)
    assert (summary.n_published, summary.n_read, summary.n_quarantined) == (4, 1, 1)


def test_another_source_replaces_the_warehouse_and_says_which(
    again: Settings, three_reports: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    shutil.copy(min(three_reports.rglob("*.pdf")), folder)
    summary = run(again, folder)
    assert summary.replaced_source == str(three_reports)
    assert summary.n_published == 1
    assert run(again, folder).replaced_source is None


def test_a_narrowed_build_is_partial_and_never_taken_for_the_whole(again: Settings, three_reports: Path) -> None:
    path = min(three_reports.rglob("*.pdf")).relative_to(three_reports).as_posix()
    narrowed = run(again, three_reports, only=path.upper())
    assert (narrowed.n_published, narrowed.selection != "") == (1, True)
    whole = run(again, three_reports)
    assert (whole.n_published, whole.selection, whole.is_unchanged, whole.n_gone) == (3, "", False, 0)


def test_nothing_to_build_from_leaves_the_old_warehouse(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="holds no PDF"):
        run(again, tmp_path / "empty")
    with pytest.raises(SourceError, match="of 3 none is left"):
        run(again, three_reports, only="no such authority")
    assert contents(again) == built[2]


def test_each_stage_runs_alone_and_finds_its_work_on_disk(settings: Settings, three_reports: Path) -> None:
    assert stages.list_reports(settings, str(three_reports)).n_published == 3
    assert stages.archive_reports(settings).n_new_files == 3
    assert stages.read_reports(settings).n_read == 3
    assert stages.read_reports(settings).n_read == 0
    assert stages.parse_reports(settings).n_parsed == 3
    assert stages.load_warehouse(settings).source_name == three_reports.name


def test_a_second_writer_is_told_who_the_first_is(again: Settings, three_reports: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "build",
        "--source",
        str(three_reports),
        "--data",
        str(again.data),
    ]
    with only_writer(again):
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"being written by process {os.getpid()} on" in second.stderr


@pytest.mark.slow
def test_builds_killed_at_any_moment_leave_the_old_warehouse_and_the_next_one_completes(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path
) -> None:
    command = [sys.executable, "-m", "pipelines", "build", "--source", str(three_reports), "--force"]
    environment = {**os.environ, "JUDGEMENTS_DATA": str(again.data)}
    for seconds in (0.4, 0.9, 1.4, 1.9, 2.4):
        process = subprocess.Popen(
            command,
            env=environment,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        while _alive_of_session(process.pid):  # its workers leave once they know
            time.sleep(0.01)
        assert contents(again) == built[2]
    assert run(again, three_reports, force=True).n_read == 3
    assert contents(again) == built[2]
    assert list(again.data.rglob("*.part")) == []


def _alive_of_session(session: int) -> list[int]:
    """What lives of the processes that one has started. A dead one that nobody buries does not."""
    alive = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, ProcessLookupError, PermissionError):
            if os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE:
                alive.append(process.pid)
    return alive
