"""A letter: its head with date and addressees, its title, the text before its first heading, and who signs.

Focused visits, monitoring visits and joint inspections are told in letters: nothing stands on a cover there. What the
words mean is for `letter_dates.py`, `people.py`, `partners.py` and `themes.py`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.parsing.inspection_dates import DATE_LABEL
from pipelines.parsing.layout import COVER_TITLE_SIZE, TIGHT, Layout
from pipelines.parsing.marks import bullet_of
from pipelines.parsing.wording import plain, running_words
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.matching import code_of, has_title, heading_says, may_be_graded
from pipelines.report_kinds.registry import load_visit_words

_SALUTATION = re.compile(r"d ?ear\b", re.IGNORECASE)
"""One reader parts a first letter that the file sets apart from the rest."""

_CLOSE = re.compile(r"yours? (?:sincerely|faithfully|truly)\W*", re.IGNORECASE)
_POSITION = re.compile(r"(?:her|his) majesty's (?:senior )?inspectors?\W*|(?:senior )?hmi\W*", re.IGNORECASE)
_COPIES = re.compile(r"(?:copy|copies|copied|cc|c\.c\.|enc)\b", re.IGNORECASE)
_ANNEX = re.compile(r"(?:annex|appendix)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b ?")
_MOST_WORDS = 12
_FIRST_PAGES = 2
_LINES_OF_A_TITLE = 4
_LINES_BEFORE_A_TITLE = 8
_LONGEST_OPENING = 60
_LONGEST_PLAIN_TITLE = 200
_LONGEST_WORD = 90.0
"""Points left free on a full line, whose next word found no room."""

_NEAR = 0.9
"""White space between two lines of one title, as a share of their size."""


class Placed(NamedTuple):
    """A line and the page it stands on."""

    page_number: int
    line: Line

    @property
    def place(self) -> tuple[int, int]:
        """Its page and line number."""
        return self.page_number, self.line.line_number


class Letter(NamedTuple):
    """The parts of a letter. `titles` are all different ones that it bears: of more than one kind or area, it is none.

    `head` are the lines above the salutation, `opening` is the running text between title and first heading, with what
    a monitoring visit's letter tells of its focus below a heading that announces it. `further` is the text behind the
    title across headings, as far as an opening may go.
    """

    head: tuple[Placed, ...]
    titles: tuple[str, ...]
    title_lines: tuple[Placed, ...]
    opening: str
    further: str
    signature: tuple[Placed, ...]

    @property
    def title(self) -> str:
        """The first title; empty where there is none."""
        return self.titles[0] if self.titles else ""

    def roles(self) -> Iterator[tuple[tuple[int, int], str]]:
        """The role of each line of head, title and signature, by page and line number."""
        yield from ((placed.place, "cover") for placed in (*self.head, *self.title_lines))
        yield from ((placed.place, "signature") for placed in self.signature)


def read_letter(pages: Sequence[Page], layout: Layout) -> Letter | None:
    """The parts of a letter; None where the first pages greet nobody and bear no title of an ungraded kind."""
    lines = [
        Placed(page.page_number, line)
        for page in pages
        for line in page.lines
        if (page.page_number, line.line_number) not in layout.margins
    ]
    first = [placed for placed in lines if placed.page_number <= _FIRST_PAGES]
    greeting = next((at for at, placed in enumerate(first) if _SALUTATION.match(placed.line.text)), None)
    if greeting is None and any(DATE_LABEL.match(plain(placed.line.text)) for placed in first):
        return None  # it has a cover
    titles = list(_titles(first, layout))
    if greeting is None:
        if not titles or may_be_graded(titles[0][2]) or titles[0][1][0].line.font_size >= COVER_TITLE_SIZE:
            return None
        greeting = titles[0][0] - 1
    behind = greeting + 1
    title_lines: list[Placed] = []
    for at, run, _ in titles:
        title_lines += run  # one that comes again overleaf is no heading
        if at <= greeting + _LINES_BEFORE_A_TITLE:
            behind = max(behind, at + len(run))
    first_lines = lines[behind : behind + _LONGEST_OPENING]
    return Letter(
        head=tuple(lines[: greeting + 1]),
        titles=tuple(dict.fromkeys(words for _, _, words in titles)),
        title_lines=tuple(title_lines),
        opening=running_words(placed.line for placed in _opening(first_lines, layout)),
        further=running_words(placed.line for placed in first_lines),
        signature=tuple(_signature(lines, layout)),
    )


def _titles(lines: Sequence[Placed], layout: Layout) -> Iterator[tuple[int, list[Placed], str]]:
    """Every title on the first pages: where it begins, its lines and its words. It is set bold, or stands alone."""
    at = 0
    while at < len(lines):
        run = list(_run(lines, at, layout))
        words = _words(run)
        if has_title(words, at_start=not run[0].line.is_bold) and (run[0].line.is_bold or _is_alone(words)):
            yield at, run, words
        at += max(len(run), 1)


def _run(lines: Sequence[Placed], first: int, layout: Layout) -> Iterator[Placed]:
    """A line and those that go on with it as a wrapped title does: as bold and close, in plain type a full one."""
    last = None
    for placed in lines[first : first + _LINES_OF_A_TITLE]:
        if last is not None:
            room = (placed.line.top - last.line.bottom) / last.line.font_size
            is_same = placed.line.is_bold == last.line.is_bold and placed.page_number == last.page_number
            is_full = last.line.is_bold or last.line.x1 > layout.right - _LONGEST_WORD
            if not is_same or not is_full or room > (_NEAR if last.line.is_bold else TIGHT):
                return
        yield placed
        last = placed


def _is_alone(words: str) -> bool:
    """Whether words in plain type may be a title: short, with a capital, and no sentence or part of one."""
    is_sentence = words.endswith((".", ",")) or ". " in words
    return len(words) < _LONGEST_PLAIN_TITLE and words[0].isupper() and not is_sentence


def _words(run: Sequence[Placed]) -> str:
    """The words of a title; the postcode of an address that stands beside it is none of them."""
    return _POSTCODE.sub("", running_words(placed.line for placed in run)).rstrip(". ")


def _opening(lines: Sequence[Placed], layout: Layout) -> Iterator[Placed]:
    """The text behind the title, to the first heading; below one that announces the focus, to the first bullet."""
    is_focus = False
    for placed in lines:
        if placed.line.is_bold or layout.is_large(placed.line):
            is_focus = heading_says(plain(placed.line.text)) == "focus"
            if not is_focus:
                return
        elif is_focus and bullet_of(placed.line):
            return
        elif not layout.is_small(placed.line):
            yield placed


def _signature(lines: Sequence[Placed], layout: Layout) -> Iterator[Placed]:
    """The lines from the close of a letter on; without one, the short lines at its end if a position is among them.

    A list of copies ends it, and so does text: what comes then is signed by nobody.
    """
    own = [placed for placed in lines if not layout.is_small(placed.line)]
    closes = [at for at, placed in enumerate(own) if _CLOSE.fullmatch(plain(placed.line.text))]
    start = closes[-1] if closes else _trailing(own)
    for placed in own[start:]:
        words = plain(placed.line.text)
        is_text = layout.is_running_text(placed.line) or (words.endswith(".") and len(words.split()) > _MOST_WORDS)
        if is_text or _COPIES.match(words) or _ANNEX.match(words):
            return
        yield placed


def _trailing(lines: Sequence[Placed]) -> int:
    """Where the short lines at the end of a letter begin, from the name above the first position on; else its end."""
    start = len(lines)
    while start > 0 and _is_short(lines[start - 1].line):
        start -= 1
    has_position = (at for at in range(start, len(lines)) if _is_position(lines[at].line))
    first = next(has_position, None)
    return len(lines) if first is None else max(first - 1, start)


def _is_short(line: Line) -> bool:
    return len(line.text.split()) <= _MOST_WORDS and not line.text.endswith((".", "?", ";")) and bullet_of(line) is None


def _is_position(line: Line) -> bool:
    words = plain(line.text)
    return _POSITION.fullmatch(words) is not None or code_of(load_visit_words().inspectorates, words) is not None
