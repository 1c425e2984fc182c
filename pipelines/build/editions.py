"""Editions of Ofsted's own statistics in a build: which are kept, which a source is told of by, and what they hold.

The reader of spreadsheets is imported when one is to be read: most builds have none.
"""

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.archive.editions import NoEditionsError, check_name, editions_in, keep_edition, kept_editions
from pipelines.archive.remembered import CurrentListing
from pipelines.files import fingerprint
from pipelines.reading.cache import Cache, pack
from pipelines.settings import Settings
from pipelines.sources.named import OWN_STATISTICS
from pipelines.sources.published import SourceError

if TYPE_CHECKING:
    from pipelines.statistics.rows import Edition, RefusedEdition

_PACKAGE = Path(__file__).parents[1]
_SHAPES_EDITIONS = (_PACKAGE / "statistics", _PACKAGE / "report_kinds")
"""Folders of which any file may change what an edition is read as."""


def archive_editions(settings: Settings, files: Sequence[Path] = ()) -> list[Path]:
    """Keep some files, and those of the folder that JUDGEMENTS_STATISTICS names, if any; returns all that are kept.

    Raises NoEditionsError where the folder is none.
    """
    for path in (*files, *(editions_in(settings.statistics) if settings.statistics else ())):
        keep_edition(path, settings.editions)
    return kept_editions(settings.editions)


def edition_files(listing: CurrentListing, settings: Settings) -> list[Path]:
    """The files that a build takes: those kept, or those of a source with its own authorities.

    An invented world is told of by statistics of its own, and never by Ofsted's.
    """
    return kept_editions(listing.reference / OWN_STATISTICS if listing.reference else settings.editions)


def editions_cache(settings: Settings) -> "Cache[Edition | RefusedEdition]":
    """What editions hold, by the content of their files, as this program and its library read them."""
    from pipelines.statistics.rows import Edition, RefusedEdition

    read_by = f"{fingerprint(_SHAPES_EDITIONS)[:12]}-{version('python-calamine')}"
    return Cache(settings.parsed / f"statistics-{read_by}", (Edition, RefusedEdition))


def read_editions(
    files: Iterable[Path], settings: Settings, *, force: bool = False
) -> "list[Edition | RefusedEdition]":
    """What each file holds, or why it can't be used: a build goes on without it. With `force` each is read again."""
    cache = editions_cache(settings)
    return [_cached(cache, path, force=force) for path in files]


def _cached(cache: "Cache[Edition | RefusedEdition]", path: Path, *, force: bool) -> "Edition | RefusedEdition":
    """One edition. Its name tells of dates, so that the same bytes under another name are read again."""
    content = path.read_bytes()
    file_sha256 = hashlib.sha256(content).hexdigest()
    known = None if force else cache.get(file_sha256)
    if known is None or known.file_name != path.name:
        known = _read_or_refuse(content, path.name, file_sha256)
        cache.put_packed(file_sha256, pack(known))
    return known


def _read_or_refuse(content: bytes, file_name: str, file_sha256: str) -> "Edition | RefusedEdition":
    from pipelines.statistics.edition import read_edition
    from pipelines.statistics.rows import RefusedEdition, UnusableEditionError

    try:
        return read_edition(content, file_name)
    except UnusableEditionError as error:
        return RefusedEdition(file_name, file_sha256, str(error))


def check_editions(listing: CurrentListing | None, files: Sequence[Path]) -> None:
    """Raise UnusableEditionError for the first of some files that the warehouse of a listing can't take whole.

    Raises SourceError where nothing was listed yet, and NoEditionsError where its world is invented or for a name.
    """
    from pipelines.statistics.edition import read_edition
    from pipelines.tables.authorities import load_authorities
    from pipelines.tables.frames import OWN_REFERENCE
    from pipelines.tables.official import resolved_rows

    if listing is None:
        raise SourceError("There is no warehouse yet: judgements build --source DIR first.")
    if listing.reference and files:
        raise NoEditionsError(
            f"{listing.source} has authorities of its own, of which Ofsted's statistics do not tell: build from reports"
            " first."
        )
    authorities = load_authorities(OWN_REFERENCE)
    for path in files:
        check_name(path)
        resolved_rows(read_edition(path.read_bytes(), path.name), authorities)
