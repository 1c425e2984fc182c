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
from pipelines.archive.store import StoredFile, archived_path, store_file


class ArchivedCounts(msgspec.Struct, frozen=True):
    """`n_new_files`: bytes not held before; `n_changed`: publications that serve another file than they did.

    `n_refused` counts publications whose file can't be taken in.
    """

    n_published: int
    n_new_files: int
    n_changed: int
    n_refused: int


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
    new = changed = refused = 0
    listed = holdings(ledger)
    for n_done, holding in enumerate(listed, start=1):
        state = _file_state(holding.path)
        if force or state is None or state != holding.file_state or not _is_held(archive, holding):
            served = store_file(holding.path, archive, max_bytes)
            record_serving(ledger, holding, served, state, at)
            if isinstance(served, StoredFile):
                new += served.is_new
                changed += holding.file_sha256 not in (None, served.file_sha256)
            else:
                refused += 1
        progress(n_done, len(listed))
    confirm_servings(ledger, at)
    return ArchivedCounts(len(listed), new, changed, refused)


def _is_held(archive: Path, holding: Holding) -> bool:
    return holding.file_sha256 is not None and archived_path(archive, holding.file_sha256).is_file()


def _file_state(path: Path) -> str | None:
    """Size, time and inode: while they stay, so do the bytes. None when the file can't be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
