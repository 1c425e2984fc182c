"""Spreadsheets for tests, written as ODS or XLSX from plain rows: what no edition at hand shows must be read too."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Value = Any
"""Text, a number, a date, or None for a blank cell."""

Rows = list[list[Value]]
Book = dict[str, Rows]
"""Rows by the name of their sheet, in order."""

Writer = Callable[[Mapping[str, Rows], Collection[str]], bytes]

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
    "</style:style>"
    for name, shown in (("seen", "true"), ("unseen", "false"))
)
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""


def as_xlsx(book: Mapping[str, Rows], hidden: Collection[str] = ()) -> bytes:
    """The book as Excel writes it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        date_format = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in book.items():
            sheet = workbook.add_worksheet(name)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(row, column, value, date_format)
                    elif value is not None:
                        sheet.write(row, column, value)
            if name in hidden:
                sheet.hide()
    return file.getvalue()


def as_ods(book: Mapping[str, Rows], hidden: Collection[str] = ()) -> bytes:
    """The book as Ofsted publishes it: equal rows once with their number, and a million blank rows below each table."""
    sheets = "".join(_ods_sheet(name, rows, is_hidden=name in hidden) for name, rows in book.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
    return file.getvalue()


def _ods_sheet(name: str, rows: Rows, *, is_hidden: bool) -> str:
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{len(list(same))}">{"".join(map(_ods_cell, row))}'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row, same in groupby(rows)
    )
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1000000">{blank}</table:table-row>'
    style = "unseen" if is_hidden else "seen"
    return f'<table:table table:name="{escape(name)}" table:style-name="{style}">{body}{rest}</table:table>'


def _ods_cell(value: Value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
