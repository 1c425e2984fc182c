"""The one way to a terminal: what is printed for people, with no control character in it.

Names from the web and text of PDFs can hold escape sequences, which a terminal would obey: they could hide lines or
retype commands. Each control character and each mark that turns the direction of writing is shown as �.
"""

import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A text that no terminal obeys; lines and tabs stay."""
    return _UNPRINTABLE.sub("\ufffd", text)


class Terminal(Console):
    """Rich's console. The colours and movements that it makes itself are no part of any text, and stay."""

    def __init__(self, *, stderr: bool = False, width_of_a_file: int | None = None, **options: Any) -> None:
        super().__init__(stderr=stderr, highlight=False, **options)
        if width_of_a_file and not self.is_terminal:
            self.width = width_of_a_file

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What will be written, piece by piece."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def say(text: str, *, error: bool = False, colour: str | None = None) -> None:
    """Print a text as it is; an error goes to standard error."""
    stream = sys.stderr if error else sys.stdout
    typer.secho(printable(text), nl=False, err=error, fg=colour if stream.isatty() else None)


def is_terminal() -> bool:
    """Whether standard output is a terminal, rather than a file or a pipe."""
    return sys.stdout.isatty()


def send(file: Path) -> None:
    """Send a file of data to standard output: byte for byte, unless that is a terminal."""
    if is_terminal():
        say(file.read_text("utf-8"))
        return
    with file.open("rb") as data:
        shutil.copyfileobj(data, sys.stdout.buffer)
