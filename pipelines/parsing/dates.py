"""Dates as reports write them: one day, a stay of several days, several stays."""

import datetime as dt
import re

from pipelines.parsing.facts import Visit
from pipelines.parsing.wording import plain

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
"""By its first letters: "Febuary" and "Sept." are months too."""

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_NAMED = rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|/)(?:\s*(?:of\s+)?({_MONTH}))?(?:,?\s*((?:19|20)\d\d)(?!\d))?"
_NUMERIC = r"(\d{1,2})[/.](\d{1,2})[/.]((?:20)?\d\d)\b"
_DAY = re.compile(rf"\s*(?:(?:between|from)\s+)?(?:{_NUMERIC}|{_NAMED})", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-+|to|until)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,?\s*and|,|;|&)\s*", re.IGNORECASE)

_Day = tuple[int, int | None, int | None]


def parse_visits(text: str) -> tuple[Visit, ...]:
    """Every stay that a text starts with, months and years filled in from the date that follows.

    Empty where the text does not start with a date, or no year stands anywhere in it.

    >>> visits = parse_visits("19 November-11 December 2013 and 28 – 30 January 2014")
    >>> [(visit.start_date.isoformat(), visit.end_date.isoformat()) for visit in visits]
    [('2013-11-19', '2013-12-11'), ('2014-01-28', '2014-01-30')]
    >>> parse_visits("12/09/2016 to 06/10/2016")[0].end_date
    datetime.date(2016, 10, 6)
    """
    stays = _scan(plain(text))
    visits: list[Visit] = []
    month: int | None = None
    year: int | None = None
    for first, last in reversed(stays):
        day, month, year = last[0], last[1] or month, last[2] or year
        if month is None or year is None:
            return ()
        end = _date(day, month, year)
        start_month, start_year = first[1] or month, first[2] or year
        start = _date(first[0], start_month, start_year)
        if start and end and start > end and first[2] is None:
            start = _date(first[0], start_month, start_year - 1)
        if start is None or end is None or start > end:
            return ()
        visits.append(Visit(start, end))
        month, year = start.month, start.year
    return tuple(sorted(visits, key=lambda visit: visit.start_date))


def parse_date(text: str) -> dt.date | None:
    """The whole date that a text starts with, or None.

    >>> parse_date("04 May 2018")
    datetime.date(2018, 5, 4)
    """
    visits = parse_visits(text)
    return visits[0].start_date if visits else None


def _scan(text: str) -> list[tuple[_Day, _Day]]:
    """First and last day of each stay at the start of a text, as written: day, month, year."""
    stays: list[tuple[_Day, _Day]] = []
    at = 0
    while found := _DAY.match(text, at):
        first = last = _day(found)
        at = found.end()
        dash = _TO.match(text, at)
        # "9 November 24 November 2017": a second date with no dash before it ends the stay
        second = _DAY.match(text, dash.end() if dash else at)
        if second:
            last, at = _day(second), second.end()
        stays.append((first, last))
        link = _AND.match(text, at)
        if not link or not _DAY.match(text, link.end()):
            break
        at = link.end()
    return stays


def _day(found: re.Match[str]) -> _Day:
    numeric_day, numeric_month, numeric_year, day, month, year = found.groups()
    if numeric_day:
        return int(numeric_day), int(numeric_month), int(numeric_year) % 100 + 2000
    return int(day), _MONTHS.index(month[:3].lower()) + 1 if month else None, int(year) if year else None


def _date(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
