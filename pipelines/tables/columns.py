"""Columns of the frames, built straight from the structs of opened reports.

Belongs here: one function a frame.
Stays out: opening reports (`opened.py`), and rules that rows must keep (`schemas.py`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.tables import schemas
from pipelines.tables.identifiers import paragraph_id, recommendation_id, section_id
from pipelines.tables.inspections import inspection_kind
from pipelines.tables.opened import LINE_TYPES, OpenedReport

Rows = list[tuple[Any, ...]]


def frame_of(schema: type[dy.Schema], rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """A frame with a schema's columns and types, not yet validated."""
    types = schema.create_empty().schema
    return pl.DataFrame(list(rows), schema=types, orient="row")


def reports(opened: Iterable[OpenedReport]) -> pl.DataFrame:
    """One row a report file."""
    return frame_of(
        schemas.Reports,
        (
            (
                one.report_id,
                one.accepted.file_sha256,
                one.accepted.publication.source_url,
                one.accepted.publication.source_path,
                one.accepted.publication.label,
                one.accepted.published_date,
                one.facts.page_count,
                one.facts.word_count,
                one.n_words_in_file,
                one.accepted.framework_code,
                one.accepted.authority.authority_id,
                one.facts.cover.title,
                one.facts.cover.published_date_in_text,
                one.reader,
                one.reader_version,
            )
            for one in opened
        ),
    )


def inspections(current: Iterable[OpenedReport]) -> pl.DataFrame:
    """One row an inspection; `current` are the reports that no later one replaces."""
    rows: Rows = []
    for one in current:
        visits = sorted(one.facts.cover.visits, key=lambda visit: (visit.start_date, visit.end_date))
        kind, basis = inspection_kind(one.accepted.framework_code, visits)
        rows.append((
            one.report_id,
            one.report_id,
            one.accepted.authority.authority_id,
            one.accepted.framework_code,
            kind,
            basis,
            visits[0].start_date if visits else None,
            max(visit.end_date for visit in visits) if visits else None,
            [{"start_date": visit.start_date, "end_date": visit.end_date} for visit in visits],
            "; ".join(one.facts.cover.lead_inspectors) or None,
            one.accepted.published_date,
        ))  # fmt: skip
    return frame_of(schemas.Inspections, rows)


def judgements(current: Iterable[OpenedReport], areas: pl.DataFrame) -> pl.DataFrame:
    """One row a grade; the area is the framework's own, null where the framework makes no such judgement."""
    area_of = {
        (framework, judgement): area
        for framework, judgement, area in areas["framework_code", "judgement_code", "area_code"].iter_rows()
    }
    rows: Rows = []
    for one in current:
        for found in one.facts.judgements:
            rows.append((
                one.report_id,
                found.judgement_code,
                area_of.get((one.accepted.framework_code, found.judgement_code)),
                found.grade,
                found.grade_as_written,
                found.label_as_written,
                found.page_number,
                found.box.x0,
                found.box.top,
                found.box.x1,
                found.box.bottom,
                found.evidence,
                found.is_confirmed_by_heading,
            ))  # fmt: skip
    return frame_of(schemas.Judgements, rows)


def sections(opened: Iterable[OpenedReport]) -> pl.DataFrame:
    """One row a heading."""
    return frame_of(
        schemas.Sections,
        (
            (section_id(one.report_id, found.ordinal), one.report_id, found.ordinal, found.heading, found.level,
             found.part, found.judgement_code, found.grade, found.page_number)
            for one in opened
            for found in one.facts.sections
        ),
    )  # fmt: skip


def paragraphs(opened: Iterable[OpenedReport]) -> pl.DataFrame:
    """One row a paragraph."""
    return frame_of(
        schemas.Paragraphs,
        (
            (
                paragraph_id(one.report_id, found.ordinal),
                one.report_id,
                None if found.section is None else section_id(one.report_id, found.section),
                found.ordinal,
                found.paragraph_number,
                found.number_as_printed,
                found.kind,
                found.text,
                found.page_first,
                found.page_last,
                len(found.text.split()),
            )
            for one in opened
            for found in one.facts.paragraphs
        ),
    )


def recommendations(current: Iterable[OpenedReport]) -> pl.DataFrame:
    """One row a top-level thing to do."""
    return frame_of(
        schemas.Recommendations,
        (
            (
                recommendation_id(one.report_id, found.ordinal),
                one.report_id,
                paragraph_id(one.report_id, found.paragraph),
                found.ordinal,
                found.kind,
                found.addressed_to,
                found.text,
                list(found.national_framework_refs),
            )
            for one in current
            for found in one.facts.recommendations
        ),
    )


def lines(opened: Iterable[OpenedReport]) -> pl.DataFrame:
    """One row a line."""
    return pl.concat([pl.DataFrame(schema=LINE_TYPES), *(one.lines for one in opened)])
