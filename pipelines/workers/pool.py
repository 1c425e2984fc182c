"""One function over many items, a few at a time, on processes of this machine; `dask.py` does it on a cluster.

An item whose worker takes too long, or dies twice, becomes Failed; the others continue. pebble replaces the worker.
"""

import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import islice
from multiprocessing.connection import wait as wait_for_any
from time import monotonic
from typing import TypeVar

import msgspec
from pebble import CONSTS, ProcessExpired, ProcessPool

from pipelines.errors import JudgementsError

Item = TypeVar("Item")
Result = TypeVar("Result")

CONSTS.sleep_unit = (
    0.02  # pebble looks so often, in seconds, whether a pool is to end: a tenth would cost each stage one
)

MAX_BYTES = 2_000_000_000
"""Memory that a worker may ask for, where nobody says otherwise. Reading the largest real reports takes 0.2 GB."""

WAITING_PER_WORKER = 3
"""Items handed out ahead of each worker: enough to keep it busy, few enough to keep memory flat."""


class WorkersDiedError(JudgementsError):
    """Every worker died at the same moment. What was done is kept."""


class Failed(msgspec.Struct, frozen=True):
    """The outcome of an item that has no result, and why. `by_death`: its worker died, perhaps of something else."""

    why: str
    by_death: bool = False


def run_locally(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    n_workers: int,
    seconds_per_item: float,
    preload: tuple[str, ...] = (),
    max_bytes: int = MAX_BYTES,
) -> Iterator[tuple[Item, Result | Failed]]:
    """Call `function` on each item in a worker process; yield each item with its outcome, in the order they finish.

    `function` must be importable, and items and results picklable. What the function raises is raised here: it
    must return what may go wrong with an item. `preload` names modules that every worker needs: they are imported once.
    A worker that asks for more than `max_bytes` of memory gets a MemoryError, or dies.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__, *preload])
    submitted: dict[Future[Result], float] = {}
    with ProcessPool(n_workers, context=context, initializer=partial(_start, max_bytes)) as pool:

        def submit(item: Item) -> Future[Result]:
            future = pool.schedule(function, args=[item], timeout=seconds_per_item)
            submitted[future] = monotonic()
            return future

        def outcomes(some: Iterable[Item]) -> Iterator[tuple[Item, Result | Failed]]:
            for item, future in hand_out(submit, some, n_workers):
                outcome = _outcome(future, seconds_per_item, monotonic() - submitted.pop(future))
                yield item, outcome

        try:
            yield from with_second_try(outcomes, items)
        except BrokenProcessPool as error:
            raise WorkersDiedError(
                "All workers died at once, perhaps for lack of memory: set JUDGEMENTS_WORKERS to fewer."
                " What was done by then is kept: the next build goes on from there."
            ) from error
        finally:
            pool.stop()


def with_second_try(
    outcomes: Callable[[Iterable[Item]], Iterator[tuple[Item, Result | Failed]]], items: Iterable[Item]
) -> Iterator[tuple[Item, Result | Failed]]:
    """Every item with its outcome. One whose worker died is tried again at the end, alone: it may be innocent."""
    suspects = []
    for item, outcome in outcomes(items):
        if isinstance(outcome, Failed) and outcome.by_death:
            suspects.append(item)
        else:
            yield item, outcome
    for item in suspects:
        yield from outcomes([item])


def hand_out(
    submit: Callable[[Item], Future[Result]],
    items: Iterable[Item],
    n_workers: int,
    seconds_between_looks: float | None = None,
    look: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Item, Future[Result]]]:
    """Submit items, a few more than there are workers, and yield each with its future as soon as it is done.

    While none is done, calls `look` every `seconds_between_looks`: it may raise.
    """
    waiting = iter(items)
    in_hand: dict[Future[Result], Item] = {}
    while True:
        for item in islice(waiting, n_workers * WAITING_PER_WORKER - len(in_hand)):
            in_hand[submit(item)] = item
        if not in_hand:
            return
        done, _ = wait(in_hand, seconds_between_looks, FIRST_COMPLETED)
        if not done:
            look()
        for future in done:
            yield in_hand.pop(future), future


def _outcome(future: Future[Result], seconds_per_item: float, seconds_since: float) -> Result | Failed:
    """What became of an item. pebble goes by a clock that jumps, for instance when a laptop wakes up."""
    try:
        return future.result()
    except TimeoutError:
        if seconds_since < seconds_per_item:
            return Failed("the clock jumped while it was read", by_death=True)
        return Failed(f"it took longer than {seconds_per_item:g} seconds")
    except ProcessExpired:
        return Failed("the process that read it died", by_death=True)


def _start(max_bytes: int) -> None:
    """Run by a worker before its first item."""
    with suppress(ValueError, OSError):  # macOS does not limit it
        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    _end_with_parent()


def _end_with_parent() -> None:
    """Exit when the parent is killed: a busy worker would otherwise notice only when it is done."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def leave() -> None:
        wait_for_any([parent.sentinel])
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
