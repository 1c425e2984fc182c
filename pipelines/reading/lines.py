"""What a line is: the contract between reading a PDF, by whichever reader, and parsing.

All coordinates are points from the page's top left corner. The structs are frozen, picklable and
encoded with msgspec, so what was read comes back from the cache validated. They hold no
reference cycles, so the garbage collector need not track the many small ones (`gc=False`).
"""

import msgspec


class Cell(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A stretch of a line that stands apart from its neighbours by a gap wider than any word space.

    `start` and `end` are offsets into the line's text. A hanging number, a column of a table and a page
    number at the right margin are cells of their own.
    """

    start: int
    end: int
    x0: float
    x1: float


class Line(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One visual row of text on a page, words separated by single spaces.

    `font_name` and `font_size` (points) are those of most of its characters. `superscripts` are the offsets
    (start, end) of raised small characters: footnote marks, and the "th" of a date. `is_bold` and `is_italic` are
    told by the font's name, by what the file says of its weight and slope, or by how it is drawn. `sort` is empty for
    a line that is read as it stands, else unseen, turned or watermark: see `runs.py`.
    """

    line_number: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    font_name: str
    font_size: float
    cells: tuple[Cell, ...]
    superscripts: tuple[tuple[int, int], ...] = ()
    is_bold: bool = False
    is_italic: bool = False
    sort: str = ""

    def cell_text(self, cell: Cell) -> str:
        """The text of one cell of this line."""
        return self.text[cell.start : cell.end]


class Box(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float


class Note(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Something odd that reading saw on a page: a code of `notes.py`, a sentence, and the words it is about."""

    code: str
    message: str
    excerpt: str


class Page(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One page: its lines from top to bottom, the cells of each ruled table on it, and what was odd about it.

    `frames` are ruled boxes that stand alone, as around a case study: no table.
    """

    page_number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[tuple[Box, ...], ...] = ()
    notes: tuple[Note, ...] = ()
    frames: tuple[Box, ...] = ()


class ReadReport(msgspec.Struct, frozen=True):
    """Everything read from one file: what `parsing` is given, and all that the cache keeps."""

    file_sha256: str
    reader: str
    reader_version: str
    pages: tuple[Page, ...]

    @property
    def word_count(self) -> int:
        """Words (runs of non-space) on all pages."""
        return sum(len(line.text.split()) for page in self.pages for line in page.lines)


class UnreadableReport(msgspec.Struct, frozen=True):
    """A file that could not be read, with a reason from the contract and what the reader saw.

    `reason` is one of not_a_pdf, damaged_pdf, encrypted_pdf, no_text, too_large.
    """

    file_sha256: str
    reader: str
    reader_version: str
    reason: str
    detail: str
