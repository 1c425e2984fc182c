"""Whether a file holds a whole report: pages without text, pages missing, doubled or out of order, a second report."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.parsing.blocks import inner_lines, is_cover
from pipelines.parsing.facts import Issue
from pipelines.parsing.layout import Layout, page_number_in
from pipelines.reading.lines import Page

_FEWEST_WORDS = 3
_MOST_MARGIN_LINES = 10
_AT_END = re.compile(r"[^\d\s] +(\d{1,3})$")
_AT_START = re.compile(r"(\d{1,3}) *\|")


def completeness_issues(pages: Sequence[Page], layout: Layout) -> Iterator[Issue]:
    """An issue for each page without text, each second cover, and where printed page numbers do not go on by one."""
    for page in pages:
        if len(page.lines) > _MOST_MARGIN_LINES:
            continue
        if sum(len(line.text.split()) for line in inner_lines(page, layout)) < _FEWEST_WORDS:
            message = (
                "The page has no text that can be read, margins aside: what stands on it, if anything, is missing."
            )
            yield Issue("warning", "page_without_text", page.page_number, "", message)
    for page in pages[1:]:
        if is_cover(inner_lines(page, layout)):
            message = "A second cover: the file holds another report as well, or parts of one."
            yield Issue("warning", "second_cover", page.page_number, page.lines[0].text, message)
    printed = {page.page_number: number for page in pages if (number := _printed_number(page, layout)) is not None}
    if len(set(printed.values())) == 1:
        return  # a number that all pages have counts none of them
    counts = Counter(printed.values())
    for (before, first), (number, second) in pairwise(printed.items()):
        step = second - first - (number - before)
        # a second report bound with the first begins anew
        if step == 0 or second == 1:
            continue
        if counts[second] > 1:
            message = f"Page {second} is printed more than once."
        elif step > 0:
            message = f"Page {first} as printed is followed by {second}: pages are missing or out of order."
        else:
            message = f"Page {second} as printed stands after {first}: pages are out of order."
        yield Issue("warning", "page_numbers_differ", number, f"{first}, {second}", message)


def _printed_number(page: Page, layout: Layout) -> int | None:
    """The page number that is printed in the margins of a page: alone, beside a running line or at its end."""
    margin = [line for line in page.lines if (page.page_number, line.line_number) in layout.margins]
    numbers = (page_number_in(line) for line in margin)
    at_ends = (int(found[1]) for line in margin if (found := _AT_END.search(line.text) or _AT_START.match(line.text)))
    return next((number for number in (*numbers, *at_ends) if number is not None), None)
