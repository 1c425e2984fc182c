"""The one way in which commands understand a day that a person gives."""

import datetime as dt
import re

from pipelines.errors import UsageError

EXAMPLES = "2025-03-31, 31/03/2025, 31 March 2025, today or yesterday"
_DAYS_AGO = {"today": 0, "yesterday": 1}
_FORMS = ("%Y %m %d", "%d %m %Y", "%d %m %y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
"""What a day may look like, with spaces for signs. In figures the day stands before the month, as in England."""


def read_day(text: str, what: str = "The date") -> dt.date:
    """The day that a text means. Raises UsageError, which calls the day `what`.

    A year or a month alone is refused: as a beginning it would mean its first day, as an end its last.

    >>> read_day("01/03/2025") == read_day("1st March 2025") == read_day("2025-3-1") == dt.date(2025, 3, 1)
    True
    """
    written = " ".join(re.split(r"[\s,./-]+", text.strip().casefold()))
    if (ago := _DAYS_AGO.get(written)) is not None:
        return dt.datetime.now(dt.UTC).astimezone().date() - dt.timedelta(days=ago)
    written = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", written)
    for form in _FORMS:
        try:
            return dt.datetime.strptime(written, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise UsageError(
        f"{what} {text!r} can't be read as a day. Write it as {EXAMPLES}; a year or month alone is no day."
    )


def read_day_if_given(text: str | None, what: str) -> dt.date | None:
    """The day of an option; None where it is not given. Raises UsageError."""
    return None if text is None else read_day(text, what)
