"""Which lines are headings: those set off from the running text, and known ones in plain type between gaps."""

import re
from collections.abc import Iterator, Sequence

from pipelines.parsing.headings import is_known
from pipelines.parsing.layout import TIGHT, Layout
from pipelines.parsing.marks import bullet_of, number_of
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Line
from pipelines.report_kinds.matching import is_heading
from pipelines.report_kinds.registry import Framework

_LONGEST_HEADING = 250
_LONGEST_PLAIN_HEADING = 90
_ENDS_SENTENCE = re.compile(r"[.?!;,][\"'’”)]*$")
_APART = 0.6
"""White space as a share of a line's size: leading is 0.2, the space between paragraphs 0.7 or more."""


def heading_lines(lines: Sequence[Line], framework: Framework, layout: Layout) -> Iterator[int]:
    """The numbers of all lines that are headings or parts of one."""
    yield from _lines_set_off(lines, framework, layout)
    yield from _plain_headings(lines, framework, layout)


def _lines_set_off(lines: Sequence[Line], framework: Framework, layout: Layout) -> Iterator[int]:
    """Lines set bold, large or slanted that stand as a paragraph of their own and are no item of a list."""
    above: Line | None = None
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and run and _goes_on(run[-1], line):
            run.append(line)
            continue
        if run:
            if _is_heading(run, above, layout) and not _is_bold_sentence(run, framework, layout):
                yield from (member.line_number for member in run)
            above = run[-1]
        run = [line] if line is not None and set_off(line, layout) else []
        above = above if run else line


def set_off(line: Line, layout: Layout) -> bool:
    """Whether a line is set apart from running text by its type."""
    return line.is_bold or layout.is_large(line) or line.is_italic


def _plain_headings(lines: Sequence[Line], framework: Framework, layout: Layout) -> Iterator[int]:
    """Headings that a report sets in plain type: the words of a known one, alone between gaps and without a stop."""
    is_apart = True
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        was_apart, is_apart = is_apart, below is None or below.top - line.bottom > _APART * line.font_size
        if not (was_apart and is_apart) or len(line.cells) > 1 or len(line.text) > _LONGEST_PLAIN_HEADING:
            continue
        if set_off(line, layout) or line.text.endswith((".", ";", ",")):
            continue
        if is_heading(framework, plain(without_marks(line))):
            yield line.line_number


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line continues a heading: as bold and as large, and close under it."""
    return (
        line.is_bold == above.is_bold
        and line.is_italic == above.is_italic
        and abs(line.font_size - above.font_size) < 0.9
        and line.top - above.bottom < 0.5 * line.font_size
    )


def _is_bold_sentence(run: Sequence[Line], framework: Framework, layout: Layout) -> bool:
    """Whether lines no larger than running text are a sentence that is no known heading, but text to be stressed."""
    words = " ".join(line.text for line in run)
    return words.endswith(".") and not layout.is_large(run[0]) and not is_known(words, framework)


def _is_heading(run: Sequence[Line], above: Line | None, layout: Layout) -> bool:
    """Whether lines set off make a heading: short, no list item, and no emphasis within the paragraph above."""
    if sum(len(line.text) for line in run) > _LONGEST_HEADING:
        return False
    first = run[0]
    is_tight = above is not None and 0 <= first.top - above.bottom < TIGHT * first.font_size
    if is_tight and above is not None and not set_off(above, layout) and not _ENDS_SENTENCE.search(above.text):
        return False
    if first.is_italic and not first.is_bold and (len(run) > 1 or _ENDS_SENTENCE.search(first.text)):
        return False
    mark = number_of(first)
    is_item = bullet_of(first) is not None or (mark is not None and mark.has_stop and not layout.is_large(first))
    return not is_item
