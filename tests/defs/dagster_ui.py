"""What `make ui` starts, on loopback, asked over GraphQL as its pages ask."""

import json
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar

import psutil

from tests.waiting import is_running

REPOSITORY = Path(__file__).parents[2]
JOB = {"repositoryLocationName": "judgements", "repositoryName": "__repository__"}

PATIENCE = 600
"""Seconds for what is sure to come, however busy the machine: a wait ends when it has."""

# A proxy that this machine is told to use can't reach a server on the machine itself.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

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
RUNS = "query ($filter: RunsFilter) { runsOrError(filter: $filter) { ... on Runs { results { runId status } } } }"
FAILURES = """
query ($id: ID!) {
  logsForRun(runId: $id, limit: 1000) {
    ... on EventConnection { events { ... on ExecutionStepFailureEvent { failureMetadata { description } } } }
  }
}"""
LOADED = "{ workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { __typename } } } } }"


class DagsterUi:
    """The command in a folder of its own, with the project's dagster.yaml.

    `options` are those of the command, `settings` environment variables. It is started as a script starts something in
    the background: with SIGINT ignored.
    """

    def __init__(self, home: Path, *options: str, **settings: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "dagster.yaml", home)
        self.home, self.log, self.data = home, home / "dagster.log", home / "data"
        (self.data / "dagster").mkdir(parents=True, exist_ok=True)
        self.port, self._options = _free_port(), options
        self._environment = {
            **os.environ,
            "DAGSTER_HOME": str(home),
            "PYTHONPATH": str(REPOSITORY),
            "JUDGEMENTS_DATA": str(self.data),
            "JUDGEMENTS_WORKERS": "1",
            **settings,
        }

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "pipelines.dagster_ui.services", "--port", str(self.port), *self._options]
        in_background = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *command]
        with self.log.open("ab") as log:
            self._process = psutil.Popen(in_background, cwd=self.home, env=self._environment, stdout=log, stderr=log)
        self.wait("the code in the webserver", self._has_code)
        return self

    def __exit__(self, *error: object) -> None:
        """End it, and whatever it leaves behind."""
        for one in [self._process, *self.stop()]:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        """The process that starts and ends the others."""
        return int(self._process.pid)

    def stop(self) -> list[psutil.Process]:
        """End it as a service manager does; gives the processes that it leaves behind, none where all is well."""
        if not self._process.is_running():
            return []
        started = self._process.children(recursive=True)
        self._process.send_signal(signal.SIGTERM)
        with suppress(psutil.TimeoutExpired):
            self._process.wait(timeout=60)
        return [one for one in started if is_running(one.pid)]

    def ask(self, query: str, headers: dict[str, str] | None = None, **variables: object) -> dict[str, Any]:
        """What the webserver answers to a query. Raises HTTPError where it refuses."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        address = f"http://127.0.0.1:{self.port}/graphql"
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"} | (headers or {}))
        with _DIRECT.open(request, timeout=PATIENCE) as answer:
            answered: dict[str, Any] = json.load(answer)
        assert "errors" not in answered, answered["errors"]
        data: dict[str, Any] = answered["data"]
        return data

    def launch(self, job: str, **ops: dict[str, object]) -> str:
        """Start a job as its button does; gives the run's id."""
        config = json.dumps({"ops": {name: {"config": one} for name, one in ops.items()}})
        params = {"selector": {**JOB, "pipelineName": job}, "runConfigData": config, "mode": "default"}
        launched = self.ask(LAUNCH, params=params)["launchRun"]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        run_id: str = launched["run"]["runId"]
        return run_id

    def end(self, **of: object) -> str:
        """Wait until the run that a filter finds is there and has ended; gives its status."""

        def status() -> str | None:
            found = self.ask(RUNS, filter=of)["runsOrError"]["results"]
            ended = [one["status"] for one in found if one["status"] in ("SUCCESS", "FAILURE", "CANCELED")]
            return ended[0] if ended else None

        return self.wait(f"the end of {of}", status)

    def failures(self, run_id: str) -> list[str]:
        """The sentences on which the page of a failed run opens."""
        events = self.ask(FAILURES, id=run_id)["logsForRun"]["events"]
        return [one["failureMetadata"]["description"] for one in events if one.get("failureMetadata")]

    def wait(self, what: str, look: Callable[[], Found | None]) -> Found:
        """Look again and again until there is something. A webserver that does not answer has nothing yet."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                found = look()
                if found is not None:
                    return found
            time.sleep(0.2)
        raise AssertionError(f"waited for {what} in vain:\n{self.log.read_text('utf-8', 'replace')[-4000:]}")

    def _has_code(self) -> bool | None:
        locations = self.ask(LOADED)["workspaceOrError"]["locationEntries"]
        loaded = [(one["locationOrLoadError"] or {}).get("__typename") for one in locations]
        assert "PythonError" not in loaded, self.log.read_text("utf-8", "replace")[-4000:]
        return True if "RepositoryLocation" in loaded else None


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
