"""Runs of characters become lines: which stand on one row, where a word ends, where a column begins.

Belongs here: geometry of one page, the same for every reader, whether it delivers characters or longer runs.
Stays out: opening files (`plumber.py`, `pdfium.py`) and what the words mean (`parsing/`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

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


class Run(NamedTuple):
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

    @property
    def is_blank(self) -> bool:
        """Whether it is white space only."""
        return not self.text or self.text.isspace()


class Divider(NamedTuple):
    """An upright rule between two columns of a table, in points from the page's top left."""

    x: float
    top: float
    bottom: float


def lines_of(runs: Iterable[Run], dividers: Sequence[Divider] = ()) -> tuple[Line, ...]:
    """All lines of a page from top to bottom. No visible character is dropped but an exact overprint.

    `dividers` are upright rules between columns of a table: words on either side of one are cells of their own,
    however small the gap.
    """
    rows = _rows([_as_sign(run) for run in runs])
    built = (_line(row, dividers) for row in rows)
    kept = sorted((line for line in built if line is not None), key=lambda line: (line.top, line.x0))
    return tuple(msgspec.structs.replace(line, line_number=number) for number, line in enumerate(kept, start=1))


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


def _as_sign(run: Run) -> Run:
    """A character of a font that holds signs only, moved to where such signs stand in other files.

    Wingdings and Dingbats draw a square for the letter n: read as a letter it would begin a word.
    """
    if _SIGN_FONT.search(run.font_name):
        return run._replace(text="".join(chr(0xF000 + ord(c)) if " " < c < "\x7f" else c for c in run.text))
    return run


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Runs grouped by the row they stand on.

    Runs of one baseline come together first. The longest baseline of a row then takes in the others that it
    overlaps in height and that find room beside its words: a bullet from another font, a large page number, a
    raised footnote mark. Two lines of a tight footer overlap too, but neither finds room in the other.
    """
    rows: list[list[Run]] = []
    for baseline in sorted(_baselines(runs), key=lambda group: (-_n_visible(group), group[0].bottom, group[0].x0)):
        home = _home(baseline, rows)
        if home is None:
            rows.append(baseline)
        else:
            home.extend(baseline)
    return rows


def _n_visible(group: list[Run]) -> int:
    return sum(len(run.text) for run in group if not run.is_blank)


def _baselines(runs: list[Run]) -> list[list[Run]]:
    """Runs whose bottoms are level, to a point."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.bottom, run.x0)):
        if groups and run.bottom - groups[-1][-1].bottom < 1.0:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _home(group: list[Run], rows: list[list[Run]]) -> list[Run] | None:
    """The row that a baseline belongs to, the one it shares most height with; None where it makes its own."""
    visible = [run for run in group if not run.is_blank]
    if not visible:
        return None
    words = "".join(run.text for run in visible)
    may_be_mark = len(words) <= 3 and words.isdigit()
    best: tuple[tuple[bool, float], list[Run]] | None = None
    top, bottom = visible[0].top, visible[0].bottom
    for row in rows:
        if row[0].top >= bottom or row[0].bottom <= top:
            continue
        share = _shared_height(visible[0], row[0])
        if share <= MARK_OVERLAP:
            continue
        is_mark = may_be_mark and _touches(visible, row)
        rank = is_mark, share
        if (is_mark or share > ROW_OVERLAP) and (best is None or rank > best[0]) and _has_room(visible, row):
            best = rank, row
    return best[1] if best else None


def _shared_height(run: Run, other: Run) -> float:
    """The height two runs share, as a share of the lower one's."""
    height = min(run.bottom - run.top, other.bottom - other.top)
    return (min(run.bottom, other.bottom) - max(run.top, other.top)) / max(height, 0.1)


def _has_room(visible: list[Run], row: list[Run]) -> bool:
    """Whether runs stand beside those of a row, not above or below them."""
    return not any(
        min(run.x1, other.x1) - max(run.x0, other.x0) > 0.4 * min(run.x1 - run.x0, other.x1 - other.x0)
        for other in row
        if not other.is_blank
        for run in visible
    )


def _touches(mark: list[Run], row: list[Run]) -> bool:
    """Whether a raised mark stands right before or after a run of a row."""
    first, last = mark[0], mark[-1]
    return any(
        0 <= first.x0 - run.x1 + 1 < 0.5 * run.size or 0 <= run.x0 - last.x1 + 1 < 0.8 * run.size
        for run in row
        if not run.is_blank
    )


def _is_divided(last: Run, run: Run, dividers: Sequence[Divider]) -> bool:
    """Whether a column's rule stands between two runs of a row."""
    middle = (run.top + run.bottom) / 2
    return any(last.x1 - 1 <= rule.x <= run.x0 + 1 and rule.top <= middle <= rule.bottom for rule in dividers)


def _line(row: list[Run], dividers: Sequence[Divider]) -> Line | None:
    """One row as a line, or None where nothing on it is visible."""
    row.sort(key=lambda run: run.x0)
    visible = [run for run in row if not run.is_blank]
    if not visible:
        return None
    font_name, size = _common_font(visible)
    bottom = max(run.bottom for run in visible if run.size == size)
    parts: list[str] = []
    length = 0
    cells: list[Cell] = []
    marks: list[tuple[int, int]] = []
    cell_start, cell_x0 = 0, visible[0].x0
    last: Run | None = None
    space_pending = False
    for run in row:
        if run.is_blank:
            space_pending = True
            continue
        if last is not None:
            if _is_overprint(last, run):
                continue
            gap = run.x0 - last.x1
            space_pending = space_pending or run.text[0].isspace()
            is_apart = gap > CELL_GAP * size
            if not is_apart and dividers and (space_pending or gap > 1):
                is_apart = _is_divided(last, run, dividers)
            if is_apart:
                cells.append(Cell(cell_start, length, cell_x0, last.x1))
                cell_start, cell_x0 = length + 1, run.x0
            if is_apart or space_pending or gap > WORD_GAP * min(run.size, last.size):
                parts.append(" ")
                length += 1
        words = " ".join(run.text.split())
        if run.size <= SUPERSCRIPT_SIZE * size and bottom - run.bottom > SUPERSCRIPT_RISE * size:
            if marks and marks[-1][1] == length:
                marks[-1] = (marks[-1][0], length + len(words))
            else:
                marks.append((length, length + len(words)))
        parts.append(words)
        length += len(words)
        space_pending = run.text[-1].isspace()
        last = run
    assert last is not None, "a visible row has a last run"
    cells.append(Cell(cell_start, length, cell_x0, last.x1))
    top = min(run.top for run in visible if run.size == size)
    x1 = max(run.x1 for run in visible)
    return Line(
        0, "".join(parts), visible[0].x0, top, x1, bottom, font_name, size, tuple(cells), superscripts=tuple(marks)
    )


def _common_font(visible: Sequence[Run]) -> tuple[str, float]:
    """The font, without the mark of its subset, and the size of most of a row's characters."""
    counts: Counter[tuple[str, float]] = Counter()
    for run in visible:
        counts[run.font_name, run.size] += len(run.text)
    (font_name, size), _ = counts.most_common(1)[0]
    return font_name.rsplit("+", 1)[-1], size


def _is_overprint(last: Run, run: Run) -> bool:
    """Whether a run is the last one struck again, as programs do that fake a bold font."""
    return run.text == last.text and abs(run.x0 - last.x0) < 0.5 and abs(run.top - last.top) < 0.5
