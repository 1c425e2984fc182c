"""The data folder opened for one command or one run: its lock, its ledger and its caches.

One process at a time writes under a data folder. Readers need no lock: everything is published by a rename.
"""

import datetime as dt
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from filelock import FileLock, Timeout

from pipelines.archive.ledger import Ledger
from pipelines.archive.store import read_archived
from pipelines.build.recovery import make_ledger, set_damaged_ledger_aside
from pipelines.errors import JudgementsError, MachineError
from pipelines.parsing import rules_version
from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.reading.cache import CHECKSUM_BYTES, Cache, unpack
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
    """What a stage works with: the settings, the ledger, and the caches of this reader and these rules.

    `warnings` are sentences about what was found damaged, and what was done about it.
    """

    settings: Settings
    ledger: Ledger
    lines_cache: Cache[Lines]
    facts_cache: Cache[Facts]
    warnings: list[str]

    @classmethod
    @contextmanager
    def open(cls, settings: Settings) -> Iterator[Self]:
        """Lock the data folder for the length of a block and open what is in it, making what is missing.

        A damaged ledger is kept aside, and a new one made. Raises LockedError at once when another process holds the
        lock. A lock ends with its process.
        """
        _check_file_limit(settings.workers)
        settings.data.mkdir(parents=True, exist_ok=True)
        with locked(settings):
            warnings = list(set_damaged_ledger_aside(settings))
            if not settings.ledger.exists():
                make_ledger(settings)
            with Ledger.open(settings.ledger) as ledger:
                yield cls(settings, ledger, *caches(settings), warnings)

    def source(self, name: str) -> Source:
        """The source with this name. Raises UnknownSourceError."""
        settings = self.settings
        return source_named(name, settings.raw, settings, settings.ofsted, settings.max_file_bytes)

    def pdf(self, file_sha256: str) -> bytes:
        """An archived file. Raises DamagedFileError where it is missing, or not as it was archived."""
        return read_archived(self.settings.archive, file_sha256)

    def lines(self, file_sha256: str) -> Lines:
        """The lines of a file; it is read now where they are not cached."""
        return self.lines_cache.get(file_sha256) or unpack(self.read_now(file_sha256), tasks.LINES)

    def facts(self, file_sha256: str) -> Facts:
        """What a file says; it is parsed now where that is not cached."""
        return self.facts_cache.get(file_sha256) or unpack(self.parse_now(file_sha256), tasks.FACTS)

    def digest(self, file_sha256: str) -> str:
        """The checksums of the facts and lines of a file."""
        facts = self.facts_cache.get_packed(file_sha256) or self.parse_now(file_sha256)
        return (facts[:CHECKSUM_BYTES] + self.packed_lines(file_sha256)[:CHECKSUM_BYTES]).hex()

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


def _check_file_limit(n_workers: int) -> None:
    """Raise MachineError where too few files may be open: halfway through it would end in worse words."""
    allowed, needed = resource.getrlimit(resource.RLIMIT_NOFILE)[0], 24 + 4 * n_workers
    if 0 <= allowed < needed:
        raise MachineError(f"Only {allowed} files may be open at once, and {needed} are needed: ulimit -n 1024")


def caches(settings: Settings) -> tuple[Cache[Lines], Cache[Facts]]:
    """The caches of this reader and these rules: of lines and of facts."""
    reader = READERS[settings.reader]
    read_by = f"{reader.name}-{reader.version}"
    return (
        Cache(settings.read / read_by, tasks.LINES),
        Cache(settings.parsed / f"{rules_version()}-{read_by}", tasks.FACTS),
    )


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Hold the lock of the data folder for the length of a block. Raises LockedError when another process has it."""
    lock = FileLock(settings.build_lock)
    holder = settings.build_lock.with_suffix(".holder")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text("utf-8") if holder.is_file() else "another process"
        raise LockedError(f"{settings.data} is being written by {who}. Wait for it, then try again.") from None
    try:
        since = dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()} (since {since})", "utf-8")
        yield
    finally:
        lock.release()
