"""The days of a visit by the sentence that tells them, and the date that a letter bears.

A letter may print neither year nor month twice, and mistype both: what can't be right is told, never passed on.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.parsing.dates import LONGEST_STAY, mentions_date, names_days, parse_stays, wrong_weekday
from pipelines.parsing.facts import Issue, Visit
from pipelines.parsing.inspection_dates import InspectionDates
from pipelines.parsing.letters import Placed
from pipelines.parsing.wording import plain, sentences, without_marks

_TELLS_OF_THE_VISIT = re.compile(r"\b(?:visit|inspection|letter summarises|JTAI|review)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:previous|last|earlier|since|judged|published)\b[^.]{0,60}$", re.IGNORECASE)
_MAY_BEGIN = re.compile(
    r"\b(?:(?=(?:between|from)\b)|(?:on|of|during|in|took place|dates?:?)\s+)(?=\D{0,22}\d)", re.IGNORECASE
)
_LONGEST_VISIT = 31
"""Days. No focused visit lasts more than three, no joint inspection more than three weeks."""


def read_letter_date(head: Sequence[Placed]) -> tuple[dt.date | None, tuple[Issue, ...]]:
    """The date on a letter, or None and an issue where it bears none that can be."""
    written = ""
    for placed in head:
        for cell in placed.line.cells:
            text = plain(without_marks(placed.line, cell))
            visits, rest = parse_stays(text)
            if len(visits) == 1 and visits[0].start_date == visits[0].end_date and not rest.strip("."):
                return visits[0].start_date, ()
            written = written or (text if names_days(text) and len(text) < 40 else "")
    if written:
        message = f"The date of the letter reads {written!r}, which is no date."
        return None, (Issue("warning", "letter_date_not_understood", 1, written, message),)
    return None, (Issue("info", "no_letter_date", 1, "", "The letter bears no date."),)


def read_told_dates(opening: str, letter_date: dt.date | None = None) -> InspectionDates:
    """When inspectors came, by the first sentence of an opening that says so; no visits where none does.

    A year that is not printed is that of the letter's date, or the one before.
    """
    found = [one for sentence in sentences(opening) for one in _told(sentence, letter_date)]
    if not found:
        return InspectionDates((), next((one for one in sentences(opening) if names_days(one)), ""))
    first, *others = found
    differing = next((other.written for other in others if other.visits != first.visits), "")
    return first._replace(contradiction=first.contradiction or differing)


def _told(sentence: str, letter_date: dt.date | None) -> Iterator[InspectionDates]:
    """The days that a sentence about the visit names."""
    if not _TELLS_OF_THE_VISIT.search(sentence):
        return
    for place in _MAY_BEGIN.finditer(sentence):
        if _OTHERS.search(sentence[: place.start()]):
            continue
        visits, rest = _stays(sentence[place.end() :], letter_date)
        if not visits:
            continue
        written = sentence[place.end() : len(sentence) - len(rest)].strip(" ,.")
        visits, contradiction = _possible(visits, written)
        left = rest if names_days(rest[:60]) and mentions_date(rest) else ""
        yield InspectionDates(
            _joined(visits), written, left, page_number=1, contradiction=contradiction or wrong_weekday(written, visits)
        )
        return


def _stays(text: str, letter_date: dt.date | None) -> tuple[tuple[Visit, ...], str]:
    """The stays at the start of a text; without a printed year those of the last year before the letter."""
    visits, rest = parse_stays(text)
    if visits or letter_date is None:
        return visits, rest
    for year in (letter_date.year, letter_date.year - 1):
        visits, rest = parse_stays(text, year)
        if visits and visits[-1].end_date <= letter_date:
            return visits, rest
    return (), text


def _possible(visits: Sequence[Visit], written: str) -> tuple[tuple[Visit, ...], str]:
    """Visits, and what can't be of them: a stay of a year is one of days, whose first year is misprinted."""
    mended: list[Visit] = []
    contradiction = ""
    for visit in visits:
        if (visit.end_date - visit.start_date).days > LONGEST_STAY:
            same_year = parse_stays(f"{visit.start_date:%d %B} {visit.end_date:%Y}")[0]
            if same_year and 0 <= (visit.end_date - same_year[0].start_date).days <= _LONGEST_VISIT:
                visit, contradiction = Visit(same_year[0].start_date, visit.end_date), f"{written}: one year can't be"
        mended.append(visit)
    return tuple(mended), contradiction


def _joined(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Visits with days that follow one another put together: "29 and 30 September, and 1 October" is one stay."""
    joined = list(visits[:1])
    for before, visit in pairwise(visits):
        if (visit.start_date - before.end_date).days <= 1:
            joined[-1] = Visit(joined[-1].start_date, max(joined[-1].end_date, visit.end_date))
        else:
            joined.append(visit)
    return tuple(joined)
