"""The data dictionary, written from the headers of `sql/` and the types that DuckDB gives the columns.

`python -m pipelines.warehouse.dictionary` writes it anew. Each sentence about a table stands in its header.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import duckdb
import polars as pl

from pipelines.warehouse.checks import read_tests
from pipelines.warehouse.connection import STAGED
from pipelines.warehouse.derive import derive
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.load import stage_frames
from pipelines.warehouse.models import Model, read_models

DICTIONARY = SQL_FOLDER.parent / "docs" / "data_dictionary.md"

_LAYER_ORDER = ("core", "quality", "marts", "macros", "search", "meta")

_OPENING = """# Data dictionary

Everything in `data/warehouse/judgements.duckdb`. Written from the headers of `sql/` by
`python -m pipelines.warehouse.dictionary`; change it there. The same descriptions stand in the file itself:
`select table_name, column_name, comment from duckdb_columns()`.
"""


@cache
def column_types() -> dict[str, dict[str, str]]:
    """The SQL type of every column by full name of table or macro, from a warehouse of no reports."""
    from pipelines.tables.frames import stage

    build = pl.DataFrame({"source_name": ["none"], "fingerprint": ["none"]})
    with duckdb.connect() as connection:
        connection.execute(f"create schema {STAGED}")
        stage_frames(connection, {**stage([], {}, {}, content=str).whole(), "build": build})
        derive(connection)
        return {
            model.full_name: {row[0]: row[1] for row in connection.execute(f"describe from {_call(model)}").fetchall()}
            for model in read_models()
        }


def dictionary_text() -> str:
    """The whole dictionary as Markdown: tables in the order of the flow, then macros, then the tests."""
    models = sorted(read_models(), key=lambda model: (_LAYER_ORDER.index(model.layer), model.name))
    parts = [_OPENING]
    for layer in _LAYER_ORDER:
        parts.append(f"## {layer}\n")
        parts += ["\n".join(_about(model)) for model in models if model.layer == layer]
    parts.append("## checks\n\nRun on every build. A blocking check that fails leaves the old warehouse in place.\n")
    parts.append("\n".join(_about_checks()))
    return "\n".join(parts) + "\n"


def _about(model: Model) -> Iterator[str]:
    yield f"### {model.full_name}"
    yield ""
    yield f"{model.description} One row: {', '.join(model.grain)}. *{model.kind.capitalize()}.*"
    yield ""
    for warning in model.warnings:
        yield f"> {warning}"
        yield ""
    if model.parameters:
        yield from _table(("parameter", "meaning"), model.parameters.items())
        yield ""
    types = column_types()[model.full_name]
    yield from _table(
        ("column", "type", "meaning"), ((name, f"`{types[name]}`", text) for name, text in model.columns.items())
    )
    yield ""


def _about_checks() -> Iterator[str]:
    checks = sorted(read_tests(), key=lambda check: (check.table, check.name))
    severities = {True: "blocking", False: "warning"}
    yield from _table(
        ("table", "check", "severity", "rule"),
        ((check.table, check.name, severities[check.is_blocking], check.description) for check in checks),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _call(model: Model) -> str:
    """How a query names the model."""
    return f"{model.name}({', '.join(['null'] * len(model.parameters))})" if model.kind == "macro" else model.full_name


if __name__ == "__main__":
    DICTIONARY.parent.mkdir(exist_ok=True)
    DICTIONARY.write_text(dictionary_text(), encoding="utf-8")
