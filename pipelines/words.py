"""How days, times and numbers are written for people: the one way, on the site, at a terminal and in messages."""

import datetime as dt

_HOURS_TOLD = 72
"""What is longer ago is told in days."""


def today() -> dt.date:
    """The day it is here."""
    return dt.datetime.now(dt.UTC).astimezone().date()


def day(date: dt.date | None) -> str:
    """A day as people write it; nothing for none.

    >>> day(dt.date(2024, 6, 8))
    '8 June 2024'
    """
    return f"{date.day} {date:%B %Y}" if date else ""


def month(date: dt.date | None) -> str:
    """June 2024; nothing for no date."""
    return f"{date:%B %Y}" if date else ""


def moment(at: dt.datetime) -> str:
    """A time of the ledger, which is UTC: 8 June 2024 at 06:30 UTC."""
    return f"{day(at)} at {at:%H:%M} UTC"


def age(at: dt.datetime) -> str:
    """How long ago a time of the ledger was, in the unit that says enough."""
    since = dt.datetime.now(dt.UTC) - at.replace(tzinfo=dt.UTC)
    hours = since // dt.timedelta(hours=1)
    if hours < -1:
        return "at a time that is still to come, by this machine's clock"
    if hours > _HOURS_TOLD:
        return f"{since.days} days ago"
    return "within the hour" if hours < 1 else "an hour ago" if hours == 1 else f"{hours} hours ago"


def number(value: float | None) -> str:
    """12,345; nothing for none."""
    return "" if value is None else f"{value:,}"


def plural(n: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "visit"), plural(1234, "visit"), plural(2, "authority", "authorities")
    ('1 visit', '1,234 visits', '2 authorities')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"
