"""SIGKILL to a command and all that it started, at a random moment. The tests try a few; by hand as many as wanted:

python -m tests.killing tests.sources.ofsted.test_kills 50 SEED
python -m tests.killing tests.defs.test_kills 50 SEED
"""

import importlib
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]


class Kill(NamedTuple):
    """Where a run was when it was killed, and what is not as after a clean one when the next run has ended."""

    where: str
    difference: str


@contextmanager
def started(command: list[str], folder: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a session of its own; at the end of the block it is killed with all that it started."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "JUDGEMENTS_WORKERS": "2"} | settings
    with (folder / "said.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(command: list[str], folder: Path, **settings: str) -> None:
    """Run a command to its end. Raises AssertionError with what it said when it fails."""
    with started(command, folder, **settings) as process:
        assert process.wait() == 0, (folder / "said.log").read_text("utf-8")[-4000:]


def _main(module: str, n_kills: int, seed: int) -> int:
    """Print a line for each kill, and then how many hit where; gives the number of those that made a difference."""
    hit: Counter[str] = Counter()
    n_different = 0
    with tempfile.TemporaryDirectory() as folder:
        for kill in importlib.import_module(module).kills(Path(folder), n_kills, seed):
            hit[kill.where] += 1
            n_different += bool(kill.difference)
            sys.stdout.write(f"{kill.where}: {kill.difference or 'equal'}\n")
            sys.stdout.flush()
    sys.stdout.writelines(f"{number:4} {where}\n" for where, number in hit.most_common())
    sys.stdout.write(f"{n_different} of {n_kills} differ\n")
    return n_different


if __name__ == "__main__":
    sys.exit(bool(_main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
