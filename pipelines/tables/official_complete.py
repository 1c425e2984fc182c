"""Whether an edition of Ofsted's statistics is whole: half a table must not pass for all of it.

Each sheet is held against the authorities that existed, and the sheets of one edition against each other. What is
missing refuses the edition: a difference that comes from a cut-off file would be put down to Ofsted, or to us.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from pipelines.statistics.cells import refused
from pipelines.statistics.rows import Edition, OfficialRow, UnusableEditionError
from pipelines.statistics.words import load_words
from pipelines.tables.authorities import Authority, AuthorityReference

NEAREST = 45
"""Days between two first days that editions, or their sheets, print for one inspection. In the edition of 2023 the
inspection of Cumbria begins on 20 September on one sheet and on the 21st on the next. Two full inspections of an
authority are never less than 622 days apart."""

LONGEST = 365
"""Days from the first day to the publication, where two sheets print one of them each; at most 225 seen."""

_NAMES_SHOWN = 12


class Resolved(NamedTuple):
    """A row of an edition with the authority that its name means."""

    row: OfficialRow
    authority: Authority


def row_refused(edition: Edition, row: OfficialRow, expected: str) -> UnusableEditionError:
    """The error for a row whose authority can't be, with the cell of its name."""
    place = f"sheet {row.sheet!r}, cell {row.cells['name']} holds {row.name!r}"
    return refused(edition.file_name, f"{place}. Expected there: {expected}")


def check_complete(edition: Edition, resolved: Iterable[Resolved], authorities: AuthorityReference) -> None:
    """Raise UnusableEditionError where rows of an edition are missing, or stand in it twice."""
    rows = list(resolved)
    _check_twice(edition, rows)
    expected = list(existing_on(authorities, edition.as_at_date))
    never = {one.authority.authority_id for one in rows if one.row.family == "snapshot" and not one.row.is_inspected}
    for sheet, of_sheet in groupby(rows, key=lambda one: one.row.sheet):
        on_sheet = list(of_sheet)
        may_lack = never if on_sheet[0].row.family == "history" else set()
        _check_authorities(edition, sheet, on_sheet, [one for one in expected if one.authority_id not in may_lack])
    full = [one for one in rows if _is_full(one.row) and one.row.is_inspected]
    snapshot = [one for one in full if one.row.family == "snapshot"]
    history = [one for one in full if one.row.family == "history"]
    for _, of_sheet in groupby(history, key=lambda one: one.row.sheet):
        _check_holds(edition, list(of_sheet), snapshot)
    in_year = [one for one in rows if one.row.family == "in_year"]
    if in_year:
        _check_holds(edition, in_year, (one for one in (*snapshot, *history) if _is_within_year(edition, one.row)))


def settled(resolved: Iterable[Resolved]) -> list[Resolved]:
    """Rows with the framework of the same inspection in a history, where a snapshot had nothing but a date to tell it.

    From January to July 2018 two frameworks were in force: at 31 March 2022 the latest inspections of Darlington,
    Lambeth, Lancashire, Torbay and Wandsworth are of that time, and of the older one.
    """
    rows = list(resolved)
    history = [one for one in rows if one.row.family == "history" and _is_full(one.row) and one.row.is_inspected]
    return [_settled(one, history) for one in rows]


def _settled(one: Resolved, history: Iterable[Resolved]) -> Resolved:
    row = one.row
    if row.family == "history" or row.kind_as_published or not (_is_full(row) and row.is_inspected):
        return one
    told = [other.row.framework_family for other in history if other.authority == one.authority
            and _have_near_dates(row, other.row)]  # fmt: skip
    return one if not told or row.framework_family in told else one._replace(row=replace(row, framework_family=told[0]))


def _is_full(row: OfficialRow) -> bool:
    return row.activity_kind == load_words().default_activity_kind


def _is_within_year(edition: Edition, row: OfficialRow) -> bool:
    as_at = edition.as_at_date
    first = as_at.replace(year=as_at.year - 1, day=min(as_at.day, 28) if as_at.month == 2 else as_at.day)
    return row.start_date is not None and first < row.start_date <= as_at


def _check_twice(edition: Edition, rows: Iterable[Resolved]) -> None:
    """A snapshot has an authority once, any sheet an inspection once."""
    seen: dict[tuple[object, ...], OfficialRow] = {}
    for row, authority in rows:
        if row.family == "snapshot":
            key: tuple[object, ...] = (row.family, authority.authority_id, row.activity_kind)
        else:
            areas = tuple(grade.area_code for grade in row.grades)
            date = row.start_date or row.published_date
            key = (row.sheet, authority.authority_id, row.activity_kind, row.framework_family, date, areas)
        if first := seen.get(key):
            raise row_refused(
                edition, row, f"another authority or inspection: row {first.row_number} of {first.sheet!r} has this one"
            )
        seen[key] = row


def _check_authorities(edition: Edition, sheet: str, rows: list[Resolved], expected: Iterable[Authority]) -> None:
    """A snapshot of full inspections and a history in one row each name all authorities there were at its date.

    A history may lack those of which a snapshot says that they had no inspection.
    A table that lists inspections, or what took place once in each area, may lack an authority that is younger than its
    first inspection. The file on areas' services for special needs of 2016-22 lacks three of 152, new in 2019 and 2021.
    """
    family = rows[0].row.family
    if family == "in_year":
        return
    as_at = edition.as_at_date
    is_wide = len({one.row.row_number for one in rows}) < len(rows)
    is_whole = is_wide if family == "history" else any(_is_full(one.row) for one in rows)
    first = min((about for one in rows if (about := one.row.about)), default=as_at)
    since = as_at if is_whole else first
    named = {one.authority.authority_id for one in rows}
    missing = sorted(
        one.authority_name
        for one in expected
        if one.authority_id not in named and (one.valid_from_date or dt.date.min) <= since
    )
    if missing:
        shown = ", ".join(missing[:_NAMES_SHOWN]) + (", ..." if len(missing) > _NAMES_SHOWN else "")
        why = f"sheet {sheet!r} has no row for {len(missing)} of the authorities that existed on {as_at}: {shown}"
        raise refused(edition.file_name, f"{why}. Rows are missing: fetch the file again")


def existing_on(authorities: AuthorityReference, date: dt.date) -> Iterator[Authority]:
    """Each authority that existed on a date, once."""
    known = {one.authority_id: one for named in authorities.by_name.values() for one in named}
    return (one for one in known.values() if one.existed_in(date, date))


def _check_holds(edition: Edition, rows: list[Resolved], expected: Iterable[Resolved]) -> None:
    """Raise UnusableEditionError where a sheet lacks an inspection that another sheet of the edition has."""
    for one in expected:
        if not any(_is_same(one, other) for other in rows):
            place = f"row {one.row.row_number} of sheet {one.row.sheet!r}"
            date = one.row.start_date or one.row.published_date
            sheets = " and ".join(sorted({other.row.sheet for other in rows}))
            why = f"sheet {sheets} lacks the inspection of {one.row.name} of {date}, which stands in {place}"
            raise refused(edition.file_name, f"{why}. Rows are missing: fetch the file again")


def _is_same(one: Resolved, other: Resolved) -> bool:
    """Whether two rows tell of one full inspection: the same authority and framework, and dates that can be its own."""
    is_alike = one.authority == other.authority and one.row.framework_family == other.row.framework_family
    return is_alike and _have_near_dates(one.row, other.row)


def _have_near_dates(row: OfficialRow, its: OfficialRow) -> bool:
    """Whether the dates of two rows can be those of one inspection."""
    if row.start_date and its.start_date:
        return abs((row.start_date - its.start_date).days) <= NEAREST
    if row.published_date and its.published_date:
        return abs((row.published_date - its.published_date).days) <= NEAREST
    start, published = row.start_date or its.start_date, row.published_date or its.published_date
    return start is not None and published is not None and 0 <= (published - start).days <= LONGEST
