"""`judgements history`, `restore` and `status`, and what a build with fewer inspections is told at a terminal."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.files import journal_of
from pipelines.settings import Settings
from tests.commands.test_cli import judgements


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Path:
    """A data folder built from the sample's first reports, and then from three reports of a folder."""
    folder = tmp_path_factory.mktemp("history")
    data = folder / "data"
    assert judgements("build", "--source", "sample", "--limit", 2, data=data).exit_code == 0
    result = judgements("build", "--source", three_reports, data=data)
    assert result.exit_code == 0, result.output
    assert "This replaced the warehouse built from sample" in result.output
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Path:
    folder = tmp_path_factory.mktemp("fewer") / "two"
    shutil.copytree(three_reports, folder)
    min(folder.rglob("*.pdf")).unlink()
    return folder


def test_the_sample_gives_way_to_real_reports_without_a_word_and_is_not_kept(built: Path) -> None:
    assert not Settings(data=built).earlier.exists()
    (row,) = json.loads(judgements("history", "--format", "json", data=built).stdout)
    assert (row["state"], row["n_reports"], row["n_more_inspections"]) == ("published", 3, None)


@pytest.mark.parametrize("source", ["sample", "fewer", "limited"])
def test_fewer_inspections_are_refused_with_numbers_and_what_to_do(
    built: Path, fewer: Path, three_reports: Path, source: str
) -> None:
    before = Settings(data=built).warehouse.stat()
    sources: dict[str, tuple[object, ...]] = {
        "sample": ("sample",),
        "fewer": (fewer,),
        "limited": (three_reports, "--limit", 1),
    }
    said = {"sample": "the sample is invented", "fewer": "this one has 2 reports", "limited": "this one has 1 report."}
    result = judgements("build", "--source", *sources[source], data=built)
    assert result.exit_code == 1
    assert "holds 3 inspections and visits from reports" in result.output
    for expected in (said[source], "--accept-fewer-inspections", "--data DIR"):
        assert expected in result.output
    assert Settings(data=built).warehouse.stat() == before


def test_also_one_that_somebody_wrote_to_is_not_replaced_by_fewer(data: Path, fewer: Path) -> None:
    journal_of(Settings(data=data).warehouse).touch()
    assert judgements("build", "--source", fewer, data=data).exit_code == 1


@pytest.mark.slow
def test_what_is_refused_late_is_told_by_kind(data: Path, three_reports: Path, tmp_path: Path) -> None:
    """As many reports as before, but one of them holds no inspection any more."""
    folder = tmp_path / "three"
    shutil.copytree(three_reports, folder)
    min(folder.rglob("*.pdf")).write_bytes(b"%PDF-1.4 not really")
    result = judgements("build", "--source", folder, data=data)
    assert result.exit_code == 1
    told = r"it holds fewer inspections than the published one from reports: ([a-z ]+): (\d) instead of (\d)\. If that"
    found = re.search(told, result.output)
    assert found is not None, result.output
    assert int(found[2]) == int(found[3]) - 1
    assert "--data DIR" in result.output
    accepted = judgements("build", "--source", folder, "--accept-fewer-inspections", data=data)
    assert (accepted.exit_code, "judgements restore publishes it again" in accepted.output) == (0, True)


def at_a_terminal(data: Path, source: Path, answer: str) -> tuple[int, str]:
    """Build with a person at the terminal who answers the question; the exit code and what was shown."""
    command = [sys.executable, "-m", "pipelines", "build", "--source", str(source), "--data", str(data)]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 10_000)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
        if answer and b"[y/N]" in shown:
            os.write(ours, f"{answer}\n".encode())
            answer = ""
    os.close(ours)
    return process.wait(), shown.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "n_reports"), [("n", 3), ("y", 2)])
def test_a_person_at_a_terminal_is_asked_once(data: Path, fewer: Path, answer: str, n_reports: int) -> None:
    code, shown = at_a_terminal(data, fewer, answer)
    assert code == (answer == "n"), shown
    assert shown.count("[y/N]") == 1
    assert "holds 3 inspections and visits from reports; this one has 2 reports" in " ".join(shown.split())
    assert json.loads(judgements("status", "--json", data=data).stdout)["published"]["n_reports"] == n_reports


def test_history_restore_and_status_tell_what_was_and_what_is(data: Path, fewer: Path, three_reports: Path) -> None:
    assert "no version is kept" in judgements("status", data=data).stdout
    assert judgements("build", "--source", fewer, "--accept-fewer-inspections", data=data).exit_code == 0
    now, before = json.loads(judgements("history", "--format", "json", data=data).stdout)
    assert (now["state"], before["state"]) == ("published", "kept")
    assert (now["source"], before["source"]) == (str(fewer), str(three_reports))
    assert (now["n_new_reports"], now["n_gone_reports"], now["n_regraded"]) == (0, 1, 0)
    assert now["n_more_inspections"] == now["n_inspections"] - before["n_inspections"]
    words = judgements("history", data=data).stdout
    assert words.index(now["version"]) < words.index("1 gone, 0 grades changed") < words.index(before["version"])
    assert judgements("history", "--format", "csv", data=data).stdout.startswith("version,state,published_at,source")

    restored = judgements("restore", data=data)
    assert (restored.exit_code, f"Published again: {before['version']}, 3 reports" in restored.stdout) == (0, True)
    assert f"To undo this: judgements restore {now['version']}" in restored.stdout
    status = json.loads(judgements("status", "--json", data=data).stdout)
    assert (status["published"]["version"], status["kept"]) == (before["version"], [now["version"]])
    assert status["built_at"] == before["published_at"].replace(" ", "T")
    assert status["restored_at"] >= status["built_at"]
    words = judgements("status", data=data).stdout
    for expected in ("an earlier version, published again", "1 kept", "listed within the hour", str(three_reports)):
        assert expected in words
    assert judgements("verify", data=data).exit_code == 0

    unknown = judgements("restore", "1999", data=data)
    assert (unknown.exit_code, now["version"] in unknown.output) == (2, True)
    kept = Settings(data=data).earlier / now["version"] / "judgements.duckdb"
    kept.chmod(0o644)
    kept.write_bytes(b"")
    damaged = judgements("restore", data=data)
    assert (damaged.exit_code, "is damaged" in damaged.output, "Traceback" in damaged.output) == (1, True, False)
    verified = judgements("verify", data=data)
    assert (verified.exit_code, "Earlier warehouses: 1 damaged" in verified.stdout) == (1, True)
    assert judgements("history", data=data).exit_code == 0


def test_status_counts_whom_it_covers(built: Path) -> None:
    coverage = json.loads(judgements("status", "--json", data=built).stdout)["coverage"]
    held = "select count(distinct authority_id) as n from core.inspections join core.authorities using (authority_id)"
    (row,) = json.loads(judgements("query", f"{held} where is_current", "--format", "json", data=built).stdout)
    assert 0 < coverage["n_with_report"] <= row["n"] <= coverage["n_authorities"]
    assert coverage["n_with_report"] + coverage["n_with_statistics"] <= coverage["n_authorities"]
    assert f"{coverage['n_with_report']} of the {coverage['n_authorities']} authorities" in (
        judgements("status", data=built).stdout
    )


@pytest.mark.slow
def test_a_copied_data_folder_is_a_whole_backup(data: Path, fewer: Path, tmp_path: Path) -> None:
    judgements("build", "--source", fewer, "--accept-fewer-inspections", data=data)
    moved = tmp_path / "another server"
    shutil.copytree(data, moved)  # as a copy without links: the exports become a folder
    shutil.rmtree(data)
    assert json.loads(judgements("status", "--json", data=moved).stdout)["published"]["n_reports"] == 2
    assert judgements("verify", data=moved).exit_code == 0
    assert judgements("restore", data=moved).exit_code == 0
    rebuilt = json.loads(
        judgements("build", "--source", fewer, "--accept-fewer-inspections", "--json", data=moved).stdout
    )
    assert (rebuilt["is_unchanged"], rebuilt["n_read"], rebuilt["n_accepted"]) == (False, 0, 2)


def test_the_history_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    result = judgements("history", data=tmp_path)
    assert (result.exit_code, "judgements build" in result.output) == (1, True)


def test_a_damaged_warehouse_with_none_kept_is_not_called_missing(data: Path) -> None:
    warehouse = Settings(data=data).warehouse
    warehouse.chmod(0o644)
    warehouse.write_bytes(b"no warehouse")
    result = judgements("history", data=data)
    assert (result.exit_code, "can't be opened" in result.output) == (1, True)
    assert "There is no warehouse" not in result.output
