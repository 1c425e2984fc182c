"""`judgements status`: what is published, what it was built from, and what is quarantined."""

from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import LedgerError
from pipelines.archive.remembered import SiteCounts
from pipelines.build.state import published_counts
from pipelines.commands.terminal import Terminal
from pipelines.settings import Settings
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse, published_build
from pipelines.warehouse.headers import read_query


def print_status(settings: Settings) -> None:
    """Print where the warehouse is, when and from what it was built, and its counts. Raises MissingWarehouseError."""
    warehouse = settings.warehouse
    if not warehouse.is_file():
        raise MissingWarehouseError(f"There is no warehouse at {warehouse} yet: judgements build --source sample")
    console = Terminal(soft_wrap=True)
    console.print(f"{warehouse} ({warehouse.stat().st_size / 1e6:.1f} MB)", markup=False)
    build, site = None, SiteCounts(0, 0)
    if settings.ledger.is_file():
        try:
            with Ledger.open_read_only(settings.ledger) as ledger:
                build, site = ledger.last_build(), ledger.site_counts()
        except LedgerError as error:
            console.print(str(error), markup=False)
    if build and build.warehouse_fingerprint == published_build(warehouse, "fingerprint"):
        partial = f", {build.selection}" if build.selection else ""
        console.print(f"Built from {build.source}{partial} at {build.published_at} UTC", markup=False)
    else:
        console.print(f"Built from {published_build(warehouse, 'source_name')}, not in this data folder", markup=False)
    counts = published_counts(warehouse)
    console.print(f"{counts.n_accepted:,} reports, {counts.n_with_issues:,} of them with issues")
    with open_warehouse(warehouse) as connection:
        held = connection.execute(read_query("commands/held")).fetchall()
        statistics = connection.execute(read_query("commands/held_statistics")).fetchall()
    for kind, n, n_authorities, first, last in held:
        console.print(f"  {n:,} {kind.replace('_', ' ')}, {n_authorities:,} authorities, {first} to {last}")
    for n, as_at, n_alone in statistics:
        told = f"{n_alone:,} inspections and visits that no report here tells of"
        console.print(f"{n:,} {'edition' if n == 1 else 'editions'} of Ofsted's statistics, up to {as_at}: {told}")
    console.print(f"{counts.n_quarantined:,} publications quarantined")
    for reason, n in counts.quarantined.items():
        console.print(f"  {n:,} {reason}")
    if counts.quarantined:
        console.print("See them: judgements query 'from quality.quarantined_reports'")
    if site.n_failed:
        console.print(f"{site.n_failed:,} of the listed reports could not be fetched; the next build tries again")
    if site.n_vanished:
        console.print(f"{site.n_vanished:,} reports are no longer listed by their site, and kept")
