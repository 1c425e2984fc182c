"""A cluster gives what this machine gives, survives its workers, and says in a sentence why it can't be used."""

import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.sample.make import make_sample
from pipelines.settings import Settings
from pipelines.sources.published import Progress, Wanted
from pipelines.warehouse.connection import published_build
from pipelines.workers import dask, tasks
from pipelines.workers.dask import ClusterError

pytest.importorskip("distributed", reason="needs the extra 'cluster'")

from tests.waiting import PATIENCE
from tests.workers import deadly
from tests.workers.cluster.loopback import Loopback

Entries = dict[str, bytes]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine, a cluster that is there is waited for. A test of one that is not says for how long."""
    monkeypatch.setattr(dask, "SECONDS_TO_CONNECT", PATIENCE)
    monkeypatch.setattr(dask, "SECONDS_FOR_WORKERS", PATIENCE)


@pytest.fixture(scope="module")
def loopback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    """A scheduler and two workers, each a process of its own. Workers that die are started anew."""
    loopback = Loopback(tmp_path_factory.mktemp("dask"))
    try:
        loopback.start_scheduler()
        loopback.start_workers(2)
        yield loopback
    finally:
        loopback.stop()


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with sample reports in its archive, some of them no reports at all. Not to be written to."""
    data = tmp_path_factory.mktemp("archived") / "data"
    reports = data.parent / "reports"
    make_sample(reports, reports=4, bad_files=True)
    with Workspace.open(Settings(data=data)) as workspace:
        stages.list_reports(workspace, Wanted(str(reports)))
        stages.archive_reports(workspace)
    return data


@pytest.fixture(scope="module")
def local(archived: Path) -> Settings:
    """What this machine makes of them. Not to be written to."""
    settings = Settings(data=shutil.copytree(archived, archived.parent / "local", symlinks=True), workers=1)
    read_parse_and_load(settings)
    return settings


def read_parse_and_load(settings: Settings, progress: Progress = stages.silent) -> None:
    with Workspace.open(settings) as workspace:
        stages.read_reports(workspace, progress=progress)
        stages.parse_reports(workspace, progress=progress)
        stages.load_warehouse(workspace)


def read_reports(settings: Settings, progress: Progress = stages.silent) -> stages.TaskCounts:
    with Workspace.open(settings) as workspace:
        return stages.read_reports(workspace, progress=progress)


def parse_reports(settings: Settings, force: bool = False) -> stages.TaskCounts:
    with Workspace.open(settings) as workspace:
        return stages.parse_reports(workspace, force)


def entries(settings: Settings) -> Entries:
    """Every entry of both caches of reports, byte for byte; what editions hold is read by the main process."""
    kept = [*settings.read.rglob("*.zst"), *settings.parsed.glob("[!s]*/*/*.zst")]
    return {path.relative_to(settings.data).as_posix(): path.read_bytes() for path in kept}


def marts(settings: Settings) -> Entries:
    """Every mart as CSV, byte for byte."""
    return {path.name: path.read_bytes() for path in (settings.exports / "marts").glob("*.csv")}


def copied(archived: Path, to: Path, address: str | None) -> Settings:
    return Settings(data=shutil.copytree(archived, to / "data", symlinks=True), cluster=address)


@pytest.mark.slow
def test_a_cluster_gives_what_this_machine_gives(
    archived: Path, local: Settings, loopback: Loopback, tmp_path: Path
) -> None:
    settings = copied(archived, tmp_path, loopback.address)
    seen: list[tuple[int, int]] = []
    read_parse_and_load(settings, lambda n_done, n_in_all: seen.append((n_done, n_in_all)))
    assert entries(settings) == entries(local)
    assert published_build(settings.warehouse, "fingerprint") == published_build(local.warehouse, "fingerprint")
    assert marts(settings) == marts(local)
    n_files = len(seen) // 2
    assert seen == [(n_done, n_files) for n_done in range(1, n_files + 1)] * 2


@pytest.mark.slow
def test_a_worker_killed_in_mid_run_costs_nothing_but_time(
    archived: Path, local: Settings, loopback: Loopback, tmp_path: Path
) -> None:
    settings = copied(archived, tmp_path, loopback.address)
    victim = loopback.pids()[0]

    def kill_one(n_done: int, n_in_all: int) -> None:
        if n_done == 1:
            os.kill(victim, signal.SIGKILL)

    assert read_reports(settings, progress=kill_one).n_done > 4
    loopback.wait_until_gone(victim)
    parse_reports(settings)
    assert entries(settings) == entries(local)


@pytest.mark.slow
def test_files_that_kill_worker_after_worker_are_set_aside_and_the_run_goes_on(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = deadly.reports(tmp_path)
    loopback.allow_failures(0)
    settings = Settings(data=tmp_path / "data", cluster=loopback.address, seconds_per_report=deadly.SECONDS)
    monkeypatch.setattr(tasks, "read", deadly.read_or_die)
    with Workspace.open(settings) as workspace:
        stages.list_reports(workspace, Wanted(str(folder)))
        stages.archive_reports(workspace)
        assert stages.read_reports(workspace) == stages.TaskCounts(n_files=4, n_done=4, n_refused=4)
        found = deadly.outcomes(workspace)
    died = ("damaged_pdf", f"each of 1 workers died over it or took longer than {deadly.SECONDS} seconds")
    assert found[:2] == [died, died]
    assert [reason for reason, _ in found[2:]] == ["not_a_pdf", "not_a_pdf"]
    loopback.allow_failures(3)


@pytest.mark.slow
def test_lines_that_are_missing_or_damaged_are_read_again(local: Settings, loopback: Loopback, tmp_path: Path) -> None:
    settings = copied(local.data, tmp_path, loopback.address)
    missing, damaged, *_ = sorted(settings.read.rglob("*.zst"))
    missing.unlink()
    damaged.write_bytes(b"\0")
    assert parse_reports(settings, force=True).n_done > 4
    assert entries(settings) == entries(local)


@pytest.mark.slow
def test_workers_of_another_version_are_refused_and_both_versions_are_named(
    archived: Path, loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = copied(archived, tmp_path, loopback.address)
    own = tasks.versions(settings.reader)
    monkeypatch.setattr(dask, "versions", lambda reader: {**own, "rules": "of tomorrow"})
    with pytest.raises(ClusterError, match=f"has rules {own['rules']}, not of tomorrow.*same version as this one"):
        read_reports(settings)
    monkeypatch.setattr(dask, "_check_versions", lambda *asked: None)
    with pytest.raises(ClusterError, match=f"joined later has rules {own['rules']}, not of tomorrow"):
        read_reports(settings)
    assert entries(settings) == {}


@pytest.mark.slow
def test_a_scheduler_without_fit_workers_or_lost_in_mid_run_ends_the_run_with_a_sentence(
    archived: Path, local: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Loopback(tmp_path)
    try:
        alone.start_scheduler()
        settings = copied(archived, tmp_path, alone.address)
        monkeypatch.setattr(dask, "SECONDS_FOR_WORKERS", 0.5)
        with pytest.raises(ClusterError, match=f"has no workers. Start some: dask worker {alone.address} --nthreads 1"):
            read_reports(settings)
        monkeypatch.setattr(dask, "SECONDS_FOR_WORKERS", PATIENCE)
        double = alone.start_workers(1, "--no-nanny", nthreads=2)
        with pytest.raises(ClusterError, match=r"must run one thread: tcp://.* runs 2. Start it as: dask worker"):
            read_reports(settings)
        (working,) = alone.pids()
        double.kill()
        double.wait()
        alone.wait_until_gone(working)
        alone.start_workers(1, "--no-nanny")

        def kill_scheduler(n_done: int, n_in_all: int) -> None:
            if n_done == 2:
                alone.scheduler.kill()

        with pytest.raises(ClusterError, match=r"was lost\. What was done by then is kept"):
            read_reports(settings, progress=kill_scheduler)
    finally:
        alone.stop()
    kept = entries(settings)
    assert len(kept) >= 2
    assert kept.items() <= entries(local).items()
    n_read: list[int] = []
    goes_on = Settings(data=settings.data, workers=1)
    read_reports(goes_on, progress=lambda n_done, n_in_all: n_read.append(n_in_all))
    assert len(n_read) == len(entries(goes_on)) - len(kept)


def test_a_scheduler_that_does_not_answer_is_said_at_once(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "SECONDS_TO_CONNECT", 0.5)
    settings = copied(archived, tmp_path, None)
    monkeypatch.setenv("JUDGEMENTS_CLUSTER", unused_address())
    reports = str(archived.parent / "reports")
    result = CliRunner().invoke(cli.app, ["build", "--source", reports, "--data", str(settings.data)])
    assert result.exit_code == 1
    assert f"No Dask scheduler answers at {os.environ['JUDGEMENTS_CLUSTER']} within 0.5 seconds." in result.stderr
    assert "Traceback" not in result.output


def test_without_the_extra_one_is_told_what_to_install(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'childrens-services-judgements\[cluster\]'"):
        read_reports(copied(archived, tmp_path, unused_address()))


def test_nothing_to_do_asks_no_cluster(local: Settings, tmp_path: Path) -> None:
    settings = copied(local.data, tmp_path, unused_address())
    assert read_reports(settings).n_done == 0
    assert parse_reports(settings).n_done == 0


class Scheduler:
    """Says how many workers there are."""

    def __init__(self, *n_workers: int) -> None:
        self._n_workers = iter(n_workers)

    def scheduler_info(self, n_workers: int) -> dict[str, int]:
        return {"n_workers": next(self._n_workers)}


def test_a_run_that_every_worker_has_left_waits_a_while_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 30))
    now = next(clock)
    monkeypatch.setattr(dask, "monotonic", lambda: now)
    look = dask._deserted_check(Scheduler(1, 0, 1, 0, 0, 0, 0), "tcp://host:8786")  # type: ignore[arg-type]
    for _ in range(6):
        look()
        now = next(clock)
    with pytest.raises(ClusterError, match="The last worker of tcp://host:8786 has gone"):
        look()


@pytest.mark.parametrize("address", ["host:8786", "http://host:8786", "tcp://host", "tcp://", "tcp://host:8786/x"])
def test_what_is_no_address_of_a_scheduler_is_bad_usage(address: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.app, ["status", "--data", str(tmp_path)], env={"JUDGEMENTS_CLUSTER": address})
    assert (result.exit_code, "tcp://host:8786" in result.output) == (2, True)


def unused_address() -> str:
    """Where nothing listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{listening.getsockname()[1]}"
