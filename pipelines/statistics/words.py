"""What headers and cells mean: the words of `columns.toml`, looked up in their plain form."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec

from pipelines.report_kinds.grades import match_grade
from pipelines.report_kinds.registry import Coded, Pattern, compiled, load_themes

Field = Literal[
    "web_link", "la_code", "name", "status", "region", "authority_type",
    "start_date", "published_date", "inspection_kind", "theme", "grade", "outcome",
    "n_weaknesses", "n_with_sufficient_progress", "n_without_sufficient_progress",
]  # fmt: skip

DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?[a-z]{3,9},?[ -](?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[/-]\d{1,2}[/-]\d{1,2})"
)
"""A date in words or figures in a text of small letters, whether or not there is such a day."""

_PLAIN = str.maketrans(
    {**dict.fromkeys("\u2018\u2019\u201b\u2032", "'"), **dict.fromkeys("\u201c\u201d\u2033", '"')}
    | {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), **dict.fromkeys("\u200b\ufeff\u00ad")}
)
_MARK = re.compile(r"[\[(]notes? [^\])]*[\])]|\[[prxz]\]", re.IGNORECASE)
_THE = re.compile(r"^the (?=\S)")

OnePattern = TypeVar("OnePattern", bound=Pattern)


class Column(Pattern, frozen=True, kw_only=True):
    """A column by its header. One with an `activity_kind` says what the whole table tells of."""

    field: Field
    area_code: str | None = None
    activity_kind: str | None = None
    framework_family: str | None = None


class Group(Pattern, frozen=True, kw_only=True):
    """Columns that together are one inspection of the row's authority; see the file."""

    group: str
    framework_family: str
    activity_kind: str | None = None
    inspection_kind: str | None = None
    columns: tuple[Column, ...] = ()
    whole: tuple[Column, ...] = ()


class Kind(Pattern, frozen=True, kw_only=True):
    """A type of inspection or visit as published."""

    activity_kind: str
    framework_family: str
    inspection_kind: str | None = None


class OutcomeWord(Coded, frozen=True, kw_only=True):
    """An outcome as the column of a kind of activity has it."""

    field: Field
    activity_kind: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `columns.toml`; what each part is for stands there."""

    default_activity_kind: str
    must_have_areas: tuple[str, ...]
    theme_remit: str
    share_of_repeats: float
    ordinals: tuple[str, ...]
    authority_columns: tuple[Column, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    foreign_columns: tuple[Coded, ...]
    kinds: tuple[Kind, ...]
    statuses: tuple[Coded, ...]
    grades: tuple[Coded, ...]
    blank: tuple[Pattern, ...]
    no_value: tuple[Pattern, ...]
    not_inspected: tuple[Pattern, ...]
    outcomes: tuple[OutcomeWord, ...]
    abolished_titles: tuple[Pattern, ...]
    cover_names: tuple[Pattern, ...]
    sentences: tuple[Coded, ...]
    issued_labels: tuple[Pattern, ...]


class Meaning(msgspec.Struct, frozen=True):
    """What a header says its column holds. Of two columns with one meaning nobody knows which counts.

    `group` is None for a table with one inspection a row, `ordinal` the place that the header's own words give.
    """

    column: Column
    group: Group | None = None
    ordinal: int = 1


@cache
def load_words() -> Words:
    """The words of `columns.toml`. Raises msgspec.ValidationError for a wrong file."""
    return msgspec.toml.decode(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"), type=Words)


def plain(text: str) -> str:
    """A header or cell without what does not change its meaning.

    >>> plain(" The  impact of leaders [note 4](note 5) "), plain("Children’s – and & so on")
    ('impact of leaders', "children's - and and so on")
    """
    text = without_marks(text.translate(_PLAIN)).casefold().replace("&", " and ")
    return _THE.sub("", " ".join(text.split()))


def without_marks(text: str) -> str:
    """A text without marks that point to a note, or say that a value is provisional, revised, not there or not needed.

    >>> without_marks("Cumbria [note 2]"), without_marks("Good [r]"), without_marks("[z]")
    ('Cumbria', 'Good', '')
    """
    return " ".join(_MARK.sub(" ", text).split())


@lru_cache(4096)
def says_nothing(text: str) -> bool:
    """Whether a text stands for a blank cell, as "N/A" does."""
    return not plain(text) or that_fits(load_words().blank, text) is not None


@lru_cache(4096)
def meaning_of(header: str) -> Meaning | None:
    """What the column under a header holds; None where no words, or words of two columns, fit.

    >>> meaning_of("Ofsted region").column.field, meaning_of("Second ILACS framework publication date").ordinal
    ('region', 2)
    """
    words, text = load_words(), plain(header)
    own = [Meaning(column) for column in (*words.authority_columns, *words.columns) if _fits(column, text)]
    found = [*own, *(one for group in words.groups for one in _meanings_in(group, text))]
    return found[0] if len(found) == 1 else None


def _meanings_in(group: Group, text: str) -> list[Meaning]:
    """What a header means as one of a group; the group's own columns go before the common ones."""
    if whole := that_fits(group.whole, text):
        return [Meaning(whole, group)]
    begins = compiled(f"(?:{group.pattern})(?: -|:)? ").match(text)
    if begins is None:
        return []
    words = load_words()
    column = that_fits((*group.columns, *words.columns), text[begins.end() :])
    ordinal = begins.groupdict().get("ordinal") or words.ordinals[0]
    return [Meaning(column, group, words.ordinals.index(ordinal) + 1)] if column else []


def is_foreign(header: str, code: str) -> bool:
    """Whether a header is the foreign column of a code: a list of other providers has such."""
    return any(one.code == code and _fits(one, plain(header)) for one in load_words().foreign_columns)


def is_ended(status: str) -> bool:
    """Whether a status says that an authority no longer exists."""
    found = that_fits(load_words().statuses, status)
    return found is not None and found.code == "ended"


def that_fits(patterns: Iterable[OnePattern], text: str) -> OnePattern | None:
    """The first pattern that fits the whole of a text in its plain form."""
    return next((one for one in patterns if _fits(one, plain(text))), None)


def grade_named(text: str) -> str | None:
    """The grade that a cell holds, as a word of the scale, a dash or a number; None where it holds none.

    >>> grade_named("Requires improvement to be good"), grade_named(" -"), grade_named("Fair")
    ('requires_improvement', 'not_judged', None)
    """
    word = that_fits(load_words().grades, text)
    grade = match_grade(plain(text))
    return word.code if word else grade.grade if grade else None


def theme_named(text: str) -> str | None:
    """The theme of a visit that bears this name.

    >>> theme_named("Children in need /subject to a plan"), theme_named("Budgets")
    ('in_need_or_plan', None)
    """
    remit = load_words().theme_remit
    named = {_letters(theme.name): theme.theme_code for theme in load_themes() if theme.remit == remit}
    return named.get(_letters(text))


def sentence_pattern(sentence: Pattern) -> re.Pattern[str]:
    """A sentence about the whole edition as it is looked for, with any date where `{date}` stands."""
    return compiled(sentence.pattern.replace("{date}", DATE))


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", plain(text)).strip()


def _fits(one: Pattern, text: str) -> bool:
    return compiled(one.pattern).fullmatch(text) is not None
