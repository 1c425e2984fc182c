"""What an unfinished listing has seen already, so that one which was interrupted goes on where it stood.

Belongs here: a file of notes, a line for each page visited.
Stays out: what is made of them (`listing.py`); anything once the listing has ended, for then the notes are gone.
"""

import datetime as dt
from pathlib import Path

import msgspec

from pipelines.sources.ofsted.pages import ProviderPage

KEPT_FOR = dt.timedelta(hours=6)
"""Older notes are not used: the site may have changed since."""


class _Heading(msgspec.Struct, frozen=True):
    site: str
    begun_at: dt.datetime


class _Note(msgspec.Struct, frozen=True):
    provider_urn: str
    page: ProviderPage


class PageNotes:
    """Provider pages visited in this listing, or in one of the last hours that was interrupted."""

    def __init__(self, path: Path, site: str, now: dt.datetime) -> None:
        self._path = path
        heading = _Heading(site, now)
        self._notes: dict[str, ProviderPage] = {}
        lines = path.read_bytes().splitlines() if path.is_file() else []
        try:
            earlier = msgspec.json.decode(lines[0] if lines else b"", type=_Heading)
            if earlier.site == site and now - earlier.begun_at < KEPT_FOR:
                heading = earlier
                for line in lines[1:]:
                    note = msgspec.json.decode(line, type=_Note)
                    self._notes[note.provider_urn] = note.page
        except msgspec.DecodeError:
            pass  # a killed process left half a line, and nothing stands after that
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = (_Note(urn, page) for urn, page in self._notes.items())
        path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in (heading, *kept)))

    def get(self, provider_urn: str) -> ProviderPage | None:
        """What a provider's page held; None when it was not visited yet."""
        return self._notes.get(provider_urn)

    def add(self, provider_urn: str, page: ProviderPage) -> None:
        """Note what a provider's page held, once."""
        if provider_urn in self._notes:
            return
        self._notes[provider_urn] = page
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(_Note(provider_urn, page)) + b"\n")

    def forget(self) -> None:
        """The listing has ended: the next one looks for itself."""
        self._path.unlink(missing_ok=True)
