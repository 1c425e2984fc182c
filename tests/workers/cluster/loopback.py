"""A Dask scheduler and its workers as processes of their own, on loopback, for tests.

Belongs here: starting them on free ports, and leaving none behind. Stays out: what runs on them.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from distributed import Client, Scheduler

from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[3]


class Loopback:
    """A cluster that is this process's own. `folder` takes what Dask writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def start_scheduler(self) -> None:
        """Start the scheduler on a free port and wait until it says which."""
        said = self._folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(said), "--idle-timeout", "600")
        wait_until(lambda: said.is_file() and said.read_text().endswith("}"))
        self.address = json.loads(said.read_text())["address"]

    def start_workers(self, n: int, *options: str, nthreads: int = 1) -> subprocess.Popen[bytes]:
        """Start workers and wait until all have joined. They end when the scheduler does."""
        known = ("--memory-limit", "0", "--local-directory", str(self._folder), "--death-timeout", f"{PATIENCE:g}")
        asked = ("--nworkers", str(n), "--nthreads", str(nthreads), *options)
        process = self._start("worker", self.address, *known, *asked)
        with self.client() as client:
            client.wait_for_workers(n, timeout=PATIENCE)
        return process

    def pids(self) -> list[int]:
        """The processes that work now."""
        with self.client() as client:
            return sorted(client.run(os.getpid).values())

    def wait_until_gone(self, pid: int) -> None:
        """Wait until the scheduler knows that a worker that was killed is no more."""
        with self.client() as client:
            wait_until(lambda: pid not in client.run(os.getpid, on_error="ignore").values())

    def allow_failures(self, n: int) -> None:
        """Have the scheduler give up on what that many workers have died over, and one more."""

        def allow(dask_scheduler: Scheduler) -> None:
            dask_scheduler.allowed_failures = n

        with self.client() as client:
            client.run_on_scheduler(allow)

    @contextlib.contextmanager
    def client(self) -> Iterator[Client]:
        """A client of one's own."""
        with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            yield client

    def stop(self) -> None:
        """End every process that was started, with those that it started in turn."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, what: str, *words: str) -> subprocess.Popen[bytes]:
        address = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", what, *words, *address],
            env=self._environment,
            cwd=self._folder,
            stdout=(self._folder / f"{what}.log").open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._processes.append(process)
        return process
