"""How the text of a page is drawn, by PDFium: whether a reader of the page sees it, and whether strokes make it bold.

Unseen is what is drawn invisibly (as a scanner's text layer is), in the colour of what lies under it, too small to
read, outside its clip path, in a layer that is off, or under an opaque box or picture that is drawn later.
"""

import ctypes
import math
from collections.abc import Collection
from functools import cache
from struct import Struct
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.fonts import is_bold_font, is_italic_font
from pipelines.reading.layers import is_in_layer
from pipelines.reading.pdfium_clips import Bounds, Clips
from pipelines.reading.pdfium_pictures import Pictures

_FILLED_MODES, _STROKED_MODES = (0, 2, 4, 6), (1, 2, 5, 6)
"""How text is rendered, by the numbers of the PDF standard; 3 and 7 draw nothing."""

_SEGMENTS_OF_A_BOX = 6
_THIN = 4.0
_LEAST_ALPHA = 16
_SAME_COLOR = 24
"""Colours whose parts, of 255, differ by no more than this are one to the eye."""

SMALLEST_TO_READ = 1.5
_NARROWEST = 0.1
"""Points, and the share of its height that a letter is set as wide as: nobody can read what is smaller."""

_COLOR = Struct("4I").unpack
_BOUNDS = Struct("4f").unpack

Color = tuple[int, int, int, int]
_WHITE: Color = (255, 255, 255, 255)


class Objects(NamedTuple):
    """The objects of a page by their addresses, each with its rank in the order they are drawn in.

    `paths` and `areas` are those that are no texts. `has_drawing_form`: a part that is drawn from a form holds more
    than texts and pictures, such as rule lines.
    """

    ranks: dict[int, int]
    paths: list[int]
    areas: list[int]
    has_drawing_form: bool


class _Surface(NamedTuple):
    """An area that is drawn: its rank, its bounds, and its colour; None where that is not known, as of a picture."""

    rank: int
    bounds: Bounds
    color: Color | None
    is_box: bool
    picture: int | None


class Face(NamedTuple):
    """A font: its name, and what its name or its descriptor tells."""

    name: str
    is_bold: bool
    is_italic: bool


class Drawn(NamedTuple):
    """How a text is drawn."""

    is_unseen: bool = False
    is_stroked: bool = False


PLAINLY, UNSEEN = Drawn(), Drawn(is_unseen=True)


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


def is_too_small(size: float, a: float, b: float, c: float, d: float) -> bool:
    """Whether text is too small to be read, by its size and the first numbers of the matrix it is set by."""
    width, height = math.hypot(a, b), math.hypot(c, d)
    return size * height < SMALLEST_TO_READ or width < _NARROWEST * height


def objects_of(page: pypdfium2.PdfPage, texts: Collection[int]) -> Objects:
    """All objects of a page, each asked for once; those inside a form are not among them.

    `texts` are addresses that are known for texts: most of the objects of any page.
    """
    handle, item = calls.handle(page.raw), ctypes.c_void_p()
    addresses = [calls.get_object(handle, rank) for rank in range(calls.count_objects(handle))]
    found = Objects({address: rank for rank, address in enumerate(addresses)}, [], [], False)
    has_drawing_form = False
    for address in addresses:
        if address in texts:
            continue
        item.value = address
        kind = calls.get_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == raw.FPDF_PAGEOBJ_PATH:
            found.paths.append(address)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            has_drawing_form = has_drawing_form or not _is_of_texts_and_pictures(item)
        found.areas.append(address)
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
    """What can be seen of the texts of one page. PDFium answers into `_color` and `_bounds`.

    `off` are the names of layers that are switched off.
    """

    def __init__(
        self, page: pypdfium2.PdfPage, objects: Objects, off: Collection[str], *, asks_each: bool = True
    ) -> None:
        self.asks_each = asks_each
        self._off = off
        self.ranks = objects.ranks
        self._clips = Clips()
        self._color = (ctypes.c_uint * 4)()
        self._bounds = (ctypes.c_float * 4)()
        self._color_places = [ctypes.byref(self._color, 4 * at) for at in range(4)]
        self._bounds_places = [ctypes.byref(self._bounds, 4 * at) for at in range(4)]
        found = (self._surface(address) for address in objects.areas)
        self._surfaces = [surface for surface in found if surface]
        self._covers = [one for one in self._surfaces if one.picture or (one.is_box and one.color)]
        self._last_cover = max((surface.rank for surface in self._covers), default=-1)
        self._pictures = Pictures(page)
        self._plain: set[Color] = set()

    def drawn(self, item: ctypes.c_void_p, x: float, y: float) -> Drawn:
        """How a text object is drawn; `x` and `y` are its middle, in the page's own coordinates."""
        clip = self._clips.bounds(item)
        if (clip and not clip.has(x, y)) or (self._off and is_in_layer(item, self._off)):
            return UNSEEN
        mode, rank = calls.get_render_mode(item), self.ranks.get(item.value or 0, math.inf)
        if rank < self._last_cover and any(one.rank > rank and self._hides(one, x, y) for one in self._covers):
            return UNSEEN
        fill = self._fill(item) if mode in _FILLED_MODES else None
        if mode == raw.FPDF_TEXTRENDERMODE_FILL and fill in self._plain:
            return PLAINLY
        stroke = self._stroke(item) if mode in _STROKED_MODES else None
        if not any(color and not self._is_lost(color, rank, x, y) for color in (fill, stroke)):
            return UNSEEN
        is_stroked = bool(fill and stroke and _is_same(fill, stroke) and self._has_stroke_width(item))
        return Drawn(is_stroked=is_stroked) if is_stroked else PLAINLY

    def _is_lost(self, color: Color, rank: float, x: float, y: float) -> bool:
        """Whether a text has the colour of what lies under it; what lies under one inside a form is not known.

        A colour that nothing on the page has is remembered.
        """
        if color[3] < _LEAST_ALPHA:
            return True
        if color in self._plain:
            return False
        if not any(_is_same(color, ground) for ground in (_WHITE, *(one.color for one in self._surfaces)) if ground):
            self._plain.add(color)
            return False
        under = [one.color for one in self._surfaces if one.rank < rank and one.bounds.has(x, y)]
        ground = under[-1] if under else _WHITE
        return rank != math.inf and ground is not None and _is_same(color, ground)

    def _surface(self, address: int) -> _Surface | None:
        """What an object covers, as far as it is not clipped; None for a line, and for a path that is not filled."""
        item = ctypes.c_void_p(address)
        kind, fill, stroke = calls.get_type(item), ctypes.c_int(), ctypes.c_int()
        is_path = kind == raw.FPDF_PAGEOBJ_PATH
        if is_path and calls.get_draw_mode(item, ctypes.byref(fill), ctypes.byref(stroke)) and not fill.value:
            return None
        calls.get_bounds(item, *self._bounds_places)
        bounds, clip = Bounds(*_BOUNDS(self._bounds)), self._clips.bounds(item)
        bounds = bounds.within(clip) if clip else bounds
        if bounds.right - bounds.left < _THIN or bounds.top - bounds.bottom < _THIN:
            return None
        is_opaque = not calls.has_transparency(item)
        color = self._fill(item) if is_path and is_opaque else None
        is_box = is_path and calls.count_segments(item) <= _SEGMENTS_OF_A_BOX
        picture = address if kind == raw.FPDF_PAGEOBJ_IMAGE and is_opaque else None
        return _Surface(self.ranks[address], bounds, color, is_box, picture)

    def _hides(self, cover: _Surface, x: float, y: float) -> bool:
        """Whether a cover is opaque at a point: a picture may have a mask."""
        if not cover.bounds.has(x, y):
            return False
        return cover.picture is None or self._pictures.is_opaque(cover.picture, x, y)

    def _fill(self, item: ctypes.c_void_p) -> Color | None:
        return _COLOR(self._color) if calls.get_fill_color(item, *self._color_places) else None

    def _stroke(self, item: ctypes.c_void_p) -> Color | None:
        return _COLOR(self._color) if calls.get_stroke_color(item, *self._color_places) else None

    def _has_stroke_width(self, item: ctypes.c_void_p) -> bool:
        """Whether a text's strokes make it thicker, as programs do that have no bold font."""
        width = ctypes.c_float()
        calls.get_stroke_width(item, ctypes.byref(width))
        return width.value > 0


def _is_same(color: Color, other: Color) -> bool:
    return all(abs(part - part_of_other) <= _SAME_COLOR for part, part_of_other in zip(color, other, strict=True))
