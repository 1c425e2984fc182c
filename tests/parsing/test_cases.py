"""What is read of typeset reports that hold faults, as outlines that people have reviewed.

Real reports of each kind stand in `tests/golden`; these are for faults that no short one holds all together. An
expectation that is missing is written, and the test fails: review the file and commit it.
"""

from pathlib import Path

import pytest

from pipelines.settings import Settings
from tests.golden.outline import outline
from tests.readings import read_sample_report

CASES = Path(__file__).parent / "cases"

REPORTS = {
    "sif/unnumbered_of_early_2014": 7,
    "sif/bound_with_a_review_of_the_board": 13,
    "ilacs_2018/two_visits_and_sub_bullets": 3,
    "ilacs_2023/references_and_wrapped_grades": 0,
}
"""Name of a case and the place of its report in the default sample, from 0."""


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_with_faults_is_read_as_it_was_reviewed(name: str) -> None:
    reading = read_sample_report(Settings().reader, REPORTS[name])
    assert reading.truth.framework_code == name.partition("/")[0]
    found, expected = outline(reading.parsed()), CASES / f"{name}.md"
    if not expected.is_file():
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(found, encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and is written now: review and commit it.")
    assert found == expected.read_text(encoding="utf-8")


def test_every_case_has_a_report() -> None:
    assert {path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.md")} == set(REPORTS)
