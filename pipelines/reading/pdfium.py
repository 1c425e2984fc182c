"""The fast reader: PDFium's text objects, each a run of characters with its place, font and size.

Belongs here: asking PDFium for one page's runs and rules in as few calls as it takes, and noticing when that is not
enough. Stays out: how runs become lines (`rows.py`), and the reading of pages that leave doubt, which is the reference
reader's (`plumber.py`).

A page leaves doubt when its text objects do not hold the very characters that PDFium's own text of the page has, when
text is turned, or when part of the page is drawn from a form: such a page is read by the reference reader.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as raw
from msgspec.structs import replace
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipelines.reading import pdfium_calls as calls
from pipelines.reading import plumber
from pipelines.reading.files import Pdf, is_whole, too_many_pages
from pipelines.reading.lines import Box, Page
from pipelines.reading.rows import dividers_of, lines_of
from pipelines.reading.runs import SUPERSCRIPT_SIZE, Divider, Run

_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\xad": "-"})
_INVISIBLE = "\0\ufeff\u200b"
_SLANT = 0.1
_THIN = 1.6
"""A box thinner than this, in points, is a rule; word processors draw borders as thin boxes."""

_SNAP = 3.0
"""pdfplumber's own tolerance for joining rules, in points."""

_FEWEST_RULES = 4
_SEGMENTS_OF_A_BOX = 6
_MOST_SEGMENTS = 2000


def read_pages(pdf: Pdf, max_pages: int) -> tuple[Page, ...]:
    """The pages of one PDF. Raises UnreadableFileError.

    A file without its end mark was cut: PDFium would mend it and give what is left, so the reference reader decides.
    """
    if not is_whole(pdf):
        return plumber.read_pages(pdf, max_pages)
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        # PDFium may give the reason for which it refused another file before this one
        return plumber.read_pages(pdf, max_pages)
    try:
        n_pages = len(document)
        if n_pages > max_pages:
            raise too_many_pages(n_pages, max_pages)
        reader = PageReader(document)
        pages = {number: reader.read(number) for number in range(1, n_pages + 1)}
    finally:
        document.close()
    doubtful = {number for number, page in pages.items() if page is None}
    if doubtful:
        pages |= {page.page_number: page for page in plumber.read_pages(pdf, max_pages, doubtful)}
    return tuple(page for page in pages.values() if page is not None)


class _Font(NamedTuple):
    name: str
    descent: float


class PageReader:
    """Reads the pages of one open document; fonts are looked up once."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._fonts: dict[int, _Font] = {}
        self._matrix = raw.FS_MATRIX()
        self._float = ctypes.c_float()
        self._bounds = tuple(ctypes.c_float() for _ in range(4))

    def read(self, number: int) -> Page | None:
        """The page of that number, from 1; None where it leaves doubt."""
        page = self._document[number - 1]
        text_page = page.get_textpage()
        try:
            left, _, right, top = page.get_cropbox()
            rules = self._rules(calls.handle(page.raw), left, top)
            text = text_page.get_text_range()
            if rules is None or len(text) != text_page.count_chars():
                return None
            runs = self._runs(calls.handle(text_page.raw), text, left, top)
            if runs is None:
                return None
            tables = tuple(_tables(rules)) if len(rules) >= _FEWEST_RULES else ()
            dividers = [divider for table in tables for divider in dividers_of(table)]
            if any(_crosses(run, divider) for divider in dividers for run in runs):
                return None
            return Page(number, right - left, page.get_height(), lines_of(runs, dividers), tables)
        finally:
            text_page.close()
            page.close()

    def _runs(self, text_page: int, text: str, left: float, top: float) -> list[Run] | None:
        """Every run of a page's text: the characters of one text object that follow one another.

        None where text is turned, or where a visible character belongs to no object.
        """
        runs: list[Run] = []
        is_parted = False
        at, end = 0, len(text)
        while at < end:
            item = calls.get_text_object(text_page, at)
            if not item:
                if not (text[at].isspace() or text[at] in _INVISIBLE):
                    return None
                is_parted = is_parted or text[at] == " "
                at += 1
                continue
            start, at = at, _end_of_object(text_page, item, at, end)
            run = self._run(item, text[start:at].translate(_HYPHENS), left, top)
            if run is None:
                return None
            if is_parted and runs and _are_words_of_a_row(runs[-1], run):
                runs[-1] = replace(runs[-1], text=runs[-1].text + " ")
            runs.append(run)
            is_parted = False
        return runs

    def _run(self, item: int, text: str, left: float, top: float) -> Run | None:
        """A text object as a run; None where it is turned."""
        matrix = self._matrix
        calls.get_matrix(item, matrix)
        size_factor = matrix.d
        if abs(matrix.b) > 1e-3 or matrix.a <= 0 or size_factor <= 0:
            return None
        calls.get_font_size(item, self._float)
        size = round(self._float.value * size_factor, 1)
        calls.get_bounds(item, *self._bounds)
        font = self._font(calls.get_font(item))
        bottom = round(top - matrix.f - font.descent * size, 2)
        name = f"{font.name},Italic" if abs(matrix.c) > _SLANT * size_factor else font.name
        x1 = self._bounds[2].value - left
        return Run(text, name, size, round(matrix.e - left, 2), round(bottom - size, 2), round(x1, 2), bottom)

    def _font(self, handle: int) -> _Font:
        found = self._fonts.get(handle)
        if found is None:
            name = ctypes.create_string_buffer(256)
            calls.get_font_name(handle, name, 256)
            calls.get_descent(handle, 1000.0, self._float)
            found = self._fonts[handle] = _Font(name.value.decode("latin-1"), self._float.value / 1000)
        return found

    def _rules(self, page: int, left: float, top: float) -> list[Box] | None:
        """Every ruled box of a page; None where part of the page is drawn from a form, which may hold text."""
        rules: list[Box] = []
        for index in range(calls.count_objects(page)):
            item = calls.get_object(page, index)
            kind = calls.get_type(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                rules += self._boxes(item, left, top)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                return None
        return rules

    def _boxes(self, item: int, left: float, top: float) -> Iterator[Box]:
        """The boxes that a path rules: its own where it is a line or a rectangle, else each level or upright stroke."""
        n_segments = calls.count_segments(item)
        if n_segments <= _SEGMENTS_OF_A_BOX:
            calls.get_bounds(item, *self._bounds)
            x0, y0, x1, y1 = (bound.value for bound in self._bounds)
            yield Box(x0 - left, top - y1, x1 - left, top - y0)
        elif n_segments <= _MOST_SEGMENTS:
            yield from self._strokes(item, n_segments, left, top)

    def _strokes(self, item: int, n_segments: int, left: float, top: float) -> Iterator[Box]:
        """The level and upright strokes of a path that draws many, such as a whole grid."""
        matrix = self._matrix
        calls.get_matrix(item, matrix)
        x, y = self._bounds[:2]
        before: tuple[float, float] | None = None
        for index in range(n_segments):
            segment = calls.get_segment(item, index)
            calls.get_point(segment, x, y)
            here = (
                matrix.a * x.value + matrix.c * y.value + matrix.e - left,
                top - (matrix.b * x.value + matrix.d * y.value + matrix.f),
            )
            if before and calls.get_segment_type(segment) == raw.FPDF_SEGMENT_LINETO:
                (x0, x1), (y0, y1) = sorted((before[0], here[0])), sorted((before[1], here[1]))
                if x1 - x0 < _THIN or y1 - y0 < _THIN:
                    yield Box(x0, y0, x1, y1)
            before = here


def _are_words_of_a_row(run: Run, after: Run) -> bool:
    """Whether a space that PDFium sees between two runs parts two words, and no word from its footnote mark."""
    return abs(run.bottom - after.bottom) < 1 and after.size > SUPERSCRIPT_SIZE * run.size


def _end_of_object(text_page: int, item: int, at: int, end: int) -> int:
    """Where the characters of a text object end that begin at `at`: by doubling steps, then by halving them."""
    step = 1
    inside = at
    while inside + step < end and calls.get_text_object(text_page, inside + step) == item:
        inside += step
        step *= 2
    outside = min(inside + step, end)
    while outside - inside > 1:
        middle = (inside + outside) // 2
        if calls.get_text_object(text_page, middle) == item:
            inside = middle
        else:
            outside = middle
    return outside


def _crosses(run: Run, divider: Divider) -> bool:
    """Whether one run holds words of two columns: only its single characters could be parted."""
    middle = (run.top + run.bottom) / 2
    return run.x0 < divider.x - 2 and run.x1 > divider.x + 2 and divider.top <= middle <= divider.bottom


def _tables(rules: list[Box]) -> Iterator[tuple[Box, ...]]:
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
