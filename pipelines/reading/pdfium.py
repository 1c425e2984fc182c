"""The fast reader: PDFium's text objects, each a run of characters with its place, font and size.

Belongs here: asking PDFium for one page's runs and rules in as few calls as it takes, and noticing when that is not
enough. Stays out: how runs become lines (`rows.py`), and the reading of pages that leave doubt, which is the reference
reader's (`plumber.py`).

A page leaves doubt when its text objects do not hold the very characters that PDFium's own text of the page has, when
text is turned, or when part of the page is drawn from a form: such a page is read by the reference reader.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipelines.reading import plumber
from pipelines.reading.files import UnreadableFileError, is_whole, too_many_pages
from pipelines.reading.lines import Box, Page
from pipelines.reading.rows import Divider, Run, dividers_of, lines_of

_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\xad": "-"})
_SLANT = 0.1
_THIN = 1.6
"""A box thinner than this, in points, is a rule; word processors draw borders as thin boxes."""

_SNAP = 3.0
"""pdfplumber's own tolerance for joining rules, in points."""

_FEWEST_RULES = 4
_SEGMENTS_OF_A_BOX = 6
_MOST_SEGMENTS = 2000
_BUFFER_BYTES = 16384


def read_pages(path: Path, max_pages: int) -> tuple[Page, ...]:
    """The pages of one PDF. Raises UnreadableFileError.

    A file without its end mark was cut: PDFium would mend it and give what is left, so the reference reader decides.
    """
    if not is_whole(path):
        return plumber.read_pages(path, max_pages)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFileError("encrypted_pdf", "the file asks for a password") from error
        return plumber.read_pages(path, max_pages)
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
        pages |= {page.page_number: page for page in plumber.read_pages(path, max_pages, doubtful)}
    return tuple(page for page in pages.values() if page is not None)


class _Font(NamedTuple):
    name: str
    descent: float


class PageReader:
    """Reads the pages of one open document; fonts are looked up once."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._fonts: dict[int, _Font] = {}
        self._text = ctypes.create_string_buffer(_BUFFER_BYTES)
        self._text_as_shorts = ctypes.cast(self._text, ctypes.POINTER(ctypes.c_ushort))
        self._matrix = pdfium.FS_MATRIX()
        self._float = ctypes.c_float()
        self._bounds = tuple(ctypes.c_float() for _ in range(4))

    def read(self, number: int) -> Page | None:
        """The page of that number, from 1; None where it leaves doubt."""
        page = self._document[number - 1]
        text_page = page.get_textpage()
        try:
            left, _, right, top = page.get_cropbox()
            found = self._runs_and_rules(page.raw, text_page.raw, left, top)
            if found is None:
                return None
            runs, rules = found
            if not _same_characters(runs, text_page.get_text_range()):
                return None
            tables = tuple(_tables(rules)) if len(rules) >= _FEWEST_RULES else ()
            dividers = [divider for table in tables for divider in dividers_of(table)]
            if any(_crosses(run, divider) for divider in dividers for run in runs):
                return None
            lines = lines_of(runs, dividers)
            return Page(number, right - left, page.get_height(), lines, tables)
        finally:
            text_page.close()
            page.close()

    def _runs_and_rules(self, page: Any, text_page: Any, left: float, top: float) -> tuple[list[Run], list[Box]] | None:
        """Every run of text and every ruled box of a page; None where a form or turned text leaves doubt."""
        runs: list[Run] = []
        rules: list[Box] = []
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            item = pdfium.FPDFPage_GetObject(page, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                length = pdfium.FPDFTextObj_GetText(item, text_page, self._text_as_shorts, _BUFFER_BYTES // 2)
                if length <= 2:
                    continue
                text = self._text.raw[: length - 2].decode("utf-16-le", "replace").translate(_HYPHENS)
                run = self._run(item, text, left, top)
                if run is None:
                    return None
                runs.append(run)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                rules += self._rules(item, left, top)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM:
                return None
        return runs, rules

    def _run(self, item: Any, text: str, left: float, top: float) -> Run | None:
        """A text object as a run; None where it is turned."""
        matrix = self._matrix
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        if abs(matrix.b) > 1e-3 or matrix.a <= 0 or matrix.d <= 0:
            return None
        pdfium.FPDFTextObj_GetFontSize(item, self._float)
        size = round(self._float.value * matrix.d, 1)
        _, _, x1, _ = self._bounds
        pdfium.FPDFPageObj_GetBounds(item, *self._bounds)
        font = self._font(item)
        bottom = top - matrix.f - font.descent * size
        name = f"{font.name},Italic" if abs(matrix.c) > _SLANT * matrix.d else font.name
        return Run(
            text,
            name,
            size,
            round(matrix.e - left, 2),
            round(bottom - size, 2),
            round(x1.value - left, 2),
            round(bottom, 2),
        )

    def _font(self, item: Any) -> _Font:
        handle = pdfium.FPDFTextObj_GetFont(item)
        key = ctypes.addressof(handle.contents)
        found = self._fonts.get(key)
        if found is None:
            name = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(handle, name, 256)
            descent = ctypes.c_float()
            pdfium.FPDFFont_GetDescent(handle, 1000.0, descent)
            found = self._fonts[key] = _Font(name.value.decode("latin-1"), descent.value / 1000)
        return found

    def _rules(self, item: Any, left: float, top: float) -> Iterator[Box]:
        """The boxes that a path rules: its own where it is a line or a rectangle, else each level or upright stroke."""
        n_segments = pdfium.FPDFPath_CountSegments(item)
        if n_segments <= _SEGMENTS_OF_A_BOX:
            pdfium.FPDFPageObj_GetBounds(item, *self._bounds)
            x0, y0, x1, y1 = (bound.value for bound in self._bounds)
            yield Box(x0 - left, top - y1, x1 - left, top - y0)
        elif n_segments <= _MOST_SEGMENTS:
            yield from self._strokes(item, n_segments, left, top)

    def _strokes(self, item: Any, n_segments: int, left: float, top: float) -> Iterator[Box]:
        """The level and upright strokes of a path that draws many, such as a whole grid."""
        matrix = self._matrix
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        x, y = self._bounds[:2]
        before: tuple[float, float] | None = None
        for index in range(n_segments):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            here = (
                matrix.a * x.value + matrix.c * y.value + matrix.e - left,
                top - (matrix.b * x.value + matrix.d * y.value + matrix.f),
            )
            if before and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
                (x0, x1), (y0, y1) = sorted((before[0], here[0])), sorted((before[1], here[1]))
                if x1 - x0 < _THIN or y1 - y0 < _THIN:
                    yield Box(x0, y0, x1, y1)
            before = here


def _crosses(run: Run, divider: Divider) -> bool:
    """Whether one run holds words of two columns: only its single characters could be parted."""
    middle = (run.top + run.bottom) / 2
    return run.x0 < divider.x - 2 and run.x1 > divider.x + 2 and divider.top <= middle <= divider.bottom


def _same_characters(runs: list[Run], page_text: str) -> bool:
    """Whether runs hold the characters of a page's text, each as often, white space aside."""
    ours = Counter("".join(run.text for run in runs))
    theirs = Counter(page_text.translate(_HYPHENS))
    for counts in (ours, theirs):
        for space in [character for character in counts if character.isspace() or character in "\0\ufeff"]:
            del counts[space]
    return ours == theirs


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
