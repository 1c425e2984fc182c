"""How long the stages of a build take, so that every summary can say where the time went.

Belongs here: taking the time.
Stays out: what is timed, and what follows from it. No time enters a row of the warehouse.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Seconds of wall time by stage, in the order in which the stages ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Take the time of a block, to the millisecond. A block that fails has none."""
        started = time.monotonic()
        yield
        self.seconds[stage] = round(time.monotonic() - started, 3)
