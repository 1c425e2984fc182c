"""A site with its exports, of an open warehouse."""

from pathlib import Path

import duckdb

from pipelines.exports import write_exports


def made_site(connection: duckdb.DuckDBPyConnection, folder: Path, previous: Path | None = None) -> Path:
    """Write every export to a folder that appears when it is whole; returns the site in it."""
    unfinished = folder.with_name(f"{folder.name}-unfinished")
    unfinished.mkdir(parents=True)
    write_exports(connection, unfinished, previous)
    unfinished.rename(folder)
    return folder / "site"
