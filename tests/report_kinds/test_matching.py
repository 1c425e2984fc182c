"""The frameworks' words as they are asked about: labels, headings, grades and the sentences that state them."""

import pytest

from pipelines.report_kinds.matching import (
    begins_with_label,
    ends_in_grade,
    is_section,
    match_grade,
    match_improvement,
    match_label,
)
from pipelines.report_kinds.registry import Framework, Pattern, framework_of, load_frameworks, load_grades
from pipelines.report_kinds.sentences import with_grade


@pytest.mark.parametrize("one", load_frameworks(), ids=lambda one: one.framework_code)
def test_each_label_is_read_as_its_own_judgement_and_no_other(one: Framework) -> None:
    for kind in one.judgements:
        if kind.spelling:
            assert match_label(one, kind.label) is kind
            assert match_label(one, f"2.1 {kind.label}:") is kind
            assert match_label(one, f"More on {kind.label} here") is None


@pytest.mark.parametrize("one", load_frameworks(), ids=lambda one: one.framework_code)
def test_a_label_begins_whatever_follows_it(one: Framework) -> None:
    for kind in one.judgements:
        if kind.spelling:
            for after in ("Good", "1", "not", "- and more", "."):
                assert begins_with_label(one, f"2.1 {kind.label} {after}")
            assert not begins_with_label(one, f"More on {kind.label}")


def test_each_spelling_is_read_as_its_own_grade() -> None:
    for grade in load_grades():
        assert {match_grade(f"{written}.") for written in grade.spelling.matches} == {grade}
    for written in ("", "Excellent", "to be good", "Grade"):
        assert match_grade(written) is None


@pytest.mark.parametrize(
    "form", ["{} Grade {}", "{} (Grade {})", "{} ({})", "{} - {}", "{}, grade {}", "{} [grade {}]", "{} {}"]
)
@pytest.mark.parametrize(
    "turned", ["Grade {1}: {0}", "{1}. {0}", "{1} - {0}", "{1}.{0}", "({1}) {0}", "Grade {1} ({0})"]
)
def test_a_grade_may_stand_with_its_rank_and_with_no_other(form: str, turned: str) -> None:
    for grade in load_grades():
        for rank in (1, 2, 3, 4, 5):
            expected = grade if rank == grade.grade_rank else None
            assert match_grade(form.format(grade.label, rank)) is expected
            assert match_grade(turned.format(grade.label, rank)) is expected


@pytest.mark.parametrize(
    "written", ["N/A", "n/a", "Not applicable", "G\u043e\u043ed", "Goood", "Go0d", "Good Good", "Good12"]
)
def test_what_is_no_grade_is_none(written: str) -> None:
    assert match_grade(written) is None


def test_the_scale_is_spelled_in_small_letters_in_which_grades_are_sought() -> None:
    assert all(grade.spelling.pattern == grade.spelling.pattern.lower() for grade in load_grades())
    for written in ("The board REQUIRES Improvement to be good", "Judged Outstanding", "Help and protection: gOOd"):
        assert ends_in_grade(f"({written}).")
        assert not ends_in_grade(f"{written} because")
    assert not ends_in_grade("Good-enough care")


def test_the_longest_spelling_of_a_grade_is_found_in_a_sentence() -> None:
    sentence = Pattern(pattern="services {grade}", matches=(), misses=())
    said = with_grade(sentence).search("Services require improvement to be good because")
    assert said is not None
    assert said["grade"] == "require improvement to be good"


def test_headings_are_known_with_their_stops_and_in_any_case() -> None:
    sif, without = framework_of("sif"), framework_of("ilacs_2023")
    assert is_section(sif, "Executive Summary:")
    assert not is_section(sif, "Executive summary of a kind")
    assert without.sections == ()
    assert not is_section(without, "")
    assert match_improvement(sif, "RECOMMENDATIONS:") == "recommendation"
    assert match_improvement(sif, "Recommendations of a kind") is None
