"""Runs of characters become the lines of a page: which of them stand on one row; `row_lines.py` joins them.

It is the same for every reader, whether it delivers characters or longer runs.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter

from msgspec.structs import replace

from pipelines.reading.characters import mended
from pipelines.reading.lines import Box, Line
from pipelines.reading.row_lines import line_of
from pipelines.reading.runs import TURNED, Divider, Row, Run
from pipelines.reading.sorts import with_outside, with_watermarks

ROW_OVERLAP = 0.65
"""Two columns of a table may be set half a line apart: a character that shares less of its height is on another row."""

MARK_OVERLAP = 0.3
"""A raised footnote digit that touches a word belongs to its row even so."""

_STRIP_HEIGHT = 20.0

_SIGN_FONT = re.compile(r"dingbat|wingding|webding", re.IGNORECASE)


def lines_of(
    runs: Iterable[Run], dividers: Sequence[Divider] = (), size: tuple[float, float] = (math.inf, math.inf)
) -> tuple[Line, ...]:
    """All lines of a page from top to bottom. No visible character is dropped but an exact overprint.

    `dividers` are upright rule lines between columns of a table: words on either side of one are cells of their own,
    however small the gap. `size` is the width and height of the page. Text of each sort makes lines of its own, beside
    or across the others.
    """
    of_page = list(runs)
    sign_fonts = {name for name in {run.font_name for run in of_page} if _SIGN_FONT.search(name)}
    signed = [_as_sign(run) if run.font_name in sign_fonts else run for run in of_page]
    by_sort: dict[str, list[Run]] = defaultdict(list)
    for run in with_outside(with_watermarks(signed), *size):
        by_sort[run.sort].append(run)
    rows = [row for sort, group in by_sort.items() for row in (_each_alone(group) if sort == TURNED else _rows(group))]
    lines = (mended(line_of(row, dividers)) for row in rows if row.visible)
    kept = sorted((line for line in lines if line.cells), key=attrgetter("top", "x0"))
    return tuple(replace(line, line_number=number) for number, line in enumerate(kept, start=1))


def _each_alone(runs: Sequence[Run]) -> list[Row]:
    """Each run as a row: a reader delivers turned text in whole lines."""
    return [Row([run], [run], run.top, run.bottom) for run in runs if run.text.strip()]


def dividers_of(table: Sequence[Box]) -> list[Divider]:
    """The rule lines between columns of a ruled table: upright edges that two rows share, or two lines of a single row.

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
    return replace(run, text="".join(chr(0xF000 + ord(c)) if " " < c < "\x7f" else c for c in run.text))


def _rows(runs: list[Run]) -> list[Row]:
    """Runs grouped by the row they stand on.

    Runs of one baseline come together first. The longest baseline of a row then takes in the others that it
    overlaps in height and that find room beside its words: a bullet from another font, a large page number, a
    raised footnote mark. Two lines of a tight footer overlap too, but neither finds room in the other.
    """
    rows: list[Row] = []
    for baseline in sorted(_baselines(runs), key=_longest_first):
        home = _home(baseline.visible, rows) if baseline.visible else None
        if home is None:
            rows.append(baseline)
        else:
            home.runs.extend(baseline.runs)
            home.visible.extend(baseline.visible)
    return rows


def _longest_first(baseline: Row) -> tuple[int, float, float]:
    return -sum([len(run.text) for run in baseline.visible]), baseline.bottom, baseline.runs[0].x0


def _baselines(runs: list[Run]) -> list[Row]:
    """Runs whose bottoms are level, to a point, as the rows that they may found."""
    groups: list[list[Run]] = []
    level = -math.inf
    for run in sorted(runs, key=attrgetter("bottom", "x0")):
        bottom = run.bottom
        if bottom - level < 1.0:
            groups[-1].append(run)
        else:
            groups.append([run])
        level = bottom
    return [
        Row(group, [run for run in group if run.text and not run.text.isspace()], group[0].top, group[0].bottom)
        for group in groups
    ]


def _home(visible: list[Run], rows: list[Row]) -> Row | None:
    """The row that a baseline belongs to, the one it shares most height with; None where it makes its own."""
    first = visible[0]
    top, bottom = first.top, first.bottom
    near = [row for row in rows if row.top < bottom and row.bottom > top]
    if not near:
        return None
    words = "".join(run.text for run in visible)
    may_be_mark = len(words) <= 3 and words.isdigit()
    ranked: list[tuple[bool, float, Row]] = []
    for row in near:
        share = _shared_height(first, row)
        is_mark = may_be_mark and share > MARK_OVERLAP and _touches(visible, row)
        if (is_mark or share > ROW_OVERLAP) and _has_room(visible, row):
            ranked.append((is_mark, share, row))
    return max(ranked, key=itemgetter(0, 1))[2] if ranked else None


def _shared_height(run: Run, other: Row) -> float:
    """The height that a run shares with a row, as a share of the lower one's."""
    height = min(run.bottom - run.top, other.bottom - other.top)
    return (min(run.bottom, other.bottom) - max(run.top, other.top)) / max(height, 0.1)


def _has_room(visible: list[Run], row: Row) -> bool:
    """Whether runs stand beside those of a row, not above or below them."""
    return not any(
        min(run.x1, other.x1) - max(run.x0, other.x0) > 0.4 * min(run.x1 - run.x0, other.x1 - other.x0)
        for other in row.visible
        for run in visible
    )


def _touches(mark: list[Run], row: Row) -> bool:
    """Whether a raised mark stands right before or after a run of a row."""
    first, last = mark[0], mark[-1]
    return any(
        0 <= first.x0 - run.x1 + 1 < 0.5 * run.size or 0 <= run.x0 - last.x1 + 1 < 0.8 * run.size for run in row.visible
    )
