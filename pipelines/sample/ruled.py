"""Ruled boxes and tables of running text. A row that does not fit goes on overleaf, as a word processor lets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from pipelines.sample.sheet import BODY_SIZE, LEADING, Sheet, wrap
from pipelines.sample.writer import Writer

PAD = 5.7
_HANGS = 17.9
_FEWEST_LINES = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in a cell: plain or bold, its size in points; a bullet stands before it, and its lines hang."""

    words: str
    bold: bool = False
    size: float = BODY_SIZE
    has_bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a paragraph of a cell; `text` says which one, `is_first` whether its bullet stands here."""

    text: int
    words: str
    is_first: bool


def set_row(
    writer: Writer, edges: Sequence[float], cells: Sequence[Sequence[Text]], gap: bool = True, pad: float = PAD
) -> list[list[tuple[int, int]]]:
    """Set one row between upright rule lines at `edges`; gives the first and last page of each paragraph of each cell.

    With `gap` an empty line stands between paragraphs of one cell; without a `pad` the row is not ruled. A row needs
    room for two lines to begin on a page.
    """
    sheet = writer.sheet
    laid = [_lines(writer, cell, right - left, gap) for cell, (left, right) in zip(cells, pairwise(edges), strict=True)]
    pages: list[list[tuple[int, int]]] = [[(0, 0)] * len(cell) for cell in cells]
    leading = max(text.size for cell in cells for text in cell) * LEADING / BODY_SIZE
    n_lines = max(map(len, laid))
    sheet.need(2 * pad + min(n_lines, _FEWEST_LINES) * leading)
    top = sheet.top
    sheet.gap(pad)
    for at_line, abreast in enumerate(zip_longest(*laid)):
        # no line goes overleaf alone
        n_together = _FEWEST_LINES if at_line == n_lines - _FEWEST_LINES else 1
        if sheet.top + n_together * leading > sheet.page.floor:
            _rule(sheet, edges if pad else (), top)
            sheet.new_page()
            top = sheet.top
            sheet.gap(pad)
        for at, line in enumerate(abreast):
            if line is not None:
                _show(writer, edges[at] + PAD, cells[at][line.text], line)
                first, _ = pages[at][line.text]
                pages[at][line.text] = first or sheet.page_number, sheet.page_number
        sheet.gap(leading)
    sheet.gap(pad)
    _rule(sheet, edges if pad else (), top)
    return pages


def _lines(writer: Writer, cell: Sequence[Text], width: float, gap: bool) -> list[_Line | None]:
    """The lines of a cell; None is an empty one."""
    laid: list[_Line | None] = []
    for at, text in enumerate(cell):
        room = width - 2 * PAD - (_HANGS if text.has_bullet else 0)
        found = wrap(text.words, _font(writer, text), text.size * writer.face.scale, room)
        laid += [None] * (gap and at > 0)
        laid += [_Line(at, words, not n) for n, words in enumerate(found)]
    return laid


def _font(writer: Writer, text: Text) -> str:
    return writer.face.bold if text.bold else writer.face.regular


def _show(writer: Writer, x: float, text: Text, line: _Line) -> None:
    size = text.size * writer.face.scale
    if text.has_bullet and line.is_first:
        writer.set_bullet(x)
    writer.sheet.show(x + _HANGS * text.has_bullet, line.words, _font(writer, text), size)


def _rule(sheet: Sheet, edges: Sequence[float], top: float) -> None:
    """Rule lines around each cell, from a height down to the pen; none without edges."""
    bottom = sheet.top
    sheet.page.rules += [(edges[0], y, edges[-1], y) for y in (top, bottom) if edges]
    sheet.page.rules += [(x, top, x, bottom) for x in edges]
