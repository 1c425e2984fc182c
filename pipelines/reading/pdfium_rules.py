"""What is ruled on a page: the boxes that PDFium's paths draw, and the cells of the tables they make.

Belongs here: asking PDFium for the paths of a page, and making tables of them by pdfplumber's own algorithm.
Stays out: text (`pdfium.py`), and which edges of a table part columns (`rows.py`).
"""

import ctypes
from collections.abc import Collection, Iterator, Sequence
from struct import Struct
from typing import Any

import pypdfium2.raw as raw
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.lines import Box

_THIN = 1.6
"""A box thinner than this, in points, is a rule; word processors draw borders as thin boxes."""

_SNAP = 3.0
"""pdfplumber's own tolerance for joining rules, in points."""

_FEWEST_RULES = 4
_SEGMENTS_OF_A_BOX = 6
_MOST_SEGMENTS = 2000

_MATRIX = Struct("6f").unpack
_FOUR = Struct("4f").unpack

Table = tuple[Box, ...]


class RuleReader:
    """Reads what is ruled on the pages of one document. PDFium answers into buffers that are made once."""

    def __init__(self) -> None:
        self._item = ctypes.c_void_p()
        self._matrix = (ctypes.c_float * 6)()
        self._numbers = (ctypes.c_float * 4)()
        size = ctypes.sizeof(ctypes.c_float)
        self._places = [ctypes.byref(self._numbers, at * size) for at in range(4)]

    def tables(
        self, page: ctypes.c_void_p, text_objects: Collection[int], left: float, top: float
    ) -> tuple[Table, ...] | None:
        """The cells of each ruled table of a page; None where part of it is drawn from a form, which may hold text.

        `text_objects` are known to be text. `left` and `top` are the corner that places are counted from.
        """
        rules = self._rules(page, text_objects, left, top)
        if rules is None:
            return None
        return tuple(_tables(rules)) if len(rules) >= _FEWEST_RULES else ()

    def _rules(self, page: ctypes.c_void_p, text_objects: Collection[int], left: float, top: float) -> list[Box] | None:
        """Every ruled box of a page; None where part of the page is drawn from a form."""
        rules: list[Box] = []
        for index in range(calls.count_objects(page)):
            item = calls.get_object(page, index)
            if item in text_objects:
                continue
            self._item.value = item
            kind = calls.get_type(self._item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                rules += self._boxes(left, top)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                return None
        return rules

    def _boxes(self, left: float, top: float) -> Iterator[Box]:
        """The boxes that a path rules: its own where it is a line or a rectangle, else each level or upright stroke."""
        n_segments = calls.count_segments(self._item)
        if n_segments <= _SEGMENTS_OF_A_BOX:
            calls.get_bounds(self._item, *self._places)
            x0, y0, x1, y1 = _FOUR(self._numbers)
            yield Box(x0 - left, top - y1, x1 - left, top - y0)
        elif n_segments <= _MOST_SEGMENTS:
            yield from self._strokes(n_segments, left, top)

    def _strokes(self, n_segments: int, left: float, top: float) -> Iterator[Box]:
        """The level and upright strokes of a path that draws many, such as a whole grid."""
        calls.get_matrix(self._item, ctypes.byref(self._matrix))
        a, b, c, d, e, f = _MATRIX(self._matrix)
        segment = ctypes.c_void_p()
        place_x, place_y = self._places[:2]
        before: tuple[float, float] | None = None
        for index in range(n_segments):
            segment.value = calls.get_segment(self._item, index)
            calls.get_point(segment, place_x, place_y)
            x, y, _, _ = _FOUR(self._numbers)
            here = a * x + c * y + e - left, top - (b * x + d * y + f)
            if before and calls.get_segment_type(segment) == raw.FPDF_SEGMENT_LINETO:
                (x0, x1), (y0, y1) = sorted((before[0], here[0])), sorted((before[1], here[1]))
                if x1 - x0 < _THIN or y1 - y0 < _THIN:
                    yield Box(x0, y0, x1, y1)
            before = here


def _tables(rules: Sequence[Box]) -> Iterator[Table]:
    """The cells of each table that rules make, by pdfplumber's own algorithm."""
    edges = merge_edges([edge for rule in rules for edge in _edges(rule)], _SNAP, _SNAP, _SNAP, _SNAP)
    long = [edge for edge in edges if max(edge["width"], edge["height"]) >= _SNAP]
    cells = intersections_to_cells(edges_to_intersections(long, _SNAP, _SNAP))
    for table in cells_to_tables(cells):
        yield tuple(Box(*map(float, cell)) for cell in table)


def _edges(rule: Box) -> Iterator[dict[str, Any]]:
    """The edges of a box as pdfplumber describes them; a thin box is one edge."""
    x0, top, x1, bottom = rule.x0, rule.top, rule.x1, rule.bottom
    if bottom - top < _THIN:
        yield _edge("h", x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    elif x1 - x0 < _THIN:
        yield _edge("v", (x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
    else:
        yield _edge("h", x0, top, x1, top)
        yield _edge("h", x0, bottom, x1, bottom)
        yield _edge("v", x0, top, x0, bottom)
        yield _edge("v", x1, top, x1, bottom)


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }
