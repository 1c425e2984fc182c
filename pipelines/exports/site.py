"""The site as an export, and in a folder of its own: `site/`, replaced as a whole.

What makes it is imported when it is made: templates cost a tenth of a second.
"""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import UsageError
from pipelines.exports.package import SITE
from pipelines.files import remove

if TYPE_CHECKING:
    import duckdb

    from pipelines.site.writer import SiteWriter


def export_site(
    connection: "duckdb.DuckDBPyConnection", folder: Path, previous: Path | None = None
) -> "Callable[[], SiteWriter]":
    """Write the site below the exports; returns what adds its data page, which shows them all."""
    from pipelines.site.build import add_data, write_pages

    site = folder / SITE
    site.mkdir()
    writer = write_pages(connection, site, previous / SITE if previous else None)
    return partial(add_data, connection, writer, folder)


def replace_site(connection: "duckdb.DuckDBPyConnection", exports: Path, out: Path) -> "SiteWriter":
    """Write the site of a warehouse and its exports to a folder, in place of the site that is there; returns counts.

    Raises UsageError for a folder that holds something else.
    """
    from pipelines.site.build import add_data, write_pages
    from pipelines.site.writer import foreign_files

    out = out.resolve()  # a link stays one
    if out.exists() and (not out.is_dir() or foreign_files(out)):
        others = ", ".join(foreign_files(out)[:3]) if out.is_dir() else "a file"
        raise UsageError(f"{out} holds what is no site of this program ({others}): give a new folder, or an empty one.")
    unfinished, old = (out.with_name(f".{out.name}-{ending}") for ending in ("unfinished", "old"))
    if old.exists() and not out.exists():  # killed between the two renames
        old.rename(out)
    for stale in (unfinished, old):
        remove(stale)
    unfinished.mkdir(parents=True)
    try:
        writer = add_data(connection, write_pages(connection, unfinished, out if out.exists() else None), exports)
        if out.exists():
            out.rename(old)
        unfinished.rename(out)
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(unfinished, ignore_errors=True)
    remove(old)
    return writer
