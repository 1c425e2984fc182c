"""The catalogue (a manifest) beside a directory of PDFs: what the site's listing said of each file."""

import csv
import datetime as dt
import posixpath
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipelines.sources.published import PublishedReport, SourceError

NAME = "catalogue.csv"
COLUMNS = ("provider_urn", "authority", "label", "published_date", "source_url", "path")


def catalogue_key(source_path: str) -> str:
    """The normal form of a path: file systems spell accented letters differently."""
    return unicodedata.normalize("NFC", source_path)


def read_catalogue(folder: Path, warnings: list[str]) -> dict[str, list[PublishedReport]]:
    """Rows of the catalogue about files below `folder`, by `catalogue_key` of the path relative to `folder`.

    A file with two rows has two addresses. Rows that can't be used are named in `warnings`. Raises
    SourceError when the folder's own catalogue can't be read at all; a file of that name in the parent folder
    that is no catalogue of ours is only warned of.
    """
    for place, prefix in ((folder, ""), (folder.parent, folder.name + "/")):
        path = place / NAME
        if not path.is_file():
            continue
        try:
            return _rows_below(path, prefix, warnings)
        except (OSError, UnicodeDecodeError, csv.Error, SourceError) as error:
            sentence = f"{path} can't be used as a catalogue: {error}. Correct it or move it away."
            if place == folder:
                raise SourceError(sentence) from error
            warnings.append(sentence)
    return {}


def _rows_below(path: Path, prefix: str, warnings: list[str]) -> dict[str, list[PublishedReport]]:
    rows: dict[str, list[PublishedReport]] = {}
    for where, row in _rows(path):
        listed = posixpath.normpath(row["path"].strip().replace("\\", "/"))
        if not row["path"].strip() or posixpath.isabs(listed) or listed.startswith("../"):
            warnings.append(f"{where}: {row['path']!r} is no path below the catalogue's folder; the row is left out.")
        elif listed.startswith(prefix):
            key = catalogue_key(listed[len(prefix) :])
            rows.setdefault(key, []).append(_publication(row, where, warnings))
    return rows


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="", strict=True)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(f"it has no column {', '.join(missing)}")
        for row in reader:
            yield f"{path.name}, line {reader.line_num}", row


def _publication(row: dict[str, str], where: str, warnings: list[str]) -> PublishedReport:
    published = None
    if written := row["published_date"].strip():
        try:
            published = dt.date.fromisoformat(written)
        except ValueError:
            warnings.append(f"{where}: published_date {written!r} is not a date like 2024-07-31; it is left open.")
    return PublishedReport(
        row["path"],
        source_url=row["source_url"].strip() or None,
        provider_urn=row["provider_urn"].strip() or None,
        authority_name=row["authority"].strip() or None,
        label=row["label"].strip() or None,
        published_date=published,
    )
