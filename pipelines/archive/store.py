"""Files kept once, by content: `<2 hex>/<sha256>.pdf`.

The ledger knows which publication served a file; the readers know whether it is a PDF.
"""

import hashlib
from pathlib import Path

import msgspec

from pipelines.files import atomic_write
from pipelines.sources.published import QuarantinedFile


class StoredFile(msgspec.Struct, frozen=True):
    """A file that the archive holds."""

    file_sha256: str
    n_bytes: int


def archived_path(archive: Path, file_sha256: str) -> Path:
    """Where the archive keeps the file with this hash."""
    return archive / file_sha256[:2] / f"{file_sha256}.pdf"


def store_file(path: Path, archive: Path) -> StoredFile | QuarantinedFile:
    """Take one file in, by an atomic write. A file already held is hashed and not written again.

    A file that can't be read is quarantined. Raises OSError only when the archive itself can't be written.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        return QuarantinedFile("damaged_pdf", error.strerror or str(error))
    file_sha256 = hashlib.sha256(content).hexdigest()
    target = archived_path(archive, file_sha256)
    if not (target.is_file() and target.stat().st_size == len(content)):
        with atomic_write(target, sync=True) as file:
            file.write(content)
    return StoredFile(file_sha256, len(content))
