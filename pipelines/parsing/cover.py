"""The cover and the imprint: which framework's report it is and whose, when it was published, who led inspectors.

Stays out: when inspectors came (`inspection_dates.py`).
"""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from pipelines.parsing.dates import names_days, parse_date
from pipelines.parsing.inspection_dates import LEAD_LABEL, PREVIOUS_LABEL, PUBLISHED_LABEL, behind_date_label
from pipelines.parsing.layout import TIGHT, Layout
from pipelines.parsing.wording import one_spaced, plain, with_plain_quotes, without_marks
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.matching import found_in
from pipelines.report_kinds.registry import Framework, load_frameworks

_ROLE = re.compile(
    r"\(?(?:\bthe\s+)?(?:\b(?:senior\s+)?HMIs?\b|(?:senior\s+)?\b(?:Her|His)\s+Majesty's\s+Inspectors?|\b(?:Her|His)(?:\s+Majesty's)?$"
    r"|(?:\b(?:Ofsted|Regulatory|Social\s+Care|Early\s+Years|Schools?)\s+)+Inspectors?(?:\s+Manager)?|\bOfsted\b)\)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,4}")
_COVER_PAGES = 2
_LINES_OF_A_FIELD = 4


class Title(NamedTuple):
    """A title understood: the framework, and the words that name the authority (empty where none do)."""

    framework: Framework
    authority_as_written: str


def read_title(pages: Sequence[Page], layout: Layout) -> str:
    """The title on the cover, in plain words without footnote marks."""
    return plain(" ".join(without_marks(line) for line in title_lines(pages, layout)))


def title_lines(pages: Sequence[Page], layout: Layout) -> tuple[Line, ...]:
    """The lines of the cover above its inspection dates; without dates, those larger than the running text.

    What stands above the title in the margin or in small type is none of it, nor is a line about the days of any
    inspection.
    """
    inner = tuple(line for line in pages[0].lines if (pages[0].page_number, line.line_number) not in layout.margins)
    labelled = [index for index, line in enumerate(inner) if behind_date_label(line) is not None]
    for index in sorted(labelled, key=lambda index: layout.is_small(inner[index])):
        above = tuple(line for line in inner[:index] if not (_is_about_days(line) or layout.is_small(line)))
        if above:
            return above
    return tuple(line for line in inner if line.font_size > 12.5)


def _is_about_days(line: Line) -> bool:
    """Whether a line of the cover says when this inspection or another was: no title holds a day."""
    return behind_date_label(line) is not None or names_days(plain(line.text))


def match_title(title: str, inspected: dt.date) -> Title | None:
    """The framework that a title belongs to on the date of an inspection; None where no framework has such a title.

    Where several frameworks share a title the date decides; if none was in force then, the nearest in time does. A kind
    without grades goes before one with them: no letter may ever be taken for a graded inspection.
    """
    found = [(framework, match) for framework in load_frameworks() if (match := found_in(framework.titles, title))]
    if not found:
        return None
    framework, match = min(found, key=lambda one: (one[0].is_graded, one[0].days_away(inspected)))
    return Title(framework, _authority(title, match, framework))


def _authority(title: str, match: re.Match[str], framework: Framework) -> str:
    """The authority inside the title, or else the words before it, or else those after it; its board stands for it."""
    named = match.groupdict().get("authority")
    words = (named or title[: match.start()] or title[match.end() :]).strip(" ,.-")
    ending = found_in(framework.name_endings, words)
    return words[: ending.start()] if ending else words


def read_published_date(pages: Sequence[Page]) -> dt.date | None:
    """The day of publication that the report itself states on its first pages, or None."""
    for line in chain.from_iterable(page.lines for page in pages[:_COVER_PAGES]):
        text = plain(line.text)
        label = PUBLISHED_LABEL.search(text)
        if label and (date := parse_date(text[label.end() :].lstrip(" :"))):
            return date
    return None


def read_previous_inspection(pages: Sequence[Page], layout: Layout) -> str | None:
    """When the inspection before was, in the words of the cover's own field; None where it has none."""
    inner = [line for line in pages[0].lines if (pages[0].page_number, line.line_number) not in layout.margins]
    for at, line in enumerate(inner):
        label = PREVIOUS_LABEL.match(plain(without_marks(line)))
        if label:
            texts = [plain(without_marks(line))[label.end() :].strip()]
            for above, below in pairwise(inner[at : at + _LINES_OF_A_FIELD]):
                if below.top - above.bottom > TIGHT * above.font_size or below.is_bold:
                    break
                texts.append(plain(without_marks(below)))
            return " ".join(text for text in texts if text) or None
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
