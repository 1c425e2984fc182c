"""Files that are not what they say: what a listing really serves now and then, and what a test needs to try."""

import zlib
from io import BytesIO
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipelines.sample.sheet import LEFT, PAGE_HEIGHT, PAGE_WIDTH
from pipelines.sample.truth import write_atomically
from pipelines.sample.writer import STAMP

NOT_FOUND_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Report not found</title></head>
<body><h1>Report not found</h1><p>There is no such report on this invented site.</p></body>
</html>
"""


def html_called_pdf(path: Path) -> None:
    """A web page saying "Report not found" under the name of a PDF; the same bytes every time."""
    write_atomically(path, NOT_FOUND_PAGE.encode("utf-8"))


def empty_file(path: Path) -> None:
    """A file of no bytes."""
    write_atomically(path, b"")


def cut_pdf(path: Path, whole: bytes) -> None:
    """The first half of a PDF, as a broken download leaves it."""
    write_atomically(path, whole[: len(whole) // 2])


def same_file_again(path: Path, whole: bytes) -> None:
    """A second copy of a file under another name."""
    write_atomically(path, whole)


def _canvas(out: BytesIO, password: str = "") -> Canvas:
    # A fixed user password and an invariant document: the encrypted bytes are the same every time.
    lock = StandardEncryption(password, ownerPassword=password, strength=40) if password else None
    return Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=0, encrypt=lock)


def _finish(canvas: Canvas, out: BytesIO, path: Path) -> None:
    canvas.save()
    write_atomically(path, out.getvalue())


def encrypted_pdf(path: Path, password: str = "invented") -> None:  # noqa: S107 - it guards nothing
    """A PDF that no reader opens without the password."""
    out = BytesIO()
    canvas = _canvas(out, password)
    canvas.drawString(LEFT, 700, f"{STAMP}: locked.")
    canvas.showPage()
    _finish(canvas, out, path)


def scanned_pdf(path: Path, pages: int = 2) -> None:
    """Pages that hold a picture of lines of writing and no text at all."""
    width, height = 62, 88
    rows = bytearray(b"\xff" * (width * height))
    for y in range(8, height - 8, 3):
        rows[y * width + 6 : y * width + 56 - (y * 7) % 17] = b"\x40" * (50 - (y * 7) % 17)
    picture = zlib.compress(bytes(rows), 9)
    out = BytesIO()
    canvas = _canvas(out)
    for _ in range(pages):
        # An inline image needs no imaging library; the hexadecimal filter keeps the page description plain text.
        canvas.addLiteral(f"q {PAGE_WIDTH} 0 0 {PAGE_HEIGHT} 0 0 cm BI /W {width} /H {height} /BPC 8 /CS /G")
        canvas.addLiteral(f"/F [/AHx /Fl] ID\n{picture.hex()}>\nEI Q")
        canvas.showPage()
    _finish(canvas, out, path)


def invoice_pdf(path: Path) -> None:
    """A PDF with text that has nothing to do with inspections."""
    out = BytesIO()
    canvas = _canvas(out)
    lines = (
        "INVOICE 2041",
        "Invented Stationery Ltd",
        "12 reams of paper      48.00",
        "3 boxes of pencils      9.60",
        "Total      57.60",
    )
    for i, line in enumerate(lines):
        canvas.drawString(LEFT, 740 - 24 * i, line)
    canvas.showPage()
    _finish(canvas, out, path)


def many_pages(path: Path, n: int) -> None:
    """A PDF of `n` near-empty pages, to try a reader's limit."""
    out = BytesIO()
    canvas = _canvas(out)
    for number in range(1, n + 1):
        canvas.drawString(LEFT, 740, f"{STAMP}: page {number} of {n}.")
        canvas.showPage()
    _finish(canvas, out, path)
