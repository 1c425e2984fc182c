"""What a letter says of the visit itself: its theme, whether inspectors came or called, and what it follows."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.parsing.facts import Theme
from pipelines.parsing.marks import SIGNS
from pipelines.parsing.wording import one_spaced, sentences
from pipelines.report_kinds.matching import code_of, found_in, theme_named
from pipelines.report_kinds.registry import Framework, compiled, load_visit_words

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
_ORDINAL = (
    rf"(?P<word>{'|'.join(_ORDINALS)}|(?P<number>\d{{1,2}})(?:st|nd|rd|th))(?: and (?:final|last))?"
    r" monitoring (?:visit|inspection)"
)
_ORDINALS_TOLD = (
    re.compile(rf"\bsummari[sz]es [^.]*?\b{_ORDINAL}", re.IGNORECASE),
    re.compile(rf"\b(?:this|it|visit) (?:was|is) (?:the|our|ofsted's) {_ORDINAL}", re.IGNORECASE),
    re.compile(rf"\b{_ORDINAL}", re.IGNORECASE),
)
"""What a letter says of its own visit goes before what it says of others, or of "the first since the pandemic"."""

_FOLLOWS = re.compile(
    r"\bsince\b.{0,120}?\b(?:judged|graded|found|rated|inspect\w+)\b.{0,80}?\b(?:in|on|of)\s+"
    r"(?P<when>(?:\d{1,2} )?[A-Z][a-z]+ 20\d\d)"
)
_SENTENCES_ON_A_THEME = 4
_BULLETS = re.compile(rf"(?<=\s)[{SIGNS}\uf0a0-\uf0ff\uf06e](?=\s)")


class Series(NamedTuple):
    """Which of several visits since an inspection it is, and when that was, as printed."""

    ordinal: int | None = None
    follows: str | None = None


def read_theme(opening: str, title: str, framework: Framework) -> Theme | None:
    """What inspectors looked at, by the first sentence that says so, and by title; None where none does.

    Its code is that of the theme named first there, or else in the sentences that follow. What looks at a whole
    service has none.
    """
    if framework.remit is None:
        return None
    said = sentences(opening)
    written, at = _theme_sentence(said, framework.remit)
    if written and found_in(load_visit_words().whole_service, written):
        return Theme(written, None)
    texts = [written, title, *said[at : at + _SENTENCES_ON_A_THEME]]
    code = next((code for text in texts if (code := theme_named(framework.remit, text))), None)
    return Theme(written, code) if written or code else None


def _theme_sentence(said: Iterable[str], remit: str) -> tuple[str, int]:
    """The words for the theme and the place of their sentence; a pattern further up the file goes before."""
    words = load_visit_words()
    listed = list(said)
    for pattern in (one for one in words.themes if one.code == remit):
        for at, sentence in enumerate(listed):
            found = compiled(pattern.pattern).search(sentence.rstrip(" ."))
            if found and not found_in(words.no_themes, found["theme"]):
                return one_spaced(_BULLETS.sub(" ", found["theme"])).strip(" ,;:"), at
    return "", 0


def read_mode(opening: str) -> str | None:
    """How a visit was made: on_site, partly_remote or remote; None where its letter does not tell.

    >>> read_mode("This visit was carried out fully by remote means. One inspector was on site.")
    'remote'
    """
    return next(
        (code for sentence in sentences(opening) if (code := code_of(load_visit_words().modes, sentence))), None
    )


def read_inspectorates(told: Iterable[str], framework: Framework) -> tuple[str, ...]:
    """Who took part: those who always do, and those that the opening or a signature names."""
    named = {
        one.code for text in told for one in load_visit_words().inspectorates if compiled(one.pattern).search(text)
    }
    order = dict.fromkeys(one.code for one in load_visit_words().inspectorates)
    return tuple(code for code in order if code in named or code in framework.inspectorates)


def read_series(opening: str) -> Series:
    """Which visit since which inspection a letter of a monitoring visit says it is about.

    >>> read_series("This was the second monitoring visit since the authority was judged inadequate in June 2021.")
    Series(ordinal=2, follows='June 2021')
    """
    ordinal = next((found for told in _ORDINALS_TOLD if (found := told.search(opening))), None)
    follows = _FOLLOWS.search(opening)
    number = None
    if ordinal:
        number = int(ordinal["number"]) if ordinal["number"] else _ORDINALS.index(ordinal["word"].lower()) + 1
    return Series(number, follows["when"] if follows else None)
