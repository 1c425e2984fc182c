"""`judgements read`: one report as clean Markdown, from the warehouse alone."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from pipelines.commands.reports import find_report
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query
from pipelines.words import day

_MARKS = {"bullet": "- ", "footnote": "[note] "}


class _Paragraph(msgspec.Struct, frozen=True):
    number_as_printed: str | None
    kind: str
    text: str
    page_first: int
    page_last: int
    responsible_bodies: list[str] | None


def read_as_markdown(settings: Settings, text: str) -> str:
    """A report: what it is about and its grades, then its headings, paragraphs as numbered, and marks of its pages.

    Raises UnknownReportError unless exactly one report is found.
    """
    paragraphs: dict[str | None, list[_Paragraph]] = defaultdict(list)
    with open_warehouse(settings.warehouse) as connection:
        report = find_report(connection, text)
        for section_id, *row in connection.execute(
            "select section_id, number_as_printed, p.kind, p.text, page_first, page_last, responsible_bodies"
            " from core.paragraphs p left join core.recommendations using (paragraph_id)"
            " where report_id = ? order by p.ordinal",
            [report.report_id],
        ).fetchall():
            paragraphs[section_id].append(_Paragraph(*row))
        sections = connection.execute(
            "select section_id, heading, level, page_number from core.sections where report_id = ? order by ordinal",
            [report.report_id],
        ).fetchall()
        facts = connection.execute(read_query("commands/report_facts"), {"report": report.report_id}).fetchall()
    lines = [f"# {report.title}", "", f"{report.name} · report {report.report_id}", "", *_facts(facts)]
    page = 0
    for section_id, heading, level, page_number in [(None, "", 0, 1), *sections]:
        if heading:
            page, mark = _page_mark(page, page_number)
            lines += [*mark, f"{'#' * min(level + 1, 6)} {heading}", ""]
        for paragraph in paragraphs[section_id]:
            page, mark = _page_mark(page, paragraph.page_first)
            lines += [*mark, *_paragraph(paragraph)]
            page = max(page, paragraph.page_last)
    return "\n".join(lines).rstrip() + "\n"


def _facts(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """What the report is about, its theme and dates, and a table of what was judged; nothing where it is superseded."""
    for what, theme, first, last, judgements in rows:
        days = " to ".join(dict.fromkeys(filter(None, (day(first), day(last)))))
        yield " · ".join(filter(None, (what, theme and f"theme: {theme}", days)))
        yield ""
        if judgements:
            yield from ("| Judgement | Grade | Page |", "|---|---|---:|")
            yield from (f"| {label} | {grade} | {page} |" for label, grade, page in judgements)
            yield ""


def _page_mark(page: int, page_number: int) -> tuple[int, list[str]]:
    return (page_number, [f"<!-- page {page_number} -->", ""]) if page_number > page else (page, [])


def _paragraph(paragraph: _Paragraph) -> Iterator[str]:
    number = f"**{paragraph.number_as_printed}** " if paragraph.number_as_printed else ""
    sign = _MARKS.get(paragraph.kind, "- " if paragraph.kind == "recommendation" and not number else "")
    over = f" *(to page {paragraph.page_last})*" if paragraph.page_last > paragraph.page_first else ""
    bodies = f" *({'; '.join(paragraph.responsible_bodies)})*" if paragraph.responsible_bodies else ""
    yield f"{sign}{number}{paragraph.text}{over}{bodies}"
    yield ""
