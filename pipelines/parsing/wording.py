"""Small rules about words that several parts of parsing share: quotes, spaces, raised marks."""

import re
from collections.abc import Iterable, Sequence

from pipelines.reading.lines import Cell, Line

_PLAIN = {"\xa0": " ", "\xad": ""}
_QUOTES = dict.fromkeys("’‘‚‛´`ʹʻʼʽˈˊˋ′‵ꞌ＇", "'") | dict.fromkeys("“”„‟″＂", '"')
_PLAIN |= _QUOTES
_PLAIN |= dict.fromkeys("‐‑‒–—―─−⁃˗﹘﹣－\uf02d", "-")
_TO_PLAIN_QUOTES = str.maketrans(_QUOTES)
ENDS_SENTENCE = re.compile(r"[.?!:;][\"'’”)\]]*$")
ENDS_TEXT = re.compile(r"[.?!:;…)\]][\"'’”)\]]*$")
"""A stop, or the bracket of "(Recommendation)" that stands after one."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!])['\"’”)]*\s+(?=['\"‘“(]?[A-Z])")
_JOINS = "-‐‑–/"
_BROKEN = re.compile(rf"\w[{_JOINS}]")
_LINKS = re.compile(r"(?:and|or|to|nor)\b(?!-)")
_TYPOGRAPHIC = re.compile(f"[{''.join(_PLAIN)}]")


def plain(text: str) -> str:
    """Text with typographic quotes, dashes and spaces in their plain form, for matching, never for output.

    >>> plain("9–24 November  children’s")
    "9-24 November children's"
    """
    if text.isascii() and "`" not in text:
        return one_spaced(text)
    return one_spaced(_TYPOGRAPHIC.sub(lambda sign: _PLAIN[sign[0]], text))


def with_plain_quotes(text: str) -> str:
    """Text with every kind of apostrophe and quote in its plain form.

    >>> with_plain_quotes("Majestyʼs ‘edge’")
    "Majesty's 'edge'"
    """
    return text.translate(_TO_PLAIN_QUOTES)


def one_spaced(text: str) -> str:
    """Text with single spaces between its words and none around them.

    >>> one_spaced(" 9  November   2017 ")
    '9 November 2017'
    """
    return " ".join(text.split())


def without_marks(line: Line, cell: Cell | None = None) -> str:
    """The text of a line, or of one cell of it, without raised footnote marks.

    Only raised digits and signs are marks; the raised letters of "4th" stay.
    """
    start, end = (cell.start, cell.end) if cell else (0, len(line.text))
    if not line.superscripts:
        return line.text[start:end].strip()
    kept: list[str] = []
    at = start
    for mark_start, mark_end in line.superscripts:
        if mark_start >= end or mark_end <= start or line.text[mark_start:mark_end].isalpha():
            continue
        kept.append(line.text[at : max(at, mark_start)])
        at = min(end, mark_end)
    kept.append(line.text[at:end])
    return "".join(kept).strip()


def running_words(lines: Iterable[Line]) -> str:
    """The text of lines that belong together, without footnote marks, in plain signs."""
    return plain(join_lines([without_marks(line) for line in lines]))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in whatever quotes.

    >>> sentences("The visit was in May. It was led by A Lee HMI. She was on site.")
    ['The visit was in May.', 'It was led by A Lee HMI.', 'She was on site.']
    """
    return [one.strip() for one in _BETWEEN_SENTENCES.split(text) if one.strip()]


def join_lines(lines: Sequence[str]) -> str:
    r"""The lines of one paragraph as its author wrote them.

    A hyphen at a line end is a real one (where a report breaks words by itself `hyphenation.py` knows): the word goes
    on without a space, but for "pre- and post-natal". A dash between spaces keeps them. A soft hyphen is none.

    >>> join_lines(["asylum-", "seeking children in pre-", "and post-adoption"])
    'asylum-seeking children in pre- and post-adoption'
    >>> join_lines(["what they are to\xad", "ld."])
    'what they are told.'
    """
    joined = ""
    for line in map(str.strip, lines):
        if joined.endswith("\xad"):
            joined = joined[:-1] + line
        elif not joined or not line or _is_broken_word(joined, line):
            joined += line
        else:
            joined += " " + line
    return one_spaced(joined.removesuffix("\xad"))


def _is_broken_word(before: str, line: str) -> bool:
    """Whether the last word before a line end and the first one after it are parts of one."""
    if before[-1] not in _JOINS or not _BROKEN.fullmatch(before[-2:]):
        return False
    return before.endswith("/") or _LINKS.match(line) is None
