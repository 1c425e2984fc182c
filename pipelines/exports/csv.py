"""Marts as CSV: `marts/<table>.csv`, with the byte order mark by which Excel recognises UTF-8, and no formula."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.exports.spreadsheets import inert
from pipelines.warehouse.models import read_models

if TYPE_CHECKING:
    import duckdb

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Without it Excel reads UTF-8 in the code page of the country."""


def write_csv(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Write each mart below `folder`."""
    for model in read_models():
        if model.layer == "marts":
            target = folder / model.layer / f"{model.name}.csv"
            target.parent.mkdir(parents=True, exist_ok=True)
            unmarked = target.with_suffix(".unmarked")
            inert(connection.table(model.full_name)).write_csv(str(unmarked), header=True)
            with unmarked.open("rb") as text, target.open("wb") as file:
                file.write(BYTE_ORDER_MARK)
                shutil.copyfileobj(text, file)
            unmarked.unlink()
