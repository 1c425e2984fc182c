"""Headings as a tree: how deep each stands, what it reports on, which part of a combined report it belongs to."""

import re
from collections.abc import Sequence

from pipelines.parsing.facts import Judgement, Section
from pipelines.parsing.headings import GRADE_ALONE, what_it_reports
from pipelines.parsing.paragraphs import OpenParagraph
from pipelines.parsing.wording import plain, without_marks
from pipelines.report_kinds.grades import match_grade
from pipelines.report_kinds.matching import ends_annex, is_annex, is_heading, match_list, opened_part
from pipelines.report_kinds.registry import Framework

ANNEX = "annex"
"""The part of a section that is about the inspection itself, its team or what the grades mean."""

_COLUMN_GAP = 180.0
_COVER_PAGES = 2
_OF_A_STRIP = re.compile(r"summary|inspection findings", re.IGNORECASE)
"""What stands under the small table that opens a section, often in type as large as that table's."""

Columns = tuple[list[str], list[str]]


def _columns(heading: OpenParagraph) -> Columns:
    """A heading's words from top to bottom; where it is a strip of two columns, those of the right one apart."""
    left: list[str] = []
    right: list[str] = []
    edge = min(block.line.x0 for block in heading.blocks)
    for block in sorted(heading.blocks, key=lambda block: (block.page.page_number, block.line.bottom)):
        for cell in block.line.cells:
            (right if cell.x0 > edge + _COLUMN_GAP else left).append(without_marks(block.line, cell))
    return left, right


def read_sections(
    headings: Sequence[OpenParagraph], framework: Framework, judgements: Sequence[Judgement]
) -> list[Section]:
    """All headings in reading order as sections.

    A heading without a judgement of its own reports on that of the heading it stands under, and in the part of a board
    on the board's; its grade is the heading's own, or else the one that the report gives. Annexes report on nothing.
    """
    columns = [_columns(heading) for heading in headings]
    levels = _levels(headings, columns)
    given = {judgement.judgement_code: judgement.grade for judgement in judgements}
    sections: list[Section] = []
    parts = _Parts(framework)
    above: list[Section] = []
    of_strip: str | None = None
    for heading, (left, right), level in zip(headings, columns, levels, strict=True):
        text = " ".join(word for word in (*left, *right) if word)
        words = plain(text)
        above = [section for section in above if section.level < level]
        page = heading.blocks[0].page.page_number
        judgement, grade = what_it_reports(words, framework)
        part = parts.of(words, level, page, judgement)
        if judgement is None and sections and (alone := GRADE_ALONE.fullmatch(words)):
            judgement, grade = sections[-1].judgement_code, match_grade(alone["grade"])
        if right:
            of_strip = judgement
        inherited = next((section.judgement_code for section in reversed(above) if section.judgement_code), None)
        if part == framework.begins_in and _OF_A_STRIP.fullmatch(words):
            inherited = of_strip or inherited
        code = None if part == ANNEX else judgement or inherited or parts.judgement_code
        grade_code = grade.grade if grade else given.get(code or "")
        section = Section(len(sections) + 1, text, level, part, code, grade_code, page)
        sections.append(section)
        above.append(section)
    return sections


class _Parts:
    """Which part of a combined report each heading stands in, told in reading order.

    A heading that names a part opens it when it stands high; so do the verdict on it behind the cover and a heading of
    what it should improve, however small they are set. An annex ends where a known heading follows that is none of
    its own.
    """

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._part = framework.begins_in
        self._annex_level: int | None = None

    @property
    def judgement_code(self) -> str | None:
        """The judgement on whom the part is about; None in the part in which reports begin."""
        codes = {part.part: part.judgement_code for part in self._framework.parts}
        return codes.get(self._part)

    def of(self, words: str, level: int, page: int, judgement: str | None) -> str:
        """The part that a heading stands in."""
        named = opened_part(self._framework, words)
        is_improvement = match_list(self._framework, words) not in (None, "strength")
        is_verdict = named is not None and judgement == named.judgement_code and page > _COVER_PAGES
        if is_annex(words):
            self._annex_level = level if self._annex_level is None else min(level, self._annex_level)
        elif named and (level <= 2 or is_verdict or is_improvement):
            self._part, self._annex_level = named.part, None
        elif self._annex_level is not None:
            is_as_high = level <= self._annex_level and is_heading(self._framework, words)
            if judgement or is_as_high or ends_annex(self._framework, words):
                self._annex_level = None
        return self._part if self._annex_level is None else ANNEX


def _levels(headings: Sequence[OpenParagraph], columns: Sequence[Columns]) -> list[int]:
    """The level of each heading by how reports set it: the larger the higher, bold and strips above plain."""
    lines = [heading.blocks[0].line for heading in headings]
    styles = [
        (round(line.font_size), line.is_bold or bool(right)) for line, (_, right) in zip(lines, columns, strict=True)
    ]
    ranked = sorted(set(styles), reverse=True)
    return [ranked.index(style) + 1 for style in styles]
