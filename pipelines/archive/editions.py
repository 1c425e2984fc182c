"""Editions of Ofsted's own statistics, kept by content: `<sha256>/<file name>`. One that was given once stays."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.files import atomic_write

SUFFIXES = (".ods", ".xlsx", ".xls")


class NoEditionsError(UsageError):
    """The folder of editions is none; the message says what was looked for."""


def editions_in(folder: Path) -> list[Path]:
    """The spreadsheets of a folder and of those below it, in order. Raises NoEditionsError where there is no folder."""
    if not folder.is_dir():
        raise NoEditionsError(f"There is no folder {folder}. JUDGEMENTS_STATISTICS names one with Ofsted's spreadsheets.")
    hidden = (".", "~$")  # what an office program leaves beside a file that is open
    found = (path for path in folder.rglob("*") if path.suffix.casefold() in SUFFIXES and path.is_file())
    return sorted(path for path in found if not path.name.startswith(hidden))


def kept_editions(archive: Path) -> Iterator[Path]:
    """The editions that are kept, in order of their content's hash."""
    return (path for path in sorted(archive.glob("*/*")) if path.suffix.casefold() in SUFFIXES)


def keep_edition(content: bytes, file_name: str, archive: Path) -> Path:
    """Keep an edition by an atomic write, unless it is kept already; returns where."""
    folder = archive / hashlib.sha256(content).hexdigest()
    if kept := next(kept_editions_of(folder), None):
        return kept
    target = folder / file_name
    with atomic_write(target, sync=True) as file:
        file.write(content)
    return target


def kept_editions_of(folder: Path) -> Iterator[Path]:
    """The file of one kept edition."""
    return (path for path in folder.glob("*") if path.suffix.casefold() in SUFFIXES)
