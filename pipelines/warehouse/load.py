"""Loading rows into the warehouse: those of each part of the reports are kept as Parquet by content, and staged.

A part with Parquet files under its key is not made again: none of its reports is opened.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import polars as pl

from pipelines.files import remove, sync_to_disk
from pipelines.tables.staged import REPORT_FRAMES, Part, Staged
from pipelines.warehouse.connection import STAGED, literal


class _Stream:
    """A frame as DuckDB reads it without a copy and without PyArrow: through Arrow's C interface."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def stage_frames(
    connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], schema: str = STAGED
) -> None:
    """Create a table of a schema from each frame, under its name."""
    for name, frame in frames.items():
        connection.register("frame_to_load", _Stream(frame))
        connection.execute(f'create table {schema}."{name}" as from frame_to_load')
        connection.unregister("frame_to_load")


def stage_parts(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    rows: Path,
    progress: Callable[[int, int], None],
    *,
    force: bool = False,
) -> None:
    """Create a view of each table that reports fill, over the rows of all parts.

    Rows that are missing below the folder `rows` are made first; with `force`, all of them. Folders that are the key of
    no part are removed.
    """
    folders = []
    n_done = 0
    for part in staged.parts:
        folders.append(_kept(part, rows, force=force))
        n_done += part.n_reports
        progress(n_done, staged.n_reports)
    for name in REPORT_FRAMES:
        files = ", ".join(literal(folder / f"{name}.parquet") for folder in folders)
        # A folder of the user's with a name like year=2024 is not a column.
        connection.execute(f"create view {STAGED}.{name} as from read_parquet([{files}], hive_partitioning = false)")
    for stale in set(rows.iterdir()) - set(folders):
        remove(stale)


def _kept(part: Part, rows: Path, *, force: bool) -> Path:
    """The folder with the rows of a part, written atomically."""
    folder = rows / part.key
    if folder.is_dir() and not force:
        return folder
    unfinished = rows / f"{part.key}.part"
    remove(unfinished)
    unfinished.mkdir(parents=True)
    for name, frame in part.frames().items():
        frame.write_parquet(unfinished / f"{name}.parquet", compression="zstd", compression_level=1)
    for path in unfinished.iterdir():
        sync_to_disk(path)  # or a power cut leaves the folder with files that lack their bytes
    remove(folder)
    return unfinished.rename(folder)
