"""Editions of Ofsted's own statistics in a build: which are kept, which a source is told of by, and what they hold.

The reader of spreadsheets is imported when one is to be read: most builds have none.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.archive.editions import NoEditionsError, check_name, editions_in, keep_edition, kept_editions
from pipelines.archive.remembered import CurrentListing
from pipelines.settings import Settings
from pipelines.sources.named import OWN_STATISTICS
from pipelines.sources.published import SourceError

if TYPE_CHECKING:
    from pipelines.statistics.rows import Edition, RefusedEdition


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


def read_or_refuse(path: Path) -> "Edition | RefusedEdition":
    """An edition, or why its file can't be used: a build goes on without it."""
    from pipelines.statistics.edition import read_edition
    from pipelines.statistics.rows import RefusedEdition, UnusableEditionError

    content = path.read_bytes()
    try:
        return read_edition(content, path.name)
    except UnusableEditionError as error:
        return RefusedEdition(path.name, hashlib.sha256(content).hexdigest(), str(error))


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
