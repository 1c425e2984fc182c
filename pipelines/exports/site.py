"""The site as an export, and in a folder of its own: `site/`, replaced as a whole.

What makes it is imported when it is made: templates cost a tenth of a second.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import UsageError
from pipelines.files import remove

if TYPE_CHECKING:
    import duckdb

    from pipelines.site.writer import SiteWriter

FOLDER = "site"


def write_site_export(connection: "duckdb.DuckDBPyConnection", folder: Path, previous: Path | None = None) -> None:
    """Write the site below the exports that it lists."""
    from pipelines.site.build import write_site

    site = folder / FOLDER
    site.mkdir()
    write_site(connection, site, folder, previous / FOLDER if previous else None)


def replace_site(connection: "duckdb.DuckDBPyConnection", exports: Path, out: Path) -> "SiteWriter":
    """Write the site of a warehouse and its exports to a folder, in place of the site that is there; returns counts.

    Raises UsageError for a folder that holds something else.
    """
    from pipelines.site.build import write_site
    from pipelines.site.writer import MANIFEST

    out = out.absolute()
    if out.exists() and not (out / MANIFEST).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is no site of this program: give a new folder, or an empty one.")
    unfinished, old = (out.with_name(f".{out.name}-{ending}") for ending in ("unfinished", "old"))
    for stale in (unfinished, old):
        remove(stale)
    unfinished.mkdir(parents=True)
    try:
        writer = write_site(connection, unfinished, exports, out if out.exists() else None)
        if out.exists():
            out.rename(old)
        unfinished.rename(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    remove(old)
    return writer
