"""Taking in what the current listing holds: each publication's bytes into the store, and a note in the ledger.

Belongs here: deciding which files need be opened at all.
Stays out: how a file is kept (`store.py`) and how that is remembered (`ledger.py`).
"""

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec

from pipelines.archive.ledger import Holding, confirm_servings, holdings, record_serving
from pipelines.archive.store import RefusedFile, archived_path, store_file


class ArchivedCounts(msgspec.Struct, frozen=True):
    """What was taken in. Publications stand by name under one of four heads.

    `new` were taken in for the first time, `changed` serve another file than they did, `unchanged` the same, and of
    `failed` nothing came that could be taken in: their names say why, and what is held of them stays.
    `n_new_files` counts files not held before, `n_refused` publications whose file can't be taken in as it is.
    """

    n_published: int
    n_new_files: int
    n_refused: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def n_changed(self) -> int:
        """Publications that serve another file than they did."""
        return len(self.changed)


def take_in_listed(
    ledger: sqlite3.Connection,
    archive: Path,
    max_bytes: int,
    at: dt.datetime,
    force: bool,
    progress: Callable[[int, int], None],
) -> ArchivedCounts:
    """Take in the file of every publication of the current listing.

    A source file whose size, time and inode are as they were is not opened, unless `force`.
    """
    n_new_files = n_refused = 0
    new: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    failed: list[str] = []
    listed = holdings(ledger)
    for n_done, holding in enumerate(listed, start=1):
        name = holding.publication.name
        state = _file_state(holding.path)
        if not force and state is not None and state == holding.file_state and _is_held(archive, holding):
            unchanged.append(name)
        else:
            served = store_file(holding.path, archive, max_bytes)
            record_serving(ledger, holding.publication_id, served, at, state)
            if isinstance(served, RefusedFile):
                n_refused += 1
                failed.append(f"{name}: {served.detail}")
            else:
                n_new_files += served.is_new
                heads = {None: new, served.file_sha256: unchanged}
                heads.get(holding.file_sha256, changed).append(name)
        progress(n_done, len(listed))
    confirm_servings(ledger, at)
    return ArchivedCounts(
        len(listed), n_new_files, n_refused, tuple(new), tuple(changed), tuple(unchanged), tuple(failed)
    )


def _is_held(archive: Path, holding: Holding) -> bool:
    return holding.file_sha256 is not None and archived_path(archive, holding.file_sha256).is_file()


def _file_state(path: Path) -> str | None:
    """Size, time and inode: while they stay, so do the bytes. None when the file can't be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
