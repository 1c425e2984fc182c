"""The one entry to parsing: the lines of a report in, everything it says out.

The order in which its parts are understood, and when it cannot be understood; how, each of the other modules says.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.parsing.completeness import completeness_issues
from pipelines.parsing.dates import LONGEST_STAY
from pipelines.parsing.facts import Cover, Issue, Judgement, ParsedReport, RejectedReport, Section
from pipelines.parsing.headings import confirm, of_other_frameworks, stated_grades
from pipelines.parsing.hyphenation import with_whole_words
from pipelines.parsing.inspection_dates import InspectionDates
from pipelines.parsing.judgement_tables import read_judgement_tables
from pipelines.parsing.judgements import read_judgements
from pipelines.parsing.layout import measure
from pipelines.parsing.opening import NotUnderstood, read_opening
from pipelines.parsing.outcomes import next_step_issues, read_next_steps, read_outcome
from pipelines.parsing.sight import (
    all_placed,
    has_unseen,
    legible_pages,
    level_pages,
    note_issues,
    with_unseen_told,
)
from pipelines.parsing.text import ReportText, read_text
from pipelines.reading.lines import Page, ReadReport
from pipelines.report_kinds.matching import is_misprinted
from pipelines.report_kinds.registry import Framework

_MOST_DAYS_BETWEEN_VISITS = 200


def parse_report(report: ReadReport) -> ParsedReport | RejectedReport:
    """Everything one report says, or why it cannot be understood. Pure."""
    legible = _parsed(report, legible_pages(report.pages))
    if not has_unseen(report.pages):
        return legible
    return with_unseen_told(legible, _parsed(report, level_pages(report.pages)), report.pages)


def _parsed(report: ReadReport, pages: Sequence[Page]) -> ParsedReport | RejectedReport:
    """What a report says on pages that may lack some of its lines."""
    pages = with_whole_words(pages)
    layout = measure(pages)
    opening = read_opening(pages, layout)
    if isinstance(opening, NotUnderstood):
        return RejectedReport(report.file_sha256, *opening)
    framework, cover = opening.framework, opening.cover
    tables = read_judgement_tables(pages, framework, layout)
    judgements, unread, table_issues = read_judgements(pages, framework, tables.own)
    if unread:
        return RejectedReport(report.file_sha256, "unreadable_judgements", "; ".join(unread))
    stated = tuple(stated_grades(pages, framework, tables))
    judgements, contradictions = confirm(judgements, stated)
    text = read_text(pages, framework, judgements, layout, tables, opening.roles)
    outcome, unclear = read_outcome(text, pages, framework)
    if unclear:
        return RejectedReport(report.file_sha256, "unreadable_outcome", unclear)
    steps = () if framework.is_graded else read_next_steps(text, cover.letter_date)
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
        strengths=text.strengths,
        lists=text.lists,
        outcome=outcome,
        next_steps=steps,
        lines=all_placed(report.pages, text.lines),
        issues=(
            *note_issues(report.pages),
            *_cover_issues(cover, framework),
            *_date_issues(opening.dates),
            *opening.issues,
            *_misprint_issues(judgements, framework),
            *table_issues,
            *contradictions,
            *of_other_frameworks(stated, framework),
            *_part_issues(text.sections, judgements, framework),
            *_improvement_issues(text, framework),
            *(next_step_issues(steps, cover.letter_date) if framework.is_joint else ()),
            *completeness_issues(pages, layout),
            *text.issues,
        ),
    )


def _date_issues(dates: InspectionDates) -> Iterator[Issue]:
    """An issue for dates that were understood in part or contradict each other, and for visits that are unlikely."""
    if dates.not_understood:
        message = f"The inspection dates read {dates.written!r}; this part of them was not understood."
        yield Issue("warning", "dates_understood_in_part", dates.page_number, dates.not_understood, message)
    if dates.is_mended:
        message = "One printed year can't be that of these dates; the other one is used for both."
        yield Issue("warning", "year_mended", dates.page_number, dates.written, message)
    if dates.contradiction:
        message = f"The inspection dates read {dates.written!r}, which are used; this contradicts them."
        yield Issue("warning", "dates_contradict", dates.page_number, dates.contradiction, message)
    if any(later.start_date <= one.end_date for one, later in pairwise(dates.visits)):
        message = "A visit begins before the one before it has ended; a date may be misprinted."
        yield Issue("warning", "unlikely_dates", dates.page_number, dates.written, message)
    for start, end in ((visit.start_date, visit.end_date) for visit in dates.visits):
        if (end - start).days > LONGEST_STAY:
            message = f"A stay from {start} to {end} is longer than any known; a date may be misprinted."
            yield Issue("warning", "unlikely_dates", dates.page_number, dates.written, message)
    apart = dates.visits[-1].start_date - dates.visits[0].end_date
    if apart.days > _MOST_DAYS_BETWEEN_VISITS:
        message = f"The visits are {apart.days} days apart; a date may be misprinted."
        yield Issue("warning", "unlikely_dates", dates.page_number, dates.written, message)


def _misprint_issues(judgements: Sequence[Judgement], framework: Framework) -> Iterator[Issue]:
    """An issue for each label that is read as a misprint of a judgement's label."""
    for judgement in judgements:
        label = judgement.label_as_written
        is_in_table = judgement.evidence in ("cover", "closing table")
        if is_in_table and is_misprinted(framework, judgement.judgement_code, label):
            message = f"The label is none that is known; it is read as {judgement.judgement_code}."
            yield Issue("warning", "misprinted_label", judgement.page_number, label, message)


def _part_issues(sections: Sequence[Section], judgements: Sequence[Judgement], framework: Framework) -> Iterator[Issue]:
    """An issue for a part about somebody else, as the board, without a grade that is understood: it is no key one."""
    judged = {judgement.judgement_code for judgement in judgements}
    for part in framework.parts:
        first = next((section for section in sections if section.part == part.part), None)
        if first and part.judgement_code not in judged:
            message = f"The part that begins here gives no grade for {part.judgement_code} that is understood."
            yield Issue("warning", "board_without_grade", first.page_number, first.heading, message)


def _improvement_issues(text: ReportText, framework: Framework) -> Iterator[Issue]:
    """An issue where a report names nothing to improve: either it is printed like that, or its heading was missed."""
    if framework.always_improves and not text.recommendations:
        message = "No item to improve was found, and reports of this framework always have some."
        yield Issue("warning", "no_improvement_items", None, "", message)


def _cover_issues(cover: Cover, framework: Framework) -> Iterator[Issue]:
    """An issue where the cover names nobody who led the inspection, and where its dates are not the framework's."""
    if framework.names_lead and not cover.lead_inspectors:
        yield Issue("info", "no_lead_inspector", None, "", "The report names no lead inspector.")
    start = cover.visits[0].start_date
    if not framework.covers(start):
        message = f"Inspected {start}, outside the dates of {framework.framework_code}; chosen by its title."
        yield Issue("warning", "outside_framework_dates", 1, cover.title, message)
