"""Sorts of text that are told by their place alone: outside the page, or large and under other text.

A watermark such as DRAFT across a page is known by what crosses it, whatever its colour.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec.structs import replace

from pipelines.reading.lines import Line, Page
from pipelines.reading.notes import with_lines
from pipelines.reading.runs import UNSEEN, WATERMARK, Run

_SMALLEST = 22.0
_TIMES_AS_LARGE = 2.0
_CORE = 0.2
"""The share of a large text's height, above and below, that others may reach into: its box is taller than its ink."""


def with_watermarks(runs: Sequence[Run]) -> Sequence[Run]:
    """The same runs, those marked that are twice as large as the text that crosses them, with the rest of their row."""
    if max([run.size for run in runs], default=0.0) < _SMALLEST:
        return runs
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.size] += len(run.text)
    least = max(_SMALLEST, _TIMES_AS_LARGE * sizes.most_common(1)[0][0])
    large = [run for run in runs if run.size >= least and not run.sort and run.text.strip()]
    small = [run for run in runs if run.size < least and not run.sort and run.text.strip()]
    crossed = {_row_of(run) for run in large if any(_crosses(other, run) for other in small)}
    if not crossed:
        return runs
    return [replace(run, sort=WATERMARK) if not run.sort and _row_of(run) in crossed else run for run in runs]


def _row_of(run: Run) -> tuple[float, int]:
    return run.size, round(run.bottom)


def _crosses(run: Run, large: Run) -> bool:
    """Whether a run goes through the core of a large one."""
    edge = _CORE * (large.bottom - large.top)
    is_level = large.top + edge < (run.top + run.bottom) / 2 < large.bottom - edge
    return is_level and min(run.x1, large.x1) - max(run.x0, large.x0) > 1


def with_outside(runs: Sequence[Run], width: float, height: float) -> Sequence[Run]:
    """The same runs, those marked unseen that stand outside the page. Words that run off its right edge are seen."""
    outside = {id(run) for run in runs if not (run.x1 > 0 and run.x0 < width and run.bottom > 0 and run.top < height)}
    if not outside:
        return runs
    baselines: dict[int, list[Run]] = defaultdict(list)
    for run in sorted(runs, key=attrgetter("x0")):
        baselines[round(run.bottom)].append(run)
    for baseline in baselines.values():
        for before, run in pairwise(baseline):
            if id(before) not in outside and run.x0 - before.x1 < run.size and run.bottom > 0 and run.top < height:
                outside.discard(id(run))
    return [replace(run, sort=UNSEEN) if id(run) in outside and not run.sort else run for run in runs]


def with_watermarks_throughout(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The same pages, what is a watermark on one of them marked where it crosses no text as well."""
    known = {_stamp_of(line) for page in pages for line in page.lines if line.sort == WATERMARK}
    return tuple(_with_watermarks_of(page, known) if known else page for page in pages)


def _with_watermarks_of(page: Page, known: Collection[tuple[str, float, int]]) -> Page:
    lines = tuple(replace(line, sort=WATERMARK) if _stamp_of(line) in known else line for line in page.lines)
    return page if lines == page.lines else with_lines(page, lines)


def _stamp_of(line: Line) -> tuple[str, float, int]:
    return line.text, line.font_size, round(line.top)
