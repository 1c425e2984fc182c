"""Copies of a warehouse: each core table and view as Parquet, each view as CSV too, all put in their place at once.

Belongs here: which tables are copied, in what form, and how a whole folder of them is published.
Stays out: what the tables hold (`sql/`), and publishing the warehouse itself (`warehouse/build.py`).

    copies/core/<table>.parquet      for R, Python, Power Query
    copies/marts/<view>.parquet
    copies/marts/<view>.csv          for Excel by a double click: with the mark by which it knows UTF-8
    copies/meta/build.parquet        the fingerprint of the warehouse that they are copies of

`copies` is a symbolic link to a folder that is complete. A rename puts a new link over the old one, so a reader sees
the old folder or the new one, never a half. The folder before stays until the next build for those who still read it.
"""

import os
import shutil
from pathlib import Path
from typing import Self

import duckdb

from pipelines.warehouse.connection import literal, sync_to_disk

PARQUET_LAYERS = ("core", "marts", "meta")
CSV_LAYERS = ("marts",)

# Fewer than the library's own choice: a group of long paragraphs is held in memory until it is whole.
ROWS_OF_A_GROUP = 40_960

_UTF8_MARK = b"\xef\xbb\xbf"


class Copies:
    """A folder of copies in the making, which `publish` puts in the place of the one that stands.

    What was not published by the end of its block is thrown away. One process may make one at a time; readers are never
    in the way.
    """

    def __init__(self, published: Path) -> None:
        self._published = published
        self._whole: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._whole is not None:
            shutil.rmtree(_part_of(self._whole), ignore_errors=True)

    def begin(self, fingerprint: str) -> None:
        """Make room for copies of the warehouse with this fingerprint."""
        _remove_all_but(self._published, _target(self._published))
        self._whole = self._published.with_name(f".{self._published.name}-{fingerprint[:16]}")

    def copy(self, connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
        """Copy a table or view, by its full name. Where its rows can be read from now on; None if it is not copied."""
        layer, _, name = table.partition(".")
        if layer not in PARQUET_LAYERS:
            return None
        assert self._whole is not None, "begin comes first"
        target = _part_of(self._whole) / layer / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # A folder of the user's with a name like year=2024 is no column.
        rows = f"read_parquet({literal(f'{target}.parquet')}, hive_partitioning = false)"
        connection.sql(f"from {table}").write_parquet(
            f"{target}.parquet", compression="zstd", row_group_size=ROWS_OF_A_GROUP
        )
        sync_to_disk(Path(f"{target}.parquet"))
        if layer in CSV_LAYERS:
            # From the copy just made: a view is worked out once.
            connection.sql(f"from {rows}").write_csv(f"{target}.csv", header=True)
            _mark_as_utf8(Path(f"{target}.csv"))
            sync_to_disk(Path(f"{target}.csv"))
        return rows

    def publish(self) -> None:
        """Let readers have what was copied."""
        assert self._whole is not None, "begin comes first"
        if self._whole == _target(self._published) and self._whole.is_dir():
            return  # copies of the same rows stand there, and may be being read
        part = _part_of(self._whole)
        for folder in (*part.iterdir(), part):
            sync_to_disk(folder)
        part.rename(self._whole)
        _link(self._published, self._whole)


def _part_of(whole: Path) -> Path:
    """The folder before it is whole."""
    return whole.with_name(whole.name + ".part")


def _mark_as_utf8(path: Path) -> None:
    """Put the mark before the text without which Excel takes UTF-8 for the code page of the country."""
    marked = path.with_suffix(".marked")
    with path.open("rb") as text, marked.open("wb") as file:
        file.write(_UTF8_MARK)
        shutil.copyfileobj(text, file)
    marked.replace(path)


def _target(published: Path) -> Path | None:
    """The folder that the link leads to now."""
    return published.parent / published.readlink() if published.is_symlink() else None


def _link(published: Path, whole: Path) -> None:
    """Let `published` lead to a folder: the one step that readers see."""
    link = published.with_name(f".{published.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(whole.name, target_is_directory=True)
    if published.is_dir() and not published.is_symlink():
        # A copy of the data folder made without links has a plain folder here.
        shutil.rmtree(published)
    os.replace(link, published)  # noqa: PTH105 -- the rename is the point
    sync_to_disk(published.parent)


def _remove_all_but(published: Path, kept: Path | None) -> None:
    """Remove folders that nothing leads to: of builds that were killed, and of those before the last."""
    for folder in published.parent.glob(f".{published.name}-*"):
        if folder != kept:
            shutil.rmtree(folder)
