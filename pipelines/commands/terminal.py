"""The one way to standard output, in any encoding, and to a reader that stops reading.

What is printed for people has no control character in it.
Names from the web and text of PDFs can hold escape sequences, which a terminal would obey: they could hide lines or
retype commands. Each control character and each mark that turns the direction of writing is shown as �.
"""

import codecs
import io
import os
import re
import shutil
import stat
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_PLAIN_SIGNS = dict(zip("‐‑–—−‘’“”•·", "-----''\"\"**", strict=True)) | {"…": "..."}
_LINES = {frozenset(("HORIZONTAL",)): "-", frozenset(("VERTICAL",)): "|"}


class NobodyReadsError(Exception):
    """The reader of standard output ended before us, as `| head` does: there is nobody to tell."""


def printable(text: str) -> str:
    """A text that no terminal obeys; lines and tabs stay."""
    return _UNPRINTABLE.sub("\ufffd", text)


class Terminal(Console):
    """Rich's console. The colours and movements that it makes itself are no part of any text, and stay."""

    def __init__(self, *, stderr: bool = False, width_of_a_file: int | None = None, **options: Any) -> None:
        super().__init__(stderr=stderr, highlight=False, **options)
        if width_of_a_file and not self.is_terminal:
            self.width = width_of_a_file

    def on_broken_pipe(self) -> None:
        """Called where the reader has ended."""
        raise NobodyReadsError

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What will be written, piece by piece."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def say(text: str, *, error: bool = False, colour: str | None = None) -> None:
    """Print a text as it is; an error goes to standard error. Raises NobodyReadsError."""
    stream = sys.stderr if error else sys.stdout
    try:
        # not by typer.echo, which writes UTF-8 to a terminal of ASCII
        stream.write(typer.style(printable(text), fg=colour) if colour and stream.isatty() else printable(text))
        stream.flush()
    except BrokenPipeError as left:
        raise NobodyReadsError from left


def is_terminal() -> bool:
    """Whether standard output is a terminal, rather than a file or a pipe."""
    return sys.stdout.isatty()


def can_ask() -> bool:
    """Whether a person is there to answer: no pipe, file or job of cron at any end."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def send(file: Path, mark_of_a_file: bytes = b"") -> None:
    """Send a file of data to standard output: byte for byte, unless that is a terminal.

    A new file (`> answer.csv`) begins with its mark; a pipe has none, because programs would take it for text.
    """
    if is_terminal():
        say(file.read_text("utf-8"))
        return
    with file.open("rb") as data:
        try:
            sys.stdout.flush()
            if _is_new_file():
                sys.stdout.buffer.write(mark_of_a_file)
            shutil.copyfileobj(data, sys.stdout.buffer)
            sys.stdout.flush()
        except BrokenPipeError as left:
            raise NobodyReadsError from left


def _is_new_file() -> bool:
    """Whether standard output is a file with nothing in it, so that what is written begins it."""
    try:
        state = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # one in memory has no number
        return False
    return stat.S_ISREG(state.st_mode) and state.st_size == 0


def open_streams() -> None:
    """Let what a terminal's encoding lacks be written plainly, rather than be an error."""
    codecs.register_error("plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainly")


def close_streams() -> None:
    """Write what is left; where nobody reads it, nowhere: at its end Python would call that an error."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Letters without what an encoding lacks: a dash as -, é as e, a line of a table as - or |, any other as ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plain_letter, error.object[error.start : error.end])), error.end


def plain_letter(letter: str) -> str:
    """A letter or sign in ASCII.

    >>> "".join(map(plain_letter, "Môn – ‘d’ │ ┌─ 中"))
    "Mon - 'd' | +- ?"
    """
    if letter in _PLAIN_SIGNS:
        return _PLAIN_SIGNS[letter]
    name = unicodedata.name(letter, "")
    if name.startswith("BOX DRAWINGS"):
        return _LINES.get(frozenset(name.split()) & {"HORIZONTAL", "VERTICAL", "DOWN", "UP", "LEFT", "RIGHT"}, "+")
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"
