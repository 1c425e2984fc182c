"""A run whose process is gone is known to be, also when another process has its number now."""

import os
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import psutil
import pytest
from dagster._core.events import EngineEventData
from dagster._core.launcher import WorkerStatus

from pipelines.defs.launcher import WatchedRunLauncher, is_process

OVERRIDES = {"run_launcher": {"module": "pipelines.defs.launcher", "class": "WatchedRunLauncher"}}


def test_a_process_is_itself_only_while_it_lives() -> None:
    now = time.time()
    assert is_process(os.getpid(), now)
    assert not is_process(os.getpid(), psutil.Process().create_time() - 60), "it was another one's number then"
    child = subprocess.Popen([sys.executable, "-c", ""])
    while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert not is_process(child.pid, time.time())
    child.wait()
    assert not is_process(child.pid, time.time())


@pytest.mark.parametrize(
    ("pid", "status"),
    [(os.getpid(), WorkerStatus.RUNNING), (2**22 + 1, WorkerStatus.FAILED), (None, WorkerStatus.RUNNING)],
    ids=["a process that runs", "a process that is gone", "no process yet"],
)
def test_run_monitoring_is_told(tmp_path: Path, pid: int | None, status: WorkerStatus) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path), overrides=OVERRIDES) as instance:
        run = instance.create_run_for_job(_nothing, status=dg.DagsterRunStatus.STARTED)
        if pid is not None:
            instance.report_engine_event("Started process for run.", run, EngineEventData.in_process(pid))
        launcher = instance.run_launcher
        assert isinstance(launcher, WatchedRunLauncher)
        assert launcher.supports_check_run_worker_health
        assert launcher.check_run_worker_health(run).status == status


@dg.job
def _nothing() -> None:
    pass
