"""Golden cases: what is read of a sample report of each framework, as an outline that people have reviewed.

An expectation that is missing is written, and the test fails: review the file and commit it. After a change of rules,
delete the files that differ, run the tests twice, and look at the difference before committing it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.parsing.facts import Judgement, Paragraph, ParsedReport
from pipelines.report_kinds.registry import load_frameworks
from tests.readings import SampleReading

CASES = Path(__file__).parent / "cases"

REPORTS = {
    "tlac/closing_table": 2,
    "sif/unnumbered_of_early_2014": 7,
    "sif/section_tables_of_2015": 1,
    "sif/bound_with_a_review_of_the_board": 13,
    "sif_reinspection/summary_first": 4,
    "lscb_review/alone": 5,
    "ilacs_2018/two_visits_and_sub_bullets": 3,
    "ilacs_2023/references_and_wrapped_grades": 0,
    "ilacs_2026/no_overall_grade": 6,
}
"""Name of a case and the place of its report in the default sample, from 0."""


def first_and_last(text: str) -> str:
    """The ends of a text, which tell whether it was cut or ran into another."""
    words = text.split()
    return text if len(words) <= 12 else f"{' '.join(words[:6])} … {' '.join(words[-4:])}"


def judgement_line(judgement: Judgement) -> str:
    box = " ".join(
        f"{edge:.0f}" for edge in (judgement.box.x0, judgement.box.top, judgement.box.x1, judgement.box.bottom)
    )
    confirmed = {None: "no heading", True: "confirmed", False: "contradicted"}[judgement.is_confirmed_by_heading]
    return (
        f"- {judgement.judgement_code}: {judgement.grade} ({judgement.grade_as_written!r} for"
        f" {judgement.label_as_written!r}), {judgement.evidence}, page {judgement.page_number} at {box}, {confirmed}"
    )


def paragraph_line(paragraph: Paragraph) -> str:
    number = f"{paragraph.number_as_printed or '-'}"
    counted = "" if paragraph.paragraph_number is None else f" #{paragraph.paragraph_number}"
    pages = f"p{paragraph.page_first}" + (
        "" if paragraph.page_first == paragraph.page_last else f"-{paragraph.page_last}"
    )
    return f"    {number} [{paragraph.kind}{counted}, {pages}, {len(paragraph.text)}] {first_and_last(paragraph.text)}"


def outline(report: ParsedReport) -> Iterator[str]:
    """What a report says, short enough to be read by people and whole enough to catch a change."""
    cover = report.cover
    yield f"{report.framework_code}, {report.page_count} pages, {report.word_count} words"
    yield f"title: {cover.title}"
    yield f"authority: {cover.authority_as_written}"
    yield f"visits: {', '.join(f'{visit.start_date} to {visit.end_date}' for visit in cover.visits)}"
    yield f"lead: {'; '.join(cover.lead_inspectors)}"
    yield f"published, as the report says: {cover.published_date_in_text}"
    yield "\n## Judgements"
    yield from map(judgement_line, report.judgements)
    yield "\n## Sections and paragraphs"
    yield from (paragraph_line(one) for one in report.paragraphs if one.section is None)
    for section in report.sections:
        about = f"{section.judgement_code or '-'} {section.grade or '-'}"
        yield f"{'#' * section.level} {section.heading} [{section.part}, {about}, p{section.page_number}]"
        yield from (paragraph_line(one) for one in report.paragraphs if one.section == section.ordinal)
    yield "\n## Recommendations"
    for one in report.recommendations:
        refs = f" ({', '.join(one.national_framework_refs)})" if one.national_framework_refs else ""
        yield f"{one.ordinal}. [{one.kind} to {one.addressed_to}, {len(one.text)}] {first_and_last(one.text)}{refs}"
    yield "\n## Issues"
    yield from (f"- {one.severity} {one.code}, page {one.page_number}: {one.message}" for one in report.issues)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_as_it_was_reviewed(name: str, reference_readings: list[SampleReading]) -> None:
    reading = reference_readings[REPORTS[name]]
    assert reading.truth.framework_code == name.partition("/")[0]
    found = "\n".join(outline(reading.parsed())) + "\n"
    expected = CASES / f"{name}.md"
    if not expected.is_file():
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(found, encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and is written now: review and commit it.")
    assert found == expected.read_text(encoding="utf-8")


def test_every_framework_has_a_case_and_every_case_a_report() -> None:
    assert {name.partition("/")[0] for name in REPORTS} == {one.framework_code for one in load_frameworks()}
    assert {path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.md")} <= set(REPORTS)
