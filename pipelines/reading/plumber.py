"""The reference reader: pdfplumber's characters and ruled tables of every page.

The slower of the readers; it reads the pages that leave the fast one in doubt, and the fast one is held against it.
"""

from collections.abc import Collection
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage

from pipelines.reading.lines import Box, Page
from pipelines.reading.rows import dividers_of, lines_of
from pipelines.reading.runs import Run
from pipelines.reading.unreadable import UnreadableFileError, too_many_pages

_SLANT = 0.1
"""An upright font is slanted by a fifth where a word processor has no italic of it."""


def read_pages(pdf: bytes, max_pages: int, only: Collection[int] | None = None) -> tuple[Page, ...]:
    """The pages of one PDF, or only those of some numbers, from 1. Raises UnreadableFileError."""
    try:
        with pdfplumber.open(BytesIO(pdf)) as document:
            if len(document.pages) > max_pages:
                raise too_many_pages(len(document.pages), max_pages)
            return tuple(_read_page(page) for page in document.pages if only is None or page.page_number in only)
    except UnreadableFileError:
        raise
    except Exception as error:  # a PDF library fails on damaged files in ways nobody has listed
        if _is_encryption(error):
            raise UnreadableFileError("encrypted_pdf", "the file asks for a password") from error
        raise UnreadableFileError("damaged_pdf", f"{type(error).__name__}: {error}".rstrip(": ")[:300]) from error


def _read_page(page: PlumberPage) -> Page:
    runs = (
        Run(
            char["text"],
            _font_name(char),
            round(char["size"], 1),
            *(round(char[edge], 2) for edge in ("x0", "top", "x1", "bottom")),
        )
        for char in page.chars
    )
    tables = tuple(tuple(Box(*map(float, cell)) for cell in table.cells) for table in page.find_tables())
    lines = lines_of(runs, [divider for table in tables for divider in dividers_of(table)])
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
