"""What is done for one report, in a worker: read it or interpret it, and keep the result.

Belongs here: the step from a file to its lines and from lines to facts, each a pure function, and their feeding from
the archive and the caches.
Stays out: which reports need it, in what order and by how many workers (`stages.py`, `reading/pool.py`), and their
feeding over a network (`work.py`).

Whatever one file makes a reader or a rule raise is caught here and becomes the file's outcome. What goes wrong with
the disk is not the file's fault and is raised.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.archive.store import archived_path
from pipelines.parsing import rules_version
from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.cache import Cache
from pipelines.reading.files import Pdf
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.reading.readers import READERS, read_report

if TYPE_CHECKING:
    from pipelines.settings import Settings

Lines = ReadReport | UnreadableReport
Facts = ParsedReport | RejectedReport
LINES: tuple[type[Lines], ...] = (ReadReport, UnreadableReport)
FACTS: tuple[type[Facts], ...] = (ParsedReport, RejectedReport)


class Places(msgspec.Struct, frozen=True):
    """Where the bytes are, and where lines and facts are kept for this reader and these rules."""

    archive: Path
    lines: Path
    facts: Path
    reader: str

    @classmethod
    def of(cls, settings: "Settings") -> "Places":
        """The places that these settings and this version of the code give."""
        reader = READERS[settings.reader]
        return cls(
            settings.archive.absolute(),
            settings.read.absolute() / f"{reader.name}-{reader.version}",
            settings.parsed.absolute() / f"{rules_version()}-{reader.name}-{reader.version}",
            reader.name,
        )

    def lines_cache(self) -> Cache[Lines]:
        """Lines by sha256 of the file."""
        return Cache(self.lines, LINES)

    def facts_cache(self) -> Cache[Facts]:
        """Facts by sha256 of the file."""
        return Cache(self.facts, FACTS)


def lines_of(reader: str, pdf: Pdf, file_sha256: str) -> Lines:
    """Every line of a file, or the reason why there are none. Raises OSError where the file is not to be had."""
    try:
        return read_report(READERS[reader], pdf, file_sha256)
    except OSError:
        raise
    except Exception as error:
        return unreadable(reader, file_sha256, f"the reader failed on it: {type(error).__name__}: {error}")


def facts_of(lines: Lines) -> Facts:
    """What a file's lines say, or the reason why it is no report of ours."""
    if isinstance(lines, UnreadableReport):
        return RejectedReport(lines.file_sha256, lines.reason, lines.detail)
    try:
        return parse_report(lines)
    except Exception as error:
        return uninterpretable(lines.file_sha256, f"the rules failed on it: {type(error).__name__}: {error}")


def refusal(done: Lines | Facts) -> str | None:
    """The reason for which a file gave no lines or no facts; None when it gave them."""
    return done.reason if isinstance(done, UnreadableReport | RejectedReport) else None


def read_to_cache(places: Places, file_sha256: str) -> str | None:
    """Read an archived file and keep its lines. The reason why it can't be read, or None."""
    return refusal(read_anew(places, file_sha256))


def parse_to_cache(places: Places, file_sha256: str) -> str | None:
    """Interpret a file's lines and keep the facts. The reason why it is no report of ours, or None."""
    return refusal(parse_anew(places, file_sha256))


def read_anew(places: Places, file_sha256: str) -> Lines:
    """Read an archived file and keep its lines, over any kept before."""
    lines = lines_of(places.reader, archived_path(places.archive, file_sha256), file_sha256)
    places.lines_cache().put(file_sha256, lines)
    return lines


def parse_anew(places: Places, file_sha256: str) -> Facts:
    """Interpret a file's lines and keep the facts. The file is opened only where its lines are not kept whole."""
    lines = places.lines_cache().get(file_sha256) or read_anew(places, file_sha256)
    facts = facts_of(lines)
    places.facts_cache().put(file_sha256, facts)
    return facts


def unreadable(reader: str, file_sha256: str, why: str) -> UnreadableReport:
    """The outcome of a file that no reader gets through."""
    return UnreadableReport(file_sha256, reader, READERS[reader].version, "damaged_pdf", why)


def uninterpretable(file_sha256: str, why: str) -> RejectedReport:
    """The outcome of a file whose lines no rule gets through."""
    return RejectedReport(file_sha256, "unreadable_judgements", why)
