"""The text of a page as PDFium tells it, with each sign put right that is told for another; and what its objects hold.

A program that makes a PDF may tell a space, a hyphen or even a letter for a sign that takes no room: what is drawn
says which of them it is.
"""

import ctypes
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache

import pypdfium2
import pypdfium2.raw as raw

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.characters import FORMAT

_SPECIAL = re.compile(rf"[\ufffe\x02]|{FORMAT}")
"""What PDFium has in place of a hyphen at a line's end or of a character that is not told, and signs without room."""

_NONE = 0.02
_FLAT = 0.25
"""Shares of the height of a line: what has no room or no ink, and what is flat as a hyphen is."""

Stretch = tuple[int | None, int, int]
"""The address of a text object, None for a character that PDFium adds, and where its characters begin and end."""


def text_of(text_page: pypdfium2.PdfTextPage) -> str:
    """The text of a page: a space, a hyphen or U+FFFD for what takes room but is told for a sign that takes none."""
    text: str = text_page.get_text_range()
    if not _SPECIAL.search(text):
        return text
    spaced = cache(lambda: _fonts_with_spaces(text_page, text))  # most special signs are hyphens, and need no such look
    return _SPECIAL.sub(lambda found: _put_right(text_page, found[0], found.start(), spaced), text)


def _put_right(
    text_page: pypdfium2.PdfTextPage, sign: str, index: int, spaced: Callable[[], Collection[int | None]]
) -> str:
    """What a special sign stands for. One without ink is a space where its font has no other on the page."""
    is_hyphen = raw.FPDFText_IsHyphen(text_page.raw, index) == 1
    if sign in "\ufffe\x02" and not is_hyphen:
        return "\ufffd"
    room, ink = _room_and_ink(text_page, index)
    if is_hyphen:
        return "-" if ink > _NONE else "\xad"
    if room < _NONE:
        return sign
    if ink < _NONE:
        return sign if _font_at(text_page, index) in spaced() else " "
    return "-" if sign == "\xad" and ink < _FLAT else "\ufffd"


def _fonts_with_spaces(text_page: pypdfium2.PdfTextPage, text: str) -> set[int | None]:
    """The fonts in which a page has spaces that are told as such."""
    return {_font_at(text_page, found.start()) for found in re.finditer(" ", text)}


def _font_at(text_page: pypdfium2.PdfTextPage, index: int) -> int | None:
    item = calls.get_text_object(calls.handle(text_page.raw), index)
    return calls.get_font(ctypes.c_void_p(item)) if item else None


def _room_and_ink(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """How wide a character is, and how high its ink, as shares of the height of its line."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
    room = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page.raw, index, room)
    height = max(abs(room.top - room.bottom), 0.1)
    return abs(room.right - room.left) / height, abs(top.value - bottom.value) / height


def stretches(text_page: ctypes.c_void_p, text: str) -> Iterator[Stretch]:
    """The text objects of a page, each with where its characters begin and end; None with each character of none.

    An object's characters follow one another and most objects end where a line does, so few have to be asked for.
    """
    ask = calls.get_text_object
    at, line_end, last_of_line = 0, 0, None
    item = ask(text_page, 0)
    while at < len(text):
        if at >= line_end:
            line_end = text.find("\r", at + 1)
            line_end = line_end if line_end > 0 else len(text)
            last_of_line = ask(text_page, line_end - 1)
        end = line_end if item is not None and item == last_of_line else at + 1
        following = ask(text_page, end)
        while item is not None and following == item:
            end += 1
            following = ask(text_page, end)
        yield item, at, end
        at, item = end, following
