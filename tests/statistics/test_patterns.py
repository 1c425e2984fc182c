"""Every pattern of `columns.toml` matches what it says it matches, and nothing that it must not."""

from collections.abc import Iterator

from pipelines.report_kinds.registry import (
    Pattern,
    compiled,
    load_frameworks,
    load_grades,
    load_themes,
    load_vocabulary,
)
from pipelines.statistics.words import DATE, load_words, meaning_of, plain
from tests.report_kinds.test_patterns import patterns

WITHIN = ("abolished_titles", "cover_names", "sentences")
"""Patterns looked for within a text; the others are for the whole of a header, a cell or the words of a group."""


def faults(place: tuple[str, ...], one: Pattern) -> Iterator[str]:
    """What is wrong with a pattern's examples, in words."""
    said = f"{'.'.join(place)}: {one.pattern!r}"
    if not (one.matches and one.misses):
        yield f"{said} needs words that it matches and words that it must not match"
    expression = compiled(one.pattern.replace("{date}", DATE))
    find = expression.search if place[0] in WITHIN else expression.fullmatch
    yield from (f"{said} does not match {words!r}" for words in one.matches if not find(words))
    yield from (f"{said} matches {words!r}" for words in one.misses if find(words))
    yield from (f"{said}: {words!r} is not in its plain form" for words in one.matches if plain(words) != words)


def test_every_pattern_matches_its_examples_and_no_counter_example() -> None:
    found = list(patterns((), load_words()))
    assert len(found) > 50
    assert sorted(fault for place, one in found for fault in faults(place, one)) == []


def test_codes_are_those_of_the_reference_data() -> None:
    words = load_words()
    areas = {area.area_code for area in load_vocabulary().areas}
    columns = [*words.columns, *(column for group in words.groups for column in (*group.columns, *group.whole))]
    assert {column.area_code for column in columns} - {None} <= areas
    assert {one.code for one in words.grades} <= {grade.grade for grade in load_grades()}
    assert words.theme_remit in {theme.remit for theme in load_themes()}
    kinds = {(one.activity_kind, one.framework_family) for one in load_frameworks()}
    assert {(one.activity_kind, one.framework_family) for one in words.kinds} <= kinds


def test_each_header_of_a_group_is_that_of_one_group_alone() -> None:
    reinspection = meaning_of("SLAC re-inspection Safeguarding OE")
    safeguarding = meaning_of("SLAC Safeguarding Overall effectiveness (OE)")
    found = [(one.group.group, one.column.area_code) for one in (safeguarding, reinspection) if one and one.group]
    assert found == [("slac", "help_and_protection"), ("slac re-inspection of safeguarding", "help_and_protection")]
    assert meaning_of("SLAC lunch OE") is None
