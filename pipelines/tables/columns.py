"""Columns of the frames, built straight from the structs of accepted reports.

Belongs here: one function a frame.
Stays out: choosing reports (`accepted.py`), and rules that rows must keep (`schemas.py`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import dataframely as dy
import polars as pl

from pipelines.tables import schemas
from pipelines.tables.accepted import AcceptedReport
from pipelines.tables.identifiers import paragraph_id, recommendation_id, section_id
from pipelines.tables.inspections import inspection_kind
from pipelines.tables.placed_lines import LINE_TYPES

Rows = list[tuple[Any, ...]]


def frame_of(schema: type[dy.Schema], rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """A frame with a schema's columns and types, not yet validated."""
    types = schema.create_empty().schema
    return pl.DataFrame(list(rows), schema=types, orient="row")


def reports(accepted: Iterable[AcceptedReport]) -> pl.DataFrame:
    """One row a report file."""
    return frame_of(
        schemas.Reports,
        (
            (
                one.report_id,
                one.parsed.file_sha256,
                one.publication.source_url,
                one.publication.source_path,
                one.publication.label,
                one.published_date,
                one.parsed.page_count,
                one.parsed.word_count,
                one.n_words_in_file,
                one.parsed.framework_code,
                one.authority.authority_id,
                one.parsed.cover.title,
                one.parsed.cover.published_date_in_text,
                one.reader,
                one.reader_version,
            )
            for one in accepted
        ),
    )


def inspections(current: Iterable[AcceptedReport]) -> pl.DataFrame:
    """One row an inspection; `current` are the reports that no later one replaces."""
    rows: Rows = []
    for one in current:
        visits = sorted(one.parsed.cover.visits, key=lambda visit: (visit.start_date, visit.end_date))
        kind, basis = inspection_kind(one.parsed.framework_code, visits)
        rows.append((
            one.report_id,
            one.report_id,
            one.authority.authority_id,
            one.parsed.framework_code,
            kind,
            basis,
            visits[0].start_date if visits else None,
            max(visit.end_date for visit in visits) if visits else None,
            [{"start_date": visit.start_date, "end_date": visit.end_date} for visit in visits],
            "; ".join(one.parsed.cover.lead_inspectors) or None,
            one.published_date,
        ))  # fmt: skip
    return frame_of(schemas.Inspections, rows)


def judgements(current: Iterable[AcceptedReport], areas: pl.DataFrame) -> pl.DataFrame:
    """One row a grade; the area is the framework's own, null where the framework makes no such judgement."""
    area_of = {
        (framework, judgement): area
        for framework, judgement, area in areas["framework_code", "judgement_code", "area_code"].iter_rows()
    }
    rows: Rows = []
    for one in current:
        for found in one.parsed.judgements:
            rows.append((
                one.report_id,
                found.judgement_code,
                area_of.get((one.parsed.framework_code, found.judgement_code)),
                found.grade,
                found.grade_as_written,
                found.label_as_written,
                found.page_number,
                found.box.x0,
                found.box.top,
                found.box.x1,
                found.box.bottom,
                found.witness,
                found.is_confirmed_by_heading,
            ))  # fmt: skip
    return frame_of(schemas.Judgements, rows)


def sections(accepted: Iterable[AcceptedReport]) -> pl.DataFrame:
    """One row a heading."""
    return frame_of(
        schemas.Sections,
        (
            (section_id(one.report_id, found.ordinal), one.report_id, found.ordinal, found.heading, found.level,
             found.part, found.judgement_code, found.grade, found.page_number)
            for one in accepted
            for found in one.parsed.sections
        ),
    )  # fmt: skip


def paragraphs(accepted: Iterable[AcceptedReport]) -> pl.DataFrame:
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
            for one in accepted
            for found in one.parsed.paragraphs
        ),
    )


def recommendations(current: Iterable[AcceptedReport]) -> pl.DataFrame:
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
            for found in one.parsed.recommendations
        ),
    )


def lines(accepted: Iterable[AcceptedReport]) -> pl.DataFrame:
    """One row a line."""
    return pl.concat([pl.DataFrame(schema=LINE_TYPES), *(one.lines for one in accepted)])
