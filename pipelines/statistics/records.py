"""The rows of a table become inspections and visits: one for each group of columns that is filled in."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from itertools import permutations
from typing import NamedTuple

from msgspec.structs import replace

from pipelines.report_kinds.registry import load_frameworks
from pipelines.statistics.cells import Cell, count_of, date_of, grade_of
from pipelines.statistics.cover import EditionDates, latest_date
from pipelines.statistics.rows import OfficialGrade, OfficialRow, SheetFamily
from pipelines.statistics.tables import Table, each_row, family_of
from pipelines.statistics.words import Field, Group, Kind, Meaning, is_ended, load_words, plain, that_fits, theme_named

LONGEST_TO_PUBLICATION = 730
"""Days. The longest in the editions of 2022, 2023 and 2025 is 225; more is a year mistyped."""

_FARTHEST = 92
"""Days between a date and a framework's time in force, within which it may still be that of one of its inspections."""

_LA_CODE = re.compile(r"[A-Z]\d{8}|\d{3}")
_ITEMS: tuple[Field, ...] = (
    "name", "la_code", "region", "start_date", "published_date", "inspection_kind", "theme", "outcome",
)  # fmt: skip
_COUNTS: tuple[Field, ...] = ("n_weaknesses", "n_with_sufficient_progress", "n_without_sufficient_progress")


class _Part(NamedTuple):
    """The cells of one inspection in a row, and those about its authority."""

    family: SheetFamily
    is_abolished: bool
    group: Group | None
    about: dict[Field, Cell]
    own: dict[Meaning, Cell]

    @property
    def rank(self) -> int:
        """The place that its headers give it among the inspections of one framework."""
        is_again = self.group is not None and self.group.inspection_kind == "reinspection"
        return max((meaning.ordinal for meaning in self.own), default=1) + is_again

    @property
    def first(self) -> Cell:
        """The first of its cells, of a row that is one inspection the first of all."""
        return min(self.own.values() if self.group else self.about.values(), key=lambda cell: cell.column)

    def cell(self, field: Field) -> Cell | None:
        """The cell of a field; None without such a column."""
        own = (cell for meaning, cell in self.own.items() if meaning.column.field == field)
        return self.about.get(field) or next(own, None)

    def text(self, field: Field) -> str | None:
        """What stands in the cell of a field; None where it is blank."""
        cell = self.cell(field)
        return cell.text if cell and not cell.is_blank else None


def rows_of(table: Table, dates: EditionDates) -> list[OfficialRow]:
    """What a table tells of, in its order. Raises UnusableEditionError for a cell that is not understood.

    No inspection begins after the date that the edition counts at, and no report comes out after the edition itself.
    """
    family = family_of(table)
    rows: list[OfficialRow] = []
    for cells in each_row(table):
        parts = _parts(family, table.is_abolished, cells)
        found = [(part, row) for part in parts if (row := _row(part, dates))]
        _check_order(found)
        rows += [row for _, row in found] or [_bare_row(parts[0], is_inspected=False)]
    return _numbered(rows) if family == "history" else rows


def _parts(family: SheetFamily, is_abolished: bool, cells: dict[Meaning, Cell]) -> list[_Part]:
    """The inspections that a row may have. The first is that of no group: in a wide table it has no columns."""
    fields = {column.field for column in load_words().authority_columns}
    about = {one.column.field: cell for one, cell in cells.items() if one.column.field in fields}
    own: dict[tuple[Group | None, int], dict[Meaning, Cell]] = {(None, 1): {}}
    for meaning, cell in cells.items():
        if meaning.column.field not in fields:
            own.setdefault((meaning.group, meaning.ordinal), {})[meaning] = cell
    return [_Part(family, is_abolished, group, about, its_cells) for (group, _), its_cells in own.items()]


def _row(part: _Part, dates: EditionDates) -> OfficialRow | None:
    """The inspection in a part of a row; None where the part is blank or says that there was none yet."""
    filled = [cell for cell in part.own.values() if not cell.is_blank]
    if not part.own or (part.group and not filled):
        return None
    if says_none := [cell for cell in filled if that_fits(load_words().not_inspected, cell.text)]:
        for cell in filled:
            if cell not in says_none and not that_fits(load_words().no_value, cell.text):
                raise cell.refused(f"nothing, as {says_none[0].name} says {says_none[0].text!r}")
        return None if part.group else _bare_row(part, is_inspected=False)
    start, published = _dates(part, dates)
    row = replace(_bare_row(part, is_inspected=True), start_date=start, published_date=published)
    row = _with_kind(part, row)
    counts = {field: count_of(counted) for field in _COUNTS if (counted := part.cell(field))}
    row = replace(row, grades=_grades(part, row), **counts)
    return _with_outcome(part, _with_theme(part, row))


def _bare_row(part: _Part, *, is_inspected: bool) -> OfficialRow:
    """What a row says of its authority."""
    name, la_code, status = part.about["name"], part.cell("la_code"), part.cell("status")
    if name.is_blank:
        raise name.refused("the name of a local authority")
    if la_code and not la_code.is_blank and not _LA_CODE.fullmatch(la_code.text):
        raise la_code.refused("a code like E09000002 or 301")
    if status and not status.is_blank and not that_fits(load_words().statuses, status.text):
        raise status.refused("a known status of an authority, or nothing")
    activity_kind, framework_family = _told_by_columns(part)
    return OfficialRow(
        sheet=name.sheet,
        row_number=name.row + 1,
        cell=part.first.name,
        family=part.family,
        activity_kind=activity_kind,
        framework_family=framework_family,
        inspection_kind=part.group.inspection_kind if part.group else None,
        is_inspected=is_inspected,
        is_abolished=part.is_abolished or is_ended(part.text("status") or ""),
        name=name.text,
        la_code=part.text("la_code"),
        region=part.text("region"),
        authority_type=part.text("authority_type"),
        status=part.text("status"),
        cells={item: cell.name for item in _ITEMS if (cell := part.cell(item))},
    )


def _check_order(found: Iterable[tuple[_Part, OfficialRow]]) -> None:
    """Raise UnusableEditionError where a second inspection is older than the first: columns changed places."""
    of_groups = [(part, row) for part, row in found if part.group]
    for (part, row), (later_part, later) in permutations(of_groups, 2):
        is_earlier = part.rank < later_part.rank and row.framework_family == later.framework_family
        if is_earlier and row.about and later.about and row.about > later.about:
            cell = later_part.cell("start_date") or later_part.cell("published_date") or later_part.first
            raise cell.refused(f"a date that is not before that of {part.first.name}, an earlier inspection")


def _told_by_columns(part: _Part) -> tuple[str, str | None]:
    """The kind of activity and the family of frameworks that the columns of a part say."""
    special = next((one.column for one in part.own if one.column.activity_kind), None)
    default = load_words().default_activity_kind
    if part.group:
        return part.group.activity_kind or default, part.group.framework_family
    return (special.activity_kind or default, special.framework_family) if special else (default, None)


def _dates(part: _Part, dates: EditionDates) -> tuple[dt.date | None, dt.date | None]:
    """First day and day of publication, of which one may be missing."""
    started, printed = part.cell("start_date"), part.cell("published_date")
    start = date_of(started, dates.as_at) if started else None
    published = date_of(printed, latest_date(dates)) if printed else None
    if start is None and published is None:
        raise (started or printed or part.first).refused("a date: the row has none of an inspection or a publication")
    if printed and start and published and not 0 <= (published - start).days <= LONGEST_TO_PUBLICATION:
        raise printed.refused(f"a date from {start}, the first day, to {LONGEST_TO_PUBLICATION} days later")
    return start, published


def _with_kind(part: _Part, row: OfficialRow) -> OfficialRow:
    """The row with what its type, its group or else its date says of its kind."""
    cell = part.cell("inspection_kind")
    kind = _kind_in(cell) if cell else None
    if cell and kind:
        if part.group and kind.framework_family != part.group.framework_family:
            raise cell.refused(f"a type of inspection of {part.group.group!r}")
        row = replace(row, activity_kind=kind.activity_kind, framework_family=kind.framework_family)
        return replace(row, inspection_kind=kind.inspection_kind, kind_as_published=cell.text)
    if cell and not any(not graded.is_blank for graded in _graded_cells(part)):
        raise cell.refused("the type of inspection or visit, as the row has no grades either")
    if row.framework_family is None:
        return replace(row, framework_family=_family_on(part, row))
    return row


def _kind_in(cell: Cell) -> Kind | None:
    if cell.is_blank or that_fits(load_words().no_value, cell.text):
        return None
    kind = that_fits(load_words().kinds, cell.text)
    if kind is None:
        raise cell.refused("a known type of inspection or visit, such as ILACS Short Inspection")
    return kind


def _family_on(part: _Part, row: OfficialRow) -> str:
    """The family of the frameworks for full inspections that was in force; of two the one that came to stay."""
    about = row.about or dt.date.max
    kinds = [one for one in load_frameworks() if one.is_graded and one.activity_kind == row.activity_kind]
    nearest = min(kinds, key=lambda one: (one.days_away(about), not one.is_current_programme))
    if nearest.days_away(about) > _FARTHEST:
        cell = part.cell("start_date") or part.cell("published_date") or part.first
        raise cell.refused("a date at which a known framework of inspections was in force")
    return nearest.framework_family


def _graded_cells(part: _Part) -> list[Cell]:
    return [cell for one, cell in part.own.items() if one.column.field == "grade"]


def _grades(part: _Part, row: OfficialRow) -> tuple[OfficialGrade, ...]:
    """The grades of an inspection, in the order of its columns; a visit has none."""
    words = load_words()
    found = {
        cell: OfficialGrade(meaning.column.area_code or "", grade, cell.text, cell.name)
        for meaning, cell in part.own.items()
        if meaning.column.field == "grade" and (grade := grade_of(cell))
    }
    is_graded = row.activity_kind == words.default_activity_kind
    if is_graded and not found:
        raise (_graded_cells(part) or [part.first])[0].refused("a grade, as this is a full inspection")
    taken: Counter[str] = Counter()
    for cell, one in found.items():
        if not is_graded and not that_fits(words.no_value, cell.text):
            raise cell.refused(f"no grade, as this is no full inspection but {row.kind_as_published!r}")
        taken[one.area_code] += 1
        if taken[one.area_code] > 1:
            raise cell.refused(f"nothing, as another column of this row has a grade for {one.area_code!r} too")
    return tuple(found.values()) if is_graded else ()


def _with_theme(part: _Part, row: OfficialRow) -> OfficialRow:
    cell = part.cell("theme")
    if cell is None or cell.is_blank or that_fits(load_words().no_value, cell.text):
        return row
    theme = theme_named(cell.text)
    if theme is None:
        raise cell.refused("a theme of visits that themes.toml knows")
    return replace(row, theme_code=theme, theme_as_published=cell.text)


def _with_outcome(part: _Part, row: OfficialRow) -> OfficialRow:
    cell = part.cell("outcome")
    if cell is None:
        return row
    words = [one for one in load_words().outcomes if one.activity_kind == row.activity_kind]
    outcome = that_fits(words, cell.text)
    if outcome is None:
        raise cell.refused(f"an outcome ({', '.join(one.matches[0].capitalize() for one in words)})")
    return replace(row, outcome_code=outcome.code, outcome_as_published=cell.text)


def _numbered(rows: Iterable[OfficialRow]) -> list[OfficialRow]:
    """Rows of a history with their place among the inspections of one authority and family, by date."""
    rows = list(rows)
    numbers: Counter[tuple[str, bool, str | None]] = Counter()
    place: dict[int, int] = {}
    for index, row in sorted(enumerate(rows), key=lambda one: (one[1].about or dt.date.max, one[0])):
        if row.is_inspected:
            key = (plain(row.name), row.is_abolished, row.framework_family)
            numbers[key] += 1
            place[index] = numbers[key]
    return [replace(row, number=place.get(index)) for index, row in enumerate(rows)]
