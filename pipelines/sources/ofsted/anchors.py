"""The links of a page of HTML, read from tag to tag.

No tree is built: a browser's rules reopen unclosed tags in every paragraph that follows, so that a tree of a page of
59 KB took 2.6 GB. Here time and memory grow with the length of the page alone. Nothing in a page is ever run.
"""

from collections import Counter
from typing import Any

import msgspec
from lxml import etree

MAX_WORDS = 300
"""Characters of a link's words, and of its address: those on Ofsted's pages have fewer than a hundred."""


class Anchor(msgspec.Struct):
    """A link: its address and classes, its words, and those of them that are for screen readers only.

    `is_result` says that it stands in the heading of a list's item, as the results of the search do.
    """

    href: str
    classes: frozenset[str]
    is_result: bool
    words: str = ""
    hidden_words: str = ""

    def add(self, text: str, *, is_hidden: bool) -> None:
        """Add to its words, as long as they are not too long to be a name."""
        if len(self.words) <= MAX_WORDS:
            self.words += text[: MAX_WORDS + 1]
        if is_hidden and len(self.hidden_words) <= MAX_WORDS:
            self.hidden_words += text[: MAX_WORDS + 1]


def anchors_of(html: str) -> list[Anchor]:
    """Every link of a page, in order. A page that is no HTML has none."""
    parser = etree.HTMLParser(target=_Target(), encoding="utf-8")
    try:
        anchors: list[Anchor] = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return []
    return anchors


def one_line(text: str) -> str:
    """Words on one line, without control characters; what is too long ends in an ellipsis."""
    line = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return line if len(line) <= MAX_WORDS else f"{line[:MAX_WORDS]}…"


class _Target:
    """What the parser tells of a page, tag by tag."""

    def __init__(self) -> None:
        self._found: list[Anchor] = []
        self._open: Counter[str] = Counter()
        self._anchor: Anchor | None = None
        self._is_hidden = False

    def start(self, tag: str, attributes: Any) -> None:
        self._open[tag] += 1
        classes = frozenset(attributes.get("class", "")[:MAX_WORDS].split())
        if tag == "a":
            is_result = self._open["li"] > 0 and self._open["h3"] > 0
            self._anchor = Anchor(attributes.get("href", "")[: MAX_WORDS + 1], classes, is_result)
            self._found.append(self._anchor)
        elif tag == "span" and "nonvisual" in classes:
            self._is_hidden = True

    def end(self, tag: str) -> None:
        self._open[tag] -= 1
        if tag == "a":
            self._anchor = None
        elif tag == "span":
            self._is_hidden = False

    def data(self, text: str) -> None:
        if self._anchor:
            self._anchor.add(text, is_hidden=self._is_hidden)

    def close(self) -> list[Anchor]:
        return self._found
