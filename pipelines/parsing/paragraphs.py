"""Lines become paragraphs: where each begins, by number, bullet or gap, and how its lines and pages are joined."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from pipelines.parsing.blocks import TEXT, Block
from pipelines.parsing.facts import Paragraph
from pipelines.parsing.layout import TIGHT, Layout
from pipelines.parsing.marks import (
    DASHES,
    Mark,
    begins_raised,
    bullet_of,
    footnote_mark_length,
    lone_mark_of,
    number_of,
)
from pipelines.parsing.wording import ENDS_SENTENCE, ENDS_TEXT, join_lines, without_marks
from pipelines.reading.lines import Box, Line

_SPARE = 3.0
"""Room left at the end of a line, as a share of its size, by which a break without space is known to be meant. In 259
reports, lines that the next sentence ran on from left 2.3 at most, and lines that ended a paragraph 3.5 or more."""

_FEWEST_LINES = 3
"""A lower box is no box of text: shading behind a line makes one too."""

_LINES_FREE = 2.4
"""Two lines with their leading, as a share of their size: one may be free where a paragraph runs on."""

_STOP = re.compile(r"[.?!][\"'’”)\]]*$")


class OpenParagraph(msgspec.Struct):
    """A paragraph or heading while its lines are gathered. `text_x0` is where its lines hang, in points.

    `section` is the ordinal of the heading it stands under, `row` the row of a table of items that it is in. A heading
    `is_boxed` that stands in a box of its own and interrupts a section.
    """

    section: int | None
    kind: str
    number: int | None
    text_x0: float
    mark_x0: float
    mark_length: int
    blocks: list[Block]
    row: int | None = None
    is_boxed: bool = False

    @property
    def last(self) -> Block:
        """The line that was added last."""
        return self.blocks[-1]

    @property
    def number_as_printed(self) -> str | None:
        """The number before a numbered paragraph, or the mark of a footnote, as it stands on the page."""
        line = self.blocks[0].line
        if self.kind == "footnote" and begins_raised(line):
            return line.text[: line.superscripts[0][1]]
        if self.kind in ("numbered", "footnote"):
            return line.text[: self.mark_length].strip() or None
        return None

    def closed(self, ordinal: int) -> Paragraph:
        """The paragraph, its text joined as it was written, without mark and footnote marks."""
        first, *rest = [without_marks(block.line) for block in self.blocks]
        text = join_lines([first[self.mark_length :], *rest])
        pages = self.blocks[0].page.page_number, self.last.page.page_number
        return Paragraph(ordinal, self.section, self.number, self.kind, text, *pages, self.number_as_printed)


class Gathered(NamedTuple):
    """All paragraphs, headings (kind heading) and footnotes in reading order, and the marks that have no words."""

    paragraphs: Sequence[OpenParagraph]
    lone_marks: Sequence[Block]


def gather_paragraphs(blocks: Sequence[Block], layout: Layout, *, has_boxes: bool = False) -> Gathered:
    """The paragraphs that the lines of a report make; a page break ends none by itself.

    `has_boxes`: ruled boxes with a heading of their own stand within its sections.
    """
    gatherer = _Gatherer(blocks, layout, has_boxes=has_boxes)
    for block in blocks:
        if block.role in ("heading", "footnote"):
            gatherer.add_set_apart(block)
        elif block.role == TEXT:
            gatherer.take_text(block)
        elif block.role == "cover" and block.page.page_number > 1:
            gatherer.may_restart = True
    return Gathered(gatherer.gathered, gatherer.lone_marks)


class _Gatherer:
    """What has been gathered so far, and what the next line may go on with.

    Numbers are told from years and quantities by their sequence: the next number, or the one after it where the
    report leaves one out, at the place where numbers stand. Where pages are lost a later number follows, or a number
    is printed twice: right where the last number stood, and with the next one nowhere further on. A second report
    bound with the first may count anew.
    """

    def __init__(self, blocks: Sequence[Block], layout: Layout, *, has_boxes: bool) -> None:
        self.layout = layout
        self.has_boxes = has_boxes
        self.gathered: list[OpenParagraph] = []
        self.lone_marks: list[Block] = []
        self.text: OpenParagraph | None = None
        self.numbered: OpenParagraph | None = None
        self.apart: OpenParagraph | None = None
        self.n_headings = 0
        self.section: int | None = None
        self.outside: int | None = None
        self.is_boxed = False
        self.next_number = 1
        self.may_restart = False
        self.is_second = False
        self.blocks = blocks

    @cached_property
    def last_with(self) -> dict[int, Block]:
        """The last line that begins with each number and a stop; asked for only where a number is out of sequence."""
        return {
            mark.number: block
            for block in self.blocks
            if block.role == TEXT and (mark := number_of(block.line)) and mark.number is not None and mark.has_stop
        }

    def add_set_apart(self, block: Block) -> None:
        """Take a line of a heading or a footnote: a heading ends the paragraph before it, a footnote does not."""
        if self.apart and self.apart.kind == block.role and _follows(self.apart, block, self.layout):
            self.apart.blocks.append(block)
        else:
            mark_length = footnote_mark_length(without_marks(block.line)) if block.role == "footnote" else 0
            self.apart = self._open(block.role, None, block.line.x0, mark_length, block)
            if block.role == "heading":
                self.n_headings += 1
                self._enter_section(block)
                self.apart.is_boxed = self.is_boxed
        if block.role == "heading":
            self.text = None

    def take_text(self, block: Block) -> None:
        """Take a line of running text: it begins a paragraph by its mark or its place, or goes on with the last."""
        if self.apart and self.apart.kind == "heading":
            self.apart = None
        if self.is_boxed and not _is_boxed(block):
            self.section, self.is_boxed, self.text = self.outside, False, None
        if self.text is not None and self.text.row != block.row:
            self.text = None
        lone, last_lone = lone_mark_of(block.line), self.lone_marks[-1] if self.lone_marks else None
        if lone and not self._ends_a_sentence(lone, block):
            self.lone_marks.append(block)
        elif last_lone and _hangs_under(last_lone, block) and self._has_ended():
            self.lone_marks.pop()
            self._begin_or_go_on(last_lone, lone_mark_of(last_lone.line))
            assert self.text is not None, "a mark begins a paragraph"
            self.text.blocks.append(block)
            self.text.text_x0 = block.line.x0
        else:
            self._begin_or_go_on(block)

    def _enter_section(self, block: Block) -> None:
        """A heading opens a section; one in a box opens it up to the end of the box, where the last goes on."""
        is_boxed = self.has_boxes and _is_boxed(block)
        if is_boxed and not self.is_boxed:
            self.outside = self.section
        self.section, self.is_boxed = self.n_headings, is_boxed

    def _ends_a_sentence(self, lone: Mark, block: Block) -> bool:
        """Whether what looks like a mark without words is the last word of the paragraph before: "... aged" "12."."""
        if self.text is None or not lone.is_word or block.line.x0 < self.text.text_x0 - 4:
            return False
        return block.page is not self.text.last.page or _gap(self.text.last.line, block.line) < TIGHT

    def _has_ended(self) -> bool:
        return self.text is None or ENDS_TEXT.search(without_marks(self.text.last.line)) is not None

    def _begin_or_go_on(self, block: Block, lone: Mark | None = None) -> None:
        mark = number_of(block.line) or lone
        bullet = bullet_of(block.line) or lone
        if mark and mark.number is not None and self._is_next(mark, mark.number, block):
            if self.may_restart and mark.number == 1:
                self.is_second, self.may_restart = True, False
            is_repeated = mark.number < self.next_number
            number = None if self.is_second or is_repeated else mark.number
            self.next_number = mark.number + 1
            self.text = self.numbered = self._open("numbered", number, mark.text_x0, mark.length, block)
        elif bullet and bullet.number is None and not _is_dash_in_text(block, self.text):
            self.text = self._open("bullet", None, bullet.text_x0, bullet.length, block)
        elif self.text and _continues(self.text, block, self.layout):
            if self.text.kind != "unnumbered" and len(self.text.blocks) == 1:
                self.text.text_x0 = block.line.x0
            self.text.blocks.append(block)
        else:
            self.text = self._open("unnumbered", None, block.line.x0, 0, block)

    def _open(self, kind: str, number: int | None, text_x0: float, mark_length: int, block: Block) -> OpenParagraph:
        opened = OpenParagraph(self.section, kind, number, text_x0, block.line.x0, mark_length, [block], block.row)
        self.gathered.append(opened)
        return self.gathered[-1]

    def _is_next(self, mark: Mark, number: int, block: Block) -> bool:
        """Whether a number is the report's next: in sequence, and where a paragraph may begin."""
        step = number - self.next_number
        in_sequence = step == 0 or (step == 1 and mark.has_stop) or (self.may_restart and number == 1)
        if not in_sequence and not (mark.has_stop and step >= -1 and self._stands_for_a_gap(block, step)):
            return False
        if self.text is None or block.page.page_number != self.text.last.page.page_number:
            return True
        return _gap(self.text.last.line, block.line) > TIGHT or block.line.x0 < self.text.text_x0 - 4

    def _stands_for_a_gap(self, block: Block, step: int) -> bool:
        """Whether a number out of sequence is a paragraph's: printed twice, or behind others that are lost."""
        if self.numbered is None:  # the beginning is lost: the numbers after this one stand at the same place
            later = self.last_with.get(self.next_number + step + 1)
            edge = later.line.x0 if later is not None and later.place > block.place else None
        else:
            edge = self.numbered.mark_x0
        if edge is None or abs(block.line.x0 - edge) > 2:
            return False
        expected = self.last_with.get(self.next_number)
        return step == -1 or expected is None or expected.place < block.place


def _is_boxed(block: Block) -> bool:
    """Whether a line stands in a box that is ruled around more than it."""
    line = block.line
    return any(
        frame.bottom - frame.top > _FEWEST_LINES * line.font_size
        for frame in block.page.frames
        if _stands_in(line, frame)
    )


def _hangs_under(mark: Block, block: Block) -> bool:
    """Whether a line holds the words of a mark that stands alone on the line before."""
    is_near = block.page is mark.page and _gap(mark.line, block.line) < TIGHT
    return is_near and block.line.x0 > mark.line.x0 + 4


def _follows(apart: OpenParagraph, block: Block, layout: Layout) -> bool:
    """Whether a heading's or footnote's line goes on from the one above it."""
    above = apart.last
    if block.page.page_number != above.page.page_number:
        return False
    starts_anew = block.role == "footnote" and _begins_footnote(apart, block.line)
    same_size = abs(block.line.font_size - above.line.font_size) < 0.9
    is_beside = block.line.top < above.line.bottom - 1
    same = is_beside or (same_size and (block.line.is_bold == above.line.is_bold or layout.is_large(block.line)))
    return not starts_anew and (same or block.role == "footnote") and _gap(above.line, block.line) < 0.6


def _begins_footnote(last: OpenParagraph, line: Line) -> bool:
    """Whether a line is the first of another footnote: its mark is raised, or is the number after the last one's."""
    mark, before = re.match(r"(\d{1,2}) [A-Z]", line.text), last.number_as_printed
    follows = mark is not None and before is not None and before.isdigit() and int(mark[1]) == int(before) + 1
    return begins_raised(line) or follows


def _gap(above: Line, line: Line) -> float:
    """The white space above a line as a share of its size."""
    return (line.top - above.bottom) / line.font_size


def _is_dash_in_text(block: Block, text: OpenParagraph | None) -> bool:
    """Whether a dash at the start of a line is punctuation of the sentence that runs on, not a bullet."""
    if text is None or block.line.text[0] not in DASHES or abs(block.line.x0 - text.text_x0) > 4:
        return False
    if block.page.page_number == text.last.page.page_number and _gap(text.last.line, block.line) > TIGHT:
        return False
    return not ENDS_SENTENCE.search(text.last.line.text)


def _continues(text: OpenParagraph, block: Block, layout: Layout) -> bool:
    """Whether a line goes on with the paragraph before it, on the same page or over a page break."""
    last, line = text.last, block.line
    if block.row is not None:  # a cell is narrow, so that room left in it says nothing
        return block.page.page_number != last.page.page_number or _gap(last.line, line) < TIGHT
    hangs = line.x0 > text.mark_x0 + 4
    if text.kind != "unnumbered" and not hangs:
        # an item set without a hanging indent: its lines return to the margin, tight and full
        if block.page.page_number != last.page.page_number:
            hung = len(text.blocks) > 1 and text.text_x0 > text.mark_x0 + 2
            return not hung and not ENDS_TEXT.search(without_marks(last.line))
        is_short = _had_room(last, line, layout, _SPARE * line.font_size)
        return _gap(last.line, line) < TIGHT and not (is_short and _STOP.search(without_marks(last.line)))
    if block.page.page_number == last.page.page_number:
        if _gap(last.line, line) >= TIGHT:
            return text.kind == "numbered" and not ENDS_TEXT.search(without_marks(last.line))
        is_short = text.kind == "unnumbered" and _had_room(last, line, layout, _SPARE * line.font_size)
        return not (is_short and _STOP.search(without_marks(last.line)))
    if not ENDS_SENTENCE.search(without_marks(last.line)):
        return True
    if text.kind != "unnumbered":
        return abs(line.x0 - text.text_x0) < 0.6 * line.font_size and text.text_x0 > text.mark_x0 + 4
    return not (_had_room(last, line, layout) or _ends_its_box(last) or _leaves_lines_free(last, layout))


def _had_room(last: Block, line: Line, layout: Layout, spare: float = 0.0) -> bool:
    """Whether the first word of a line would have fitted at the end of the one before: then a break was meant.

    `spare` are points that would have been left beside it.
    """
    per_letter = (line.x1 - line.x0) / max(len(line.text), 1)
    first_word = per_letter * (len(line.text.split(" ", 1)[0]) + 1)
    return last.line.x1 + first_word + spare < _right_edge(last, layout)


def _right_edge(block: Block, layout: Layout) -> float:
    """Where full lines end: in a box that is clearly narrower than the text around it, as far from it as they begin."""
    line = block.line
    boxed = (frame.x1 - max(line.x0 - frame.x0, 0) for frame in block.page.frames if _stands_in(line, frame))
    edge = min(boxed, default=layout.right)
    return edge if layout.right - edge > line.font_size else layout.right


def _stands_in(line: Line, frame: Box) -> bool:
    """Whether a line stands in a frame, to two points."""
    is_level = frame.top <= line.top and line.bottom <= frame.bottom + 2
    return is_level and frame.x0 - 2 <= line.x0 and line.x1 <= frame.x1 + 2


def _leaves_lines_free(last: Block, layout: Layout) -> bool:
    """Whether a page has room for further lines below its last one: text that runs on would have filled it.

    One line may be left so that none stands alone overleaf. Above a footnote nobody can tell, nor on a first page,
    whose foot may be the letterhead's.
    """
    if last.page.page_number == 1 or not _STOP.search(without_marks(last.line)):
        return False
    below = (line for line in last.page.lines if line.top > last.line.bottom)
    if any((last.page.page_number, line.line_number) not in layout.margins for line in below):
        return False
    return layout.foot - last.line.bottom > _LINES_FREE * last.line.font_size


def _ends_its_box(last: Block) -> bool:
    """Whether a framed text leaves space between a line and its frame: one that runs on fills the frame."""
    line = last.line
    frames = [
        cell
        for table in last.page.tables
        for cell in table
        if cell.top < line.top and line.bottom < cell.bottom + 2 and cell.x0 - 2 <= line.x0 and line.x1 <= cell.x1 + 2
    ]
    return any(frame.bottom - line.bottom > 0.7 * line.font_size for frame in frames)
