"""Whether words are those of a framework: a label, a heading or a sentence, as its reports write them.

Words are asked about in their plain form (`parsing/wording.py`), without regard to case.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import TypeVar

from msgspec.structs import replace

from pipelines.report_kinds.registry import (
    Coded,
    Framework,
    JudgementKind,
    Part,
    Pattern,
    compiled,
    load_frameworks,
    load_themes,
    load_visit_words,
    load_vocabulary,
)

OnePattern = TypeVar("OnePattern", bound=Pattern)

_LEFT_OUT = re.compile(r",?\s*\b(?:but not|excluding|except(?: for)?|apart from)\b[^,;.]*", re.IGNORECASE)
_NUMBER = re.compile(r"\d(?:\.\d)?\.?\s*")
_LETTERS = 8
_MISPRINT = 0.93
_CLEARLY = 0.05
"""How like a label must be to one judgement's, and how much less to any other's, to be taken for a misprint of it."""


@cache
def _labels(framework: Framework) -> re.Pattern[str]:
    """One expression for the labels of a framework's judgements, each a group; without any, what fits nothing."""
    spelled = [(kind.judgement_code, kind.spelling.pattern) for kind in framework.judgements if kind.spelling]
    return compiled("|".join(f"(?P<{code}>{pattern})" for code, pattern in spelled) or "(?!)")


def match_label(framework: Framework, text: str) -> JudgementKind | None:
    """The judgement whose label a whole cell or heading is, its number left aside; None where it is no label.

    >>> from pipelines.report_kinds.registry import framework_of
    >>> sif = framework_of("sif")
    >>> match_label(sif, "1. Leadership, management and governance").judgement_code
    'leaders'
    """
    found = _labels(framework).fullmatch(_bare(text))
    return next(kind for kind in framework.judgements if kind.judgement_code == found.lastgroup) if found else None


@cache
def with_rivals(framework: Framework) -> Framework:
    """A framework that also knows what others with its title judge: the inspection's date alone tells them apart.

    >>> from pipelines.report_kinds.registry import framework_of
    >>> match_label(with_rivals(framework_of("ilacs_2026")), "Overall effectiveness").judgement_code
    'overall_effectiveness'
    """
    known = {kind.judgement_code: kind for kind in framework.judgements}
    for other in load_frameworks():
        if set(other.titles) & set(framework.titles):
            known |= {kind.judgement_code: kind for kind in other.judgements if kind.judgement_code not in known}
    return replace(framework, judgements=tuple(known.values()))


def begins_with_label(framework: Framework, text: str) -> bool:
    """Whether a label stands at the start of a text: where none does, no part from its start on is a label.

    >>> from pipelines.report_kinds.registry import framework_of
    >>> sif = framework_of("sif")
    >>> begins_with_label(sif, "1. Leadership, management and governance Good")
    True
    """
    return _labels(framework).match(_bare(text)) is not None


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
    return kind.spelling is not None and compiled(kind.spelling.pattern).fullmatch(_bare(label)) is None


def is_section(framework: Framework, heading: str) -> bool:
    """Whether reports of the framework have this heading beside those of judgements and lists."""
    return _that_fits(framework.sections, heading) is not None


def is_annex(heading: str) -> bool:
    """Whether a heading opens an annex, which reports on nobody."""
    return _that_fits(load_vocabulary().annexes, heading) is not None


def ends_annex(framework: Framework, heading: str) -> bool:
    """Whether a heading, however small, ends the annex that it follows."""
    return is_heading(framework, heading) and _that_fits(load_vocabulary().annex_headings, heading) is None


def is_heading(framework: Framework, words: str) -> bool:
    """Whether words, without any grade, are a heading that reports of the framework have, in whatever type."""
    return (
        is_section(framework, words)
        or is_annex(words)
        or match_list(framework, words) is not None
        or match_label(framework, words) is not None
    )


def match_list(framework: Framework, heading: str) -> str | None:
    """The kind of the items under a heading; None where it is none of those that hold items."""
    found = _that_fits(framework.lists, heading)
    return found.kind if found else None


def has_title(words: str, *, at_start: bool = False) -> bool:
    """Whether words hold, or begin with, the title of any kind of report."""
    found = (found_in(framework.titles, words) for framework in load_frameworks())
    return any(title is not None and not (at_start and title.start()) for title in found)


def may_be_graded(title: str) -> bool:
    """Whether a title is that of a kind of report that gives grades, or of no known kind."""
    found = [framework for framework in load_frameworks() if found_in(framework.titles, title)]
    return not found or any(framework.is_graded for framework in found)


def heading_says(heading: str) -> str | None:
    """What a letter or joint report says below a heading: outcome, next_steps, focus or team; None for any other.

    >>> heading_says("Next steps:"), heading_says("Main findings")
    ('next_steps', None)
    """
    found = _that_fits(load_visit_words().headings, heading)
    return found.code if found else None


def opened_part(framework: Framework, heading: str) -> Part | None:
    """The part of a combined report that a heading names in order to open it; None where it names none."""
    for part in framework.parts:
        if found_in(part.opened_by, heading) and not found_in(part.not_opened_by, heading):
            return part
    return None


def found_in(patterns: Iterable[Pattern], words: str) -> re.Match[str] | None:
    """Where the first of several patterns stands in words that has a place in them."""
    return next((found for one in patterns if (found := compiled(one.pattern).search(words))), None)


def code_of(coded: Iterable[Coded], words: str) -> str | None:
    """The code of the first pattern that has a place in words."""
    return next((one.code for one in coded if compiled(one.pattern).search(words)), None)


def theme_named(remit: str, words: str) -> str | None:
    """The theme of a remit that words name first, a general one after all others; None where they name none.

    What is left out of a look is none of its themes.

    >>> theme_named("focused_visit", "the local authority's arrangements for children in care and care leavers")
    'care_leavers'
    >>> theme_named("focused_visit", "permanence for children in care, but not care leavers")
    'permanence'
    """
    words = _LEFT_OUT.sub("", words)
    places = (
        (theme.is_general, found.start(), theme.theme_code)
        for theme in load_themes()
        if theme.remit == remit and (found := found_in(theme.told_by, words))
    )
    return min(places, default=(True, 0, None))[2]


def _that_fits(patterns: Iterable[OnePattern], heading: str) -> OnePattern | None:
    """The first pattern that fits the whole of a heading, its stops left aside."""
    words = heading.strip(" .:;?")
    return next((one for one in patterns if compiled(one.pattern).fullmatch(words)), None)


def _bare(label: str) -> str:
    """A label without the number before it and the stops around it."""
    label = label.strip()
    number = _NUMBER.match(label)
    return (label[number.end() :] if number else label).strip(" .:;")
