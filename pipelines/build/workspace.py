"""The data folder opened for one command or one run: its lock, its ledger and its caches.

One process at a time writes under a data folder. Readers need no lock: everything is published by a rename.
"""

import datetime as dt
import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from pipelines.archive.ledger import Ledger
from pipelines.archive.store import archived_path
from pipelines.errors import JudgementsError
from pipelines.parsing import rules_version
from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.reading.cache import Cache, unpack
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.reading.readers import READERS
from pipelines.settings import Settings
from pipelines.sources.named import Source, source_named
from pipelines.workers import tasks

Lines = ReadReport | UnreadableReport
Facts = ParsedReport | RejectedReport


class LockedError(JudgementsError):
    """Another process writes under this data folder; the message says which."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a stage works with: the settings, the ledger, and the caches of this reader and these rules."""

    settings: Settings
    ledger: Ledger
    lines_cache: Cache[Lines]
    facts_cache: Cache[Facts]

    @classmethod
    @contextmanager
    def open(cls, settings: Settings) -> Iterator[Self]:
        """Lock the data folder for the length of a block and open what is in it, making what is missing.

        Raises LockedError at once when another process holds the lock. A lock ends with its process.
        """
        settings.data.mkdir(parents=True, exist_ok=True)
        with _locked(settings.data, settings.build_lock), Ledger.open(settings.ledger) as ledger:
            reader = READERS[settings.reader]
            read_by = f"{reader.name}-{reader.version}"
            yield cls(
                settings,
                ledger,
                Cache(settings.read / read_by, tasks.LINES),
                Cache(settings.parsed / f"{rules_version()}-{read_by}", tasks.FACTS),
            )

    def source(self, name: str) -> Source:
        """The source with this name. Raises UnknownSourceError."""
        settings = self.settings
        return source_named(name, settings.raw, settings, settings.ofsted, settings.max_file_bytes)

    def pdf(self, file_sha256: str) -> bytes:
        """An archived file. Raises OSError where it is missing."""
        return archived_path(self.settings.archive, file_sha256).read_bytes()

    def lines(self, file_sha256: str) -> Lines:
        """The lines of a file; it is read now where they are not cached."""
        return self.lines_cache.get(file_sha256) or unpack(self.read_now(file_sha256), tasks.LINES)

    def facts(self, file_sha256: str) -> Facts:
        """What a file says; it is parsed now where that is not cached."""
        return self.facts_cache.get(file_sha256) or unpack(self.parse_now(file_sha256), tasks.FACTS)

    def digest(self, file_sha256: str) -> str:
        """A hash over the lines and facts of a file."""
        facts = self.facts_cache.get_packed(file_sha256) or self.parse_now(file_sha256)
        return hashlib.sha256(facts + hashlib.sha256(self.packed_lines(file_sha256)).digest()).hexdigest()

    def packed_lines(self, file_sha256: str) -> bytes:
        """The lines of a file as they are cached; it is read now where they are not."""
        return self.lines_cache.get_packed(file_sha256) or self.read_now(file_sha256)

    def read_now(self, file_sha256: str) -> bytes:
        """Read a file in this process and cache its lines, over any cached before."""
        packed = tasks.read(self.settings.reader, tasks.Job(file_sha256, self.pdf(file_sha256)))
        self.lines_cache.put_packed(file_sha256, packed)
        return packed

    def parse_now(self, file_sha256: str) -> bytes:
        """Parse a file in this process and cache the facts. It is read again where its lines can't be used."""
        packed = tasks.parse(tasks.Job(file_sha256, self.packed_lines(file_sha256)))
        packed = packed or tasks.parse(tasks.Job(file_sha256, self.read_now(file_sha256)))
        self.facts_cache.put_packed(file_sha256, packed)
        return packed


@contextmanager
def _locked(data: Path, path: Path) -> Iterator[None]:
    lock = FileLock(path)
    holder = path.with_suffix(".holder")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text("utf-8") if holder.is_file() else "another process"
        raise LockedError(f"{data} is being written by {who}. Wait for it, then try again.") from None
    try:
        since = dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()} (since {since})", "utf-8")
        yield
    finally:
        lock.release()
