"""Lines become paragraphs: where each begins, and how its lines are joined.

Belongs here: numbers in their sequence, bullets, gaps, page breaks, words broken at a line end.
Stays out: what kind of line a line is (`blocks.py`) and under which heading a paragraph stands (`sections.py`).
"""

import re
from collections.abc import Sequence

import msgspec

from pipelines.parsing.blocks import TEXT, Block
from pipelines.parsing.layout import Layout
from pipelines.parsing.marks import DASHES, Mark, bullet_of, number_of
from pipelines.parsing.wording import without_marks
from pipelines.reading.lines import Line

_PARAGRAPH_GAP = 0.42
"""Space above a line, as a share of its size, that begins a paragraph: leading is 0.2, a paragraph's space 0.6."""

_ENDS_SENTENCE = re.compile(r"[.?!:;][\"'’”)\]]*$")


class OpenParagraph(msgspec.Struct):
    """A paragraph while its lines are gathered. `text_x0` is where its lines hang, in points."""

    kind: str
    number: int | None
    text_x0: float
    mark_x0: float
    mark_length: int
    blocks: list[Block]

    @property
    def last(self) -> Block:
        return self.blocks[-1]

    def text(self) -> str:
        """Its text, joined as it was written, without mark and footnote marks."""
        first, *rest = [without_marks(block.line) for block in self.blocks]
        return join_lines([first[self.mark_length :], *rest])


def gather_paragraphs(blocks: Sequence[Block], layout: Layout) -> list[OpenParagraph]:
    """All paragraphs, headings (kind heading) and footnotes in reading order; a page break ends none by itself.

    Numbers are told from years and quantities by their sequence: the next number, or the one after it where the
    report leaves one out, at the place where numbers stand.
    """
    gathered: list[OpenParagraph] = []
    text: OpenParagraph | None = None
    other: OpenParagraph | None = None
    next_number = 1
    for block in blocks:
        if block.role in ("heading", "footnote"):
            if other and other.kind == block.role and _follows(other.last, block, layout):
                other.blocks.append(block)
            else:
                other = OpenParagraph(block.role, None, block.line.x0, block.line.x0, 0, [block])
                gathered.append(other)
            if block.role == "heading":
                text = None
            continue
        if block.role != TEXT:
            continue
        other = other if other and other.kind == "footnote" else None
        mark = number_of(block.line)
        if mark and _is_next(mark, next_number, block, text):
            assert mark.number is not None, "a number mark has a number"
            next_number = mark.number + 1
            text = OpenParagraph("numbered", mark.number, mark.text_x0, block.line.x0, mark.length, [block])
            gathered.append(text)
        elif (bullet := bullet_of(block.line)) and not _is_dash_in_text(block, text):
            text = OpenParagraph("bullet", None, bullet.text_x0, block.line.x0, bullet.length, [block])
            gathered.append(text)
        elif text and _continues(text, block, layout):
            if text.kind != "unnumbered" and len(text.blocks) == 1:
                text.text_x0 = block.line.x0
            text.blocks.append(block)
        else:
            text = OpenParagraph("unnumbered", None, block.line.x0, block.line.x0, 0, [block])
            gathered.append(text)
    return gathered


def _follows(above: Block, block: Block, layout: Layout) -> bool:
    """Whether a heading's or footnote's line goes on from the one above it."""
    if block.page.page_number != above.page.page_number:
        return False
    starts_anew = block.role == "footnote" and bool(block.line.superscripts) and block.line.superscripts[0][0] == 0
    same_size = abs(block.line.font_size - above.line.font_size) < 0.9
    same = same_size and (block.line.is_bold == above.line.is_bold or layout.is_large(block.line))
    return not starts_anew and (same or block.role == "footnote") and _gap(above.line, block.line) < 0.6


def _gap(above: Line, line: Line) -> float:
    """The white space above a line as a share of its size."""
    return (line.top - above.bottom) / line.font_size


def _is_next(mark: Mark, next_number: int, block: Block, text: OpenParagraph | None) -> bool:
    """Whether a number is the report's next: in sequence, and where a paragraph may begin."""
    assert mark.number is not None, "a number mark has a number"
    if mark.number == next_number:
        pass
    elif not (next_number < mark.number <= next_number + 1 and mark.has_stop):
        return False
    if text is None or block.page.page_number != text.last.page.page_number:
        return True
    return _gap(text.last.line, block.line) > _PARAGRAPH_GAP or block.line.x0 < text.text_x0 - 4


def _is_dash_in_text(block: Block, text: OpenParagraph | None) -> bool:
    """Whether a dash at the start of a line is punctuation of the sentence that runs on, not a bullet."""
    if text is None or block.line.text[0] not in DASHES or abs(block.line.x0 - text.text_x0) > 4:
        return False
    if block.page.page_number == text.last.page.page_number and _gap(text.last.line, block.line) > _PARAGRAPH_GAP:
        return False
    return not _ENDS_SENTENCE.search(text.last.line.text)


def _continues(text: OpenParagraph, block: Block, layout: Layout) -> bool:
    """Whether a line goes on with the paragraph before it, on the same page or over a page break."""
    last, line = text.last, block.line
    hangs = line.x0 > text.text_x0 - 0.6 * line.font_size
    if text.kind != "unnumbered" and not hangs:
        # an item set without a hanging indent: its lines return to the margin, tight and full
        at_margin = abs(line.x0 - text.mark_x0) < 2 and block.page.page_number == last.page.page_number
        return at_margin and _gap(last.line, line) < _PARAGRAPH_GAP and not _had_room(last.line, line, layout)
    if block.page.page_number == last.page.page_number:
        return _gap(last.line, line) < _PARAGRAPH_GAP
    words = without_marks(last.line)
    if not _ENDS_SENTENCE.search(words):
        return True
    if text.kind != "unnumbered":
        return abs(line.x0 - text.text_x0) < 0.6 * line.font_size and text.text_x0 > text.mark_x0 + 4
    return not _had_room(last.line, line, layout)


def _had_room(last: Line, line: Line, layout: Layout) -> bool:
    """Whether the first word of a line would have fitted at the end of the one before: then a break was meant."""
    per_letter = (line.x1 - line.x0) / max(len(line.text), 1)
    return last.x1 + per_letter * (len(line.text.split(" ", 1)[0]) + 1) < layout.right


def join_lines(lines: Sequence[str]) -> str:
    """The lines of one paragraph as its author wrote them.

    A hyphen at a line end is a real one (no report breaks words by itself): the word goes on without a space,
    but for "pre- and post-natal". A dash between spaces keeps them.

    >>> join_lines(["asylum-", "seeking children in pre-", "and post-adoption"])
    'asylum-seeking children in pre- and post-adoption'
    """
    joined = ""
    for line in (line.strip() for line in lines):
        if not joined or not line:
            joined += line
        elif _is_broken_word(joined, line):
            joined += line
        else:
            joined += " " + line
    return re.sub(r"\s+", " ", joined).strip()


def _is_broken_word(before: str, line: str) -> bool:
    if not re.search(r"\w[-‐‑–/]$", before):
        return False
    return before.endswith("/") or re.match(r"(?:and|or|to|nor)\b(?!-)", line) is None
