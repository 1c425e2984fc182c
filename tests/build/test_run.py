"""A build does what is new, leaves alone what is not, and a killed one costs nothing."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import msgspec
import psutil
import pytest

from pipelines.build import stages, state, workspace
from pipelines.build.run import BuildSummary, build
from pipelines.build.verify import verify
from pipelines.build.workspace import Workspace
from pipelines.exports import EXPORTS, Export
from pipelines.exports.package import MEDIA_TYPES, OTHER_FILES
from pipelines.parsing.facts import ParsedReport
from pipelines.reading.cache import pack
from pipelines.settings import Settings
from pipelines.sources.published import SourceError, Wanted
from pipelines.warehouse.comparison import FewerInspectionsError
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import read_models
from tests.waiting import is_running, wait_until

Contents = dict[str, list[tuple[object, ...]]]


def run(
    settings: Settings, source: Path | str, *, force: bool = False, only: str | None = None, accept: bool = False
) -> BuildSummary:
    wanted = Wanted(str(source), only)
    watch = lambda stage: lambda n_done, n_in_all: None  # noqa: E731
    return build(settings, wanted, watch, force=force, accept_fewer_inspections=lambda _: accept)


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
    shutil.copytree(built[0].data, tmp_path / "data", symlinks=True)
    return Settings(data=tmp_path / "data", workers=1)


@pytest.mark.parametrize(("seconds", "told"), [(0, ["Files: 1 of 2", "Files: 2 of 2"]), (3_600, [])])
def test_progress_in_a_log_is_a_line_in_so_many_seconds(seconds: float, told: list[str]) -> None:
    lines: list[str] = []
    progress = stages.in_lines("Files", seconds, lines.append)
    for n_done in (1, 2):
        progress(n_done, 2)
    assert lines == told


def test_a_first_build_reads_everything_and_publishes(built: tuple[Settings, BuildSummary, Contents]) -> None:
    summary = built[1]
    assert (summary.n_published, summary.n_new, summary.n_read) == (3, 3, 3)
    assert summary.n_accepted + summary.n_quarantined == 3
    assert set(summary.seconds) == {"list", "archive", "read", "parse", "load", "derive", "check", "export"}


def test_a_report_interpreted_anew_under_the_same_rules_reaches_the_warehouse(again: Settings) -> None:
    (file_sha256, title), *_ = report_titles(again)
    with Workspace.open(again) as opened:
        found = opened.facts_cache.get(file_sha256)
        assert isinstance(found, ParsedReport)
        cover = msgspec.structs.replace(found.cover, title=f"{title}, read with care")
        opened.facts_cache.put_packed(file_sha256, pack(msgspec.structs.replace(found, cover=cover)))
        stages.load_warehouse(opened)
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


def test_a_forced_build_does_everything_anew_and_gives_the_same_tables(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path
) -> None:
    before = again.warehouse.stat().st_ino, again.exports.readlink()
    summary = run(again, three_reports, force=True)
    assert (summary.is_unchanged, summary.n_read, summary.n_parsed) == (False, 3, 3)
    now = again.warehouse.stat().st_ino, again.exports.readlink()
    assert [one != other for one, other in zip(before, now, strict=True)] == [True, True]
    assert contents(again) == built[2]


def test_a_new_export_is_written_though_no_report_is_new(
    again: Settings, three_reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(connection: duckdb.DuckDBPyConnection, folder: Path, previous: Path | None) -> None:
        (folder / "feed.xml").write_text("<feed/>")

    module = tmp_path / "exports" / "feed.py"
    module.parent.mkdir()
    module.write_text("")
    monkeypatch.setattr(state, "SHAPES_OUTPUT", (*state.SHAPES_OUTPUT, module.parent))
    monkeypatch.setattr("pipelines.exports.publish.EXPORTS", (*EXPORTS, Export("feed", "News.", write)))
    monkeypatch.setitem(OTHER_FILES, "feed.xml", "News.")
    monkeypatch.setitem(MEDIA_TYPES, "xml", "application/xml")
    summary = run(again, three_reports)
    assert (summary.is_unchanged, summary.n_read, summary.n_parsed) == (False, 0, 0)
    assert (again.exports / "feed.xml").is_file()
    assert run(again, three_reports).is_unchanged


def test_exports_that_are_gone_and_a_warehouse_that_is_damaged_are_made_again(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path
) -> None:
    shutil.rmtree(again.exports.resolve())
    again.exports.unlink()
    summary = run(again, three_reports)
    assert (summary.is_unchanged, summary.n_read) == (False, 0)
    assert (again.exports / "marts" / "latest_judgements.csv").is_file()
    again.warehouse.chmod(0o644)
    again.warehouse.write_bytes(bytes(100_000))
    assert not run(again, three_reports).is_unchanged
    assert contents(again) == built[2]


def test_changed_rules_interpret_all_again_and_read_nothing(
    again: Settings, three_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (state, workspace):
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
    summary = run(again, folder, accept=True)
    assert summary.replaced_source == str(three_reports)
    assert summary.n_published == 1
    unchanged = run(again, folder)
    assert (unchanged.is_unchanged, unchanged.replaced_source, unchanged.kept_version) == (True, None, None)
    assert (again.earlier / str(summary.kept_version) / "judgements.duckdb").is_file()


def test_a_narrowed_build_is_partial_and_never_taken_for_the_whole(again: Settings, three_reports: Path) -> None:
    path = min(three_reports.rglob("*.pdf")).relative_to(three_reports).as_posix()
    said = r"holds 3 inspections and visits from reports; this one has 1 report\..*--data DIR"
    with pytest.raises(FewerInspectionsError, match=said):
        run(again, three_reports, only=path.upper())
    assert run(again, three_reports).is_unchanged, "a listing that is refused leaves no trace"
    narrowed = run(again, three_reports, only=path.upper(), accept=True)
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
    def alone(stage: Callable[[Workspace], object]) -> object:
        with Workspace.open(settings) as opened:
            return stage(opened)

    with pytest.raises(SourceError, match="list a source first"):
        alone(stages.archive_reports)
    alone(lambda opened: stages.list_reports(opened, Wanted(str(three_reports))))
    alone(stages.archive_reports)
    assert alone(stages.read_reports) == stages.TaskCounts(n_files=3, n_done=3, n_refused=0)
    assert alone(stages.read_reports) == stages.TaskCounts(n_files=3, n_done=0, n_refused=0)
    assert alone(stages.parse_reports) == stages.TaskCounts(n_files=3, n_done=3, n_refused=0)
    alone(stages.load_warehouse)
    assert len(report_titles(settings)) == 3


def test_a_second_writer_is_told_who_the_first_is(again: Settings, three_reports: Path) -> None:
    with Workspace.open(again):
        second = subprocess.run(build_command(again, three_reports), capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"being written by process {os.getpid()} on" in second.stderr


def test_of_two_builds_that_start_at_once_one_publishes_and_one_leaves(settings: Settings, three_reports: Path) -> None:
    command = build_command(settings, three_reports)
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, stdout=subprocess.DEVNULL) for _ in range(2)]
    said = {one.communicate()[1]: one.returncode for one in both}
    assert sorted(said.values()) in ([0, 1], [0, 0])
    assert all("is being written by process" in words for words, code in said.items() if code)
    assert len(report_titles(settings)) == 3


def build_command(settings: Settings, source: Path, *options: str) -> list[str]:
    words = ["build", "--source", str(source), "--data", str(settings.data), *options]
    return [sys.executable, "-m", "pipelines", *words]


MOMENTS = ("Archiving files", "Reading reports", "Parsing reports", "Building the warehouse", ".building", "-unf")
"""What a build says when a stage begins, and the endings of what it makes beside the published files."""


@pytest.mark.slow
def test_builds_killed_at_any_moment_leave_the_old_warehouse_and_the_next_one_completes(
    built: tuple[Settings, BuildSummary, Contents], again: Settings, three_reports: Path, tmp_path: Path
) -> None:
    for moment in MOMENTS:
        said = tmp_path / "said"
        with said.open("wb") as stderr:
            process = subprocess.Popen(
                build_command(again, three_reports, "--force"),
                stderr=stderr,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait_until(lambda: process.poll() is not None or has_come(moment, said, again))  # noqa: B023 -- called at once
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait_until(lambda: not _alive_of_session(process.pid))  # noqa: B023 -- its workers leave once they know
        assert contents(again) == built[2], moment
        assert (again.exports / "marts" / "latest_judgements.csv").is_file(), moment
    assert run(again, three_reports, force=True).n_read == 3
    assert contents(again) == built[2]
    assert [*again.data.rglob("*.part"), *again.warehouse.parent.glob(".judgements*")] == []


def has_come(moment: str, said: Path, settings: Settings) -> bool:
    """Whether a build has said that, or made a file or folder with that ending beside the warehouse."""
    beside = (path.name for path in settings.warehouse.parent.iterdir())
    return moment in said.read_text() or any(name.startswith(".") and moment in name for name in beside)


def _alive_of_session(session: int) -> list[int]:
    """What lives of the processes that one has started."""
    alive = []
    for pid in psutil.pids():
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(pid) == session and is_running(pid):
                alive.append(pid)
    return alive


def test_an_archive_alone_is_built_without_its_source(
    built: tuple[Settings, BuildSummary, Contents], tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path / "restored", workers=1)
    shutil.copytree(built[0].raw, settings.raw)
    found = {part: list(damages) for part, damages in verify(settings, lambda _stage: lambda _n_done, _n_in_all: None)}
    assert [one.path for damages in found.values() for one in damages] == [str(settings.warehouse)]
    summary = build(settings, None, lambda _stage: lambda _n_done, _n_in_all: None)
    assert (summary.source, summary.n_published, summary.n_new) == (built[1].source, built[1].n_published, 0)
    assert contents(settings) == built[2]
