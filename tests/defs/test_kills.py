"""A run in Dagster that is killed at any moment costs time and nothing else."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pipelines.sample.make import make_sample
from tests.killing import REPOSITORY, Kill, run, started
from tests.waiting import wait_until

JOB = [sys.executable, "-m", "dagster", "job", "execute", "-m", "pipelines.definitions", "-j"]


@pytest.mark.slow
def test_after_any_kill_the_next_run_publishes_what_a_clean_one_publishes(tmp_path: Path) -> None:
    assert [kill.difference for kill in kills(tmp_path, 2, seed=1)] == [""] * 2


def kills(folder: Path, n_kills: int, seed: int) -> Iterator[Kill]:
    """Kill `build_warehouse` at any moment between its lock and its end, on a folder of which nothing is built yet."""
    chance = random.Random(seed)
    make_sample(folder / "reports", reports=1, bad_files=False)
    fetched, home, clean, data = (folder / name for name in ("fetched", "home", "clean", "killed"))
    home.mkdir()
    shutil.copy(REPOSITORY / "dagster.yaml", home)
    here = {"DAGSTER_HOME": str(home), "JUDGEMENTS_SOURCE": str(folder / "reports")}
    run([*JOB, "fetch_reports"], home, JUDGEMENTS_DATA=str(fetched), **here)
    (fetched / "build.lock").unlink()
    shutil.copytree(fetched, clean)
    seconds = _killed(home, clean, 600, here)
    for _ in range(n_kills):
        shutil.copytree(fetched, data)
        _killed(home, data, chance.uniform(0, seconds), here)
        where = _last_event(home)
        run([*JOB, "build_warehouse"], home, JUDGEMENTS_DATA=str(data), **here)
        yield Kill(where, _differences(clean, data))
        shutil.rmtree(data)


def _killed(home: Path, data: Path, seconds: float, here: dict[str, str]) -> float:
    """Kill a run so long after it began, if it still runs; gives how long it ran."""
    with started([*JOB, "build_warehouse"], home, JUDGEMENTS_DATA=str(data), **here) as process:
        wait_until(lambda: (data / "build.lock").exists() or process.poll() is not None)
        begun = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        return time.monotonic() - begun


def _last_event(home: Path) -> str:
    """The last thing that the last run wrote down."""
    newest = max((home / "data" / "dagster" / "history" / "runs").glob("*-*.db"), key=lambda path: path.stat().st_mtime)
    with closing(sqlite3.connect(newest)) as database:
        last = "select coalesce(step_key, 'run'), dagster_event_type from event_logs order by id desc limit 1"
        return " ".join(map(str, database.execute(last).fetchone() or ["nothing yet"]))


def _differences(clean: Path, killed: Path) -> str:
    """How two warehouses differ row for row, which exports do, and what is left over."""
    warehouses = [str(data / "warehouse" / "judgements.duckdb") for data in (clean, killed)]
    compare = [sys.executable, "scripts/compare_warehouses.py", *warehouses]
    compared = subprocess.run(compare, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    rows = compared.stdout + compared.stderr if compared.returncode else ""
    exports = [{(path.name, path.stat().st_size) for path in _exported(data)} for data in (clean, killed)]
    names = [{path.name for path in (data / "warehouse").iterdir()} for data in (clean, killed)]
    left_over = names[1] - names[0] - {".exports-a", ".exports-b"}  # the exports before stay for those who read them
    return rows + ", ".join(map(str, (exports[0] ^ exports[1]) | left_over))


def _exported(data: Path) -> Iterator[Path]:
    exports = Path(os.path.realpath(data / "warehouse" / "exports"))
    return (path for path in exports.rglob("*") if path.is_file())
