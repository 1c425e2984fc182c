"""The data dictionary as plain data: what the headers of `sql/` say of each table, with values from a warehouse.

`docs/data_dictionary.md` is written from the same headers, without values.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from pipelines.warehouse.models import Model, read_models
from pipelines.warehouse.types import call

if TYPE_CHECKING:
    import duckdb

READING_ORDER = ("core", "official", "quality", "marts", "macros", "search", "meta")
"""The layers, in the order in which a reader wants them."""
N_SAMPLES, LONGEST_SAMPLE = 3, 80
FIRST_ROWS = 200
"""Samples are of these rows: a column that is empty in all of them gives its least value."""


class ColumnEntry(msgspec.Struct, frozen=True):
    """A column. `references` is the `layer.table.column` that holds its values; `samples` are values as text, cut."""

    name: str
    type: str
    meaning: str
    references: str | None
    samples: tuple[str, ...]


class TableEntry(msgspec.Struct, frozen=True):
    """A table or macro. `n_rows` is null for a macro; `referenced_by` are the `layer.table.column` that join to it."""

    name: str
    layer: str
    kind: str
    description: str
    grain: tuple[str, ...]
    warnings: tuple[str, ...]
    parameters: dict[str, str]
    n_rows: int | None
    columns: tuple[ColumnEntry, ...]
    referenced_by: tuple[str, ...]


def models_in_reading_order() -> list[Model]:
    """Every table and macro: layers as a reader wants them, by name within each."""
    return sorted(read_models(), key=lambda model: (READING_ORDER.index(model.layer), model.name))


def dictionary_of(connection: "duckdb.DuckDBPyConnection") -> list[TableEntry]:
    """Every table and macro of an open warehouse, in reading order. The same warehouse gives the same samples."""
    models = models_in_reading_order()
    referenced_by = defaultdict[str, list[str]](list)
    for model in models:
        for column, target in model.references.items():
            referenced_by[target.rpartition(".")[0]].append(f"{model.full_name}.{column}")
    return [_entry(connection, model, tuple(referenced_by[model.full_name])) for model in models]


def _entry(connection: "duckdb.DuckDBPyConnection", model: Model, referenced_by: tuple[str, ...]) -> TableEntry:
    rows = connection.sql(f"from {call(model)}")
    is_table = model.kind == "table"
    samples = _samples(rows) if is_table else {}
    return TableEntry(
        name=model.full_name,
        layer=model.layer,
        kind=model.kind,
        description=model.description,
        grain=model.grain,
        warnings=model.warnings,
        parameters=model.parameters,
        n_rows=rows.shape[0] if is_table else None,
        columns=tuple(
            ColumnEntry(name, str(kind), model.columns[name], model.references.get(name), samples.get(name, ()))
            for name, kind in zip(rows.columns, rows.types, strict=True)
        ),
        referenced_by=referenced_by,
    )


def _samples(rows: "duckdb.DuckDBPyRelation") -> dict[str, tuple[str, ...]]:
    """The first values of each column that differ, as text."""
    first = rows.limit(FIRST_ROWS).project("cast(columns(*) as varchar)").fetchall()
    found = {
        name: list(dict.fromkeys(value for value in values if value is not None))[:N_SAMPLES]
        for name, values in zip(rows.columns, zip(*first, strict=True), strict=bool(first))
    }
    empty = [name for name, values in found.items() if not values]
    if empty and len(first) == FIRST_ROWS:
        least = rows.aggregate(", ".join(f'cast(min("{name}") as varchar)' for name in empty)).fetchall()[0]
        found |= {name: [value] for name, value in zip(empty, least, strict=True) if value is not None}
    return {name: tuple(map(_cut, values)) for name, values in found.items()}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"
