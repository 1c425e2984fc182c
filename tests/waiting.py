"""Waiting for what is sure to happen, however busy the machine: never for a time in which it should have."""

import time
from collections.abc import Callable

import psutil

PATIENCE = 600.0
"""Seconds after which a wait gives up. No test that passes comes near."""


def wait_until(happened: Callable[[], bool]) -> None:
    """Return as soon as it has happened. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not happen in {PATIENCE:g} seconds")
        time.sleep(0.005)


def is_running(pid: int) -> bool:
    """Whether a process lives. A dead one that nobody buries does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
