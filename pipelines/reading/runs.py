"""What a reader delivers of a page before there are lines: runs of characters, and the rule lines that part columns.

None of these can be part of a cycle, so the collector of garbage is spared them: a page has hundreds.
"""

from typing import NamedTuple

import msgspec

UNSEEN, TURNED, WATERMARK = "unseen", "turned", "watermark"

SMALLEST_SIZE = 0.1
"""Points that any text is taken to have at least: distances are told as shares of its size."""

SUPERSCRIPT_SIZE = 0.78
"""A character smaller than this share of its row's size is a mark, if it is raised as well."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Characters set in one go, with their box in points from the page's top left.

    One font, one size, one baseline: a single character for a reader that delivers each, a whole line for another.
    Spaces at its ends or inside are spaces of the text. `sort` is empty for most; UNSEEN where a reader of the page
    would not see it; TURNED where it is not level, though most of its page is; WATERMARK where it is large and lies
    under other text.
    """

    text: str
    font_name: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float
    is_bold: bool = False
    is_italic: bool = False
    sort: str = ""


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
