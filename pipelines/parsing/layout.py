"""How a report is set: the size of its running text, the edges of its columns, and what repeats in its margins.

Measures are taken once over the whole report; single lines are judged by them in `blocks.py` and `paragraphs.py`.
There is no list of known headers: one that a report invents tomorrow is found by its place and by coming again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.parsing.wording import plain
from pipelines.reading.lines import Line, Page

_TOP, _BOTTOM = 0.085, 0.90
"""The margins, as shares of the page's height: running text begins at a tenth. A heading that comes again at the top
of several pages ("Inspection findings") stands below the first."""

_MOST_LINES = 4
_SAME_HEIGHT = 3.0
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?", re.IGNORECASE)


class Layout(NamedTuple):
    """Measures of one report, in points. `right` is where full lines of running text end.

    `margins` are the roles of the lines in the margins, by page and line number.
    """

    body_size: float
    right: float
    margins: Mapping[tuple[int, int], str]

    def is_small(self, line: Line) -> bool:
        """Whether a line is set in small type: a footnote, an imprint."""
        return line.font_size < self.body_size - 0.9

    def is_large(self, line: Line) -> bool:
        """Whether a line is set larger than the running text."""
        return line.font_size > self.body_size + 0.9


def measure(pages: Sequence[Page]) -> Layout:
    """The layout of a report, from the sizes and right ends of all its lines."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.font_size)] += len(line.text)
    common = sizes.most_common(1)[0][0] if sizes else 12.0
    ends = sorted(
        line.x1 for page in pages for line in page.lines if round(line.font_size) == common and not line.is_bold
    )
    return Layout(float(common), ends[int(len(ends) * 0.97)] if ends else 540.0, margin_roles(pages))


def margin_roles(pages: Sequence[Page]) -> dict[tuple[int, int], str]:
    """The role (running_header, running_footer, page_number) of each margin line, by page and line number.

    A line is running when a line of the same words, digits aside, stands at the same height on another page,
    and nothing but such lines stands between it and the edge of the page.
    """
    outer = [(page, line, role, plain(line.text)) for page in pages for line, role in _outer_lines(page)]
    heights: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page, line, _, words in outer:
        heights[_masked(words)].append((page.page_number, line.top))
    roles: dict[tuple[int, int], str] = {}
    stopped: set[tuple[int, str]] = set()
    for page, line, role, words in outer:
        if (page.page_number, role) in stopped:
            continue
        if _NUMBER.fullmatch(words):
            roles[page.page_number, line.line_number] = "page_number"
        elif _comes_again(page.page_number, line, heights[_masked(words)]):
            roles[page.page_number, line.line_number] = role
        else:
            stopped.add((page.page_number, role))
    return roles


def _outer_lines(page: Page) -> Iterator[tuple[Line, str]]:
    """Lines in the margins, from the edge inwards, with the role they would have."""
    for line in page.lines[:_MOST_LINES]:
        if line.top < _TOP * page.height:
            yield line, "running_header"
    for line in reversed(page.lines[-_MOST_LINES:]):
        if line.bottom > _BOTTOM * page.height:
            yield line, "running_footer"


def _masked(words: str) -> str:
    return _DIGITS.sub("#", words).lower()


def _comes_again(page_number: int, line: Line, heights: Sequence[tuple[int, float]]) -> bool:
    """Whether a line stands at this height on other pages too: one of another size, two for certainty."""
    others = {page for page, top in heights if page != page_number and abs(top - line.top) < _SAME_HEIGHT}
    return len(others) >= 2 or (len(others) == 1 and len(heights) == 2 and len(line.text) > 20)
