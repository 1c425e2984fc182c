"""A directory of PDFs, nested or not, as a source. No PDF is read here, unless for its hash that a catalogue may have.

Beside bare files it understands two things: the layout `<URN>_<name>/<label> - <dd month yyyy>.pdf`, and a
`catalogue.csv` in the directory or its parent. The catalogue wins. Where it has hashes it knows a renamed file, too.
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

from pipelines.files import file_state, sha256_of
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
from pipelines.sources.warnings import Warnings

AUTHORITY_FOLDER = re.compile(r"(?P<urn>\d{4,8})_(?P<name>.+)")
LABELLED_FILE = re.compile(r"(?P<label>.+) - (?P<date>\d{1,2} [a-z]+ \d{4})", re.IGNORECASE)


class FolderSource:
    """A directory, under the name that its listings have. `reference` is the folder with authorities of its own.

    The folder `leave_out` is no part of it: the archive of a data folder that lies in the directory.
    """

    def __init__(
        self, folder: Path, name: str, reference: Path | None, max_file_bytes: int, leave_out: Path | None = None
    ) -> None:
        self._folder, self._name, self._reference, self._max_file_bytes = folder, name, reference, max_file_bytes
        self._leave_out = leave_out

    def list(self, remembered: RememberedSite, accept_shrunken: bool, progress: Progress) -> Listing:
        """List the directory as it is now, whatever was listed before."""
        return list_folder(self._folder, self._name, self._reference, self._leave_out)

    def fetcher(self, at: dt.datetime) -> AbstractContextManager[Fetcher]:
        """The source itself: its files are read where they are."""
        return nullcontext(self)

    def fetch(self, holding: Holding, force: bool) -> Fetched | QuarantinedFile | Unchanged:
        """The file itself, unless its size, times and inode are the same. Quarantines what is no file or too large."""
        path = Path(holding.location)
        try:
            status = path.stat()
        except OSError as error:
            return QuarantinedFile("damaged_pdf", error.strerror or str(error))
        state = file_state(status)
        if holding.held_file and state == holding.file_state and not force:
            return "confirmed"
        if not stat.S_ISREG(status.st_mode):
            return QuarantinedFile("damaged_pdf", "Not a plain file")
        if status.st_size > self._max_file_bytes:
            return QuarantinedFile("too_large", f"{status.st_size:,} bytes; the limit is {self._max_file_bytes:,}")
        return Fetched(path, state)


def list_folder(folder: Path, source: str, reference: Path | None, leave_out: Path | None = None) -> Listing:
    """List every `*.pdf` (in any case) below `folder`, but not in the folder `leave_out`.

    Linked folders are followed once, so a loop of links ends. A link that leads out of the folder is not followed:
    whoever may put files there must not have others read for them. A name that is not valid text is shown with its
    odd bytes written out. Raises SourceError when the folder's own catalogue can't be read.
    """
    warnings = Warnings()
    found = [(_as_text(path.relative_to(folder).as_posix()), path) for path in _pdf_files(folder, leave_out, warnings)]
    catalogue = read_catalogue(folder, frozenset(catalogue_key(shown) for shown, _ in found), warnings)
    reports = []
    for shown, path in found:
        rows = catalogue.by_path.pop(catalogue_key(shown), None)
        if not rows and catalogue.by_sha256:
            rows = catalogue.by_sha256.get(_sha256_of(path))
        publications = rows or [_from_name(shown, warnings)]
        reports += [ListedReport(msgspec.structs.replace(one, source_path=shown), str(path)) for one in publications]
    reports.sort(key=lambda listed: (listed.publication.source_path, listed.publication.source_url or ""))
    return Listing(source, reference, tuple(reports), warnings.sentences())


def _pdf_files(folder: Path, leave_out: Path | None, warnings: Warnings) -> Iterator[Path]:
    """Every PDF by name. Real folders come before linked ones, so that a report is listed under its own path."""
    root = os.path.realpath(folder)

    def unreadable(error: OSError) -> None:
        name = _as_text(str(error.filename))
        warnings.add("unreadable", f"The folder {name} could not be read: {error.strerror}.")

    def leads_out(path: Path) -> bool:
        if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(root):
            return False
        name = _as_text(str(path.relative_to(folder)))
        warnings.add("link", f"The link {name} leads out of the folder: it is left out.")
        return True

    seen = {_identity(leave_out)} if leave_out and leave_out.is_dir() else set()
    seen.discard(_identity(folder))
    starts = deque([folder])
    while starts:
        for parent, subfolders, names in os.walk(starts.popleft(), onerror=unreadable):
            if _identity(Path(parent)) in seen:
                subfolders.clear()
                continue
            seen.add(_identity(Path(parent)))
            links = [Path(parent, name) for name in sorted(subfolders) if Path(parent, name).is_symlink()]
            subfolders.sort()
            starts += [link for link in links if not leads_out(link)]
            pdfs = (Path(parent, name) for name in sorted(names) if name.lower().endswith(".pdf"))
            yield from (path for path in pdfs if not leads_out(path))


def _identity(folder: Path) -> tuple[int, int]:
    """What a folder is known by, under whatever name."""
    status = folder.stat()
    return status.st_dev, status.st_ino


def folder_state(folder: Path, leave_out: Path | None = None) -> str | None:
    """A hash over the names and states of all PDFs below a directory, and of its catalogue; None when it has no PDF.

    It shows whether the directory has changed, or is still changing, without opening a file.
    """
    pdfs = list(_pdf_files(folder, leave_out, Warnings())) if folder.is_dir() else []
    whole = hashlib.sha256()
    for path in (*pdfs, folder / CATALOGUE, folder.parent / CATALOGUE):
        with suppress(OSError):  # gone since, or a link to itself
            whole.update(os.fsencode(path) + f"\0{file_state(path.stat())}\0".encode())
    return whole.hexdigest() if pdfs else None


def _from_name(source_path: str, warnings: Warnings) -> PublishedReport:
    """What the layout says: any part not in its form is None."""
    *folders, name = source_path.split("/")
    authority = AUTHORITY_FOLDER.fullmatch(folders[-1]) if folders else None
    labelled = LABELLED_FILE.fullmatch(name[: -len(".pdf")])
    published = None
    if labelled:
        try:
            published = dt.datetime.strptime(labelled["date"], "%d %B %Y").date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            warnings.add("name", f"{source_path}: {labelled['date']!r} is no date; the published date is left open.")
    return PublishedReport(
        source_path,
        provider_urn=authority["urn"] if authority else None,
        authority_name=authority["name"] if authority else None,
        label=labelled["label"] if labelled else None,
        published_date=published,
    )


def _sha256_of(path: Path) -> str:
    """The SHA-256 of a file; empty where it can't be read, which is told when it is archived."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _as_text(name: str) -> str:
    """A file's name as valid text: bytes that are not UTF-8 are written in hexadecimal."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
