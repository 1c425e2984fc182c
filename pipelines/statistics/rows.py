"""What an edition of Ofsted's statistics holds: the contract between its reader and the tables."""

import datetime as dt
from typing import Literal

import msgspec

from pipelines.errors import UsageError

DAYS_TO_PUBLICATION = 62
"""From the first day of an inspection to its report, as a rule: a bound where an edition gives only the second date."""

SheetFamily = Literal["snapshot", "in_year", "history"]
"""The latest full inspection of each authority; all that took place in a year; all since a framework began."""


class UnusableEditionError(UsageError):
    """A file of statistics that can't be used; the message names the cell and what was expected there."""


class OfficialGrade(msgspec.Struct, frozen=True):
    """A grade that an edition prints, and the cell that holds it ("I11")."""

    area_code: str
    grade: str
    grade_as_published: str
    cell: str


class OfficialRow(msgspec.Struct, frozen=True, kw_only=True):
    """One inspection or visit that an edition tells of; or that an authority has had none (`is_inspected` is false).

    A row of a sheet gives several where it has several groups of columns. `cell` is the first of the group's cells, and
    `cells` those of single items: start_date, published_date, inspection_kind, theme, outcome, name, la_code, region.
    `row_number` counts from 1, as a spreadsheet shows it. `number` is the place among the inspections of one framework
    and authority in a history, by date. Text "as published" has one blank between words and none around them.
    """

    sheet: str
    row_number: int
    cell: str
    family: SheetFamily
    activity_kind: str
    framework_family: str | None
    inspection_kind: str | None = None
    number: int | None = None
    is_inspected: bool
    is_abolished: bool
    """The sheet says that the authority no longer exists."""
    name: str
    la_code: str | None = None
    region: str | None = None
    authority_type: str | None = None
    status: str | None = None
    start_date: dt.date | None = None
    published_date: dt.date | None = None
    kind_as_published: str | None = None
    theme_code: str | None = None
    theme_as_published: str | None = None
    outcome_code: str | None = None
    outcome_as_published: str | None = None
    n_weaknesses: int | None = None
    n_with_sufficient_progress: int | None = None
    n_without_sufficient_progress: int | None = None
    grades: tuple[OfficialGrade, ...] = ()
    cells: dict[str, str] = {}

    @property
    def about(self) -> dt.date | None:
        """The first day of the inspection, or about when it must have been; None where there was none."""
        if self.start_date or not self.published_date:
            return self.start_date
        return self.published_date - dt.timedelta(days=DAYS_TO_PUBLICATION)


class SheetLeft(msgspec.Struct, frozen=True):
    """A sheet that was not read, and why. `is_large`: nobody knows what it is, and it may be a table of ours."""

    name: str
    n_rows: int
    why: str
    is_large: bool


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One file of statistics, whole. `edition_id` is from the file's bytes, so that none is taken for another."""

    edition_id: str
    file_sha256: str
    file_name: str
    title: str
    as_at_date: dt.date
    published_by_date: dt.date | None
    issued_date: dt.date | None
    sheets_read: tuple[str, ...]
    sheets_left: tuple[SheetLeft, ...]
    rows: tuple[OfficialRow, ...]


class RefusedEdition(msgspec.Struct, frozen=True):
    """A file of statistics that can't be used, and why."""

    file_name: str
    file_sha256: str
    reason: str
