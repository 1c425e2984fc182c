"""Editions of Ofsted's own statistics, kept by content: `<sha256>/<file name>`. One that was given once stays."""

import hashlib
from pathlib import Path
from zipfile import is_zipfile

from pipelines.errors import UsageError
from pipelines.files import atomic_write, remove, sha256_of

SUFFIXES = (".ods", ".xlsx", ".xls")


class NoEditionsError(UsageError):
    """There is no folder of editions where one was named, or a file is named like none; the message says where."""


def editions_in(folder: Path) -> list[Path]:
    """The spreadsheets of a folder and of those below it, in order. Raises NoEditionsError where there is no folder."""
    if not folder.is_dir():
        raise NoEditionsError(
            f"There is no folder {folder}: JUDGEMENTS_STATISTICS names one with Ofsted's spreadsheets."
        )
    return sorted(path for path in folder.rglob("*") if _is_named_so(path) and path.is_file())


def check_name(path: Path) -> None:
    """Raise NoEditionsError for a file that would be kept and never found again."""
    if not _is_named_so(path):
        todo = "rename it to end in .ods or .xlsx" if is_zipfile(path) else "Ofsted publishes its statistics as those"
        raise NoEditionsError(f"{path} is no spreadsheet (.ods or .xlsx): {todo}.")


def _is_named_so(path: Path) -> bool:
    left_by_an_office_program = ("~$", ".")
    return path.suffix.casefold() in SUFFIXES and not path.name.startswith(left_by_an_office_program)


def kept_editions(archive: Path) -> list[Path]:
    """The editions that are kept, in the order of their hashes."""
    return editions_in(archive) if archive.is_dir() else []


def is_sound(kept: Path) -> bool:
    """Whether a kept edition has the bytes that it was kept with: their hash is the name of its folder."""
    return sha256_of(kept) == kept.parent.name


def keep_edition(path: Path, archive: Path) -> None:
    """Keep an edition by an atomic write, unless the same bytes are kept already."""
    content = path.read_bytes()
    folder = archive / hashlib.sha256(content).hexdigest()
    if not any(map(is_sound, kept_editions(folder))):
        remove(folder)
        with atomic_write(folder / path.name, sync=True) as file:
            file.write(content)
