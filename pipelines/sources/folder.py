"""A directory of PDFs, however nested, as a source.

Belongs here: finding the files, and reading what their names and a catalogue say of them.
Stays out: opening a PDF. A file's name costs nothing; what is inside is the archive's and the readers' work.

Two things are understood beside bare files: the layout `<URN>_<name>/<label> - <dd month yyyy>.pdf`, and a
`catalogue.csv` in the directory or its parent. The catalogue wins.
"""

import datetime as dt
import os
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from pipelines.sources.catalogue import catalogue_key, read_catalogue
from pipelines.sources.published import ListedReport, Listing, PublishedReport

AUTHORITY_FOLDER = re.compile(r"(?P<urn>\d{4,8})_(?P<name>.+)")
LABELLED_FILE = re.compile(r"(?P<label>.+) - (?P<date>\d{1,2} [a-z]+ \d{4})", re.IGNORECASE)


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
        publications = [_with_path(row, shown) for row in rows] if rows else [_from_name(shown, warnings)]
        reports += [ListedReport(publication, path) for publication in publications]
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


def _from_name(source_path: str, warnings: list[str]) -> PublishedReport:
    """What the layout tells: any part that is not in its form is None."""
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


def _with_path(row: PublishedReport, source_path: str) -> PublishedReport:
    return PublishedReport(
        source_path, row.source_url, row.provider_urn, row.authority_name, row.label, row.published_date
    )


def _as_text(name: str) -> str:
    """A file's name as valid text: bytes that are not UTF-8 are written in hexadecimal."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
