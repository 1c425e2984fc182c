"""`judgements status`: what stands, what it was built from, and what was set aside.

Belongs here: one screen about the published warehouse.
Stays out: building (`build.py`) and looking inside (`query.py`, `show.py`).
"""

from rich.console import Console

from pipelines.archive.ledger import Ledger, SiteCounts
from pipelines.build.state import published_counts
from pipelines.settings import Settings
from pipelines.warehouse.build import published_fingerprint, published_source
from pipelines.warehouse.connection import MissingWarehouseError


def print_status(settings: Settings) -> None:
    """Print where the warehouse is, when and from what it was built, and its counts. Raises MissingWarehouseError."""
    warehouse = settings.warehouse
    if not warehouse.is_file():
        raise MissingWarehouseError(f"There is no warehouse at {warehouse} yet: judgements build --source sample")
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{warehouse} ({warehouse.stat().st_size / 1e6:.1f} MB)", markup=False)
    build, site = None, SiteCounts()
    if settings.ledger.is_file():
        with Ledger.open(settings.ledger) as ledger:
            build, site = ledger.last_build(), ledger.site_counts()
    if build and build.warehouse_fingerprint == published_fingerprint(warehouse):
        partial = f", {build.selection}" if build.selection else ""
        console.print(f"Built from {build.source}{partial} at {build.published_at} UTC", markup=False)
    else:
        console.print(f"Built from {published_source(warehouse)}, not in this data folder", markup=False)
    counts = published_counts(warehouse)
    console.print(f"{counts.n_accepted:,} reports, {counts.n_with_issues:,} of them with issues")
    console.print(f"{counts.n_quarantined:,} publications in quarantine")
    for reason, n in counts.quarantined.items():
        console.print(f"  {n:,} {reason}")
    if counts.quarantined:
        console.print("See them: judgements query 'from quality.quarantined_reports'")
    if site.n_failed:
        console.print(f"{site.n_failed:,} of the listed reports could not be fetched; the next build tries again")
    if site.n_vanished:
        console.print(f"{site.n_vanished:,} reports are no longer listed by their site, and kept")
