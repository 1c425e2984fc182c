"""Workers that hang or die cost one item, not the run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import count
from pathlib import Path

import pytest

from pipelines.workers.pool import WAITING_PER_WORKER, Failed, hand_out, run_locally
from tests.waiting import is_running, wait_until


def double_or_die(item: int) -> int:
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2


def double_or_sleep(item: int) -> int:
    if item == 1:
        time.sleep(600)
    return item * 2


def take_memory(n_bytes: int) -> str:
    try:
        return str(len(bytearray(n_bytes)))
    except MemoryError:
        return "too much"


def refuse(item: int) -> int:
    raise ValueError(f"not {item}")


def test_an_item_that_kills_its_worker_is_named_and_the_rest_is_done() -> None:
    outcomes = dict(run_locally(double_or_die, range(8), 2, seconds_per_item=600))
    died = Failed("the process that read it died", by_death=True)
    assert outcomes == {item: died if item == 3 else item * 2 for item in range(8)}


def double_or_die_once(item: tuple[int, str]) -> int:
    number, mark = item
    if number == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def test_an_item_whose_worker_died_of_something_else_gets_a_second_try(tmp_path: Path) -> None:
    items = [(number, str(tmp_path / "died")) for number in range(8)]
    outcomes = dict(run_locally(double_or_die_once, items, 2, seconds_per_item=600))
    assert [outcomes[item] for item in items] == [number * 2 for number, _ in items]


def test_an_item_that_takes_too_long_is_ended() -> None:
    outcomes = dict(run_locally(double_or_sleep, range(3), 1, seconds_per_item=3))
    assert outcomes == {0: 0, 1: Failed("it took longer than 3 seconds"), 2: 4}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_worker_has_so_much_memory_and_no_more() -> None:
    items = [100_000_000, 3_000_000_000]
    outcomes = dict(run_locally(take_memory, items, 1, seconds_per_item=600, max_bytes=1_000_000_000))
    assert outcomes == {items[0]: "100000000", items[1]: "too much"}


def sleep_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        time.sleep(600)
    return "read"


def test_an_item_during_which_the_clock_jumps_gets_a_second_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, clock, looks = tmp_path / "begun", time.time, count()

    def jumping() -> float:
        """Ten years ahead soon after the item was begun: the pool notes when that was, then looks again and again."""
        return clock() + (3e8 if begun.exists() and next(looks) > 20 else 0)

    monkeypatch.setattr(time, "time", jumping)
    assert list(run_locally(sleep_once, [str(begun)], 1, seconds_per_item=600)) == [(str(begun), "read")]


def test_what_the_function_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match=r"not [012]"):
        list(run_locally(refuse, range(3), 2, seconds_per_item=600))


def test_items_are_taken_only_as_workers_need_them() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(item)
            yield item

    def submit(item: int) -> Future[int]:
        done: Future[int] = Future()
        done.set_result(item)
        return done

    for n_done, (item, future) in enumerate(hand_out(submit, items(), n_workers=2), start=1):
        assert future.result() == item
        assert len(taken) - n_done < 2 * WAITING_PER_WORKER + 1


def test_while_nothing_is_done_somebody_looks() -> None:
    class NobodyLeftError(Exception):
        pass

    def look() -> None:
        raise NobodyLeftError

    with pytest.raises(NobodyLeftError):
        list(hand_out(lambda item: Future(), [1], 1, seconds_between_looks=0.01, look=look))


KILLED_PARENT = """
import os, signal, sys, time
from pathlib import Path
from pipelines.workers.pool import run_locally
from tests.workers.test_pool import note_and_sleep
for _ in run_locally(note_and_sleep, [sys.argv[1]], 1, 600): pass
"""


def note_and_sleep(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


@pytest.mark.slow
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", KILLED_PARENT, str(noted)], cwd=Path(__file__).parents[2])
    wait_until(lambda: (noted.is_file() and noted.read_text() != "") or parent.poll() is not None)
    parent.kill()
    parent.wait()
    worker = int(noted.read_text())
    wait_until(lambda: not is_running(worker))
