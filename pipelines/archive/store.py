"""Files kept once, by content: `<2 hex>/<sha256>.pdf`. A file is whole while its bytes have the hash in its name.

The ledger knows which publication served a file; the readers know whether it is a PDF.
"""

import errno
import hashlib
from pathlib import Path

import msgspec

from pipelines.errors import JudgementsError
from pipelines.files import atomic_write, sha256_of
from pipelines.sources.published import QuarantinedFile


class StoredFile(msgspec.Struct, frozen=True):
    """A file that the archive holds."""

    file_sha256: str
    n_bytes: int


class DamagedFileError(JudgementsError):
    """A file of the archive that is missing, or whose bytes are not those that it was archived with."""


_OUR_OWN = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""What this machine lacks when it can't read a file with which nothing is wrong."""


def archived_path(archive: Path, file_sha256: str) -> Path:
    """Where the archive keeps the file with this hash."""
    return archive / file_sha256[:2] / f"{file_sha256}.pdf"


def read_archived(archive: Path, file_sha256: str) -> bytes:
    """The bytes of an archived file. Raises DamagedFileError unless they are those that were archived."""
    path = archived_path(archive, file_sha256)
    try:
        content = path.read_bytes()
    except OSError as error:
        if error.errno in _OUR_OWN:
            raise
        raise DamagedFileError(f"{path} can't be read: {error.strerror or error}") from error
    if hashlib.sha256(content).hexdigest() != file_sha256:
        raise DamagedFileError(f"{path} is damaged: its bytes are not those that were archived")
    return content


def store_file(path: Path, archive: Path) -> StoredFile | QuarantinedFile:
    """Take one file in, by an atomic write. A file already held is not written again, unless it is damaged.

    A file that can't be read is quarantined. Raises OSError only when the archive itself can't be written, or this
    machine lacks what reading takes.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        if error.errno in _OUR_OWN:
            raise
        return QuarantinedFile("damaged_pdf", error.strerror or str(error))
    file_sha256 = hashlib.sha256(content).hexdigest()
    target = archived_path(archive, file_sha256)
    if not (target.is_file() and sha256_of(target) == file_sha256):
        with atomic_write(target, sync=True) as file:
            file.write(content)
    return StoredFile(file_sha256, len(content))
