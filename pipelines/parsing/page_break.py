"""A judgement table over a page break: the foot of one page and the head of the next, joined to one page to be read.

So a row that is parted in the middle of its label or of its grade is read like any other.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from pipelines.parsing.layout import Layout
from pipelines.parsing.wording import plain
from pipelines.reading.lines import Box, Line, Page

_CONTINUED = r"(?: ?\(?cont(?:inued|'d|\.)?\)?)?"
_HEADER_ROW = re.compile(
    rf"(?:judge?ments?)?(?: ?areas?)?{_CONTINUED}(?: and)? ?(?:grades?)?{_CONTINUED}", re.IGNORECASE
)
"""The header of the table, which word processors repeat overleaf."""


class JoinedPages(NamedTuple):
    """Two pages as one. What stands below `seam` is of the second, moved down by `shift` points."""

    page: Page
    below: int
    seam: float
    shift: float

    def page_of(self, box: Box) -> int:
        """The number of the page on which a box begins."""
        return self.below if box.top >= self.seam else self.page.page_number

    def place_of(self, box: Box) -> Box:
        """The place of a box on the page on which it begins, without its part on the other."""
        if box.top >= self.seam:
            return _moved(box, -self.shift)
        return Box(box.x0, box.top, box.x1, min(box.bottom, self.seam))


def join_pages(above: Page, below: Page, column_x0: float, layout: Layout) -> JoinedPages | None:
    """A page with the lines that a table may go on with at the head of the next; None where there are none.

    These end where a line runs across the start of the column of grades.
    """
    foot = [line for line in above.lines if (above.page_number, line.line_number) not in layout.margins]
    head = list(_head(below, column_x0, layout))
    if not foot or not head:
        return None
    seam = max(line.bottom for line in foot)
    shift = seam + 0.5 * (head[0].bottom - head[0].top) - head[0].top
    lines = [replace(line, top=line.top + shift, bottom=line.bottom + shift) for line in head]
    tables = tuple(tuple(_moved(cell, shift) for cell in table) for table in below.tables)
    page = replace(above, lines=(*foot, *lines), tables=(*above.tables, *tables))
    return JoinedPages(page, below.page_number, seam, shift)


def _head(page: Page, column_x0: float, layout: Layout) -> Iterator[Line]:
    for line in page.lines:
        if (page.page_number, line.line_number) in layout.margins or _HEADER_ROW.fullmatch(plain(line.text)):
            continue
        if any(cell.x0 < column_x0 - 5 and cell.x1 > column_x0 + 5 for cell in line.cells):
            return
        yield line


def _moved(box: Box, points: float) -> Box:
    return Box(box.x0, box.top + points, box.x1, box.bottom + points)
