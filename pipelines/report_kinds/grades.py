"""Whether words are a grade of the scale, or hold one, as reports write it: with its rank, in brackets, in any case."""

import re
from functools import cache

from pipelines.report_kinds.registry import Grade, compiled, load_grades


@cache
def _words() -> str:
    """An expression that matches any grade in words, the longest spelling first."""
    return "(?:" + "|".join(grade.spelling.pattern for grade in load_grades()) + r")(?![\w-])"


@cache
def grade_pattern() -> str:
    """An expression that matches any grade as written, with its rank: "2 - Good", "good (grade 2)", "Grade 2 (Good"."""
    return rf"(?P<grade>(?:(?:grade )?\b\d\W{{1,3}})?{_words()}(?:\)?\W{{1,3}}grade \d(?!\d)|\s?\(\d\))?)"


@cache
def _whole_grade() -> re.Pattern[str]:
    """A cell with a grade and no more than its rank before or after it: "2. Good", "Good (2)", "Grade 2: Good"."""
    return compiled(rf"(?:\W?(?:grade )?\d\W{{1,3}})?(?P<words>{_words()})(?:\W{{1,3}}(?:grade )?\d)?\W?")


def match_grade(text: str) -> Grade | None:
    """The grade that a whole cell states, however it is spelled; None where it states none, or another's rank.

    >>> match_grade("Requires improvement to be good").grade
    'requires_improvement'
    >>> match_grade("Good (Grade 2)").grade, match_grade("Good (Grade 3)")
    ('good', None)
    >>> match_grade("Excellent") is None
    True
    """
    found = _whole_grade().fullmatch(text.strip(" .:;"))
    if found is None:
        return None
    grade = next(one for one in load_grades() if compiled(one.spelling.pattern).fullmatch(found["words"]))
    return grade if set(re.findall(r"\d", found[0])) <= {str(grade.grade_rank)} else None


def is_graded(text: str) -> bool:
    """Whether a whole cell states a grade, if only one that its rank contradicts.

    >>> is_graded("Good (Grade 3)"), is_graded("Good practice")
    (True, False)
    """
    return _whole_grade().fullmatch(text.strip(" .:;")) is not None


def grades_in(text: str) -> list[str]:
    """Every grade in words that stands in a text.

    >>> grades_in("Good Requires improvement")
    ['Good', 'Requires improvement']
    """
    return compiled(r"(?<![\w-])" + _words()).findall(text)


def mentions_grade(text: str) -> bool:
    """Whether a grade, or the first line of one that wraps, may stand in a text.

    >>> mentions_grade("Requires"), mentions_grade("families")
    (True, False)
    """
    return _first_words().search(text) is not None


@cache
def _first_words() -> re.Pattern[str]:
    return compiled("|".join(rf"\b{grade.label.split()[0][:6]}" for grade in load_grades()))


def ends_in_grade(text: str) -> bool:
    """Whether nothing but its rank and signs stands after a grade.

    >>> ends_in_grade("Capacity to improve Grade 2 (Good).")
    True
    """
    return _grade_at_end().search(text.lower()) is not None


@cache
def _grade_at_end() -> re.Pattern[str]:
    """A grade in small letters, as the scale's file has them: without regard to case it is five times as slow."""
    return re.compile(_words() + r"\)?(?:\W{1,3}grade \d|\s?\(\d)?\W*\Z")
