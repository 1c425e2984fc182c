"""The days of a visit by the sentence that tells them, and the date that a letter bears.

A letter may print neither year nor month twice, and mistype both: what can't be right is told, never passed on.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.parsing.dates import LONGEST_STAY, MONTH, mentions_date, names_days, parse_stays, wrong_weekday
from pipelines.parsing.facts import Issue, Visit
from pipelines.parsing.inspection_dates import InspectionDates
from pipelines.parsing.letters import Placed
from pipelines.parsing.wording import plain, sentences, without_marks

_SUMMARISES = re.compile(r"\b(?:this|the) letter (?:summari[sz]es|tells|sets out|reports|outlines)\b", re.IGNORECASE)
_SENTENCES_OF_A_SUMMARY = 4
_TELLS_OF_THE_VISIT = re.compile(r"\b(?:visit(?:s|ed)?|inspection|letter summarises|JTAI|review)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:previous|last|earlier|since|judged|published)\b[^.]{0,60}$", re.IGNORECASE)
_MAY_BEGIN = re.compile(
    r"\b(?:(?=(?:between|from)\b)|(?:on|of|during|in|took place|carried out|dates?:?)\s+)(?=\D{0,22}\d)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\((?=\d)")
"""Days in brackets may be those of another inspection: they count where a sentence names no others."""

_BEGINS_WITH_DAYS = re.compile(
    r"(?:(?:between|from|the|\w+day,?)\s+)*\d{1,2}(?:st|nd|rd|th)?"
    rf"(?:\s*(?:,|-|\bto\b|\band\b)\s*\d|\s+(?:of\s+)?{MONTH})",
    re.IGNORECASE,
)
_LONGEST_DAYS = 30
"""Letters: "Wednesday 5 to Friday 7 October" has 31."""
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


def summary_in(text: str) -> Sequence[str]:
    """What a letter says of itself below its first heading: the sentence that it summarises a visit, and those behind.

    Other days that stand there may be those of another visit.
    """
    told = sentences(text)
    first = next((at for at, sentence in enumerate(told) if _SUMMARISES.search(sentence)), len(told))
    return told[first : first + _SENTENCES_OF_A_SUMMARY]


def dates_in_sentences(opening: str, letter_date: dt.date | None = None) -> InspectionDates:
    """When inspectors came, by the first sentence of an opening that says so; no visits where none does.

    A year that is not printed is that of the letter's date, or the one before. Where the days in that sentence can't
    be, those of no later one are taken for them.
    """
    found = [one for sentence in sentences(opening) for one in _told(sentence, letter_date)]
    if not found:
        return InspectionDates((), next((one for one in sentences(opening) if names_days(one)), ""))
    first, *others = found
    differing = next((other.written for other in others if other.visits and other.visits != first.visits), "")
    return first._replace(contradiction=first.contradiction or differing)


def _told(sentence: str, letter_date: dt.date | None) -> Iterator[InspectionDates]:
    """The days that a sentence about the visit names; no visits where it names some that can't be understood."""
    if not _TELLS_OF_THE_VISIT.search(sentence):
        return
    for place in (*_MAY_BEGIN.finditer(sentence), *_IN_BRACKETS.finditer(sentence)):
        if _OTHERS.search(sentence[: place.start()]):
            continue
        text = sentence[place.end() :]
        visits, rest = parse_stays(text)
        is_year_from_letter = not visits
        if not visits:
            visits, rest = _before(letter_date, text)
        if visits:
            written = text[: len(text) - len(rest)].strip(" ,.")
            mended = tuple(_mended(visit, letter_date) for visit in visits)
            yield InspectionDates(
                _joined(mended),
                written,
                not_understood=rest if names_days(rest[:60]) and mentions_date(rest) else "",
                page_number=1,
                contradiction=wrong_weekday(written, mended),
                is_mended=mended != visits,
                is_year_from_letter=is_year_from_letter,
            )
            return
        if _BEGINS_WITH_DAYS.match(text) and names_days(text[:_LONGEST_DAYS]):
            yield InspectionDates((), sentence)
            return


def _before(letter_date: dt.date | None, text: str) -> tuple[tuple[Visit, ...], str]:
    """The stays at the start of a text without a year, in the last one before the letter in which they can be."""
    for year in (letter_date.year, letter_date.year - 1) if letter_date else ():
        visits, rest = parse_stays(text, year)
        if visits and letter_date and visits[-1].end_date <= letter_date:
            return visits, rest
    return (), text


def _mended(visit: Visit, letter_date: dt.date | None) -> Visit:
    """A visit of a year is one of days, with one year misprinted: the one in which it can be before the letter."""
    start, end = visit.start_date, visit.end_date
    if (end - start).days > LONGEST_STAY:
        for year in (end.year, start.year):
            stays = parse_stays(f"{start:%d %B} to {end:%d %B} {year}")[0]
            is_short = stays and (stays[0].end_date - stays[0].start_date).days <= _LONGEST_VISIT
            if is_short and (letter_date is None or stays[0].end_date <= letter_date):
                return stays[0]
    return visit


def _joined(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Visits with days that follow one another put together: "29 and 30 September, and 1 October" is one stay."""
    joined = list(visits[:1])
    for before, visit in pairwise(visits):
        if (visit.start_date - before.end_date).days <= 1:
            joined[-1] = Visit(joined[-1].start_date, max(joined[-1].end_date, visit.end_date))
        else:
            joined.append(visit)
    return tuple(joined)
