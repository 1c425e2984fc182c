"""The fast reader: PDFium's text objects, each a run of characters with its place, font and size.

A page leaves doubt when its text objects do not hold the very characters that PDFium's own text of the page has, when
text is turned, when part of the page is written or ruled from a form, or when a character is not told: such a page is
read by the reference reader.
"""

import contextlib
import ctypes
import math
from collections.abc import Collection, Sequence
from struct import Struct
from typing import NamedTuple

import pypdfium2
from msgspec.structs import replace

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.characters import count_unreadable
from pipelines.reading.layers import layers_off
from pipelines.reading.lines import Page
from pipelines.reading.notes import notes_of
from pipelines.reading.pdfium_rule_lines import Ruled, read_ruled
from pipelines.reading.pdfium_sight import PLAINLY, Sight, face_of, is_too_small, objects_of
from pipelines.reading.pdfium_text import Stretch, stretches, text_of
from pipelines.reading.rows import dividers_of, lines_of
from pipelines.reading.runs import SMALLEST_SIZE, SUPERSCRIPT_SIZE, UNSEEN, Divider, Run
from pipelines.reading.unreadable import too_many_pages

_PAGES_OF_FACTS = 3
"""On these each text is asked how it is drawn; further on the first of each stretch of a line, which costs less."""

_INVISIBLE = "\0\ufeff\u200b"
_SLANT = 0.1
_NUMBERS = Struct("11f").unpack

_Setting = tuple[int, float, float, float, float, float]
"""The address of a font, the first four numbers of the matrix it is set by, and its size before that."""


def read_pages(pdf: bytes, max_pages: int, only: Collection[int] | None = None) -> dict[int, Page | None]:
    """The pages of one PDF by number, or only those of some; None for one that leaves doubt.

    Raises UnreadableFileError where it has too many pages, PdfiumError where it can't be opened.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        n_pages = len(document)
        if n_pages > max_pages:
            raise too_many_pages(n_pages, max_pages)
        reader = PageReader(document, layers_off(pdf))
        return {number: reader.read(number) for number in only or range(1, n_pages + 1)}


class _DoubtError(Exception):
    """A page leaves doubt."""


class _Style(NamedTuple):
    """What runs of one font, set in one way, have in common; `drop` is how far they hang below their baseline."""

    font_name: str
    size: float
    drop: float
    is_bold: bool
    is_italic: bool
    is_too_small: bool


class PageReader:
    """Reads the pages of one open document; the styles that its fonts are set in are looked up once.

    PDFium answers into `_numbers`: a matrix (a to f), the size of a font, and the box of a character with all the room
    it takes (left, top, right, bottom). Ink says less: "1" has white at both sides.
    """

    def __init__(self, document: pypdfium2.PdfDocument, off: frozenset[str]) -> None:
        self._off = off
        self._document = document
        self._styles: dict[_Setting, _Style] = {}
        self._item = ctypes.c_void_p()
        self._numbers = (ctypes.c_float * 11)()
        self._places = [ctypes.byref(self._numbers, at * ctypes.sizeof(ctypes.c_float)) for at in (0, 6, 7)]

    def read(self, number: int) -> Page | None:
        """The page of that number, from 1; None where it leaves doubt."""
        try:
            with (
                contextlib.closing(self._document[number - 1]) as page,
                contextlib.closing(page.get_textpage()) as text,
            ):
                return self._read(number, page, text)
        except (_DoubtError, pypdfium2.PdfiumError, ArithmeticError, ValueError):
            return None  # numbers that nobody can print, a text that is no text: a damaged file holds any of them

    def _read(self, number: int, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> Page | None:
        left, bottom, right, top = page.get_bbox()
        text = text_of(text_page)
        if len(text) != text_page.count_chars() or left >= right or bottom >= top:
            return None
        of_text = calls.handle(text_page.raw)
        found = list(stretches(of_text, text))
        objects = objects_of(page, {item for item, _, _ in found if item})
        if objects.has_drawing_form:
            return None
        sight = Sight(page, objects, self._off, asks_each=number <= _PAGES_OF_FACTS)
        runs = self._runs(of_text, text, found, sight, left, top)
        ruled = read_ruled(objects.paths, left, top)
        tables, frames = ruled or Ruled()
        dividers = [divider for table in tables for divider in dividers_of(table)]
        if any(_crosses(run, divider) for divider in dividers for run in runs):
            return None
        size = right - left, top - bottom
        lines = lines_of(runs, dividers, size)
        if any(count_unreadable(line) for line in lines):
            return None
        notes = notes_of(lines, has_too_many_rule_lines=ruled is None)
        return Page(number, *size, lines, tables, notes, frames)

    def _runs(
        self,
        text_page: ctypes.c_void_p,
        text: str,
        found: Sequence[Stretch],
        sight: Sight,
        left: float,
        top: float,
    ) -> list[Run]:
        """Every run of a page's text: the characters of one text object.

        Raises _DoubtError where text is turned, or where a visible character belongs to no object of the page itself:
        the places within a form are the form's own.
        """
        runs: list[Run] = []
        is_parted = False
        style: _Style | None = None
        last_item: int | None = None
        slot, (matrix, font_size, char_box) = self._item, self._places
        drawn = PLAINLY
        end_x = -math.inf
        baseline = run_top = bottom = 0.0
        for item, start, end in found:
            words = text[start:end]
            if item is None or item not in sight.ranks:
                if not (words.isspace() or words in _INVISIBLE):
                    raise _DoubtError
                is_parted = is_parted or (item is None and words == " ")
                continue
            slot.value = item
            calls.get_matrix(slot, matrix)
            calls.get_font_size(slot, font_size)
            calls.get_loose_box(text_page, start + (len(words.rstrip()) or len(words)) - 1, char_box)
            a, b, c, d, x0, y, size, _, _, x1, _ = _NUMBERS(self._numbers)
            if item == last_item:  # an object may go on after a wide gap, as a column of a table does
                calls.get_loose_box(text_page, start, char_box)
                x0 = self._numbers[7]
            setting = calls.get_font(slot), a, b, c, d, size
            last, style, last_item = style, self._styles.get(setting) or self._style(setting), item
            goes_on = style is last and y == baseline and x0 - end_x < style.size
            if style is not last or y != baseline:
                baseline = y
                bottom = to_hundredths(top - y - style.drop)
                run_top = to_hundredths(bottom - style.size)
            end_x = x1
            if sight.asks_each or not goes_on:
                is_blank = words.isspace()
                drawn = PLAINLY if is_blank else sight.drawn(slot, (x0 + x1) / 2, y + style.size / 4)
                end_x = -math.inf if is_blank else x1  # a blank says nothing of the words that go on from it
            is_unseen = drawn.is_unseen or style.is_too_small
            look = style.is_bold or drawn.is_stroked, style.is_italic, UNSEEN if is_unseen else ""
            edges = to_hundredths(x0 - left), run_top, to_hundredths(x1 - left), bottom
            run = Run(words, style.font_name, style.size, *edges, *look)
            if is_parted and runs and _are_words_of_a_row(runs[-1], run):
                runs[-1] = replace(runs[-1], text=runs[-1].text + " ")
            runs.append(run)
            is_parted = False
        return runs

    def _style(self, setting: _Setting) -> _Style:
        """The style of a font as it is set. Raises _DoubtError where it is turned."""
        font, a, b, c, d, set_size = setting
        if abs(b) > 1e-3 or a <= 0 or d <= 0:
            raise _DoubtError
        descent = ctypes.c_float()
        calls.get_descent(font, 1000.0, descent)
        size = max(round(set_size * d, 1), SMALLEST_SIZE)
        face = face_of(ctypes.c_void_p(font))
        is_slanted = abs(c) > _SLANT * d
        name = face.name + (",Italic" if is_slanted else "")
        drop = descent.value / 1000 * size
        style = self._styles[setting] = _Style(
            name, size, drop, face.is_bold, is_slanted or face.is_italic, is_too_small(set_size, a, b, c, d)
        )
        return style


def _are_words_of_a_row(run: Run, after: Run) -> bool:
    """Whether a space that PDFium sees between two runs parts two words, and no word from its footnote mark."""
    return abs(run.bottom - after.bottom) < 1 and after.size > SUPERSCRIPT_SIZE * run.size


def to_hundredths(x: float) -> float:
    """The very number that round(x, 2) gives, in a third of the time: a fifteenth of all reading.

    Python rounds by writing the decimal and reading it back. A hundredth that is nearest beyond doubt, with no tie
    close by, is the quotient of two whole numbers, which divides to the same double.
    """
    if 0.01 <= x < 1e6:
        hundredfold = x * 100
        nearest = int(hundredfold + 0.5)
        if -0.499 < hundredfold - nearest < 0.499:
            return nearest / 100
    return round(x, 2)


def _crosses(run: Run, divider: Divider) -> bool:
    """Whether one run holds words of two columns: only its single characters could be parted."""
    return run.x0 < divider.x - 2 and run.x1 > divider.x + 2 and divider.is_level_with(run)
