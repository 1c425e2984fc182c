"""What the reference reader finds in a file, and what each reader says of one that can't be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading.lines import Page, ReadReport, UnreadableReport
from pipelines.reading.readers import READERS, read_report
from pipelines.sample import bad_files
from pipelines.sample.make import DEFAULT_SEED, make_report

SHA = "ab" * 32
HEIGHT = 842.0


def without_pages(path: Path) -> None:
    """A PDF whose catalogue lists no page at all."""
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, one)
    start = len(content)
    content += b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(content + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


BAD_FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "html": (bad_files.html_called_pdf, "not_a_pdf", "a web page stands where the PDF should be"),
    "empty": (bad_files.empty_file, "not_a_pdf", "the file is empty"),
    "letter": (lambda path: path.write_text("Dear Sir,"), "not_a_pdf", "the file starts with b'Dear Sir,'"),
    "cut": (lambda path: bad_files.cut_pdf(path, make_report(DEFAULT_SEED, 0)[1]), "damaged_pdf", ""),
    "only a mark": (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 500), "damaged_pdf", ""),
    "encrypted": (bad_files.encrypted_pdf, "encrypted_pdf", "the file asks for a password"),
    "scanned": (bad_files.scanned_pdf, "no_text", "0 words on 2 pages: scanned, or empty"),
    "no pages": (without_pages, "damaged_pdf", ""),
    "too long": (lambda path: bad_files.many_pages(path, 6), "too_large", "6 pages; a report has at most 5"),
}


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize("bad_file", BAD_FILES)
def test_a_file_that_can_not_be_read_has_a_reason(bad_file: str, reader: str, tmp_path: Path) -> None:
    write, reason, detail = BAD_FILES[bad_file]
    path = tmp_path / "report.pdf"
    write(path)
    read = read_report(READERS[reader], path.read_bytes(), SHA, max_pages=5)
    assert isinstance(read, UnreadableReport)
    assert (read.reason, read.file_sha256, read.reader) == (reason, SHA, reader)
    assert read.detail == detail or (not detail and read.detail)


@pytest.fixture(params=sorted(READERS))
def page_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Callable[[Canvas], None]], Page]:
    """Draws one page and reads it back."""

    def read(draw: Callable[[Canvas], None]) -> Page:
        path = tmp_path / "page.pdf"
        canvas = Canvas(str(path), pagesize=(595.0, HEIGHT), invariant=1)
        draw(canvas)
        canvas.save()
        report = read_report(READERS[request.param], path.read_bytes(), SHA)
        assert isinstance(report, ReadReport)
        return report.pages[0]

    return read


Draw = Callable[[Callable[[Canvas], None]], Page]
LINE = "Children are seen by those who know them."


def test_a_line_stands_where_it_was_drawn(page_of: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(70, HEIGHT - 110, LINE)

    page = page_of(draw)
    (line,) = page.lines
    assert (page.page_number, page.width, page.height) == (1, 595.0, HEIGHT)
    assert (line.text, line.font_name, line.font_size) == (LINE, "Helvetica", 12.0)
    assert line.x0 == pytest.approx(70, abs=1.5)
    assert line.top < 110 < line.bottom + 1
    assert line.bottom - line.top == pytest.approx(12, abs=0.5)


def test_an_upright_font_that_is_slanted_is_called_italic(page_of: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        for y, slant in ((700, 0.0), (650, 0.33)):
            text = canvas.beginText()
            text.setFont("Helvetica", 12)
            text.setTextTransform(1, 0, slant, 1, 70, y)
            text.textOut(LINE)
            canvas.drawText(text)

    assert [line.is_italic for line in page_of(draw).lines] == [False, True]


def test_bold_and_italic_are_told_by_the_fonts_name(page_of: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        for at, font in enumerate(("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-BoldItalic")):
            canvas.setFont(font, 12)
            canvas.drawString(70, 700 - 40 * at, LINE)

    assert [(line.is_bold, line.is_italic) for line in page_of(draw).lines] == [
        (False, False), (True, False), (False, True), (True, True),
    ]  # fmt: skip


def test_a_square_of_dingbats_is_a_bullet_and_no_letter(page_of: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(70, 700, "n")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(90, 700, LINE)

    (line,) = page_of(draw).lines
    assert line.text in (f"\uf06e {LINE}", f"■ {LINE}")
    assert line.cells[1].x0 == pytest.approx(90, abs=1.5)


def test_a_raised_digit_is_a_mark(page_of: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(70, 700, LINE)
        right = 70 + canvas.stringWidth(LINE, "Helvetica", 12)
        canvas.setFont("Helvetica", 7.8)
        canvas.drawString(right, 705, "12")

    (line,) = page_of(draw).lines
    assert line.text == f"{LINE}12"
    assert line.superscripts == ((len(LINE), len(LINE) + 2),)


def test_a_ruled_table_has_its_cells_and_its_columns_are_parted(page_of: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([70, 300, 500], [700, 680, 660])
        canvas.setFont("Helvetica", 12)
        for y, label in ((686, "Leaders"), (666, "Care leavers")):
            canvas.drawRightString(298, y, label)
            canvas.drawString(302, y, "Good")

    page = page_of(draw)
    assert [[line.cell_text(cell) for cell in line.cells] for line in page.lines] == [
        ["Leaders", "Good"], ["Care leavers", "Good"],
    ]  # fmt: skip
    ((*cells,),) = page.tables
    assert sorted((round(cell.x0), round(cell.top), round(cell.x1), round(cell.bottom)) for cell in cells) == [
        (70, 142, 300, 162), (70, 162, 300, 182), (300, 142, 500, 162), (300, 162, 500, 182),
    ]  # fmt: skip
