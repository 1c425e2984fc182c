"""The two tasks on one report, pure and from bytes to bytes: a PDF becomes packed lines, lines become packed facts.

A worker has no files, no ledger and no cache: the parent process reads the input and writes the output, on a pool
and on a Dask cluster alike. An exception that one file causes is caught here and becomes the outcome of that file.
"""

from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import version

import msgspec

from pipelines.parsing import rules_version
from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.cache import DamagedEntryError, pack, unpack
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.reading.readers import READERS, read_report

LINES: tuple[type[ReadReport | UnreadableReport], ...] = (ReadReport, UnreadableReport)
FACTS: tuple[type[ParsedReport | RejectedReport], ...] = (ParsedReport, RejectedReport)

QUARANTINED = (UnreadableReport.__name__, RejectedReport.__name__)
"""The kinds of result that quarantine a file."""

_LIBRARIES = ("pypdfium2", "pdfplumber", "pdfminer.six", "msgspec", "zstandard")
"""The libraries that shape the bytes of a result."""


class Job(msgspec.Struct, frozen=True):
    """What a worker gets: the bytes of a PDF or of its packed lines, and the SHA-256 of the PDF."""

    file_sha256: str
    content: bytes


class Task(msgspec.Struct, frozen=True):
    """What to do with each file. `failed` packs the outcome of a file whose worker died or ran out of time."""

    run: Callable[[Job], bytes]
    failed: Callable[[str, str], bytes]


def reading(reader: str) -> Task:
    """From PDFs to packed lines."""
    return Task(partial(read, reader), lambda sha256, why: pack(_unreadable(reader, sha256, why)))


def parsing() -> Task:
    """From packed lines to packed facts."""
    return Task(parse, lambda sha256, why: pack(RejectedReport(sha256, "unreadable_judgements", why)))


def read(reader: str, job: Job) -> bytes:
    """Every line of a PDF, or the reason why it has none."""
    try:
        return pack(read_report(READERS[reader], job.content, job.file_sha256))
    except Exception as error:
        why = f"the reader failed on it: {type(error).__name__}: {error}"
        return pack(_unreadable(reader, job.file_sha256, why))


def parse(job: Job) -> bytes:
    """The facts of a report, or why it is quarantined; empty where the lines can't be unpacked."""
    try:
        lines = unpack(job.content, LINES)
    except DamagedEntryError:
        return b""
    if isinstance(lines, UnreadableReport):
        return pack(RejectedReport(job.file_sha256, lines.reason, lines.detail))
    try:
        return pack(parse_report(lines))
    except Exception as error:
        why = f"the rules failed on it: {type(error).__name__}: {error}"
        return pack(RejectedReport(job.file_sha256, "unreadable_judgements", why))


@cache
def versions(reader: str) -> dict[str, str]:
    """The version of everything that shapes a result: machines with the same versions return the same bytes."""
    return {
        f"reader {reader}": READERS[reader].version,
        "rules": rules_version(),
        **{library: version(library) for library in _LIBRARIES},
    }


def _unreadable(reader: str, file_sha256: str, why: str) -> UnreadableReport:
    return UnreadableReport(file_sha256, reader, READERS[reader].version, "damaged_pdf", why)
