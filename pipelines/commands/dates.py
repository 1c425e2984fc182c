"""The one way in which commands understand a day that a person gives."""

import calendar
import datetime as dt
import re

from pipelines.errors import UsageError
from pipelines.words import today

EXAMPLES = "2025-03-31, 31/03/2025, 31 March 2025, March 2025, 2025, today or yesterday"
_DAYS_AGO = {"today": 0, "yesterday": 1}
_DAYS = ("%Y %m %d", "%d %m %Y", "%d %m %y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
"""What a day may look like, with spaces for signs. In figures the day stands before the month, as in England."""
_MONTHS = ("%Y %m", "%m %Y", "%B %Y", "%b %Y", "%Y %B", "%Y %b")


def read_day(text: str, what: str = "The date", *, is_beginning: bool = False) -> dt.date:
    """The day that a text means: of a month or a year its last, or its first if it `is_beginning`.

    Raises UsageError, which calls the day `what`.

    >>> read_day("01/03/2025") == read_day("1st March 2025") == read_day("2025-3-1") == dt.date(2025, 3, 1)
    True
    >>> str(read_day("2024")), str(read_day("Feb 2024")), str(read_day("2024-02", is_beginning=True))
    ('2024-12-31', '2024-02-29', '2024-02-01')
    """
    written = " ".join(re.split(r"[\s,./-]+", text.strip().casefold()))
    if (ago := _DAYS_AGO.get(written)) is not None:
        return today() - dt.timedelta(days=ago)
    written = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", written).replace("sept ", "sep ")
    if day := _in_a_form(written, _DAYS):
        return day
    if month := _in_a_form(written, _MONTHS):
        return month if is_beginning else month.replace(day=calendar.monthrange(month.year, month.month)[1])
    if year := _in_a_form(written, ("%Y",)):
        return year if is_beginning else year.replace(month=12, day=31)
    raise UsageError(f"{what} {text!r} can't be read as a day. Write it as {EXAMPLES}.")


def read_day_if_given(text: str | None, what: str, *, is_beginning: bool = False) -> dt.date | None:
    """The day of an option; None where it is not given. Raises UsageError."""
    return None if text is None else read_day(text, what, is_beginning=is_beginning)


def _in_a_form(written: str, forms: tuple[str, ...]) -> dt.date | None:
    for form in forms:
        try:
            return dt.datetime.strptime(written, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None
