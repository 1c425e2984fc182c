"""Every pattern of every file of the report kinds matches what it says it matches, and nothing that it must not."""

from collections.abc import Iterator

import msgspec

from pipelines.report_kinds.registry import (
    Pattern,
    compiled,
    load_frameworks,
    load_grades,
    load_national_framework,
    load_themes,
    load_visit_words,
)
from pipelines.report_kinds.sentences import with_grade

WHOLE = ("spelling", "sections", "lists", "headings")
"""Patterns for the whole of a cell or heading; the others are looked for in a text."""


def patterns(place: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], Pattern]]:
    """Every pattern below a value of a file, with the names of the fields that lead to it."""
    if isinstance(value, Pattern):
        yield place, value
    elif isinstance(value, tuple):
        for one in value:
            yield from patterns(place, one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from patterns((*place, name), getattr(value, name))


def faults(place: tuple[str, ...], one: Pattern) -> Iterator[str]:
    """What is wrong with a pattern's examples, in words."""
    said = f"{'.'.join(place)}: {one.pattern!r}"
    if not (one.matches and one.misses):
        yield f"{said} needs words that it matches and words that it must not match"
    expression = with_grade(one)
    find = expression.fullmatch if place[-1] in WHOLE else expression.search
    yield from (f"{said} does not match {words!r}" for words in one.matches if not find(words))
    yield from (f"{said} matches {words!r}" for words in one.misses if find(words))


def test_every_pattern_matches_its_examples_and_no_counter_example() -> None:
    kinds = [
        *((one.framework_code, one) for one in load_frameworks()),
        *((name, load()) for name, load in (
            ("grades", load_grades), ("national_framework", load_national_framework), ("themes", load_themes),
            ("visit_words", load_visit_words),
        )),
    ]  # fmt: skip
    found = {place_and_one for name, value in kinds for place_and_one in patterns((name,), value)}
    assert len(found) > 100
    assert sorted(fault for place, one in found for fault in faults(place, one)) == []


def test_examples_that_are_wrong_or_missing_are_found() -> None:
    wrong = Pattern(pattern="summary", matches=("Findings",), misses=("Summary",))
    assert len(list(faults(("sections",), wrong))) == 2
    assert len(list(faults(("sections",), Pattern(pattern="summary", matches=("Summary",), misses=())))) == 1
    assert compiled("summary").search("A SUMMARY")
