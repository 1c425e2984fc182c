"""What a reader delivers of a page before there are lines: runs of characters, and the rule lines that part columns.

None of these can be part of a cycle, so the collector of garbage is spared them: a page has hundreds.
"""

from typing import NamedTuple

import msgspec

SUPERSCRIPT_SIZE = 0.78
"""A character smaller than this share of its row's size is a mark, if it is raised as well."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Characters set in one go, with their box in points from the page's top left.

    One font, one size, one baseline: a single character for a reader that delivers each, a whole line for another.
    Spaces at its ends or inside are spaces of the text.
    """

    text: str
    font_name: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float


class Row(msgspec.Struct, frozen=True, gc=False):
    """Runs of one row, its visible ones, and the height of the first that was found."""

    runs: list[Run]
    visible: list[Run]
    top: float
    bottom: float


class Divider(NamedTuple):
    """An upright rule line between two columns of a table, in points from the page's top left."""

    x: float
    top: float
    bottom: float

    def is_level_with(self, run: Run) -> bool:
        """Whether the middle of a run is between its ends."""
        return self.top <= (run.top + run.bottom) / 2 <= self.bottom
