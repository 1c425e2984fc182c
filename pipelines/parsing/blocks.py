"""Every line gets one role, from where it stands, how it is set and what repeats; what is left is text."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pipelines.parsing.facts import Judgement
from pipelines.parsing.fragments import box_around, stands_in
from pipelines.parsing.heading_lines import heading_lines
from pipelines.parsing.inspection_dates import DATE_LABEL, LEAD_LABEL, PREVIOUS_LABEL, PUBLISHED_LABEL
from pipelines.parsing.item_tables import ItemTables
from pipelines.parsing.judgement_tables import JudgementTables
from pipelines.parsing.layout import COVER_TITLE_SIZE, TIGHT, Layout
from pipelines.parsing.marks import begins_raised, bullet_of, footnote_mark_length
from pipelines.parsing.wording import plain
from pipelines.reading.lines import Box, Line, Page
from pipelines.report_kinds.matching import found_in
from pipelines.report_kinds.registry import Framework, load_vocabulary

TEXT = "text"
"""The role of a line that belongs to a paragraph, before it is known to which kind."""

_NARROWEST_CELL = 20.0
_FIRST_PAGES = 2
_RULE_LINE = re.compile(r"(?:[_*=.~–—-]\s*){4,}")
_CONTENTS = re.compile(r"[\s:]*contents[\s:]*", re.IGNORECASE)


class Block(NamedTuple):
    """One line with its role; `row` is the row of a table of items that it is in. Then it is only the item's words."""

    page: Page
    line: Line
    role: str
    row: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Its page and line number."""
        return self.page.page_number, self.line.line_number


def assign_roles(
    pages: Sequence[Page],
    framework: Framework,
    judgements: Sequence[Judgement],
    layout: Layout,
    tables: JudgementTables,
    items: ItemTables,
    known: Mapping[tuple[int, int], str],
) -> list[Block]:
    """All lines of a report in reading order, each with its role. None is left out.

    `known` are roles that are known before: those of the head and the signature of a letter.
    """
    inner = {page.page_number: inner_lines(page, layout) for page in pages}
    covers = {number for number, lines in inner.items() if number > 1 and is_cover(lines)}
    imprint_open = contents_open = False
    has_cover = "cover" not in known.values()
    blocks: list[Block] = []
    for page in pages:
        number, lines = page.page_number, inner[page.page_number]
        found = _table_lines(page, lines, layout)
        judged = [one.box for one in judgements if one.page_number == number and one.evidence != "sentence"]
        strips = [row.box for row in tables.ruled if row.page_number == number and row.grade]
        found |= _judgement_table_lines(lines, judged) if judged else _strip_lines(lines, strips)
        if has_cover and (number == 1 or number in covers):
            found |= dict.fromkeys(_cover_lines(lines), "cover") | found
            imprint_open = False
        contents, contents_open = _contents_lines(lines, contents_open)
        found |= dict.fromkeys(contents, "contents")
        found |= dict.fromkeys(_footnote_lines(lines, layout), "footnote")
        may_open = number <= _FIRST_PAGES or _ends_a_report(number, len(pages), covers)
        imprint = list(
            _imprint_lines([line for line in lines if (number, line.line_number) not in known], imprint_open, may_open)
        )
        imprint_open = bool(imprint) and number > _FIRST_PAGES
        found |= dict.fromkeys(imprint, "boilerplate")
        found |= {line.line_number: "rule_line" for line in lines if _RULE_LINE.fullmatch(line.text)}
        found |= {line: role for (at, line), role in chain(known.items(), items.roles.items()) if at == number}
        in_rows = {line for at, line in items.rows if at == number}
        rest = [line for line in lines if line.line_number not in found and line.line_number not in in_rows]
        found |= dict.fromkeys(heading_lines(rest, framework, layout), "heading")
        for line in page.lines:
            place = number, line.line_number
            if row := items.rows.get(place):
                blocks.append(Block(page, items.lines[place], TEXT, row))
            else:
                role = layout.margins.get(place) or found.get(line.line_number, TEXT)
                blocks.append(Block(page, line, role))
    return blocks


def inner_lines(page: Page, layout: Layout) -> list[Line]:
    """The lines of a page between its margins."""
    return [line for line in page.lines if (page.page_number, line.line_number) not in layout.margins]


def is_cover(lines: Sequence[Line]) -> bool:
    """Whether a page inside the file is the cover of a second report bound with the first."""
    return (
        bool(lines)
        and lines[0].font_size >= COVER_TITLE_SIZE
        and any(DATE_LABEL.match(plain(line.text)) for line in lines)
    )


def is_labelled(line: Line) -> bool:
    """Whether a line begins with the label of a date or of a name, as on a cover."""
    words = plain(line.text)
    return any(label.match(words) for label in (DATE_LABEL, PREVIOUS_LABEL, LEAD_LABEL, PUBLISHED_LABEL))


def _cover_lines(lines: Sequence[Line]) -> Iterator[int]:
    """The head of a cover: all down to the last of its dates and names, with what they wrap to."""
    labelled = [index for index, line in enumerate(lines) if is_labelled(line)]
    if not labelled:
        return
    last = labelled[-1]
    while last + 1 < len(lines) and lines[last + 1].top - lines[last].bottom < TIGHT * lines[last].font_size:
        last += 1
    yield from (line.line_number for line in lines[: last + 1])


def _ends_a_report(page_number: int, n_pages: int, covers: Collection[int]) -> bool:
    """Whether a page is one of the last two of the file, or of a report that another is bound with."""
    return any(page_number < end <= page_number + 2 for end in (n_pages + 1, *covers))


def _imprint_lines(lines: Sequence[Line], is_open: bool, may_open: bool) -> Iterator[int]:
    """The imprint: from its first line on, in type of any size. Where it is open it goes on from the page before."""
    for line in lines:
        is_open = is_open or (may_open and found_in(load_vocabulary().imprints, plain(line.text)) is not None)
        if is_open:
            yield line.line_number


def _table_lines(page: Page, lines: Sequence[Line], layout: Layout) -> dict[int, str]:
    """Lines that stand in a row of several filled cells.

    A strip above a framed text, a heading in one cell and its grade in the next, is a heading. Shading behind running
    text makes cells too, behind a number and behind its text: a row with a line of running text is no table's.
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
                if any(map(layout.is_running_text, row)):
                    continue
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
