"""Tables and macros as their SQL files declare them, in the order of their dependencies."""

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
    "official": "table",
    "quality": "table",
    "meta": "table",
    "search": "table",
    "marts": "table",
    "macros": "macro",
}

TEST_FINDINGS = "staged.test_findings"
"""What the checks found: a table that reads it comes after everything that a check may read."""

WORD_STEMS = "staged.word_stems"
"""The stem of every word in the temporary table `written_words`, which a step of the reading table creates."""

_MODEL_ENTRIES = frozenset(
    ("description", "grain", "kept_as", "column", "parameter", "unique", "not_null", "references", "warning")
)
_TABLE_NAME = re.compile(r"\b(staged|core|official|quality|meta|search|marts)\.([a-z0-9_]+)\b")


@dataclass(frozen=True, slots=True)
class Model:
    """A table or macro, as its file declares it.

    `is_view`: it is asked anew by each query and left out of exports, because it repeats texts that other tables hold.
    `steps` are statements before it, in order. They create temporary tables that later models may read. `reads` are the
    tables that it names, with their layer; `staged.*` are loaded rows. `references` are columns whose values are in a
    column of another table, `layer.table.column`.
    """

    layer: str
    name: str
    kind: str
    is_view: bool
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
    """Every model below a folder, each after those it reads. Raises SqlHeaderError for a file without what it needs."""
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
    others = [one for one in models if one is not model]
    return model.reads.union(*(tables_read(macro, others) for macro in _called(model, others)))


def _called(model: Model, models: Iterable[Model]) -> list[Model]:
    """The macros that a model calls."""
    words = set(re.findall(r"\b(\w+)\(", without_comments(model.statement)))
    return [one for one in models if one.kind == "macro" and one.name in words and one is not model]


def _before(model: Model, models: dict[str, Model]) -> list[str]:
    """The models that come before this one: those it reads, and the macros it calls."""
    if TEST_FINDINGS in model.reads:
        return [name for name, other in models.items() if TEST_FINDINGS not in other.reads]
    called = {macro.full_name for macro in _called(model, models.values())}
    return sorted((model.reads | called) & models.keys() - {model.full_name})


def _model(layer: str, kind: str, path: Path) -> Model:
    file = read_sql_file(path, _MODEL_ENTRIES)
    *steps, statement = (part.strip() for part in file.statement.split(";\n"))
    model = Model(
        layer=layer,
        name=path.stem,
        kind=kind,
        is_view=_is_view(file),
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


def _is_view(file: SqlFile) -> bool:
    """Whether a table is kept as its query only. Raises SqlHeaderError for any other word."""
    kept_as = file.entries.get("kept_as", ())
    if kept_as not in ((), ("view",)):
        raise SqlHeaderError(f"{file.path}: @kept_as can only be view")
    return bool(kept_as)


def _check_names(file: SqlFile, model: Model) -> None:
    """Raise SqlHeaderError unless the header describes every column that it names."""
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
    """A statement without its comments: they may name tables that it does not read."""
    return re.sub(r"--[^\n]*", "", statement)
