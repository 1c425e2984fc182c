"""Builds that are killed at random moments: after each kill the next build must give what a clean one gives.

    python -m tests.build.kills SOURCE N_KILLS SEED

SOURCE is a directory of PDFs, or `sample`. A build is killed as a first one, as one that does everything again, or as
one after a report changed. The same seed draws the same kinds and moments; a busy machine meets them elsewhere.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipelines.build.verify import verify
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import read_models

KINDS = ("first", "forced", "after a damaged cache")
Contents = dict[str, list[tuple[object, ...]]]


def contents(settings: Settings) -> Contents:
    """Every table but the fingerprint, which covers when files were first seen."""
    with open_warehouse(settings.warehouse) as connection:
        tables = [model.full_name for model in read_models() if model.kind == "table" and model.layer != "meta"]
        own = "select columns(c -> c != 'first_seen_at') from"
        return {table: connection.execute(f"{own} {table}").fetchall() for table in tables}


def damages(settings: Settings) -> list[str]:
    """Where anything is damaged, or was kept aside because it was."""
    watch = lambda stage: lambda n_done, n_in_all: None  # noqa: E731
    found = [damage.path for _, part in verify(settings, watch) for damage in part]
    return found + [str(path) for path in settings.data.rglob("*") if "damaged" in path.name]


def start(source: str, settings: Settings, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipelines", "build", "--source", source, "--data", str(settings.data), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_builds(source: str, folder: Path, n_kills: int, seed: int) -> Counter[str]:
    """Kill so many builds, each followed by one to its end; returns how many of each kind were killed in time.

    Raises AssertionError where the next build fails, differs from a clean one, or leaves anything damaged.
    """
    chance = random.Random(seed)
    clean = Settings(data=folder / "clean", workers=2)
    started = time.monotonic()
    assert start(source, clean).wait() == 0
    seconds, wanted = time.monotonic() - started, contents(clean)
    killed: Counter[str] = Counter()
    for number in range(n_kills):
        settings = Settings(data=folder / f"{number}", workers=2)
        kind = chance.choice(KINDS)
        if kind != "first":
            shutil.copytree(clean.data, settings.data, symlinks=True)
        if kind == "after a damaged cache":
            for path in sorted(settings.data.glob("parsed/*/*/*"))[::2]:
                path.write_bytes(b"")
            settings.warehouse.unlink()
        victim = start(source, settings, *(["--force"] if kind == "forced" else []))
        time.sleep(chance.uniform(0.1, seconds))
        victim.kill()
        killed[kind] += victim.wait() == -signal.SIGKILL
        after = f"seed {seed}, kill {number}, {kind}"
        assert start(source, settings).wait() == 0, after
        assert contents(settings) == wanted, after
        assert damages(settings) == [], (after, damages(settings))
        shutil.rmtree(settings.data)
    return killed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.stdout.write(f"{kill_builds(sys.argv[1], Path(temporary), int(sys.argv[2]), int(sys.argv[3]))}\n")
