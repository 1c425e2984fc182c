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

_LOWEST = 0.85
"""Where a lone page number may stand above the margin: in 13 of 248 letters and joint reports it ends at 0.897."""

_MOST_LINES = 4
_SAME_HEIGHT, _NEAR_HEIGHT = 3.0, 15.0
TIGHT = 0.42
"""White space between lines as a share of their size, below which they belong together: leading is 0.2, the space
between paragraphs 0.6 or more."""

COVER_TITLE_SIZE = 20.0
"""Points. Titles on covers are at least so large, those of letters as large as their text or little larger."""

_NEARLY = 0.8
_LONGEST_MARK = 5
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-|\s]*(?:page\s+)?(?P<number>\d{1,3})(?:\s+of\s+\d{1,3})?[-|\s]*", re.IGNORECASE)


class Layout(NamedTuple):
    """Measures of one report, in points. `right` is where full lines of running text end, `width` how wide they are.

    `foot` is how far down a page running text goes. `margins` are the roles of the lines in the margins, by page and
    line number.
    """

    body_size: float
    right: float
    width: float
    foot: float
    margins: Mapping[tuple[int, int], str]

    def is_small(self, line: Line) -> bool:
        """Whether a line is set in small type: a footnote, an imprint."""
        return line.font_size < self.body_size - 0.9

    def is_large(self, line: Line) -> bool:
        """Whether a line is set larger than the running text."""
        return line.font_size > self.body_size + 0.9

    def is_running_text(self, line: Line) -> bool:
        """Whether a line is set as running text is: as large, in one piece but for its mark, and nearly as wide."""
        text = line.cells[-1]
        in_one_piece = len(line.cells) == 1 or (len(line.cells) == 2 and line.cells[0].end <= _LONGEST_MARK)
        is_plain = not (line.is_bold or self.is_small(line) or self.is_large(line))
        return is_plain and in_one_piece and text.x1 - text.x0 > _NEARLY * self.width


def measure(pages: Sequence[Page]) -> Layout:
    """The layout of a report, from the sizes and right ends of all its lines."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.font_size)] += len(line.text)
    common = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for page in pages for line in page.lines if round(line.font_size) == common and not line.is_bold]
    ends = sorted(line.x1 for line in body) or [540.0]
    widths = sorted(line.cells[-1].x1 - line.cells[-1].x0 for line in body) or [450.0]
    right, width = ends[int(len(ends) * 0.97)], widths[int(len(widths) * 0.9)]
    foot = max((line.bottom for line in body), default=0.0)
    return Layout(float(common), right, width, foot, _margin_roles(pages, float(common)))


def _margin_roles(pages: Sequence[Page], body_size: float) -> dict[tuple[int, int], str]:
    """The role (running_header, running_footer, page_number) of each margin line, by page and line number.

    A line is running when a line of the same words, digits and its page number aside, stands at the same height on
    another page, and nothing but such lines stands between it and the edge of the page.
    """
    outer = [(page, line, role, _running_words(line)) for page in pages for line, role in _outer_lines(page)]
    again: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page, line, _, words in outer:
        again[words].append((page.page_number, line.top))
    roles: dict[tuple[int, int], str] = {}
    stopped: set[tuple[int, str]] = set()
    for page, line, role, words in outer:
        if (page.page_number, role) in stopped:
            continue
        # a cover's footer may stand higher than those after it, in the same small type (Nottingham, September 2022)
        within = _NEAR_HEIGHT if line.font_size < body_size - 0.9 else _SAME_HEIGHT
        if _NUMBER.fullmatch(plain(line.text)):
            roles[page.page_number, line.line_number] = "page_number"
        elif _comes_again(page.page_number, line, again[words], within):
            roles[page.page_number, line.line_number] = role
        else:
            stopped.add((page.page_number, role))
    return roles | dict.fromkeys(_numbers_above_the_margin(pages), "page_number")


def _numbers_above_the_margin(pages: Sequence[Page]) -> list[tuple[int, int]]:
    """Page and number of last lines that hold their page's number alone, at one height on two pages or more."""
    lasts = [(page, page.lines[-1]) for page in pages if page.lines]
    own = [
        (page.page_number, line)
        for page, line in lasts
        if len(line.cells) == 1 and page_number_in(line) == page.page_number and line.bottom > _LOWEST * page.height
    ]
    return [
        (number, line.line_number)
        for number, line in own
        if any(abs(other.top - line.top) < _SAME_HEIGHT for at, other in own if at != number)
    ]


def page_number_in(line: Line) -> int | None:
    """The page number that a line ends in, alone or set apart from its words; None where it has none."""
    found = _NUMBER.fullmatch(plain(line.cell_text(line.cells[-1])))
    return int(found["number"]) if found else None


def _running_words(line: Line) -> str:
    """The words of a line by which it is known on other pages: without the page number beside them, digits masked."""
    has_number = len(line.cells) > 1 and page_number_in(line) is not None
    return _DIGITS.sub("#", plain(line.text[: line.cells[-1].start if has_number else None])).lower()


def _outer_lines(page: Page) -> Iterator[tuple[Line, str]]:
    """Lines in the margins, from the edge inwards, with the role they would have."""
    for line in page.lines[:_MOST_LINES]:
        if line.top < _TOP * page.height:
            yield line, "running_header"
    for line in reversed(page.lines[-_MOST_LINES:]):
        if line.bottom > _BOTTOM * page.height:
            yield line, "running_footer"


def _comes_again(page_number: int, line: Line, heights: Sequence[tuple[int, float]], within: float) -> bool:
    """Whether a line stands at this height on other pages too: one of another size, two for certainty."""
    others = {page: abs(top - line.top) for page, top in heights if page != page_number}
    n_near = sum(off < within for off in others.values())
    is_long = len(line.text) > 20
    return n_near >= 2 or (is_long and len(heights) == 2 and any(off < _SAME_HEIGHT for off in others.values()))
