"""What a paragraph begins with: a bullet, a number or a footnote's mark, and where its text then stands.

Whether a number is a paragraph's only the sequence of a whole report decides (`paragraphs.py`).
"""

import re
from typing import NamedTuple

from pipelines.parsing.dates import parse_date
from pipelines.reading.lines import Line

DASHES = "⁃−―─—–‒-̶_\uf02d"
SIGNS = "■◼▪•●◾◦○□▫➢►·∙‣✓✔❖☐→*"
_SQUARES = "■◼▪"
_BULLETS = SIGNS + DASHES
"""Squares, dots and dashes that reports set before an item; Wingdings and Symbol come as private characters."""

_LETTERS_FOR_BULLETS = "on§"
"""What word processors have in place of a circle and a square, where the font of signs is not told: set apart only."""

_LONGEST_LONE_MARK = 5
_LONE_MARK = re.compile(r"\(?(?:(?P<number>\d{1,3})|[ivx]{1,4}|[a-h])[.):]{0,2}")
_NUMBER = re.compile(r"(?P<number>\d \d{1,2}(?=\.)|\d{1,3})(?P<stop>[):]|\.{0,2})\s*(?=\S)")
"""Digits may be set apart ("3 2." in a report of 2019); the stop may be missing, come twice, or be a bracket."""


class Mark(NamedTuple):
    """The start of an item: `length` characters of the line are the mark, the text begins at `text_x0` points.

    `is_word`: a mark without words that could be the end of a sentence, too.
    """

    length: int
    text_x0: float
    number: int | None = None
    has_stop: bool = False
    is_word: bool = False


def bullet_of(line: Line) -> Mark | None:
    """The bullet a line begins with, or None.

    A sign from a font of signs needs no space after it, nor does a square before a capital; a dash does.
    """
    first = line.text[0]
    if first in _LETTERS_FOR_BULLETS and len(line.cells) > 1 and line.cells[0].end == 1:
        return Mark(2, line.cells[1].x0)
    if not _is_bullet(first) or len(line.text) < 2:
        return None
    is_glued = _is_private(first) or (first in _SQUARES and line.text[1].isupper())
    if not is_glued and line.text[1] != " ":
        return None
    length = 2 if line.text[1] == " " else 1
    return Mark(length, _x_at(line, length))


def _is_private(sign: str) -> bool:
    return 0xF000 <= ord(sign) <= 0xF0FF


def _is_bullet(sign: str) -> bool:
    return sign in _BULLETS or _is_private(sign)


def number_of(line: Line) -> Mark | None:
    """The number a line begins with, spaced or not, stopped once, twice or not at all; None where it is a word.

    "16- and 17-year-olds" and "5% of children" begin with no paragraph number, nor does a raised footnote mark.
    A paragraph begins as a sentence does: before a small letter stands no number of a paragraph, but the rest of
    one that was torn ("146. reference. Reviews of ..." in a report of 2016).
    """
    if not line.text[0].isdigit():
        return None
    found = _NUMBER.match(line.text)
    if not found or begins_raised(line):
        return None
    rest = line.text[found.end() :]
    if not found["stop"] and (not line.text[found.end("number")].isspace() or not rest[0].isupper()):
        return None
    if rest[0].islower():
        return None
    if found["stop"] == "." and rest[0].isdigit() and not line.text[found.end("stop")].isspace():
        return None
    return Mark(found.end(), _x_at(line, found.end()), int(found["number"].replace(" ", "")), bool(found["stop"]))


def lone_mark_of(line: Line) -> Mark | None:
    """The number or bullet that is all there is on a line, or None: its words stand on the next line, or nowhere."""
    if len(line.text) > _LONGEST_LONE_MARK:
        return None
    length = len(line.text)
    if lone := _LONE_MARK.fullmatch(line.text):
        number = int(lone["number"]) if lone["number"] else None
        return Mark(length, line.x1, number, has_stop=True, is_word=True)
    is_bullet = length == 1 and (_is_bullet(line.text) or not line.text.isalnum())
    return Mark(1, line.x1) if is_bullet else None


def begins_raised(line: Line) -> bool:
    """Whether a line begins with a raised mark, as a footnote does."""
    return bool(line.superscripts) and line.superscripts[0][0] == 0


def footnote_mark_length(text: str) -> int:
    """Characters of the mark that a footnote begins with where it is not raised, and of the space after it; else 0.

    >>> footnote_mark_length("4 Report to the Secretary of State"), footnote_mark_length("11 July 2022")
    (2, 0)
    """
    if parse_date(text):
        return 0
    found = re.match(r"(?:\d{1,2}|\*{1,2}|†)\s+(?=\S)", text)
    return found.end() if found else 0


def _x_at(line: Line, offset: int) -> float:
    """Where the character at an offset stands, exactly at the start of a cell, else in proportion."""
    for cell in line.cells:
        if cell.start == offset:
            return cell.x0
    return line.x0 + (line.x1 - line.x0) * offset / len(line.text)
