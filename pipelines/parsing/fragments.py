"""The cells of lines by their place on the page, and which of them make one wrapped cell of a table.

Stays out: what the words mean (`judgement_tables.py`).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Box, Cell, Line, Page
from pipelines.report_kinds.grades import is_graded

_MOST_LINES_OF_A_CELL = 4
_ROOM_BETWEEN_LINES = 0.7
"""Of a line's height: more white stands between two cells, in a column without rule lines."""


class Fragment(NamedTuple):
    """One cell of one line with its words, or several put together. `home` is the ruled cell in which it stands."""

    text: str
    box: Box
    home: Box | None = None


def fragments_of(page: Page) -> list[Fragment]:
    """The cells of every line, those put together again that stand in one ruled cell: justified text has wide gaps."""
    ruled = set(_homes(page))
    fragments: list[Fragment] = []
    for line in page.lines:
        last_home: Box | None = None
        for cell in line.cells:
            text = without_marks(line, cell)
            if not text:
                continue
            home = _smallest([box for box in ruled if stands_in(line, (cell,), box)])
            fragment = Fragment(text, Box(cell.x0, line.top, cell.x1, line.bottom), home)
            if home is not None and home == last_home:
                fragment = joined([fragments.pop(), fragment])
            fragments.append(fragment)
            last_home = home
    return fragments


def _homes(page: Page) -> Iterator[Box]:
    """The ruled cells of a page but those that hold a whole row: a frame around a table, or rule lines without columns.

    In these a grade stands behind other words of its line.
    """
    last_cells = [
        (line, cell)
        for line in page.lines
        for cell in line.cells[1:]
        if page.tables and is_graded(plain(without_marks(line, cell)))
    ]
    for box in (cell for table in page.tables for cell in table):
        holds_a_row = any(
            stands_in(line, (cell,), box) and stands_in(line, line.cells[:1], box) for line, cell in last_cells
        )
        if not holds_a_row:
            yield box


def _smallest(boxes: Sequence[Box]) -> Box | None:
    return min(boxes, key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top), default=None)


def joined(fragments: Sequence[Fragment]) -> Fragment:
    """Fragments put together to one, in the ruled cell of the first."""
    return Fragment(
        " ".join(fragment.text for fragment in fragments),
        box_around([fragment.box for fragment in fragments]),
        fragments[0].home,
    )


def column_below(fragments: Sequence[Fragment], first: int) -> list[int]:
    """Indexes of a fragment and those that may go on with it, as a wrapped cell does.

    Those are all in the same ruled cell, however they are set, and the lines close under it, which may be indented.
    """
    begins = fragments[first]
    chosen = [first]
    box = begins.box
    height = box.bottom - box.top
    for index in range(first + 1, len(fragments)):
        other = fragments[index]
        is_in_cell = begins.home is not None and other.home == begins.home
        is_far = other.box.top - box.bottom > _ROOM_BETWEEN_LINES * height or len(chosen) == _MOST_LINES_OF_A_CELL
        if is_far and (begins.home is None or other.box.top > begins.home.bottom):
            break
        is_below = other.box.top >= box.bottom - 0.3 * height and _shares_column(begins.box, other.box)
        if is_in_cell or (is_below and not is_far):
            chosen.append(index)
            box = other.box
            height = box.bottom - box.top
    return chosen


def _shares_column(first: Box, other: Box) -> bool:
    """Whether a line begins as far left as the first one, or stands under it: a second line may hang or be centred."""
    aligned = abs(other.x0 - first.x0) < 2 * (first.bottom - first.top)
    return aligned or (other.x0 < first.x1 and other.x1 > first.x0)


def box_around(placed: Sequence[Box | Line]) -> Box:
    """The smallest rectangle that holds them all."""
    return Box(
        min(one.x0 for one in placed),
        min(one.top for one in placed),
        max(one.x1 for one in placed),
        max(one.bottom for one in placed),
    )


def stands_in(line: Line, parts: Sequence[Cell], box: Box) -> bool:
    """Whether any of the parts of a line that gaps set apart stands in a ruled cell."""
    is_level = box.top <= (line.top + line.bottom) / 2 <= box.bottom
    return is_level and any(box.x0 - 2 <= part.x0 and part.x1 <= box.x1 + 2 for part in parts)
