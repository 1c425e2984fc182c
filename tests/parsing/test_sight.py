"""Text that is no part of its page's text has a role of its own, and what rests on unseen text is told."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from pipelines.parsing.facts import Issue, ParsedReport
from pipelines.reading.lines import Line, Note, Page, ReadReport
from tests.parsing.builders import ILACS_ROWS, LEFT, ilacs_report, page, parsed, row

RESTS = "rests_on_unseen_text"


def with_lines(report: ReadReport, number: int, *lines: Line) -> ReadReport:
    """A report with further lines on one of its pages."""
    return on_page(report, number, lambda old: page([*old.lines, *lines], number, old.tables))


def on_page(report: ReadReport, number: int, change: Callable[[Page], Page]) -> ReadReport:
    """A report with one page changed."""
    return replace(report, pages=tuple(change(old) if old.page_number == number else old for old in report.pages))


def unseen_where(report: ReadReport, is_unseen: Callable[[Line], bool]) -> ReadReport:
    """A report some of whose lines can't be seen."""
    pages = (
        replace(old, lines=tuple(replace(line, sort="unseen") if is_unseen(line) else line for line in old.lines))
        for old in report.pages
    )
    return replace(report, pages=tuple(pages))


def resting(report: ParsedReport) -> list[str]:
    return [issue.excerpt for issue in report.issues if issue.code == RESTS]


PLAIN = ilacs_report(body=[("1.", "Children are seen often."), ("2.", "Their plans are clear.")])


@pytest.mark.parametrize("sort", ["turned", "watermark", "unseen"])
def test_such_lines_have_a_role_and_are_in_no_paragraph(sort: str) -> None:
    stray = replace(row(100.0, (LEFT + 28, "3. DRAFT of Marrowby: inadequate"), size=60.0, bold=True), sort=sort)
    plain, report = parsed(PLAIN), parsed(with_lines(PLAIN, 2, stray))
    assert [line.role for line in report.lines if line.role == sort] == [sort]
    assert len(report.lines) == len(plain.lines) + 1
    assert (report.paragraphs, report.sections, report.judgements) == (
        plain.paragraphs, plain.sections, plain.judgements,
    )  # fmt: skip
    assert resting(report) == []


def test_what_reading_noticed_is_an_issue_with_its_page() -> None:
    note = Note("watermark", "Large text lies under other text.", "DRAFT")
    report = parsed(on_page(PLAIN, 2, lambda old: replace(old, notes=(note,))))
    assert Issue("warning", "watermark", 2, "DRAFT", "Large text lies under other text.") in report.issues


def test_a_grade_that_only_unseen_text_gives_is_taken_and_told() -> None:
    *others, (label, _) = ILACS_ROWS
    report = ilacs_report(rows=others)
    last = next(line for line in report.pages[0].lines if line.text.startswith(others[-1][0]))
    seen, hidden = row(last.bottom + 14, (76.0, label)), row(last.bottom + 14, (430.0, "Good"))
    read = parsed(with_lines(report, 1, seen, replace(hidden, sort="unseen")))
    assert {one.judgement_code: one.grade for one in read.judgements}["overall_effectiveness"] == "good"
    assert resting(read) == ["Good"]


def test_a_grade_that_can_be_seen_counts_and_not_the_one_beside_it_that_can_not() -> None:
    label = next(line for line in PLAIN.pages[0].lines if line.text.startswith("Overall"))
    hidden = replace(row(label.top + 4, (430.0, "Inadequate")), sort="unseen")
    read = parsed(with_lines(PLAIN, 1, hidden))
    assert read.judgements == parsed(PLAIN).judgements
    assert resting(read) == []


def test_dates_that_only_unseen_text_gives_are_told() -> None:
    read = parsed(unseen_where(PLAIN, lambda line: line.text.startswith("Inspection dates")))
    assert read.cover.visits == parsed(PLAIN).cover.visits
    assert resting(read) == ["2024-03-04 to 2024-03-15"]


def test_a_scan_is_read_by_its_layer_of_text_and_all_of_it_is_told() -> None:
    plain, read = parsed(PLAIN), parsed(unseen_where(PLAIN, lambda line: True))
    assert (read.paragraphs, read.judgements, read.lines) == (plain.paragraphs, plain.judgements, plain.lines)
    assert len(resting(read)) == len(ILACS_ROWS) + 1
