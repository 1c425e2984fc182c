"""Every line gets one role, from where it stands, how it is set and what repeats; what is left is text."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.parsing.cover import DATE_LABEL, LEAD_LABEL, PUBLISHED_LABEL
from pipelines.parsing.facts import Judgement
from pipelines.parsing.fragments import box_around, stands_in
from pipelines.parsing.judgement_tables import JudgementTables
from pipelines.parsing.layout import Layout
from pipelines.parsing.marks import begins_raised, bullet_of, footnote_mark_length, number_of
from pipelines.parsing.wording import plain
from pipelines.reading.lines import Box, Line, Page

TEXT = "text"
"""The role of a line that belongs to a paragraph, before it is known to which kind."""

_LONGEST_HEADING = 250
_NARROWEST_CELL = 20.0
_CONTENTS = re.compile(r"[\s:]*contents[\s:]*", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.?!;,][\"'’”)]*$")


class Block(NamedTuple):
    """One line with its role."""

    page: Page
    line: Line
    role: str

    @property
    def place(self) -> tuple[int, int]:
        """Its page and line number."""
        return self.page.page_number, self.line.line_number


def assign_roles(
    pages: Sequence[Page], judgements: Sequence[Judgement], layout: Layout, tables: JudgementTables
) -> list[Block]:
    """All lines of a report in reading order, each with its role. None is left out."""
    blocks: list[Block] = []
    contents_open = False
    for page in pages:
        lines = [(line, layout.margins.get((page.page_number, line.line_number))) for line in page.lines]
        inner = [line for line, margin in lines if margin is None]
        found = _table_lines(page, inner)
        judged = [one.box for one in judgements if one.page_number == page.page_number and one.evidence != "sentence"]
        strips = [row.box for row in tables.ruled if row.page_number == page.page_number and row.grade]
        found |= _judgement_table_lines(inner, judged) if judged else _strip_lines(inner, strips)
        if page.page_number == 1 or _is_cover(inner):
            found |= dict.fromkeys(_cover_lines(inner), "cover") | found
        contents, contents_open = _contents_lines(inner, contents_open)
        found |= dict.fromkeys(contents, "contents")
        found |= dict.fromkeys(_footnote_lines(inner, layout), "footnote")
        if page.page_number <= 2 or page.page_number >= len(pages) - 1:
            small = (line.line_number for line in inner if layout.is_small(line) and line.line_number not in found)
            found |= dict.fromkeys(small, "boilerplate")
        rest = [line for line in inner if line.line_number not in found]
        found |= dict.fromkeys(_heading_lines(rest, layout), "heading")
        blocks += [Block(page, line, margin or found.get(line.line_number, TEXT)) for line, margin in lines]
    return blocks


def _is_cover(lines: Sequence[Line]) -> bool:
    """Whether a page inside the file is the cover of a second report bound with the first."""
    return bool(lines) and lines[0].font_size >= 20 and any(DATE_LABEL.match(plain(line.text)) for line in lines)


def _cover_lines(lines: Sequence[Line]) -> Iterator[int]:
    """The head of a cover: all down to the last of its dates and names, with what they wrap to."""
    labelled = [
        index
        for index, line in enumerate(lines)
        if any(label.match(plain(line.text)) for label in (DATE_LABEL, LEAD_LABEL, PUBLISHED_LABEL))
    ]
    if not labelled:
        return
    last = labelled[-1]
    while last + 1 < len(lines) and lines[last + 1].top - lines[last].bottom < 0.8 * lines[last].font_size:
        last += 1
    yield from (line.line_number for line in lines[: last + 1])


def _table_lines(page: Page, lines: Sequence[Line]) -> dict[int, str]:
    """Lines that stand in a row of several filled cells.

    A strip above a framed text, a heading in one cell and its grade in the next, is a heading.
    """
    roles: dict[int, str] = {}
    for table in page.tables:
        cells = [cell for cell in table if cell.x1 - cell.x0 > _NARROWEST_CELL]
        inside = {id(cell): [line for line in lines if stands_in(line, line.cells, cell)] for cell in cells}
        filled = [cell for cell in cells if inside[id(cell)]]
        for cell in filled:
            beside = [other for other in filled if other is not cell and _in_one_row(cell, other)]
            if beside:
                row = [line for member in (cell, *beside) for line in inside[id(member)]]
                role = "heading" if all(line.is_bold and line.font_size > 13 for line in row) else "table"
                roles |= {line.line_number: role for line in inside[id(cell)]}
    return roles


def _judgement_table_lines(lines: Sequence[Line], judged: Sequence[Box]) -> dict[int, str]:
    """Lines between the rows of the judgement table.

    A footnote may stand between two rows, under the grade that bears its mark.
    """
    table = box_around(judged)
    marks = {line.text[start:end] for line in lines for start, end in line.superscripts if start}
    roles: dict[int, str] = {}
    for line in lines:
        if _is_as_high(line, table):
            note = re.match(r"(\d{1,2}) \S", line.text)
            roles[line.line_number] = "footnote" if note and note[1] in marks else "table"
    return roles


def _strip_lines(lines: Sequence[Line], strips: Sequence[Box]) -> dict[int, str]:
    """Lines of a small table that opens a section with its judgement and grade, in whatever type: a heading."""
    return {line.line_number: "heading" for line in lines if any(_is_as_high(line, box) for box in strips)}


def _is_as_high(line: Line, box: Box) -> bool:
    """Whether a line stands between the top and the bottom of a box, to a point."""
    return box.top - 1 <= line.top and line.bottom <= box.bottom + 1


def _in_one_row(cell: Box, other: Box) -> bool:
    """Whether two cells stand side by side."""
    shared = min(cell.bottom, other.bottom) - max(cell.top, other.top)
    apart = cell.x1 <= other.x0 + 3 or other.x1 <= cell.x0 + 3
    return apart and shared > 0.5 * min(cell.bottom - cell.top, other.bottom - other.top)


def _contents_lines(lines: Sequence[Line], still_open: bool) -> tuple[list[int], bool]:
    """Lines of a contents list, and whether it may go on overleaf.

    An entry ends in a page number set apart or behind dots, and may wrap to three lines.
    """
    start = next((i for i, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None and not still_open:
        return [], False
    chosen: list[int] = [] if start is None else [lines[start].line_number]
    waiting: list[int] = []
    for line in lines[(0 if start is None else start + 1) :]:
        waiting.append(line.line_number)
        if _ends_in_page_number(line) or (start is not None and re.search(r"\w \d{1,3}$", line.text)):
            chosen += waiting
            waiting = []
        elif len(waiting) >= 4:
            break
    return chosen, bool(chosen) and not waiting


def _ends_in_page_number(line: Line) -> bool:
    last = line.cell_text(line.cells[-1])
    return re.fullmatch(r"\d{1,3}", last) is not None or re.search(r"\.{4,}\s*\d{1,3}$", line.text) is not None


def _footnote_lines(lines: Sequence[Line], layout: Layout) -> Iterator[int]:
    """Small lines from a footnote's mark on, as long as they follow one another."""
    last: Line | None = None
    for line in lines:
        follows = last is not None and line.top - last.bottom < 1.2 * line.font_size
        if layout.is_small(line) and (_has_footnote_mark(line) or follows):
            yield line.line_number
            last = line
        else:
            last = None


def _has_footnote_mark(line: Line) -> bool:
    return begins_raised(line) or (footnote_mark_length(line.text) > 0 and bullet_of(line) is None)


def _heading_lines(lines: Sequence[Line], layout: Layout) -> Iterator[int]:
    """Lines set bold, large or slanted that stand as a paragraph of their own and are no item of a list."""
    above: Line | None = None
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and run and _goes_on(run[-1], line):
            run.append(line)
            continue
        if run:
            if _is_heading(run, above, layout):
                yield from (member.line_number for member in run)
            above = run[-1]
        run = [line] if line is not None and _is_set_off(line, layout) else []
        above = above if run else line


def _is_set_off(line: Line, layout: Layout) -> bool:
    return line.is_bold or layout.is_large(line) or line.is_italic


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line continues a heading: as bold and as large, and close under it."""
    return (
        line.is_bold == above.is_bold
        and line.is_italic == above.is_italic
        and abs(line.font_size - above.font_size) < 0.9
        and line.top - above.bottom < 0.5 * line.font_size
    )


def _is_heading(run: Sequence[Line], above: Line | None, layout: Layout) -> bool:
    """Whether lines set off make a heading: short, no list item, and no emphasis within the paragraph above."""
    if sum(len(line.text) for line in run) > _LONGEST_HEADING:
        return False
    first = run[0]
    is_tight = above is not None and 0 <= first.top - above.bottom < 0.42 * first.font_size
    if is_tight and above is not None and not _is_set_off(above, layout) and not _ENDS_SENTENCE.search(above.text):
        return False
    if first.is_italic and not first.is_bold and (len(run) > 1 or _ENDS_SENTENCE.search(first.text)):
        return False
    mark = number_of(first)
    is_item = bullet_of(first) is not None or (mark is not None and mark.has_stop and not layout.is_large(first))
    return not is_item
