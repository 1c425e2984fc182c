"""The data page with its files, and a page for each table of the warehouse."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipelines.exports.package import DATA_PACKAGE, INDEX, Index
from pipelines.files import sha256_of
from pipelines.site.pages import Computed, Kind
from pipelines.site.writer import SiteWriter
from pipelines.warehouse.dictionary import TableEntry, dictionary_of

if TYPE_CHECKING:
    import duckdb

WAREHOUSE = "judgements.duckdb"


def data_pages(connection: "duckdb.DuckDBPyConnection", exports: Path) -> Iterator[Computed]:
    """The data page, the list of tables, and a page for each."""
    index = _index(exports)
    warehouse = warehouse_file(connection)
    about = {
        "index": index,
        "warehouse": {"path": WAREHOUSE, "bytes": warehouse.stat().st_size, "sha256": sha256_of(warehouse)},
    }
    yield _computed(Kind("data", "data/index.html", "data.html"), {"": about})
    tables = dictionary_of(connection)
    yield _computed(Kind("dictionary", "data/dictionary/index.html", "dictionary.html"), {"": {"tables": tables}})
    yield _computed(
        Kind("table", "data/dictionary/{page}/index.html", "table.html"),
        {table.name: {"table": table, **_joins(table)} for table in tables},
    )


def link_files(connection: "duckdb.DuckDBPyConnection", exports: Path, writer: SiteWriter) -> None:
    """Give the exports and the warehouse a second name below the site's data page."""
    for name in (INDEX, DATA_PACKAGE, *(one.path for one in _index(exports).files)):
        writer.link(exports / name, f"data/{name}")
    writer.link(warehouse_file(connection), f"data/{WAREHOUSE}")


def _index(exports: Path) -> Index:
    return msgspec.json.decode((exports / INDEX).read_bytes(), type=Index)


def warehouse_file(connection: "duckdb.DuckDBPyConnection") -> Path:
    """The file of an open warehouse."""
    query = "select path from duckdb_databases() where database_name = current_catalog()"
    return Path(connection.execute(query).fetchall()[0][0])


def _joins(table: TableEntry) -> dict[str, list[tuple[str, str]]]:
    """The tables that join to one, and those that it joins to, with the addresses of their pages from its own."""

    def linked(columns: Iterator[str]) -> list[tuple[str, str]]:
        names = dict.fromkeys(column.rpartition(".")[0] for column in columns)
        return [(name, f"../{name}/index.html") for name in names if name != table.name]

    return {
        "joined_by": linked(iter(table.referenced_by)),
        "joins_to": linked(column.references for column in table.columns if column.references),
    }


def _computed(kind: Kind, data: dict[str, dict[str, Any]]) -> Computed:
    """Pages whose data are structs, as plain values."""
    return Computed(kind, {key: msgspec.to_builtins(values, builtin_types=(dt.date,)) for key, values in data.items()})
