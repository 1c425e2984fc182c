"""Warehouses that others replaced: the last few are kept, as they were published.

Each is a folder of `data/earlier`, called by its version: the file itself, by a hard link (a copy where the disk has
none), and `about.json`. A folder appears and goes by a rename, so a killed process leaves a whole one or none. Stays
out: what is damaged or was altered (it is set aside beside the published one), the exports (written again when one is
restored), and the sample (any build makes it again).
"""

import datetime as dt
from pathlib import Path

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.files import atomic_write, link_or_copy, remove, sha256_of, sync_to_disk
from pipelines.settings import Settings
from pipelines.sources.named import SAMPLE
from pipelines.warehouse.headers import read_query

ABOUT = "about.json"


class WarehouseVersion(msgspec.Struct, frozen=True):
    """A warehouse that is or was published: what it holds, from where, and since when.

    `source` is the folder's whole path where the ledger knows it, else its last part. `published_at` is when it was
    published last, built or restored: UTC, without a zone.
    """

    version: str
    fingerprint: str
    source: str
    selection: str
    published_at: dt.datetime
    reports_published_up_to: dt.date | None
    n_reports: int
    n_inspections: int
    file_sha256: str


class KeptWarehouse(msgspec.Struct, frozen=True):
    """An earlier warehouse, its file, and when it was kept, which tells two apart that were published in one second."""

    about: WarehouseVersion
    path: Path
    kept_ns: int = 0


def version_of(warehouse: Path, ledger: Ledger | None) -> WarehouseVersion:
    """What a warehouse is, as it and the ledger say. Raises UnusableWarehouseError, or DuckDB's error."""
    from pipelines.exports.version import read_version
    from pipelines.warehouse.connection import open_warehouse

    with open_warehouse(warehouse) as connection:
        data = read_version(connection)
        n_inspections, _ = connection.execute(read_query("commands/held_counts")).fetchall()[0]
    found = ledger.builds_of(data.fingerprint) if ledger else ()
    written_at = dt.datetime.fromtimestamp(int(warehouse.stat().st_mtime), dt.UTC).replace(tzinfo=None)
    return WarehouseVersion(
        version=data.version,
        fingerprint=data.fingerprint,
        source=found[0].source if found else data.source_name,
        selection=found[0].selection if found else "",
        published_at=found[0].published_at if found else written_at,
        reports_published_up_to=data.published_up_to,
        n_reports=data.n_reports,
        n_inspections=n_inspections,
        file_sha256=sha256_of(warehouse),
    )


def kept_folders(settings: Settings) -> list[Path]:
    """The folder of each kept warehouse, whole or damaged."""
    return sorted(path for path in settings.earlier.glob("*") if path.is_dir() and not path.name.startswith("."))


def kept_in(folder: Path, settings: Settings) -> KeptWarehouse | None:
    """The warehouse in a folder; None where nothing says what it is, or where a build has just removed it."""
    noted = folder / ABOUT
    try:
        about = msgspec.json.decode(noted.read_bytes(), type=WarehouseVersion)
        return KeptWarehouse(about, folder / settings.warehouse.name, noted.stat().st_mtime_ns)
    except (OSError, msgspec.MsgspecError):
        return None


def kept_warehouses(settings: Settings, published: str | None = None) -> list[KeptWarehouse]:
    """The kept warehouses, that which was published last first, but for one with the contents of the published one."""
    found = (kept_in(folder, settings) for folder in kept_folders(settings))
    others = (one for one in found if one and one.about.fingerprint != published)
    return sorted(others, key=lambda one: (one.about.published_at, one.kept_ns), reverse=True)


def keep_published(settings: Settings, ledger: Ledger, replaced_by: str, n_kept: int) -> bool:
    """Keep the published warehouse, if one with another fingerprint is to replace it and any are kept.

    Returns False where it can't say what it is, as one of another version of this program: then it must be set aside.
    Raises OSError where the disk is full: better no new warehouse than no old one.
    """
    import duckdb

    from pipelines.warehouse.connection import UnusableWarehouseError

    if not settings.warehouse.is_file() or not n_kept:
        return True
    try:
        about = version_of(settings.warehouse, ledger)
    except (duckdb.Error, UnusableWarehouseError):
        return False
    if about.fingerprint != replaced_by and about.source != SAMPLE:
        _keep(about, settings)
    return True


def _keep(about: WarehouseVersion, settings: Settings) -> None:
    folder = settings.earlier / about.version
    unfinished = settings.earlier / f".{about.version}.part"
    remove(unfinished)
    unfinished.mkdir(parents=True)
    kept = unfinished / settings.warehouse.name
    link_or_copy(settings.warehouse, kept)
    sync_to_disk(kept)
    with atomic_write(unfinished / ABOUT, sync=True) as file:
        file.write(msgspec.json.format(msgspec.json.encode(about)))
    (unfinished / ABOUT).chmod(0o444)
    sync_to_disk(unfinished)
    drop(folder)
    unfinished.rename(folder)
    sync_to_disk(settings.earlier)


def drop(folder: Path) -> None:
    """Remove a kept warehouse: its name goes at once, its files after that."""
    if folder.exists():
        remove(folder.rename(_gone(folder)))


def _gone(folder: Path) -> Path:
    gone = folder.with_name(f".{folder.name}.gone")
    remove(gone)
    return gone


def prune(settings: Settings, published: str, n_kept: int) -> None:
    """Remove what is kept beyond so many, the oldest first; what killed processes left; and a copy of the published."""
    for path in settings.earlier.glob(".*"):
        remove(path)
    for one in kept_warehouses(settings):
        if one.about.fingerprint == published:
            drop(one.path.parent)
    for one in kept_warehouses(settings)[n_kept:]:
        drop(one.path.parent)
