"""Rows as a sheet of Excel: a table with filters, dates as dates, text as text, grades in their colours.

The bytes are the same whenever the rows are: the file bears no time of writing.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import JudgementsError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

GRADE_COLOURS = {
    "outstanding": ("#12436D", "#FFFFFF"),
    "good": ("#6BACE6", "#000000"),
    "requires improvement": ("#F7B28C", "#000000"),
    "inadequate": ("#A1270B", "#FFFFFF"),
}
"""Ground and ink by how a grade begins: told apart in grey too, and with every kind of sight."""

MAX_ROWS, MAX_COLUMNS, MAX_TEXT, MAX_LINKS, MAX_LINK = 1_048_575, 16_384, 32_767, 65_530, 2_079
"""What a sheet of Excel holds below its head: rows, columns, characters of a cell, links, characters of a link."""
LARGEST_INTEGER = 2**53
"""A larger number would be rounded, so it is written as text."""
FIRST_DATE = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: earlier dates are written as text."""
WIDEST = 520
"""Pixels of a column; longer text is wrapped."""
CHARACTERS_OF_A_LINE = 74
"""At least so many stand in a line of the widest column."""
HEIGHT_OF_A_LINE, MAX_HEIGHT = 15, 409
"""In points."""
WIDTH_OF_LINKS = 24
"""In characters: an address is for a click, and need not be read."""
MAX_GRADE = 40
"""Characters of the longest words for a grade; a sentence that begins with Good is longer."""
CUT = " [cut: a cell holds no more]"
A4 = 9
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FIXED_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 -- a file has no zone


class TooLargeForExcelError(JudgementsError):
    """The answer has more rows or columns than a sheet holds."""


@contextmanager
def new_workbook(target: Path) -> "Iterator[Workbook]":
    """A workbook that is written when the block ends. No text in it becomes a formula, a number or a link."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(target), options) as book:
        book.set_properties({"created": FIXED_TIME})
        yield book


def write_sheet(
    book: "Workbook", name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], footer: str = ""
) -> "Worksheet":
    """Add a sheet with one table, its head frozen and repeated on each printed page.

    Raises TooLargeForExcelError where a sheet can't hold it.
    """
    if len(rows) > MAX_ROWS or len(columns) > MAX_COLUMNS:
        raise TooLargeForExcelError(
            f"A sheet of Excel holds {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns, and this answer has {len(rows):,}"
            f" and {len(columns):,}: ask for fewer, or take --format csv or parquet."
        )
    sheet = book.add_worksheet(name)
    plain = book.add_format({"valign": "top"})
    day = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"})
    moment = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy hh:mm:ss", "align": "left"})
    link = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": True})
    long = book.add_format({"valign": "top", "text_wrap": True})
    n_links = 0
    columns_of_links: set[int] = set()
    for number, row in enumerate(rows, start=1):
        n_lines = 1
        for column, value in enumerate(row):
            match _cell(value):
                case None:
                    continue
                case bool() as one:
                    sheet.write_boolean(number, column, one, plain)
                case datetime() as one:
                    sheet.write_datetime(number, column, one, moment)
                case date() as one:
                    sheet.write_datetime(number, column, one, day)
                case str() as one if one.startswith(("https://", "http://")) and _is_link(one) and n_links < MAX_LINKS:
                    n_links += 1
                    columns_of_links.add(column)
                    sheet.write_url(number, column, one, link, one)
                case str() as one:
                    n_lines = max(n_lines, lines_of(one))
                    sheet.write_string(number, column, one, long if lines_of(one) > 1 else plain)
                case one:
                    sheet.write_number(number, column, one, plain)
        if n_lines > 1:  # LibreOffice makes no room by itself
            sheet.set_row(number, height_of(n_lines))
    bold = book.add_format({"bold": True, "valign": "top"})
    heads = [{"header": head, "header_format": bold} for head in _heads(columns)]
    last = max(len(rows), 1)
    sheet.add_table(0, 0, last, len(columns) - 1, {"columns": heads, "style": "Table Style Light 1"})
    for column in range(len(columns)):
        if _holds_grades([row[column] for row in rows]):
            colour_grades(book, sheet, 1, column, last, column)
    sheet.autofit(WIDEST)
    for column in columns_of_links:
        sheet.set_column(column, column, WIDTH_OF_LINKS)
    sheet.freeze_panes(1, 1)
    set_page(sheet, footer)
    sheet.repeat_rows(0)
    return sheet


def colour_grades(book: "Workbook", sheet: "Worksheet", top: int, left: int, bottom: int, right: int) -> None:
    """Colour the grades of a part of a sheet; what was not judged is hatched. The words stay."""
    kinds: dict[str, Format] = {
        grade: book.add_format({"bg_color": ground, "font_color": ink})
        for grade, (ground, ink) in GRADE_COLOURS.items()
    }
    kinds["not "] = book.add_format({"pattern": 14, "fg_color": "#D9D9D9", "bg_color": "#FFFFFF"})
    for words, look in kinds.items():
        for form in dict.fromkeys((words, words.replace(" ", "_"))):
            rule = {"type": "text", "criteria": "begins with", "value": form, "format": look}
            sheet.conditional_format(top, left, bottom, right, rule)


def lines_of(text: str, characters: int = CHARACTERS_OF_A_LINE) -> int:
    """How many lines a text takes in a column so wide."""
    return sum(max(1, math.ceil(len(line) / characters)) for line in text.split("\n"))


def height_of(n_lines: int) -> int:
    """The height of a row with so many lines, in points."""
    return min(MAX_HEIGHT, HEIGHT_OF_A_LINE * n_lines)


def set_page(sheet: "Worksheet", footer: str) -> None:
    """A4 on its side, as wide as the paper, with a footer and the number of the page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8&P / &N")


def _cell(value: Any) -> bool | date | str | float | None:
    """A value as a cell holds it: what Excel would round, misread or refuse is text."""
    match value:
        case None | bool():
            return value
        case datetime():
            return value.replace(tzinfo=None) if value.date() >= FIRST_DATE else value.isoformat(" ")
        case date():
            return value if value >= FIRST_DATE else value.isoformat()
        case int():
            return value if abs(value) <= LARGEST_INTEGER else str(value)
        case float() | Decimal():
            return float(value) if math.isfinite(value) else str(value)
        case list() | tuple() if not any(isinstance(one, list | tuple | dict) for one in value):
            return _text(", ".join("" if one is None else str(one) for one in value))
        case list() | tuple() | dict():
            return _text(json.dumps(value, default=str, ensure_ascii=False))
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    """A text without control characters, which the file format has no place for; one too long says that it is cut."""
    text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(CUT)] + CUT


def _is_link(address: str) -> bool:
    return len(address) <= MAX_LINK and not any(one.isspace() for one in address)


def _heads(columns: Sequence[str]) -> Iterator[str]:
    """Heads as a table takes them: no two the same but for case."""
    seen: set[str] = set()
    for column in columns:
        head, n = _text(column)[:255] or "column", 1
        while head.casefold() in seen:
            n += 1
            head = f"{_text(column)[:250] or 'column'} {n}"
        seen.add(head.casefold())
        yield head


def _holds_grades(values: Sequence[Any]) -> bool:
    """Whether a column holds grades and nothing else, in words or as codes."""
    words = [one.replace("_", " ").casefold() if isinstance(one, str) else None for one in values if one is not None]
    known = (*GRADE_COLOURS, "adequate", "not judged", "not inspected")
    return bool(words) and all(one and one.startswith(known) and len(one) < MAX_GRADE for one in words)
