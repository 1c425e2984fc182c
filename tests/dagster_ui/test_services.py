"""Three services start and end as one. With Dagster itself: tests/defs/test_dagster_ui.py."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.dagster_ui import services
from tests.waiting import is_running, wait_until

STUBBORN = """
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import signal, time; signal.pause()"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(600)
"""


def test_a_port_that_is_taken_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "pipelines.dagster_ui.services", "--port", str(port)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"Port {port} is taken: is Dagster open already, at http://127.0.0.1:{port}?\n"


def test_a_service_that_does_not_end_is_killed_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SECONDS_TO_END", 0.2)
    note = tmp_path / "child"
    command = [sys.executable, "-c", STUBBORN, str(note)]
    stubborn = subprocess.Popen(command, start_new_session=True)
    wait_until(lambda: note.is_file() and note.read_text("utf-8") != "")
    child = int(note.read_text("utf-8"))
    services._end({"webserver": stubborn})
    assert stubborn.returncode == -signal.SIGKILL
    wait_until(lambda: not is_running(child))


def test_when_one_service_ends_the_others_are_ended_and_the_exit_code_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {one: signal.getsignal(one) for one in services.ENDINGS}
    started: services.Services = {}

    def start(of: services.Services, _folder: Path, _port: int) -> None:
        for name, code in (("code server", "import time; time.sleep(600)"), ("daemon", "raise SystemExit(3)")):
            started[name] = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        of |= started

    monkeypatch.setattr(services, "_start", start)
    monkeypatch.setattr(sys, "argv", ["services", "--port", "1"])
    try:
        with pytest.raises(SystemExit, match=r"Dagster's daemon ended [(]exit code 3[)], and so does the rest\."):
            services.main()
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert [one.returncode for one in started.values()] == [-signal.SIGTERM, 3]
