"""One build as a process of its own, measured: wall time, seconds by stage, and the memory of all its processes."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAM = Path(__file__).parents[1]
SECONDS_BETWEEN_LOOKS = 0.2
"""A look takes a few milliseconds: more of them would slow the build that is timed."""


@dataclass(frozen=True)
class Measured:
    """What one build took: seconds in all, start-up included, and by stage; the peak of memory in bytes.

    Memory is the sum of what each process holds resident, so what they share is counted more than once.
    """

    seconds: float
    stages: dict[str, float]
    peak_bytes: int


def build(source: Path, data: Path, program: Path = PROGRAM) -> Measured:
    """Build from a folder of reports into a data folder, with the program that stands in `program`.

    Raises CalledProcessError when the build fails.
    """
    command = [sys.executable, "-m", "pipelines", "build", "--json", "--source", str(source.absolute())]
    command += ["--data", str(data.absolute())]
    with tempfile.TemporaryFile() as summary, tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=program, stdout=summary, stderr=said)
        peak = _Peak(process.pid)
        peak.start()
        code = process.wait()
        seconds = time.perf_counter() - started
        peak.join()
        if code:
            said.seek(0)
            raise subprocess.CalledProcessError(code, command, stderr=said.read()[-2000:].decode(errors="replace"))
        summary.seek(0)
        return Measured(seconds, json.load(summary)["seconds"], peak.n_bytes)


class _Peak(threading.Thread):
    """Looks again and again at how much memory a process and its children hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.n_bytes = 0
        self._pid = pid

    def run(self) -> None:
        while True:
            try:
                whole = psutil.Process(self._pid)
                held = sum(map(_resident, (whole, *whole.children(recursive=True))))
            except psutil.NoSuchProcess:
                return
            if not held:
                return
            self.n_bytes = max(self.n_bytes, held)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _resident(process: psutil.Process) -> int:
    try:
        return 0 if process.status() == psutil.STATUS_ZOMBIE else int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
