"""Lists that stand in ruled tables: a row an item, with the responsible bodies beside it where there are two columns.

The rows are told by the ruled cells. One may go on overleaf, or begin there. The title of a table may be missing, or
stand once more, or alone at the foot of a page. How the words of a row make paragraphs is for `paragraphs.py`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipelines.parsing.heading_lines import set_off
from pipelines.parsing.layout import Layout
from pipelines.parsing.marks import bullet_of
from pipelines.parsing.wording import ENDS_TEXT, join_lines, plain, without_marks
from pipelines.reading.lines import Box, Cell, Line, Page
from pipelines.report_kinds.matching import is_heading, match_list
from pipelines.report_kinds.registry import Framework

_BODY_HEADER = re.compile(r"responsible (?:bod(?:y|ies)|partners?|organisations?)", re.IGNORECASE)
_LISTS_IN_TABLES = ("priority_action", "area_for_improvement")
_NARROWEST_BODY = 60.0
_WIDEST_BODY = 0.6
"""The column of bodies, in points and as a share of its table."""

_ENDS_OF_BODIES = ("Council", "ICB", r"ICB\)", "Board", "Trust", "[Aa]uthority", "Partnership")
_BETWEEN_BODIES = re.compile(
    "|".join(rf"(?<={end})\s*(?:[,;/&]|\band\b)\s*(?:and\s+)?" for end in _ENDS_OF_BODIES)
    + r"|(?: and| &|,|/) ?(?=NHS\b)|[;/]\s+"
)


class ItemTables(NamedTuple):
    """The rows of all item tables: the part of each line that is an item's, which row it is in, and whose row it is.

    `roles` are those of other lines of the tables: the titles, and lines that only name a body. Rows are numbered
    from 1.
    """

    lines: Mapping[tuple[int, int], Line]
    rows: Mapping[tuple[int, int], int]
    responsible: Mapping[int, tuple[str, ...]]
    roles: Mapping[tuple[int, int], str]


NO_TABLES = ItemTables({}, {}, {}, {})


class _Band(NamedTuple):
    """A row of a ruled table on one page: how high it is, and where its text begins beside a column of bodies."""

    page_number: int
    top: float
    bottom: float
    text_x0: float


class _Row:
    """A row while its lines are gathered."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.body: list[str] = []
        self.last_text = ""


def read_item_tables(pages: Sequence[Page], framework: Framework, layout: Layout) -> ItemTables:
    """The rows of the tables below the headings of lists, for a framework that sets its lists so."""
    if not framework.has_item_tables:
        return NO_TABLES
    return _Gatherer(framework, layout).gathered(pages)


class _Gatherer:
    """The rows of one report, told in reading order: which list is open, and which row."""

    def __init__(self, framework: Framework, layout: Layout) -> None:
        self.framework, self.layout = framework, layout
        self.lines: dict[tuple[int, int], Line] = {}
        self.rows: dict[tuple[int, int], int] = {}
        self.responsible: dict[int, tuple[str, ...]] = {}
        self.roles: dict[tuple[int, int], str] = {}
        self.open_list: str | None = None
        self.row: _Row | None = None
        self.band: _Band | None = None
        self.n_rows = 0

    def gathered(self, pages: Sequence[Page]) -> ItemTables:
        """The rows of all pages."""
        for page in pages:
            cells = [*(cell for table in page.tables for cell in table), *page.frames]
            for line in page.lines:
                if (page.page_number, line.line_number) not in self.layout.margins:
                    self._take(page, line, _band(page, line, cells))
        self._close_row()
        return ItemTables(self.lines, self.rows, self.responsible, self.roles)

    def _take(self, page: Page, line: Line, band: _Band | None) -> None:
        place = page.page_number, line.line_number
        words = plain(line.text).strip(" .:?")
        kind = match_list(self.framework, words)
        if kind in _LISTS_IN_TABLES and (set_off(line, self.layout) or line.text[0].isupper()):
            repeats = band is not None and self.open_list == kind
            self.open_list = kind
            self._close_row()
            self.roles[place] = "table" if repeats else "heading"
        elif self.open_list and band and _BODY_HEADER.fullmatch(words):
            self.roles[place] = "table"
        elif not band and set_off(line, self.layout) and is_heading(self.framework, words):
            self.open_list = None
            self._close_row()
        elif self.open_list and band:
            self._take_row(page, line, band)

    def _take_row(self, page: Page, line: Line, band: _Band) -> None:
        place = page.page_number, line.line_number
        of_body = [cell for cell in line.cells if cell.x0 < band.text_x0 - 3]
        of_text = [cell for cell in line.cells if cell.x0 >= band.text_x0 - 3]
        body = " ".join(without_marks(line, cell) for cell in of_body)
        if self.row is None or (band != self.band and not self._goes_on(line, band, body, of_text)):
            self._close_row()
            self.n_rows += 1
            self.row = _Row(self.n_rows)
        self.band = band
        if body:
            self.row.body.append(body)
        if of_text:
            part = _part(line, of_text)
            self.lines[place], self.rows[place] = part, self.row.number
            self.row.last_text = part.text
        else:
            self.roles[place] = "table"

    def _goes_on(self, line: Line, band: _Band, body: str, of_text: Sequence[Cell]) -> bool:
        """Whether the first line of a table on a page goes on with the last row of the page before.

        Beside a row that goes on no body is named, or the rest of one. A sentence or a list goes on by itself.
        """
        if self.row is None or self.band is None or self.band.page_number == band.page_number:
            return False
        if not of_text:
            return not _begins_with(self.row.body, body)
        part = _part(line, of_text)
        is_unfinished = not ENDS_TEXT.search(self.row.last_text)
        if self.row.body:
            return not body or (is_unfinished and not _begins_with(self.row.body, body))
        return is_unfinished or bullet_of(part) is not None or part.text[0].islower()

    def _close_row(self) -> None:
        if self.row is not None and self.row.body:
            text = join_lines(self.row.body)
            bodies = (one.strip(" ,") for one in _BETWEEN_BODIES.split(text))
            self.responsible[self.row.number] = tuple(one for one in bodies if one)
        self.row = self.band = None


def _begins_with(body: Sequence[str], words: str) -> bool:
    """Whether words are those that a row's body begins with: beside them the next row begins."""
    return bool(words) and " ".join(body).startswith(words)


def _band(page: Page, line: Line, cells: Sequence[Box]) -> _Band | None:
    """The row in which a line stands; None where it stands in no ruled cell.

    The cell at the left is as high as its row. Those beside it may be lost, or be no more than the shading of a line.
    """
    middle = (line.top + line.bottom) / 2
    level = [cell for cell in cells if cell.top <= middle <= cell.bottom]
    if not level:
        return None
    left, right = min(cell.x0 for cell in level), max(cell.x1 for cell in level)
    if line.x0 < left - 2 or line.x1 > right + 4:
        return None
    first = min(level, key=lambda cell: (cell.x0, cell.top))
    wide = min((cell for cell in level if cell.x1 - cell.x0 > _NARROWEST_BODY), key=lambda cell: cell.x0, default=first)
    is_body = wide.x0 < left + 10 and wide.x1 - left < _WIDEST_BODY * (right - left)
    return _Band(page.page_number, first.top, first.bottom, wide.x1 if is_body else left)


def _part(line: Line, cells: Sequence[Cell]) -> Line:
    """A line with only some of its cells, all at the end."""
    start = cells[0].start
    if start == 0:
        return line
    kept = tuple(Cell(cell.start - start, cell.end - start, cell.x0, cell.x1) for cell in cells)
    marks = tuple((first - start, last - start) for first, last in line.superscripts if first >= start)
    text = line.text[start : cells[-1].end]
    return replace(line, text=text, x0=cells[0].x0, x1=cells[-1].x1, cells=kept, superscripts=marks)
