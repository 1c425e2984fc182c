"""The SQL type of every column, from a warehouse of no reports."""

from functools import cache
from typing import TYPE_CHECKING, cast

import duckdb
import polars as pl

from pipelines.warehouse.connection import STAGED
from pipelines.warehouse.derive import derive
from pipelines.warehouse.load import stage_frames
from pipelines.warehouse.models import Model, read_models

if TYPE_CHECKING:
    from pipelines.tables.versions import ReportStore


@cache
def column_types() -> dict[str, dict[str, str]]:
    """The SQL type of every column by full name of table or macro."""
    from pipelines.tables.frames import stage

    no_reports = cast("ReportStore", None)  # of none of which anything is asked
    build = pl.DataFrame({"source_name": ["none"], "fingerprint": ["none"]})
    with duckdb.connect() as connection:
        connection.execute(f"create schema {STAGED}")
        stage_frames(connection, {**stage([], store=no_reports).whole(), "build": build})
        derive(connection)
        return {
            model.full_name: {row[0]: row[1] for row in connection.execute(f"describe from {call(model)}").fetchall()}
            for model in read_models()
        }


def call(model: Model) -> str:
    """How a query names the model: a macro with nulls for its parameters."""
    return f"{model.name}({', '.join(['null'] * len(model.parameters))})" if model.kind == "macro" else model.full_name
