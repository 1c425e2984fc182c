"""The runs of one row become a line: where a word ends, where a column begins, which marks are raised."""

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from pipelines.reading.lines import Cell, Line
from pipelines.reading.runs import SUPERSCRIPT_SIZE, Divider, Row, Run

WORD_GAP = 0.17
"""A gap wider than this share of the font size parts two words even where the file holds no space.

Gaps are counted from where a character's room ends, not its ink: "1" and "8" of "18%" may be two objects, and the
white around a 1 is as wide as a narrow space (a report of 27 November 2015).
"""

_GAP_AFTER_STOP = 0.04
"""A paragraph's number may stand closer to its text than words do: "10." and "Good" (a report of 18 February 2019)."""

CELL_GAP = 0.89
"""A gap wider than this share of the font size parts two cells: three spaces of any font that reports use."""

SUPERSCRIPT_RISE = 0.12


def _is_divided(last: Run, run: Run, dividers: Sequence[Divider]) -> bool:
    """Whether the rule line of a column stands between two runs of a row."""
    return any(last.x1 - 1 <= divider.x <= run.x0 + 1 and divider.is_level_with(run) for divider in dividers)


def line_of(row: Row, dividers: Sequence[Divider]) -> Line:
    """One row as a line; something on it is visible."""
    runs, visible = row.runs, row.visible
    runs.sort(key=attrgetter("x0"))
    visible.sort(key=attrgetter("x0"))
    font_name, size, is_bold, is_italic = _common_look(visible)
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
            if is_apart or space_pending or _are_words(last, run, gap):
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
    look = font_name, size, tuple(cells), tuple(marks), is_bold, is_italic, visible[0].sort
    return Line(0, "".join(parts), visible[0].x0, top, x1, bottom, *look)


def _are_words(last: Run, run: Run, gap: float) -> bool:
    """Whether a gap without a space parts two words."""
    size = min(run.size, last.size)
    is_after_stop = last.text[-1] == "." and not run.text[0].isdigit()
    return gap > (_GAP_AFTER_STOP if is_after_stop else WORD_GAP) * size


def _common_look(visible: Sequence[Run]) -> tuple[str, float, bool, bool]:
    """The font, without the mark of its subset, the size, and whether it is bold or italic, of most characters."""
    looks = [(run.font_name, run.size, run.is_bold, run.is_italic) for run in visible]
    look = looks[0]
    if looks.count(look) < len(looks):
        counts: dict[tuple[str, float, bool, bool], int] = defaultdict(int)
        for of_run, run in zip(looks, visible, strict=True):
            counts[of_run] += len(run.text) - run.text.count(" ")
        look = max(counts, key=counts.__getitem__)
    font_name, size, is_bold, is_italic = look
    return font_name.rsplit("+", 1)[-1], size, is_bold, is_italic


def _is_overprint(last: Run, run: Run) -> bool:
    """Whether a run of the last one's text is that one struck again, as programs do that fake a bold font.

    Where letters are narrower than half a point, "ll" is two of them.
    """
    return abs(run.x0 - last.x0) < min(0.5, (run.x1 - run.x0) / 2) and abs(run.top - last.top) < 0.5
