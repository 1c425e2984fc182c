"""Characters become lines: which stand on one row, where a word ends, where a column begins.

Belongs here: geometry of characters on one page, the same for every reader that delivers characters.
Stays out: opening files (`plumber.py`) and what the words mean (`parsing/`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.reading.lines import Box, Cell, Line

WORD_GAP = 0.17
"""A gap wider than this share of the font size parts two words even where the file holds no space."""

CELL_GAP = 1.0
"""A gap wider than this share of the font size parts two cells: three spaces of any font that reports use."""

ROW_OVERLAP = 0.65
"""Two columns of a table may be set half a line apart: a character that shares less of its height is on another row."""

MARK_OVERLAP = 0.3
"""A raised footnote digit that touches a word belongs to its row even so."""

SUPERSCRIPT_SIZE = 0.78
SUPERSCRIPT_RISE = 0.12


_STRIP_HEIGHT = 20.0

_SIGN_FONT = re.compile(r"dingbat|wingding|webding", re.IGNORECASE)


class Char(NamedTuple):
    """One character with its box in points from the page's top left."""

    text: str
    font_name: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float


class Divider(NamedTuple):
    """An upright rule between two columns of a table, in points from the page's top left."""

    x: float
    top: float
    bottom: float


def lines_of(chars: Iterable[Char], dividers: Sequence[Divider] = ()) -> tuple[Line, ...]:
    """All lines of a page from top to bottom. No visible character is dropped but an exact overprint.

    `dividers` are upright rules between columns of a table: words on either side of one are cells of their own,
    however small the gap.
    """
    rows = _rows([_as_sign(char) for char in chars if not char.text.isspace() or char.text == " "])
    built = (_line(row, dividers) for row in rows)
    kept = sorted((line for line in built if line is not None), key=lambda line: (line.top, line.x0))
    return tuple(_numbered(line, number) for number, line in enumerate(kept, start=1))


def dividers_of(table: Sequence[Box]) -> list[Divider]:
    """The rules between columns of a ruled table: upright edges that two rows share, or two lines of a single row.

    Shading behind running text is made of boxes too, but its edges fall where words end, each line's elsewhere.
    """
    outer = min(cell.x0 for cell in table)
    inner = [cell for cell in table if cell.x0 > outer + 5]
    shared = Counter(round(cell.x0) for cell in inner)
    is_strip = len(table) <= 4
    return [
        Divider(cell.x0, cell.top, cell.bottom)
        for cell in inner
        if shared[round(cell.x0)] > 1 or (is_strip and cell.bottom - cell.top > _STRIP_HEIGHT)
    ]


def _as_sign(char: Char) -> Char:
    """A character of a font that holds signs only, moved to where such signs stand in other files.

    Wingdings and Dingbats draw a square for the letter n: read as a letter it would begin a word.
    """
    if _SIGN_FONT.search(char.font_name) and len(char.text) == 1 and " " < char.text < "\x7f":
        return char._replace(text=chr(0xF000 + ord(char.text)))
    return char


def _numbered(line: Line, number: int) -> Line:
    return Line(number, *[getattr(line, field) for field in Line.__struct_fields__[1:]])


def _rows(chars: list[Char]) -> list[list[Char]]:
    """Characters grouped by the row they stand on.

    Characters of one baseline come together first. The longest baseline of a row then takes in the others that
    it overlaps in height and that find room beside its words: a bullet from another font, a large page number, a
    raised footnote mark. Two lines of a tight footer overlap too, but neither finds room in the other.
    """
    rows: list[list[Char]] = []
    for baseline in sorted(_baselines(chars), key=lambda group: (-_n_visible(group), group[0].bottom, group[0].x0)):
        home = _home(baseline, rows)
        if home is None:
            rows.append(baseline)
        else:
            home.extend(baseline)
    return rows


def _n_visible(group: list[Char]) -> int:
    return sum(char.text != " " for char in group)


def _baselines(chars: list[Char]) -> list[list[Char]]:
    """Characters whose bottoms are level, to a point."""
    groups: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.bottom, char.x0)):
        if groups and char.bottom - groups[-1][-1].bottom < 1.0:
            groups[-1].append(char)
        else:
            groups.append([char])
    return groups


def _home(group: list[Char], rows: list[list[Char]]) -> list[Char] | None:
    """The row that a baseline belongs to, the one it shares most height with; None where it makes its own."""
    visible = [char for char in group if char.text != " "]
    if not visible:
        return None
    best: tuple[tuple[bool, float], list[Char]] | None = None
    for row in rows:
        share = _shared_height(visible[0], row[0])
        if share <= MARK_OVERLAP:
            continue
        is_mark = len(visible) <= 3 and all(char.text.isdigit() for char in visible) and _touches(visible, row)
        rank = is_mark, share
        if (is_mark or share > ROW_OVERLAP) and (best is None or rank > best[0]) and _has_room(visible, row):
            best = rank, row
    return best[1] if best else None


def _shared_height(char: Char, other: Char) -> float:
    """The height two characters share, as a share of the lower one's."""
    height = min(char.bottom - char.top, other.bottom - other.top)
    return (min(char.bottom, other.bottom) - max(char.top, other.top)) / max(height, 0.1)


def _has_room(visible: list[Char], row: list[Char]) -> bool:
    """Whether characters stand beside those of a row, not above or below them."""
    return not any(
        min(char.x1, other.x1) - max(char.x0, other.x0) > 0.4 * min(char.x1 - char.x0, other.x1 - other.x0)
        for other in row
        if other.text != " "
        for char in visible
    )


def _touches(mark: list[Char], row: list[Char]) -> bool:
    """Whether a raised mark stands right before or after a character of a row."""
    first, last = mark[0], mark[-1]
    return any(
        0 <= first.x0 - char.x1 + 1 < 0.5 * char.size or 0 <= char.x0 - last.x1 + 1 < 0.8 * char.size
        for char in row
        if char.text != " "
    )


def _is_divided(last: Char, char: Char, dividers: Sequence[Divider]) -> bool:
    """Whether a column's rule stands between two characters of a row."""
    middle = (char.top + char.bottom) / 2
    return any(last.x1 - 1 <= rule.x <= char.x0 + 1 and rule.top <= middle <= rule.bottom for rule in dividers)


def _line(row: list[Char], dividers: Sequence[Divider]) -> Line | None:
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
            if gap > CELL_GAP * size or (dividers and (space_pending or gap > 1) and _is_divided(last, char, dividers)):
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
