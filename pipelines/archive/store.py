"""Files kept once, by what they hold: `<2 hex>/<sha256>.pdf`.

Belongs here: taking the bytes of a file in, or saying why they can't be.
Stays out: which publication served them (`ledger.py`), and whether they are a PDF (`reading/`).
"""

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipelines.files import atomic_write

CHUNK = 1 << 20


class StoredFile(msgspec.Struct, frozen=True):
    """A file that the archive holds. `is_new` when it did not hold these bytes before."""

    file_sha256: str
    n_bytes: int
    is_new: bool


class RefusedFile(msgspec.Struct, frozen=True):
    """A file that could not be taken in: a reason of the contract, and what the operating system said."""

    reason: str
    detail: str


def archived_path(archive: Path, file_sha256: str) -> Path:
    """Where the archive keeps the file with this hash."""
    return archive / file_sha256[:2] / f"{file_sha256}.pdf"


def store_file(path: Path, archive: Path, max_bytes: int) -> StoredFile | RefusedFile:
    """Take one file in. A file already held is hashed and not copied.

    Refuses, without raising, what can't be opened or read, what is no plain file, and what has more than
    `max_bytes`. Raises OSError only when the archive itself can't be written.
    """
    try:
        status = path.stat()
    except OSError as error:
        return RefusedFile("damaged_pdf", _words(error))
    if not stat.S_ISREG(status.st_mode):
        return RefusedFile("damaged_pdf", "Not a plain file")
    if status.st_size > max_bytes:
        return RefusedFile("too_large", f"{status.st_size:,} bytes; the limit is {max_bytes:,}")
    try:
        file_sha256, n_bytes = _hash(path)
        target = archived_path(archive, file_sha256)
        is_held = target.is_file() and target.stat().st_size == n_bytes
        if not is_held:
            _copy(path, target, file_sha256)
    except _UnreadableFileError as error:
        return RefusedFile("damaged_pdf", str(error))
    return StoredFile(file_sha256, n_bytes, is_new=not is_held)


class _UnreadableFileError(Exception):
    """The bytes of a source's file could not be had."""


def _words(error: OSError) -> str:
    return error.strerror or str(error)


def _chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes. Tells a source that can't be read from an archive that can't be written."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise _UnreadableFileError(_words(error)) from error


def _hash(path: Path) -> tuple[str, int]:
    sha256 = hashlib.sha256()
    n_bytes = 0
    for chunk in _chunks(path):
        sha256.update(chunk)
        n_bytes += len(chunk)
    return sha256.hexdigest(), n_bytes


def _copy(path: Path, target: Path, file_sha256: str) -> None:
    copied = hashlib.sha256()
    with atomic_write(target, sync=True) as copy:
        for chunk in _chunks(path):
            copied.update(chunk)
            copy.write(chunk)
        if copied.hexdigest() != file_sha256:
            raise _UnreadableFileError("It changed while it was read")
