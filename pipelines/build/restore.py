"""Publishing an earlier warehouse again, in place of the published one, which is kept: a restore can be undone."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress

import duckdb
import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import LedgerError
from pipelines.archive.remembered import RESTORED, PublishedBuild
from pipelines.build.kept import KeptWarehouse, WarehouseVersion, kept_warehouses, version_of
from pipelines.build.publish import publish
from pipelines.build.state import altered_files
from pipelines.build.workspace import Workspace
from pipelines.errors import JudgementsError, UsageError
from pipelines.files import link_or_copy, remove, sha256_of
from pipelines.settings import Settings
from pipelines.warehouse.connection import UnusableWarehouseError, can_be_opened, open_warehouse
from pipelines.warehouse.derive import table_columns
from pipelines.warehouse.models import read_models


class UnknownVersionError(UsageError):
    """No version is kept that was asked for; the message lists those that are."""


class UnusableVersionError(JudgementsError):
    """A kept warehouse that can't be published again; the message says why, and what to do."""


class Restored(msgspec.Struct, frozen=True):
    """What is published now, what it replaced (None: nothing that could be read), and whether that is kept."""

    now: WarehouseVersion
    replaced: WarehouseVersion | None
    is_replaced_kept: bool
    warnings: tuple[str, ...]


def published_version(settings: Settings) -> WarehouseVersion | None:
    """What is published; None where nothing is. Raises UnusableWarehouseError, or DuckDB's error."""
    if not settings.warehouse.is_file():
        return None
    try:
        if settings.ledger.is_file():
            with Ledger.open_read_only(settings.ledger) as ledger:
                return version_of(settings.warehouse, ledger)
    except LedgerError:
        pass
    return version_of(settings.warehouse, None)


def restore(settings: Settings, wanted: str | None, tell: Callable[[str], object]) -> Restored:
    """Publish a kept warehouse with its exports: that of the version `wanted`, or of a part of it; or the last one.

    The one that it replaces is kept. `tell` is called when what takes seconds begins. Raises UnknownVersionError,
    UnusableVersionError, or LockedError when another process writes under the data folder: then nothing is changed.
    """
    _chosen(settings, wanted)  # asked before anything is made where nothing is
    with Workspace.open(settings) as workspace:
        chosen = _chosen(settings, wanted)
        _check_whole(chosen)
        tell(f"Writing the exports of {chosen.about.version}")
        altered = altered_files(workspace.ledger, settings)
        is_altered = settings.warehouse in altered or not can_be_opened(settings.warehouse)
        replaced = None if is_altered else published_version(settings)
        _publish_again(workspace, chosen, is_altered=is_altered)
        kept = [one.about.fingerprint for one in kept_warehouses(settings)]
        return Restored(
            version_of(settings.warehouse, workspace.ledger),
            replaced,
            replaced is not None and replaced.fingerprint in kept,
            tuple(workspace.warnings),
        )


def _publish_again(workspace: Workspace, chosen: KeptWarehouse, *, is_altered: bool) -> None:
    from pipelines.exports.publish import written_exports

    settings, about = workspace.settings, chosen.about
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    again = settings.warehouse.with_name(f".{settings.warehouse.name}.building")
    remove(again)  # of a killed build
    link_or_copy(chosen.path, again)
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    build = PublishedBuild(about.source, about.selection, RESTORED, about.fingerprint, now)
    n_kept = len(kept_warehouses(settings)) + 1  # what it replaces is kept, and nothing is pruned for it
    try:
        with written_exports(again, settings.exports) as publish_exports:
            publish(workspace, again, build, publish_exports, is_altered=is_altered, n_kept=n_kept)
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise _of_another_program(chosen, str(error).splitlines()[0]) from error
    finally:
        remove(again)


def _chosen(settings: Settings, wanted: str | None) -> KeptWarehouse:
    """The kept warehouse of a version, or part of one; without any, that which was published last."""
    published = None
    with suppress(JudgementsError, duckdb.Error):  # one that can't be read is what a restore is for
        published = published_version(settings)
    kept = kept_warehouses(settings, published.fingerprint if published else None)
    found = [one for one in kept if wanted is None or one.about.version == wanted]
    found = found or [one for one in kept if wanted and wanted in one.about.version]
    if wanted is None and found:
        return found[0]
    if len(found) == 1:
        return found[0]
    if published and wanted == published.version:
        raise UnknownVersionError(f"{wanted} is what is published. {_known(kept)}")
    what = "No earlier warehouse is kept" if wanted is None else f"No one version is meant by {wanted!r}"
    raise UnknownVersionError(f"{what}. {_known(kept)}")


def _known(kept: Sequence[KeptWarehouse]) -> str:
    listed = ", ".join(one.about.version for one in kept)
    return f"Kept are: {listed}." if kept else "A build that replaces a warehouse keeps it: judgements history."


def _check_whole(chosen: KeptWarehouse) -> None:
    """Raise UnusableVersionError unless a kept file is as it was published, with the tables that this program has."""
    try:
        is_whole = sha256_of(chosen.path) == chosen.about.file_sha256
    except OSError:
        is_whole = False
    if not is_whole:
        raise UnusableVersionError(
            f"{chosen.path} is damaged: it is gone, or its bytes are not those that were published. Put back a copy, or"
            " choose another version: judgements history. Nothing was changed."
        )
    try:
        with open_warehouse(chosen.path) as connection:
            found = table_columns(connection)
    except UnusableWarehouseError as error:
        raise _of_another_program(chosen, str(error.__cause__).splitlines()[0]) from error
    known = {model.full_name: list(model.columns) for model in read_models() if model.kind == "table"}
    others = sorted(table for table in known.keys() | found.keys() if known.get(table) != found.get(table))
    if others:
        raise _of_another_program(chosen, f"other columns in {', '.join(others[:3])}{' ...' if others[3:] else ''}")


def _of_another_program(chosen: KeptWarehouse, how: str) -> UnusableVersionError:
    return UnusableVersionError(
        f"{chosen.about.version} was built by another version of this program, which alone can restore it ({how})."
        f" Read it where it is: {chosen.path}. Nothing was changed."
    )
