"""What people take away: each export is a function of the checked warehouse, listed in EXPORTS.

A new export is one module with such a function, and one line here. They are written at the same time, each over a
connection of its own; one that tells of the others `comes_last`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.exports.csv import write_csv
from pipelines.exports.package import write_package
from pipelines.exports.parquet import write_parquet
from pipelines.exports.site import write_site_export
from pipelines.exports.workbook import DESCRIPTION, write_workbook

if TYPE_CHECKING:
    import duckdb


class Export(NamedTuple):
    """One thing to take away. `write` puts it below a folder, from a warehouse that is open read-only.

    It is also given the folder of the last build, or None: what did not change may be kept. One that `comes_last` finds
    the files of all others in the folder, and of those that come last before it.
    """

    name: str
    description: str
    write: "Callable[[duckdb.DuckDBPyConnection, Path, Path | None], object]"
    comes_last: bool = False


EXPORTS = (
    Export("parquet", "The tables and marts as Parquet, for R, Python and Power Query.", write_parquet),
    Export("csv", "The marts as CSV, for Excel by a double click.", write_csv),
    Export("workbook", DESCRIPTION, write_workbook),
    Export(
        "package",
        "index.json and datapackage.json: what each file is, with rows, size and hash.",
        write_package,
        comes_last=True,
    ),
    # after the package, which its data page shows
    Export(
        "site",
        "The record as pages: open site/index.html, or put the folder on any web server.",
        write_site_export,
        comes_last=True,
    ),
)
