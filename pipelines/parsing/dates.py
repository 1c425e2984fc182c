"""Dates as reports write them: one day, a stay of several days, several stays.

What can't be understood to its end is handed back, so that nobody takes a part of the dates for all of them.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.parsing.facts import Visit
from pipelines.parsing.wording import plain

LONGEST_STAY = 120
"""Days. The longest of all stays printed since 2013 is 26; a longer one is a day, month or year misprinted."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
"""By its first letters: "Febuary" and "Sept." are months too."""

_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur|ds)?(?:day)?\b\.?,?\s+)"
_END_OF_SHORT_YEAR = rf"[,.;)]|$|\s*(?:-|\band\b|\bto\b)\s*\d{{1,2}}\s+{MONTH}\s+\d\d(?!\d)"
"""Before another date with a year of two digits: in "28 September 11 and 12 October 2021" there is none."""

_NAMED = (
    rf"(?:the\s+)?{_WEEKDAY}?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|/)(?:\s*(?:of\s+)?(?P<month>{MONTH}))?"
    rf"(?:,?\s*(?P<year>(?:19|20)\d\d)(?!\d)|(?(month)\s+(?P<short_year>\d\d)(?={_END_OF_SHORT_YEAR})|(?!)))?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_OF = re.compile(rf"\b(?=(?P<weekday>[a-z]{{3}})){_WEEKDAY}(?:the\s+)?(?P<day>\d{{1,2}})", re.IGNORECASE)
_NUMERIC = r"(?P<numeric_day>\d{1,2})(?P<sign>[/.-])(?P<numeric_month>\d{1,2})(?P=sign)(?P<numeric_year>(?:20)?\d\d)\b"
_DAY = re.compile(rf"\s*(?:(?P<between>between)\s+|from\s+)?(?:{_NUMERIC}|{_NAMED})", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:-+|\b(?:up\s+|through\s+|right\s+)?(?:to|until|till)\b|\b(?:through|thru)\b)\s*", re.IGNORECASE
)
_TO_OF_BETWEEN = re.compile(rf"{_TO.pattern}|\s*(?:and|&)\s*", re.IGNORECASE)
_AND = re.compile(
    r"(?:\s*(?:[,;&/+()]|\b(?:and|plus|then|again|also|further|finally|followed\s+by|as\s+well\s+as|together\s+with"
    r"|in\s+person|remotely|virtually|online|on-?\s?site|off-?\s?site|on)\b))+\s*",
    re.IGNORECASE,
)
"""What joins two stays, with what may be said there of how inspectors worked: "and, remotely, 22 to 26 September"."""

_WHOLE_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:\w*ber)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAYS = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_WHOLE_MONTH}|\b{_WHOLE_MONTH}\.?\s+20\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d|\b\d{1,2}(?:st|nd|rd|th)?\s*(?:-|to|and|until|through)\s*\d{1,2}\b",
    re.IGNORECASE,
)

_LEFT_OVER = re.compile(
    r"^\W*(?:to|until|till|through|thru|between|from|and|plus|then|followed|-)(?!\w)"
    r"|\d|\bonwards?\b|\bongoing\b|\b(?:present|current)\b|\bw/c\b|weeks?\b|fortnight|days?\b"
    rf"|\b(?=[A-Z])(?i:{_WHOLE_MONTH})"
)
"""Words that say more of days. A month has a capital: "may" and "march" are verbs too."""


class _Day(NamedTuple):
    """A day as written; month and year may follow from the date after it."""

    day: int
    month: int | None
    year: int | None


class _Stay(NamedTuple):
    """First and last day as written, and where in the text the last one ends."""

    first: _Day
    last: _Day
    end: int


def parse_stays(text: str, year: int | None = None) -> tuple[tuple[Visit, ...], str]:
    """Every stay that a text starts with, months and years filled in from the date that follows, and what is left.

    No stay where the text does not start with a date, no year stands in it, or its dates contradict each other. Where
    no year is printed, `year` is that of the last date.

    >>> visits, rest = parse_stays("15 to 19 September 2025 and week of 22 September")
    >>> [(visit.start_date.isoformat(), visit.end_date.isoformat()) for visit in visits], rest
    ([('2025-09-15', '2025-09-19')], 'and week of 22 September')
    """
    text = plain(text)
    stays = _scan(text)
    visits = _dated(stays, year)
    return visits, text[stays[-1].end :].strip() if visits else text


def parse_visits(text: str) -> tuple[Visit, ...]:
    """Every stay that a text starts with, whatever follows.

    >>> visits = parse_visits("19 November-11 December 2013 and 28 – 30 January 2014")
    >>> [(visit.start_date.isoformat(), visit.end_date.isoformat()) for visit in visits]
    [('2013-11-19', '2013-12-11'), ('2014-01-28', '2014-01-30')]
    >>> parse_visits("12/09/2016 to 06/10/2016")[0].end_date
    datetime.date(2016, 10, 6)
    """
    return parse_stays(text)[0]


def parse_date(text: str) -> dt.date | None:
    """The whole date that a text starts with, or None.

    >>> parse_date("04 May 2018")
    datetime.date(2018, 5, 4)
    """
    visits = parse_visits(text)
    return visits[0].start_date if visits else None


def mentions_date(text: str) -> bool:
    """Whether a text holds a day, month, year or week, or begins with a word that joins dates.

    >>> mentions_date("and week of 22 September"), mentions_date("to be confirmed"), mentions_date("(short inspection)")
    (True, True, False)
    """
    return _LEFT_OVER.search(plain(text)) is not None


def names_days(text: str) -> bool:
    """Whether a text holds a day of a month, a month of a year, or a range of days.

    >>> names_days("Return visit: 22 September 2025"), names_days("and 22 to 26"), names_days("2. Children in care")
    (True, True, False)
    """
    return _DAYS.search(plain(text)) is not None


def wrong_weekday(text: str, visits: Sequence[Visit]) -> str:
    """The first weekday in a text that is not that of the day it stands before, with that day; empty if there is none.

    >>> wrong_weekday("Friday 15 to Friday 26 September 2025", parse_visits("15 to 26 September 2025"))
    'Friday 15'
    """
    printed = [date for visit in visits for date in (visit.start_date, visit.end_date)]
    for found in _WEEKDAY_OF.finditer(plain(text)):
        weekdays = {_WEEKDAYS[date.weekday()] for date in printed if date.day == int(found["day"])}
        if weekdays and found["weekday"].lower() not in weekdays:
            return found[0]
    return ""


def _scan(text: str) -> list[_Stay]:
    """The stays at the start of a text, as written; those at the end that name no month are no dates."""
    stays: list[_Stay] = []
    at = 0
    while found := _DAY.match(text, at):
        first = last = _day(found)
        at = found.end()
        dash = (_TO_OF_BETWEEN if found["between"] else _TO).match(text, at)
        # "9 November 24 November 2017": a second date with no dash before it ends the stay
        second = _DAY.match(text, dash.end() if dash else at)
        if second:
            last, at = _day(second), second.end()
        stays.append(_Stay(first, last, at))
        link = _AND.match(text, at)
        if not link or (link[0].strip() == "/" and not second):  # "15 September 2025 / 26 September 2025": and, or to?
            break
        at = link.end()
    while stays and stays[-1].last.month is None:
        stays.pop()
    return stays


def _dated(stays: Sequence[_Stay], default_year: int | None) -> tuple[Visit, ...]:
    """The stays with every month and year, in order of time; none where a day does not exist or they contradict.

    A date without a year takes that of the date after it. At the end of the text, where none follows, it takes the last
    one printed, and then the stays must stand in order of time.
    """
    visits: list[Visit] = []
    month: int | None = None
    printed = (day.year for stay in reversed(stays) for day in (stay.last, stay.first) if day.year)
    year = next(printed, default_year)
    for first, last, _ in reversed(stays):
        day, month, year = last.day, last.month or month, last.year or year
        if month is None or year is None:
            return ()
        end = _date(day, month, year)
        start_month = first.month or month
        # only a month that comes later in the year is one of the year before: "9 December to 10 January 2020"
        start = _date(first.day, start_month, first.year or year - (start_month > month))
        if start is None or end is None or start > end or not _may_last(start, end, is_printed=first.year is not None):
            return ()
        visits.append(Visit(start, end))
        month, year = start.month, start.year
    in_order = tuple(sorted(visits, key=lambda visit: visit.start_date))
    is_year_carried_on = bool(stays) and stays[-1].last.year is None
    return () if is_year_carried_on and in_order != tuple(reversed(visits)) else in_order


def _may_last(start: dt.date, end: dt.date, *, is_printed: bool) -> bool:
    """Whether a stay may be that long: up to a year where both years are printed, else not even unlikely."""
    return (end - start).days <= (366 if is_printed else LONGEST_STAY)


def _day(found: re.Match[str]) -> _Day:
    if found["numeric_day"]:
        return _Day(int(found["numeric_day"]), int(found["numeric_month"]), int(found["numeric_year"]) % 100 + 2000)
    month, year = found["month"], found["year"] or (found["short_year"] and f"20{found['short_year']}")
    return _Day(int(found["day"]), _MONTHS.index(month[:3].lower()) + 1 if month else None, int(year) if year else None)


def _date(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
