"""One pure function over many reports, in worker processes that may hang or die.

Belongs here: spreading the work, a time limit for each item, and naming the one item that killed a worker.
Stays out: what the function does, and how its results are kept.

Any `concurrent.futures` executor will do: a cluster's is given in place of the local processes by `cluster.py`.
"""

import faulthandler
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from functools import partial
from itertools import islice
from multiprocessing.connection import wait as wait_for_any
from typing import Generic, TypeVar

import msgspec

Item = TypeVar("Item")
Result = TypeVar("Result")

WAITING_PER_WORKER = 2
"""Items handed out ahead of each worker: enough to keep it busy, few enough to keep memory flat."""

_ONE_AT_A_TIME = threading.Lock()
"""The watch over an item is the whole process's, and so is PDFium: a worker with more threads makes them wait."""


class WorkerDiedError(BrokenExecutor):
    """Raised for an item by an executor that can tell how its worker came to an end; the message says it."""


class Done(msgspec.Struct, Generic[Item, Result], frozen=True):
    """An item and the function's result."""

    item: Item
    result: Result


class Died(msgspec.Struct, Generic[Item], frozen=True):
    """An item for which there is no result because its worker came to an end, and how."""

    item: Item
    why: str


class Workers(msgspec.Struct, frozen=True):
    """How to work: with how many processes, how long one item may take (seconds), and on what executor.

    `preload` names modules that every worker needs: they are imported once and inherited. `look` is told every few
    seconds for how long nothing has come back, and raises when there is nobody left to wait for.
    """

    count: int
    seconds_per_item: float
    preload: tuple[str, ...] = ()
    executor: Callable[[int], Executor] | None = None
    look: Callable[[float], None] | None = None
    seconds_between_looks: float = 2

    def start(self, count: int) -> Executor:
        """A fresh executor with `count` workers."""
        if self.executor is not None:
            return self.executor(count)
        return local_processes(count, self.preload)

    def first_done(self, in_hand: Iterable[Future[Result]]) -> set[Future[Result]]:
        """Those that are done, as soon as one is."""
        futures = set(in_hand)
        if self.look is None:
            return wait(futures, return_when=FIRST_COMPLETED).done
        started = time.monotonic()
        while not (done := wait(futures, self.seconds_between_looks, FIRST_COMPLETED).done):
            self.look(time.monotonic() - started)
        return done


def local_processes(count: int, preload: tuple[str, ...] = ()) -> Executor:
    """Processes on this machine that share no threads or locks with this one, and end when this one does."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__, *preload])
    return ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent)


def over(
    function: Callable[[Item], Result], items: Iterable[Item], workers: Workers
) -> Iterator[Done[Item, Result] | Died[Item]]:
    """Call `function` on each item in some worker; yield an outcome for every item, in the order they finish.

    `function` must be importable and its items and results picklable. An item whose worker dies or runs out of
    time is tried once more, alone, so that only the one at fault is lost. What the function raises is raised here:
    it is to return what may go wrong with an item.
    """
    limited = partial(_within, workers.seconds_per_item, function)
    waiting = iter(items)
    while True:
        suspects: list[Item] = []
        yield from _until_broken(limited, waiting, workers, suspects)
        if not suspects:
            return
        for item in suspects:
            yield _alone(limited, item, workers)


def _until_broken(
    function: Callable[[Item], Result], items: Iterator[Item], workers: Workers, suspects: list[Item]
) -> Iterator[Done[Item, Result]]:
    """Work through items until there are none, or a worker dies: then those in hand are put among the suspects."""
    executor = workers.start(workers.count)
    in_hand: dict[Future[Result], Item] = {}
    try:
        while True:
            if not suspects:
                for item in islice(items, workers.count * WAITING_PER_WORKER - len(in_hand)):
                    try:
                        in_hand[executor.submit(function, item)] = item
                    except BrokenExecutor:
                        suspects.append(item)
                        break
            if not in_hand:
                return
            for future in workers.first_done(in_hand):
                item = in_hand.pop(future)
                outcome = _outcome(future, item)
                if isinstance(outcome, BrokenExecutor):
                    suspects.append(item)
                else:
                    yield outcome
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _outcome(future: Future[Result], item: Item) -> Done[Item, Result] | BrokenExecutor:
    """The result, or how the worker died."""
    try:
        return Done(item, future.result())
    except BrokenExecutor as error:
        return error


def _alone(function: Callable[[Item], Result], item: Item, workers: Workers) -> Done[Item, Result] | Died[Item]:
    executor = workers.start(1)
    try:
        started = time.monotonic()
        (future,) = workers.first_done([executor.submit(function, item)])
        outcome = _outcome(future, item)
        if isinstance(outcome, Done):
            return outcome
        if isinstance(outcome, WorkerDiedError):
            return Died(item, str(outcome))
        if time.monotonic() - started >= workers.seconds_per_item:
            return Died(item, f"it took longer than {workers.seconds_per_item:g} seconds")
        return Died(item, "the process that read it died")
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _within(seconds: float, function: Callable[[Item], Result], item: Item) -> Result:
    """Call the function, and end this process if it takes too long.

    The watch is a thread of C that needs no turn of Python's, so a library that never returns can't stop it.
    """
    with _ONE_AT_A_TIME, open(os.devnull, "w") as nowhere:  # noqa: PTH123 a descriptor is what is needed
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return function(item)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _end_with_parent() -> None:
    """Leave when the parent is killed: a pool's workers would otherwise wait for their next item for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def leave() -> None:
        wait_for_any([parent.sentinel])
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
