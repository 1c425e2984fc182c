"""Render and read back: all that a sample report states is found in its PDF, word for word, and nothing else."""

from collections import Counter

import pytest

from pipelines.parsing.facts import ParsedReport
from pipelines.report_kinds.registry import framework_of, load_frameworks
from pipelines.sample.make import DEFAULT_REPORTS
from pipelines.sample.truth import ReportTruth
from tests.readings import SampleReading

NOT_IN_THE_SAMPLE = {"joint_area_review"}
"""One is published, and none is at hand whose layout could be followed."""

ReadBack = list[tuple[ReportTruth, ParsedReport]]


@pytest.fixture(scope="module")
def read_back(sample_readings: list[SampleReading]) -> ReadBack:
    return [(reading.truth, reading.parsed()) for reading in sample_readings]


def test_every_framework_is_in_the_sample(read_back: ReadBack) -> None:
    assert len(read_back) == DEFAULT_REPORTS
    known = {one.framework_code for one in load_frameworks()}
    assert {truth.framework_code for truth, _ in read_back} == known - NOT_IN_THE_SAMPLE


def test_framework_authority_dates_and_inspectors_come_back(read_back: ReadBack) -> None:
    for truth, report in read_back:
        assert report.framework_code == truth.framework_code, truth.path
        assert truth.authority in report.cover.authority_as_written.lower().replace("’", "'"), truth.path
        assert tuple((visit.start_date, visit.end_date) for visit in report.cover.visits) == truth.visits, truth.path
        assert report.cover.lead_inspectors == truth.lead_inspectors, truth.path
        assert report.page_count == truth.page_count, truth.path


def test_every_judgement_comes_back_and_no_other(read_back: ReadBack) -> None:
    for truth, report in read_back:
        found = [(judgement.judgement_code, judgement.grade) for judgement in report.judgements]
        assert sorted(found) == sorted(truth.judgements), truth.path


Words = tuple[int | None, str | None, str, str, int, int]


def test_every_paragraph_comes_back_word_for_word_in_order(read_back: ReadBack) -> None:
    for truth, report in read_back:
        wanted: list[Words] = [
            (one.number, one.number_as_printed, one.kind, one.text, one.page_first, one.page_last)
            for one in truth.paragraphs
        ]
        found: list[Words] = [
            (one.paragraph_number, one.number_as_printed, one.kind, one.text, one.page_first, one.page_last)
            for one in report.paragraphs
        ]
        assert Counter(one for one in found if one in set(wanted)) == Counter(wanted), truth.path
        body = [one for one in wanted if one[2] != "footnote"]  # a note is noted where its mark stands, not at the foot
        assert [one for one in found if one in set(body)] == body, truth.path


def test_paragraph_numbers_are_those_of_the_report_in_order(read_back: ReadBack) -> None:
    for truth, report in read_back:
        found = [one.paragraph_number for one in report.paragraphs if one.paragraph_number is not None]
        gone = set(truth.missing_paragraph_numbers)
        assert found == [n for n in range(1, truth.last_paragraph_number + 1) if n not in gone], truth.path


def test_every_recommendation_comes_back_in_order_and_no_other(read_back: ReadBack) -> None:
    for truth, report in read_back:
        found = [
            (one.ordinal, one.kind, one.addressed_to, one.text, one.national_framework_refs, one.responsible_bodies)
            for one in report.recommendations
        ]
        wanted = [
            (one.order, one.kind, one.addressed_to, one.text, one.national_framework_refs, one.responsible_bodies)
            for one in truth.recommendations
        ]
        assert found == wanted, truth.path


def test_issues_are_those_that_the_reports_were_made_with(read_back: ReadBack) -> None:
    for truth, report in read_back:
        kind = framework_of(truth.framework_code)
        codes = sorted(issue.code for issue in report.issues)
        wanted = ["numbering_gap"] * len(truth.missing_paragraph_numbers)
        wanted += ["no_lead_inspector"] * (kind.names_lead and not truth.lead_inspectors)
        wanted += ["second_cover"] * ("bound_lscb" in truth.quirks)
        wanted += ["no_improvement_items"] * (kind.always_improves and not truth.recommendations)
        wanted += ["no_numbered_paragraphs"] * (kind.numbers_paragraphs and not truth.last_paragraph_number)
        wanted += truth.activity.issues if truth.activity else ()
        assert codes == sorted(wanted), (truth.path, report.issues)


def test_every_line_has_one_place(sample_readings: list[SampleReading], read_back: ReadBack) -> None:
    for reading, (truth, report) in zip(sample_readings, read_back, strict=True):
        on_pages = [(page.page_number, line.line_number) for page in reading.lines.pages for line in page.lines]
        assert [(line.page_number, line.line_number) for line in report.lines] == on_pages, truth.path
