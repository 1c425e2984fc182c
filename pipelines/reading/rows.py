"""Characters become lines: which stand on one row, where a word ends, where a column begins.

Belongs here: geometry of characters on one page, the same for every reader that delivers characters.
Stays out: opening files (`plumber.py`) and what the words mean (`parsing/`).
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.reading.lines import Cell, Line

WORD_GAP = 0.17
"""A gap wider than this share of the font size parts two words even where the file holds no space."""

CELL_GAP = 1.0
"""A gap wider than this share of the font size parts two cells: three spaces of any font that reports use."""

ROW_OVERLAP = 0.65
"""Two columns of a table may be set half a line apart: a character that shares less of its height is on another row."""

SUPERSCRIPT_SIZE = 0.78
SUPERSCRIPT_RISE = 0.12


class Char(NamedTuple):
    """One character with its box in points from the page's top left."""

    text: str
    font_name: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float


def lines_of(chars: Iterable[Char]) -> tuple[Line, ...]:
    """All lines of a page from top to bottom. No visible character is dropped but an exact overprint."""
    rows = _rows([char for char in chars if not char.text.isspace() or char.text == " "])
    built = (_line(row) for row in rows)
    kept = sorted((line for line in built if line is not None), key=lambda line: (line.top, line.x0))
    return tuple(_numbered(line, number) for number, line in enumerate(kept, start=1))


def _numbered(line: Line, number: int) -> Line:
    return Line(number, *[getattr(line, field) for field in Line.__struct_fields__[1:]])


def _rows(chars: list[Char]) -> list[list[Char]]:
    """Characters grouped by the row they stand on.

    A character joins the row whose tallest character it overlaps by most of its own height: a raised footnote
    mark stays with its line, and lines set tight do not run together.
    """
    rows: list[list[Char]] = []
    band_top = band_bottom = 0.0
    for char in sorted(chars, key=lambda char: (char.top + char.bottom, char.x0)):
        overlap = min(char.bottom, band_bottom) - max(char.top, band_top)
        height = min(char.bottom - char.top, band_bottom - band_top)
        if rows and overlap > ROW_OVERLAP * height:
            rows[-1].append(char)
            if char.bottom - char.top > band_bottom - band_top and char.text != " ":
                band_top, band_bottom = char.top, char.bottom
        else:
            rows.append([char])
            band_top, band_bottom = char.top, char.bottom
    return _with_raised_marks(rows)


def _with_raised_marks(rows: list[list[Char]]) -> list[list[Char]]:
    """Footnote digits raised so far that they made a row of their own, put back where they touch."""
    kept: list[list[Char]] = []
    for index, row in enumerate(rows):
        mark = [char for char in row if char.text != " "]
        if 0 < len(mark) <= 3 and all(char.text.isdigit() for char in mark):
            near = [other for other in (*kept[-1:], *rows[index + 1 : index + 2]) if _touches(mark, other)]
            if near:
                near[0].extend(mark)
                continue
        kept.append(row)
    return kept


def _touches(mark: list[Char], row: list[Char]) -> bool:
    """Whether a raised mark stands right before or after a character that it overlaps in height."""
    first, last = mark[0], mark[-1]
    return any(
        min(char.bottom, first.bottom) - max(char.top, first.top) > 0.3 * (first.bottom - first.top)
        and (0 <= first.x0 - char.x1 + 1 < 0.5 * char.size or 0 <= char.x0 - last.x1 + 1 < 0.8 * char.size)
        for char in row
        if char.text != " "
    )


def _line(row: list[Char]) -> Line | None:
    """One row as a line, or None where nothing on it is visible."""
    row.sort(key=lambda char: char.x0)
    visible = [char for char in row if char.text != " "]
    if not visible:
        return None
    (font_name, size), _ = Counter((char.font_name, char.size) for char in visible).most_common(1)[0]
    bottom = max(char.bottom for char in visible if char.size == size)
    text: list[str] = []
    length = 0
    cells: list[Cell] = []
    marks: list[tuple[int, int]] = []
    cell_start, cell_x0 = 0, visible[0].x0
    last: Char | None = None
    space_pending = False
    for char in row:
        if char.text == " ":
            space_pending = True
            continue
        if last is not None and _is_overprint(last, char):
            continue
        if last is not None:
            gap = char.x0 - last.x1
            if gap > CELL_GAP * size:
                cells.append(Cell(cell_start, length, cell_x0, last.x1))
                cell_start, cell_x0 = length + 1, char.x0
                space_pending = True
            if space_pending or gap > WORD_GAP * min(char.size, last.size):
                text.append(" ")
                length += 1
        space_pending = False
        if char.size <= SUPERSCRIPT_SIZE * size and bottom - char.bottom > SUPERSCRIPT_RISE * size:
            if marks and marks[-1][1] == length:
                marks[-1] = (marks[-1][0], length + len(char.text))
            else:
                marks.append((length, length + len(char.text)))
        text.append(char.text)
        length += len(char.text)
        last = char
    assert last is not None, "a visible row has a last character"
    cells.append(Cell(cell_start, length, cell_x0, last.x1))
    return Line(
        line_number=0,
        text="".join(text),
        x0=visible[0].x0,
        top=min(char.top for char in visible if char.size == size),
        x1=max(char.x1 for char in visible),
        bottom=bottom,
        font_name=font_name.rsplit("+", 1)[-1],
        font_size=size,
        cells=tuple(cells),
        superscripts=tuple(marks),
    )


def _is_overprint(last: Char, char: Char) -> bool:
    """Whether a character is the last one struck again, as programs do that fake a bold font."""
    return char.text == last.text and abs(char.x0 - last.x0) < 0.5 and abs(char.top - last.top) < 0.5
