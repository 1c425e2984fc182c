"""What the tables hand to the warehouse: frames at once for what is small, and batches of reports for the rest.

Belongs here: the shape of that, and parting reports into batches.
Stays out: making the frames (`frames.py`), and loading them (`warehouse/`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

Frames = dict[str, pl.DataFrame]

BATCHED = frozenset({
    "staged.reports",
    "staged.inspections",
    "staged.judgements",
    "staged.sections",
    "staged.paragraphs",
    "staged.recommendations",
    "staged.lines",
    "staged.extraction_issues",
})  # fmt: skip
"""The frames of a batch, as SQL names them."""

REPORTS_AT_ONCE = 48
"""Most reports of a batch, on average: enough to make a batch pay, few enough to keep memory flat."""

_BOUNDS = 16**4


@dataclass(frozen=True, slots=True)
class Batch:
    """The reports whose ids are at least `first` and less than `end`.

    `inputs` is a hash over all that their rows depend on; None where it is not known. `frames` opens the reports and
    makes the rows, each time it is called.
    """

    first: str
    end: str
    inputs: str | None
    n_reports: int
    frames: Callable[[], Frames]


@dataclass(frozen=True, slots=True)
class Staged:
    """All frames of a warehouse: those that reports are matched to, and what reports say, a batch of them at a time.

    Each batch holds the same tables, in the order of `report_id` from batch to batch; there is one even when there
    are no reports.
    """

    reference: Frames
    batches: tuple[Batch, ...]

    @property
    def n_reports(self) -> int:
        """Reports of all batches."""
        return sum(batch.n_reports for batch in self.batches)

    def whole(self) -> Frames:
        """Every frame, with the batches put together: for as many reports as memory holds."""
        batches = [batch.frames() for batch in self.batches]
        return {**self.reference, **{name: pl.concat([batch[name] for batch in batches]) for name in batches[0]}}


def parts_of(n_reports: int) -> list[tuple[str, str]]:
    """The bounds, first and end, by which so many reports are parted into batches of about the same size.

    An id is a hash, so any part of all possible ids holds its share of the reports. A new report falls into one part
    and leaves the others as they are, but when all parts are halved because they would grow too large.

    >>> parts_of(150)
    [('', '4000'), ('4000', '8000'), ('8000', 'c000'), ('c000', 'g')]
    """
    n_parts = 1
    while n_reports > n_parts * REPORTS_AT_ONCE and n_parts < _BOUNDS:
        n_parts *= 2
    bounds = ["", *(f"{_BOUNDS * part // n_parts:04x}" for part in range(1, n_parts))]
    return list(zip(bounds, [*bounds[1:], "g"], strict=True))  # "g" comes after every hexadecimal digit
