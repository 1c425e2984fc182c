"""Judgement tables of which a part is missing, doubled or unknown: nothing of them is passed over in silence."""

import pytest

from pipelines.parsing.judgement_tables import read_judgement_tables
from pipelines.parsing.layout import measure
from tests.parsing.builders import (
    ILACS_ROWS,
    framework,
    ilacs_report,
    judgement_table,
    page,
    parsed,
    rejected,
    row,
    running,
    wrap,
)

LEAVERS, OVERALL = ILACS_ROWS[3], ILACS_ROWS[4]


@pytest.mark.parametrize(
    "written", ["N/A", "Not applicable", "G\u043e\u043ed", "Goood", "Good (Grade 3)", "Grade 1: Good"]
)
def test_a_word_that_is_no_grade_refuses_the_report(written: str) -> None:
    refused = rejected(ilacs_report(rows=[*ILACS_ROWS[:4], ("Overall effectiveness", written)]))
    assert refused.reason == "unreadable_judgements"
    assert refused.detail == f"page 1: the grade of 'Overall effectiveness' reads {written!r}"


def test_a_grade_with_its_rank_is_read() -> None:
    report = parsed(ilacs_report(rows=[*ILACS_ROWS[:4], ("Overall effectiveness", "Good Grade 2")]))
    overall = next(one for one in report.judgements if one.judgement_code == "overall_effectiveness")
    assert (overall.grade, overall.grade_as_written) == ("good", "Good Grade 2")


@pytest.mark.parametrize("place", range(6))
def test_a_judgement_that_stands_twice_is_told_and_refused_where_its_grades_differ(place: int) -> None:
    def twice(grade: str) -> list[tuple[str, str]]:
        return [*ILACS_ROWS[:place], ("Overall effectiveness", grade), *ILACS_ROWS[place:]]

    report = parsed(ilacs_report(rows=twice("Good")))
    assert len(report.judgements) == 5
    assert [(one.severity, one.code) for one in report.issues] == [("warning", "judgement_repeated")]
    assert "'Overall effectiveness' stands twice" in rejected(ilacs_report(rows=twice("Inadequate"))).detail


@pytest.mark.parametrize("place", range(6))
def test_a_graded_row_beside_no_known_label_is_told_or_refuses_the_report(place: int) -> None:
    whole = ilacs_report(rows=[*ILACS_ROWS[:place], ("The welfare of animals", "Inadequate"), *ILACS_ROWS[place:]])
    if place in (0, 5):
        errors = [one for one in parsed(whole).issues if one.severity == "error"]
        assert [(one.code, one.excerpt) for one in errors] == [
            ("unknown_graded_row", "The welfare of animals | Inadequate")
        ]
    else:
        assert "more than one grade" in rejected(whole).detail
        assert "perhaps of 'The welfare of animals'" in rejected(whole).detail


def test_a_label_with_two_grades_and_nothing_beside_it_says_that_a_label_was_missed() -> None:
    refused = rejected(ilacs_report(rows=[*ILACS_ROWS[:3], (LEAVERS[0], "Good Good"), OVERALL]))
    assert refused.detail == f"page 1: {LEAVERS[0]!r} has more than one grade, 'Good Good', so a label was missed"


def test_a_label_without_a_grade_refuses_the_report_though_its_judgement_is_no_key_one() -> None:
    rows = [
        (["1. Children who need help and protection"], [(0, "Good")]),
        (["2. Children looked after and achieving", "permanence"], [(1, "Good")]),
        (["2.1 Adoption performance"], []),
        (["3. Leadership, management and governance"], [(0, "Good")]),
    ]
    title = "Inspection of services for children in need of help and protection, children looked after and care leavers"
    whole = ilacs_report("Inspection dates: 4 to 26 March 2015", title=title)
    said = row(700.0, (70.0, "The overall judgement is that children's services are good"))
    top = [line for line in whole.pages[0].lines if line.top < 270]
    table = judgement_table(rows)
    pages = (page([*top, *table.lines, said], 1, table.tables), *whole.pages[1:])
    refused = rejected(type(whole)(whole.file_sha256, "hand", "1", pages))
    assert refused.detail == "no grade stands beside 'Adoption performance'"


def test_of_closing_pages_the_one_with_most_labels_holds_the_table() -> None:
    labels = ("Overall effectiveness", "Capacity to improve", "Quality of provision", "Leadership and management")
    table = judgement_table([([label], [(0, "Goood" if index else "Good")]) for index, label in enumerate(labels)])
    strips = judgement_table([([label], [(0, "Good")]) for label in labels[:2]])
    pages = [page(strips.lines, 1, strips.tables), page(table.lines, 2, table.tables), page(running("The end"), 3)]
    own = read_judgement_tables(pages, framework("tlac"), measure(pages)).own
    assert [one.page_number for one in own.rows] == [2] * 4


def test_numbers_of_a_contents_page_are_no_grades() -> None:
    contents = judgement_table([(wrap(label, 300), [(0, str(at))]) for at, (label, _) in enumerate(ILACS_ROWS)])
    table = judgement_table([(wrap(label, 300), [(0, grade)]) for label, grade in ILACS_ROWS[:4]])
    pages = [page(contents.lines, 1), page(table.lines, 2, table.tables)]
    own = read_judgement_tables(pages, framework("ilacs_2026"), measure(pages)).own
    assert [(one.page_number, one.grade_text) for one in own.rows] == [(2, grade) for _, grade in ILACS_ROWS[:4]]
