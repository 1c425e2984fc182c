"""An accepted report opened: what it says, and its lines as a frame beside the role that parsing gave them.

Belongs here: fetching lines and facts of one report, and joining them column by column.
Stays out: which reports are opened, and when they are let go (`frames.py`); every other table (`columns.py`).

Lines become a frame as soon as they are at hand, and the structs are let go: as structs they weigh ten times as much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.tables.accepted import AcceptedReport
from pipelines.tables.identifiers import paragraph_id
from pipelines.tables.schemas import Lines

_AS_READ = ("line_number", "text", "x0", "top", "x1", "bottom", "font_name", "font_size")


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """An accepted report with everything it says. `n_words_in_file` are the words that the reader found."""

    accepted: AcceptedReport
    facts: ParsedReport
    reader: str
    reader_version: str
    n_words_in_file: int
    lines: pl.DataFrame

    @property
    def report_id(self) -> str:
        """The key of the report."""
        return self.accepted.report_id


def opened(
    accepted: AcceptedReport,
    read: Mapping[str, ReadReport | UnreadableReport],
    parsed: Mapping[str, ParsedReport | RejectedReport],
) -> OpenedReport:
    """Fetch what a report says. Raises ValueError for one that could be read once and can't be any more."""
    facts, lines = parsed[accepted.file_sha256], read[accepted.file_sha256]
    if isinstance(facts, RejectedReport) or isinstance(lines, UnreadableReport):
        lost = facts if isinstance(facts, RejectedReport) else lines
        raise ValueError(
            f"{accepted.publication.source_path} ({accepted.file_sha256}) was accepted a moment ago and can't be opened"
            f" now: {lost}. Is its file in the archive whole?"
        )
    placed = _placed_lines(accepted.report_id, lines, facts)
    n_words = int(placed["n_words"].sum())
    return OpenedReport(accepted, facts, lines.reader, lines.reader_version, n_words, placed)


def _placed_lines(report_id: str, read: ReadReport, parsed: ParsedReport) -> pl.DataFrame:
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
