"""The words of a link to a publication: its label and date, and whether this project reads that kind.
The kinds are in `labels.toml`, the markup in `pages.py`.
"""

import datetime as dt
import re
import tomllib
from functools import cache
from importlib.resources import files

MAX_LABEL = 200
"""Characters of a link's words: the longest on Ofsted's pages has 65. The pattern's time grows with their cube."""
NEVER_SEEN = "this label was never seen before"
_WORDS = re.compile(
    r"(?P<label>\S.*?)(?:[\s,]+(?:as\s+)?pdf)*[\s,]*[-–—][\s,]*(?P<date>\d{1,2}\s+[a-z]+\s+\d{4})", re.IGNORECASE
)


def split_label(words: str) -> tuple[str, dt.date] | None:
    """The label and the date in the words of a link; None where they are not in that form.

    >>> split_label("Children's services inspection, pdf - 27 January 2020")
    ("Children's services inspection", datetime.date(2020, 1, 27))
    >>> split_label("single inspection of la children's services as pdf - 3 Feb 2015")
    ("single inspection of la children's services", datetime.date(2015, 2, 3))
    """
    found = _WORDS.fullmatch(" ".join(words.split())) if len(words) <= MAX_LABEL else None
    if not found:
        return None
    for form in ("%d %B %Y", "%d %b %Y"):
        try:
            return found["label"], dt.datetime.strptime(found["date"], form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None


def why_unread(label: str) -> str | None:
    """Why publications under a label are not fetched; None when they are. NEVER_SEEN for a label not known."""
    read, unread = _known_labels()
    key = _key(label)
    return None if key in read else unread.get(key, NEVER_SEEN)


@cache
def _known_labels() -> tuple[frozenset[str], dict[str, str]]:
    known = tomllib.loads((files("pipelines.sources.ofsted") / "labels.toml").read_text("utf-8"))
    return frozenset(map(_key, known["read"])), {_key(label): reason for label, reason in known["unread"].items()}


def _key(label: str) -> str:
    """The form in which labels are compared."""
    plain = re.sub(r"[-‐-―]", "-", re.sub(r"['’‘`,]", "", label.casefold()))
    return " ".join(plain.split()).removesuffix(" pdf").removesuffix(" as")
