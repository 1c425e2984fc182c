"""Paper: lines of text placed on A4 pages, broken and turned over as a word processor does it.

A document is laid out first and drawn afterwards, because a contents page comes before the pages that it counts.
Vertical positions are points from the top of the page, as a PDF reader gives them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.sample.squares import register_square_font

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 70.9, 524.0
BODY_SIZE, LEADING = 12.0, 14.5


@dataclass(frozen=True, slots=True)
class Face:
    """A font family: the names of its upright and bold fonts, and the dash it has for sub-bullets."""

    regular: str
    bold: str
    dash: str
    scale: float = 1.0


# Vera runs wide, so it is set smaller: the lines then hold as many words as Tahoma at 12 points does.
FACES = {
    "helvetica": Face("Helvetica", "Helvetica-Bold", "–"),
    "vera": Face("Vera", "VeraBd", "–", 0.86),
    "times": Face("Times-Roman", "Times-Bold", "–", 1.05),
}

_words: dict[str, dict[str, float]] = {}


@cache
def register_fonts() -> None:
    """Make the embedded fonts known to reportlab, once a process."""
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    register_square_font()


def text_width(text: str, font: str, size: float) -> float:
    """Width of a piece of text in points."""
    known = _words.get(font)
    if known is None:
        register_fonts()
        known = _words.setdefault(font, {})
    width = known.get(text)
    if width is None:
        width = pdfmetrics.stringWidth(text, font, 1)
        known[text] = width
    return width * size


@cache
def pieces(word: str) -> tuple[str, ...]:
    """A word cut after its hyphens, where a line may end; a suspended hyphen ("16- and") stays whole.

    >>> pieces("asylum-seeking"), pieces("16-"), pieces("17-year-olds")
    (('asylum-', 'seeking'), ('16-',), ('17-', 'year-', 'olds'))
    """
    if "-" not in word.strip("-"):
        return (word,)
    head, *tail = word.split("-")
    cut = [head]
    for part in tail:
        cut[-1] += "-"
        cut.append(part)
    return tuple(part for part in cut if part)


def wrap(text: str, font: str, size: float, width: float, first_width: float | None = None) -> list[str]:
    """Break text into lines of at most `width` points; the first may be given another width.

    A line never ends in a suspended hyphen: joining the lines again has to give the text back without guessing.
    """
    space = text_width(" ", font, size)
    room = width if first_width is None else first_width
    lines: list[str] = []
    line, used = "", 0.0
    for word in text.split(" "):
        wide = text_width(word, font, size)
        if used + space + wide <= room or (not line and wide <= room):
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
            continue
        glue = " " if line else ""
        for piece in pieces(word):
            wide = text_width(piece, font, size)
            gap = space if glue else 0.0
            if line and used + gap + wide > room:
                carried = ""
                if glue and line.endswith("-"):
                    line, _, carried = line.rpartition(" ")
                lines.append(line)
                line = f"{carried} {piece}" if carried else piece
                used, room = text_width(line, font, size) if carried else wide, width
            else:
                line, used = line + glue + piece, used + gap + wide
            glue = ""
    lines.append(line)
    return lines


@dataclass(slots=True)
class Page:
    """One page: strings to show as (x, base line from the top, font, size, text), and rules as x0, y0, x1, y1."""

    texts: list[tuple[float, float, str, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    footnotes: list[tuple[str, list[str]]] = field(default_factory=list)
    floor: float = 0.0


Furniture = Callable[["Sheet", Page, int], None]


class Sheet:
    """A growing document with a pen: `top` is where the next line's top edge stands on the last page."""

    def __init__(self, face: Face, head: float, floor: float, furniture: Furniture) -> None:
        register_fonts()
        self.face = face
        self.head = head
        self.floor = floor
        self.furniture = furniture
        self.pages: list[Page] = []
        self.top = head
        self.new_page()

    @property
    def page(self) -> Page:
        """The page being written."""
        return self.pages[-1]

    @property
    def page_number(self) -> int:
        """The number of the page being written, from 1."""
        return len(self.pages)

    def new_page(self, top: float | None = None) -> None:
        """Turn over; the pen goes to the head of the page unless told otherwise."""
        self.pages.append(Page(floor=self.floor))
        self.top = self.head if top is None else top

    def need(self, height: float) -> None:
        """Turn over unless so many points are left on the page."""
        if self.top + height > self.page.floor:
            self.new_page()

    def gap(self, points: float) -> None:
        """Leave white space."""
        self.top += points

    def show(self, x: float, text: str, font: str, size: float, lift: float = 0.0) -> None:
        """Put a string on the current line without moving the pen; `lift` raises it (superscripts)."""
        self.page.texts.append((x, self.top + size * 0.93 - lift, font, size, text))

    def line(self, x: float, text: str, font: str, size: float, leading: float) -> None:
        """Put a string and go to the next line, turning over first when the page is full."""
        if self.top + leading > self.page.floor:
            self.new_page()
        self.page.texts.append((x, self.top + size * 0.93, font, size, text))
        self.top += leading

    def footnote(self, mark: str, lines: Sequence[str]) -> None:
        """Keep room at the foot of this page for a note; ask `need` for the room beforehand."""
        self.page.footnotes.append((mark, list(lines)))
        self.page.floor -= footnote_height(len(lines)) + (10 if len(self.page.footnotes) == 1 else 0)

    def _set_footnotes(self, page: Page) -> None:
        if not page.footnotes:
            return
        small = 10 * self.face.scale
        y = page.floor + 8
        page.rules.append((LEFT, y, LEFT + 144, y))
        for mark, lines in page.footnotes:
            for i, text in enumerate(lines):
                x = LEFT
                y += 12
                if i == 0:
                    page.texts.append((LEFT, y + 4, self.face.regular, small * 0.65, mark))
                    x += text_width(mark, self.face.regular, small * 0.65) + 4
                page.texts.append((x, y + 8, self.face.regular, small, text))

    def pdf(self, title: str) -> bytes:
        """Draw every page; the same strokes give the same bytes."""
        out = BytesIO()
        canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=0)
        canvas.setTitle(title)
        canvas.setAuthor("Invented sample")
        for number, page in enumerate(self.pages, 1):
            self._set_footnotes(page)
            self.furniture(self, page, number)
            _draw(canvas, page)
        canvas.save()
        return out.getvalue()


def footnote_height(lines: int) -> float:
    """Points that a note of so many lines takes at the foot of a page."""
    return 12.0 * lines


def _draw(canvas: Canvas, page: Page) -> None:
    text = canvas.beginText()
    shown: tuple[str, float] | None = None
    for x, y, font, size, string in page.texts:
        if shown != (font, size):
            text.setFont(font, size)
            shown = (font, size)
        text.setTextOrigin(x, PAGE_HEIGHT - y)
        text.textOut(string)
    canvas.drawText(text)
    if page.rules:
        canvas.setLineWidth(0.5)
        canvas.lines([(x0, PAGE_HEIGHT - y0, x1, PAGE_HEIGHT - y1) for x0, y0, x1, y1 in page.rules])
    canvas.showPage()
