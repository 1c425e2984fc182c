"""The sentences by which a kind of report gives a judgement its grade, as expressions.

A sentence of the TOML files has `{grade}` where any grade may stand, and `{name}` where the name of an authority may. A
name is no gap for any words: between "services in" and "good" might stand "Ealing are no longer".
"""

import re
from functools import cache
from typing import Literal

from pipelines.report_kinds.grades import grade_pattern
from pipelines.report_kinds.registry import JudgementKind, Pattern, compiled

_NO_NAME = r"are|is|was|were|be|been|has|have|had|no|not|never|neither|nor|cannot|\w+n't"
_NAME_LINKS = (
    "the|of|and|with|upon|under|by|on|in|le|for|area|royal|borough|city|county|district|metropolitan|council|local"
    "|authority(?:'s)?|trust|social|care|services?|children(?:'s)?|young|people|provided|delivered"
)
_NAME_WORD = rf"(?!(?:{_NO_NAME})\b)(?:(?-i:[A-Z])[\w'&-]*,?|st\.|(?:{_NAME_LINKS})\b(?:-[\w-]+)?|&)"
_NAME = rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,14}}?"
"""Words of a name, as "the Royal Borough of Greenwich": in capitals, or known to stand in one. A verb is none."""


@cache
def sentences_of(kind: JudgementKind, gives: Literal["verdict", "heading"]) -> tuple[re.Pattern[str], ...]:
    """The sentences that give a judgement its grade, or by which a heading repeats it, with a group `grade`."""
    return tuple(with_grade(one) for one in kind.sentences if one.gives in (gives, "both"))


def with_grade(sentence: Pattern) -> re.Pattern[str]:
    """A sentence with any grade of the scale in place of `{grade}`, and any authority's name in place of `{name}`."""
    return compiled(sentence.pattern.replace("{grade}", grade_pattern()).replace("{name}", _NAME))
