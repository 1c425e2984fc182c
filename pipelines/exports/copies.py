"""Copies of the published warehouse: each core table and view as Parquet, each view as CSV too, swapped in at once.

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
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from pipelines.warehouse.connection import BUILD_MEMORY, open_warehouse, side_by_side, sync_to_disk

PARQUET_LAYERS = ("core", "marts", "meta")
CSV_LAYERS = ("marts",)

# Fewer than the library's own choice: a group of long paragraphs is held in memory until it is whole.
ROWS_OF_A_GROUP = 40_960

_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Copies:
    """The published folder, and how many files it holds."""

    folder: Path
    n_files: int


def publish_copies(warehouse: Path, published: Path, layers: tuple[str, ...] = PARQUET_LAYERS) -> Copies:
    """Copy the tables and views of a warehouse into a new folder and publish it at `published` by a rename.

    One process may publish at a time; readers are never in the way. Raises MissingWarehouseError.
    """
    with open_warehouse(warehouse, BUILD_MEMORY) as connection:
        fingerprint = str(connection.sql("select fingerprint from meta.build").fetchall()[0][0])
        whole = published.with_name(f".{published.name}-{fingerprint[:16]}")
        before = _target(published)
        _remove_all_but(published, before)
        if before != whole:
            building = whole.with_name(whole.name + ".part")
            _write(connection, building, layers)
            building.rename(whole)
            _link(published, whole)
    return Copies(published, sum(1 for path in whole.rglob("*") if path.is_file()))


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, layers: tuple[str, ...]) -> None:
    tables = connection.execute(
        "select table_schema, table_name from information_schema.tables"
        " where list_contains(?, table_schema) order by all",
        [list(layers)],
    ).fetchall()
    side_by_side(connection, partial(_copy, folder), tables)
    for path in (*folder.rglob("*"), folder):
        sync_to_disk(path)


def _copy(folder: Path, connection: duckdb.DuckDBPyConnection, named: tuple[str, str]) -> None:
    layer, table = named
    target = folder / layer / table
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.sql(f"from {layer}.{table}").write_parquet(
        f"{target}.parquet", compression="zstd", row_group_size=ROWS_OF_A_GROUP
    )
    if layer in CSV_LAYERS:
        # From the copy just made: a view is worked out once.
        connection.read_parquet(f"{target}.parquet").write_csv(f"{target}.csv", header=True)
        _mark_as_utf8(Path(f"{target}.csv"))


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
