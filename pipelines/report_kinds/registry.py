"""The inspection frameworks, read from the TOML files beside this module.

Belongs here: what a framework file may say, and when each framework was in force.
Stays out: whether words are those of a label, a heading or a grade (`matching.py`), and finding any of them on pages
(`parsing/`).
"""

import datetime as dt
from functools import cache
from importlib.resources import files

import msgspec

_OTHER_FILES = ("grades.toml", "national_framework.toml", "other_kinds.toml")


class Grade(msgspec.Struct, frozen=True):
    """One grade of the scale. `spelling` is a regular expression for the grade as reports write it."""

    grade: str
    label: str
    spelling: str
    grade_rank: int | None = None


class JudgementKind(msgspec.Struct, frozen=True):
    """One judgement a framework makes.

    `spelling` matches its label in a table or a section heading. `sentences` are expressions that give the grade
    in prose, with `{grade}` where it stands; `heading_sentences` those by which a heading repeats it.
    `is_key`: every report of the framework has it.
    """

    judgement_code: str
    area_code: str
    label: str
    is_key: bool
    spelling: str | None = None
    sentences: tuple[str, ...] = ()
    heading_sentences: tuple[str, ...] = ()


class Improvement(msgspec.Struct, frozen=True):
    """A heading under which an authority or a board is told what to do, and the kind of what stands there."""

    heading: str
    kind: str


class Framework(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """One inspection framework. The dates are of inspections, never of publication; no last date: in force.

    `table` says where its judgement table stands: cover, closing or none. `sections` are headings that its reports
    have beside those of judgements and improvements: a heading of none of these is remarked on.
    """

    framework_code: str
    name: str
    first_inspection_date: dt.date
    sort_order: int
    titles: tuple[str, ...]
    scale: tuple[str, ...]
    table: str
    judgements: tuple[JudgementKind, ...]
    improvements: tuple[Improvement, ...]
    sections: tuple[str, ...]
    last_inspection_date: dt.date | None = None

    def covers(self, inspected: dt.date) -> bool:
        """Whether inspections of that date were made under this framework."""
        return self.first_inspection_date <= inspected <= (self.last_inspection_date or dt.date.max)

    def days_away(self, inspected: dt.date) -> int:
        """Days between a date and the framework's time in force, 0 within it."""
        if inspected < self.first_inspection_date:
            return (self.first_inspection_date - inspected).days
        if self.last_inspection_date and inspected > self.last_inspection_date:
            return (inspected - self.last_inspection_date).days
        return 0


class OtherKind(msgspec.Struct, frozen=True):
    """A kind of report that is published beside the inspections and is not read here."""

    name: str
    title: str


@cache
def load_frameworks() -> tuple[Framework, ...]:
    """All frameworks in the order in which they came into force. Raises if a file says what none may say."""
    named = [path for path in files(__package__).iterdir() if path.name.endswith(".toml")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in named}
    own = [text for name, text in texts.items() if name not in _OTHER_FILES]
    frameworks = (msgspec.toml.decode(text, type=Framework) for text in own)
    return tuple(sorted(frameworks, key=lambda framework: framework.sort_order))


class FrameworkReference(msgspec.Struct, frozen=True):
    """An outcome, enabler or principle of the Children's Social Care National Framework, and words that name it."""

    code: str
    words: str


@cache
def load_national_framework() -> tuple[FrameworkReference, ...]:
    """What the improvement items of inspections since January 2025 refer to."""
    text = files(__package__).joinpath("national_framework.toml").read_text(encoding="utf-8")
    return tuple(msgspec.toml.decode(text, type=dict[str, tuple[FrameworkReference, ...]])["references"])


@cache
def load_grades() -> tuple[Grade, ...]:
    """The whole scale, best first, `not_judged` last."""
    text = files(__package__).joinpath("grades.toml").read_text(encoding="utf-8")
    return tuple(msgspec.toml.decode(text, type=dict[str, tuple[Grade, ...]])["grades"])


@cache
def load_other_kinds() -> tuple[OtherKind, ...]:
    """Kinds of report that are recognised in order to be left alone."""
    text = files(__package__).joinpath("other_kinds.toml").read_text(encoding="utf-8")
    return tuple(msgspec.toml.decode(text, type=dict[str, tuple[OtherKind, ...]])["kinds"])
