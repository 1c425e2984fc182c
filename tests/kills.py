"""SIGKILL at random moments of a fetch and of a run in Dagster: the next run is right, and equal to a clean one.

Tests try a few moments; by hand, as many as wanted, with a line for each:

    python -m tests.kills fetch 50 SEED
    python -m tests.kills dagster 50 SEED
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import dagster as dg

from pipelines.archive.ledger import Ledger
from pipelines.sample.make import make_sample
from tests.sources.ofsted.conftest import small_world
from tests.sources.ofsted.site import Handler, OfstedSite
from tests.waiting import wait_until

REPOSITORY = Path(__file__).parents[1]
FETCH = """
from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.settings import Settings
from pipelines.sources.published import OFSTED, Wanted
with Workspace.open(Settings()) as workspace:
    stages.list_reports(workspace, Wanted(OFSTED))
    stages.archive_reports(workspace, False)
"""
DAGSTER = [sys.executable, "-m", "dagster", "job", "execute", "-m", "pipelines.definitions", "-j"]


class Kill(NamedTuple):
    """Where a run was when it was killed, and what was different after the next one: nothing, where all is well."""

    where: str
    difference: str


def killed_fetches(folder: Path, n_kills: int, seed: int) -> Iterator[Kill]:
    """Kill a first fetch of a small site, or one of reissued files, at any of its requests or just after it."""
    chance = random.Random(seed)
    with OfstedSite(small_world()) as site:
        _answer_slowly(site)
        command, clean = [sys.executable, "-c", FETCH], folder / "clean"
        run(command, site.environment() | {"JUDGEMENTS_DATA": str(clean)}, folder)
        n_requests = len(site.log)
        held, first = clean, site.published
        for number in range(n_kills):
            data, is_first = folder / f"killed-{number}", chance.random() < 0.5
            site.published = first
            if not is_first:
                shutil.copytree(held, data)
                site.published = [one._replace(content=b"%PDF-1.7 reissued" + bytes(500) + one.file_id.encode()) for one in first]
            site.log.clear()
            last, pause = chance.randint(1, n_requests), chance.uniform(0, 0.03)
            with started(command, site.environment() | {"JUDGEMENTS_DATA": str(data)}, folder) as process:
                wait_until(lambda: len(site.log) >= last or process.poll() is not None)
                time.sleep(pause)
                where = "ended" if process.poll() is not None else site.log[-1].kind
            run(command, site.environment() | {"JUDGEMENTS_DATA": str(data)}, folder)
            reference = folder / f"clean-{number}"
            run(command, site.environment() | {"JUDGEMENTS_DATA": str(reference)}, folder)
            yield Kill(f"{'first' if is_first else 'again'}, {where}", _of_archives(reference, data))
            shutil.rmtree(data)
            shutil.rmtree(reference)


def killed_runs(folder: Path, n_kills: int, seed: int) -> Iterator[Kill]:
    """Kill `build_warehouse` at any moment between its lock and its end, on a folder of which nothing is built yet."""
    chance = random.Random(seed)
    make_sample(folder / "reports", reports=3, bad_files=False)
    fetched, home, clean = folder / "fetched", folder / "home", folder / "clean"
    home.mkdir()
    shutil.copy(REPOSITORY / "dagster.yaml", home)
    here = {"DAGSTER_HOME": str(home), "JUDGEMENTS_SOURCE": str(folder / "reports")}
    run([*DAGSTER, "fetch_reports"], here | {"JUDGEMENTS_DATA": str(fetched)}, home)
    (fetched / "build.lock").unlink()
    shutil.copytree(fetched, clean)
    command = [*DAGSTER, "build_warehouse"]
    with started(command, here | {"JUDGEMENTS_DATA": str(clean)}, home) as process:
        wait_until((clean / "build.lock").exists)
        begun = time.monotonic()
        assert process.wait() == 0
    seconds = time.monotonic() - begun
    for number in range(n_kills):
        data = folder / f"killed-{number}"
        shutil.copytree(fetched, data)
        pause = chance.uniform(0, seconds)
        with started(command, here | {"JUDGEMENTS_DATA": str(data)}, home) as process:
            wait_until(lambda: (data / "build.lock").exists() or process.poll() is not None)
            with suppress(subprocess.TimeoutExpired):
                process.wait(pause)
            has_ended = process.poll() is not None
        where = "ended" if has_ended else _last_event(home)
        run(command, here | {"JUDGEMENTS_DATA": str(data)}, home)
        yield Kill(where, _of_warehouses(clean, data))
        shutil.rmtree(data)


@contextmanager
def started(command: list[str], settings: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a session of its own; at the end of the block it is killed with all that it started."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "JUDGEMENTS_WORKERS": "2"} | settings
    with (folder / "said.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(command: list[str], settings: dict[str, str], folder: Path) -> None:
    """Run a command to its end. Raises AssertionError with what it said when it fails."""
    with started(command, settings, folder) as process:
        assert process.wait() == 0, (folder / "said.log").read_text("utf-8")[-4000:]


def _answer_slowly(site: OfstedSite) -> None:
    """Spread a fetch over so much time that a kill can hit between two of its steps."""

    def slowly(handler: Handler) -> None:
        time.sleep(0.005)
        site.answer(handler)

    site.always = {"search": slowly, "provider": slowly, "file": slowly}


def _of_archives(clean: Path, killed: Path) -> str:
    """How two archives of one site differ: in what each publication serves, or in the files kept."""
    served = []
    for data in (clean, killed):
        with Ledger.open(data / "raw" / "ledger.sqlite") as ledger:
            served.append({(one.publication.source_path, one.file_sha256, one.reason) for one in ledger.archived_reports()})
    names = [{path.name for path in (data / "raw").rglob("*") if path.is_file()} for data in (clean, killed)]
    more = {name for name in names[0] - names[1]} | {name for name in names[1] - names[0] if not name.endswith(".pdf")}
    return ", ".join(sorted(map(str, (served[0] ^ served[1]) | more)))


def _of_warehouses(clean: Path, killed: Path) -> str:
    """How two warehouses differ, and the exports beside them."""
    warehouses = [str(data / "warehouse" / "judgements.duckdb") for data in (clean, killed)]
    compare = [sys.executable, "scripts/compare_warehouses.py", *warehouses]
    compared = subprocess.run(compare, cwd=REPOSITORY, capture_output=True, text=True)
    exports = [sorted(path.name for path in (data / "warehouse" / "exports").rglob("*")) for data in (clean, killed)]
    others = "" if exports[0] == exports[1] else f"exports: {exports}"
    left = [str(path) for path in killed.rglob("*.part")]
    return ("" if compared.returncode == 0 else compared.stdout + compared.stderr) + others + ", ".join(left)


def _last_event(home: Path) -> str:
    """The last thing that a killed run wrote down."""
    before, folder = os.environ.get("DAGSTER_HOME"), Path.cwd()
    os.chdir(home)
    try:
        with dg.DagsterInstance.from_config(str(home)) as instance:
            (last,) = instance.get_run_records(limit=1)
            event = instance.all_logs(last.dagster_run.run_id)[-1]
            return f"{event.step_key or 'run'} {event.dagster_event_type and event.dagster_event_type.value}"
    finally:
        os.chdir(folder)


if __name__ == "__main__":
    what, n_kills, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    hit: Counter[str] = Counter()
    n_different = 0
    with tempfile.TemporaryDirectory() as folder:
        for kill in {"fetch": killed_fetches, "dagster": killed_runs}[what](Path(folder), n_kills, seed):
            hit[kill.where] += 1
            n_different += bool(kill.difference)
            print(kill.where, kill.difference or "equal", flush=True)
    print(*(f"{number:4} {where}" for where, number in hit.most_common()), f"{n_different} of {n_kills} differ", sep="\n")
