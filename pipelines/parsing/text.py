"""The text of a report: roles, sections, paragraphs and recommendations put together from its lines.

Belongs here: the order of the steps and the numbering of what they find.
Stays out: every single step (`blocks.py`, `paragraphs.py`, `sections.py`, `recommendations.py`).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from pipelines.parsing.blocks import TEXT, assign_roles
from pipelines.parsing.facts import Issue, Judgement, Paragraph, PlacedLine, Recommendation, Section
from pipelines.parsing.judgement_tables import JudgementTables
from pipelines.parsing.layout import Layout
from pipelines.parsing.paragraphs import OpenParagraph, gather_paragraphs
from pipelines.parsing.recommendations import Item, read_recommendations
from pipelines.parsing.sections import is_known, read_sections
from pipelines.reading.lines import Page
from pipelines.report_kinds.registry import Framework

_ENDED = re.compile(r"[.?!:;…)\]][\"'’”)\]]*$")
"""A stop, or the bracket of "(Recommendation)" that stands after one."""


class ReportText(NamedTuple):
    """Everything written in a report, and where each line of it went."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    recommendations: tuple[Recommendation, ...]
    lines: tuple[PlacedLine, ...]
    issues: tuple[Issue, ...]


def read_text(
    pages: Sequence[Page],
    framework: Framework,
    judgements: Sequence[Judgement],
    layout: Layout,
    tables: JudgementTables,
) -> ReportText:
    """Every line of a report with its role, and the sections, paragraphs and items that the lines make."""
    blocks = assign_roles(pages, judgements, layout, tables)
    gathered = gather_paragraphs(blocks, layout)
    headings = [item for item in gathered if item.kind == "heading"]
    sections = read_sections(headings, framework)
    items = _paragraphs(gathered, sections)
    recommendations = read_recommendations(items, sections, framework)
    recommended = {recommendation.paragraph for recommendation in recommendations}
    paragraphs = tuple(_as_recommended(item.paragraph, recommended) for item in items)
    home: dict[tuple[int, int], tuple[str, int]] = {}
    bodies = (item for item in gathered if item.kind != "heading")
    for body, paragraph in zip(bodies, paragraphs, strict=True):
        role = {"bullet": "bullet", "footnote": "footnote"}.get(body.kind, "paragraph")
        here = role, paragraph.ordinal
        for block in body.blocks:
            home[block.page.page_number, block.line.line_number] = here
    lines = []
    for block in blocks:
        place = block.page.page_number, block.line.line_number
        role, ordinal = home.get(place, (block.role, None))
        assert role != TEXT, f"line {place} is text of no paragraph"
        lines.append(PlacedLine(*place, role, ordinal))
    issues = (
        *_numbering_issues(paragraphs),
        *_ending_issues(paragraphs),
        *_heading_issues(headings, sections, framework),
    )
    return ReportText(tuple(sections), paragraphs, recommendations, tuple(lines), issues)


def _paragraphs(gathered: Sequence[OpenParagraph], sections: Sequence[Section]) -> list[Item]:
    """Paragraphs in reading order, each under the heading before it."""
    items: list[Item] = []
    n_headings = 0
    for body in gathered:
        if body.kind == "heading":
            n_headings += 1
            continue
        section = sections[n_headings - 1].ordinal if n_headings else None
        pages = body.blocks[0].page.page_number, body.last.page.page_number
        paragraph = Paragraph(
            len(items) + 1, section, body.number, body.kind, body.text(), *pages, body.number_as_printed
        )
        items.append(Item(paragraph, body.mark_x0))
    return items


def _as_recommended(paragraph: Paragraph, recommended: set[int]) -> Paragraph:
    """The paragraph, called a recommendation where it is one."""
    return msgspec.structs.replace(paragraph, kind="recommendation") if paragraph.ordinal in recommended else paragraph


def _numbering_issues(paragraphs: Sequence[Paragraph]) -> list[Issue]:
    """An issue for each paragraph number that the report leaves out."""
    numbered = [(p.paragraph_number, p) for p in paragraphs if p.paragraph_number is not None]
    issues: list[Issue] = []
    for (before, _), (after, paragraph) in pairwise(numbered):
        for gone in range(before + 1, after):
            torn = next(
                (p for p in paragraphs if p.kind == "unnumbered" and re.match(rf"{gone}\.\s*[a-z]", p.text)), None
            )
            if torn:
                message = f"The number {gone} stands before a small letter: the paragraph's beginning is lost in print."
                issues.append(Issue("warning", "torn_paragraph", torn.page_first, torn.text[:120], message))
            else:
                message = f"No paragraph {gone}: {before} is followed by {after}."
                issues.append(Issue("info", "numbering_gap", paragraph.page_first, paragraph.text[:120], message))
    return issues


def _ending_issues(paragraphs: Sequence[Paragraph]) -> list[Issue]:
    """An issue for each numbered paragraph that ends without a stop: its end may be lost, or printed like that."""
    return [
        Issue(
            "info",
            "paragraph_without_stop",
            paragraph.page_last,
            paragraph.text[-120:],
            f"Paragraph {paragraph.paragraph_number} ends without a full stop.",
        )
        for paragraph in paragraphs
        if paragraph.kind == "numbered" and not _ENDED.search(paragraph.text)
    ]


def _heading_issues(
    headings: Sequence[OpenParagraph], sections: Sequence[Section], framework: Framework
) -> list[Issue]:
    """An issue for each heading that reports of this framework are not known to have; slanted ones name free themes."""
    return [
        Issue(
            "info",
            "unknown_heading",
            section.page_number,
            section.heading[:120],
            "No report of this framework is known to have this heading.",
        )
        for heading, section in zip(headings, sections, strict=True)
        if not heading.blocks[0].line.is_italic and not is_known(section.heading, framework)
    ]
