"""What is ruled on a page: the boxes that PDFium's paths draw, and the cells of the tables they make.

Tables are made by pdfplumber's own algorithm, so that both readers find the same ones.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2.raw as raw
from msgspec.structs import asdict
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.lines import Box

_THIN = 1.6
"""A box thinner than this, in points, is a rule line; word processors draw borders as thin boxes."""

_SNAP = 3.0
"""pdfplumber's own tolerance for joining rule lines, in points."""

_FEWEST_RULE_LINES = 4
MOST_RULE_LINES = 200
"""No page of a report has more than 80; finding the cells of a drawing of thousands would take minutes."""

_SEGMENTS_OF_A_BOX = 6
_MOST_SEGMENTS = 2000

_NUMBERS = Struct("6f").unpack

Table = tuple[Box, ...]


class Ruled(NamedTuple):
    """What is ruled on a page: the cells of each table, and boxes that stand alone."""

    tables: tuple[Table, ...] = ()
    frames: tuple[Box, ...] = ()


def read_ruled(paths: Sequence[int], left: float, top: float) -> Ruled | None:
    """The tables and frames that paths draw, given by their addresses; None where there are too many rule lines.

    `left` and `top` are the corner that places are counted from.
    """
    reader = _Paths(left, top)
    rule_lines: list[Box] = []
    for path in paths:
        reader.item.value = path
        rule_lines += reader.boxes()
        if len(rule_lines) > MOST_RULE_LINES:
            return None
    return _ruled(rule_lines) if len(rule_lines) >= _FEWEST_RULE_LINES or any(map(_is_box, rule_lines)) else Ruled()


class _Paths:
    """The paths of one page, one after the other as `item`. PDFium answers into `_numbers`."""

    def __init__(self, left: float, top: float) -> None:
        self.item = ctypes.c_void_p()
        self._left, self._top = left, top
        self._numbers = (ctypes.c_float * 6)()
        size = ctypes.sizeof(ctypes.c_float)
        self._places = [ctypes.byref(self._numbers, at * size) for at in range(4)]

    def boxes(self) -> Iterator[Box]:
        """The boxes that a path rules: its own where it is a line or a rectangle, else each level or upright stroke."""
        n_segments = calls.count_segments(self.item)
        if n_segments <= _SEGMENTS_OF_A_BOX:
            calls.get_bounds(self.item, *self._places)
            x0, y0, x1, y1, _, _ = _NUMBERS(self._numbers)
            yield Box(x0 - self._left, self._top - y1, x1 - self._left, self._top - y0)
        elif n_segments <= _MOST_SEGMENTS:
            yield from self._strokes(n_segments)

    def _strokes(self, n_segments: int) -> Iterator[Box]:
        """The level and upright strokes of a path that draws many, such as a whole grid."""
        place_x, place_y = self._places[:2]
        calls.get_matrix(self.item, place_x)
        a, b, c, d, e, f = _NUMBERS(self._numbers)
        segment = ctypes.c_void_p()
        before: tuple[float, float] | None = None
        for index in range(n_segments):
            segment.value = calls.get_segment(self.item, index)
            calls.get_point(segment, place_x, place_y)
            x, y, *_ = _NUMBERS(self._numbers)
            here = a * x + c * y + e - self._left, self._top - (b * x + d * y + f)
            if before and calls.get_segment_type(segment) == raw.FPDF_SEGMENT_LINETO:
                (x0, x1), (y0, y1) = sorted((before[0], here[0])), sorted((before[1], here[1]))
                if x1 - x0 < _THIN or y1 - y0 < _THIN:
                    yield Box(x0, y0, x1, y1)
            before = here


def _is_box(box: Box) -> bool:
    """Whether a path draws a box around something rather than one rule line."""
    return box.bottom - box.top >= _THIN and box.x1 - box.x0 >= _THIN


def _ruled(rule_lines: Sequence[Box]) -> Ruled:
    """The cells of each table that rule lines make, and those that are of none."""
    edges = merge_edges([edge for box in rule_lines for edge in _edges(box)], _SNAP, _SNAP, _SNAP, _SNAP)
    long = [edge for edge in edges if max(edge["width"], edge["height"]) >= _SNAP]
    cells = intersections_to_cells(edges_to_intersections(long, _SNAP, _SNAP))
    tables = tuple(tuple(Box(*map(float, cell)) for cell in table) for table in cells_to_tables(cells))
    return Ruled(tables, frames_of((Box(*map(float, cell)) for cell in cells), tables))


def frames_of(cells: Iterable[Box], tables: Sequence[Table]) -> tuple[Box, ...]:
    """The cells that are of no table: pdfplumber takes one cell alone for none."""
    in_tables = {cell for table in tables for cell in table}
    return tuple(cell for cell in cells if cell not in in_tables)


def _edges(box: Box) -> Iterator[dict[str, Any]]:
    """The edges of a box as pdfplumber describes them; a thin box is one edge."""
    middle_x, middle_y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    if box.bottom - box.top < _THIN:
        levels, uprights = [middle_y], []
    elif box.x1 - box.x0 < _THIN:
        levels, uprights = [], [middle_x]
    else:
        levels, uprights = [box.top, box.bottom], [box.x0, box.x1]
    for y in levels:
        yield _edge("h", Box(box.x0, y, box.x1, y))
    for x in uprights:
        yield _edge("v", Box(x, box.top, x, box.bottom))


def _edge(orientation: str, box: Box) -> dict[str, Any]:
    size = {"width": box.x1 - box.x0, "height": box.bottom - box.top}
    return asdict(box) | size | {"orientation": orientation}
