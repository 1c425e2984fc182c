"""What one report says, as rows of each table by column name, under keys that stay the same for the same bytes."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec
import polars as pl
from msgspec.structs import asdict

from pipelines.parsing.facts import ParsedReport
from pipelines.reading.lines import ReadReport
from pipelines.report_kinds.registry import framework_of
from pipelines.tables.accepted import AcceptedReport
from pipelines.tables.inspections import inspection_kind
from pipelines.tables.schemas import Lines
from pipelines.tables.validation import Row, column_types

_AS_READ = ("line_number", "text", "x0", "top", "x1", "bottom", "font_name", "font_size")


def section_id(report_id: str, ordinal: int) -> str:
    """The key of a section.

    >>> section_id("0123456789abcdef", 7)
    '0123456789abcdef-s007'
    """
    return f"{report_id}-s{ordinal:03d}"


def paragraph_id(report_id: str, ordinal: int) -> str:
    """The key of a paragraph.

    >>> paragraph_id("0123456789abcdef", 12)
    '0123456789abcdef-p0012'
    """
    return f"{report_id}-p{ordinal:04d}"


def recommendation_id(report_id: str, ordinal: int) -> str:
    """The key of a recommendation.

    >>> recommendation_id("0123456789abcdef", 3)
    '0123456789abcdef-r003'
    """
    return f"{report_id}-r{ordinal:03d}"


def strength_id(report_id: str, ordinal: int) -> str:
    """The key of a strength.

    >>> strength_id("0123456789abcdef", 3)
    '0123456789abcdef-t003'
    """
    return f"{report_id}-t{ordinal:03d}"


def report_row(accepted: AcceptedReport, facts: ParsedReport, read: ReadReport, n_words_in_file: int) -> Row:
    """The row of the report file. `n_words_in_file` are the words that the reader found."""
    publication = accepted.publication
    return {
        "report_id": accepted.report_id,
        "file_sha256": accepted.file_sha256,
        "source_url": publication.source_url,
        "source_path": publication.source_path,
        "label_as_published": publication.label,
        "published_date": accepted.published_date,
        "page_count": facts.page_count,
        "word_count": facts.word_count,
        "n_words_in_file": n_words_in_file,
        "framework_code": facts.framework_code,
        "authority_id": accepted.authority.authority_id,
        "title": facts.cover.title,
        "authority_as_written": facts.cover.authority_as_written or None,
        "published_date_in_text": facts.cover.published_date_in_text,
        "reader": read.reader,
        "reader_version": read.reader_version,
    }


def activity_row(accepted: AcceptedReport, facts: ParsedReport) -> Row:
    """The row of the inspection or visit that the report is about."""
    cover = facts.cover
    visits = sorted(cover.visits, key=lambda visit: (visit.start_date, visit.end_date))
    return {
        "activity_id": accepted.report_id,
        "report_id": accepted.report_id,
        "authority_id": accepted.authority.authority_id,
        "activity_kind": framework_of(facts.framework_code).activity_kind,
        "framework_code": facts.framework_code,
        "theme_code": cover.theme.theme_code if cover.theme else None,
        "theme_as_written": cover.theme.theme_as_written or None if cover.theme else None,
        "start_date": min((visit.start_date for visit in visits), default=None),
        "end_date": max((visit.end_date for visit in visits), default=None),
        "visits": [asdict(visit) for visit in visits],
        "mode": cover.mode,
        "letter_date": cover.letter_date,
        "published_date": accepted.published_date,
        "inspectorates": cover.inspectorates,
        "visit_ordinal": cover.visit_ordinal,
        "previous_inspection_as_written": cover.previous_inspection_as_written,
    }


def activity_rows(report_id: str, facts: ParsedReport) -> dict[str, list[Row]]:
    """What else a report says of its activity, by table: people, partners, outcome, next steps, strengths and lists."""
    own = {"activity_id": report_id}
    outcome = facts.outcome
    return {
        "activity_people": _numbered(own, facts.cover.people),
        "activity_partners": _numbered(own, facts.cover.partners),
        "activity_outcomes": [{**asdict(outcome), **asdict(outcome.box), **own}] if outcome else [],
        "next_steps": _numbered(own, facts.next_steps),
        "strengths": [
            {
                **asdict(found),
                **own,
                "strength_id": strength_id(report_id, found.ordinal),
                "paragraph_id": paragraph_id(report_id, found.paragraph),
            }
            for found in facts.strengths
        ],
        "lists": [{**asdict(found), **own} for found in facts.lists],
    }


def _numbered(own: Row, facts: Sequence[msgspec.Struct]) -> list[Row]:
    return [{**asdict(fact), **own, "ordinal": ordinal} for ordinal, fact in enumerate(facts, start=1)]


def inspection_row(report_id: str, facts: ParsedReport) -> Row:
    """What a graded inspection has beside its row as an activity."""
    kind, basis = inspection_kind(facts.framework_code, facts.cover.visits)
    return {
        "inspection_id": report_id,
        "inspection_kind": kind,
        "inspection_kind_basis": basis,
        "lead_inspector_name": "; ".join(facts.cover.lead_inspectors) or None,
    }


def judgement_rows(report_id: str, facts: ParsedReport, area_codes: Mapping[tuple[str, str], str]) -> list[Row]:
    """One row per grade; the area is the framework's own, None where the framework makes no such judgement."""
    return [
        {
            **asdict(found),
            **asdict(found.box),
            "inspection_id": report_id,
            "area_code": area_codes.get((facts.framework_code, found.judgement_code)),
        }
        for found in facts.judgements
    ]


def section_rows(report_id: str, facts: ParsedReport) -> list[Row]:
    """One row per heading."""
    return [
        {**asdict(found), "section_id": section_id(report_id, found.ordinal), "report_id": report_id}
        for found in facts.sections
    ]


def paragraph_rows(report_id: str, facts: ParsedReport) -> list[Row]:
    """One row per paragraph."""
    return [
        {
            **asdict(found),
            "paragraph_id": paragraph_id(report_id, found.ordinal),
            "report_id": report_id,
            "section_id": None if found.section is None else section_id(report_id, found.section),
            "n_words": len(found.text.split()),
        }
        for found in facts.paragraphs
    ]


def recommendation_rows(report_id: str, facts: ParsedReport) -> list[Row]:
    """One row per top-level item to improve; only graded inspections have an inspection_id."""
    inspection_id = report_id if framework_of(facts.framework_code).judgements else None
    return [
        {
            **asdict(found),
            "recommendation_id": recommendation_id(report_id, found.ordinal),
            "activity_id": report_id,
            "inspection_id": inspection_id,
            "paragraph_id": paragraph_id(report_id, found.paragraph),
        }
        for found in facts.recommendations
    ]


def line_frame(report_id: str, read: ReadReport, facts: ParsedReport) -> pl.DataFrame:
    """One row per line of a page; the role is `unknown` where parsing gave it none.

    Made by column, because lines are five times as many as all other rows together.
    """
    placed = {(line.page_number, line.line_number): line for line in facts.lines}
    ids: dict[int | None, str] = {found.ordinal: paragraph_id(report_id, found.ordinal) for found in facts.paragraphs}
    lines = [line for page in read.pages for line in page.lines]
    pages = [page.page_number for page in read.pages for _ in page.lines]
    columns: dict[str, list[Any]] = {name: list(map(attrgetter(name), lines)) for name in _AS_READ}
    places = list(map(placed.get, zip(pages, columns["line_number"], strict=True)))
    columns |= {
        "report_id": [report_id] * len(lines),
        "page_number": pages,
        "role": [place.role if place else "unknown" for place in places],
        "paragraph_id": [ids.get(place.paragraph) if place else None for place in places],
        "is_running_text": [place is not None and place.is_running_text for place in places],
        "n_words": [len(text.split()) for text in columns["text"]],
    }
    return pl.DataFrame(columns, schema=column_types(Lines))
