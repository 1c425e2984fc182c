"""Inspection dates in the forms that real covers print, and those that stand in the sentences of letters."""

from collections.abc import Callable, Mapping
from datetime import date

Form = Callable[[date, date], str]


def long_date(day: date) -> str:
    """A date as English reports print it.

    >>> long_date(date(2018, 5, 4))
    '4 May 2018'
    """
    return f"{day.day} {day:%B %Y}"


def _short(joint: str) -> Form:
    """Say month and year once where both days share them."""

    def form(start: date, end: date) -> str:
        if start.year != end.year:
            return f"{long_date(start)}{joint}{long_date(end)}"
        if start.month != end.month:
            return f"{start.day} {start:%B}{joint}{long_date(end)}"
        return f"{start.day}{joint}{long_date(end)}"

    return form


FORMS: Mapping[str, Form] = {
    "full_to": lambda start, end: f"{long_date(start)} to {long_date(end)}",
    "short_to": _short(" to "),
    "mixed": lambda start, end: f"{start.day} {start:%B} to {long_date(end)}",
    "dash_full": lambda start, end: f"{long_date(start)} – {long_date(end)}",
    "dash_short": _short(" – "),
    "dash_tight": _short("–"),
    "short_dash": _short(" – "),
    "hyphen": lambda start, end: f"{long_date(start)} - {long_date(end)}",
    "no_dash": lambda start, end: f"{long_date(start)} {long_date(end)}",
    "abbreviated": lambda start, end: f"{start.day} {start:%b %Y} – {long_date(end)}",
    "slashes": lambda start, end: f"{start:%d/%m/%Y} to {end:%d/%m/%Y}",
    "zero_day": lambda start, end: f"{start:%d %B %Y} to {end:%d %B %Y}",
    "one_day": lambda start, end: long_date(start),
    "singular": _short(" to "),
}

LETTER_FORMS: Mapping[str, Form] = {
    "pair": _short(" and "),
    "the_pair_of": lambda start, end: f"the {start.day} and {end.day} of {end:%B %Y}",
    "three_days": lambda start, end: f"{start.day} and {start.day + 1} {start:%B}, and {long_date(end)}",
    "no_year": lambda start, end: f"{start.day} and {end.day} {end:%B}",
    "year_misprinted": lambda start, end: f"{long_date(start.replace(year=start.year - 1))} to {long_date(end)}",
    "no_such_day": lambda start, end: f"30 and 31 February {end.year}",
}


def print_visits(visits: tuple[tuple[date, date], ...], form: str) -> str:
    """The dates of an inspection as its cover or letter prints them.

    >>> a, b = (date(2013, 11, 19), date(2013, 12, 11)), (date(2014, 1, 28), date(2014, 1, 30))
    >>> print_visits((a, b), "ragged")
    '19 November-11 December 2013 and 28 – 30 January 2014'
    >>> print_visits(((date(2025, 7, 15), date(2025, 7, 16)), (date(2025, 7, 21), date(2025, 7, 21))), "listed")
    '15, 16 and 21 July 2025'
    """
    if form == "listed":
        *days, last = dict.fromkeys(day for visit in visits for day in visit)
        return f"{', '.join(str(day.day) for day in days)} and {long_date(last)}"
    if form == "ragged":
        joints = ("-", " – ")
        return " and ".join(_short(joints[min(i, 1)])(*visit) for i, visit in enumerate(visits))
    written = FORMS.get(form) or LETTER_FORMS[form]
    return " and ".join(written(*visit) for visit in visits)
