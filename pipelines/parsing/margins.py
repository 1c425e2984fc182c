"""What repeats in the margins of a report: running headers and footers, and page numbers.

Belongs here: finding them from where they stand and that they come again, page after page.
Stays out: any list of known headers. A header that a report invents tomorrow is found the same way.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.parsing.wording import plain
from pipelines.reading.lines import Line, Page

_TOP, _BOTTOM = 0.085, 0.90
"""The margins, as shares of the page's height: running text begins at a tenth. A heading that comes again at the top
of several pages ("Inspection findings") stands below the first."""

_MOST_LINES = 4
_SAME_HEIGHT = 3.0


def margin_roles(pages: Sequence[Page]) -> dict[tuple[int, int], str]:
    """The role (running_header, running_footer, page_number) of each margin line, by page and line number.

    A line is running when a line of the same words, digits aside, stands at the same height on another page,
    and nothing but such lines stands between it and the edge of the page.
    """
    heights: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line, _ in _outer_lines(page):
            heights[_masked(line)].append((page.page_number, line.top))
    roles: dict[tuple[int, int], str] = {}
    for page in pages:
        stopped: set[str] = set()
        for line, role in _outer_lines(page):
            if role in stopped:
                continue
            if _is_number(line):
                roles[page.page_number, line.line_number] = "page_number"
            elif _comes_again(page.page_number, line, heights[_masked(line)]):
                roles[page.page_number, line.line_number] = role
            else:
                stopped.add(role)
    return roles


def _outer_lines(page: Page) -> Iterator[tuple[Line, str]]:
    """Lines in the margins, from the edge inwards, with the role they would have."""
    for line in page.lines[:_MOST_LINES]:
        if line.top < _TOP * page.height:
            yield line, "running_header"
    for line in reversed(page.lines[-_MOST_LINES:]):
        if line.bottom > _BOTTOM * page.height:
            yield line, "running_footer"


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "#", plain(line.text)).lower()


def _is_number(line: Line) -> bool:
    return re.fullmatch(r"(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?", plain(line.text), re.IGNORECASE) is not None


def _comes_again(page_number: int, line: Line, heights: Sequence[tuple[int, float]]) -> bool:
    """Whether a line stands at this height on other pages too: one of another size, two for certainty."""
    others = {page for page, top in heights if page != page_number and abs(top - line.top) < _SAME_HEIGHT}
    return len(others) >= 2 or (len(others) == 1 and len(heights) == 2 and len(line.text) > 20)
