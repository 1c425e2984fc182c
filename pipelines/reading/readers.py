"""The readers there are, and the reading of one file by either: lines, or the reason why there are none."""

import contextlib
from collections.abc import Callable, Collection
from importlib.metadata import version
from typing import NamedTuple

from pipelines.reading.lengths import check_lengths
from pipelines.reading.lines import Page, ReadReport, UnreadableReport
from pipelines.reading.notes import empty_page, found_by_one
from pipelines.reading.sorts import with_watermarks_throughout
from pipelines.reading.unreadable import UnreadableFileError, check_mark, count_page_marks, is_whole

MAX_PAGES = 400
"""The longest report of 2013 to 2026 has 58 pages."""

_MIN_WORDS_A_PAGE = 5


class Reader(NamedTuple):
    """A way to read a PDF. A change of `version` makes every report be read anew."""

    name: str
    version: str


READERS = {
    name: Reader(name, f"{version(library)}-{rules}")
    for name, library, rules in (("pdfium", "pypdfium2", 9), ("pdfplumber", "pdfplumber", 7))
}
"""By name. The version is that of the library, then that of our own rules for it."""


_ReadPages = Callable[[bytes, int, Collection[int] | None], dict[int, Page | None]]


def _read_pages(reader: Reader, pdf: bytes, max_pages: int) -> tuple[Page, ...]:
    """The pages of a PDF by one reader, those that it can't read by the other; empty, with a note, where neither can.

    A file without its end mark was cut: PDFium would mend it and give what is left, so the reference reader decides
    alone. It also says why a file can't be opened: PDFium may give the reason for which it refused another one before.
    """
    first, second = (_fast, _reference) if reader.name == "pdfium" and is_whole(pdf) else (_reference, _fast)
    pages = _pages_by(first, second, pdf, max_pages)
    left = {number for number, page in pages.items() if page is None}
    if left and is_whole(pdf):
        pages |= second(pdf, max_pages, left)
    if is_whole(pdf) and count_page_marks(pdf) > len(pages):
        with contextlib.suppress(UnreadableFileError):
            others = second(pdf, max_pages, None)
            pages |= {number: page and found_by_one(page) for number, page in others.items() if number not in pages}
    if pages and not any(pages.values()):
        raise UnreadableFileError("damaged_pdf", "none of its pages can be read")
    return with_watermarks_throughout([page or empty_page(number) for number, page in sorted(pages.items())])


def _pages_by(first: _ReadPages, second: _ReadPages, pdf: bytes, max_pages: int) -> dict[int, Page | None]:
    """Pages by the first reader, or by the second where the first finds a whole file damaged."""
    try:
        return first(pdf, max_pages, None)
    except UnreadableFileError as error:
        if error.reason != "damaged_pdf" or not is_whole(pdf):
            raise
        return second(pdf, max_pages, None)


def _fast(pdf: bytes, max_pages: int, only: Collection[int] | None) -> dict[int, Page | None]:
    """Pages by PDFium. A library is imported when it is first needed: a build with nothing new needs none."""
    from pypdfium2 import PdfiumError

    from pipelines.reading import pdfium

    try:
        return pdfium.read_pages(pdf, max_pages, only)
    except PdfiumError:
        return {} if only else _reference(pdf, max_pages, only)


def _reference(pdf: bytes, max_pages: int, only: Collection[int] | None) -> dict[int, Page | None]:
    """Pages by pdfplumber."""
    from pipelines.reading import plumber

    return plumber.read_pages(pdf, max_pages, only)


def read_report(
    reader: Reader, pdf: bytes, file_sha256: str, max_pages: int = MAX_PAGES
) -> ReadReport | UnreadableReport:
    """All lines of one PDF. Raises nothing that the file itself can cause.

    Reasons: not_a_pdf (no PDF mark in the first kilobyte), encrypted_pdf, damaged_pdf, too_large (more than
    `max_pages` pages, or more text than a line or page holds), no_text (scanned pages).
    """
    try:
        check_mark(pdf)
        pages = _read_pages(reader, pdf, max_pages)
        if not pages:
            raise UnreadableFileError("damaged_pdf", "the file holds no pages")
        check_lengths(pages)
    except UnreadableFileError as error:
        return UnreadableReport(file_sha256, reader.name, reader.version, error.reason, error.detail)
    report = ReadReport(file_sha256, reader.name, reader.version, pages)
    if report.word_count < _MIN_WORDS_A_PAGE * len(pages):
        detail = f"{report.word_count} words on {len(pages)} pages: scanned, or empty"
        return UnreadableReport(file_sha256, reader.name, reader.version, "no_text", detail)
    return report
