"""What a soak measures: memory and open files of Dagster's services, the size of its history, and rows."""

import csv
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import psutil

SERVICES = {
    "_daemon": "daemon",
    "dagster_ui.webserver": "webserver",
    "code-server": "code server",
    "api": "code server",
}
"""Words of a command line, and the service that it belongs to. The processes of runs have none of these."""

SECONDS_BETWEEN_LOOKS = 5.0


class Sample(NamedTuple):
    """One service at one moment: all its processes together."""

    seconds: float
    service: str
    rss_bytes: int
    open_files: int


class Sampler(threading.Thread):
    """Looks at the services that a process started, until `stop`."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.samples: list[Sample] = []
        self._pid, self._ended, self._began = pid, threading.Event(), time.monotonic()

    def run(self) -> None:
        """Look every few seconds."""
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            self._look()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()

    def _look(self) -> None:
        found: dict[str, tuple[int, int]] = {}
        for process in psutil.Process(self._pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                service = _service_of(process.cmdline())
                if service:
                    n_bytes, n_files = found.get(service, (0, 0))
                    found[service] = (n_bytes + process.memory_info().rss, n_files + process.num_fds())
        seconds = time.monotonic() - self._began
        self.samples += [Sample(seconds, name, *numbers) for name, numbers in found.items()]


class Growth(NamedTuple):
    """The medians of the first and the last quarter of the time."""

    service: str
    what: str
    first: float
    last: float

    @property
    def share(self) -> float:
        """How much more the last is, as a share of the first."""
        return self.last / self.first - 1 if self.first else 0.0


def growths(samples: list[Sample]) -> list[Growth]:
    """Memory in MB and open files of each service: the first quarter of the time against the last."""
    end = max((one.seconds for one in samples), default=0.0)
    found = []
    for service in sorted({one.service for one in samples}):
        mine = [one for one in samples if one.service == service]
        quarters = [one for one in mine if one.seconds <= end / 4], [one for one in mine if one.seconds >= end * 3 / 4]
        if all(quarters):
            first, last = (statistics.median(one.rss_bytes for one in quarter) / 1e6 for quarter in quarters)
            found.append(Growth(service, "MB", first, last))
            first, last = (statistics.median(one.open_files for one in quarter) for quarter in quarters)
            found.append(Growth(service, "open files", first, last))
    return found


def write_csv(path: Path, samples: Iterable[Sample]) -> None:
    """Every sample, a row each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Sample._fields)
        writer.writerows(samples)


def n_rows(database: Path) -> dict[str, int]:
    """The rows of each table of an SQLite file."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables}


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder."""
    n_bytes = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a run ended meanwhile
            n_bytes += path.stat().st_size if path.is_file() else 0
    return n_bytes


def _service_of(command: list[str]) -> str | None:
    words = " ".join(command)
    if "multiprocessing" in words or "execute_run" in words:
        return None
    return next((service for word, service in SERVICES.items() if f" {word}" in words or f".{word}" in words), None)
