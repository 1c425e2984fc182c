"""PDFs written by hand, so that any oddity of a file can be set up in a line: operators, fonts and boxes as they come.

Belongs here: the bytes of a file, and the reading of it by each reader. Stays out: any expectation.
"""

from collections.abc import Sequence

from pipelines.reading.lines import Line, Page, ReadReport
from pipelines.reading.readers import READERS, read_report

A4 = b"/MediaBox [0 0 595 842]"
PLAIN, BOLD = b"F1", b"F2"
_STANDARD = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
FONTS = {PLAIN: [_STANDARD % b"Helvetica"], BOLD: [_STANDARD % b"Helvetica-Bold"]}
ENOUGH = b"BT /F1 12 Tf 70 300 Td (Children are seen by those who know them well.) Tj ET\n"
"""A line of text that keeps a page from passing for a scan."""
WORDS = b"Care leavers are supported well"


def shown(
    text: bytes, x: float = 70, y: float = 700, size: float = 12, font: bytes = PLAIN, before: bytes = b""
) -> bytes:
    """Operators that show a text, after others that say how."""
    return b"q %s BT /%s %g Tf %g %g Td <%s> Tj ET Q\n" % (before, font, size, x, y, text.hex().encode())


def described(name: bytes, entries: bytes, widths: int = 556) -> list[bytes]:
    """A font of that name with further entries of its descriptor; each letter is as wide."""
    row = b" ".join([b"%d" % widths] * 224)
    return [
        b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255"
        b"/Widths[%s]/FontDescriptor @1>>" % (name, row),
        b"<</Type/FontDescriptor/FontName/%s/FontBBox[-166 -225 1000 931]/Ascent 718/Descent -207"
        b"/CapHeight 718/%s>>" % (name, entries),
    ]


def mapped(codes: dict[int, str]) -> list[bytes]:
    """A font whose map to Unicode says that for some codes, and the plain letter for the others."""
    letters = {code: chr(code) for code in range(32, 127)} | codes
    rows = b"".join(b"<%02X><%s>\n" % (code, text.encode("utf-16-be").hex().encode()) for code, text in letters.items())
    font, descriptor = described(b"Mapped", b"Flags 32")
    return [
        font.replace(b"/FirstChar 32", b"/ToUnicode @2/FirstChar 0").replace(b"Widths[", b"Widths[" + b"556 " * 32),
        descriptor,
        _stream(
            b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapType 2 def\n"
            b"1 begincodespacerange<00><FF>endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
            % (len(letters), rows)
        ),
    ]


def pdf(
    *contents: bytes, fonts: dict[bytes, list[bytes]] | None = None, box: bytes = A4, entries: bytes = b""
) -> bytes:
    """A PDF with a page for each content. `entries` are further ones of each page."""
    objects = [b"", b""]

    def put(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    named = b""
    for name, bodies in (FONTS | (fonts or {})).items():
        first = len(objects) + 1
        named += b"/%s %d 0 R" % (name, first)
        for body in bodies:
            put(body.replace(b"@1", b"%d 0 R" % (first + 1)).replace(b"@2", b"%d 0 R" % (first + 2)))
    kids = b""
    for content in contents:
        stream = put(_stream(content))
        page = b"<</Type/Page/Parent 2 0 R%s%s/Resources<</Font<<%s>>>>/Contents %d 0 R>>"
        kids += b"%d 0 R " % put(page % (box, entries, named, stream))
    objects[:2] = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids)]
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)


def pages_of(content: bytes, reader: str) -> tuple[Page, ...]:
    """The pages of a PDF as one reader gives them."""
    report = read_report(READERS[reader], content, "ab" * 32)
    assert isinstance(report, ReadReport), report
    return report.pages


def read_alike(content: bytes) -> tuple[Page, ...]:
    """The pages of a PDF, once both readers have been found to give the same of them."""
    fast, reference = (pages_of(content, reader) for reader in ("pdfium", "pdfplumber"))
    assert [(page.notes, _looks(page.lines)) for page in fast] == [
        (page.notes, _looks(page.lines)) for page in reference
    ]
    for ours, theirs in zip(fast, reference, strict=True):
        assert abs(ours.width - theirs.width) + abs(ours.height - theirs.height) < 1
        places = zip(ours.lines, theirs.lines, strict=True)
        assert all(abs(a.x0 - b.x0) + abs(a.x1 - b.x1) + abs(a.top - b.top) < 3 for a, b in places)
    return fast


def _looks(lines: Sequence[Line]) -> list[tuple[str, str, bool, bool]]:
    return [(line.text, line.sort, line.is_bold, line.is_italic) for line in lines]


def texts(page: Page, sort: str = "") -> list[str]:
    """The texts of a page's lines of a sort."""
    return [line.text for line in page.lines if line.sort == sort]


def codes(page: Page) -> list[str]:
    """The codes of what reading noticed on a page."""
    return [note.code for note in page.notes]
