"""Whether words are those of a framework: a label, a heading, a sentence or a grade, as its reports write them.

Belongs here: the expressions of the framework files put together and compiled once, and asking them.
Stays out: what the files may say (`registry.py`), and where on a page the words stand (`parsing/`).

Words are asked about in their plain form (`parsing/wording.py`), without regard to case.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from pipelines.report_kinds.registry import Framework, Grade, JudgementKind, Part, Pattern, load_grades

FLAGS = re.IGNORECASE

_NUMBER = re.compile(r"\d(?:\.\d)?\.?\s*")
_LETTERS = 8
_MISPRINT = 0.93
_CLEARLY = 0.05
"""How like a label must be to one judgement's, and how much less to any other's, to be taken for a misprint of it."""


@cache
def grade_pattern() -> str:
    """An expression that matches any grade as written, the longest spelling first."""
    return "(?P<grade>" + "|".join(grade.spelling.pattern for grade in load_grades()) + r")(?![\w-])"


@cache
def _grades() -> tuple[re.Pattern[str], dict[str, Grade]]:
    """An expression with a group for each grade, and the grades by the names of their groups."""
    grades = {grade.grade: grade for grade in load_grades()}
    return _any_of({name: grade.spelling.pattern for name, grade in grades.items()}), grades


def match_grade(text: str) -> Grade | None:
    """The grade that a whole cell states, however it is spelled; None where it states none.

    >>> match_grade("Requires improvement to be good").grade
    'requires_improvement'
    >>> match_grade("Excellent") is None
    True
    """
    expression, grades = _grades()
    found = expression.fullmatch(text.strip(" .:;"))
    return grades[found.lastgroup] if found and found.lastgroup else None


def ends_in_grade(text: str) -> bool:
    """Whether nothing but signs stands after a grade.

    >>> ends_in_grade("Capacity to improve Grade 2 (Good).")
    True
    """
    return _grade_at_end().search(text.lower()) is not None


@cache
def _grade_at_end() -> re.Pattern[str]:
    """A grade in small letters, as the scale's file has them: without regard to case it is five times as slow."""
    return re.compile(grade_pattern() + r"\)?\W*\Z")


class _Labels(NamedTuple):
    """The labels of a framework's judgements: a group for each, and the judgements by the names of their groups."""

    expression: re.Pattern[str]
    kinds: dict[str, JudgementKind]


@cache
def _labels(framework: Framework) -> _Labels:
    spellings = {kind.judgement_code: kind.spelling.pattern for kind in framework.judgements if kind.spelling}
    return _Labels(_any_of(spellings), {kind.judgement_code: kind for kind in framework.judgements})


def match_label(framework: Framework, text: str) -> JudgementKind | None:
    """The judgement whose label a whole cell or heading is, its number left aside; None where it is no label.

    >>> from pipelines.report_kinds.registry import framework_of
    >>> sif = framework_of("sif")
    >>> match_label(sif, "1. Leadership, management and governance").judgement_code
    'leaders'
    """
    labels = _labels(framework)
    found = labels.expression.fullmatch(_bare(text))
    return labels.kinds[found.lastgroup] if found and found.lastgroup else None


def begins_with_label(framework: Framework, text: str) -> bool:
    """Whether a label stands at the start of a text: where none does, no part from its start on is a label.

    >>> from pipelines.report_kinds.registry import framework_of
    >>> sif = framework_of("sif")
    >>> begins_with_label(sif, "1. Leadership, management and governance Good")
    True
    """
    return _labels(framework).expression.match(_bare(text)) is not None


def match_misprint(framework: Framework, text: str) -> JudgementKind | None:
    """The judgement whose label a cell is but for a letter or a word; None where it is none, or might be two.

    >>> from pipelines.report_kinds.registry import framework_of
    >>> ilacs = framework_of("ilacs_2023")
    >>> match_misprint(ilacs, "The experiences and progess of children who need help and protection").judgement_code
    'help_and_protection'
    >>> match_misprint(ilacs, "The experiences and progress of children who need care") is None
    True
    """
    bare = _bare(text).lower()
    likeness = sorted(
        (
            (SequenceMatcher(None, bare, kind.label.lower()).ratio(), kind)
            for kind in framework.judgements
            if abs(len(kind.label) - len(bare)) <= _LETTERS
        ),
        key=lambda found: found[0],
        reverse=True,
    )
    if not likeness or likeness[0][0] < _MISPRINT:
        return None
    clear = len(likeness) == 1 or likeness[0][0] - likeness[1][0] >= _CLEARLY
    return likeness[0][1] if clear else None


def is_misprinted(framework: Framework, judgement_code: str, label: str) -> bool:
    """Whether a label in print is none of the spellings of its judgement."""
    kind = next(kind for kind in framework.judgements if kind.judgement_code == judgement_code)
    return kind.spelling is not None and re.fullmatch(kind.spelling.pattern, _bare(label), FLAGS) is None


@cache
def verdict_sentences(kind: JudgementKind) -> tuple[re.Pattern[str], ...]:
    """The sentences that give the grade of a judgement, the group `grade` where it stands."""
    return tuple(with_grade(one) for one in kind.sentences if one.gives != "heading")


@cache
def heading_sentences(kind: JudgementKind) -> tuple[re.Pattern[str], ...]:
    """The sentences by which a heading repeats the grade of a judgement, the group `grade` where it stands."""
    return tuple(with_grade(one) for one in kind.sentences if one.gives != "verdict")


def with_grade(sentence: Pattern) -> re.Pattern[str]:
    """A sentence with any grade of the scale in place of `{grade}`."""
    return re.compile(sentence.pattern.replace("{grade}", grade_pattern()), FLAGS)


@cache
def _sections(framework: Framework) -> re.Pattern[str]:
    return _any_of({f"section_{count}": heading.pattern for count, heading in enumerate(framework.sections)})


def is_section(framework: Framework, heading: str) -> bool:
    """Whether reports of the framework have this heading beside those of judgements and improvements."""
    return _sections(framework).fullmatch(_unstopped(heading)) is not None


@cache
def _improvements(framework: Framework) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(one.pattern, FLAGS), one.kind) for one in framework.improvements)


def match_improvement(framework: Framework, heading: str) -> str | None:
    """The kind of the items under a heading; None where it is none of those that hold items."""
    words = _unstopped(heading)
    return next((kind for expression, kind in _improvements(framework) if expression.fullmatch(words)), None)


def opened_part(framework: Framework, heading: str) -> Part | None:
    """The part of a combined report that a heading names in order to open it; None where it names none."""
    for part in framework.parts:
        if found_in(part.opened_by, heading) and not found_in(part.not_opened_by, heading):
            return part
    return None


def found_in(patterns: Iterable[Pattern], words: str) -> re.Match[str] | None:
    """Where the first of several patterns stands in words that has a place in them."""
    return next((found for one in patterns if (found := re.search(one.pattern, words, FLAGS))), None)


def _any_of(expressions: dict[str, str]) -> re.Pattern[str]:
    """One expression for several, the first that fits going before, each a group; without any, what fits nothing."""
    return re.compile("|".join(f"(?P<{name}>{one})" for name, one in expressions.items()) or "(?!)", FLAGS)


def _bare(label: str) -> str:
    """A label without the number before it and the stops around it."""
    label = label.strip()
    number = _NUMBER.match(label)
    return (label[number.end() :] if number else label).strip(" .:;")


def _unstopped(heading: str) -> str:
    return heading.strip(" .:;?")
