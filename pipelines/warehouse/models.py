"""Tables and macros as their SQL files declare them, and the order in which they depend on one another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from pipelines.warehouse.headers import SQL_FOLDER, SqlFile, SqlHeaderError, read_sql_file

# In the order of the flow. Macros have no layer in SQL: they are called without a schema name.
LAYER_KINDS = {
    "core": "table",
    "quality": "table",
    "meta": "table",
    "search": "table",
    "marts": "table",
    "macros": "macro",
}

TEST_FINDINGS = "staged.test_findings"
"""What the tests found: a table that reads it is made when everything that a test may read is there."""

WORD_STEMS = "staged.word_stems"
"""The stem of every word in the temporary table `written_words`, which a step of the table that reads it makes."""

_MODEL_ENTRIES = frozenset(
    ("description", "grain", "column", "parameter", "unique", "not_null", "references", "warning")
)
_TABLE_NAME = re.compile(r"\b(staged|core|quality|meta|search|marts)\.([a-z0-9_]+)\b")


@dataclass(frozen=True, slots=True)
class Model:
    """A table or macro: what its file says of it.

    `steps` are statements on the way to it, in their order. They make temporary tables: models after it may read them,
    and they are gone with the build. `reads` are the tables, with their layer, that it names; `staged.*` are the rows
    that were loaded. `references` are columns whose values stand in a column of another table, `layer.table.column`.
    """

    layer: str
    name: str
    kind: str
    description: str
    grain: tuple[str, ...]
    columns: dict[str, str]
    parameters: dict[str, str]
    unique: tuple[tuple[str, ...], ...]
    not_null: tuple[str, ...]
    references: dict[str, str]
    warnings: tuple[str, ...]
    steps: tuple[str, ...]
    statement: str
    reads: frozenset[str]

    @property
    def full_name(self) -> str:
        """The name by which SQL knows it."""
        return self.name if self.kind == "macro" else f"{self.layer}.{self.name}"


@cache
def read_models(folder: Path = SQL_FOLDER) -> tuple[Model, ...]:
    """Every model below a folder, each after those it reads. Raises SqlHeaderError for a file that says too little."""
    models = {
        model.full_name: model
        for layer, kind in LAYER_KINDS.items()
        for path in sorted((folder / layer).glob("*.sql"))
        for model in (_model(layer, kind, path),)
    }
    before = {name: _before(model, models) for name, model in models.items()}
    return tuple(models[name] for name in TopologicalSorter(before).static_order())


def tables_read(model: Model, models: Iterable[Model]) -> frozenset[str]:
    """The tables that a model reads, itself or through the macros that it calls."""
    macros = {one.name: one for one in models if one.kind == "macro" and one is not model}
    called = macros.keys() & set(re.findall(r"\b(\w+)\(", without_comments(model.statement)))
    return model.reads.union(*(tables_read(macros[name], macros.values()) for name in called))


def _before(model: Model, models: dict[str, Model]) -> list[str]:
    """The models that must be there before this one: those it reads, and the macros it calls."""
    if TEST_FINDINGS in model.reads:
        return [name for name, other in models.items() if TEST_FINDINGS not in other.reads]
    called = {name for name in re.findall(r"\b(\w+)\(", without_comments(model.statement)) if name in models}
    return sorted((model.reads | called) & models.keys() - {model.full_name})


def _model(layer: str, kind: str, path: Path) -> Model:
    file = read_sql_file(path, _MODEL_ENTRIES)
    *steps, statement = (part.strip() for part in file.statement.split(";\n"))
    model = Model(
        layer=layer,
        name=path.stem,
        kind=kind,
        description=file.one("description"),
        grain=tuple(part.strip() for part in file.one("grain").split(",")),
        columns=file.pairs("column"),
        parameters=file.pairs("parameter"),
        unique=file.lists("unique"),
        not_null=tuple(column for columns in file.lists("not_null") for column in columns),
        references=file.pairs("references"),
        warnings=file.entries.get("warning", ()),
        steps=tuple(steps),
        statement=statement,
        reads=frozenset(f"{schema}.{table}" for schema, table in _TABLE_NAME.findall(without_comments(file.statement))),
    )
    _check_names(file, model)
    return model


def _check_names(file: SqlFile, model: Model) -> None:
    """Every column that a header relies on is one that it describes."""
    relied_on: Iterable[str] = (
        *model.grain,
        *(column for columns in model.unique for column in columns),
        *model.not_null,
        *model.references,
    )
    unknown = sorted(set(relied_on) - model.columns.keys())
    if unknown:
        raise SqlHeaderError(f"{file.path}: no @column describes {', '.join(unknown)}")


def without_comments(statement: str) -> str:
    """A statement without its comments, which may name tables that it does not read."""
    return re.sub(r"--[^\n]*", "", statement)
