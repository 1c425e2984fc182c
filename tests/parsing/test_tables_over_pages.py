"""Judgement tables that go on overleaf, and cells that wrap in unusual ways."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipelines.parsing.judgement_tables import read_judgement_table
from pipelines.reading.lines import Box, Line, ReadReport
from tests.parsing.builders import ILACS_ROWS, framework, ilacs_report, page, parsed, rejected, row, running

EXPECTED = ["good", "requires_improvement", "good", "outstanding", "good"]
COLUMN = 430.0


def lines_of(rows: Sequence[tuple[str, str]], top: float, indent: float = 0.0) -> list[Line]:
    """Rows without rule lines; a label is broken after 40 letters, and its second line may be indented."""
    lines = []
    for label, grade in rows:
        at = label.rfind(" ", 0, 40) if len(label) > 50 else len(label)
        lines.append(row(top, (76.0, label[:at]), (COLUMN, grade)))
        if label[at:]:
            lines.append(row(top + 14, (76.0 + indent, label[at:].strip())))
        top += 44
    return lines


def report_of(foot: Sequence[Line], head: Sequence[Line]) -> ReadReport:
    """A report with some lines at the foot of its cover, and some at the head of its second page."""
    whole = ilacs_report()
    first = [line for line in whole.pages[0].lines if line.top < 240]
    text = [
        row(500.0, (70.0, "1."), (98.0, "Social workers know children well and see them alone when they are asked."))
    ]
    return ReadReport(whole.file_sha256, "hand", "1", (page([*first, *foot], 1), page([*head, *text], 2)))


def places(report: ReadReport) -> list[tuple[str, int]]:
    return [(one.grade, one.page_number) for one in parsed(report).judgements]


HEADER = [row(66.0, (76.0, "Judgement"), (COLUMN, "Grade"), bold=True)]
CONTINUED = [row(66.0, (76.0, "Judgement (continued)"), (COLUMN, "Grade"), bold=True)]
RUNNING_HEADER = [row(40.0, (70.0, "Inspection of Marrowby"), size=9.0)]


@pytest.mark.parametrize(
    "above",
    [[], HEADER, CONTINUED, [*RUNNING_HEADER, *HEADER]],
    ids=["plain", "header", "continued", "running header"],
)
@pytest.mark.parametrize("n_rows", range(6))
def test_rows_that_stand_overleaf_are_rows(n_rows: int, above: list[Line]) -> None:
    split = report_of(lines_of(ILACS_ROWS[:n_rows], 300.0), [*above, *lines_of(ILACS_ROWS[n_rows:], 92.0)])
    assert places(split) == [(grade, 1 if at < n_rows else 2) for at, grade in enumerate(EXPECTED)]
    judgements = parsed(split).judgements
    assert all(0 < one.box.top < one.box.bottom < 842 for one in judgements)


@pytest.mark.parametrize("above", [[], HEADER], ids=["plain", "header"])
@pytest.mark.parametrize("is_grade_below", [False, True])
def test_a_label_that_is_parted_by_the_page_is_one(is_grade_below: bool, above: list[Line]) -> None:
    foot, head = lines_of(ILACS_ROWS[:2], 300.0), lines_of(ILACS_ROWS[2:], 120.0)
    foot, tail = foot[:-1], foot[-1]
    parted = row(92.0, (76.0, tail.text))
    if is_grade_below:
        foot[-1] = row(foot[-1].top, (76.0, foot[-1].cell_text(foot[-1].cells[0])))
        parted = row(92.0, (76.0, tail.text), (COLUMN, ILACS_ROWS[1][1]))
    assert [grade for grade, _ in places(report_of(foot, [*above, parted, *head]))] == EXPECTED


@pytest.mark.parametrize("above", [[], HEADER], ids=["plain", "header"])
@pytest.mark.parametrize("is_grade_below", [False, True])
def test_a_table_may_be_torn_within_its_first_row(is_grade_below: bool, above: list[Line]) -> None:
    first, tail, *_ = lines_of(ILACS_ROWS, 300.0)
    parted = row(92.0, (76.0, tail.text))
    if is_grade_below:
        first = row(first.top, (76.0, first.cell_text(first.cells[0])))
        parted = row(92.0, (76.0, tail.text), (COLUMN, ILACS_ROWS[0][1]))
    split = report_of([first], [*above, parted, *lines_of(ILACS_ROWS[1:], 136.0)])
    assert [grade for grade, _ in places(split)] == EXPECTED


def test_a_second_table_with_other_grades_is_told() -> None:
    others = [(label, "Inadequate" if at == 2 else grade) for at, (label, grade) in enumerate(ILACS_ROWS)]
    report = parsed(report_of(lines_of(ILACS_ROWS, 300.0), lines_of(others, 200.0)))
    assert [one.grade for one in report.judgements] == EXPECTED
    told = [one for one in report.issues if one.code == "heading_contradicts_grade"]
    assert [(one.severity, one.page_number) for one in told] == [("warning", 2)]
    assert told[0].message == "Page 2 says inadequate for in_care; the cover on page 1 says good, which is kept."


def test_a_label_whose_second_half_is_nowhere_is_not_read_by_its_first() -> None:
    foot = lines_of(ILACS_ROWS[:2], 300.0)[:-1]
    refused = rejected(
        report_of(foot, [*running("What needs to improve?", bold=True), *lines_of(ILACS_ROWS[2:], 160.0)])
    )
    assert f"no {ILACS_ROWS[1][0]!r} found" in refused.detail


def test_a_judgement_of_another_framework_overleaf_is_not_passed_over() -> None:
    whole = report_of(lines_of(ILACS_ROWS[:4], 300.0), lines_of(ILACS_ROWS[4:], 92.0))
    dated = [
        row(line.top, (line.x0, "Inspection dates: 4 to 15 May 2026"))
        if line.text.startswith("Inspection dates")
        else line
        for line in whole.pages[0].lines
    ]
    refused = rejected(ReadReport(whole.file_sha256, "hand", "1", (page(dated, 1), whole.pages[1])))
    assert (
        "page 2: 'Overall effectiveness' is graded 'Good', a judgement that ilacs_2026 does not make" in refused.detail
    )


@pytest.mark.parametrize("indent", [0.0, 12.0, 36.0, 72.0])
def test_a_second_line_may_be_indented(indent: float) -> None:
    assert places(report_of(lines_of(ILACS_ROWS, 300.0, indent), [])) == [(grade, 1) for grade in EXPECTED]


def test_words_in_one_ruled_cell_are_one_label_however_they_are_set() -> None:
    lines = [
        row(103.0, (76.0, "The experiences and"), (426.0, "Good")),
        row(140.0, (250.0, "progress of")),
        row(163.0, (330.0, "care leavers")),
        row(203.0, (76.0, "Overall effectiveness"), (426.0, "Inadequate")),
    ]
    cells = tuple(Box(x, top, x + 350, top + 100) for top in (100.0, 200.0) for x in (70.0, 420.0))
    rows = read_judgement_table(page(lines, tables=(cells,)), framework("ilacs_2023")).rows
    assert [(one.kind.judgement_code, one.grade_text) for one in rows] == [
        ("care_leavers", "Good"),
        ("overall_effectiveness", "Inadequate"),
    ]


@pytest.mark.parametrize("heights", [(100.0, 200.0, 300.0), (100.0, 300.0)], ids=["rows only", "a frame"])
def test_rule_lines_without_columns_put_no_label_and_grade_into_one_cell(heights: Sequence[float]) -> None:
    lines = [
        row(103.0, (76.0, "The experiences and progress of"), (426.0, "Requires improvement")),
        row(117.4, (112.0, "care leavers"), (426.0, "to be good")),
        row(203.0, (76.0, "Overall effectiveness"), (426.0, "Inadequate")),
    ]
    cells = tuple(Box(70.0, top, 560.0, bottom) for top, bottom in pairwise(heights))
    rows = read_judgement_table(page(lines, tables=(cells,)), framework("ilacs_2023")).rows
    assert [one.grade_text for one in rows] == ["Requires improvement to be good", "Inadequate"]
