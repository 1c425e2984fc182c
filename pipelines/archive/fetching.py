"""Fetching what the current listing of a site holds: each publication's file, if there is one that is not held.

Belongs here: which publications are asked about at all, and what is remembered of each answer.
Stays out: one download (`download.py`), and files on this machine (`intake.py`).
"""

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path

from pipelines.archive.download import Download, download, part_of
from pipelines.archive.intake import ArchivedCounts
from pipelines.archive.ledger import record_serving
from pipelines.archive.site_ledger import WebHolding, record_failure, record_unchanged, web_holdings
from pipelines.archive.store import StoredFile, archived_path
from pipelines.settings import Settings
from pipelines.sources.http.answers import FetchError
from pipelines.sources.http.client import Visitor
from pipelines.sources.ofsted.addresses import fetch_address
from pipelines.sources.published import UnreachableSiteError, Validators


def fetch_listed(
    ledger: sqlite3.Connection,
    settings: Settings,
    visitor: Visitor,
    at: dt.datetime,
    force: bool,
    progress: Callable[[int, int], None],
) -> ArchivedCounts:
    """Fetch the file of every listed publication that is not held, and ask whether the others have changed.

    A file that can't be had is named with the reason, and what is held of it stays. With `force` also those are
    asked for whose answers bear nothing to know them by. Each file is in the ledger before the next is asked for.
    Raises UnreachableSiteError when nothing is held in the end, and OSError when the archive can't be written.
    """
    run = _Run(ledger, settings, visitor, at)
    part_of(settings.archive).unlink(missing_ok=True)
    listed = web_holdings(ledger)
    for n_done, holding in enumerate(listed, start=1):
        try:
            run.take_in(holding, force)
        except FetchError as error:
            record_failure(ledger, holding.publication_id, str(error), at)
            run.failed.append(f"{holding.publication.name}: {error}")
        except OSError as error:
            raise OSError(
                f"{holding.publication.name} could not be kept: {error.strerror or error}."
                " What is held stays, and the next build goes on from there."
            ) from error
        progress(n_done, len(listed))
    if listed and len(run.failed) == len(listed) and not any(one.file_sha256 for one in listed):
        raise UnreachableSiteError(f"None of {len(listed):,} reports could be fetched. The first: {run.failed[0]}")
    return ArchivedCounts(
        len(listed),
        run.n_new_files,
        run.n_refused,
        tuple(run.new),
        tuple(run.changed),
        tuple(run.unchanged),
        tuple(run.failed),
    )


class _Run:
    """One round over a listing: what it fetched so far, and under which head each publication goes."""

    def __init__(self, ledger: sqlite3.Connection, settings: Settings, visitor: Visitor, at: dt.datetime) -> None:
        self._ledger, self._settings, self._visitor, self._at = ledger, settings, visitor, at
        self._fetched: dict[str, Download] = {}
        self.n_new_files = self.n_refused = 0
        self.new: list[str] = []
        self.changed: list[str] = []
        self.unchanged: list[str] = []
        self.failed: list[str] = []

    def take_in(self, holding: WebHolding, force: bool) -> None:
        """Ask about one publication if it is due, and note the answer. Raises FetchError."""
        name = holding.publication.name
        held = _held_file(self._settings.archive, holding)
        if held and not force and not self._is_due(holding):
            self.unchanged.append(name)
            return
        fetched = self._fetch(holding, held)
        if fetched is None:
            record_unchanged(self._ledger, holding.publication_id, self._at)
            self.unchanged.append(name)
            return
        record_serving(
            self._ledger, holding.publication_id, fetched.served, self._at, _listed_as(holding), fetched.validators
        )
        if not isinstance(fetched.served, StoredFile):
            self.n_refused += 1
            self.failed.append(f"{name}: {fetched.served.detail}")
            return
        self.n_new_files += fetched.served.is_new
        heads = {None: self.new, fetched.served.file_sha256: self.unchanged}
        heads.get(holding.file_sha256, self.changed).append(name)

    def _is_due(self, holding: WebHolding) -> bool:
        """A file that its server knows again costs no body to ask about.

        Any other is fetched anew now and then, and when the site lists it under another label or date.
        """
        assert holding.last_seen_at is not None, "what is held was seen"
        is_old = self._at - holding.last_seen_at >= dt.timedelta(days=self._settings.recheck_days)
        return bool(holding.validators) or is_old or holding.listed_as != _listed_as(holding)

    def _fetch(self, holding: WebHolding, held: str | None) -> Download | None:
        """Fetch a file, once for all publications of its address."""
        source_url = holding.publication.source_url
        assert source_url is not None, "what a site publishes has an address"
        if source_url in self._fetched:
            return self._fetched[source_url]
        address = fetch_address(self._settings.ofsted_files_url, source_url)
        validators = holding.validators if held else Validators()
        fetched = download(
            self._visitor, address, self._settings.archive, held, validators, self._settings.max_download_bytes
        )
        if fetched is not None:
            self._fetched[source_url] = fetched
        return fetched


def _held_file(archive: Path, holding: WebHolding) -> str | None:
    """The file that a publication served last, if the archive has it whole as far as can be seen at a glance."""
    sha256 = holding.file_sha256
    return sha256 if sha256 and archived_path(archive, sha256).is_file() else None


def _listed_as(holding: WebHolding) -> str:
    return f"{holding.publication.label}, {holding.publication.published_date}"
