"""Golden cases: what is read of the lines of a real report of each kind, as people have held it against the PDF.

An expectation that is missing is written, and the test fails: hold the file against the PDF and commit it. After a
change of rules, delete the files that differ, run the tests twice, and look at the difference before committing it.
"""

from pathlib import Path

import msgspec
import pytest

from pipelines.parsing.facts import ParsedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.lines import ReadReport
from pipelines.report_kinds.registry import load_frameworks
from tests.golden.make import GOLDEN, from_page, lines_text
from tests.golden.outline import outline

NOT_AT_HAND = {"monitoring_visit", "joint_area_review"}
"""Kinds of which nobody here has a file: their layouts are known from what others wrote. The sample has the first."""

CASES = sorted(GOLDEN.glob("*/*.json"))
LARGEST = 200_000


def lines_of(case: Path) -> ReadReport:
    return msgspec.json.decode(case.read_bytes(), type=ReadReport)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_real_report_is_read_as_people_read_it(case: Path) -> None:
    report = parse_report(lines_of(case))
    assert isinstance(report, ParsedReport), report
    assert report.framework_code == case.parent.name
    found, expected = outline(report), case.with_suffix(".md")
    if not expected.is_file():
        expected.write_text(found, encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and is written now: hold it against the PDF and commit it.")
    assert found == expected.read_text(encoding="utf-8")


def test_every_kind_has_a_case_and_every_case_is_small_and_attributed() -> None:
    assert {case.parent.name for case in CASES} == {one.framework_code for one in load_frameworks()} - NOT_AT_HAND
    readme = (GOLDEN / "README.md").read_text(encoding="utf-8")
    for case in CASES:
        assert case.stat().st_size <= LARGEST
        assert f"{case.parent.name}/{case.stem}" in readme
    assert {path.with_suffix(".json") for path in GOLDEN.glob("*/*.md")} <= set(CASES)


def test_lines_come_back_from_a_case_as_they_were_read() -> None:
    lines = lines_of(CASES[0])
    assert msgspec.json.decode(lines_text(lines), type=ReadReport) == lines
    assert [page.page_number for page in from_page(lines, 3).pages] == list(range(1, len(lines.pages) - 1))
