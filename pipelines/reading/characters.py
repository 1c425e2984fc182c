"""Characters as one way to write them: composed, without ligatures, signs that nobody sees or digits in disguise.

It is done once, on whole lines, so that each reader's text is the same. Typographic quotes and dashes stay.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from msgspec.structs import replace

from pipelines.reading.lines import Line

_LETTER_AND_ACCENTS = r"[^\W\d_][\u0300-\u0334\u0337-\u036f]+"
_LIGATURE = r"[\ufb00-\ufb06]"
FORMAT = (
    r"[\xad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
"""Signs that take no room and are not seen."""

_HIDDEN = re.compile(rf"(?P<end>(?<=\w)\xad$)|(?P<format> ?{FORMAT}+ ?)")
"""A soft hyphen at the end of a line says that its last word goes on."""

_COMPATIBLE = r"[\u017f\u2024\u3002\ufe52\ufe58\ufe63\uff01-\uff5e\U0001d400-\U0001d7ff]"
_DASH = r"[-\u2010-\u2015]"
_STROKE = r"[\u0335\u0336\uf02d]+"
_DASH_OF_NUMBERS = rf"(?<=\d) ?(?:{_DASH} ?)?{_STROKE} ?(?:{_DASH} ?)?(?=\d)"
_DASH_OF_WORDS = rf"(?<=\w){_DASH}?{_STROKE}{_DASH}?(?=\w)"
_DASH_IN_TEXT = rf"(?<=\S ){_STROKE}(?= \S)"
_NARROW_SPACE = r"(?! )\s"
_CONTROL = r"[\0-\x08\x0e-\x1f\x7f-\x9f]"
_ODD = re.compile(
    rf"(?P<dash>{_DASH_OF_NUMBERS}|{_DASH_OF_WORDS}|{_DASH_IN_TEXT})|(?P<composed>{_LETTER_AND_ACCENTS}|{_LIGATURE})"
    rf"|(?P<space>{_NARROW_SPACE})|(?P<untold>{_CONTROL})|(?P<compatible>{_COMPATIBLE}+)"
)
"""Years are parted by a combining stroke ("2016 \u033617", 8 December 2017) or Symbol's minus ("2016\uf02d17")."""

_ORDINARY = re.compile(r"[ -~\xa3\xe9\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022]*")
"""What nearly every line is made of: nothing in it is to be mended."""

_UNTOLD = re.compile(r"[\ufffc-\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")


def mended(line: Line) -> Line:
    """A line with its characters in their one form; its cells and raised marks keep their words."""
    if _ORDINARY.fullmatch(line.text):
        return line
    for pattern in (_HIDDEN, _ODD):
        if pattern.search(line.text):
            line = _rewritten(line, pattern)
    composed = unicodedata.normalize("NFC", line.text)
    return replace(line, text=composed) if composed != line.text and len(composed) == len(line.text) else line


def _rewritten(line: Line, pattern: re.Pattern[str]) -> Line:
    text, moved = _rewritten_text(line.text, pattern)
    cells = tuple(replace(cell, start=moved(cell.start), end=moved(cell.end)) for cell in line.cells)
    marks = tuple((moved(start), moved(end)) for start, end in line.superscripts)
    return replace(
        line,
        text=text,
        cells=tuple(cell for cell in cells if cell.end > cell.start),
        superscripts=tuple((start, end) for start, end in marks if end > start),
    )


def _rewritten_text(text: str, pattern: re.Pattern[str]) -> tuple[str, Callable[[int], int]]:
    """A text with each find in its one form, and where each offset of the old text is in it."""
    parts: list[str] = []
    olds, news = [0], [0]
    at = length = 0
    for found in pattern.finditer(text):
        for piece, end in ((text[at : found.start()], found.start()), (_in_one_form(found), found.end())):
            parts.append(piece)
            length += len(piece)
            olds.append(end)
            news.append(length)
        at = found.end()
    parts.append(text[at:])
    length += len(parts[-1])

    def moved(offset: int) -> int:
        index = bisect_right(olds, offset) - 1
        until = news[index + 1] if index + 1 < len(news) else length
        return min(news[index] + offset - olds[index], until)

    return "".join(parts), moved


def _in_one_form(found: re.Match[str]) -> str:
    """What an odd stretch of characters stands for."""
    words = found[0]
    if found.lastgroup == "end":
        return words
    if found.lastgroup == "dash":
        return "\u2013"
    if found.lastgroup == "untold":
        return "\ufffd"
    if found.lastgroup == "compatible":
        return unicodedata.normalize("NFKC", words).replace("\u3002", ".")
    if found.lastgroup == "space":
        return " "
    if found.lastgroup == "format":
        return " " if words != words.strip(" ") and found.start() and found.end() < len(found.string) else ""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", words) if len(words) == 1 else words)


def count_unreadable(line: Line) -> int:
    """How many characters of a line the file does not tell: only their shapes could be read.

    A private character is the sign of a sign font where it stands alone or at the head of a cell, as bullets do.
    """
    text = line.text
    if text.isascii():
        return 0
    signs = {cell.start for cell in line.cells if _PRIVATE.match(text, cell.start)}
    return sum(found.start() not in signs for found in _UNTOLD.finditer(text))
