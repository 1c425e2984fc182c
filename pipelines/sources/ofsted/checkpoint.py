"""The checkpoint of an unfinished listing: one line per page visited, so that an interrupted listing goes on there."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from pipelines.sources.ofsted.pages import ProviderPage

KEPT_FOR = dt.timedelta(hours=6)
"""Pages visited earlier than this are visited again: they may have changed."""


class _Visited(msgspec.Struct, frozen=True):
    site: str
    visited_at: dt.datetime
    provider_urn: str
    page: ProviderPage


class Checkpoint:
    """Provider pages visited in this listing, or in one that was interrupted in the last hours."""

    def __init__(self, path: Path, site: str, now: dt.datetime) -> None:
        self._path, self._site, self._now = path, site, now
        self._pages = {
            one.provider_urn: one.page
            for one in _read(path)
            if one.site == site and dt.timedelta(0) <= now - one.visited_at < KEPT_FOR
        }

    def get(self, provider_urn: str) -> ProviderPage | None:
        """What a provider's page listed; None when it was not visited yet."""
        return self._pages.get(provider_urn)

    def add(self, provider_urn: str, page: ProviderPage) -> None:
        """Save what a provider's page listed."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.write(b"\n" + msgspec.json.encode(_Visited(self._site, self._now, provider_urn, page)))

    def remove(self) -> None:
        """Remove the checkpoint: the next listing visits every page."""
        self._path.unlink(missing_ok=True)


def _read(path: Path) -> Iterator[_Visited]:
    """Every complete line: a killed process may leave half of one."""
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        with suppress(msgspec.DecodeError):
            yield msgspec.json.decode(line, type=_Visited)
