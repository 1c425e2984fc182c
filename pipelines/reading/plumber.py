"""The reference reader: pdfplumber's characters and ruled tables of every page.

Belongs here: opening one PDF, and naming what is wrong with a file that can't be opened.
Stays out: how characters become lines (`rows.py`), processes (`pool.py`) and keeping what was read (`cache.py`).
"""

from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage

from pipelines.reading.lines import Box, Page, ReadReport, UnreadableReport
from pipelines.reading.rows import Char, dividers_of, lines_of

READER = "pdfplumber"
READER_VERSION = f"{pdfplumber.__version__}-3"
"""The library's version and our own rules' after the dash: either change makes every report be read anew."""

MAX_PAGES = 400
"""The longest report of 2013 to 2026 has 58 pages."""

_SLANT = 0.1
"""An upright font is slanted by a fifth where a word processor has no italic of it."""

_MIN_WORDS_A_PAGE = 5
_PDF_MARK_WITHIN = 1024


def read_report(path: Path, file_sha256: str, max_pages: int = MAX_PAGES) -> ReadReport | UnreadableReport:
    """All lines of one PDF, or the reason why there are none. Raises nothing that the file itself can cause.

    Reasons: not_a_pdf (no PDF mark in the first kilobyte), encrypted_pdf, damaged_pdf, too_large (more than
    `max_pages` pages), no_text (scanned pages).
    """

    def unreadable(reason: str, detail: str) -> UnreadableReport:
        return UnreadableReport(file_sha256, READER, READER_VERSION, reason, detail)

    with path.open("rb") as file:
        head = file.read(_PDF_MARK_WITHIN)
    if b"%PDF-" not in head:
        return unreadable("not_a_pdf", _what_it_is(head))
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > max_pages:
                return unreadable("too_large", f"{len(pdf.pages)} pages; a report has at most {max_pages}")
            if not pdf.pages:
                return unreadable("damaged_pdf", "the file holds no pages")
            pages = tuple(_read_page(page) for page in pdf.pages)
    except Exception as error:  # a PDF library fails on damaged files in ways nobody has listed
        if _is_encryption(error):
            return unreadable("encrypted_pdf", "the file asks for a password")
        return unreadable("damaged_pdf", f"{type(error).__name__}: {error}".rstrip(": ")[:300])
    report = ReadReport(file_sha256, READER, READER_VERSION, pages)
    if report.word_count < _MIN_WORDS_A_PAGE * len(pages):
        detail = f"{report.word_count} words on {len(pages)} pages: scanned, or empty"
        return unreadable("no_text", detail)
    return report


def _read_page(page: PlumberPage) -> Page:
    chars = (
        Char(
            char["text"],
            _font_name(char),
            round(char["size"], 1),
            round(char["x0"], 2),
            round(char["top"], 2),
            round(char["x1"], 2),
            round(char["bottom"], 2),
        )
        for char in page.chars
    )
    tables = tuple(tuple(Box(*map(float, cell)) for cell in table.cells) for table in page.find_tables())
    lines = lines_of(chars, [divider for table in tables for divider in dividers_of(table)])
    read = Page(page.page_number, float(page.width), float(page.height), lines, tables)
    page.close()
    return read


def _font_name(char: dict[str, Any]) -> str:
    """The font's name, with Italic added where an upright font is slanted to pass for one."""
    name = str(char["fontname"])
    is_slanted = abs(char["matrix"][2]) > _SLANT * abs(char["matrix"][3])
    return f"{name},Italic" if is_slanted and char["upright"] else name


def _is_encryption(error: BaseException) -> bool:
    """Whether an error, or the one it was raised from, is the library's word for a password."""
    chain = (error, error.__cause__, error.__context__, *error.args)
    return any(isinstance(link, PDFEncryptionError | PDFPasswordIncorrect) for link in chain)


def _what_it_is(head: bytes) -> str:
    if not head:
        return "the file is empty"
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page stands where the PDF should be"
    return f"the file starts with {head[:24]!r}"
