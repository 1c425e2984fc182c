"""Ofsted's site as a source: listing it, and fetching its files, each checked before it is archived."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from pipelines.sources.http.answers import FileAnswer, TooLargeError
from pipelines.sources.http.client import HttpClient
from pipelines.sources.http.limits import HttpLimits
from pipelines.sources.ofsted.addresses import LIVE_SITE, SiteAddresses, fetch_address, file_id_in
from pipelines.sources.ofsted.checkpoint import Checkpoint
from pipelines.sources.ofsted.listing import list_ofsted
from pipelines.sources.ofsted.pages import is_not_found_page
from pipelines.sources.published import (
    Fetched,
    Fetcher,
    FetchError,
    Holding,
    Listing,
    Progress,
    QuarantinedFile,
    RememberedSite,
    Unchanged,
    Validators,
)

NO_CONTACT = "Set JUDGEMENTS_CONTACT to an address at which Ofsted can reach you: it is sent with every request."
PDF_TYPES = frozenset({"application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream", ""})
_PDF_START = re.compile(rb"%PDF-\d")
_PDF_END = b"%%EOF"
_MARGIN = 1024
"""A PDF names itself within this many first bytes, and its end within this many last bytes."""


class OfstedSource:
    """Ofsted's site, or a copy of it at other addresses."""

    def __init__(self, work_folder: Path, limits: HttpLimits, addresses: SiteAddresses) -> None:
        self._work_folder, self._limits, self._addresses = work_folder, limits, addresses

    def list(self, remembered: RememberedSite, accept_shrunken: bool, progress: Progress) -> Listing:
        """List the site, from the checkpoint of an unfinished listing where there is one. Raises SourceError."""
        checkpoint = Checkpoint(
            self._work_folder / "unfinished_listing.jsonl", self._addresses.pages, dt.datetime.now(dt.UTC)
        )
        with closing(self._client()) as client:
            listing = list_ofsted(client, self._addresses, checkpoint, remembered, accept_shrunken, progress)
        if self._addresses == LIVE_SITE and not self._limits.contact:
            return msgspec.structs.replace(listing, warnings=(NO_CONTACT, *listing.warnings))
        return listing

    @contextmanager
    def fetcher(self, at: dt.datetime) -> Iterator[Fetcher]:
        """The fetcher of its files, with one temporary file for the current download."""
        part = self._work_folder / "download.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        recheck = dt.timedelta(days=self._limits.recheck_days)
        try:
            with closing(self._client()) as client:
                yield OfstedFetcher(client, self._addresses.files, part, at, recheck)
        finally:
            part.unlink(missing_ok=True)

    def _client(self) -> HttpClient:
        return HttpClient(self._limits, (self._addresses.pages, self._addresses.files))


class OfstedFetcher:
    """Downloads what is not held, and asks whether the rest has changed.

    A file with ETag or Last-Modified gets a conditional request each time, which costs no body. No server is believed
    for ever: the whole file is fetched with `force`, when the site lists it differently, and when it was not got within
    the time `recheck` before `at`. A time in the future, of a clock that was wrong, is not within it.
    """

    def __init__(self, client: HttpClient, files_site: str, part: Path, at: dt.datetime, recheck: dt.timedelta) -> None:
        self._client, self._files_site, self._part, self._at, self._recheck = client, files_site, part, at, recheck

    def fetch(self, holding: Holding, force: bool) -> Fetched | QuarantinedFile | Unchanged:
        """Download a publication's file if it is due and has changed.

        The page "Report not found" is archived, because that is what is published there, but never replaces a report.
        Raises FetchError when the answer is not a report, OSError when the disk is full.
        """
        listed_as = f"{holding.publication.label}, {holding.publication.published_date}"
        is_due = force or not holding.held_file or holding.file_state != listed_as or not self._is_recent(holding)
        if not is_due and not holding.validators:
            return "skipped"
        address = fetch_address(self._files_site, holding.location)
        try:
            with self._part.open("wb") as file:
                answer = self._client.file(address, Validators() if is_due else holding.validators, file)
        except TooLargeError as error:
            if holding.held_file:
                raise
            return QuarantinedFile("too_large", str(error))
        if answer is None:
            return "confirmed"
        if not _check_is_report(address, self._part, answer) and holding.held_file:
            if is_not_found_page(holding.held_file.read_bytes()):
                return "confirmed"
            raise FetchError(f"{address} serves a page that says 'Report not found'. The held report stays.")
        return Fetched(self._part, listed_as, answer.validators, self._redirected(address, answer))

    def _is_recent(self, holding: Holding) -> bool:
        at = holding.downloaded_at
        return at is not None and self._at - self._recheck < at <= self._at

    def _redirected(self, address: str, answer: FileAnswer) -> str | None:
        """The address that served the file, if it is that of another file."""
        asked, served = (file_id_in(one, one, self._files_site) for one in (address, answer.address))
        return answer.address if served != asked else None


def _check_is_report(address: str, part: Path, answer: FileAnswer) -> bool:
    """Whether what arrived is a PDF rather than the page 'Report not found'. Raises FetchError for anything else."""
    content = part.read_bytes()
    if _PDF_START.search(content[:_MARGIN]):
        if answer.content_type not in PDF_TYPES:
            raise FetchError(f"{address} answered with {answer.content_type} where a PDF was expected.")
        if not answer.is_whole and _PDF_END not in content[-_MARGIN:]:
            raise FetchError(f"{address} broke off: neither the answer nor the PDF has an end.")
        return True
    if is_not_found_page(content):
        return False
    raise FetchError(
        f"{address} answered with {answer.content_type or 'no type'} that is no PDF. It begins: {content[:40]!r}"
    )
