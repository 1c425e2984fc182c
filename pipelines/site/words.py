"""How dates, numbers and grades are written on the site: filters of the templates, with those of `pipelines/words`."""

import datetime as dt
import re

from markupsafe import Markup, escape

from pipelines.words import day, month, number, plural

RANKS = (1, 2, 3, 4)
NAMES = {1: "outstanding", 2: "good", 3: "requires improvement or adequate", 4: "inadequate"}
LETTERS = {1: "O", 2: "G", 3: "R", 4: "I"}
"""The letter of each grade, by its rank: colour never tells it alone."""


def began(date: dt.date | None, basis: str | None = None) -> str:
    """The first day of an inspection; "about" a month where it is reckoned from the date of publication."""
    if date is None:
        return "date not known"
    return f"about {month(date)}" if basis == "bound" else day(date)


def size(n_bytes: int) -> str:
    """How large a file is: 12 KB, 3.4 MB."""
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e6 else f"{max(n_bytes // 1000, 1)} KB"


def span(n_days: int) -> str:
    """How long some days are, to the nearest month.

    >>> span(1260), span(730), span(340), span(9)
    ('3 years 5 months', '2 years', '11 months', 'less than a month')
    """
    years, months = divmod(round(n_days / 30.4375), 12)
    parts = [plural(n, noun) for n, noun in ((years, "year"), (months, "month")) if n]
    return " ".join(parts) or "less than a month"


def short(label: str | None) -> str:
    """A grade in few words: the scale calls its third "requires improvement to be good"."""
    return (label or "").removesuffix(" to be good")


def grade(label: str | None, rank: int | None) -> Markup:
    """A grade in words with its colour; nothing where there is none."""
    if not label:
        return Markup()
    return Markup('<span class="grade rank-{}">{}</span>').format(rank or "none", short(label))


def cell(value: object) -> Markup:
    """One value of an answer, as a table shows it: days in words, addresses as links, codes as they are."""
    if value is None:
        return Markup()
    if isinstance(value, bool):
        return escape("yes" if value else "no")
    if isinstance(value, dt.date):
        return Markup('<time datetime="{}">{}</time>').format(value, day(value))
    if isinstance(value, list):
        return escape(", ".join(str(one) for one in value))
    if isinstance(value, float):
        return escape(f"{value:g}")
    if isinstance(value, str) and re.match(r"https?://\S+$", value):
        return Markup('<a href="{}">{}</a>').format(value, "report" if "/file/" in value else "Ofsted’s page")
    return escape(str(value))


FILTERS = {
    "day": day,
    "began": began,
    "number": number,
    "size": size,
    "plural": plural,
    "span": span,
    "short": short,
    "grade": grade,
    "month": month,
    "cell": cell,
}
