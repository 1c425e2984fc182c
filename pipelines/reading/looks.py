"""How PDFium sees the characters of a page, for the reference reader: whether they are bold, italic, unseen.

pdfplumber delivers characters with the name of their font, but not its descriptor, nor how they are drawn. A character
is found by the place of its origin.
"""

import contextlib
import ctypes
import math
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from types import TracebackType
from typing import NamedTuple, Self

import pypdfium2

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.layers import layers_off
from pipelines.reading.pdfium_sight import (
    UNSEEN,
    Drawn,
    Face,
    Sight,
    face_by_name,
    face_of,
    is_too_small,
    objects_of,
)
from pipelines.reading.pdfium_text import stretches, text_of

_FINENESS = 10
"""Rows are told to a tenth of a point: the two libraries round differently."""

_DRIFT = 1.0
"""Points by which they may differ towards the end of a long text: one of them counts widths in whole units."""

_MOST_AT_A_PLACE = 8


class Look(NamedTuple):
    """A character as PDFium tells it."""

    text: str
    is_bold: bool
    is_italic: bool
    is_unseen: bool


Looks = dict[int, list[tuple[float, Look]]]
"""Characters by the row of their origin, in tenths of a point, from left to right."""


class Frame(NamedTuple):
    """How a page's own coordinates become pdfminer's: its box is moved to the origin and turned by its rotation."""

    box: tuple[float, float, float, float]
    rotation: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is for pdfminer."""
        x0, y0, x1, y1 = self.box
        return {
            0: (x - x0, y - y0),
            90: (y - y0, x1 - x),
            180: (x1 - x, y1 - y),
            270: (y1 - y, x - x0),
        }[self.rotation % 360 // 90 * 90]


class Viewer:
    """One PDF as PDFium sees it. Where it can't open the file, or a page, it has seen nothing of it."""

    def __init__(self, pdf: bytes) -> None:
        self._document: pypdfium2.PdfDocument | None = None
        with contextlib.suppress(pypdfium2.PdfiumError):
            self._document = pypdfium2.PdfDocument(pdf)
        self._off = layers_off(pdf)
        self._faces: dict[int, Face] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._document:
            self._document.close()

    def looks(self, number: int, frame: Frame, is_full: bool) -> Looks:
        """The characters of a page, from 1, by the places of their origins in `frame`.

        Unless `is_full` those are left out that look as the name of their font says: most of any page.
        """
        found: Looks = defaultdict(list)
        if not self._document:
            return found
        with (
            contextlib.suppress(pypdfium2.PdfiumError),
            contextlib.closing(self._document[number - 1]) as page,
            contextlib.closing(page.get_textpage()) as text_page,
        ):
            for place_x, place_y, look in self._characters(page, text_page, is_full):
                x, y = frame.place(place_x, place_y)
                for level in {math.floor(y * _FINENESS), math.ceil(y * _FINENESS)}:
                    found[level].append((x, look))
        for row in found.values():
            row.sort(key=itemgetter(0))
        return found

    def _characters(
        self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, is_full: bool
    ) -> Iterator[tuple[float, float, Look]]:
        """Characters with the places of their origins; those of one text object look alike."""
        text = text_of(text_page).replace("\0", "\ufffd")
        of_text, item = calls.handle(text_page.raw), ctypes.c_void_p()
        sight = Sight(page, objects_of(page, ()), self._off)
        x, y = ctypes.c_double(), ctypes.c_double()
        for address, start, end in stretches(of_text, text):
            if address is None or text[start:end].isspace():
                continue
            item.value = address
            face, drawn = self._face(calls.get_font(item)), _drawn(sight, item, of_text, start, end - 1)
            if not is_full and drawn == Drawn() and face == face_by_name(face.name):
                continue
            for index in range(start, end):
                calls.get_origin(of_text, index, ctypes.byref(x), ctypes.byref(y))
                look = Look(text[index], face.is_bold or drawn.is_stroked, face.is_italic, drawn.is_unseen)
                yield x.value, y.value, look

    def _face(self, font: int) -> Face:
        return self._faces.get(font) or self._faces.setdefault(font, face_of(ctypes.c_void_p(font)))


def _drawn(sight: Sight, item: ctypes.c_void_p, text_page: ctypes.c_void_p, first: int, last: int) -> Drawn:
    """How the characters of a text object are drawn, from the first to the last."""
    matrix, size, box = (ctypes.c_float * 6)(), ctypes.c_float(), (ctypes.c_float * 4)()
    calls.get_matrix(item, matrix)
    calls.get_font_size(item, ctypes.byref(size))
    if is_too_small(size.value, *matrix[:4]):
        return UNSEEN
    x, y = ctypes.c_double(), ctypes.c_double()
    calls.get_origin(text_page, first, ctypes.byref(x), ctypes.byref(y))
    calls.get_loose_box(text_page, last, box)
    return sight.drawn(item, (x.value + box[2]) / 2, y.value + abs(size.value * matrix[3]) / 4)


def look_at(looks: Looks, x: float, y: float, text: str) -> Look | None:
    """The character whose origin is at a place; None where PDFium has none there.

    Of some, the one that is told alike. One that is told as another letter says nothing of whether this one is seen.
    """
    row = looks.get(round(y * _FINENESS), [])
    start = bisect_left(row, x - _DRIFT, key=itemgetter(0))
    found = [one for one in row[start : start + _MOST_AT_A_PLACE] if one[0] <= x + _DRIFT]
    first = unicodedata.normalize("NFKC", text)[:1]
    alike = [one for one in found if one[1].text == first]
    if not found:
        return None
    _, nearest = min(alike or found, key=lambda one: abs(one[0] - x))
    is_another = not alike and first.isalnum() and nearest.text.isalnum()
    return nearest._replace(is_unseen=False) if is_another else nearest
