"""Tables as Parquet, a folder for each layer: `core/<table>.parquet`; `meta/build.parquet` has the fingerprint."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.warehouse.models import read_models

if TYPE_CHECKING:
    import duckdb

LAYERS = ("core", "official", "marts", "meta")

ROWS_OF_A_GROUP = 40_960
"""Fewer than DuckDB's default: it holds a group of long paragraphs in memory until the group is whole."""


def write_parquet(connection: "duckdb.DuckDBPyConnection", folder: Path, _previous: Path | None = None) -> None:
    """Write each table of the exported layers below `folder`."""
    for model in read_models():
        if model.layer in LAYERS and not model.is_view:
            target = folder / model.layer / f"{model.name}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            table = connection.table(model.full_name)
            table.write_parquet(str(target), compression="zstd", row_group_size=ROWS_OF_A_GROUP)
