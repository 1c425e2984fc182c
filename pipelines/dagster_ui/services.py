"""Starts Dagster's code server, webserver and daemon for one person, and ends all three together.

    python -m pipelines.dagster_ui.services --port 3000

`dagster dev` does the same with its own webserver, which any page of the web can use; and it can't be ended when it was
started in the background by a script, where a shell lets SIGINT be ignored: it treats SIGTERM as SIGINT.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.settings import read_settings

HOST = "127.0.0.1"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SECONDS_TO_START = 180.0
SECONDS_TO_END = 20.0
"""After which a service that was asked to end is killed."""

Address = str | tuple[str, int]
"""Of a socket: a path, or a host and a port."""

Services = dict[str, subprocess.Popen[bytes]]
"""By name, in the order in which they were started."""


class _EndedError(Exception):
    """A service ended that should not have."""


def main() -> None:
    """Run until Ctrl-C, SIGTERM, a closed terminal, or the end of one of the services."""
    parser = argparse.ArgumentParser(description="Dagster in the browser, for one person on this machine.")
    parser.add_argument("--port", type=int, default=3000)
    parser.add_argument("--module", default="pipelines.definitions", help="what Dagster loads")
    given = parser.parse_args()
    port = given.port
    if _answers(socket.AF_INET, (HOST, port)):
        sys.exit(
            f"Port {port} is taken: is Dagster open already, at http://{HOST}:{port}?"
            f" Another port: make ui PORT={port + 1}"
        )
    try:
        read_settings()
    except UsageError as error:
        sys.exit(str(error))
    ends = _heed_signals()
    services: Services = {}
    with tempfile.TemporaryDirectory(prefix="dagster-") as folder:
        try:
            _start(services, Path(folder), port, given.module, ends)
            while not ends:
                _all_run(services)
                time.sleep(0.5)
        except _EndedError as ended:
            sys.exit(str(ended))
        finally:
            _end(services)


def _heed_signals() -> list[int]:
    """Gives the signals to end that have come: none yet. What a shell or nohup lets be ignored is none of them.

    It gets a handler all the same: what is ignored would be passed on to the services, and a handler is not.
    """
    ends: list[int] = []

    def end(number: int, _frame: object) -> None:
        ends.append(number)

    def carry_on(_number: int, _frame: object) -> None:
        pass

    for one in ENDINGS:
        signal.signal(one, carry_on if signal.getsignal(one) is signal.SIG_IGN else end)
    return ends


def _start(services: Services, folder: Path, port: int, module: str, ends: list[int]) -> None:
    """Start one after the other, unless told to end. The code is asked over a socket that only this user can open."""
    code, workspace = folder / "code", folder / "workspace.yaml"
    server = {"socket": str(code), "location_name": "judgements"}
    workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}), "utf-8")  # JSON is YAML too
    code_of = ("--module-name", module, "--location-name", "judgements")
    _tell("Starting Dagster: half a minute ...")
    quietly = ("--log-level", "warning")  # what a run printed is on its page
    services["code server"] = _service("dagster", "code-server", "start", "--socket", str(code), *code_of, *quietly)
    _wait_for("code", (socket.AF_UNIX, str(code)), services, ends)
    if ends:
        return
    asked = ("--workspace", str(workspace), *quietly)
    services["webserver"] = _service(
        "pipelines.dagster_ui.webserver", "--host", HOST, "--port", str(port), *asked, "--dagster-log-level", "warning"
    )
    services["daemon"] = _service("dagster._daemon", "run", *asked)
    _wait_for("webserver", (socket.AF_INET, (HOST, port)), services, ends)
    if not ends:
        _tell(
            f"Open http://{HOST}:{port}/assets/start_here?view=events to see how current the data are. Ctrl+C ends it."
        )


def _service(module: str, *words: str) -> subprocess.Popen[bytes]:
    """A process that Ctrl-C does not reach, in a group with all that it starts."""
    return subprocess.Popen([sys.executable, "-m", module, *words], start_new_session=True)  # noqa: S603 -- our own


def _wait_for(name: str, address: tuple[int, Address], services: Services, ends: list[int]) -> None:
    """Return when somebody listens at an address, or when told to end."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if ends or _answers(*address):
            return
        _all_run(services)
        time.sleep(0.1)
    raise _EndedError(f"Dagster's {name} did not answer within {SECONDS_TO_START:g} seconds.")


def _all_run(services: Services) -> None:
    for name, one in services.items():
        if one.poll() is not None:
            raise _EndedError(f"Dagster's {name} ended (exit code {one.returncode}), and so does the rest.")


def _end(services: Services) -> None:
    """Ask every process of every service to end, a run too; kill what has not ended in time."""
    for one in reversed(services.values()):
        _signal_group(one, signal.SIGTERM)
    end = time.monotonic() + SECONDS_TO_END
    for one in services.values():
        with suppress(subprocess.TimeoutExpired):
            one.wait(max(0.0, end - time.monotonic()))
    for one in services.values():
        _signal_group(one, signal.SIGKILL)
        one.wait()


def _signal_group(service: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # nobody is left in it
        os.killpg(service.pid, number)


def _answers(family: int, address: Address) -> bool:
    with socket.socket(family) as one:
        return one.connect_ex(address) == 0


def _tell(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
