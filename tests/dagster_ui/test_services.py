"""Three services start and end as one. With Dagster itself: tests/defs/test_dagster_ui.py."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
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
    assert f"Port {port} is taken: is Dagster open already, at http://127.0.0.1:{port}?" in told.stderr
    assert told.stderr.endswith(f" Another port: make ui PORT={port + 1}\n")


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


@pytest.fixture
def _signals_restored() -> Iterator[None]:
    before = {one: signal.getsignal(one) for one in services.ENDINGS}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.usefixtures("_signals_restored")
def test_what_a_shell_or_nohup_lets_be_ignored_is_ignored_but_not_by_the_services() -> None:
    for one in (signal.SIGINT, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    ends = services._heed_signals()
    for one in services.ENDINGS:
        signal.raise_signal(one)
    assert ends == [signal.SIGTERM]
    code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout == "True\n"


@pytest.mark.usefixtures("_signals_restored")
def test_when_one_service_ends_the_others_are_ended_and_the_exit_code_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: services.Services = {}

    def start(of: services.Services, _folder: Path, _port: int, _module: str, _ends: list[int]) -> None:
        for name, code in (("code server", "import time; time.sleep(600)"), ("daemon", "raise SystemExit(3)")):
            started[name] = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        of |= started

    monkeypatch.setattr(services, "_start", start)
    monkeypatch.setattr(sys, "argv", ["services", "--port", "1"])
    with pytest.raises(SystemExit, match=r"Dagster's daemon ended [(]exit code 3[)], and so does the rest\."):
        services.main()
    assert [one.returncode for one in started.values()] == [-signal.SIGTERM, 3]
