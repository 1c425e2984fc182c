"""Where an object of a page may be drawn at all, by PDFium: the box that its clip paths leave."""

import ctypes
import math
from struct import Struct
from typing import NamedTuple

from pipelines.reading import pdfium_calls as calls

_POINT = Struct("2f").unpack


class Bounds(NamedTuple):
    """A box in the page's own coordinates."""

    left: float
    bottom: float
    right: float
    top: float

    def has(self, x: float, y: float) -> bool:
        """Whether a point is on it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def within(self, other: "Bounds") -> "Bounds":
        """What it has in common with another: its edges cross where that is nothing."""
        return Bounds(*map(max, self[:2], other[:2]), *map(min, self[2:], other[2:]))


_EVERYWHERE = Bounds(-math.inf, -math.inf, math.inf, math.inf)


class Clips:
    """The clip paths of one page. Objects share them, so each is measured once, known by its first point's address."""

    def __init__(self) -> None:
        self._path = ctypes.c_void_p()
        self._point = (ctypes.c_float * 2)()
        self._places = [ctypes.byref(self._point, 4 * at) for at in range(2)]
        self._known: dict[int | None, Bounds] = {None: _EVERYWHERE}

    def bounds(self, item: ctypes.c_void_p) -> Bounds | None:
        """The box outside which an object is not drawn; None where it is not clipped."""
        path = self._path
        path.value = calls.get_clip_path(item)
        n_paths = calls.count_clip_paths(path)
        if n_paths < 1:
            return None
        box = self._one(0)
        for index in range(1, n_paths):
            box = box.within(self._one(index))
        return box

    def _one(self, index: int) -> Bounds:
        """The box around one of the paths that clip an object; a path without points is not understood."""
        key = calls.get_clip_segment(self._path, index, 0)
        return self._known.get(key) or self._known.setdefault(key, self._measured(index))

    def _measured(self, index: int) -> Bounds:
        segment = ctypes.c_void_p()
        points: list[tuple[float, float]] = []
        for at in range(calls.count_clip_segments(self._path, index)):
            segment.value = calls.get_clip_segment(self._path, index, at)
            calls.get_point(segment, *self._places)
            points.append(_POINT(self._point))
        across, up = zip(*points, strict=True)
        return Bounds(min(across), min(up), max(across), max(up))
