"""The reference reader: pdfplumber's characters and ruled tables of every page.

The slower of the readers; it reads the pages that leave the fast one in doubt, and the fast one is held against it.
"""

import contextlib
import re
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage

from pipelines.reading.characters import FORMAT
from pipelines.reading.lines import Box, Page
from pipelines.reading.looks import Frame, Looks, Viewer, look_at
from pipelines.reading.notes import notes_of
from pipelines.reading.pdfium_rule_lines import MOST_RULE_LINES, frames_of
from pipelines.reading.pdfium_sight import SMALLEST_TO_READ, face_by_name
from pipelines.reading.rows import dividers_of, lines_of
from pipelines.reading.runs import SMALLEST_SIZE, UNSEEN, Run
from pipelines.reading.turned import quarter_turn, without_turned
from pipelines.reading.unreadable import UnreadableFileError, too_many_pages

_SLANT = 0.1
"""An upright font is slanted by a fifth where a word processor has no italic of it."""

_UNTOLD = re.compile(rf"\(cid:\d+\)|[\0\ufffd]|{FORMAT}")
_NARROWEST = 0.03
_FORMAT = re.compile(FORMAT)


def read_pages(pdf: bytes, max_pages: int, only: Collection[int] | None = None) -> dict[int, Page | None]:
    """The pages of one PDF by number, or only those of some; None for one on which the library fails.

    Raises UnreadableFileError.
    """
    try:
        with pdfplumber.open(BytesIO(pdf)) as document, Viewer(pdf) as viewer:
            if len(document.pages) > max_pages:
                raise too_many_pages(len(document.pages), max_pages)
            asked = [page for page in document.pages if only is None or page.page_number in only]
            return {page.page_number: _page_or_none(page, viewer) for page in asked}
    except UnreadableFileError:
        raise
    except Exception as error:  # a PDF library fails on damaged files in ways nobody has listed
        if _is_encryption(error):
            raise UnreadableFileError("encrypted_pdf", "the file asks for a password") from error
        raise UnreadableFileError("damaged_pdf", f"{type(error).__name__}: {error}".rstrip(": ")[:300]) from error


def _page_or_none(page: PlumberPage, viewer: Viewer) -> Page | None:
    try:
        return _read_page(page, viewer)
    except Exception as error:  # as above: but what fails on one page need not fail on the others
        if _is_encryption(error):
            raise
        return None


def _read_page(page: PlumberPage, viewer: Viewer) -> Page:
    page.page_obj.mediabox = _upright(*page.page_obj.mediabox)
    with contextlib.closing(_levelled(page)) as page:
        shown = _shown(page)
        has_untold = _UNTOLD.search("".join([char["text"] for char in page.chars])) is not None
        looks = viewer.looks(page.page_number, Frame(page.page_obj.mediabox, page.page_obj.rotate), has_untold)
        runs = without_turned(list(_runs(page, shown, looks)))
        n_rule_lines = len(page.lines) + len(page.rects) + len(page.curves)
        found = page.debug_tablefinder() if n_rule_lines <= MOST_RULE_LINES else None
        tables = tuple(tuple(_moved(cell, shown) for cell in table.cells) for table in (found.tables if found else ()))
        frames = frames_of((_moved(cell, shown) for cell in (found.cells if found else ())), tables)
        size = shown.x1 - shown.x0, shown.bottom - shown.top
        lines = lines_of(runs, [divider for table in tables for divider in dividers_of(table)], size)
        return Page(page.page_number, *size, lines, tables, notes_of(lines, found is None), frames)


def _levelled(page: PlumberPage) -> PlumberPage:
    """The same page, turned where it is typeset sideways: it is read in the direction of its text."""
    turn = quarter_turn(page.chars)
    if not turn:
        return page
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.page_obj.rotate + turn) % 360
    return PlumberPage(page.pdf, page.page_obj, page.page_number)


def _upright(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """A box with its corners in order: a file may give any two that are opposite."""
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _shown(page: PlumberPage) -> Box:
    """What is shown of a page, in pdfplumber's places: its crop box as far as that is on the sheet."""
    sheet, crop = _upright(*page.mediabox), _upright(*page.cropbox)
    x0, top, x1, bottom = (*map(max, sheet[:2], crop[:2]), *map(min, sheet[2:], crop[2:]))
    return Box(*map(float, (x0, top, x1, bottom) if x0 < x1 and top < bottom else sheet))


def _moved(cell: tuple[float, float, float, float], shown: Box) -> Box:
    x0, top, x1, bottom = map(float, cell)
    return Box(x0 - shown.x0, top - shown.top, x1 - shown.x0, bottom - shown.top)


def _runs(page: PlumberPage, shown: Box, looks: Looks) -> Iterator[tuple[dict[str, Any], Run]]:
    """Each character of a page, and the run that it makes. A space is of the sort of the character before it."""
    sort = ""
    left, top = shown.x0, shown.top
    for char in page.chars:
        name, text = _font_name(char), char["text"]
        x, y = char["matrix"][4:]
        look = look_at(looks, x, y, text) if looks else None
        if _UNTOLD.fullmatch(text):
            text = look.text if look else text if _FORMAT.fullmatch(text) else "\ufffd"
        by_name = face_by_name(name)
        if not text.isspace():
            is_unseen = (look is not None and look.is_unseen) or _is_too_small(char)
            sort = UNSEEN if is_unseen else ""
        yield (
            char,
            Run(
                text,
                name,
                max(round(char["size"], 1), SMALLEST_SIZE),
                round(char["x0"] - left, 2),
                round(char["top"] - top, 2),
                round(char["x1"] - left, 2),
                round(char["bottom"] - top, 2),
                (look or by_name).is_bold,
                by_name.is_italic or (look is not None and look.is_italic),
                sort,
            ),
        )


def _is_too_small(char: dict[str, Any]) -> bool:
    """Whether a character is too small to be read: such are set too close for each to be found among its looks.

    A font may not tell its widths: they are nought then.
    """
    return bool(char["size"] < SMALLEST_TO_READ or 0 < char["x1"] - char["x0"] < _NARROWEST * char["size"])


def _font_name(char: dict[str, Any]) -> str:
    """The font's name, with Italic added where an upright font is slanted to pass for one."""
    name = str(char["fontname"])
    is_slanted = abs(char["matrix"][2]) > _SLANT * abs(char["matrix"][3])
    return f"{name},Italic" if is_slanted and char["upright"] else name


def _is_encryption(error: BaseException) -> bool:
    """Whether an error, or the one it was raised from, is the library's word for a password."""
    chain = (error, error.__cause__, error.__context__, *error.args)
    return any(isinstance(link, PDFEncryptionError | PDFPasswordIncorrect) for link in chain)
