"""Where an object of a page may be drawn at all, by PDFium: the box that its clip paths leave."""

import ctypes
from collections.abc import Iterator
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


class Clips:
    """The clip paths of one page. Objects share them, so each is measured once, known by its first point's address."""

    def __init__(self) -> None:
        self._path = ctypes.c_void_p()
        self._point = (ctypes.c_float * 2)()
        self._places = [ctypes.byref(self._point, 4 * at) for at in range(2)]
        self._known: dict[tuple[int | None, ...], Bounds | None] = {}

    def bounds(self, item: ctypes.c_void_p) -> Bounds | None:
        """The box outside which an object is not drawn; None where it is not clipped."""
        path = self._path
        path.value = calls.get_clip_path(item)
        n_paths = calls.count_clip_paths(path)
        if n_paths < 1:
            return None
        key = tuple([calls.get_clip_segment(path, index, 0) for index in range(n_paths)])
        if key not in self._known:
            self._known[key] = self._measured(n_paths)
        return self._known[key]

    def _measured(self, n_paths: int) -> Bounds | None:
        found: Bounds | None = None
        for index in range(n_paths):
            points = list(self._points(index))
            if points:
                across, up = zip(*points, strict=True)
                box = Bounds(min(across), min(up), max(across), max(up))
                found = box.within(found) if found else box
        return found

    def _points(self, index: int) -> Iterator[tuple[float, float]]:
        segment = ctypes.c_void_p()
        for at in range(calls.count_clip_segments(self._path, index)):
            segment.value = calls.get_clip_segment(self._path, index, at)
            calls.get_point(segment, *self._places)
            yield _POINT(self._point)
