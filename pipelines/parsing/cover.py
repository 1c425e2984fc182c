"""The cover and the imprint: which framework's report it is and whose, when inspectors came, who led them."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from pipelines.parsing.dates import MONTH, mentions_date, parse_date, parse_stays
from pipelines.parsing.facts import Visit
from pipelines.parsing.layout import Layout
from pipelines.parsing.wording import one_spaced, plain, with_plain_quotes, without_marks
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.matching import found_in
from pipelines.report_kinds.registry import Framework, load_frameworks, load_other_kinds

DATE_LABEL = re.compile(
    r"(?<!previous )(?<!last )(?:(?:inspection|review)\s+dates?|dates? of (?:the )?(?:inspection|review))\s*:?",
    re.IGNORECASE,
)
PUBLISHED_LABEL = re.compile(
    r"(?:report\s+)?published(?: date)?\s*:|published\s+on\b|report\s+published", re.IGNORECASE
)
LEAD_LABEL = re.compile(r"(?:lead|reporting)\s+inspectors?(?:\s+on\s+site)?\b\s*[:–-]?\s*", re.IGNORECASE)

_ROLE = re.compile(
    r"\(?(?:\bthe\s+)?(?:\b(?:senior\s+)?HMIs?\b|(?:senior\s+)?\b(?:Her|His)\s+Majesty's\s+Inspectors?|\b(?:Her|His)(?:\s+Majesty's)?$"
    r"|(?:\b(?:Ofsted|Regulatory|Social\s+Care|Early\s+Years|Schools?)\s+)+Inspectors?(?:\s+Manager)?|\bOfsted\b)\)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,4}")
_COVER_PAGES = 2
_MOST_LINES_OF_DATES = 4
_NEXT_LABEL = re.compile(
    rf"{LEAD_LABEL.pattern}|{PUBLISHED_LABEL.pattern}|{DATE_LABEL.pattern}|\b(?:published|(?:previous|last) inspection"
    r"|age group|judge?ments?|grade)\b",
    re.IGNORECASE,
)
"""What the inspection dates end at."""

_BEGINS_WITH_DATE = re.compile(
    rf"(?:\W|\b(?:to|and|then|plus|until|through)\b)*\d{{1,2}}(?:st|nd|rd|th)?(?:[/.-]\d|\W+(?:to\W+\d|{MONTH}\b))",
    re.IGNORECASE,
)


class InspectionDates(NamedTuple):
    """When inspectors came, by the cover: each visit, the dates in print, and what of them was not understood."""

    visits: tuple[Visit, ...] = ()
    written: str = ""
    not_understood: str = ""
    page_number: int | None = None


class Title(NamedTuple):
    """A title understood: the framework, and the words that name the authority (empty where none do)."""

    framework: Framework
    authority_as_written: str


def read_title(pages: Sequence[Page], layout: Layout) -> str:
    """The title on the cover, in plain words without footnote marks."""
    return plain(" ".join(without_marks(line) for line in title_lines(pages, layout)))


def title_lines(pages: Sequence[Page], layout: Layout) -> tuple[Line, ...]:
    """The lines of the cover above its inspection dates; without dates, those larger than the running text.

    A running header that stands above the title is none of it.
    """
    inner = tuple(line for line in pages[0].lines if (pages[0].page_number, line.line_number) not in layout.margins)
    for index, line in enumerate(inner):
        if index and DATE_LABEL.match(plain(line.text)):
            return inner[:index]
    return tuple(line for line in inner if line.font_size > 12.5)


def match_title(title: str, inspected: dt.date) -> Title | None:
    """The framework that a title belongs to on the date of an inspection; None where no framework has such a title.

    Where several frameworks share a title the date decides; if none was in force then, the nearest in time does.
    """
    found = [(framework, match) for framework in load_frameworks() if (match := found_in(framework.titles, title))]
    if not found or other_kind(title):
        return None
    framework, match = min(found, key=lambda one: one[0].days_away(inspected))
    return Title(framework, _authority(title, match, framework))


def other_kind(title: str) -> str | None:
    """The name of the kind of report that stands beside inspections, when a title is one of those."""
    return next((kind.name for kind in load_other_kinds() if found_in((kind,), title)), None)


def _authority(title: str, match: re.Match[str], framework: Framework) -> str:
    """The authority inside the title, or else the words before it, or else those after it; its board stands for it."""
    named = match.groupdict().get("authority")
    words = (named or title[: match.start()] or title[match.end() :]).strip(" ,.-")
    ending = found_in(framework.name_endings, words)
    return words[: ending.start()] if ending else words


def read_inspection_dates(pages: Sequence[Page]) -> InspectionDates:
    """The dates behind the first label of the cover that has any; no visits where they can't be understood.

    The running header of one report shows other dates: the cover counts.
    """
    for page in pages[:_COVER_PAGES]:
        for index, line in enumerate(page.lines):
            label = DATE_LABEL.search(plain(without_marks(line)))
            written = _field(page.lines[index:], label.end()) if label else ""
            if mentions_date(written):
                visits, rest = parse_stays(written)
                return InspectionDates(visits, written, rest if mentions_date(rest) else "", page.page_number)
    return InspectionDates()


def _field(lines: Sequence[Line], start: int) -> str:
    """What stands behind a label: the rest of its line, and lines close under it or that begin with a date, up to
    the next label.
    """
    text = plain(without_marks(lines[0]))[start:]
    for above, line in pairwise(lines[:_MOST_LINES_OF_DATES]):
        following = plain(without_marks(line))
        is_close = line.top - above.bottom < 0.6 * line.font_size
        if _NEXT_LABEL.search(text) or not (not text or is_close or _BEGINS_WITH_DATE.match(following)):
            break
        text = f"{text} {following}".strip()
    label = _NEXT_LABEL.search(text)
    return (text[: label.start()] if label else text).strip(" :")


def read_published_date(pages: Sequence[Page]) -> dt.date | None:
    """The day of publication that the report itself states on its first pages, or None."""
    for line in chain.from_iterable(page.lines for page in pages[:_COVER_PAGES]):
        text = plain(line.text)
        label = PUBLISHED_LABEL.search(text)
        if label and (date := parse_date(text[label.end() :].lstrip(" :"))):
            return date
    return None


def read_lead_inspectors(pages: Sequence[Page]) -> tuple[str, ...]:
    """Lead inspectors as printed, from the cover or else from the last pages; empty where the report names none."""
    for part in (pages[:_COVER_PAGES], tuple(reversed(pages[_COVER_PAGES:]))):
        for page in part:
            texts = [without_marks(line) for line in page.lines]
            for index, text in enumerate(texts):
                label = LEAD_LABEL.match(text)
                following = [_as_named(other) for other in texts[index + 1 : index + 4]] if label else []
                if label and (names := names_in(_as_named(text[label.end() :]), following)):
                    return names
    return ()


def _as_named(text: str) -> str:
    """Text with plain spaces and apostrophes, and the dashes of names as printed."""
    return one_spaced(with_plain_quotes(text))


def names_in(text: str, following: Sequence[str]) -> tuple[str, ...]:
    """The persons named after a label, their roles left aside, read on into the next lines while one is unfinished.

    >>> names_in("Paula Thomson-", ["Jones, Her Majesty's", "Inspector"])
    ('Paula Thomson-Jones',)
    >>> names_in("Ann Lee, Her Majesty's Inspector, and", ["Bo Ek HMI"])
    ('Ann Lee', 'Bo Ek')
    """
    for line in following:
        if text.endswith("-"):
            text += line
        elif (
            not text or len(text.split()) == 1 or re.search(r"(?:,| and|&|\bHer|\bHis|Majesty's)$", text, re.IGNORECASE)
        ):
            text += " " + line
        else:
            break
    parts = re.split(r"\s*(?:\||,|;|&|\band\b|\bwith\b)\s*", _ROLE.sub("|", text.strip()))
    names = (part.strip(" .()") for part in parts)
    return tuple(name for name in names if _NAME.fullmatch(name) and name[0].isupper())
