"""The tables of a sheet: found by their header cells wherever they stand, each column with its meaning.

A row is a header where three of its cells at least are known columns, one of them of an authority or an inspection.
Then every cell of it must be known: a column that nobody understands is refused, not skipped.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipelines.report_kinds.matching import found_in
from pipelines.statistics.cells import Cell
from pipelines.statistics.rows import SheetFamily
from pipelines.statistics.words import (
    Field,
    Group,
    Meaning,
    is_ended,
    is_foreign,
    load_words,
    meaning_of,
    plain,
    that_fits,
)

OTHER_PROVIDERS = "a list of other providers"
NO_TABLE = "no table of local authorities"
_KNOWN_COLUMNS = 3
_DATES: tuple[Field, ...] = ("start_date", "published_date")
_OF_ROWS: tuple[Field, ...] = (*_DATES, "web_link", "la_code", "name", "status", "inspection_kind")
"""Fields of which a table with one inspection or authority a row has one at least."""


class Sheet(NamedTuple):
    """A sheet as it is read: all its rows, from its first cell on."""

    file_name: str
    name: str
    rows: list[list[Any]]

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, counted from 0."""
        return Cell(self.file_name, self.name, row, column, self.rows[row][column])

    def filled(self, row: int) -> list[Cell]:
        """The cells of a row that hold something."""
        cells = (self.cell(row, column) for column, value in enumerate(self.rows[row]) if value != "")
        return [cell for cell in cells if not cell.is_blank]


class Table(NamedTuple):
    """A table of local authorities: what its columns mean, by their place, and the rows below its header."""

    sheet: Sheet
    header_row: int
    columns: dict[int, Meaning]
    is_abolished: bool
    data: list[int]

    def column_of(self, field: Field, group: Group | None = None) -> int | None:
        """Where the first column of a field stands among those of a group, or of no group."""
        fits = (n for n, one in self.columns.items() if (one.column.field, one.group) == (field, group))
        return next(fits, None)

    def texts(self, field: Field) -> list[str]:
        """What stands in the column of a field, in each row; nothing without such a column."""
        column = self.column_of(field)
        return [] if column is None else [self.sheet.cell(row, column).text for row in self.data]


class Found(NamedTuple):
    """The tables of a sheet, or why it is left."""

    tables: list[Table]
    why_left: str = ""


def find_tables(sheet: Sheet) -> Found:
    """Every table of local authorities in a sheet, with its data rows; a row with text in one cell is a title or note.

    Raises UnusableEditionError for a header that is known in part, or a cell below none.
    """
    tables: list[Table] = []
    above: list[list[Cell]] = []
    title = ""
    for row in range(len(sheet.rows)):
        cells = sheet.filled(row)
        if not cells:
            continue
        if not tables and _lists_other_providers(cells):
            return Found([], OTHER_PROVIDERS)
        if _is_header(cells):
            _refuse_above(above, row)
            is_abolished = found_in(load_words().abolished_titles, plain(title)) is not None
            tables.append(Table(sheet, row, _columns(cells), is_abolished, []))
        elif len(cells) == 1 and isinstance(cells[0].value, str):
            title = cells[0].text
            continue
        elif tables:
            _refuse_outside(cells, tables[-1])
            tables[-1].data.append(row)
        else:
            above.append(cells)
        title = ""
    for table in tables:
        _check_columns(table)
    return Found(tables, "" if tables else NO_TABLE)


def _known(cells: Iterable[Cell]) -> set[Meaning]:
    return {meaning for cell in cells if (meaning := meaning_of(cell.text))}


def _has_name(meanings: Iterable[Meaning]) -> bool:
    return any(one.column.field == "name" for one in meanings)


def _is_header(cells: list[Cell]) -> bool:
    """Whether these are the columns of ours. A table of figures may have those of grades, as a chart's does."""
    known = _known(cells)
    return len(known) >= _KNOWN_COLUMNS and any(one.column.field in _OF_ROWS for one in known)


def _lists_other_providers(cells: list[Cell]) -> bool:
    """Whether a header is that of children's homes and the like, with their numbers and types."""
    if not any(is_foreign(cell.text, "urn") for cell in cells):
        return False
    is_typed = any(is_foreign(cell.text, "provision_type") for cell in cells)
    return is_typed or (_is_header(cells) and not _has_name(_known(cells)))


def _columns(header: list[Cell]) -> dict[int, Meaning]:
    """The meaning of each column. Raises UnusableEditionError for a header that has none, or another one's."""
    has_name = _has_name(_known(header))
    columns: dict[int, Meaning] = {}
    for cell in header:
        meaning = meaning_of(cell.text)
        if meaning is None:
            expected = "a column that pipelines/statistics/columns.toml knows: add a new spelling there"
            raise cell.refused(expected if has_name else f"the column of the authorities' names, or else {expected}")
        if meaning in columns.values():
            raise cell.refused("another column: one with this meaning stands in this row already")
        columns[cell.column] = meaning
    if not has_name:
        raise header[0].refused("a row with a column of the authorities' names: this header has none")
    return columns


def _refuse_above(above: Iterable[list[Cell]], header_row: int) -> None:
    """Raise UnusableEditionError for a row with a date, as an inspection has one, that is not below a header."""
    for cells in above:
        if len(cells) >= _KNOWN_COLUMNS and (dated := [one for one in cells if isinstance(one.value, dt.date)]):
            raise dated[0].refused(f"no date, as the header stands below it, in row {header_row + 1}")


def _refuse_outside(cells: list[Cell], table: Table) -> None:
    for cell in cells:
        if cell.column not in table.columns:
            raise cell.refused(f"nothing, as the header in row {table.header_row + 1} is blank there")


def _check_columns(table: Table) -> None:
    """Raise UnusableEditionError where a table lacks a column that it must have."""
    header = table.sheet.cell(table.header_row, min(table.columns))
    for place in dict.fromkeys((one.group, one.ordinal) for one in table.columns.values()):
        group, _ = place
        own = [one.column for one in table.columns.values() if (one.group, one.ordinal) == place]
        if group is None and _has_groups(table):
            continue
        whose = f"a header with columns of {group.group!r}, among them" if group else "a header with"
        if not any(column.field in _DATES for column in own):
            raise header.refused(f"{whose} a date of inspection or publication")
        if group and not any(column.field in ("grade", "outcome") for column in own):
            raise header.refused(f"{whose} a grade or outcome")
        is_graded = table.column_of("outcome") is None and family_of(table) != "in_year"
        areas = load_words().must_have_areas
        if is_graded and not group and not {column.area_code for column in own} & set(areas):
            raise header.refused(f"{whose} grades, of {' or '.join(areas)} at least")


def _has_groups(table: Table) -> bool:
    """Whether the inspections of a table are in groups of columns. A revisit is none: it is beside the first visit."""
    return any(one.group and one.group.activity_kind is None for one in table.columns.values())


def family_of(table: Table) -> SheetFamily:
    """What a table tells of: its columns decide, and where they leave it open, whether authorities come back.

    Several inspections in one row are a history; types with themes, or with a visit among them, tell of a year. Of the
    others a table with types or statuses is a history where an authority has ended, or more than a few rows name one
    again; else a table has the latest inspection of each authority: a snapshot, whatever columns were added to it.
    """
    words = load_words()
    if table.column_of("outcome") is not None:
        return "snapshot"
    if _has_groups(table):
        return "history"
    is_typed = table.column_of("inspection_kind") is not None
    kinds = [kind for text in table.texts("inspection_kind") if (kind := that_fits(words.kinds, text))]
    has_visits = any(kind.activity_kind != words.default_activity_kind for kind in kinds)
    if has_visits or (is_typed and table.column_of("theme") is not None):
        return "in_year"
    names, statuses = [plain(name) for name in table.texts("name")], table.texts("status")
    comes_back = len(names) - len(set(names)) > words.share_of_repeats * len(names)
    has_ended = any(is_ended(status) for status in statuses)
    return "history" if has_ended or ((is_typed or statuses) and comes_back) else "snapshot"


def each_row(table: Table) -> Iterator[dict[Meaning, Cell]]:
    """The cells of each data row by what they mean, blank ones too."""
    for row in table.data:
        yield {meaning: table.sheet.cell(row, column) for column, meaning in table.columns.items()}
