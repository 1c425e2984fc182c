"""Files kept once, by what they hold: `<2 hex>/<sha256>.pdf`.

Which publication served a file is the ledger's, and whether it is a PDF the readers'.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipelines.files import atomic_write
from pipelines.sources.published import RefusedFile

CHUNK = 1 << 20


class StoredFile(msgspec.Struct, frozen=True):
    """A file that the archive holds. `is_new` when it did not hold these bytes before."""

    file_sha256: str
    n_bytes: int
    is_new: bool


def archived_path(archive: Path, file_sha256: str) -> Path:
    """Where the archive keeps the file with this hash."""
    return archive / file_sha256[:2] / f"{file_sha256}.pdf"


def store_file(path: Path, archive: Path) -> StoredFile | RefusedFile:
    """Take one file in, by an atomic write. A file already held is hashed and not copied.

    Refuses, without raising, what can't be read. Raises OSError only when the archive itself can't be written.
    """
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
    """A source's file can't be read."""


def _chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes. Tells a source that can't be read from an archive that can't be written."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise _UnreadableFileError(error.strerror or str(error)) from error


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
