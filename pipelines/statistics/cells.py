"""A sheet's cells with their place, and the values they hold; one that can't be used is refused with its place."""

import datetime as dt
import re
from typing import Any, NamedTuple

from pipelines.report_kinds.registry import load_grades
from pipelines.statistics.rows import UnusableEditionError
from pipelines.statistics.words import DATE, grade_named, load_words, plain, says_nothing, that_fits, without_marks

EARLIEST = dt.date(2005, 1, 1)
"""The first joint area reviews: no edition tells of an older inspection."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                 "november", "december")  # fmt: skip
_MONTH_NAMES = {name: n for names in (_MONTHS, _WHOLE_MONTHS) for n, name in enumerate(names, start=1)} | {"sept": 9}
_TIME = re.compile(r"(?<=\d)[t ]00:00(?::00(?:\.0+)?)?$")
_LONGEST_SHOWN = 80


class Cell(NamedTuple):
    """A cell: where it stands and what it holds. Rows and columns count from 1 in names, from 0 here."""

    file_name: str
    sheet: str
    row: int
    column: int
    value: Any

    @property
    def name(self) -> str:
        """As a spreadsheet names it.

        >>> Cell("a.ods", "S", 10, 27, "").name
        'AB11'
        """
        letters, left = "", self.column + 1
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row + 1}"

    @property
    def written(self) -> str:
        """What it holds as text, one blank between words; a whole number without its point. Empty for a blank cell."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).split()) if value is not None else ""

    @property
    def text(self) -> str:
        """What it holds as text, without the marks of notes."""
        return without_marks(self.written)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it but blanks, marks and words that say so."""
        return says_nothing(self.written)

    def refused(self, expected: str) -> UnusableEditionError:
        """The error for a cell that can't be used: where it is, what it holds and what was expected there."""
        shown = self.written if len(self.written) <= _LONGEST_SHOWN else f"{self.written[:_LONGEST_SHOWN]} ..."
        holds = f"holds {shown!r}" if shown else "is blank"
        return refused(self.file_name, f"sheet {self.sheet!r}, cell {self.name} {holds}. Expected there: {expected}")


def refused(file_name: str, why: str) -> UnusableEditionError:
    """The error for a file that can't be used. Nothing of it is kept: half an edition would pass for a whole one."""
    return UnusableEditionError(f"{file_name} can't be used: {why}")


def date_of(cell: Cell, latest: dt.date) -> dt.date | None:
    """The date in a cell, None where it is blank or a dash. Raises UnusableEditionError, also for one out of range."""
    if cell.is_blank or that_fits(load_words().no_value, cell.text):
        return None
    date = _as_date(cell.value)
    if date is None or not EARLIEST <= date <= latest:
        raise cell.refused(f"a date from {EARLIEST} to {latest}")
    return date


def _as_date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else written_date(value) if isinstance(value, str) else None


def written_date(text: str) -> dt.date | None:
    """The day that a whole text is the date of, the day before the month; None where there is no such day.

    >>> str(written_date("18 February 2019")), str(written_date("18/02/2019")), str(written_date("2019-02-18T00:00:00"))
    ('2019-02-18', '2019-02-18', '2019-02-18')
    >>> str(written_date("18th of February 2019")), str(written_date("18-Feb-2019")), str(written_date("2019/02/18"))
    ('2019-02-18', '2019-02-18', '2019-02-18')
    >>> written_date("02/18/2019"), written_date("31 April 2023"), written_date("February 2019")
    (None, None, None)
    """
    text = _TIME.sub("", plain(text))
    if not re.fullmatch(DATE, text):
        return None
    first, month, last = (part for part in re.split(r"[ /.,-]+", text) if part != "of")
    day, year = (last, first) if re.fullmatch(r"\d{4}", first) else (re.sub(r"\D", "", first), last)
    number = int(month) if month.isdigit() else _MONTH_NAMES.get(month, 0)
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None


def grade_of(cell: Cell) -> str | None:
    """The grade in a cell, None where it is blank. Raises UnusableEditionError for any other word."""
    if cell.is_blank:
        return None
    grade = grade_named(cell.text)
    if grade is None:
        raise cell.refused(f"a grade ({', '.join(one.label for one in load_grades())}), a dash or nothing")
    return grade


def count_of(cell: Cell) -> int | None:
    """The count in a cell, None where it is blank or a dash. Raises UnusableEditionError for anything else."""
    if cell.is_blank or that_fits(load_words().no_value, cell.text):
        return None
    if not re.fullmatch(r"\d{1,3}", cell.text):
        raise cell.refused("a whole number")
    return int(cell.text)
