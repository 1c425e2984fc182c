"""A directory of PDFs, nested or not, as a source. No PDF is opened here.

Beside bare files it understands two things: the layout `<URN>_<name>/<label> - <dd month yyyy>.pdf`, and a
`catalogue.csv` in the directory or its parent. The catalogue wins.
"""

import datetime as dt
import hashlib
import os
import re
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import msgspec

from pipelines.sources.catalogue import NAME as CATALOGUE
from pipelines.sources.catalogue import catalogue_key, read_catalogue
from pipelines.sources.published import (
    Fetched,
    Fetcher,
    Holding,
    ListedReport,
    Listing,
    Progress,
    PublishedReport,
    QuarantinedFile,
    RememberedSite,
    Unchanged,
)

AUTHORITY_FOLDER = re.compile(r"(?P<urn>\d{4,8})_(?P<name>.+)")
LABELLED_FILE = re.compile(r"(?P<label>.+) - (?P<date>\d{1,2} [a-z]+ \d{4})", re.IGNORECASE)


class FolderSource:
    """A directory, under the name that its listings have. `reference` is the folder with authorities of its own."""

    def __init__(self, folder: Path, name: str, reference: Path | None, max_file_bytes: int) -> None:
        self._folder, self._name, self._reference, self._max_file_bytes = folder, name, reference, max_file_bytes

    def list(self, remembered: RememberedSite, accept_shrunken: bool, progress: Progress) -> Listing:
        """List the directory as it is now, whatever was listed before."""
        return list_folder(self._folder, self._name, self._reference)

    def fetcher(self, at: dt.datetime) -> AbstractContextManager[Fetcher]:
        """The source itself: its files are read where they are."""
        return nullcontext(self)

    def fetch(self, holding: Holding, force: bool) -> Fetched | QuarantinedFile | Unchanged:
        """The file itself, unless its size, time and inode are the same. Quarantines what is no file or too large."""
        path = Path(holding.location)
        try:
            status = path.stat()
        except OSError as error:
            return QuarantinedFile("damaged_pdf", error.strerror or str(error))
        state = _state(status)
        if holding.held_file and state == holding.file_state and not force:
            return "confirmed"
        if not stat.S_ISREG(status.st_mode):
            return QuarantinedFile("damaged_pdf", "Not a plain file")
        if status.st_size > self._max_file_bytes:
            return QuarantinedFile("too_large", f"{status.st_size:,} bytes; the limit is {self._max_file_bytes:,}")
        return Fetched(path, state)


def list_folder(folder: Path, source: str, reference: Path | None) -> Listing:
    """List every `*.pdf` (in any case) below `folder`.

    Linked folders are followed once, so a loop of links ends; a name that is not valid text is shown with its odd
    bytes written out. Raises SourceError when the folder's own catalogue can't be read.
    """
    warnings: list[str] = []
    catalogue = read_catalogue(folder, warnings)
    reports = []
    for path in _pdf_files(folder, warnings):
        shown = _as_text(path.relative_to(folder).as_posix())
        rows = catalogue.pop(catalogue_key(shown), None)
        publications = rows or [_from_name(shown, warnings)]
        reports += [ListedReport(msgspec.structs.replace(one, source_path=shown), str(path)) for one in publications]
    warnings += [f"The catalogue lists {key}, which is not there." for key in sorted(catalogue)]
    reports.sort(key=lambda listed: (listed.publication.source_path, listed.publication.source_url or ""))
    return Listing(source, reference, tuple(reports), tuple(warnings))


def _pdf_files(folder: Path, warnings: list[str]) -> Iterator[Path]:
    """Every PDF by name. Real folders come before linked ones, so that a report is listed under its own path."""

    def unreadable(error: OSError) -> None:
        warnings.append(f"The folder {_as_text(str(error.filename))} could not be read: {error.strerror}.")

    seen: set[tuple[int, int]] = set()
    starts = deque([folder])
    while starts:
        for parent, subfolders, names in os.walk(starts.popleft(), onerror=unreadable):
            here = Path(parent).stat()
            if (here.st_dev, here.st_ino) in seen:
                subfolders.clear()
                continue
            seen.add((here.st_dev, here.st_ino))
            subfolders.sort()
            starts += [Path(parent, name) for name in subfolders if Path(parent, name).is_symlink()]
            yield from (Path(parent, name) for name in sorted(names) if name.lower().endswith(".pdf"))


def folder_state(folder: Path) -> str | None:
    """A hash over the names and states of all PDFs below a directory, and of its catalogue; None when it has no PDF.

    It shows whether the directory has changed, or is still changing, without opening a file.
    """
    pdfs = list(_pdf_files(folder, []))
    whole = hashlib.sha256()
    for path in (*pdfs, folder / CATALOGUE, folder.parent / CATALOGUE):
        with suppress(FileNotFoundError):
            whole.update(os.fsencode(path) + f"\0{_state(path.stat())}\0".encode())
    return whole.hexdigest() if pdfs else None


def _state(status: os.stat_result) -> str:
    """Size, time and inode: while they are the same, so are the bytes."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _from_name(source_path: str, warnings: list[str]) -> PublishedReport:
    """What the layout says: any part not in its form is None."""
    *folders, name = source_path.split("/")
    authority = AUTHORITY_FOLDER.fullmatch(folders[-1]) if folders else None
    labelled = LABELLED_FILE.fullmatch(name[: -len(".pdf")])
    published = None
    if labelled:
        try:
            published = dt.datetime.strptime(labelled["date"], "%d %B %Y").date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            warnings.append(f"{source_path}: {labelled['date']!r} is no date; the published date is left open.")
    return PublishedReport(
        source_path,
        provider_urn=authority["urn"] if authority else None,
        authority_name=authority["name"] if authority else None,
        label=labelled["label"] if labelled else None,
        published_date=published,
    )


def _as_text(name: str) -> str:
    """A file's name as valid text: bytes that are not UTF-8 are written in hexadecimal."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
