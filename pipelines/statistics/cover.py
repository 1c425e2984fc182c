"""What an edition says of itself: its title, the date it counts at, its cut-off and the day it was issued.

Sentences such as "Inspections as at 31 March 2025, with a report published by 30 June 2025" are looked for on the
cover, without one on the first sheets, and in the titles of the tables. All that are found must agree.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from pipelines.report_kinds.matching import found_in
from pipelines.statistics.cells import EARLIEST, Cell, date_of, refused, written_date
from pipelines.statistics.tables import Sheet
from pipelines.statistics.words import DATE, load_words, plain, sentence_pattern, that_fits

FIRST_SHEETS = 4
"""Of the sheets without a table of ours: what stands before the tables, as contents and notes."""

_HEAD = 40
"""Rows of such a sheet that are looked at."""

_LABEL_AND_VALUE = 2

_WHEN_NOT_ISSUED = dt.timedelta(days=731)
"""After the as-at date: an edition comes out within the year."""


class EditionDates(NamedTuple):
    """The date an edition counts at, the day by which reports had to be published, and the day of its issue."""

    as_at: dt.date
    published_by: dt.date | None
    issued: dt.date | None


class _Said(NamedTuple):
    """A date that a cell says, by the code of the sentence."""

    code: str
    date: dt.date
    cell: Cell


def edition_dates(file_name: str, others: Sequence[Sheet], above: Sequence[Sheet]) -> EditionDates:
    """The dates of an edition. Raises UnusableEditionError where it has none to count at, or says two.

    `others` are the sheets without a table of ours, `above` what stands above the tables: only titles are looked at.
    """
    covers = [sheet for sheet in others if found_in(load_words().cover_names, plain(sheet.name))]
    said = [one for sheet in covers for one in _said_on(sheet, _HEAD)]
    if not any(one.code == "as_at_date" for one in said):
        first = [sheet for sheet in others[:FIRST_SHEETS] if sheet not in covers]
        said += [one for sheet in first for one in _said_on(sheet, _HEAD)]
        covers += first
    said += [one for sheet in above for one in _said_on(sheet, 1) if one.code == "as_at_date"]
    as_at = _agreed(said, "as_at_date") or _agreed(said, "last_day")
    if as_at is None:
        looked_at = ", ".join(sheet.name for sheet in (*covers, *above))
        raise refused(file_name, f"it does not say as at which date it counts; looked for on the sheets {looked_at}")
    return _in_order(file_name, EditionDates(as_at, _agreed(said, "published_by_date"), _agreed(said, "issued_date")))


def latest_date(dates: EditionDates) -> dt.date:
    """The last day of publication that can stand in an edition."""
    return dates.issued or dates.as_at + _WHEN_NOT_ISSUED


def title_of(others: Iterable[Sheet]) -> str | None:
    """The title that the cover has on top; where that is only the word, what stands beside its first label."""
    covers = (sheet for sheet in others if found_in(load_words().cover_names, plain(sheet.name)))
    for sheet in covers:
        rows = [sheet.filled(row) for row in range(len(sheet.rows))]
        texts = [[cell.text for cell in cells] for cells in rows if cells]
        if texts and not found_in(load_words().cover_names, plain(texts[0][0])):
            return texts[0][0]
        return next((beside[1] for beside in texts if beside[0].endswith(":") and len(beside) > 1), None)
    return None


def _said_on(sheet: Sheet, n_rows: int) -> list[_Said]:
    """The dates that the first rows of a sheet say."""
    said: list[_Said] = []
    filled = (cells for row in range(len(sheet.rows)) if (cells := sheet.filled(row)))
    for cells in islice(filled, n_rows):
        said += [one for cell in cells if isinstance(cell.value, str) for one in _said_in(cell)]
        if len(cells) == _LABEL_AND_VALUE and that_fits(load_words().issued_labels, cells[0].text):
            issued = date_of(cells[1], dt.date.max)
            said += [_Said("issued_date", issued, cells[1])] if issued else []
    return said


def _said_in(cell: Cell) -> list[_Said]:
    """The dates in the sentences of a cell, the last of each sentence. Raises UnusableEditionError for no real day."""
    said: list[_Said] = []
    for sentence in load_words().sentences:
        for found in sentence_pattern(sentence).finditer(plain(cell.text)):
            date = written_date(re.findall(DATE, found[0])[-1])
            if date is None or date < EARLIEST:
                raise cell.refused("a sentence with a date that there is")
            said.append(_Said(sentence.code, date, cell))
    return said


def _agreed(said: Iterable[_Said], code: str) -> dt.date | None:
    """The one date that all sentences of a code say; None where there are none."""
    of_code = [one for one in said if one.code == code]
    for one in of_code:
        if one.date != of_code[0].date:
            first = of_code[0]
            raise one.cell.refused(f"{first.date}, as in cell {first.cell.name} of sheet {first.cell.sheet!r}")
    return of_code[0].date if of_code else None


def _in_order(file_name: str, dates: EditionDates) -> EditionDates:
    """The dates, if an edition can have been issued so. Raises UnusableEditionError otherwise."""
    in_order = [date for date in dates if date]
    if in_order != sorted(in_order):
        said = f"as at {dates.as_at}, with reports published by {dates.published_by}, issued on {dates.issued}"
        raise refused(file_name, f"it says that it counts {said}: these days are not in order")
    return dates
