"""What a build does about a ledger that is damaged or gone: a new one, from the archive and what is published.

The next listing and the files that it fetches give a new ledger all that a directory of PDFs needs. Of a site it must
also remember reports that are listed no longer, and whose files only the archive has: the warehouse names them.
"""

import datetime as dt
from collections.abc import Iterator

from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import damage_of
from pipelines.archive.store import DamagedFileError, StoredFile, read_archived
from pipelines.files import remove, set_aside
from pipelines.settings import Settings
from pipelines.sources.published import OFSTED, ListedReport, Listing, PublishedReport
from pipelines.warehouse.headers import read_query


def set_damaged_ledger_aside(settings: Settings) -> Iterator[str]:
    """Rename a damaged ledger, and yield a sentence that says so."""
    if damage := damage_of(settings.ledger):
        aside = set_aside(settings.ledger, ("-wal", "-shm"))
        yield (
            f"The ledger {settings.ledger} was damaged ({damage}). It is kept as {aside.name}, and a new one is made"
            " from the archive and what is listed now: when files were first seen is no longer known."
        )


def make_ledger(settings: Settings) -> None:
    """Make a new ledger. It appears whole: a build that is killed over it makes it again."""
    unfinished = settings.ledger.with_name(f"{settings.ledger.name}.part")
    for stale in (settings.ledger, unfinished):  # SQLite would add what a journal holds to any file of that name
        for ending in ("", "-wal", "-shm"):
            remove(stale.with_name(stale.name + ending))
    with Ledger.open(unfinished) as ledger:
        _remember_published(ledger, settings)
    unfinished.rename(settings.ledger)


def _remember_published(ledger: Ledger, settings: Settings) -> None:
    """Record what the published warehouse knows of Ofsted's site in a new ledger, with the files that are whole."""
    import duckdb  # a twentieth of a second: only when needed

    from pipelines.warehouse.connection import UnusableWarehouseError, open_warehouse, published_build

    try:
        if published_build(settings.warehouse, "source_name") != OFSTED:
            return
        with open_warehouse(settings.warehouse) as connection:
            rows = connection.execute(read_query("commands/published_addresses")).fetchall()
    except (duckdb.Error, UnusableWarehouseError):
        return
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    published = {PublishedReport(*row[:-1]): row[-1] for row in rows}
    reports = tuple(ListedReport(one, one.source_url or "", "assumed") for one in published)
    ledger.record_listing(Listing(OFSTED, None, reports), now)
    for holding in ledger.holdings():
        file_sha256 = published[holding.publication]
        try:
            n_bytes = len(read_archived(settings.archive, file_sha256))
        except DamagedFileError:
            continue
        ledger.record_file_version(holding.publication_id, StoredFile(file_sha256, n_bytes), now)
