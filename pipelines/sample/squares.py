"""The bullet glyph of the reports, as a tiny TrueType font made on the fly.

Word embeds Wingdings, whose square reads back as U+F06E, U+F0A7 or U+25FC depending on the version. None of the
fonts that come with reportlab has those codes, so the font is built here from its tables.
"""

import struct
from functools import cache
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SQUARE_FONT = "InventedSquares"
SQUARE_CODES = (0x25A0, 0x25AA, 0x25FC, 0xF06E, 0xF0A7)

_UNITS = 1000
_ADVANCE = 600


def _glyf() -> bytes:
    """One contour of four points: a square of 500 units standing on the base line."""
    header = struct.pack(">hhhhh", 1, 50, 60, 550, 560)
    contour = struct.pack(">HH", 3, 0)
    flags = bytes([1, 1, 1, 1])
    xs = struct.pack(">hhhh", 50, 500, 0, -500)
    ys = struct.pack(">hhhh", 60, 0, 500, 0)
    outline = header + contour + flags + xs + ys
    return outline + b"\0" * (-len(outline) % 4)


def _cmap() -> bytes:
    """A format 4 table that sends every code, and the space, to the one glyph."""
    codes = sorted((0x20, *SQUARE_CODES))
    segments = [(code, code, (1 - code) & 0xFFFF) for code in codes] + [(0xFFFF, 0xFFFF, 1)]
    n = len(segments)
    power = 1 << (n.bit_length() - 1)
    ends = b"".join(struct.pack(">H", end) for _, end, _ in segments)
    starts = b"".join(struct.pack(">H", start) for start, _, _ in segments)
    deltas = b"".join(struct.pack(">H", delta) for _, _, delta in segments)
    offsets = b"\0\0" * n
    body = struct.pack(">HHHH", n * 2, power * 2, power.bit_length() - 1, (n - power) * 2)
    body += ends + b"\0\0" + starts + deltas + offsets
    subtable = struct.pack(">HHH", 4, len(body) + 6, 0) + body
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + subtable


def _name() -> bytes:
    """The names a reader shows; only the PostScript name is asked for."""
    texts = {1: SQUARE_FONT, 2: "Regular", 4: SQUARE_FONT, 6: SQUARE_FONT}
    records, strings = b"", b""
    for name_id, text in texts.items():
        coded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, name_id, len(coded), len(strings))
        strings += coded
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + strings


def _tables() -> dict[bytes, bytes]:
    glyph = _glyf()
    head = struct.pack(
        ">LLLLHHQQhhhhHHhhh",
        0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 50, 60, 550, 560, 0, 8, 2, 0, 0,
    )  # fmt: skip
    hhea = struct.pack(">LhhhHhhhhhhhhhhhH", 0x00010000, 800, -200, 0, _ADVANCE, 50, 50, 550, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    maxp = struct.pack(">LHHHHHHHHHHHHHH", 0x00010000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    post = struct.pack(">LLhhLLLLL", 0x00030000, 0, -100, 50, 0, 0, 0, 0, 0)
    return {
        b"cmap": _cmap(),
        b"glyf": glyph,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">HhHh", _ADVANCE, 0, _ADVANCE, 50),
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": maxp,
        b"name": _name(),
        b"post": post,
    }


def square_font_file() -> bytes:
    """The whole font as bytes, the same every time."""
    tables = _tables()
    n = len(tables)
    power = 1 << (n.bit_length() - 1)
    directory = struct.pack(">LHHHH", 0x00010000, n, power * 16, power.bit_length() - 1, (n - power) * 16)
    offset = 12 + 16 * n
    body = b""
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag, checksum, offset + len(body), len(table))
        body += padded
    return directory + body


@cache
def register_square_font() -> str:
    """Make the square font known to reportlab, once a process; gives its name."""
    pdfmetrics.registerFont(TTFont(SQUARE_FONT, BytesIO(square_font_file())))
    return SQUARE_FONT
