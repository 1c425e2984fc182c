"""Whether everything kept in a data folder is as it was written: every byte is read, and nothing is changed."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext
from pathlib import Path

import msgspec

from pipelines.archive.editions import is_sound, kept_editions
from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import MOVE_AWAY, LedgerError, damage_of
from pipelines.archive.store import DamagedFileError, archived_path, read_archived
from pipelines.build.editions import editions_cache
from pipelines.build.kept import ABOUT, kept_folders, kept_in
from pipelines.build.run import Watch
from pipelines.build.workspace import caches, locked
from pipelines.files import journal_of, sha256_of
from pipelines.settings import Settings
from pipelines.sources.published import Progress
from pipelines.warehouse.connection import MissingWarehouseError, can_be_opened
from pipelines.warehouse.load import UNFINISHED, damage_of_rows


class Damage(msgspec.Struct, frozen=True):
    """Something that is not as it was written: where, what is wrong with it, and what to do."""

    path: str
    what: str
    what_to_do: str


Damages = Iterator[Damage]

_MADE_AGAIN = "Nothing to do: the next build that needs it makes it again."
_BUILD = "Build again: what is there now is kept aside, and a new one is made."
_NONE = "Build: it is made of what is archived, with its exports. Or judgements restore, if one is kept."
_GIVE_AGAIN = "Give the file again: judgements reconcile FILE. Or remove its folder."
_NOT_RESTORED = "It can't be restored. Put back a copy, or remove its folder."
_FETCH = "Build again with --force: its source is asked for it. If that no longer has it, put back a copy."


def verify(settings: Settings, watch: Watch) -> Iterator[tuple[str, Damages]]:
    """Each part of the data folder with what is damaged in it, found while that is iterated.

    A build on the same folder is kept waiting, unless the folder can't be written. Raises LockedError, and
    MissingWarehouseError where nothing was ever built.
    """
    if not (settings.ledger.exists() or settings.warehouse.exists()):
        raise MissingWarehouseError(f"There is nothing at {settings.data} yet: judgements build --source sample")
    parts: dict[str, Callable[[Settings, Progress], Damages]] = {
        "ledger": _ledger,
        "archive": _archive,
        "statistics": _statistics,
        "caches": _caches,
        "rows": _rows,
        "published": _published,
        "earlier": _earlier,
    }
    with locked(settings) if os.access(settings.data, os.W_OK) else nullcontext():
        for name, part in parts.items():
            yield name, part(settings, watch(name))


def _ledger(settings: Settings, progress: Progress) -> Damages:
    if damage := damage_of(settings.ledger):
        yield Damage(str(settings.ledger), damage, _BUILD)
        return
    try:
        with Ledger.open_read_only(settings.ledger) as ledger:
            ledger.holdings(), ledger.archived_reports(), ledger.last_build()
    except LedgerError as error:
        yield Damage(str(settings.ledger), str(error), MOVE_AWAY)
    progress(1, 1)


def _archive(settings: Settings, progress: Progress) -> Damages:
    """Files whose bytes have not the hash in their name, and those that the ledger knows and are gone."""
    try:
        with Ledger.open_read_only(settings.ledger) as ledger:
            known = set(ledger.archived_files())
    except LedgerError:
        known = set()
    hashes = sorted(known | {path.stem for path in settings.archive.glob("*/*.pdf")})
    for n_done, file_sha256 in enumerate(hashes, start=1):
        try:
            read_archived(settings.archive, file_sha256)
        except DamagedFileError as error:
            path = archived_path(settings.archive, file_sha256)
            yield Damage(str(path), str(error).removeprefix(f"{path} "), _FETCH)
        progress(n_done, len(hashes))


def _statistics(settings: Settings, progress: Progress) -> Damages:
    """Editions of Ofsted's own statistics whose bytes have not the hash in their folder's name."""
    kept = kept_editions(settings.editions)
    for n_done, path in enumerate(kept, start=1):
        if not is_sound(path):
            yield Damage(str(path), "it is damaged: its bytes are not those that were given", _GIVE_AGAIN)
        progress(n_done, len(kept))


def _caches(settings: Settings, progress: Progress) -> Damages:
    """Entries of this reader, these rules and this reader of statistics that can't be used."""
    kept = (*caches(settings), editions_cache(settings))
    entries = [(cache, path) for cache in kept for path in sorted(cache.folder.glob("*/*.zst"))]
    for n_done, (cache, path) in enumerate(entries, start=1):
        if cache.get(path.name.partition(".")[0]) is None:
            yield Damage(str(path), "the entry can't be used", _MADE_AGAIN)
        progress(n_done, len(entries))


def _rows(settings: Settings, progress: Progress) -> Damages:
    folders = sorted(path for path in settings.rows.glob("*") if path.is_dir() and path.suffix != UNFINISHED)
    for n_done, folder in enumerate(folders, start=1):
        if damage := damage_of_rows(folder):
            yield Damage(str(folder), damage, _MADE_AGAIN)
        progress(n_done, len(folders))


def _published(settings: Settings, progress: Progress) -> Damages:
    """Files of the warehouse and its exports that are gone, or not as they were published."""
    folder = settings.warehouse.parent
    if not settings.warehouse.exists():
        yield Damage(str(settings.warehouse), "it is not there", _NONE)
        return
    try:
        with Ledger.open_read_only(settings.ledger) as ledger:
            files = ledger.published_files()
    except LedgerError:
        files = ()
    names = sorted({one.name for one in files})
    for n_done, name in enumerate(names, start=1):
        if what := _difference(folder / name, {one.file_sha256 for one in files if one.name == name}):
            yield Damage(str(folder / name), what, _BUILD)
        progress(n_done, len(names))
    journal = journal_of(settings.warehouse)
    if journal.exists():
        yield Damage(str(journal), "somebody wrote to the warehouse", _BUILD)
    if not can_be_opened(settings.warehouse):
        yield Damage(str(settings.warehouse), "DuckDB can't open it", _BUILD)


def _earlier(settings: Settings, progress: Progress) -> Damages:
    """Kept warehouses that are not as they were published, or of which nothing says what they are."""
    folders = kept_folders(settings)
    for n_done, folder in enumerate(folders, start=1):
        kept = kept_in(folder, settings)
        what = _difference(kept.path, {kept.about.file_sha256}) if kept else f"its {ABOUT} can't be read"
        if what:
            yield Damage(str(folder), what, _NOT_RESTORED)
        progress(n_done, len(folders))


def _difference(path: Path, published: Collection[str]) -> str | None:
    try:
        return None if sha256_of(path) in published else "it is not as it was published: damaged, or altered by hand"
    except FileNotFoundError:
        return "it is gone"
    except OSError as error:
        return f"it can't be read: {error.strerror or error}"
