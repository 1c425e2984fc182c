"""What a message says: a title, a line for each thing, and a link."""

import datetime as dt
import hashlib
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from pipelines.settings import NotificationKind

if TYPE_CHECKING:
    from pipelines.warehouse.changes import Line

MOST_LINES = 10
"""More than this in one message is left to the page that it leads to."""
LONGEST_LINE = 300


class Message(msgspec.Struct, frozen=True):
    """One message. The same key is the same message, and is sent once; `at` is when it was written, in UTC."""

    key: str
    kind: NotificationKind
    title: str
    body: str
    at: dt.datetime


def compose(kind: NotificationKind, key: str, title: str, lines: "Sequence[str | Line]", page: str | None) -> Message:
    """A message with the first lines; the last one is the address of a page where all of it stands, if any."""
    more = [f"- and {len(lines) - MOST_LINES:,} more"] if len(lines) > MOST_LINES else []
    body = "\n".join((*map(_item, lines[:MOST_LINES]), *more, *([page] if page else [])))
    return Message(key, kind, title, body, dt.datetime.now(dt.UTC))


def key_of(parts: Iterable[str]) -> str:
    """A key that is the same for the same parts in any order."""
    return hashlib.sha256("\0".join(sorted(parts)).encode()).hexdigest()[:32]


def _item(line: "str | Line") -> str:
    """A line, shortened; its link is kept whole."""
    if isinstance(line, str):
        text, link = line, None
    else:
        text, link = f"{line.name}: {line.remark}" if line.remark else line.name, line.link
    shown = textwrap.shorten(text, LONGEST_LINE, placeholder="…")
    return f"- {shown} {link}" if link else f"- {shown}"
