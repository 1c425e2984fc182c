"""Words that a report breaks by itself at the end of a line: their hyphens are not real.

Almost every report breaks a line only where a hyphen is part of a word ("well-being"). One that hyphenates shows it by
parts that are no words ("chil-" "dren") of words that it also prints whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from pipelines.reading.lines import Line, Page

_FEWEST = 3
"""Broken words by which a report is known to hyphenate: of 507 reports one has six, and no other more than two."""

_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_FIRST_PART = re.compile(r"(?<![\w-])([^\W\d_]+)-$")
_SECOND_PART = re.compile(r"([^\W\d_]+)")


class _Break(NamedTuple):
    """A line that ends in a hyphen, and the parts of the word that may be broken there."""

    page_number: int
    line: Line
    first: str
    second: str


def with_whole_words(pages: Sequence[Page]) -> Sequence[Page]:
    """Pages on which hyphens that only break a word at a line's end are soft ones, which leave no trace in text."""
    breaks = list(_breaks(pages))
    if len(breaks) < _FEWEST:
        return pages
    text = " ".join([line.text.removesuffix("-") for page in pages for line in page.lines]).lower()
    if sum(one.first + one.second in text for one in breaks) < _FEWEST:  # most reports end here: words are dear
        return pages
    counts, compounds = Counter(_WORD.findall(text)), set(_HYPHENATED.findall(text))
    counts.subtract(part for one in breaks for part in (one.first, one.second))  # parts are no words by themselves
    words = {word for word, count in counts.items() if count > 0}
    clear = [one for one in breaks if one.first + one.second in words and one.second not in words]
    if len(clear) < _FEWEST:
        return pages
    unreal = {
        (one.page_number, one.line.line_number)
        for one in breaks
        if f"{one.first}-{one.second}" not in compounds and (one.first + one.second in words or one.second not in words)
    }
    return [
        replace(
            page,
            lines=tuple(
                _softened(line) if (page.page_number, line.line_number) in unreal else line for line in page.lines
            ),
        )
        for page in pages
    ]


def _breaks(pages: Sequence[Page]) -> Iterator[_Break]:
    for page in pages:
        for line, below in pairwise(page.lines):
            if not line.text.endswith("-"):
                continue
            first, second = _FIRST_PART.search(line.text), _SECOND_PART.match(below.text)
            if first and second and second[1].islower():
                yield _Break(page.page_number, line, first[1].lower(), second[1])


def _softened(line: Line) -> Line:
    return replace(line, text=line.text[:-1] + "\xad")
