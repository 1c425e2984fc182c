"""The workbook, `judgements.xlsx`: what an analyst keeps. Each sheet is a query of `sql/workbook`.

Two sheets are no plain rows: "Read me" tells what the others hold, "Neighbours" answers for the authority chosen there.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.exports.excel import colour_grades, height_of, lines_of, new_workbook, set_page, write_sheet
from pipelines.exports.version import INVENTED, DataVersion, read_version
from pipelines.warehouse.headers import SQL_FOLDER, SqlFile, SqlHeaderError, read_query, read_sql_file
from pipelines.warehouse.models import read_models

if TYPE_CHECKING:
    import duckdb
    from xlsxwriter import Workbook

NAME = "judgements.xlsx"
DESCRIPTION = "The workbook for Excel: grades, changes, neighbours, regions, visits and more."
ORDER = (
    "latest",
    "changes",
    "neighbour_list",
    "regions",
    "over_time",
    "history",
    "visits",
    "areas_for_improvement",
    "d2i_summary",
)
"""The sheets with rows, by their files; "Neighbours" comes before its list, "Dictionary" last."""
LICENCE = "Reports: Ofsted, © Crown copyright, Open Government Licence v3.0. Not Ofsted's own workbook."
N_NEIGHBOURS = 10
WIDTH_OF_WORDS = 90
COLOURS_OF_SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D")
_ENTRIES = frozenset(("sheet", "description", "column", "columns_of"))


class Sheet(NamedTuple):
    """A sheet with rows: its name, what a row is, what each column means, and the rows."""

    name: str
    description: str
    meanings: dict[str, str]
    rows: Sequence[Sequence[Any]]

    @property
    def columns(self) -> list[str]:
        """The heads of the columns."""
        return list(self.meanings)


def write_workbook(connection: "duckdb.DuckDBPyConnection", folder: Path, _previous: Path | None = None) -> None:
    """Write the workbook into a folder. Raises SqlHeaderError for a sheet whose columns are not those of its header."""
    connection.execute(f"create or replace temp table grades_in_words as {read_query('workbook/grades_in_words')}")
    sheets = {name: _asked(connection, name) for name in ORDER}
    data = read_version(connection)
    with new_workbook(folder / NAME) as book:
        _write_read_me(book, data, list(sheets.values()))
        for name, one in sheets.items():
            if name == "neighbour_list":
                _write_neighbours(book, sheets["latest"], one)
            sheet = write_sheet(book, one.name, one.columns, one.rows, LICENCE)
            if name == "over_time":
                sheet.insert_chart(len(one.rows) + 2, 0, _chart(book, one))
        words = [(one.name, column, meaning) for one in sheets.values() for column, meaning in one.meanings.items()]
        write_sheet(book, "Dictionary", ("Sheet", "Column", "Meaning"), words, LICENCE)


def _asked(connection: "duckdb.DuckDBPyConnection", name: str) -> Sheet:
    file = read_sql_file(SQL_FOLDER / "workbook" / f"{name}.sql", _ENTRIES)
    meanings = _meanings(file)
    answer = connection.execute(file.statement)
    columns = [column[0] for column in answer.description or ()]
    if columns != list(meanings):
        raise SqlHeaderError(f"{file.path}: its columns are {', '.join(columns)}, not those of its header")
    return Sheet(file.one("sheet"), file.one("description"), meanings, answer.fetchall())


def _meanings(file: SqlFile) -> dict[str, str]:
    """What each column means: as the header says, or as that of the table whose columns they are."""
    if "columns_of" not in file.entries:
        return file.pairs("column")
    return next(model.columns for model in read_models() if model.full_name == file.one("columns_of"))


def _write_read_me(book: "Workbook", data: DataVersion, sheets: Sequence[Sheet]) -> None:
    sheet = book.add_worksheet("Read me")
    title = book.add_format({"bold": True, "font_size": 16})
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDTH_OF_WORDS)
    sheet.write_string(0, 0, "How Ofsted has judged children's services in England", title)
    about = [
        ("Reports up to", f"{data.published_up_to:%d/%m/%Y}" if data.published_up_to else "no report yet"),
        (
            "Made from",
            f"{data.n_reports:,} reports and letters of the source {data.source_name}, and Ofsted's own statistics"
            " where taken in." + (f" {INVENTED}" if data.is_invented else ""),
        ),
        ("Version", data.version),
        ("Licence", LICENCE),
        (
            "No overall grade",
            "Inspections that began in April 2026 or later give no grade for overall effectiveness. An authority"
            " inspected since has words in that cell: it is not ungraded, and it must not be counted as a gap.",
        ),
        (
            "Source",
            "In the sheets, official statistics marks what only Ofsted's own file tells: the report is not held.",
        ),
    ]
    contents = [(one.name, one.description) for one in sheets]
    place = next(number for number, one in enumerate(sheets) if one.name == "Neighbour list")
    contents.insert(
        place, ("Neighbours", "Choose an authority: its grades beside those of its statistical neighbours.")
    )
    contents.append(("Dictionary", "What each column of each sheet means."))
    for number, (name, words) in enumerate(about, start=2):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, words, wrapped)
        sheet.set_row(number, height_of(lines_of(words, WIDTH_OF_WORDS)))
    top = len(about) + 3
    sheet.write_string(top, 0, "Sheets", bold)
    for number, (name, words) in enumerate(contents, start=top + 1):
        sheet.write_url(number, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(number, 1, words, wrapped)
        sheet.set_row(number, height_of(lines_of(words, WIDTH_OF_WORDS)))
    set_page(sheet, LICENCE)


def _write_neighbours(book: "Workbook", latest: Sheet, neighbours: Sheet) -> None:
    """A drop-down of authorities, and a row for the one chosen and each neighbour, looked up in the other two sheets.

    The values are also written down, for programs that read a file and calculate nothing.
    """
    sheet = book.add_worksheet("Neighbours")
    bold = book.add_format({"bold": True})
    chooser = book.add_format({"bold": True, "border": 1, "bg_color": "#FFF2CC"})
    head = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    shown = [*latest.columns[1:8], "Published"]
    rows = {row[0]: row for row in latest.rows}
    chosen = neighbours.rows[0] if neighbours.rows else ("",) * (N_NEIGHBOURS + 1)
    sheet.write_string(0, 0, "Choose an authority", bold)
    sheet.write_string(0, 1, str(chosen[0]), chooser)
    if neighbours.rows:
        sheet.data_validation(0, 1, 0, 1, {"validate": "list", "source": f"={_range(neighbours, 0)}"})
    sheet.write_row(2, 0, ("Neighbour", "Authority", *shown), head)
    of_chosen = f"MATCH($B$1,{_range(neighbours, 0)},0)"
    for place in range(N_NEIGHBOURS + 1):
        number = 3 + place
        name = chosen[place] or ""
        sheet.write(number, 0, place or "chosen")
        sheet.write_formula(number, 1, f'=IFERROR(INDEX({_range(neighbours, place)},{of_chosen})&"","")', None, name)
        of_name = f"MATCH($B{number + 1},{_range(latest, 0)},0)"
        for column, wanted in enumerate(shown, start=2):
            source = latest.columns.index(wanted)
            found = f"INDEX({_range(latest, source)},{of_name})"
            value = rows[name][source] if name in rows else None
            kept = value.toordinal() - _DAY_NOUGHT if isinstance(value, date) else value or ""
            formula = f'=IFERROR(IF({found}="","",{found}),"")'
            sheet.write_formula(number, column, formula, day if wanted in ("Start", "Published") else None, kept)
    colour_grades(book, sheet, 3, 2, 3 + N_NEIGHBOURS, 8)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 26)
    sheet.set_column(3, 7, 31)
    sheet.set_column(8, 9, 12)
    sheet.freeze_panes(3, 2)
    set_page(sheet, LICENCE)


_DAY_NOUGHT = 693_594
"""The ordinal of 30 December 1899, from which Excel counts days."""


def _range(sheet: Sheet, column: int) -> str:
    """The cells below the head of a column, as a formula of another sheet names them."""
    from xlsxwriter.utility import xl_range_formula

    return str(xl_range_formula(sheet.name, 1, column, max(len(sheet.rows), 1), column))


def _chart(book: "Workbook", over_time: Sheet) -> Any:
    """Shares over time as lines; a day without a share breaks the line."""
    chart = book.add_chart({"type": "line"})
    last = len(over_time.rows)
    shares = [number for number, column in enumerate(over_time.columns) if column.endswith("%")]
    for number, colour in zip(shares, COLOURS_OF_SERIES, strict=True):
        chart.add_series(
            {
                "name": [over_time.name, 0, number],
                "categories": [over_time.name, 1, 0, last, 0],
                "values": [over_time.name, 1, number, last, number],
                "line": {"color": colour, "width": 2},
            }
        )
    chart.set_title({"name": _finding(over_time, shares), "name_font": {"size": 12}})
    chart.set_x_axis({"date_axis": False, "num_format": "yyyy"})
    chart.set_y_axis({"min": 0, "max": 100, "name": "% of those with a grade"})
    chart.set_size({"width": 900, "height": 380})
    chart.show_blanks_as("gap")
    return chart


def _finding(over_time: Sheet, shares: Sequence[int]) -> str:
    """What the chart shows, in a sentence: the first judgement that has a share on two days, then and now."""
    for number in shares:
        known = [(row[0].year, row[number]) for row in over_time.rows if row[number] is not None]
        if len(known) > 1:
            judgement = over_time.columns[number].removesuffix(" %")
            (first, then), (last, now) = known[0], known[-1]
            return f"{judgement}: {now}% of authorities good or outstanding in {last}, {then}% in {first} (31 March)"
    return "Authorities good or outstanding on 31 March"
