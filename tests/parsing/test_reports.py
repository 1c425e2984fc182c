"""Whole reports: which framework a report belongs to, and which are refused and why."""

import datetime as dt

import pytest

from pipelines.parsing.cover import match_title
from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.lines import ReadReport
from tests.parsing.builders import ILACS_ROWS, Pen, ilacs_report, page, parsed, rejected, running

BEFORE_2023 = (
    *ILACS_ROWS[:2],
    ("The experiences and progress of children in care and care leavers", "Good"),
    ILACS_ROWS[4],
)


def test_a_report_says_everything_that_its_pages_say() -> None:
    report = parsed(ilacs_report())
    assert isinstance(report, ParsedReport)
    assert report.cover.authority_as_written == "Marrowby"
    assert (report.framework_code, report.page_count) == ("ilacs_2023", 2)
    assert [one.judgement_code for one in report.judgements] == [
        "leaders", "help_and_protection", "in_care", "care_leavers", "overall_effectiveness",
    ]  # fmt: skip
    assert [(one.paragraph_number, one.text) for one in report.paragraphs] == [
        (1, "Children are seen often."),
        (None, "The quality of plans."),
    ]
    assert report.issues == ()


def test_a_report_that_names_nothing_to_improve_gets_an_issue() -> None:
    report = parsed(ilacs_report(improvements=()))
    assert [(issue.severity, issue.code) for issue in report.issues] == [("warning", "no_improvement_items")]


def test_the_framework_follows_the_inspection_and_not_the_publication() -> None:
    december = "Inspection dates: 28 November to 9 December 2022"
    assert parsed(ilacs_report(december, rows=BEFORE_2023)).framework_code == "ilacs_2018"
    assert parsed(ilacs_report("Inspection dates: 12 to 23 January 2026")).framework_code == "ilacs_2023"


@pytest.mark.parametrize(
    ("title", "day", "code", "authority"),
    [
        ("Marrowby Inspection of looked after children services", "2013-07-08", "tlac", "Marrowby"),
        ("Marrowby Inspection of services for children in need of help and protection, children looked after and care"
         " leavers and Review of the effectiveness of the Local Safeguarding Children Board", "2014-03-04", "sif",
         "Marrowby"),
        ("Marrowby Re-inspection of services for children in need of help and protection, children looked after and"
         " care leavers", "2017-03-06", "sif_reinspection", "Marrowby"),
        ("Marrowby Reinspection of services for children in need of help and protection, children looked after and"
         " care leavers", "2017-11-09", "sif_reinspection", "Marrowby"),
        ("Marrowby Review of the effectiveness of the Local Safeguarding Children Board", "2015-06-15", "lscb_review",
         "Marrowby"),
        ("Marrowby Inspection of local authority children's services", "2018-05-04", "ilacs_2018", "Marrowby"),
        ("Marrowby Inspection of children's social care services", "2018-05-04", "ilacs_2018", "Marrowby"),
        ("Inspection of Marrowby local authority children's services", "2022-12-31", "ilacs_2018", "Marrowby"),
        ("Inspection of Marrowby local authority children's services", "2023-01-01", "ilacs_2023", "Marrowby"),
        ("Inspection of Marrowby Children and Families Trust", "2023-05-04", "ilacs_2023",
         "Marrowby Children and Families Trust"),
        ("Inspection of Marrowby local authority children's services", "2026-04-01", "ilacs_2026", "Marrowby"),
    ],
)  # fmt: skip
def test_titles_of_every_framework(title: str, day: str, code: str, authority: str) -> None:
    found = match_title(title, dt.date.fromisoformat(day))
    assert found is not None
    assert (found.framework.framework_code, found.authority_as_written) == (code, authority)


@pytest.mark.parametrize(
    "title",
    [
        "Focused visit to Marrowby local authority children’s services",
        "Focused inspection of Marrowby children’s services",
        "Joint targeted area inspection of Marrowby children’s services",
    ],
)
def test_what_is_titled_as_a_visit_is_no_graded_inspection_even_with_a_table_of_grades(title: str) -> None:
    made = parse_report(ilacs_report(title=title))
    assert not getattr(made, "judgements", ())


def test_a_letter_without_dates_of_its_visit_is_refused() -> None:
    pen = Pen()
    pen.text("Dear Director")
    pen.text("Focused visit to Marrowby local authority children’s services", bold=True)
    pen.text("This letter tells what inspectors found when they came.")
    refused = parse_report(ReadReport("ab" * 32, "hand", "1", pen.pages()))
    assert isinstance(refused, RejectedReport)
    assert refused.reason == "unreadable_dates"
    assert (
        "'Focused visit to Marrowby local authority children's services', no inspection dates"
        in refused.detail.replace('"', "'")
    )


def test_a_document_about_something_else_is_refused_and_says_what_was_seen() -> None:
    refused = parse_report(
        ReadReport("ab" * 32, "hand", "1", (page(running("INVOICE 2041", "Total 57.60", size=14.0)),))
    )
    assert isinstance(refused, RejectedReport)
    assert refused.reason == "unknown_framework"
    assert "INVOICE 2041" in refused.detail
    assert "no inspection dates" in refused.detail


def test_a_title_that_nobody_knows_is_refused() -> None:
    refused = rejected(ilacs_report(title="Inspection of something else"))
    assert refused.reason == "unknown_framework"
    assert "Inspection of something else" in refused.detail
    assert "inspected 2024-03-04" in refused.detail


def test_an_inspection_outside_every_framework_is_read_under_the_nearest_with_an_issue() -> None:
    report = parsed(ilacs_report("Inspection dates: 4 to 8 December 2017", rows=BEFORE_2023))
    assert report.framework_code == "ilacs_2018"
    assert [(issue.severity, issue.code) for issue in report.issues] == [("warning", "outside_framework_dates")]


def test_a_report_with_no_text_at_all_is_refused() -> None:
    refused = parse_report(ReadReport("ab" * 32, "hand", "1", (page([]),)))
    assert isinstance(refused, RejectedReport)
    assert refused.detail == "no title found, no inspection dates on the first pages"


def test_dates_understood_in_part_are_a_warning_with_what_is_left() -> None:
    report = parsed(ilacs_report("Inspection dates: 4 to 8 March 2024 and week of 11 March"))
    assert [(one.severity, one.code, one.excerpt) for one in report.issues] == [
        ("warning", "dates_understood_in_part", "and week of 11 March")
    ]


@pytest.mark.parametrize("dates", ["4 March 2024 to 15 August 2024", "4 to 8 March 2024 and 11 to 15 March 2025"])
def test_inspectors_who_stayed_or_were_away_unlikely_long_are_a_warning(dates: str) -> None:
    report = parsed(ilacs_report(f"Inspection dates: {dates}"))
    assert [(one.severity, one.code, one.excerpt) for one in report.issues] == [("warning", "unlikely_dates", dates)]


def test_a_report_whose_dates_contradict_each_other_is_refused_with_the_dates() -> None:
    refused = rejected(ilacs_report("Inspection dates: 13 May to 3 May 2024"))
    assert refused.reason == "unknown_framework"
    assert "the inspection dates can't be understood: '13 May to 3 May 2024'" in refused.detail


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_year_that_slipped_into_another_framework_is_refused_and_loses_no_judgement(place: int) -> None:
    rows = [*ILACS_ROWS[:-1]]
    rows.insert(place, ("Overall effectiveness", "Inadequate"))
    refused = rejected(ilacs_report("Inspection dates: 4 to 15 May 2026", rows=rows))
    assert refused.reason == "unreadable_judgements"
    assert "'Overall effectiveness' is graded 'Inadequate', a judgement that ilacs_2026 does not make" in refused.detail


def test_a_report_of_the_framework_before_is_refused_by_what_it_judges() -> None:
    refused = rejected(ilacs_report("Inspection dates: 4 to 15 March 2024", rows=BEFORE_2023))
    assert "ilacs_2023 does not make" in refused.detail
