"""Judgement tables by their geometry: which grade belongs to which label, however cells wrap."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parsing.judgement_tables import read_judgement_table
from pipelines.reading.lines import Box, Page
from tests.parsing.builders import ILACS_ROWS, framework, ilacs_report, judgement_table, page, parsed, row, wrap

Rows = Sequence[tuple[Sequence[str], Sequence[tuple[float, str]]]]

LEADERS = ["The impact of leaders on social work", "practice with children and families"]
PROTECTION = ["The experiences and progress of", "children who need help and", "protection"]
IN_CARE = ["The experiences and progress of", "children in care"]
LEAVERS = ["The experiences and progress of care", "leavers"]
OVERALL = ["Overall effectiveness"]


def grades_on(one: Page, code: str = "ilacs_2023") -> dict[str, str]:
    return {found.kind.judgement_code: found.grade_text for found in read_judgement_table(one, framework(code)).rows}


def rows_with(protection: Sequence[tuple[float, str]]) -> Rows:
    return [
        (LEADERS, [(0, "Good")]),
        (PROTECTION, protection),
        (IN_CARE, [(0, "Outstanding")]),
        (LEAVERS, [(1, "Inadequate")]),
        (OVERALL, [(0, "Good")]),
    ]


EXPECTED = {"leaders": "Good", "in_care": "Outstanding", "care_leavers": "Inadequate", "overall_effectiveness": "Good"}


@pytest.mark.parametrize("is_ruled", [True, False])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_grade_beside_the_first_middle_or_last_line_of_its_label(at: int, is_ruled: bool) -> None:
    table = judgement_table(rows_with([(at, "Inadequate")]), is_ruled)
    assert grades_on(table) == EXPECTED | {"help_and_protection": "Inadequate"}


@pytest.mark.parametrize("is_ruled", [True, False])
@pytest.mark.parametrize("at", [0, 0.5, 1])
def test_a_grade_that_wraps_is_put_together(at: float, is_ruled: bool) -> None:
    wrapped = [(at, "Requires improvement"), (at + 1, "to be good")]
    table = judgement_table(rows_with(wrapped), is_ruled)
    assert grades_on(table) == EXPECTED | {"help_and_protection": "Requires improvement to be good"}


def test_grades_set_half_a_line_below_their_labels() -> None:
    rows = [(label, [(0.5, grade)]) for label, grade in zip((LEADERS, PROTECTION, IN_CARE), "ABC", strict=True)]
    assert list(grades_on(judgement_table(rows)).values()) == ["A", "B", "C"]


def test_a_grade_of_more_lines_than_its_label_reaches_above_it() -> None:
    lines = [
        row(110.0, (76.0, "Overall effectiveness"), (426.0, "Good")),
        row(136.0, (426.0, "Requires")),
        row(150.0, (76.0, "The experiences and progress of care leavers"), (426.0, "improvement")),
        row(164.0, (426.0, "to be good")),
    ]
    assert grades_on(page(lines)) == {
        "overall_effectiveness": "Good",
        "care_leavers": "Requires improvement to be good",
    }


def test_a_rule_parts_two_rows_however_near_a_grade_stands_to_the_label_below() -> None:
    lines = [
        row(103.0, (76.0, "Overall effectiveness")),
        row(145.0, (426.0, "Good")),
        row(163.0, (76.0, "The experiences and progress of care leavers"), (426.0, "Inadequate")),
    ]
    cells = tuple(Box(x, top, x + 350, top + 60) for top in (100.0, 160.0) for x in (70.0, 420.0))
    assert grades_on(page(lines, tables=(cells,))) == {"overall_effectiveness": "Good", "care_leavers": "Inadequate"}


def test_a_cell_justified_to_wide_gaps_is_one_label() -> None:
    label = row(
        303.0, (76.0, "1."), (110.0, "Children"), (190.0, "who"), (240.0, "need"), (300.0, "help"), (360.0, "and")
    )
    tail = row(317.4, (76.0, "protection"), (426.0, "Inadequate"))
    cells = (Box(70, 300, 420, 335), Box(420, 300, 530, 335))
    assert grades_on(page([label, tail], tables=(cells,)), "sif") == {"help_and_protection": "Inadequate"}


def test_leadership_numbered_1_is_leadership() -> None:
    rows: Rows = [
        (["1. Children who need help and protection"], [(0, "Good")]),
        (["2. Children looked after and achieving", "permanence"], [(1, "Requires improvement")]),
        (["2.1 Adoption performance"], [(0, "Outstanding")]),
        (["2.2 Experiences and progress of care", "leavers"], [(0, "Inadequate")]),
        (["1. Leadership, management and governance"], [(0, "Good")]),
    ]
    assert grades_on(judgement_table(rows), "sif") == {
        "help_and_protection": "Good",
        "looked_after": "Requires improvement",
        "adoption": "Outstanding",
        "care_leavers": "Inadequate",
        "leaders": "Good",
    }


def test_children_care_leavers_are_care_leavers() -> None:
    rows: Rows = [(["The experiences and progress of children", "care leavers"], [(0, "Good")])]
    assert grades_on(judgement_table(rows)) == {"care_leavers": "Good"}


def test_one_grade_for_care_and_care_leavers_until_2022() -> None:
    rows: Rows = [(["The experiences and progress of children", "in care and care leavers"], [(1, "Good")])]
    assert grades_on(judgement_table(rows), "ilacs_2018") == {"in_care_and_care_leavers": "Good"}


def test_the_closing_table_of_2013() -> None:
    rows: Rows = [
        (["Overall effectiveness"], [(0, "Adequate")]),
        (["Capacity to improve"], [(0, "Good")]),
        (["Outcomes for looked after children and", "care leavers"], [(0, "Adequate")]),
        (["Quality of provision"], [(0, "Inadequate")]),
        (["Leadership and management"], [(0, "Good")]),
    ]
    assert list(grades_on(judgement_table(rows), "tlac").items()) == [
        ("overall_effectiveness", "Adequate"),
        ("capacity_to_improve", "Good"),
        ("outcomes", "Adequate"),
        ("quality_of_provision", "Inadequate"),
        ("leaders", "Good"),
    ]


def test_a_footnote_mark_glued_to_a_grade_is_no_part_of_it() -> None:
    rows: Rows = [(IN_CARE, [(0, "Good^1^")]), (LEAVERS, [(0, "Outstanding")])]
    assert grades_on(judgement_table(rows)) == {"in_care": "Good", "care_leavers": "Outstanding"}


def test_a_footnote_between_two_rows_is_in_neither() -> None:
    whole = ilacs_report(rows=[(label, grade + "^1^" * (label.endswith("care"))) for label, grade in ILACS_ROWS])
    cover = whole.pages[0]
    marked = next(line for line in cover.lines if line.text.endswith("1"))
    note = row(marked.bottom + 1, (76.0, "1 Too few children for a judgement of their own."), size=8.0)
    pages = (page([*cover.lines, note], 1, cover.tables), *whole.pages[1:])
    report = parsed(type(whole)(whole.file_sha256, "hand", "1", pages))
    assert {one.judgement_code: one.grade for one in report.judgements} == {
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "good",
        "care_leavers": "outstanding",
        "overall_effectiveness": "good",
    }
    first = report.paragraphs[0]
    assert (first.kind, first.text) == ("footnote", "Too few children for a judgement of their own.")


@pytest.mark.parametrize(
    "written", ["Not judged", "not judged", "No judgement", "No judgement made", "Insufficient evidence"]
)
def test_not_judged_is_a_grade_without_a_rank(written: str) -> None:
    rows = [(label, written if label.endswith("children in care") else grade) for label, grade in ILACS_ROWS]
    found = {one.judgement_code: one for one in parsed(ilacs_report(rows=rows)).judgements}
    assert (found["in_care"].grade, found["in_care"].grade_as_written) == ("not_judged", written)


def test_a_judgement_says_where_on_its_page_it_stands() -> None:
    report = parsed(ilacs_report())
    overall = next(one for one in report.judgements if one.judgement_code == "overall_effectiveness")
    assert (overall.page_number, overall.label_as_written, overall.evidence) == (1, "Overall effectiveness", "cover")
    assert (overall.box.x0, overall.box.x1) == (76.0, 454.0)
    others = [one.box for one in report.judgements if one is not overall]
    assert all(box.bottom <= overall.box.top for box in others)


def test_labels_in_running_text_are_no_table() -> None:
    sentence = row(
        120.0, (70.0, "The experiences and progress of children in care are good and overall effectiveness rises.")
    )
    assert grades_on(page([sentence])) == {}


LABELS = [label for label, _ in ILACS_ROWS]
GRADES = st.sampled_from(["Outstanding", "Good", "Requires improvement to be good", "Inadequate", "Not judged"])


@given(
    widths=st.tuples(st.integers(26, 57), st.integers(12, 40)),
    grades=st.lists(GRADES, min_size=5, max_size=5),
    places=st.lists(st.floats(0, 1), min_size=5, max_size=5),
)
def test_any_ruled_table_is_read_right_however_it_wraps(
    widths: tuple[int, int], grades: list[str], places: list[float]
) -> None:
    rows = []
    for label, grade, place in zip(LABELS, grades, places, strict=True):
        label_lines, grade_lines = wrap(label, widths[0] * 6), wrap(grade, widths[1] * 6)
        room = max(0, len(label_lines) - len(grade_lines))
        at = round(place * room * 2) / 2
        rows.append((label_lines, [(at + count, text) for count, text in enumerate(grade_lines)]))
    assert list(grades_on(judgement_table(rows)).values()) == grades
