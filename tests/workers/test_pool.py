"""Workers that hang or die cost one item, not the run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest

from pipelines.workers.pool import Died, Done, Workers, over

WORKERS = Workers(2, seconds_per_item=30)


def double_or_die(item: int) -> int:
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2


def double_or_sleep(item: int) -> int:
    if item == 1:
        time.sleep(60)
    return item * 2


def refuse(item: int) -> int:
    raise ValueError(f"not {item}")


def test_an_item_that_kills_its_worker_is_named_and_the_rest_is_done() -> None:
    outcomes = list(over(double_or_die, range(8), WORKERS))
    assert {one.item: one.result for one in outcomes if isinstance(one, Done)} == {
        item: item * 2 for item in range(8) if item != 3
    }
    assert [one for one in outcomes if isinstance(one, Died)] == [Died(3, "the process that read it died")]


def test_an_item_that_takes_too_long_is_ended() -> None:
    outcomes = list(over(double_or_sleep, range(3), Workers(1, seconds_per_item=1)))
    assert [one for one in outcomes if isinstance(one, Died)] == [Died(1, "it took longer than 1 seconds")]
    assert len(outcomes) == 3


def test_what_the_function_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match=r"not [012]"):
        list(over(refuse, range(3), WORKERS))


class CountingExecutor(Executor):
    """Runs at once, and remembers how many were in hand at most."""

    def __init__(self) -> None:
        self.given = 0

    def submit(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        self.given += 1
        done: Future[object] = Future()
        done.set_result(function(*args, **kwargs))
        return done


def test_another_executor_can_be_given_and_is_never_flooded() -> None:
    executor = CountingExecutor()
    outcomes = over(abs, iter(range(1000)), Workers(2, 30, executor=lambda count: executor))
    next(outcomes)
    assert executor.given == 4
    assert sum(1 for _ in outcomes) == 999


def test_a_worker_with_more_threads_does_one_item_at_a_time() -> None:
    at_work: list[int] = []
    together: list[int] = []

    def watch(item: int) -> None:
        at_work.append(item)
        together.append(len(at_work))
        time.sleep(0.001)
        at_work.remove(item)

    assert sum(1 for _ in over(watch, range(20), Workers(4, 30, executor=ThreadPoolExecutor))) == 20
    assert set(together) == {1}


class DesertedExecutor(Executor):
    """Takes what it is given and never does it."""

    def submit(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        return Future()


def test_who_waits_in_vain_is_told_how_long_and_can_leave() -> None:
    told: list[float] = []

    def leave(seconds_of_silence: float) -> None:
        told.append(seconds_of_silence)
        if len(told) == 3:
            raise ConnectionError("nobody is there")

    workers = Workers(1, 30, executor=lambda count: DesertedExecutor(), look=leave, seconds_between_looks=0.001)
    with pytest.raises(ConnectionError):
        list(over(abs, [1], workers))
    assert told == sorted(told)


PARENT = """
import os, time
from pipelines.workers.pool import Workers, over

def main():
    for outcome in over(time.sleep, [0, 60], Workers(1, 90)):
        print("ready", flush=True)

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks for processes in /proc")  # noqa: PTH112
def test_workers_end_when_their_parent_is_killed(tmp_path: object) -> None:
    script = os.path.join(str(tmp_path), "parent_of_workers.py")  # noqa: PTH118
    with open(script, "w") as file:  # noqa: PTH123
        file.write(PARENT)
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, start_new_session=True, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while (left := processes_of_session(parent.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    parent.stdout.close()
    assert left == []


def processes_of_session(session: int) -> list[int]:
    left = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.getsid(int(name)) == session:
                left.append(int(name))
        except ProcessLookupError:
            continue
    return left
