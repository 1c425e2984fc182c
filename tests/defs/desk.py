"""Dagster as people run it, for tests: webserver and daemon on loopback, asked over GraphQL, and a receiver of alarms.

Belongs here: starting, asking, killing and stopping it.
Stays out: what any test expects of it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self, TypeVar

from pipelines.settings import Settings

REPOSITORY = Path(__file__).parents[2]
JOB = {"repositoryLocationName": "judgements", "repositoryName": "__repository__"}

PATIENCE = 600
"""Seconds for what is sure to come, however busy the machine: a wait ends when it has."""

# A proxy that this machine is told to use can't reach a server on the machine itself.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

WORKSPACE = "load_from: [{python_module: {module_name: pipelines.definitions, location_name: judgements}}]"

Found = TypeVar("Found")

LAUNCH = """
mutation ($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}"""
RUN = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status startTime } } }"
EVENTS = """
query ($id: ID!) {
  logsForRun(runId: $id, limit: 1000) {
    ... on EventConnection {
      events {
        __typename
        ... on MessageEvent { message }
        ... on AssetCheckEvaluationEvent {
          evaluation {
            assetKey { path } checkName success severity description
            metadataEntries { label ... on TableMetadataEntry { table { records } } }
          }
        }
      }
    }
  }
}"""
LOADED = "{ workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { __typename } } } } }"
TICKS = """
query ($selector: SensorSelector!) {
  sensorOrError(sensorSelector: $selector) { ... on Sensor { sensorState { status ticks(limit: 5) { status } } } }
}"""


class Receiver:
    """A webhook on loopback: keeps what it is sent."""

    def __init__(self, status: int = 200) -> None:
        received: list[dict[str, Any]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
                pass

        self.received = received
        self.statuses: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/services/T0/B0/secret-of-the-webhook"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Desk:
    """`dagster dev` in a folder of its own, with the project's dagster.yaml."""

    def __init__(self, home: Path, **settings: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "dagster.yaml", home)
        (home / "workspace.yaml").write_text(WORKSPACE, "utf-8")
        self.home, self.log = home, home / "dagster.log"
        self.data = home / "data"
        self.settings = Settings(data=self.data)
        self.port = _free_port()
        self._environment = {
            **os.environ,
            "DAGSTER_HOME": str(home),
            "PYTHONPATH": str(REPOSITORY),
            "JUDGEMENTS_DATA": str(self.data),
            "JUDGEMENTS_WORKERS": "1",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it answers."""
        (self.data / "dagster").mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "dagster", "dev", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=self.home,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait("the webserver", lambda: self._has_code() or None)

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and whatever it leaves behind."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=15)
            self.kill()

    def kill(self) -> None:
        """Kill everything that was started, the runs too, in one blow, as losing power does."""
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):  # a group of which only a dead one is left
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """What the webserver answers to a query."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with _DIRECT.open(request, timeout=PATIENCE) as answer:
            answered: dict[str, Any] = json.load(answer)
        assert "errors" not in answered, answered["errors"]
        data: dict[str, Any] = answered["data"]
        return data

    def launch(self, job: str, ops: dict[str, dict[str, object]] | None = None) -> str:
        """Start a job as the button does; gives the run's id."""
        config = {"ops": {name: {"config": one} for name, one in (ops or {}).items()}}
        params = {"selector": {**JOB, "pipelineName": job}, "runConfigData": json.dumps(config), "mode": "default"}
        launched = self.ask(LAUNCH, params=params)["launchRun"]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        run_id: str = launched["run"]["runId"]
        return run_id

    def status(self, run_id: str) -> str:
        status: str = self.ask(RUN, id=run_id)["runOrError"]["status"]
        return status

    def finish(self, run_id: str) -> str:
        """Wait for a run's end; gives its status."""
        ended = ("SUCCESS", "FAILURE", "CANCELED")
        return self.wait("the run", lambda: status if (status := self.status(run_id)) in ended else None)

    def events(self, run_id: str, kind: str) -> list[dict[str, Any]]:
        """The run's events of a kind, as the browser shows them."""
        events = self.ask(EVENTS, id=run_id)["logsForRun"]["events"]
        return [one for one in events if one["__typename"] == kind]

    def evaluations(self, run_id: str) -> dict[str, dict[str, Any]]:
        """How each check came out, by `layer/table:check`."""
        found = [one["evaluation"] for one in self.events(run_id, "AssetCheckEvaluationEvent")]
        return {f"{'/'.join(one['assetKey']['path'])}:{one['checkName']}": one for one in found}

    def ticks(self, sensor: str) -> list[str]:
        """How the last looks of a sensor came out."""
        selector = {**JOB, "sensorName": sensor}
        state = self.ask(TICKS, selector=selector)["sensorOrError"]["sensorState"]
        return [tick["status"] for tick in state["ticks"]]

    def wait(self, what: str, look: Callable[[], Found | None]) -> Found:
        """Look again and again until there is something. A webserver that does not answer has nothing yet."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                found = look()
                if found is not None:
                    return found
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.2)
        raise AssertionError(f"waited for {what} in vain:\n{self.log.read_text('utf-8', 'replace')[-4000:]}")

    def _has_code(self) -> bool:
        """Whether the webserver, which answers, has the code loaded."""
        locations = self.ask(LOADED)["workspaceOrError"]["locationEntries"]
        return any((one["locationOrLoadError"] or {}).get("__typename") == "RepositoryLocation" for one in locations)


def _free_port() -> int:
    """A port that is free, and stays so until Dagster has it, which takes seconds.

    It lies below those that the system hands out to whoever asks for any, as every other server of these tests does,
    and each test worker has a few of its own.
    """
    first = 20_000 + os.getpid() % 1_000 * 10
    for port in range(first, first + 10):
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise AssertionError(f"no port from {first} on is free")
