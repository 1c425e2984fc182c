"""The days of the inspection, by the cover's own field, and the labels at which the fields of a cover begin.

A cover may also print when the last inspection was, and its margins the days of another report: only a label that
stands for this inspection, at the start of a line or of a cell, counts.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.parsing.dates import mentions_date, names_days, parse_stays, wrong_weekday
from pipelines.parsing.facts import Visit
from pipelines.parsing.layout import Layout
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Line, Page

_ANOTHER = r"\b(?:previous|last|earlier|prior|next|monitoring)\b"
_OF_OTHERS = rf"(?!\W*(?:of\s+)?(?:the\s+)?{_ANOTHER})"
_ENDS_IN_ANOTHER = re.compile(rf"{_ANOTHER}\W*$", re.IGNORECASE)
DATE_LABEL = re.compile(
    r"\W*(?:(?:the|this|full|standard|short|single|ilacs|sif|on-?site)\s+)*"
    r"(?:(?:inspection|review)\s+dates?|dates?\s+of\s+(?:(?:the|this)\s+)?(?:inspection|review))(?:\(s\))?(?!\w)"
    rf"{_OF_OTHERS}\s*:?",
    re.IGNORECASE,
)
"""To be matched at a start. "Previous full inspection dates" and "Monitoring inspection date" are others' labels."""

PUBLISHED_LABEL = re.compile(
    r"(?:report\s+)?published(?: date)?\s*:|published\s+on\b|report\s+published", re.IGNORECASE
)
PREVIOUS_LABEL = re.compile(
    r"dates?(?:\(s\))? of (?:the )?(?:previous|last) inspections?(?:\(s\))?\s*:?", re.IGNORECASE
)
LEAD_LABEL = re.compile(r"(?:lead|reporting)\s+inspectors?(?:\s+on\s+site)?\b\s*[:–-]?\s*", re.IGNORECASE)

_NEXT_LABEL = re.compile(
    rf"{LEAD_LABEL.pattern}|{PUBLISHED_LABEL.pattern}|{DATE_LABEL.pattern}|\bpublished\b"
    r"|(?:\bdates?\s+of\s+(?:the\s+)?)?\b(?:previous|prior|last(?!\s+day))\b[^.:;]{0,25}\binspect"
    r"|\b(?:age group|judge?ments?|grade)\b",
    re.IGNORECASE,
)
"""What the inspection dates end at."""

_FURTHER_LABEL = re.compile(
    r"\W*(?:further|additional|second|third|return|follow-up|remote|off-?site|extended)\b"
    r"[^.]{0,30}?(?:\b(?:dates?|days?|weeks?|visits?|inspections?|stays?)\b|:)",
    re.IGNORECASE,
)
"""How a line begins that says of more days of this inspection, wherever on its page it stands."""

_COVER_PAGES = 2
_MOST_LINES = 5
_CLOSE, _NEAR = 0.6, 3.5
"""White space above a line as a share of its size: that of a wrapped line, and that of a further line of one field."""

_LONGEST_OF_A_FIELD = 70
"""Letters. Running text is longer; what it says of days is not about this field."""


class InspectionDates(NamedTuple):
    """When inspectors came, by the cover: each visit, the dates in print, and what is wrong with them.

    `not_understood` is a part of the dates, `contradiction` another field of this inspection with other dates, or a
    weekday that is not that of its date. `is_mended` says that a year that can't be was put right.
    """

    visits: tuple[Visit, ...] = ()
    written: str = ""
    not_understood: str = ""
    page_number: int | None = None
    contradiction: str = ""
    is_mended: bool = False
    is_year_from_letter: bool = False


class _Field(NamedTuple):
    """What stands behind a label of this inspection's dates; `further` is a line about more days that is none of it."""

    page_number: int
    written: str
    further: str
    is_small: bool


def behind_date_label(line: Line) -> str | None:
    """What a line says behind a label of this inspection's dates; None where no cell of it begins with one."""
    texts = [plain(without_marks(line, cell)) for cell in line.cells]
    for first in range(len(texts)):
        text = plain(" ".join(texts[first:]))
        label = DATE_LABEL.match(text)
        if label and not _ENDS_IN_ANOTHER.search(" ".join(texts[:first])):
            return text[label.end() :].strip()
    return None


def read_inspection_dates(pages: Sequence[Page], layout: Layout) -> InspectionDates:
    """The dates behind the first label of the cover that has any; no visits where they can't be understood.

    The running header of one report shows other dates: the cover counts, and what is set small there counts less.
    """
    fields = [field for page in pages[:_COVER_PAGES] for field in _fields(page, layout) if mentions_date(field.written)]
    if not fields:
        return InspectionDates()
    first, *others = sorted(fields, key=lambda field: field.is_small)
    visits, rest = parse_stays(first.written)
    differing = (other.written for other in others if parse_stays(other.written)[0] != visits)
    contradiction = next(differing, "") or wrong_weekday(first.written, visits)
    not_understood = rest if mentions_date(rest) else first.further
    return InspectionDates(visits, first.written, not_understood, first.page_number, contradiction)


def _fields(page: Page, layout: Layout) -> Iterator[_Field]:
    """Every field of this inspection's dates between the margins of a page."""
    inner = [line for line in page.lines if (page.page_number, line.line_number) not in layout.margins]
    texts = [plain(without_marks(line)) for line in inner]
    days = [text for text in texts if len(text) < _LONGEST_OF_A_FIELD and _FURTHER_LABEL.match(text)]
    for index, line in enumerate(inner):
        behind = behind_date_label(line)
        if behind is not None and not (index and _ENDS_IN_ANOTHER.search(texts[index - 1])):
            written = _read_on(behind, inner[index:])
            further = next((text for text in days if names_days(text) and text not in written), "")
            yield _Field(page.page_number, written, further, layout.is_small(line))


def _read_on(behind: str, lines: Sequence[Line]) -> str:
    """What stands behind a label, up to the next one: the rest of its line, what that wraps to, and further days.

    Further days may stand apart from the first ("Return visit: 22 September").
    """
    text = behind
    for above, line in pairwise(lines[:_MOST_LINES]):
        following = plain(without_marks(line))
        room = (line.top - above.bottom) / line.font_size
        if _NEXT_LABEL.search(text) or room > _NEAR:
            break
        is_further = len(following) < _LONGEST_OF_A_FIELD and names_days(following)
        if not text or room < _CLOSE or is_further:
            text = f"{text} {following}".strip()
        elif _NEXT_LABEL.search(following):
            break
    label = _NEXT_LABEL.search(text)
    return (text[: label.start()] if label else text).strip(" :")
