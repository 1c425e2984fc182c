"""What is done for one report, in a worker: read it or interpret it, and keep the result.

Belongs here: the step from the archive to the cache of lines, and from there to the cache of facts.
Stays out: which reports need it, in what order and by how many workers (`stages.py`, `reading/pool.py`).

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
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.reading.readers import READERS, read_report

if TYPE_CHECKING:
    from pipelines.settings import Settings

Lines = ReadReport | UnreadableReport
Facts = ParsedReport | RejectedReport


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
        return Cache(self.lines, (ReadReport, UnreadableReport))

    def facts_cache(self) -> Cache[Facts]:
        """Facts by sha256 of the file."""
        return Cache(self.facts, (ParsedReport, RejectedReport))


def read_to_cache(places: Places, file_sha256: str) -> str | None:
    """Read an archived file and keep its lines. The reason why it can't be read, or None."""
    lines = read_anew(places, file_sha256)
    return lines.reason if isinstance(lines, UnreadableReport) else None


def parse_to_cache(places: Places, file_sha256: str) -> str | None:
    """Interpret a file's lines and keep the facts. The reason why it is no report of ours, or None."""
    facts = parse_anew(places, file_sha256)
    return facts.reason if isinstance(facts, RejectedReport) else None


def read_anew(places: Places, file_sha256: str) -> Lines:
    """Read an archived file and keep its lines, over any kept before."""
    try:
        lines = read_report(READERS[places.reader], archived_path(places.archive, file_sha256), file_sha256)
    except Exception as error:
        lines = unreadable(places, file_sha256, f"the reader failed on it: {type(error).__name__}: {error}")
    places.lines_cache().put(file_sha256, lines)
    return lines


def parse_anew(places: Places, file_sha256: str) -> Facts:
    """Interpret a file's lines and keep the facts. The file is opened only where its lines are not kept whole."""
    lines = places.lines_cache().get(file_sha256) or read_anew(places, file_sha256)
    if isinstance(lines, UnreadableReport):
        facts: Facts = RejectedReport(file_sha256, lines.reason, lines.detail)
    else:
        try:
            facts = parse_report(lines)
        except Exception as error:
            facts = uninterpretable(file_sha256, f"the rules failed on it: {type(error).__name__}: {error}")
    places.facts_cache().put(file_sha256, facts)
    return facts


def unreadable(places: Places, file_sha256: str, why: str) -> UnreadableReport:
    """The outcome of a file that no reader gets through."""
    reader = READERS[places.reader]
    return UnreadableReport(file_sha256, reader.name, reader.version, "damaged_pdf", why)


def uninterpretable(file_sha256: str, why: str) -> RejectedReport:
    """The outcome of a file whose lines no rule gets through."""
    return RejectedReport(file_sha256, "unreadable_judgements", why)
