"""The kinds of report, read from the TOML files beside this module; `matching.py` asks whether words are theirs."""

import datetime as dt
import re
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

_WORD_FILES = (
    "grades.toml",
    "national_framework.toml",
    "themes.toml",
    "unread.toml",
    "visit_words.toml",
    "vocabulary.toml",
)
_SHARED = "shared_"


class Pattern(
    msgspec.Struct, frozen=True, kw_only=True, cache_hash=True, forbid_unknown_fields=True, rename={"misses": "not"}
):
    """A regular expression, read without case, with words that it matches and words that it must not (`not`)."""

    pattern: str
    matches: tuple[str, ...]
    misses: tuple[str, ...]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as it is read: without regard to case."""
    return re.compile(pattern, re.IGNORECASE)


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One grade of the scale. `spelling` is for the whole of a cell, as reports write the grade."""

    grade: str
    label: str
    spelling: Pattern
    grade_rank: int | None = None


class Sentence(Pattern, frozen=True, kw_only=True, cache_hash=True):
    """A sentence that states a grade, with `{grade}` where it stands: a verdict, a heading that repeats it, or both.

    `{name}` stands for the name of any authority, and for no other words.
    """

    gives: Literal["verdict", "heading", "both"] = "verdict"


class JudgementKind(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """One judgement a framework makes.

    `spelling` is for its label in a table or a section heading. `is_key`: every report of the framework has it.
    `also_covers` are areas that its grade speaks of beside its own. `limits_overall`: inadequate here limits overall,
    as the framework's `overall_limit` says.
    """

    judgement_code: str
    area_code: str
    label: str
    is_key: bool
    spelling: Pattern | None = None
    sentences: tuple[Sentence, ...] = ()
    also_covers: tuple[str, ...] = ()
    limits_overall: bool = False


class ListHeading(Pattern, frozen=True, kw_only=True, cache_hash=True):
    """A heading under which items are listed, and their kind: what somebody is told to do, or does well (strength)."""

    kind: Literal["area_for_improvement", "recommendation", "priority_action", "strength"]


class OutcomeKind(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """An outcome that inspections of a kind without grades end in, and the sentences that state it."""

    outcome_code: str
    label: str
    sentences: tuple[Pattern, ...]


class Part(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """A part of a combined report that is about somebody else: whom, and which headings open it.

    The heading stands high, states the verdict of `judgement_code`, or says what is to improve.
    """

    part: str
    judgement_code: str
    opened_by: tuple[Pattern, ...]
    not_opened_by: tuple[Pattern, ...] = ()


class Framework(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True, forbid_unknown_fields=True):
    """One framework of inspections or visits: what its reports are, what they look like and what they decide.

    The dates are of inspections, never of publication; no last date: in force. `activity_kind` is what is reported on,
    `inspectorates` are those that always take part, `remit` names the themes it may have. A kind that makes no
    judgements gives no grades; it may have `outcomes`.

    Of graded kinds: `inspection_kind` is that of all its inspections; None where it follows from the days on site.
    `table` says where the judgement table stands. `overall_limit`: whether overall is inadequate if a judgement that
    limits it is (one_way), or if and only if (both_ways).

    Of the text: `begins_in` is the part in which its reports begin. `name_endings` are words after an authority's name
    that are not the name. `sections` are headings that its reports have beside those of judgements and lists: a heading
    of none of these becomes an issue, unless `has_free_headings`. `has_item_tables`: lists stand in ruled tables, a row
    an item. `has_boxes`: ruled boxes with a heading of their own, such as case studies, stand within sections.

    What may not be missing: `always_improves`: a list of what to improve; `numbers_paragraphs`: paragraph numbers;
    `names_lead`: a lead inspector. `is_one_of_a_series`: letters say which visit since which inspection they tell of.
    """

    framework_code: str
    framework_family: str
    name: str
    first_inspection_date: dt.date
    sort_order: int
    activity_kind: str
    titles: tuple[Pattern, ...]
    begins_in: str
    lists: tuple[ListHeading, ...]
    judgements: tuple[JudgementKind, ...] = ()
    scale: tuple[str, ...] = ()
    table: Literal["cover", "closing", "none"] = "none"
    outcomes: tuple[OutcomeKind, ...] = ()
    inspectorates: tuple[str, ...] = ("Ofsted",)
    remit: str | None = None
    sections: tuple[Pattern, ...] = ()
    parts: tuple[Part, ...] = ()
    name_endings: tuple[Pattern, ...] = ()
    last_inspection_date: dt.date | None = None
    inspection_kind: str | None = None
    overall_limit: Literal["one_way", "both_ways"] | None = None
    is_current_programme: bool = False
    always_improves: bool = True
    numbers_paragraphs: bool = True
    has_item_tables: bool = False
    has_free_headings: bool = False
    has_boxes: bool = False
    is_one_of_a_series: bool = False
    names_lead: bool = True

    @property
    def is_graded(self) -> bool:
        """Whether its reports give grades."""
        return bool(self.judgements)

    @property
    def is_joint(self) -> bool:
        """Whether several inspectorates always take part."""
        return len(self.inspectorates) > 1

    def covers(self, inspected: dt.date) -> bool:
        """Whether inspections of that date were made under this framework."""
        return self.days_away(inspected) == 0

    def days_away(self, inspected: dt.date) -> int:
        """Days between a date and the framework's time in force, 0 within it."""
        last = self.last_inspection_date or dt.date.max
        return max((self.first_inspection_date - inspected).days, (inspected - last).days, 0)


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a visit or joint inspection may look at, and the words that tell it. Without `told_by` no letter tells it.

    `is_general`: where another theme is named beside it, that one is meant.
    """

    theme_code: str
    remit: str
    name: str
    is_general: bool = False
    told_by: tuple[Pattern, ...] = ()


class Coded(Pattern, frozen=True, kw_only=True):
    """Words that stand for a code of a vocabulary."""

    code: str


class VisitWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of letters and joint reports: how a visit was made, who takes part, what comes next. See the file."""

    headings: tuple[Coded, ...]
    themes: tuple[Coded, ...]
    no_themes: tuple[Pattern, ...]
    whole_service: tuple[Pattern, ...]
    modes: tuple[Coded, ...]
    inspectorates: tuple[Coded, ...]
    organisations: tuple[Coded, ...]
    next_steps: tuple[Coded, ...]
    carried_forward: tuple[Pattern, ...]


class FrameworkReference(Pattern, frozen=True, kw_only=True):
    """An outcome, enabler or principle of the Children's Social Care National Framework, and words that name it."""

    code: str
    meaning: str | None = None


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of judgements that is compared over time; the flags are explained in `vocabulary.toml`."""

    area_code: str
    label: str
    is_overall: bool
    is_service: bool
    is_of_authority: bool
    is_series: bool


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that all frameworks share: whom an item may be addressed to, and the areas in their order.

    `annexes` are headings of what reports on nobody, `annex_headings` those within that end none; `imprints` are words
    with which the first line of an imprint begins.
    """

    addressees: tuple[str, ...]
    areas: tuple[Area, ...]
    annexes: tuple[Pattern, ...]
    annex_headings: tuple[Pattern, ...]
    imprints: tuple[Pattern, ...]


@cache
def load_frameworks() -> tuple[Framework, ...]:
    """All frameworks in the order in which they came into force. Raises msgspec.ValidationError for a wrong file."""
    names = [path.name for path in files(__package__).iterdir() if path.name.endswith(".toml")]
    own = [name for name in names if name not in _WORD_FILES and not name.startswith(_SHARED)]
    frameworks = (msgspec.convert(_whole_kind(_raw(name)), Framework) for name in own)
    return tuple(sorted(frameworks, key=lambda framework: framework.sort_order))


@cache
def load_unread_frameworks() -> tuple[Framework, ...]:
    """Frameworks of whose inspections only Ofsted's statistics tell: no report is read as one of theirs."""
    return msgspec.convert(_raw("unread.toml")["frameworks"], tuple[Framework, ...])


@cache
def framework_of(framework_code: str) -> Framework:
    """The framework with a code. Raises KeyError where there is none."""
    return {framework.framework_code: framework for framework in load_frameworks()}[framework_code]


@cache
def load_national_framework() -> tuple[FrameworkReference, ...]:
    """What the improvement items of inspections since January 2025 refer to."""
    return msgspec.convert(_raw("national_framework.toml")["references"], tuple[FrameworkReference, ...])


@cache
def load_grades() -> tuple[Grade, ...]:
    """The whole scale, best first, `not_judged` last."""
    return msgspec.convert(_raw("grades.toml")["grades"], tuple[Grade, ...])


@cache
def load_themes() -> tuple[Theme, ...]:
    """What visits and joint inspections may look at; of those with one remit the first that fits counts."""
    return msgspec.convert(_raw("themes.toml")["themes"], tuple[Theme, ...])


@cache
def load_visit_words() -> VisitWords:
    """The words of letters and joint reports."""
    return msgspec.convert(_raw("visit_words.toml"), VisitWords)


@cache
def load_vocabulary() -> Vocabulary:
    """The words that all frameworks share."""
    return msgspec.convert(_raw("vocabulary.toml"), Vocabulary)


def _raw(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, Any])


def _whole_kind(own: dict[str, Any]) -> dict[str, Any]:
    """A kind with what it `extends`, and of the judgements there those that it `makes`, in that order."""
    extended = own.pop("extends", None)
    whole = _laid_over(own, _raw(f"{extended}.toml")) if extended else own
    if "makes" in whole:
        judgements: dict[str, dict[str, Any]] = {}
        for judgement in reversed(whole["judgements"]):
            code = judgement["judgement_code"]
            judgements[code] = _laid_over(judgement, judgements.get(code, {}))
        whole["judgements"] = [judgements[code] for code in whole.pop("makes")]
    return whole


def _laid_over(own: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Shared values under a kind's own: a single value takes the place of the shared one, a list goes before it."""
    lists = {key: [*own[key], *shared[key]] for key in own.keys() & shared.keys() if isinstance(own[key], list)}
    return shared | own | lists
