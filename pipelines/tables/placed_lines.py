"""The lines of one report as a frame: what was read beside the role that parsing gave it.

Belongs here: joining lines and roles, column by column.
Stays out: everything that is not a line (`columns.py`).

A report's lines become a frame as soon as they are at hand, and the structs are let go: 493 reports have 420,000
lines, which weigh ten times as much as structs.
"""

from typing import Any

import polars as pl

from pipelines.parsing.facts import ParsedReport
from pipelines.reading.lines import ReadReport
from pipelines.tables.identifiers import paragraph_id
from pipelines.tables.schemas import Lines

_AS_READ = ("line_number", "text", "x0", "top", "x1", "bottom", "font_name", "font_size")


def placed_lines(report_id: str, read: ReadReport, parsed: ParsedReport) -> pl.DataFrame:
    """One row a line of a page; the role is `unknown` where parsing gave it none."""
    columns: dict[str, list[Any]] = {name: [] for name in Lines.column_names()}
    placed = {(line.page_number, line.line_number): (line.role, line.paragraph) for line in parsed.lines}
    ids: dict[int | None, str] = {found.ordinal: paragraph_id(report_id, found.ordinal) for found in parsed.paragraphs}
    for page in read.pages:
        roles = [placed.get((page.page_number, line.line_number), ("unknown", None)) for line in page.lines]
        columns["page_number"] += [page.page_number] * len(roles)
        columns["role"] += [role for role, _ in roles]
        columns["paragraph_id"] += [ids.get(ordinal) for _, ordinal in roles]
        for name in _AS_READ:
            columns[name] += [getattr(line, name) for line in page.lines]
        columns["n_words"] += [len(line.text.split()) for line in page.lines]
    columns["report_id"] = [report_id] * len(columns["text"])
    return pl.DataFrame(columns, schema=LINE_TYPES)


LINE_TYPES = Lines.create_empty().schema
