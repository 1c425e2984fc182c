"""Pages made by hand: lines, ruled tables, and a pen that sets a report as a word processor would.

Belongs here: shapes that a reader would deliver, with as little to say in a test as can be.
Stays out: PDFs (`sources/sample` typesets those) and any expectation.

Every letter is half as wide as its size. A mark between carets is raised: "Good^1^". Measures are points.
"""

import re
from collections.abc import Iterable, Sequence

from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.parsing.headings import StatedGrade, stated_grades
from pipelines.parsing.judgement_tables import read_judgement_tables
from pipelines.parsing.layout import measure
from pipelines.parsing.report import parse_report
from pipelines.parsing.text import ReportText, read_text
from pipelines.reading.lines import Box, Cell, Line, Page, ReadReport
from pipelines.report_kinds.registry import Framework, load_frameworks

LEFT, RIGHT, HANG = 70.0, 526.0, 28.0
HEAD, FLOOR = 92.0, 750.0
WIDTH, HEIGHT = 595.0, 842.0
LETTER = 0.5
_LEADING, _SPACE = 1.2, 0.8

ILACS_ROWS = (
    ("The impact of leaders on social work practice with children and families", "Good"),
    ("The experiences and progress of children who need help and protection", "Requires improvement to be good"),
    ("The experiences and progress of children in care", "Good"),
    ("The experiences and progress of care leavers", "Outstanding"),
    ("Overall effectiveness", "Good"),
)


def framework(code: str) -> Framework:
    """A framework by its code."""
    return next(one for one in load_frameworks() if one.framework_code == code)


def row(top: float, *cells: tuple[float, str], size: float = 12.0, bold: bool = False, italic: bool = False) -> Line:
    """One line with a cell at each x given."""
    text, placed, marks = "", [], []
    for x0, written in cells:
        text += " " if text else ""
        start = len(text)
        for index, part in enumerate(written.split("^")):
            if index % 2:
                marks.append((len(text), len(text) + len(part)))
            text += part
        placed.append(Cell(start, len(text), x0, x0 + LETTER * size * (len(text) - start)))
    font = "Tahoma" + (",Bold" if bold else "") + (",Italic" if italic else "")
    right = max(cell.x1 for cell in placed)
    look = font, size, tuple(placed), tuple(marks), bold, italic
    return Line(0, text, placed[0].x0, top, right, top + size, *look)


def page(lines: Iterable[Line], number: int = 1, tables: tuple[tuple[Box, ...], ...] = ()) -> Page:
    """A page of lines, numbered from top to bottom."""
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    fields = [[getattr(line, field) for field in Line.__struct_fields__[1:]] for line in ordered]
    numbered = tuple(Line(count, *rest) for count, rest in enumerate(fields, start=1))
    return Page(number, WIDTH, HEIGHT, numbered, tables)


def running(*texts: str, top: float = HEAD, size: float = 12.0, bold: bool = False) -> list[Line]:
    """Lines one tight under another at the left margin."""
    return [row(top + count * _LEADING * size, (LEFT, text), size=size, bold=bold) for count, text in enumerate(texts)]


def wrap(text: str, width: float, size: float = 12.0) -> list[str]:
    """Lines of at most a width, broken at spaces and after hyphens."""
    room = int(width / (LETTER * size))
    lines = [""]
    for word in text.split(" "):
        for index, piece in enumerate(re.findall(r"[^-]+-?|-", word)):
            glue = " " if index == 0 and lines[-1] else ""
            if lines[-1] and len(lines[-1]) + len(glue) + len(piece) > room:
                lines.append(piece)
            else:
                lines[-1] += glue + piece
    return lines


class Pen:
    """Sets a report from top to bottom, turning over with a running header, a footer and a page number."""

    def __init__(self, header: str = "", footer: str = "", is_numbered: bool = True) -> None:
        self.header, self.footer, self.is_numbered = header, footer, is_numbered
        self.sheets: list[list[Line]] = []
        self.tables: dict[int, tuple[tuple[Box, ...], ...]] = {}
        self.notes: list[tuple[str, str]] = []
        self.turn_over()

    def turn_over(self) -> None:
        """Begin a new page, the notes of the last one at its foot."""
        top = 780.0 - 12 * len(self.notes)
        for mark, text in self.notes:
            self.sheets[-1].append(row(top, (LEFT, f"^{mark}^ {text}"), size=9.0))
            top += 12
        self.notes = []
        self.sheets.append([])
        self.top = HEAD

    def line(self, *cells: tuple[float, str], size: float = 12.0, bold: bool = False, italic: bool = False) -> None:
        """One line, overleaf where there is no room."""
        if self.top + size > FLOOR - 12 * len(self.notes):
            self.turn_over()
        self.sheets[-1].append(row(self.top, *cells, size=size, bold=bold, italic=italic))
        self.top += _LEADING * size

    def gap(self, points: float = 12 * _SPACE) -> None:
        """White space as above a new paragraph."""
        self.top += points

    def _set(self, lines: Sequence[str], x: float, size: float, bold: bool, italic: bool) -> None:
        for text in lines:
            self.line((x, text), size=size, bold=bold, italic=italic)

    def text(self, text: str, x: float = LEFT, size: float = 12.0, bold: bool = False, italic: bool = False) -> None:
        """A paragraph without a mark."""
        self.gap()
        self._set(wrap(text, RIGHT - x, size), x, size, bold, italic)

    def heading(self, text: str, size: float = 14.0, bold: bool = True) -> None:
        """A heading, kept on one page."""
        lines = wrap(text, RIGHT - LEFT, size)
        if self.top + (len(lines) + 3) * size * _LEADING > FLOOR:
            self.turn_over()
        self.gap()
        self._set(lines, LEFT, size, bold, False)

    def marked(self, mark: str, text: str, x: float = LEFT) -> None:
        """A paragraph that hangs beside a bullet or a number."""
        self.gap()
        first, *rest = wrap(text, RIGHT - x - HANG)
        self.line((x, mark), (x + HANG, first))
        self._set(rest, x + HANG, 12.0, False, False)

    def note(self, mark: str, text: str) -> None:
        """A footnote of one line at the foot of this page; its mark stands in the text where the test puts it."""
        self.notes.append((mark, text))

    def pages(self) -> tuple[Page, ...]:
        """All pages with what stands in their margins."""
        self.turn_over()
        self.sheets.pop()
        made = []
        for number, lines in enumerate(self.sheets, start=1):
            margins = [row(800.0, (LEFT, self.footer), size=9.0)] if self.footer else []
            margins += [row(40.0, (LEFT, self.header), size=9.0)] if self.header else []
            margins += [row(815.0, (RIGHT - 12, str(number)), size=9.0)] if self.is_numbered else []
            made.append(page([*lines, *margins], number, self.tables.get(number, ())))
        return tuple(made)


def read(pages: Sequence[Page], code: str = "sif") -> ReportText:
    """The text of pages under a framework."""
    own = framework(code)
    layout = measure(pages)
    return read_text(pages, own, (), layout, read_judgement_tables(pages, own, layout))


def headings_grades(pages: Sequence[Page], code: str) -> list[StatedGrade]:
    """What the headings of pages state under a framework."""
    own = framework(code)
    return list(stated_grades(pages, own, read_judgement_tables(pages, own, measure(pages))))


def judgement_table(
    rows: Sequence[tuple[Sequence[str], Sequence[tuple[float, str]]]], is_ruled: bool = True, top: float = 300.0
) -> Page:
    """A page with a two-column table: each label's lines, and its grade's by the line of the label they stand at."""
    lines: list[Line] = []
    cells: list[Box] = []
    column, right = 420.0, 530.0
    for label, grades in rows:
        height = max(len(label), *(at + 1 for at, _ in grades), 1) * 14.4 + 6
        beside = dict(grades)
        for count, text in enumerate(label):
            here = [(76.0, text)] + ([(column + 6, beside.pop(count))] if count in beside else [])
            lines.append(row(top + 3 + count * 14.4, *here))
        lines += [row(top + 3 + at * 14.4, (column + 6, text)) for at, text in beside.items()]
        cells += [Box(LEFT, top, column, top + height), Box(column, top, right, top + height)]
        top += height
    return page(lines, tables=(tuple(cells),) if is_ruled else ())


def ilacs_report(
    dates: str = "Inspection dates: 4 to 15 March 2024",
    title: str = "Inspection of local authority children’s services",
    rows: Sequence[tuple[str, str]] = ILACS_ROWS,
    body: Sequence[tuple[str, str]] = (),
    improvements: Sequence[tuple[str, str]] = (("#", "What needs to improve"), ("■", "The quality of plans.")),
) -> ReadReport:
    """A whole report: a cover with its table, then headings (mark "#") and paragraphs with their marks."""
    pen = Pen(footer="Inspection of an invented authority’s services")
    pen.text("Marrowby", size=24.0)
    pen.text(title, size=16.0, bold=True)
    pen.text(dates)
    pen.text("Lead inspector: Ann Lee, His Majesty’s Inspector")
    pen.gap(40)
    cells = []
    for label, grade in rows:
        top = pen.top
        for count, text in enumerate(wrap(label, 320)):
            pen.line((76.0, text), *([(430.0, grade)] if count == 0 else []))
        pen.gap(6)
        cells += [Box(LEFT, top - 3, 420.0, pen.top - 3), Box(420.0, top - 3, 630.0, pen.top - 3)]
    pen.tables[1] = (tuple(cells),)
    pen.turn_over()
    for mark, text in (*(body or (("1.", "Children are seen often."),)), *improvements):
        if mark == "#":
            pen.heading(text)
        else:
            pen.marked(mark, text)
    return ReadReport("ab" * 32, "hand", "1", pen.pages())


def parsed(report: ReadReport) -> ParsedReport:
    """What the rules make of a report that they accept."""
    made = parse_report(report)
    assert isinstance(made, ParsedReport), made
    return made


def rejected(report: ReadReport) -> RejectedReport:
    """What the rules say of a report that they refuse."""
    made = parse_report(report)
    assert isinstance(made, RejectedReport), made.framework_code
    return made
