"""The build state: the fingerprint of everything that shapes an output, and whether what is published is current."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.remembered import CurrentListing, PublishedBuild, PublishedFile
from pipelines.build.editions import edition_files
from pipelines.files import file_state, fingerprint, journal_of, sha256_of
from pipelines.parsing import rules_version
from pipelines.reading.readers import READERS
from pipelines.settings import Settings
from pipelines.sources.named import REFERENCE_FILES
from pipelines.sources.published import ArchivedReport
from pipelines.warehouse.headers import SQL_FOLDER, read_query

if TYPE_CHECKING:
    from pipelines.warehouse.checks import CheckOutcome

_PACKAGE = Path(__file__).parents[1]
SHAPES_OUTPUT = (
    SQL_FOLDER,
    *(_PACKAGE / name for name in ("statistics", "tables", "warehouse", "exports", "site", "words.py")),
)
"""What may change what a build publishes: a file, or any file of a folder. `rules_version` covers parsing and kinds."""


class PublishedCounts(msgspec.Struct, frozen=True):
    """What a warehouse holds: accepted reports, accepted reports with issues, quarantined publications by reason.

    `n_published_twice` counts further publications of an accepted file, and `n_newer_quarantined` those of the
    quarantined whose earlier file is in use, or quarantined too.
    """

    n_accepted: int
    n_with_issues: int
    n_quarantined: int
    quarantined: dict[str, int]
    n_published_twice: int
    n_newer_quarantined: int


class FailedCheck(msgspec.Struct, frozen=True):
    """A check that warns and failed: how many rows break it, and the first of them by column name."""

    name: str
    table: str
    sentence: str
    n_rows: int
    first: dict[str, Any]


def build_inputs(
    listing: CurrentListing, archived: Sequence[ArchivedReport], editions: Iterable[Path], reader_name: str
) -> str:
    """The fingerprint: a hash over listing, archive, statistics, reference, the reader's version, and later code."""
    reader = READERS[reader_name]
    whole = hashlib.sha256(msgspec.msgpack.encode((listing.source, listing.selection, archived)))
    whole.update("\0".join((reader.name, reader.version, rules_version(), fingerprint(SHAPES_OUTPUT))).encode())
    whole.update(fingerprint(editions).encode())
    if listing.reference:
        whole.update(fingerprint(listing.reference / name for name in REFERENCE_FILES).encode())
    return whole.hexdigest()


def current_build(ledger: Ledger, settings: Settings) -> PublishedBuild | None:
    """The build that published what is in place, warehouse and exports, if another would give the same; else None."""
    build, listing = ledger.last_build(), ledger.current_listing()
    if build is None or listing is None:
        return None
    inputs = build_inputs(listing, ledger.archived_reports(), edition_files(listing, settings), settings.reader)
    if build.inputs != inputs:
        return None
    warehouses = [one for one in ledger.published_files() if one.name == settings.warehouse.name]
    if len(warehouses) != 1:  # none is known, or another was about to be published, and perhaps was
        return None
    return None if altered_files(ledger, settings) else build


def altered_files(ledger: Ledger, settings: Settings) -> tuple[Path, ...]:
    """The published files that are gone, or are not as the last build wrote them: damaged, or altered by hand.

    Only a file whose state on the disk is another is opened, and its content decides: a copy is as good.
    """
    folder = settings.warehouse.parent
    published: defaultdict[Path, list[PublishedFile]] = defaultdict(list)
    for one in ledger.published_files():
        published[folder / one.name].append(one)
    altered = [path for path, files in published.items() if not any(_is_as_published(path, one) for one in files)]
    journal = journal_of(settings.warehouse)
    if journal.exists() and settings.warehouse not in altered:  # changes that DuckDB would add on opening
        altered.append(settings.warehouse)
    return tuple(altered)


def about_to_publish(built: Path, settings: Settings) -> PublishedFile:
    """A warehouse that is built and not published yet, under the name that it will have."""
    return PublishedFile(settings.warehouse.name, sha256_of(built), "")


def files_in_place(settings: Settings) -> tuple[PublishedFile, ...]:
    """The warehouse and its exports as they are now."""
    folder = settings.warehouse.parent
    exports = sorted(path for path in settings.exports.rglob("*") if path.is_file())
    return tuple(
        PublishedFile(path.relative_to(folder).as_posix(), sha256_of(path), file_state(path.stat()))
        for path in (settings.warehouse, *exports)
    )


def _is_as_published(path: Path, published: PublishedFile) -> bool:
    try:
        return file_state(path.stat()) == published.state or sha256_of(path) == published.file_sha256
    except OSError:
        return False


def published_counts(warehouse: Path) -> PublishedCounts:
    """Count what the published warehouse holds. Raises MissingWarehouseError when there is none."""
    from pipelines.warehouse.connection import open_warehouse

    with open_warehouse(warehouse) as connection:
        return PublishedCounts(*connection.execute(read_query("commands/published_counts")).fetchall()[0])


def failed_checks(outcomes: Iterable["CheckOutcome"]) -> tuple[FailedCheck, ...]:
    """Those of some checks that failed."""
    return tuple(
        FailedCheck(one.check.name, one.check.table, one.sentence(), one.n_offending, one.offending[0])
        for one in outcomes
        if not one.passed
    )


def published_failed_checks(warehouse: Path) -> tuple[FailedCheck, ...]:
    """The checks that the published warehouse fails by itself. Raises MissingWarehouseError when there is none."""
    from pipelines.warehouse.checks import read_tests, run_check
    from pipelines.warehouse.connection import open_warehouse

    with open_warehouse(warehouse) as connection:
        return failed_checks([run_check(connection, test) for test in read_tests() if not test.compares])
