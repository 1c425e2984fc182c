"""What people take away: each export is a function of the checked warehouse, listed in EXPORTS.

A new export is one module with such a function, and one line here. They are written at the same time, each over a
connection of its own; what can only be written once the others are there, an export leaves for the end.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.exports.csv import write_csv
from pipelines.exports.package import write_package
from pipelines.exports.parquet import write_parquet
from pipelines.exports.site import export_site
from pipelines.exports.workbook import DESCRIPTION, write_workbook

if TYPE_CHECKING:
    import duckdb


Rest = Callable[[], object]
"""What is left to write when every other file is there."""


class Export(NamedTuple):
    """One thing to take away. `write` puts it below a folder, from a warehouse that is open read-only.

    It is also given the folder of the last build, or None: what did not change may be kept. It returns what is left to
    do when the others are written, if anything is: that is done in the order of EXPORTS.
    """

    name: str
    description: str
    write: "Callable[[duckdb.DuckDBPyConnection, Path, Path | None], Rest | None]"


EXPORTS: tuple[Export, ...] = (
    Export("parquet", "The tables and marts as Parquet, for R, Python and Power Query.", write_parquet),
    Export("csv", "The marts as CSV, for Excel by a double click.", write_csv),
    Export("workbook", DESCRIPTION, write_workbook),
    Export("package", "index.json and datapackage.json: what each file is, with rows, size and hash.", write_package),
    # after the package, which its data page shows
    Export("site", "The record as pages: open site/index.html, or put the folder on any web server.", export_site),
)


def write_exports(
    connection: "duckdb.DuckDBPyConnection",
    folder: Path,
    previous: Path | None = None,
    exports: Sequence[Export] = EXPORTS,
) -> None:
    """Write exports into an empty folder: all at once, as DuckDB and Python leave each other time, then their rests."""
    with ThreadPoolExecutor(max_workers=len(exports)) as threads:
        written = [threads.submit(export.write, connection.cursor(), folder, previous) for export in exports]
    for one in written:
        rest = one.result()
        if rest is not None:
            rest()
