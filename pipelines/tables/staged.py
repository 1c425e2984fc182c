"""What the tables hand to the warehouse: the vocabulary as whole frames, and what reports say in parts."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.tables.schemas import REPORT_SCHEMAS

Frames = dict[str, pl.DataFrame]

REPORT_FRAMES = (*REPORT_SCHEMAS, "extraction_issues")
"""The names of the frames of a part."""

REPORTS_IN_A_PART = 48
"""The average part has at most this many reports: all their rows are made again when one report changes."""

_N_BOUNDS = 16**4


@dataclass(frozen=True, slots=True)
class Part:
    """The reports whose ids are at least `first` and less than `end`.

    `key` is a hash over everything that their rows depend on. `frames` opens the reports and makes the rows.
    """

    first: str
    end: str
    key: str
    n_reports: int
    frames: Callable[[], Frames]


@dataclass(frozen=True, slots=True)
class Staged:
    """All frames of a warehouse: those that reports are matched to, and the reports in parts.

    Each part has the same frames, ordered by `report_id` from part to part. Without reports there is one empty part.
    """

    reference: Frames
    parts: tuple[Part, ...]

    @property
    def n_reports(self) -> int:
        """Reports of all parts."""
        return sum(part.n_reports for part in self.parts)

    def whole(self) -> Frames:
        """Every frame by name, with the parts put together."""
        made = [part.frames() for part in self.parts]
        return self.reference | {name: pl.concat([frames[name] for frames in made]) for name in REPORT_FRAMES}


def part_bounds(n_reports: int) -> list[tuple[str, str]]:
    """The bounds, first and end, that divide so many reports into parts of about the same size.

    An id is a hash, so any part of all possible ids holds its share of the reports. A new report changes one part
    and leaves the others as they are, until all parts are halved because they would grow too large.

    >>> part_bounds(150)
    [('', '4000'), ('4000', '8000'), ('8000', 'c000'), ('c000', 'g')]
    """
    n_parts = 1
    while n_reports > n_parts * REPORTS_IN_A_PART and n_parts < _N_BOUNDS:
        n_parts *= 2
    bounds = ["", *(f"{_N_BOUNDS * part // n_parts:04x}" for part in range(1, n_parts))]
    return list(zip(bounds, [*bounds[1:], "g"], strict=True))  # "g" comes after every hexadecimal digit
