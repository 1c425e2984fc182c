"""Loading rows into the warehouse: those of each part of the reports are kept as Parquet by content, and staged.

A part with whole Parquet files under its key is not made again: none of its reports is opened.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from pipelines.files import remove, sha256_of, sync_to_disk
from pipelines.tables.staged import REPORT_FRAMES, Part, Staged
from pipelines.warehouse.connection import STAGED, literal

UNFINISHED = ".part"
"""The ending of a folder that is being written, or was when its build was killed."""

PARTS_AT_ONCE = 2
"""Made in threads: half of the work is polars's, which leaves Python free. More would hold more reports in memory."""

CHECKSUMS = "SHA256SUMS"
"""The file with the hashes of the others in a part's folder."""


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
) -> list[str]:
    """Create a view of each table that reports fill, over the rows of all parts; returns the hash of each part's rows.

    Rows that are missing or damaged below the folder `rows` are made first; with `force`, all of them. Folders that are
    the key of no part are removed.
    """
    hashes = []
    n_done = 0
    folders = [rows / part.key for part in staged.parts]
    with ThreadPoolExecutor(PARTS_AT_ONCE) as threads:
        kept = threads.map(partial(_kept, rows=rows, force=force), staged.parts)
        for part, part_hash in zip(staged.parts, kept, strict=True):
            hashes.append(part_hash)
            n_done += part.n_reports
            progress(n_done, staged.n_reports)
    for name in REPORT_FRAMES:
        files = ", ".join(literal(folder / f"{name}.parquet") for folder in folders)
        # A folder of the user's with a name like year=2024 is not a column.
        connection.execute(f"create view {STAGED}.{name} as from read_parquet([{files}], hive_partitioning = false)")
    for stale in set(rows.iterdir()) - set(folders):
        remove(stale)
    return hashes


def damage_of_rows(folder: Path) -> str | None:
    """What is wrong with the rows kept in a folder; None where its files are those that were written."""
    try:
        written = (folder / CHECKSUMS).read_text("ascii")
        if written != _checksums(folder):
            return "the rows are not those that were written"
    except (OSError, UnicodeDecodeError):
        return "a file is missing or can't be read"
    return None


def _kept(part: Part, rows: Path, *, force: bool) -> str:
    """Keep the rows of a part in the folder with its key, written atomically; returns their hash."""
    folder = rows / part.key
    if force or damage_of_rows(folder):
        unfinished = rows / f"{part.key}{UNFINISHED}"
        remove(unfinished)
        unfinished.mkdir(parents=True)
        for name, frame in part.frames().items():
            frame.write_parquet(unfinished / f"{name}.parquet", compression="zstd", compression_level=1)
        (unfinished / CHECKSUMS).write_text(_checksums(unfinished), "ascii")
        for path in unfinished.iterdir():
            sync_to_disk(path)  # or a power cut leaves the folder with files that lack their bytes
        remove(folder)
        unfinished.rename(folder)
    return sha256_of(folder / CHECKSUMS)


def _checksums(folder: Path) -> str:
    """The SHA-256 of each table's file, in the form of the program sha256sum."""
    return "".join(f"{sha256_of(folder / f'{name}.parquet')}  {name}.parquet\n" for name in REPORT_FRAMES)
