"""Rows are made one batch ahead of their storing, and nothing is kept or left at work."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from pipelines.warehouse.loading import _one_ahead


class Rows:
    """Stands for the frames of a batch."""


def test_next_batch_is_made_while_one_is_stored_and_the_one_before_is_let_go() -> None:
    made: list[weakref.ref[Rows]] = []
    ready = [threading.Event() for _ in range(4)]

    def batches() -> Iterator[Rows]:
        for event in ready:
            rows = Rows()
            made.append(weakref.ref(rows))
            event.set()
            yield rows
            del rows

    with _one_ahead(batches()) as ahead:
        assert ready[0].wait(10)
        first = next(ahead)
        assert ready[1].wait(10)
        del first
        second = next(ahead)
        assert ready[2].wait(10)
        gc.collect()
        assert made[0]() is None
        assert made[1]() is second


def test_nothing_is_being_made_when_loading_has_failed() -> None:
    is_over = threading.Event()

    def batches() -> Iterator[Rows]:
        yield Rows()
        is_over.wait(10)
        yield Rows()

    def fail() -> None:
        with _one_ahead(batches()) as ahead:
            next(ahead)
            is_over.set()
            raise OSError("disk full")

    before = set(threading.enumerate())
    with pytest.raises(OSError, match="disk"):
        fail()
    assert set(threading.enumerate()) <= before
