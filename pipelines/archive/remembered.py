"""What the ledger remembers beside publications and files, and how its rows become structs and times."""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipelines.sources.named import SAMPLE
from pipelines.sources.published import OFSTED

Shape = TypeVar("Shape", bound=msgspec.Struct)


class ListingCounts(msgspec.Struct, frozen=True):
    """How a listing differs from what was known. `n_gone` counts what only the last whole listing had.

    `n_published` leaves out publications that have vanished from their site.
    """

    n_published: int
    n_new: int
    n_gone: int


class CurrentListing(msgspec.Struct, frozen=True):
    """The last listing: its source, its reference (None: the project's), and its selection."""

    source: str
    reference: Path | None
    selection: str

    @property
    def source_name(self) -> str:
        """A name without a path of this machine: `sample`, `ofsted`, or the last part of the directory's path.

        A directory that is called as a source gets a slash: else its real reports would pass for invented ones.

        >>> [CurrentListing(source, None, "").source_name for source in ("sample", "/home/me/sample", "/home/me/mine")]
        ['sample', 'sample/', 'mine']
        """
        name = Path(self.source).name or self.source
        return f"{name}/" if name in (SAMPLE, OFSTED) and name != self.source else name


class SiteCounts(msgspec.Struct, frozen=True):
    """Of the current listing: publications that failed last time, and those that have vanished.

    `n_kept` counts the vanished ones whose file is held, `n_not_held` the listed ones of which none was ever had, and
    `n_files` the different files of all; `n_same_file` publications serve the file of another.
    """

    n_failed: int = 0
    n_vanished: int = 0
    n_kept: int = 0
    n_not_held: int = 0
    n_files: int = 0
    n_same_file: int = 0


RESTORED = "restored"
"""In place of a fingerprint: no later build has this one, so that the next one after it builds anew."""


class PublishedBuild(msgspec.Struct, frozen=True):
    """A warehouse that was published.

    `inputs` is the fingerprint of what it was made from, or RESTORED for an earlier one that was published again;
    `warehouse_fingerprint` is that of its contents; `published_at` is UTC.
    """

    source: str
    selection: str
    inputs: str
    warehouse_fingerprint: str
    published_at: dt.datetime


class PublishedFile(msgspec.Struct, frozen=True):
    """A file that a build published: its name below the warehouse's folder, its hash, and its state on the disk."""

    name: str
    file_sha256: str
    state: str


def shaped(row: dict[str, Any], shape: type[Shape]) -> Shape:
    """The columns of a row that a struct has, by name."""
    try:
        return msgspec.convert(row, shape, dec_hook=lambda kind, value: kind(value))
    except msgspec.ValidationError as error:
        raise sqlite3.DatabaseError(f"it holds a value that can't be read ({error})") from error


def time_of(text: str | None) -> dt.datetime | None:
    """A time of the ledger, where there is one."""
    return as_time(text) if text else None


def as_time(text: str) -> dt.datetime:
    """A time of the ledger: UTC, without a zone. Raises sqlite3.DatabaseError for any other text."""
    try:
        return dt.datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"it holds a time that can't be read ({text!r})") from error


def text_of(at: dt.datetime) -> str:
    """How a time is written in the ledger: UTC, without a zone, to the second."""
    return at.isoformat(sep=" ", timespec="seconds")
