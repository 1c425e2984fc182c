"""The text of a report: roles, sections, paragraphs and recommendations put together from its lines."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from pipelines.parsing.blocks import TEXT, Block, assign_roles, is_labelled
from pipelines.parsing.facts import Issue, ItemList, Judgement, Paragraph, PlacedLine, Recommendation, Section, Strength
from pipelines.parsing.headings import is_known
from pipelines.parsing.item_tables import read_item_tables
from pipelines.parsing.items import read_items
from pipelines.parsing.judgement_tables import JudgementTables
from pipelines.parsing.layout import Layout
from pipelines.parsing.marks import number_of
from pipelines.parsing.paragraphs import OpenParagraph, gather_paragraphs
from pipelines.parsing.sections import read_sections
from pipelines.parsing.wording import ENDS_TEXT
from pipelines.reading.lines import Page
from pipelines.report_kinds.registry import Framework


class ReportText(NamedTuple):
    """Everything written in a report, and where each line of it went."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    recommendations: tuple[Recommendation, ...]
    strengths: tuple[Strength, ...]
    lists: tuple[ItemList, ...]
    lines: tuple[PlacedLine, ...]
    issues: tuple[Issue, ...]


def read_text(
    pages: Sequence[Page],
    framework: Framework,
    judgements: Sequence[Judgement],
    layout: Layout,
    tables: JudgementTables,
    known: Mapping[tuple[int, int], str] | None = None,
) -> ReportText:
    """Every line of a report with its role, and the sections, paragraphs and items that the lines make.

    `known` are roles of lines that are known before.
    """
    in_tables = read_item_tables(pages, framework, layout)
    blocks = assign_roles(pages, framework, judgements, layout, tables, in_tables, known or {})
    gathered = gather_paragraphs(blocks, layout, has_boxes=framework.has_boxes)
    headings = [one for one in gathered.paragraphs if one.kind == "heading"]
    bodies = dict(enumerate((one for one in gathered.paragraphs if one.kind != "heading"), start=1))
    sections = read_sections(headings, framework, judgements)
    unboxed = [section for section, heading in zip(sections, headings, strict=True) if not heading.is_boxed]
    paragraphs = [body.closed(ordinal) for ordinal, body in bodies.items()]
    marks = {ordinal: body.mark_x0 for ordinal, body in bodies.items()}
    rows = {ordinal: body.row for ordinal, body in bodies.items() if body.row is not None}
    items = read_items(paragraphs, marks, rows, unboxed, framework, in_tables.responsible)
    for recommendation in items.recommendations:
        at = recommendation.paragraph - 1
        paragraphs[at] = msgspec.structs.replace(paragraphs[at], kind="recommendation")
    issues = (
        *_numbering_issues(paragraphs),
        *_order_issues(bodies.values(), framework),
        *_ending_issues(paragraphs),
        *_heading_issues(headings, sections, framework),
        *items.issues,
    )
    return ReportText(
        tuple(sections),
        tuple(paragraphs),
        items.recommendations,
        items.strengths,
        items.lists,
        tuple(_placed(blocks, bodies, gathered.lone_marks, layout, known or {})),
        issues,
    )


def _placed(
    blocks: Sequence[Block],
    bodies: Mapping[int, OpenParagraph],
    lone_marks: Sequence[Block],
    layout: Layout,
    known: Collection[tuple[int, int]],
) -> Iterator[PlacedLine]:
    """Every line with its role, and with the ordinal of the paragraph that it belongs to."""
    home: dict[tuple[int, int], tuple[str, int | None]] = {block.place: ("mark", None) for block in lone_marks}
    for ordinal, body in bodies.items():
        role = body.kind if body.kind in ("bullet", "footnote") else "paragraph"
        home |= {block.place: (role, ordinal) for block in body.blocks}
    for block in blocks:
        place = block.place
        role, paragraph = home.get(place, (block.role, None))
        assert role != TEXT, f"line {place} is text of no paragraph"
        is_field = place in known or (role == "cover" and is_labelled(block.line))
        is_running_text = layout.is_running_text(block.line) and not is_field
        yield PlacedLine(*place, role, paragraph, is_running_text)


def _numbering_issues(paragraphs: Sequence[Paragraph]) -> Iterator[Issue]:
    """An issue for each paragraph number that the report leaves out, or prints twice."""
    printed = [p for p in paragraphs if p.kind == "numbered" and p.number_as_printed]
    for one, other in pairwise(printed):
        if one.paragraph_number and one.number_as_printed == other.number_as_printed:
            message = f"The number {one.paragraph_number} is printed twice; the second has no paragraph_number."
            yield Issue("info", "number_printed_twice", other.page_first, other.text[:120], message)
    numbered = [(p.paragraph_number, p) for p in paragraphs if p.paragraph_number is not None]
    unnumbered = [p for p in paragraphs if p.kind == "unnumbered"]
    for (before, _), (after, paragraph) in pairwise(numbered):
        for gone in range(before + 1, after):
            torn = next((p for p in unnumbered if re.match(rf"{gone}\.\s*[a-z]", p.text)), None)
            if torn:
                message = f"The number {gone} stands before a small letter: the paragraph's beginning is lost in print."
                yield Issue("warning", "torn_paragraph", torn.page_first, torn.text[:120], message)
            else:
                message = f"No paragraph {gone}: {before} is followed by {after}."
                yield Issue("info", "numbering_gap", paragraph.page_first, paragraph.text[:120], message)


def _order_issues(bodies: Collection[OpenParagraph], framework: Framework) -> Iterator[Issue]:
    """An issue for each paragraph where numbered ones stand whose number follows none: pages may be shuffled."""
    places = {round(body.mark_x0) for body in bodies if body.kind == "numbered"}
    for body in bodies:
        line = body.blocks[0].line
        mark = number_of(line) if body.kind == "unnumbered" else None
        if mark and mark.has_stop and round(line.x0) in places:
            message = f"The number {mark.number} is out of sequence, so the paragraph has no paragraph_number."
            yield Issue("warning", "number_out_of_sequence", body.blocks[0].page.page_number, line.text[:120], message)
    if not places and framework.numbers_paragraphs:
        message = "The report numbers no paragraph, or in no known way."
        yield Issue("warning", "no_numbered_paragraphs", None, "", message)


def _ending_issues(paragraphs: Sequence[Paragraph]) -> Iterator[Issue]:
    """An issue for each numbered paragraph that ends without a stop: its end may be lost, or printed like that."""
    for paragraph in paragraphs:
        if paragraph.kind == "numbered" and not ENDS_TEXT.search(paragraph.text):
            message = f"Paragraph {paragraph.paragraph_number} ends without a full stop."
            yield Issue("info", "paragraph_without_stop", paragraph.page_last, paragraph.text[-120:], message)


def _heading_issues(
    headings: Sequence[OpenParagraph], sections: Sequence[Section], framework: Framework
) -> Iterator[Issue]:
    """An issue for each heading that reports of this framework are not known to have; slanted ones name free themes."""
    if framework.has_free_headings:
        return
    message = "No report of this framework is known to have this heading."
    for heading, section in zip(headings, sections, strict=True):
        if not heading.blocks[0].line.is_italic and not is_known(section.heading, framework):
            yield Issue("info", "unknown_heading", section.page_number, section.heading[:120], message)
