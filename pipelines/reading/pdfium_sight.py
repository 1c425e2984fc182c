"""How the text of a page is drawn, by PDFium: whether a reader of the page sees it, and whether strokes make it bold.

Unseen is what is drawn invisibly (as a scanner's text layer is), in the colour of what lies under it, or under an
opaque box that is drawn later.
"""

import ctypes
import math
from functools import cache
from struct import Struct
from typing import NamedTuple

import pypdfium2.raw as raw

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.fonts import is_bold_font, is_italic_font

_INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FILLED_MODES = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_SEGMENTS_OF_A_BOX = 6
_THIN = 4.0
_LEAST_ALPHA = 16
_SAME_COLOR = 24
"""Colours whose parts, of 255, differ by no more than this are one to the eye."""

_COLOR = Struct("4I").unpack
_BOUNDS = Struct("4f").unpack

Color = tuple[int, int, int, int]
_WHITE: Color = (255, 255, 255, 255)


class Objects(NamedTuple):
    """The objects of a page by their addresses, in the order they are drawn in; `texts` and `areas` with their rank.

    `has_drawing_form`: a part that is drawn from a form holds more than texts and pictures, such as rule lines.
    """

    texts: dict[int, int]
    paths: list[int]
    areas: list[tuple[int, int]]
    has_drawing_form: bool


class _Surface(NamedTuple):
    """An area that is drawn: its rank, its bounds, and its colour; None where that is not known, as of a picture."""

    rank: int
    left: float
    bottom: float
    right: float
    top: float
    color: Color | None
    is_box: bool

    def has(self, x: float, y: float) -> bool:
        """Whether a point is on it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Face(NamedTuple):
    """A font: its name, and what its name or its descriptor tells."""

    name: str
    is_bold: bool
    is_italic: bool


class Drawn(NamedTuple):
    """How a text is drawn."""

    is_unseen: bool = False
    is_stroked: bool = False


PLAINLY = Drawn()


def face_of(font: ctypes.c_void_p) -> Face:
    """What the file says of a font."""
    written, angle = ctypes.create_string_buffer(256), ctypes.c_int()
    calls.get_font_name(font, written, 256)
    calls.get_italic_angle(font, ctypes.byref(angle))
    name, flags = written.value.decode("latin-1"), calls.get_font_flags(font)
    is_bold = is_bold_font(name, calls.get_font_weight(font), flags)
    return Face(name, is_bold, is_italic_font(name, angle.value, flags))


@cache
def face_by_name(name: str) -> Face:
    """The same of a font whose descriptor is not at hand."""
    return Face(name, is_bold_font(name), is_italic_font(name))


def objects_of(page: ctypes.c_void_p) -> Objects:
    """All objects of a page, each asked for once; those inside a form are not among them."""
    item = ctypes.c_void_p()
    found = Objects({}, [], [], False)
    has_drawing_form = False
    for rank in range(calls.count_objects(page)):
        address = item.value = calls.get_object(page, rank)
        kind = calls.get_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.texts[address] = rank
            continue
        if kind == raw.FPDF_PAGEOBJ_PATH:
            found.paths.append(address)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            has_drawing_form = has_drawing_form or not _is_of_texts_and_pictures(item)
        found.areas.append((rank, address))
    return found._replace(has_drawing_form=has_drawing_form)


def _is_of_texts_and_pictures(form: ctypes.c_void_p) -> bool:
    """Whether a form holds nothing else, as the one that nearly every form of a report is: a logo with a blank."""
    inner = ctypes.c_void_p()
    for index in range(calls.count_form_objects(form)):
        inner.value = calls.get_form_object(form, ctypes.c_ulong(index))
        if calls.get_type(inner) not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE):
            return False
    return True


class Sight:
    """What can be seen of the texts of one page. PDFium answers into `_color` and `_bounds`."""

    def __init__(self, objects: Objects) -> None:
        self._ranks = objects.texts
        self._color = (ctypes.c_uint * 4)()
        self._bounds = (ctypes.c_float * 4)()
        self._color_places = [ctypes.byref(self._color, 4 * at) for at in range(4)]
        self._bounds_places = [ctypes.byref(self._bounds, 4 * at) for at in range(4)]
        found = (self._surface(rank, ctypes.c_void_p(address)) for rank, address in objects.areas)
        self._surfaces = [surface for surface in found if surface]
        self._covers = [surface for surface in self._surfaces if surface.is_box and surface.color]
        self._last_cover = max((surface.rank for surface in self._covers), default=-1)
        self._plain: set[Color] = set()

    def drawn(self, item: ctypes.c_void_p, x: float, y: float) -> Drawn:
        """How a text object is drawn; `x` and `y` are its middle, in the page's own coordinates."""
        mode = calls.get_render_mode(item)
        color = _COLOR(self._color) if calls.get_fill_color(item, *self._color_places) else None
        if mode == raw.FPDF_TEXTRENDERMODE_FILL and self._last_cover < 0 and color in self._plain:
            return PLAINLY
        if mode in _INVISIBLE_MODES:
            return Drawn(is_unseen=True)
        rank = self._ranks.get(item.value or 0, math.inf)
        if rank < self._last_cover and any(cover.rank > rank and cover.has(x, y) for cover in self._covers):
            return Drawn(is_unseen=True)
        if color not in self._plain and mode in _FILLED_MODES and color and self._is_lost(color, rank, x, y):
            return Drawn(is_unseen=True)
        return Drawn(is_stroked=self._is_stroked(item)) if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE else PLAINLY

    def _is_lost(self, color: Color, rank: float, x: float, y: float) -> bool:
        """Whether a text has the colour of what lies under it; what lies under one inside a form is not known.

        A colour that nothing on the page has is remembered.
        """
        if color[3] < _LEAST_ALPHA:
            return True
        if not any(_is_same(color, ground) for ground in (_WHITE, *(one.color for one in self._surfaces)) if ground):
            self._plain.add(color)
            return False
        under = [one.color for one in self._surfaces if one.rank < rank and one.has(x, y)]
        ground = under[-1] if under else _WHITE
        return rank != math.inf and ground is not None and _is_same(color, ground)

    def _surface(self, rank: int, item: ctypes.c_void_p) -> _Surface | None:
        """What an object covers; None for a line, and for a path that is not filled."""
        is_path = calls.get_type(item) == raw.FPDF_PAGEOBJ_PATH
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if is_path and calls.get_draw_mode(item, ctypes.byref(fill), ctypes.byref(stroke)) and not fill.value:
            return None
        calls.get_bounds(item, *self._bounds_places)
        left, bottom, right, top = _BOUNDS(self._bounds)
        if right - left < _THIN or top - bottom < _THIN:
            return None
        color = self._fill(item) if is_path and not calls.has_transparency(item) else None
        is_box = is_path and calls.count_segments(item) <= _SEGMENTS_OF_A_BOX
        return _Surface(rank, left, bottom, right, top, color, is_box)

    def _fill(self, item: ctypes.c_void_p) -> Color | None:
        return _COLOR(self._color) if calls.get_fill_color(item, *self._color_places) else None

    def _is_stroked(self, item: ctypes.c_void_p) -> bool:
        """Whether a text is drawn thicker by strokes of its own colour, as programs do that have no bold font."""
        width, fill = ctypes.c_float(), self._fill(item)
        calls.get_stroke_width(item, ctypes.byref(width))
        has_stroke = calls.get_stroke_color(item, *self._color_places)
        return bool(has_stroke and fill and width.value > 0 and _is_same(_COLOR(self._color), fill))


def _is_same(color: Color, other: Color) -> bool:
    return all(abs(part - part_of_other) <= _SAME_COLOR for part, part_of_other in zip(color, other, strict=True))
