"""The runs of one row become a line: where a word ends, where a column begins, which marks are raised.

Belongs here: what can be told from one row.
Stays out: which runs stand on one row (`rows.py`).
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from pipelines.reading.lines import Cell, Line
from pipelines.reading.runs import SUPERSCRIPT_SIZE, Divider, Row, Run

WORD_GAP = 0.17
"""A gap wider than this share of the font size parts two words even where the file holds no space."""

CELL_GAP = 1.0
"""A gap wider than this share of the font size parts two cells: three spaces of any font that reports use."""

SUPERSCRIPT_RISE = 0.12

_FONTS_KNOWN = 1000


def _is_divided(last: Run, run: Run, dividers: Sequence[Divider]) -> bool:
    """Whether a column's rule stands between two runs of a row."""
    middle = (run.top + run.bottom) / 2
    return any(last.x1 - 1 <= rule.x <= run.x0 + 1 and rule.top <= middle <= rule.bottom for rule in dividers)


def line_of(row: Row, dividers: Sequence[Divider]) -> Line:
    """One row as a line; something on it is visible."""
    if len(row.runs) == 1:
        return _line_of_one(row.runs[0])
    runs, visible = row.runs, row.visible
    runs.sort(key=attrgetter("x0"))
    visible.sort(key=attrgetter("x0"))
    font_name, size = _common_font(visible)
    of_size = [run for run in visible if run.size == size]
    bottom = max([run.bottom for run in of_size])
    mark_size = SUPERSCRIPT_SIZE * size
    parts: list[str] = []
    length = 0
    cells: list[Cell] = []
    marks: list[tuple[int, int]] = []
    cell_start, cell_x0 = 0, visible[0].x0
    last: Run | None = None
    space_pending = False
    for run in runs:
        text = run.text
        if not text or text.isspace():
            space_pending = True
            continue
        if last is not None:
            if text == last.text and _is_overprint(last, run):
                continue
            gap = run.x0 - last.x1
            space_pending = space_pending or text[0].isspace()
            is_apart = gap > CELL_GAP * size
            if not is_apart and dividers and (space_pending or gap > 1):
                is_apart = _is_divided(last, run, dividers)
            if is_apart:
                cells.append(Cell(cell_start, length, cell_x0, last.x1))
                cell_start, cell_x0 = length + 1, run.x0
            if is_apart or space_pending or gap > WORD_GAP * min(run.size, last.size):
                parts.append(" ")
                length += 1
        words = " ".join(text.split())
        if run.size <= mark_size and bottom - run.bottom > SUPERSCRIPT_RISE * size:
            if marks and marks[-1][1] == length:
                marks[-1] = (marks[-1][0], length + len(words))
            else:
                marks.append((length, length + len(words)))
        parts.append(words)
        length += len(words)
        space_pending = text[-1].isspace()
        last = run
    assert last is not None, "a visible row has a last run"
    cells.append(Cell(cell_start, length, cell_x0, last.x1))
    top = min([run.top for run in of_size])
    x1 = max([run.x1 for run in visible])
    return Line(
        0, "".join(parts), visible[0].x0, top, x1, bottom, font_name, size, tuple(cells), superscripts=tuple(marks)
    )


def _line_of_one(run: Run) -> Line:
    """The line of a row that was set in one go."""
    text = " ".join(run.text.split())
    cells = (Cell(0, len(text), run.x0, run.x1),)
    return Line(0, text, run.x0, run.top, run.x1, run.bottom, _without_subset(run.font_name), run.size, cells)


def _common_font(visible: Sequence[Run]) -> tuple[str, float]:
    """The font, without the mark of its subset, and the size of most of a row's characters."""
    font_name, size = visible[0].font_name, visible[0].size
    for run in visible:
        if run.size != size or run.font_name != font_name:
            break
    else:
        return _without_subset(font_name), size
    counts: Counter[tuple[str, float]] = Counter()
    for run in visible:
        counts[run.font_name, run.size] += len(run.text)
    (font_name, size), _ = counts.most_common(1)[0]
    return _without_subset(font_name), size


@lru_cache(_FONTS_KNOWN)
def _without_subset(font_name: str) -> str:
    return font_name.rsplit("+", 1)[-1]


def _is_overprint(last: Run, run: Run) -> bool:
    """Whether a run of the last one's text is that one struck again, as programs do that fake a bold font."""
    return abs(run.x0 - last.x0) < 0.5 and abs(run.top - last.top) < 0.5
