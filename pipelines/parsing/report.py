"""The one entry to parsing: the lines of a report in, everything it says out.

Belongs here: the order in which the parts of a report are understood, and when a report is refused.
Stays out: how any part is understood (the other modules).
"""

import datetime as dt
from collections.abc import Sequence

from pipelines.frameworks.matching import is_misprinted
from pipelines.frameworks.registry import Framework, JudgementKind
from pipelines.parsing import cover as covers
from pipelines.parsing.facts import Cover, Issue, Judgement, ParsedReport, RejectedReport
from pipelines.parsing.headings import confirm, stated_grades
from pipelines.parsing.judgements import GradedLabel, judgement_of, read_judgement_table, read_verdict
from pipelines.parsing.text import read_text
from pipelines.parsing.titles import match_title, other_kind
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Page, ReadReport

_TABLE_PAGES = 3
_VERDICT_PAGES = 2
_CLOSING_PAGES = 6


def parse_report(report: ReadReport) -> ParsedReport | RejectedReport:
    """Everything one report says, or why it is none that can be understood. Pure."""
    title = plain(" ".join(without_marks(line) for line in covers.title_lines(report.pages)))
    visits = covers.read_visits(report.pages)
    if not visits:
        return RejectedReport(report.file_sha256, "unknown_framework", _not_ours(title, None))
    matched = match_title(title, visits[0].start_date)
    if matched is None:
        return RejectedReport(report.file_sha256, "unknown_framework", _not_ours(title, visits[0].start_date))
    framework = matched.framework
    judgements, unread = read_judgements(report.pages, framework)
    if unread:
        return RejectedReport(report.file_sha256, "unreadable_judgements", "; ".join(unread))
    judgements, contradictions = confirm(judgements, tuple(stated_grades(report.pages, framework)))
    text = read_text(report.pages, framework, judgements)
    cover = Cover(
        title,
        matched.authority_as_written,
        visits,
        covers.read_lead_inspectors(report.pages),
        covers.read_published_date(report.pages),
    )
    return ParsedReport(
        file_sha256=report.file_sha256,
        framework_code=framework.framework_code,
        cover=cover,
        page_count=len(report.pages),
        word_count=report.word_count,
        judgements=judgements,
        sections=text.sections,
        paragraphs=text.paragraphs,
        recommendations=text.recommendations,
        lines=text.lines,
        issues=(
            *_cover_issues(cover, framework),
            *_misprint_issues(judgements, framework),
            *contradictions,
            *text.issues,
        ),
    )


def read_judgements(pages: Sequence[Page], framework: Framework) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """The judgements of a report, and a sentence for each that stands there and can't be read or is missing."""
    page, rows = _table_page(pages, framework)
    judgements: list[Judgement] = []
    unread: list[str] = []
    for row in rows:
        witness = "closing table" if framework.table == "closing" else "cover"
        judgement = judgement_of(row, page, witness)
        if judgement is None:
            unread.append(_reads_otherwise(page, row.label_text, row.grade_text))
        else:
            judgements.append(judgement)
    judgements += [found for kind in framework.judgements if kind.sentences and (found := _verdict(pages, kind))]
    unread += [
        _reads_otherwise(judgement.page_number, judgement.label_as_written, judgement.grade_as_written)
        for judgement in judgements
        if judgement.grade not in (*framework.scale, "not_judged")
    ]
    stated = {judgement.judgement_code for judgement in judgements} | {row.kind.judgement_code for row in rows}
    unread += [
        f"no {kind.label!r} found" for kind in framework.judgements if kind.is_key and kind.judgement_code not in stated
    ]
    return tuple(judgements), tuple(unread)


def _reads_otherwise(page_number: int, label: str, grade: str) -> str:
    return f"page {page_number}: the grade of {label!r} reads {grade!r}"


def _table_page(pages: Sequence[Page], framework: Framework) -> tuple[int, tuple[GradedLabel, ...]]:
    """The page that holds the judgement table, the one with most graded labels, and its rows."""
    if framework.table == "none":
        return 0, ()
    where = pages[:_TABLE_PAGES] if framework.table == "cover" else pages[-_CLOSING_PAGES:]
    tables = [
        (page.page_number, tuple(row for row in read_judgement_table(page, framework) if row.grade_text))
        for page in where
    ]
    return max(tables, key=lambda table: (sum(judgement_of(row, 0, "") is not None for row in table[1]), -table[0]))


def _verdict(pages: Sequence[Page], kind: JudgementKind) -> Judgement | None:
    """The sentence that gives a grade: on the cover in any type, further on in a heading only."""
    for page in pages:
        lines = page.lines if page.page_number <= _VERDICT_PAGES else [line for line in page.lines if line.is_bold]
        verdict = read_verdict(lines, page.page_number, kind)
        if verdict:
            return verdict
    return None


def _not_ours(title: str, inspected: dt.date | None) -> str:
    kind = other_kind(title)
    if kind:
        return f"a report of a kind that is not read here: {kind}"
    when = f"inspected {inspected.isoformat()}" if inspected else "no inspection dates on the first pages"
    return f"title {title[:120]!r}, {when}" if title else f"no title found, {when}"


def _misprint_issues(judgements: Sequence[Judgement], framework: Framework) -> list[Issue]:
    """A row for each label that is read as a misprint of a judgement's."""
    return [
        Issue(
            "warning",
            "misprinted_label",
            judgement.page_number,
            judgement.label_as_written,
            f"The label is none that is known; it is read as {judgement.judgement_code}.",
        )
        for judgement in judgements
        if judgement.witness in ("cover", "closing table")
        and is_misprinted(framework, judgement.judgement_code, judgement.label_as_written)
    ]


def _cover_issues(cover: Cover, framework: Framework) -> list[Issue]:
    issues: list[Issue] = []
    if not cover.lead_inspectors:
        issues.append(Issue("info", "no_lead_inspector", None, "", "The report names no lead inspector."))
    start = cover.visits[0].start_date
    if not framework.covers(start):
        message = (
            f"Inspected {start.isoformat()}, outside the dates of {framework.framework_code}; chosen by its title."
        )
        issues.append(Issue("warning", "outside_framework_dates", 1, cover.title, message))
    return issues
