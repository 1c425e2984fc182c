"""How PDFium sees the characters of a page, for the reference reader: whether they are bold, italic, unseen.

pdfplumber delivers characters with the name of their font, but not its descriptor, nor how they are drawn. A character
is found by the place of its origin.
"""

import contextlib
import ctypes
import math
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple, Self

import pypdfium2
import pypdfium2.raw as raw

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.pdfium_sight import Drawn, Face, Sight, face_by_name, face_of, objects_of

_FINENESS = 10
"""Places are told to a tenth of a point: the two libraries round differently."""

_RISE = 2.0
"""Points above its baseline where even small type has ink."""


class Look(NamedTuple):
    """A character as PDFium tells it."""

    text: str
    is_bold: bool
    is_italic: bool
    is_unseen: bool


Looks = dict[tuple[int, int], Look]


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
        self._faces: dict[int, Face] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._document:
            self._document.close()

    def looks(self, number: int, frame: Frame, is_full: bool) -> Looks:
        """The characters of a page, from 1, by the places of their origins in `frame`, in tenths of a point.

        Unless `is_full` those are left out that look as the name of their font says: most of any page.
        """
        found: Looks = {}
        if not self._document:
            return found
        with (
            contextlib.suppress(pypdfium2.PdfiumError),
            contextlib.closing(self._document[number - 1]) as page,
            contextlib.closing(page.get_textpage()) as text_page,
        ):
            for x, y, look in self._characters(page, text_page, is_full):
                found |= dict.fromkeys(_keys_near(*frame.place(x, y)), look)
        return found

    def _characters(
        self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, is_full: bool
    ) -> Iterator[tuple[float, float, Look]]:
        """Characters with the places of their origins; those of one text object look alike."""
        sight = Sight(objects_of(calls.handle(page.raw)))
        of_text, item = calls.handle(text_page.raw), ctypes.c_void_p()
        x, y = ctypes.c_double(), ctypes.c_double()
        last, face, drawn, is_told = None, Face("", False, False), Drawn(), False
        for index, text in enumerate(text_page.get_text_range()):
            here = calls.get_text_object(of_text, index)
            if here is None or text.isspace() or (is_told and here == last):
                continue
            item.value = here
            calls.get_origin(of_text, index, ctypes.byref(x), ctypes.byref(y))
            if here != last:
                last, face = here, self._face(calls.get_font(item))
                drawn = sight.drawn(item, x.value + _RISE, y.value + _RISE)
                is_told = not is_full and drawn == Drawn() and face == face_by_name(face.name)
            if not is_told:
                is_bold = face.is_bold or drawn.is_stroked
                text = chr(raw.FPDFText_GetUnicode(text_page.raw, index) or 0xFFFD)
                yield x.value, y.value, Look(text, is_bold, face.is_italic, drawn.is_unseen)

    def _face(self, font: int) -> Face:
        return self._faces.get(font) or self._faces.setdefault(font, face_of(ctypes.c_void_p(font)))


def look_at(looks: Looks, x: float, y: float) -> Look | None:
    """The character whose origin is at a place; None where PDFium has none there."""
    return looks.get((round(x * _FINENESS), round(y * _FINENESS)))


def _keys_near(x: float, y: float) -> Iterator[tuple[int, int]]:
    x, y = x * _FINENESS, y * _FINENESS
    yield from ((column, row) for column in (math.floor(x), math.ceil(x)) for row in (math.floor(y), math.ceil(y)))
