"""Nothing that the web or a PDF wrote is obeyed by a terminal, and there is one way to it."""

import io
import re
from pathlib import Path

import pytest
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from pipelines import commands
from pipelines.commands import terminal
from pipelines.commands.terminal import Terminal, printable, say

HOSTILE = "a\x1b[2J\x1b]0;title\x07b\x9b31mc\u202ed\x08\re\udce9"
"""Clears the screen, sets the window's title, colours, turns the direction of writing, goes back, and is no text."""
OBEYED = re.compile("[\x07\x08\x0d\x7f-\x9f\u202e\udce9]|\x1b(?!\\[[0-9;]*m)")
"""Anything but the colours that Rich makes."""


class Screen(io.StringIO):
    """A terminal that keeps what it is sent."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown(renderable: object) -> str:
    console = Terminal(file=Screen(), force_terminal=True, color_system="truecolor", width=200)
    console.print(renderable, markup=False, style="red")
    written: str = console.file.getvalue()  # type: ignore[attr-defined]
    return written


def test_a_terminal_is_sent_colours_and_no_other_escape() -> None:
    table = Table(HOSTILE, title=HOSTILE)
    table.add_row(Text(HOSTILE, "bold"))
    for renderable in (HOSTILE, Text(HOSTILE), table, Text.assemble((HOSTILE, "bold"), HOSTILE)):
        written = shown(renderable)
        assert OBEYED.search(written) is None
        assert "\x1b[" in written, "Rich's own colours stay"
        assert "title" in written


def test_a_bar_of_progress_still_moves() -> None:
    console = Terminal(file=Screen(), force_terminal=True, width=80)
    with Progress(console=console, transient=True) as bars:
        bars.add_task(HOSTILE, total=2)
    written = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[1A" in written or "\x1b[2K" in written
    assert "\x1b]0" not in written


def test_what_is_said_is_printable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, error in (("stdout", False), ("stderr", True)):
        screen = Screen()
        monkeypatch.setattr(f"sys.{name}", screen)
        say(f"{HOSTILE}\n\tnext", error=error, colour="red")
        assert OBEYED.search(screen.getvalue()) is None
        assert screen.getvalue().endswith("\n\tnext\x1b[0m")


def test_words_of_any_language_are_printable() -> None:
    words = "Môn – d\u2019été, \u4e2d\u6587, \u00a0soft\u00adhyphen, 👩\u200d👧\n\ttab"
    assert printable(words) == words


def test_no_other_module_prints() -> None:
    own = {Path(terminal.__file__).name}
    prints = re.compile(r"\bConsole\(|\btyper\.s?echo\(|\bsys\.std(out|err)\b|\bprint\(")
    files = [path for path in Path(commands.__file__).parent.glob("*.py") if path.name not in own]
    for path in files:
        found = [line for line in path.read_text("utf-8").splitlines() if prints.search(line) and ".print(" not in line]
        assert found == [], path
