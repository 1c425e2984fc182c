"""The one entry: a file of Ofsted's statistics becomes an edition, or is refused as a whole."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.statistics.cells import refused
from pipelines.statistics.cover import edition_dates, title_of
from pipelines.statistics.records import rows_of
from pipelines.statistics.rows import Edition, SheetLeft
from pipelines.statistics.tables import NO_TABLE, Sheet, Table, find_tables

LARGEST_FILE = 100_000_000
LARGEST_UNPACKED = 500_000_000
"""Bytes. The largest edition is of 2 MB, and of 40 MB unpacked."""

LARGEST_SHEET = 5_000_000
"""Cells within a sheet's last row and column. The library takes memory for each, also where nothing stands."""

MANY_ROWS = 100
"""A sheet of so many rows that nobody knows may be a table of ours: it is reported."""

_XLSX_SHEET = "xl/worksheets/"
_LOST = (
    (_XLSX_SHEET, rb'(<c\b[^>]*) t="e"', rb'\1 t="str"'),
    ("content.xml", rb' office:string-value=""(?=[^>]*><text:p>[^<])', b""),
    ("content.xml", rb"<text:(?:line-break|tab) ?/>", b" "),
)
"""What the library leaves out of a cell without a word, by the part of the file, and how it would read it: what is
shown for a formula that failed, as #N/A in the place of a grade, and a new line or tab between two words."""

_NO_SPREADSHEET = "it is no spreadsheet (ODS or XLSX), or a damaged one. Fetch it again"


class _Sorted(NamedTuple):
    """The sheets of a file: those that are read with their tables, those that are left, and what else can be seen."""

    tables: dict[str, list[Table]]
    left: list[SheetLeft]
    others: list[Sheet]


def read_edition(content: bytes, file_name: str) -> Edition:
    """What a spreadsheet holds. Raises UnusableEditionError, with the cell where one is at fault."""
    sheets = _sort_sheets(_open(content, file_name), file_name)
    if not sheets.tables:
        raise refused(file_name, f"no sheet that can be seen holds a table of local authorities{_left(sheets.left)}")
    first = [tables[0] for tables in sheets.tables.values()]
    above = [table.sheet._replace(rows=table.sheet.rows[: table.header_row]) for table in first]
    dates = edition_dates(file_name, sheets.others, above)
    file_sha256 = hashlib.sha256(content).hexdigest()
    return Edition(
        edition_id=file_sha256[:16],
        file_sha256=file_sha256,
        file_name=file_name,
        title=title_of(sheets.others) or Path(file_name).stem,
        as_at_date=dates.as_at,
        published_by_date=dates.published_by,
        issued_date=dates.issued,
        sheets_read=tuple(sheets.tables),
        sheets_left=tuple(sheets.left),
        rows=tuple(row for tables in sheets.tables.values() for table in tables for row in rows_of(table, dates)),
    )


def _open(content: bytes, file_name: str) -> CalamineWorkbook:
    """The workbook in a file's bytes, which are checked first: a library's panic is no sentence."""
    if len(content) > LARGEST_FILE:
        raise refused(file_name, f"it is larger than {LARGEST_FILE:,} bytes")
    if not content:
        raise refused(file_name, "it is empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(file_name, "it is encrypted or in the old Excel format. Save it as XLSX without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(member.file_size for member in package.infolist()) > LARGEST_UNPACKED:
                raise refused(file_name, f"it is larger than {LARGEST_UNPACKED:,} bytes when unpacked")
            if any(member.flag_bits & 1 for member in package.infolist()) or _is_encrypted(package):
                raise refused(file_name, "it is encrypted. Save it without a password")
            if package.testzip() is not None:
                raise refused(file_name, _NO_SPREADSHEET)
            if any(_extent(package.read(name)) > LARGEST_SHEET for name in package.namelist() if _XLSX_SHEET in name):
                raise refused(file_name, f"a sheet has a cell so far out that it spans over {LARGEST_SHEET:,} cells")
            return CalamineWorkbook.from_filelike(io.BytesIO(_with_all_text(package) or content))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, CalamineError) as error:
        raise refused(file_name, _NO_SPREADSHEET) from error


def _with_all_text(package: zipfile.ZipFile) -> bytes | None:
    """The file with what would be lost of it as plain text; None where that is nothing."""
    changed: dict[str, bytes] = {}
    for name in package.namelist():
        for place, lost, text in _LOST:
            if name.startswith(place):
                part = changed.get(name) or package.read(name)
                if re.search(lost, part):
                    changed[name] = re.sub(lost, text, part)
    if not changed:
        return None
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in package.namelist():
            new.writestr(name, changed.get(name) or package.read(name))
    return file.getvalue()


def _is_encrypted(package: zipfile.ZipFile) -> bool:
    """Whether an ODS file says of its parts that they are encrypted."""
    manifest = "META-INF/manifest.xml"
    return manifest in package.namelist() and b"encryption-data" in package.read(manifest)


def _extent(sheet: bytes) -> int:
    """How many cells an Excel sheet spans: one stray cell in the last corner would take more memory than there is."""
    columns = {sum((letter - ord("A") + 1) * 26**n for n, letter in enumerate(reversed(name))) for name in
               set(re.findall(rb' r="([A-Z]{1,3})\d+"', sheet))}  # fmt: skip
    rows = {int(row) for row in re.findall(rb' r="[A-Z]{0,3}(\d{1,7})"', sheet)}
    return max(columns, default=0) * max(rows, default=0)


def _sort_sheets(workbook: CalamineWorkbook, file_name: str) -> _Sorted:
    """Every sheet, read once: with the tables it holds, or with why it is left."""
    found = _Sorted({}, [], [])
    for about in workbook.sheets_metadata:
        try:
            rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise refused(file_name, f"sheet {about.name!r} is damaged ({error}). Fetch the file again") from error
        sheet = Sheet(file_name, about.name, rows)
        if about.visible != SheetVisibleEnum.Visible:
            found.left.append(SheetLeft(about.name, len(rows), "hidden", is_large=False))
            continue
        is_sheet = about.typ == SheetTypeEnum.WorkSheet
        tables, why = find_tables(sheet) if is_sheet else ([], NO_TABLE)
        if tables:
            found.tables[about.name] = tables
        else:
            is_large = why == NO_TABLE and len(rows) >= MANY_ROWS
            found.left.append(SheetLeft(about.name, len(rows), why, is_large=is_large))
            found.others.append(sheet)
    return found


def _left(left: Iterable[SheetLeft]) -> str:
    """The sheets that were left, as the end of a sentence."""
    return "".join(f"; {one.name} ({one.n_rows:,} rows): {one.why}" for one in left)
