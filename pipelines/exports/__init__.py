"""What people take away: each export is a function of the checked warehouse, listed in EXPORTS.

A new export is one module with such a function, and one line here.
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

    It is also given the folder of the last build, or None: what did not change may be kept.
    """

    name: str
    description: str
    write: "Callable[[duckdb.DuckDBPyConnection, Path, Path | None], object]"


EXPORTS = (
    Export("parquet", "The tables and marts as Parquet, for R, Python and Power Query.", write_parquet),
    Export("csv", "The marts as CSV, for Excel by a double click.", write_csv),
    Export("workbook", DESCRIPTION, write_workbook),
    # after those whose files it lists
    Export("package", "index.json and datapackage.json: what each file is, with rows, size and hash.", write_package),
    # last, because its data page lists them all
    Export(
        "site", "The record as pages: open site/index.html, or put the folder on any web server.", write_site_export
    ),
)
