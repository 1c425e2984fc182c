"""The one loop over the publications of the current listing: it archives their files, whatever the source.

It is incremental and idempotent: what is not held comes first, and each file is in the ledger before the next is
fetched, so an interrupted run continues where it stopped, and a second run archives nothing. The source decides how a
file is fetched.
"""

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.store import DamagedFileError, StoredFile, archived_path, read_archived, store_file
from pipelines.errors import JudgementsError
from pipelines.sources.published import (
    Fetched,
    Fetcher,
    FetchError,
    Holding,
    QuarantinedFile,
    SourceError,
    Unchanged,
    UnreachableSiteError,
)


class ArchiveError(JudgementsError):
    """The archive can't be written, for instance because the disk is full."""


class IngestCounts(msgspec.Struct):
    """What was archived. Each publication is named in one of four lists.

    `new` are archived for the first time, `changed` have another file version, `unchanged` the same; `failed` gives the
    reasons, also of quarantined files, and what is held of those stays.
    """

    n_published: int
    new: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    failed: list[str] = []

    def add(self, holding: Holding, outcome: StoredFile | QuarantinedFile | FetchError | Unchanged) -> None:
        """Put a publication in its list."""
        name = holding.publication.name
        if isinstance(outcome, FetchError):
            self.failed.append(f"{name}: {outcome}")
        elif isinstance(outcome, QuarantinedFile):
            self.failed.append(f"{name}: {outcome.detail}")
        elif isinstance(outcome, str) or outcome.file_sha256 == holding.file_sha256:
            self.unchanged.append(name)
        else:
            (self.changed if holding.file_sha256 else self.new).append(name)


def ingest(
    ledger: Ledger,
    archive: Path,
    fetcher: Fetcher,
    at: dt.datetime,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda n_done, n_in_all: None,
) -> IngestCounts:
    """Archive the file of every publication of the current listing that is not held.

    With `force` the source is asked about every one. Raises UnreachableSiteError when every fetch failed and nothing is
    held, and ArchiveError when the archive can't be written.
    """
    # Otherwise a first visit that was interrupted would ask about all that it holds before it goes on.
    holdings = sorted(ledger.holdings(), key=lambda one: one.file_sha256 is not None)
    counts = IngestCounts(len(holdings))
    intake = _Intake(ledger, archive, fetcher, at, force, ledger.lost_files())
    for n_done, holding in enumerate(holdings, start=1):
        counts.add(holding, intake.take_in(holding))
        progress(n_done, len(holdings))
    ledger.confirm(intake.confirmed, at)
    _find_lost(ledger, archive)
    is_empty = len(counts.failed) == len(holdings) and not any(one.file_sha256 for one in holdings)
    if is_empty and intake.n_failed:
        raise UnreachableSiteError(f"None of {len(holdings):,} reports could be fetched. The first: {counts.failed[0]}")
    return counts


def fetch_again(
    ledger: Ledger, archive: Path, fetcher: Fetcher, at: dt.datetime, damaged: Collection[str]
) -> tuple[str, ...]:
    """Fetch files again that are damaged in the archive; returns a sentence about each.

    One that can't be had is lost: it is quarantined wherever it was served, by its name in the archive. Each build asks
    for it again, and looks whether somebody put back a copy. Raises ArchiveError when the archive can't be written.
    """
    intake = _Intake(ledger, archive, fetcher, at, force=True, damaged=damaged)
    served = [one for one in ledger.holdings() if one.file_sha256 in damaged]
    outcomes = {one.file_sha256: intake.take_in(one) for one in served}
    sentences = []
    for file_sha256 in damaged:
        try:
            read_archived(archive, file_sha256)
            sentences.append(f"{archived_path(archive, file_sha256)} was damaged, and was fetched again.")
        except DamagedFileError as error:
            detail = f"{error}, and could not be fetched again ({_why(outcomes.get(file_sha256))})"
            ledger.record_lost(file_sha256, detail)
            sentences.append(f"{detail}. Put back a copy, then build again.")
    return tuple(sentences)


def _why(outcome: StoredFile | QuarantinedFile | FetchError | Unchanged | None) -> str:
    if isinstance(outcome, StoredFile):
        return "its source serves another file now"
    words = outcome.detail if isinstance(outcome, QuarantinedFile) else str(outcome or "its source no longer lists it")
    return words.rstrip(".")


def _find_lost(ledger: Ledger, archive: Path) -> None:
    """Forget that files were lost that are whole again: fetched now, or put back by somebody."""
    for file_sha256 in ledger.lost_files():
        with suppress(DamagedFileError):
            read_archived(archive, file_sha256)
            ledger.forget_lost(file_sha256)


class NoFetcher:
    """The fetcher of a source that is not there: every fetch fails for that reason."""

    def __init__(self, why: SourceError) -> None:
        self._why = why

    def fetch(self, holding: Holding, force: bool) -> Fetched | QuarantinedFile | Unchanged:
        """Raise FetchError."""
        raise FetchError(str(self._why)) from self._why


class _Intake:
    """One run over a listing: the outcome of each publication goes into the ledger.

    Unchanged publications are confirmed together at the end: 16,000 transactions would take a minute. Files known to be
    `damaged` in the archive count as not held.
    """

    def __init__(
        self,
        ledger: Ledger,
        archive: Path,
        fetcher: Fetcher,
        at: dt.datetime,
        force: bool,
        damaged: Collection[str] = frozenset(),
    ) -> None:
        self._ledger, self._archive, self._fetcher, self._at, self._force = ledger, archive, fetcher, at, force
        self._damaged = damaged
        self._stored: dict[tuple[str, str | None], tuple[StoredFile | QuarantinedFile, Fetched]] = {}
        self.confirmed: list[int] = []
        self.n_failed = 0

    def take_in(self, holding: Holding) -> StoredFile | QuarantinedFile | FetchError | Unchanged:
        """Fetch one publication's file if it is due, and record the outcome. Raises ArchiveError."""
        try:
            return self._fetch_and_record(holding)
        except FetchError as error:
            self.n_failed += 1
            self._ledger.record_failure(holding.publication_id, str(error), self._at)
            return error
        except OSError as error:
            raise ArchiveError(
                f"{holding.publication.name} could not be kept: {error.strerror or error}."
                " What is held stays, and the next build goes on from there."
            ) from error

    def _fetch_and_record(self, holding: Holding) -> StoredFile | QuarantinedFile | Unchanged:
        """Fetch each location once for all publications with the same held file."""
        publication_id = holding.publication_id
        held = self._as_held(holding)
        key = (held.location, held.file_sha256 if held.held_file else None)
        if key not in self._stored:
            fetched = self._fetcher.fetch(held, self._force)
            if fetched == "confirmed":
                self.confirmed.append(publication_id)
            if isinstance(fetched, str):
                return fetched
            if isinstance(fetched, QuarantinedFile):
                self._ledger.record_file_version(publication_id, fetched, self._at)
                return fetched
            self._stored[key] = store_file(fetched.path, self._archive), fetched
        file, fetched = self._stored[key]
        self._ledger.record_file_version(publication_id, file, self._at, fetched)
        return file

    def _as_held(self, holding: Holding) -> Holding:
        """The holding with the path of its file, unless the archive lost the file or a part of it."""
        if holding.file_sha256 is None or holding.file_sha256 in self._damaged:
            return holding
        path = archived_path(self._archive, holding.file_sha256)
        is_whole = path.is_file() and path.stat().st_size == holding.n_bytes
        return msgspec.structs.replace(holding, held_file=path) if is_whole else holding
