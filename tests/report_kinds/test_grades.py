"""The grades of the scale as reports write them: alone, with their rank, and in sentences."""

import pytest

from pipelines.report_kinds.grades import ends_in_grade, match_grade
from pipelines.report_kinds.registry import Pattern, load_grades
from pipelines.report_kinds.sentences import with_grade


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
