"""What a published warehouse depends on, and whether the one that stands is what a build would give again.

Belongs here: the one hash over all that goes into a warehouse, and the counts of the one that stands.
Stays out: building one (`stages.py`).
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipelines.archive.ledger import CurrentListing, Ledger, PublishedBuild
from pipelines.files import fingerprint
from pipelines.settings import Settings
from pipelines.sources.named import REFERENCE_FILES
from pipelines.sources.published import ArchivedReport


class PublishedCounts(msgspec.Struct, frozen=True):
    """What a warehouse holds: reports, those of them with issues, and publications in quarantine, by reason."""

    n_accepted: int
    n_with_issues: int
    quarantined: dict[str, int]

    @property
    def n_quarantined(self) -> int:
        """Publications in quarantine, whatever the reason."""
        return sum(self.quarantined.values())


_PACKAGE = Path(__file__).parents[1]
_CODE = (_PACKAGE.parent / "sql", _PACKAGE / "tables", _PACKAGE / "warehouse")


def warehouse_inputs(listing: CurrentListing, archived: Sequence[ArchivedReport], reader_name: str) -> str:
    """A hash over what was listed and archived, the reference, and each piece of code between a PDF and a table."""
    from pipelines.parsing import rules_version
    from pipelines.reading.readers import READERS

    reader = READERS[reader_name]
    whole = hashlib.sha256(msgspec.msgpack.encode((listing.source, listing.selection, archived)))
    whole.update("\0".join((reader.name, reader.version, rules_version(), fingerprint(_CODE))).encode())
    if listing.reference:
        whole.update(fingerprint(listing.reference / name for name in REFERENCE_FILES).encode())
    return whole.hexdigest()


def standing_build(ledger: Ledger, settings: Settings) -> PublishedBuild | None:
    """The build that published the warehouse, if the current listing would only give the same again."""
    build, listing = ledger.last_build(), ledger.current_listing()
    if (
        build is None
        or listing is None
        or build.inputs != warehouse_inputs(listing, ledger.archived_reports(), settings.reader)
    ):
        return None
    from pipelines.warehouse.build import published_fingerprint  # a quarter of a second, where it is needed at all

    return build if build.warehouse_fingerprint == published_fingerprint(settings.warehouse) else None


def published_counts(warehouse: Path) -> PublishedCounts:
    """Count what the published warehouse holds. Raises MissingWarehouseError when there is none."""
    from pipelines.warehouse.connection import open_warehouse

    with open_warehouse(warehouse) as connection:
        reports, with_issues = connection.execute(
            "select (select count(*) from core.reports),"
            " (select count(distinct report_id) from quality.extraction_issues)"
        ).fetchall()[0]
        reasons = connection.execute(
            "select reason, count(*) from quality.quarantined_reports group by all order by all"
        )
        return PublishedCounts(reports, with_issues, dict(reasons.fetchall()))
