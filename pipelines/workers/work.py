"""A stage's work on one report, fed in either of two ways: from this machine's disk, or sent to another machine.

Belongs here: what travels, what comes back, and by what two machines know that they would give the same.
Stays out: reading and interpreting (`one_report.py`), and whom anything is sent to (`cluster.py`).

A machine that is sent a report needs this package and no more: no path of the sender's means anything to it, and it
keeps nothing.
"""

from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import version
from typing import Generic, TypeVar

import msgspec

from pipelines.archive.store import archived_path
from pipelines.parsing import rules_version
from pipelines.reading.cache import Cache, pack, unpack
from pipelines.reading.readers import READERS
from pipelines.workers import one_report
from pipelines.workers.one_report import LINES, Facts, Lines, Places

Kept = TypeVar("Kept", bound=msgspec.Struct)

_LIBRARIES = ("pypdfium2", "pdfplumber", "pdfminer.six", "msgspec", "zstandard")
"""Those that have a hand in the bytes of an entry."""


class Sent(msgspec.Struct, frozen=True):
    """A report on its way to another machine: the bytes of its PDF, or its packed lines."""

    file_sha256: str
    content: bytes


class Answer(msgspec.Struct, frozen=True):
    """What came back: an entry as the cache keeps it, and the reason when it holds a refusal."""

    packed: bytes
    refusal: str | None


class Work(msgspec.Struct, Generic[Kept], frozen=True):
    """What a stage does with one file, named by its sha256, and where it keeps the result.

    `from_disk` finds what it needs, keeps the result and gives the reason of a refusal. `send` and `when_sent` are the
    same in two halves: the first runs where the disk is, the second anywhere; its answer is None when what was sent is
    of no use. `lost` makes the entry of a file whose worker died over it.
    """

    cache: Cache[Kept]
    from_disk: Callable[[str], str | None]
    send: Callable[[str], Sent]
    when_sent: Callable[[Sent], Answer | None]
    lost: Callable[[str, str], Kept]


def reading(places: Places) -> Work[Lines]:
    """From archived files to cached lines."""
    return Work(
        places.lines_cache(),
        partial(one_report.read_to_cache, places),
        partial(_send_pdf, places),
        partial(read_sent, places.reader),
        partial(one_report.unreadable, places.reader),
    )


def parsing(places: Places) -> Work[Facts]:
    """From cached lines to cached facts."""
    return Work(
        places.facts_cache(),
        partial(one_report.parse_to_cache, places),
        partial(_send_lines, places),
        parse_sent,
        one_report.uninterpretable,
    )


def read_sent(reader: str, sent: Sent) -> Answer:
    """The lines of a PDF that was sent."""
    lines = one_report.lines_of(reader, sent.content, sent.file_sha256)
    return Answer(pack(lines), one_report.refusal(lines))


def parse_sent(sent: Sent) -> Answer | None:
    """The facts in lines that were sent; None where the lines were not kept whole."""
    lines = unpack(sent.content, LINES)
    if lines is None:
        return None
    facts = one_report.facts_of(lines)
    return Answer(pack(facts), one_report.refusal(facts))


@cache
def makings(reader: str) -> dict[str, str]:
    """The version of each thing that decides what a report's entries hold: two machines that agree give the same."""
    return {
        f"reader {reader}": READERS[reader].version,
        "rules": rules_version(),
        **{library: version(library) for library in _LIBRARIES},
    }


def _send_pdf(places: Places, file_sha256: str) -> Sent:
    return Sent(file_sha256, archived_path(places.archive, file_sha256).read_bytes())


def _send_lines(places: Places, file_sha256: str) -> Sent:
    return Sent(file_sha256, places.lines_cache().get_packed(file_sha256) or b"")
