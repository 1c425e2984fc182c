"""The catalogue (a manifest) beside a directory of PDFs: what the site's listing said of each file."""

import datetime as dt
import posixpath
import unicodedata
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from pipelines.sources.csv_rows import UnusableTableError, csv_rows
from pipelines.sources.published import PublishedReport, SourceError
from pipelines.sources.warnings import Warnings

NAME = "catalogue.csv"
COLUMNS = ("provider_urn", "authority", "label", "published_date", "source_url", "path")
HASH_COLUMNS = ("file_sha256", "sha256")
"""A catalogue may have one of these: then it knows a file under whatever path."""
LONGEST_PATH = 4_096
"""Characters. No system opens a longer one."""


class Catalogue(NamedTuple):
    """The publications of files: by `catalogue_key` of their path, and of files under no such path by SHA-256."""

    by_path: dict[str, list[PublishedReport]]
    by_sha256: dict[str, list[PublishedReport]]


def catalogue_key(source_path: str) -> str:
    """The normal form of a path: file systems spell accented letters differently."""
    return unicodedata.normalize("NFC", source_path)


def read_catalogue(folder: Path, present: Container[str], warnings: Warnings) -> Catalogue:
    """Rows of the catalogue about files that are `present` by their path relative to `folder`, or that have a hash.

    A file with two rows has two addresses. Rows that can't be used are told in `warnings`. Raises
    SourceError when the folder's own catalogue can't be read at all; a file of that name in the parent folder
    that is no catalogue of ours is only warned of.
    """
    for place, prefix in ((folder, ""), (folder.parent, folder.name + "/")):
        path = place / NAME
        if not path.is_file():
            continue
        try:
            return _rows_below(path, prefix, present, warnings)
        except UnusableTableError as error:
            sentence = f"{path} can't be used as a catalogue: {error}. Correct it or move it away."
            if place == folder:
                raise SourceError(sentence) from error
            warnings.add("unusable", sentence)
    return Catalogue({}, {})


def _rows_below(path: Path, prefix: str, present: Container[str], warnings: Warnings) -> Catalogue:
    catalogue = Catalogue({}, {})
    for where, row in csv_rows(path, COLUMNS):
        file_sha256 = next((row[column].strip().casefold() for column in HASH_COLUMNS if row.get(column)), "")
        written = row["path"].strip()
        listed = posixpath.normpath(written.replace("\\", "/")) if 0 < len(written) <= LONGEST_PATH else "../"
        key = catalogue_key(listed.removeprefix(prefix))
        if file_sha256 and not (listed.startswith(prefix) and key in present):
            _add(catalogue.by_sha256.setdefault(file_sha256, []), _publication(row, where, warnings), where, warnings)
        elif posixpath.isabs(listed) or listed.startswith("../"):
            shown = repr(row["path"][:100])
            warnings.add("path", f"{where}: {shown} is no path below the catalogue's folder; the row is left out.")
        elif listed.startswith(prefix):
            if key in present:
                _add(catalogue.by_path.setdefault(key, []), _publication(row, where, warnings), where, warnings)
            else:
                warnings.add("missing", f"The catalogue lists {key}, which is not there.")
    return catalogue


def _add(rows: list[PublishedReport], one: PublishedReport, where: str, warnings: Warnings) -> None:
    if any(one.source_url == other.source_url for other in rows):
        warnings.add("twice", f"{where}: {one.source_path} has this address on an earlier line; the row is left out.")
    else:
        rows.append(one)


def _publication(row: dict[str, str], where: str, warnings: Warnings) -> PublishedReport:
    published = None
    if written := row["published_date"].strip():
        try:
            published = dt.date.fromisoformat(written)
        except ValueError:
            shown = repr(written[:100])
            warnings.add("date", f"{where}: published_date {shown} is not a date like 2024-07-31; it is left open.")
    return PublishedReport(
        row["path"],
        source_url=row["source_url"].strip() or None,
        provider_urn=row["provider_urn"].strip() or None,
        authority_name=row["authority"].strip() or None,
        label=row["label"].strip() or None,
        published_date=published,
    )
