"""Tables, macros and tests as their SQL files declare them, and the order in which they depend on one another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from pipelines.warehouse.headers import SqlFile, SqlHeaderError, read_sql_file

_PACKAGE = Path(__file__).parents[1]
SQL_FOLDER = next(folder for folder in (_PACKAGE / "sql", _PACKAGE.parent / "sql") if folder.is_dir())
"""Inside the package where it was installed from a wheel, beside it in a checkout."""

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

_MODEL_ENTRIES = frozenset(
    ("description", "grain", "column", "parameter", "unique", "not_null", "references", "warning")
)
_TEST_ENTRIES = frozenset(("description", "table", "severity", "scope"))
_TABLE_NAME = re.compile(r"\b(staged|core|quality|meta|search|marts)\.([a-z0-9_]+)\b")


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values stand in a column of another table, named `layer.table.column`."""

    column: str
    target: str


@dataclass(frozen=True, slots=True)
class Model:
    """A table or macro: what its file says of it.

    `steps` are statements on the way to it, in their order. They make temporary tables: models after it may read them,
    and they are gone with the build. `reads` are the tables, with their layer, that it names; `staged.*` are the rows
    that were loaded.
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
    foreign_keys: tuple[ForeignKey, ...]
    warnings: tuple[str, ...]
    steps: tuple[str, ...]
    statement: str
    reads: frozenset[str]

    @property
    def full_name(self) -> str:
        """The name by which SQL knows it."""
        return self.name if self.kind == "macro" else f"{self.layer}.{self.name}"


@dataclass(frozen=True, slots=True)
class SqlTest:
    """A query that returns the rows that break a rule of a table. `is_blocking`: one such row stops publishing.

    `is_of_build`: the rule is about the warehouse as a whole, and its rows need not name a report and page.
    """

    name: str
    description: str
    table: str
    is_blocking: bool
    is_of_build: bool
    statement: str

    @property
    def compares(self) -> bool:
        """Whether the test reads the warehouse that is published while this one is built, as `published.<table>`."""
        return re.search(r"\bpublished\.\w+\.", _code(self.statement)) is not None


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


@cache
def read_tests(folder: Path = SQL_FOLDER) -> tuple[SqlTest, ...]:
    """Every test below a folder, by name."""
    return tuple(_test(path) for path in sorted((folder / "tests").glob("*.sql")))


def tables_read(model: Model, models: Iterable[Model]) -> frozenset[str]:
    """The tables that a model reads, itself or through the macros that it calls."""
    macros = {one.name: one for one in models if one.kind == "macro" and one is not model}
    called = macros.keys() & set(re.findall(r"\b(\w+)\(", _code(model.statement)))
    return model.reads.union(*(tables_read(macros[name], macros.values()) for name in called))


def _before(model: Model, models: dict[str, Model]) -> list[str]:
    """The models that must be there before this one: those it reads, and the macros it calls."""
    if TEST_FINDINGS in model.reads:
        return [name for name, other in models.items() if TEST_FINDINGS not in other.reads]
    called = {name for name in re.findall(r"\b(\w+)\(", _code(model.statement)) if name in models}
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
        foreign_keys=tuple(ForeignKey(*key) for key in file.pairs("references").items()),
        warnings=file.entries.get("warning", ()),
        steps=tuple(steps),
        statement=statement,
        reads=frozenset(f"{schema}.{table}" for schema, table in _TABLE_NAME.findall(_code(file.statement))),
    )
    _check_names(file, model)
    return model


def _check_names(file: SqlFile, model: Model) -> None:
    """Every column that a header relies on is one that it describes."""
    relied_on: Iterable[str] = (
        *model.grain,
        *(column for columns in model.unique for column in columns),
        *model.not_null,
        *(key.column for key in model.foreign_keys),
    )
    unknown = sorted(set(relied_on) - model.columns.keys())
    if unknown:
        raise SqlHeaderError(f"{file.path}: no @column describes {', '.join(unknown)}")


def _test(path: Path) -> SqlTest:
    file = read_sql_file(path, _TEST_ENTRIES)
    severity = file.one("severity")
    if severity not in ("blocking", "warning"):
        raise SqlHeaderError(f"{path}: @severity is {severity!r}, must be blocking or warning")
    scope = file.entries.get("scope", ("reports",))
    if scope not in (("reports",), ("build",)):
        raise SqlHeaderError(f"{path}: @scope is {', '.join(scope)}, must be reports or build")
    return SqlTest(
        path.stem,
        file.one("description"),
        file.one("table"),
        severity == "blocking",
        scope == ("build",),
        file.statement,
    )


def _code(statement: str) -> str:
    """A statement without its comments, which may name tables that it does not read."""
    return re.sub(r"--[^\n]*", "", statement)
