"""Whatever is damaged, altered or deleted under the data folder: the next build gives what a clean one gives."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.archive.ledger import Ledger
from pipelines.build import stages
from pipelines.build.run import BuildSummary, build
from pipelines.build.workspace import Workspace
from pipelines.files import set_aside
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from pipelines.warehouse.connection import open_warehouse
from tests.build.test_run import Contents, contents


def run(settings: Settings, source: Path, *, force: bool = False) -> BuildSummary:
    return build(settings, Wanted(str(source)), lambda stage: lambda n_done, n_in_all: None, force=force)


def judgements(settings: Settings, *words: str) -> tuple[int, str]:
    """A command's exit code, and all that it printed."""
    result = CliRunner().invoke(cli.app, [*words, "--data", str(settings.data)], catch_exceptions=False)
    return result.exit_code, result.stdout if "--json" in words else result.output


def damage(path: Path, n_byte: int | None = None) -> None:
    """Turn one byte around, in the middle unless said otherwise, as a bad disk does."""
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if n_byte is None else n_byte] ^= 0xFF
    path.write_bytes(content)


@pytest.fixture(scope="module")
def source(three_reports: Path) -> Path:
    """The three reports. Not to be written to."""
    return three_reports


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, source: Path) -> tuple[Settings, Contents]:
    settings = Settings(data=tmp_path_factory.mktemp("built") / "data", workers=1)
    run(settings, source)
    return settings, contents(settings)


@pytest.fixture
def again(built: tuple[Settings, Contents], tmp_path: Path) -> Settings:
    shutil.copytree(built[0].data, tmp_path / "data", symlinks=True)
    return Settings(data=tmp_path / "data", workers=1)


@pytest.fixture
def clean(built: tuple[Settings, Contents]) -> Contents:
    return built[1]


def test_grades_altered_by_hand_do_not_survive_a_build(again: Settings, source: Path, clean: Contents) -> None:
    again.warehouse.chmod(0o644)
    with duckdb.connect(str(again.warehouse)) as connection:
        connection.execute("update core.judgements set grade = 'inadequate', grade_rank = 4")
    summary = run(again, source)
    assert (summary.is_unchanged, summary.n_read) == (False, 0)
    assert contents(again) == clean
    (aside,) = again.warehouse.parent.glob("judgements-damaged-*.duckdb")
    assert aside.name in summary.warnings[-1]
    with open_warehouse(aside) as connection:
        assert connection.execute("select distinct grade from core.judgements").fetchall() == [("inadequate",)]
    assert run(again, source).is_unchanged


def test_a_warehouse_damaged_within_counts_as_none_where_no_ledger_knows_it(
    again: Settings, source: Path, clean: Contents
) -> None:
    n_bytes = again.warehouse.stat().st_size
    for n_byte in range(20_000, n_bytes // 2, 50_000):
        damage(again.warehouse, n_byte)
    again.ledger.unlink()
    run(again, source)
    assert contents(again) == clean
    assert len(list(again.warehouse.parent.glob("judgements-damaged-*.duckdb"))) == 1


def deleted(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def with_its_times(path: Path) -> None:
    """Damage that leaves size and time of the last change."""
    times = path.stat()
    damage(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("harm", [deleted, emptied, damage, with_its_times])
def test_an_export_that_is_not_as_it_was_written_is_made_again(
    again: Settings, source: Path, harm: Callable[[Path], None]
) -> None:
    export = again.exports / "marts" / "latest_judgements.csv"
    before = export.read_bytes()
    harm(export)
    assert not run(again, source).is_unchanged
    assert (again.exports / "marts" / "latest_judgements.csv").read_bytes() == before
    assert run(again, source).is_unchanged


@pytest.mark.parametrize("step", ["announce", "record_build"])
def test_a_build_killed_around_its_publishing_leaves_nothing_that_counts_as_damaged(
    again: Settings, source: Path, clean: Contents, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, step, killed)
        patched.setattr("pipelines.warehouse.build.sql_fingerprint", lambda sql: "another")
        with pytest.raises(KeyboardInterrupt):
            run(again, source, force=True)
    run(again, source)
    assert list(again.warehouse.parent.glob("*damaged*")) == []
    assert contents(again) == clean


def test_a_warehouse_that_was_only_copied_is_current(again: Settings, source: Path) -> None:
    copied = again.warehouse.with_suffix(".copy")
    shutil.copyfile(again.warehouse, copied)
    copied.replace(again.warehouse)
    assert run(again, source).is_unchanged


def test_a_damaged_archive_is_mended_when_it_is_read(again: Settings, source: Path, clean: Contents) -> None:
    harmed = min(again.archive.rglob("*.pdf"))
    before = harmed.read_bytes()
    damage(harmed)
    shutil.rmtree(again.read)
    again.warehouse.unlink()
    summary = run(again, source)
    assert harmed.read_bytes() == before
    assert summary.warnings[-1] == f"{harmed} was damaged, and was fetched again."
    assert contents(again) == clean


def test_force_mends_the_archive(again: Settings, source: Path, clean: Contents) -> None:
    before = {path: path.read_bytes() for path in again.archive.rglob("*.pdf")}
    for path in before:
        damage(path)
    run(again, source, force=True)
    assert {path: path.read_bytes() for path in again.archive.rglob("*.pdf")} == before
    assert contents(again) == clean


def test_a_file_cut_short_is_mended_by_any_build(again: Settings, source: Path) -> None:
    harmed = min(again.archive.rglob("*.pdf"))
    before = harmed.read_bytes()
    harmed.write_bytes(before[:-1])
    assert run(again, source).is_unchanged
    assert harmed.read_bytes() == before


def test_a_report_that_is_lost_is_quarantined_by_name_until_a_copy_is_put_back(
    again: Settings, source: Path, clean: Contents, tmp_path: Path
) -> None:
    source = Path(shutil.copytree(source, tmp_path / "reports"))
    run(again, source)
    harmed = min(again.archive.rglob("*.pdf"))
    whole = harmed.read_bytes()
    (original,) = [path for path in source.rglob("*.pdf") if path.read_bytes() == whole]
    damage(harmed)
    shutil.rmtree(again.read)
    again.warehouse.unlink()
    listed = original.stat()
    original.unlink()
    original.symlink_to(original)  # still listed, and not to be read
    summary = run(again, source)
    assert (summary.n_accepted, summary.n_quarantined) == (2, 1)
    with open_warehouse(again.warehouse) as connection:
        (detail,) = connection.execute("select detail from quality.quarantined_reports").fetchall()[0]
    assert str(harmed) in detail
    assert "could not be fetched again" in detail
    harmed.write_bytes(whole)
    original.unlink()
    original.write_bytes(whole)
    os.utime(original, ns=(listed.st_atime_ns, listed.st_mtime_ns))
    assert run(again, source).n_accepted == 3
    assert contents(again) == clean


def test_a_lost_report_of_a_source_that_is_gone_is_quarantined(again: Settings, source: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(source, tmp_path / "reports"))
    run(again, moved)
    damage(min(again.archive.rglob("*.pdf")))
    shutil.rmtree(again.read)
    shutil.rmtree(moved)
    with Workspace.open(again) as workspace:
        stages.read_reports(workspace)
        assert "There is no directory" in workspace.warnings[-1]
        (lost,) = [one for one in workspace.ledger.archived_reports() if one.file_sha256 is None]
    assert lost.reason == "damaged_pdf"
    assert "could not be fetched again" in (lost.detail or "")


def test_a_damaged_download_leaves_the_report_in_use(again: Settings, source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(source, folder)
    run(again, folder)
    before = grades(again)
    cut = min(folder.rglob("*.pdf"))
    cut.write_bytes(cut.read_bytes()[:2000])
    summary = run(again, folder)
    assert (summary.n_accepted, summary.n_quarantined) == (3, 1)
    assert grades(again) == before
    assert "newer_files_are_usable" in [failed.name for failed in summary.failed_checks]
    assert "newer_files_are_usable" in [failed.name for failed in run(again, folder).failed_checks], "told again"


def grades(settings: Settings) -> list[tuple[object, ...]]:
    with open_warehouse(settings.warehouse) as connection:
        return connection.execute("select * from core.judgements order by all").fetchall()


@pytest.mark.parametrize("content", [b"", b"no database at all" * 1000, None])
def test_a_damaged_ledger_is_kept_aside_and_made_anew(
    again: Settings, source: Path, clean: Contents, content: bytes | None
) -> None:
    if content is None:
        scramble(again.ledger)
    else:
        again.ledger.write_bytes(content)
    harmed = again.ledger.read_bytes()
    summary = run(again, source)
    (aside,) = again.raw.glob("ledger-damaged-*.sqlite")
    assert aside.read_bytes() == harmed
    assert aside.name in summary.warnings[-1]
    assert summary.n_read == 0, "what was read stays"
    assert contents(again) == clean
    assert run(again, source).is_unchanged


def test_a_journal_of_a_ledger_that_is_gone_never_reaches_the_new_one(
    again: Settings, source: Path, clean: Contents
) -> None:
    with closing(sqlite3.connect(again.ledger)) as database:
        with database:
            database.execute("update publications set label = 'altered', location = x'00'")
        for path in again.raw.glob("ledger.sqlite*"):
            shutil.copy(path, again.raw / f"copy-{path.name}")
    again.ledger.unlink()
    for path in again.raw.glob("copy-*-*"):
        path.rename(again.raw / path.name.removeprefix("copy-"))
    assert again.ledger.with_name("ledger.sqlite-wal").stat().st_size > 0
    run(again, source)
    assert contents(again) == clean


def scramble(path: Path) -> None:
    """Write noise over every page of a database but the first."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + random.Random(1).randbytes(len(content) - 4096))


def test_a_value_in_the_ledger_that_cant_be_read_is_a_sentence(again: Settings, source: Path) -> None:
    with closing(sqlite3.connect(again.ledger)) as database, database:
        database.execute("update file_versions set first_seen_at = 'yesterday'")
    code, output = judgements(again, "build", "--source", str(source))
    assert code == 1
    assert "Move it away and build again" in output
    code, output = judgements(again, "verify")
    assert (code, "Move it away and build again" in output) == (1, True)


def test_nothing_damaged_is_nothing_to_say(again: Settings) -> None:
    code, output = judgements(again, "verify", "--json")
    assert code == 0
    found = json.loads(output)
    parts = ("ledger", "archive", "statistics", "caches", "rows", "published", "earlier")
    assert found == {part: [] for part in parts}


def test_verify_says_of_each_damage_where_it_is_and_what_to_do(again: Settings, source: Path, clean: Contents) -> None:
    harmed = [
        min(again.archive.rglob("*.pdf")),
        min(again.read.rglob("*.zst")),
        min(again.parsed.rglob("*.zst")),
        next(again.rows.rglob("lines.parquet")),
        again.exports / "core" / "judgements.parquet",
        again.warehouse,
    ]
    for path in harmed:
        with_its_times(path)
    code, output = judgements(again, "verify")
    assert code == 1
    for path in harmed:
        named = path.parent if path.name == "lines.parquet" else path
        assert str(named) in output
    assert output.count("makes it again") == 3
    assert "Build again with --force" in output
    run(again, source, force=True)
    assert judgements(again, "verify")[0] == 0
    assert contents(again) == clean


def test_verify_of_nothing_says_what_to_do(settings: Settings) -> None:
    code, output = judgements(settings, "verify")
    assert code == 1
    assert "There is nothing at" in output


def test_status_writes_nothing(again: Settings) -> None:
    def everything() -> list[tuple[str, int, int]]:
        paths = [again.data, *again.data.rglob("*")]
        return sorted((str(path), path.lstat().st_mtime_ns, path.lstat().st_ctime_ns) for path in paths)

    before = everything()
    code, output = judgements(again, "status")
    assert (code, everything()) == (0, before)
    assert "published up to" in output
    assert "in this data folder" not in output


_ON_A_SMALL_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from pipelines import cli
cli.app(sys.argv[2:])
"""


@pytest.mark.parametrize("n_bytes", [0, 20_000, 200_000])
def test_a_full_disk_is_a_sentence_and_costs_nothing_published(
    again: Settings, source: Path, clean: Contents, n_bytes: int
) -> None:
    """A limit for the size of a file is to a program what a full disk is, and needs no disk."""
    command = [sys.executable, "-c", _ON_A_SMALL_DISK, str(n_bytes), "build", "--source", str(source), "--force"]
    ended = subprocess.run([*command, "--data", str(again.data)], capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    assert "ulimit -f" in ended.stderr
    assert contents(again) == clean
    run(again, source)
    assert contents(again) == clean


def test_too_few_open_files_are_a_sentence(again: Settings, source: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))" + _ON_A_SMALL_DISK
    command = [sys.executable, "-c", code, "1000000000", "build", "--source", str(source), "--data", str(again.data)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, "Traceback" in ended.stderr) == (3, False)
    assert "ulimit -n" in ended.stderr


def test_a_file_set_aside_takes_its_companions_along(tmp_path: Path) -> None:
    for name in ("ledger.sqlite", "ledger.sqlite-wal"):
        (tmp_path / name).write_bytes(b"x")
    aside = set_aside(tmp_path / "ledger.sqlite", ("-wal", "-shm"))
    assert sorted(os.listdir(tmp_path)) == [aside.name, f"{aside.name}-wal"]
