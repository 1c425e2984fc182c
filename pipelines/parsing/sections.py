"""Headings as a tree: how deep each stands, what it reports on, which part of a combined report it belongs to."""

import re
from collections.abc import Sequence

from pipelines.parsing.facts import Section
from pipelines.parsing.headings import stated_in_words
from pipelines.parsing.paragraphs import OpenParagraph
from pipelines.parsing.wording import plain, without_marks
from pipelines.report_kinds.matching import (
    FLAGS,
    grade_pattern,
    is_section,
    match_grade,
    match_improvement,
    match_label,
    opened_part,
)
from pipelines.report_kinds.registry import Framework, Grade

_GRADE_ALONE = re.compile(rf"(?:grade \d\s*)?\(?{grade_pattern()}\)?\W*", FLAGS)
_COLUMN_GAP = 180.0
_COVER_PAGES = 2
_OF_A_STRIP = re.compile(r"summary|inspection findings", FLAGS)
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


def read_sections(headings: Sequence[OpenParagraph], framework: Framework) -> list[Section]:
    """All headings in reading order as sections.

    A heading without a judgement of its own reports on that of the heading it stands under. A heading that names a part
    of the report opens it when it stands high; so do the verdict on it behind the cover and a heading of what it should
    improve, however small they are set.
    """
    columns = [_columns(heading) for heading in headings]
    levels = _levels(headings, columns)
    sections: list[Section] = []
    part = framework.begins_in
    above: list[Section] = []
    of_strip: str | None = None
    for heading, (left, right), level in zip(headings, columns, levels, strict=True):
        text = " ".join(word for word in (*left, *right) if word)
        words = plain(text)
        above = [section for section in above if section.level < level]
        page = heading.blocks[0].page.page_number
        judgement, grade = _what_it_reports(words, framework)
        if (named := opened_part(framework, words)) is not None:
            is_verdict = judgement == named.judgement_code and page > _COVER_PAGES
            if level <= 2 or is_verdict or match_improvement(framework, words):
                part = named.part
        if judgement is None and sections and (alone := _GRADE_ALONE.fullmatch(words)):
            judgement, grade = sections[-1].judgement_code, match_grade(alone["grade"])
        if right:
            of_strip = judgement
        inherited = next((section.judgement_code for section in reversed(above) if section.judgement_code), None)
        if part == framework.begins_in and _OF_A_STRIP.fullmatch(words):
            inherited = of_strip or inherited
        grade_code = grade.grade if grade else None
        section = Section(len(sections) + 1, text, level, part, judgement or inherited, grade_code, page)
        sections.append(section)
        above.append(section)
    return sections


def is_known(heading: str, framework: Framework) -> bool:
    """Whether reports of the framework are known to have a heading."""
    words = plain(heading)
    if is_section(framework, words) or match_improvement(framework, words):
        return True
    return bool(_GRADE_ALONE.fullmatch(words.strip(" .:;?"))) or _what_it_reports(words, framework)[0] is not None


def _levels(headings: Sequence[OpenParagraph], columns: Sequence[Columns]) -> list[int]:
    """The level of each heading by how reports set it: the larger the higher, bold and strips above plain."""
    lines = [heading.blocks[0].line for heading in headings]
    styles = [
        (round(line.font_size), line.is_bold or bool(right)) for line, (_, right) in zip(lines, columns, strict=True)
    ]
    ranked = sorted(set(styles), reverse=True)
    return [ranked.index(style) + 1 for style in styles]


def _what_it_reports(text: str, framework: Framework) -> tuple[str | None, Grade | None]:
    kind = match_label(framework, text)
    if kind:
        return kind.judgement_code, None
    stated = stated_in_words([text], framework)
    return stated[:2] if stated else (None, None)
