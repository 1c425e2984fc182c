"""Text that is not level, such as DRAFT aslant or a stamp up the margin, put together along its own direction."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from pipelines.reading.row_lines import WORD_GAP
from pipelines.reading.runs import SMALLEST_SIZE, TURNED, Run

_TILT = 0.05
"""Three degrees: the text of a scanned page may lean that far."""

_SAME_LINE = 0.5
_WIDEST_GAP = 3.0

Chars = Sequence[tuple[dict[str, Any], Run]]


class _Pose(NamedTuple):
    """A character's origin, the direction it is written in (a unit vector), and its advance and size in points."""

    x: float
    y: float
    along: tuple[float, float]
    advance: float
    size: float


def is_turned(char: dict[str, Any]) -> bool:
    """Whether one of pdfplumber's characters is not level."""
    matrix = char["matrix"]
    return bool(abs(matrix[1]) > _TILT * matrix[0] or matrix[3] <= 0)


def quarter_turn(chars: Sequence[dict[str, Any]]) -> int:
    """How far, in degrees clockwise, a page has to be turned for most of its text to be level."""
    turns = Counter(_quarter(*char["matrix"][:4]) for char in chars)
    turn, n = max(turns.items(), key=itemgetter(1), default=(0, 0))
    return turn if 2 * n > len(chars) else 0


def _quarter(a: float, b: float, _c: float, d: float) -> int:
    if abs(a) <= _TILT * abs(b):
        return 90 if b > 0 else 270
    return 180 if abs(b) <= _TILT * abs(a) and a < 0 and d < 0 else 0


def without_turned(chars: Chars) -> Iterator[Run]:
    """The runs of a page's characters, those that are turned put together to lines.

    Where most are turned the page is askew as a whole: they stay as they are.
    """
    turned = [is_turned(char) for char, _ in chars]
    if not any(turned) or 2 * sum(turned) > len(turned):
        yield from (run for _, run in chars)
        return
    yield from (run for flag, (_, run) in zip(turned, chars, strict=True) if not flag)
    yield from _lines([one for flag, one in zip(turned, chars, strict=True) if flag])


def _lines(chars: Chars) -> Iterator[Run]:
    """One run for each line of turned characters, which follow one another as they are drawn."""
    line: Run | None = None
    last: _Pose | None = None
    for char, run in chars:
        pose = _pose(char)
        gap = _gap(last, pose) if last else None
        if line is None or gap is None:
            if line is not None:
                yield line
            line = replace(run, size=max(round(pose.size, 1), SMALLEST_SIZE), sort=TURNED)
        else:
            space = " " if gap > WORD_GAP * pose.size else ""
            line = replace(
                line,
                text=line.text + space + run.text,
                x0=min(line.x0, run.x0),
                top=min(line.top, run.top),
                x1=max(line.x1, run.x1),
                bottom=max(line.bottom, run.bottom),
            )
        last = pose
    if line is not None:
        yield line


def _gap(last: _Pose, pose: _Pose) -> float | None:
    """The space between two characters of a line, in points; None where the second begins another line."""
    (cos, sin), away = last.along, (pose.x - last.x, pose.y - last.y)
    gap = away[0] * cos + away[1] * sin - last.advance
    is_on_line = abs(away[1] * cos - away[0] * sin) < _SAME_LINE * last.size
    is_alike = abs(pose.along[0] - cos) + abs(pose.along[1] - sin) < _TILT
    return gap if is_on_line and is_alike and -last.size < gap < _WIDEST_GAP * last.size else None


def _pose(char: dict[str, Any]) -> _Pose:
    """How a character is set. Its size follows from its upright box, which holds it turned."""
    a, b, _, _, x, y = char["matrix"]
    scale = math.hypot(a, b) or 1.0
    cos, sin = a / scale, b / scale
    advance = char["adv"] * scale
    width, height = char["x1"] - char["x0"], char["bottom"] - char["top"]
    size = (width - advance * abs(cos)) / abs(sin) if abs(sin) > abs(cos) else (height - advance * abs(sin)) / abs(cos)
    return _Pose(x, y, (cos, sin), advance, size)
