"""The warehouse's tables and views: many assets, one step, for they are published together or not at all.

Belongs here: turning SQL models into asset specs and results.
Stays out: building (`warehouse/build.py`), and every description: those stand in `sql/`.
"""

from collections.abc import Iterable, Iterator

import dagster as dg
from pydantic import Field

from pipelines.build import stages
from pipelines.defs.graph import asset_key, group, owners
from pipelines.defs.outcomes import check_result, check_spec
from pipelines.defs.parsed import parsed_reports
from pipelines.defs.raw import published_reports, report_files
from pipelines.defs.read import read_lines
from pipelines.defs.resources import Writer
from pipelines.warehouse.checks import checks_of
from pipelines.warehouse.models import TEST_FINDINGS, Model, read_models, read_tests, tables_read
from pipelines.warehouse.volumes import volume_checks

MODELS = read_models()
TABLES = tuple(model for model in MODELS if model.kind != "macro")
CHECKS = (*checks_of(TABLES, read_tests()), *volume_checks(is_compared=False))
COPIED = frozenset({"core", "marts"})
COPIES = dg.AssetKey(["exports", "copies"])
RUN_SUMMARY = "meta.build"
"""The table whose page says what a build changed: its one row is the build."""

_OWN_FACTS: tuple[dg.AssetKey, ...] = ()
_STAGED_FROM: dict[str, tuple[dg.AssetKey, ...]] = {
    "staged.areas": _OWN_FACTS,
    "staged.authorities": (published_reports.key,),
    "staged.authority_changes": (published_reports.key,),
    "staged.authority_codes": (published_reports.key,),
    "staged.frameworks": _OWN_FACTS,
    "staged.grades": _OWN_FACTS,
    "staged.judgement_areas": _OWN_FACTS,
    "staged.lines": (read_lines.key, parsed_reports.key),
    "staged.national_framework": _OWN_FACTS,
    "staged.quarantined_reports": (report_files.key, parsed_reports.key),
    "staged.regions": _OWN_FACTS,
    TEST_FINDINGS: _OWN_FACTS,
}
"""Where a staged frame comes from, if not from what the reports say alone."""


class LoadConfig(dg.Config):
    """When a warehouse is published."""

    accept_fewer_inspections: bool = Field(
        default=False,
        description="Publish also a warehouse that holds fewer inspections than the one of this source that stands.",
    )


def _parents(model: Model) -> set[dg.AssetKey]:
    """The assets that a table is made from, also through the macros that it calls."""
    read = tables_read(model, MODELS)
    staged = {name for name in read if name.startswith("staged.")}
    tables = {asset_key(name) for name in read - staged}
    if TEST_FINDINGS in read:
        tables |= {asset_key(test.table) for test in read_tests() if model.full_name not in test.statement}
    return tables.union(*(_STAGED_FROM.get(name, (parsed_reports.key,)) for name in staged)) - {
        asset_key(model.full_name)
    }


def _asset_spec(model: Model) -> dg.AssetSpec:
    return dg.AssetSpec(
        asset_key(model.full_name),
        deps=sorted(_parents(model)),
        description="\n\n".join((model.description, *model.warnings)),
        group_name=group(model.layer),
        owners=owners(model.layer),
        kinds={"duckdb", model.kind},
        metadata={
            "one_row_is_one": ", ".join(model.grain),
            "sql_file": f"sql/{model.layer}/{model.name}.sql",
            "sql": dg.MetadataValue.md("```sql\n" + ";\n\n".join((*model.steps, model.statement)) + "\n```"),
            "dagster/table_name": model.full_name,
        },
    )


def _copies_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        COPIES,
        deps=[asset_key(model.full_name) for model in TABLES if model.layer in COPIED],
        description="The core tables and the views as Parquet, the views as CSV for Excel too. One row: a file.",
        group_name=group("exports"),
        owners=owners("exports"),
        kinds={"parquet", "csv"},
    )


def _materializations(
    tables: Iterable[Model], n_rows: dict[str, int], more: dict[str, dict[str, dg.MetadataValue]]
) -> Iterator[dg.MaterializeResult[None]]:
    from pipelines.warehouse.types import column_types

    types = column_types()
    for model in tables:
        name = model.full_name
        columns = [dg.TableColumn(column, types[name][column], text) for column, text in model.columns.items()]
        yield dg.MaterializeResult(
            asset_key=asset_key(name),
            metadata={
                **more.get(name, {}),
                "dagster/row_count": n_rows[name],
                "dagster/column_schema": dg.TableSchema(columns),
            },
        )


@dg.multi_asset(
    name="warehouse",
    specs=[*map(_asset_spec, TABLES), _copies_spec()],
    check_specs=[check_spec(check) for check in CHECKS],
)
def warehouse(config: LoadConfig, writer: Writer) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build every table and view in a new file, check them, and publish the file by a rename."""
    from pipelines.defs.summary import summary
    from pipelines.warehouse.build import RejectedBuildError
    from pipelines.warehouse.changes import changes, contents
    from pipelines.warehouse.measures import measure, row_counts

    settings = writer.settings()
    is_first = not settings.warehouse.is_file()
    before = contents(settings.warehouse)
    try:
        build = stages.load_warehouse(settings, may_shrink=config.accept_fewer_inspections)
    except RejectedBuildError as rejected:
        yield from map(check_result, rejected.checks)
        raise dg.Failure(str(rejected), allow_retries=False) from rejected
    more = {
        table: {name: dg.MetadataValue.text("none") if value is None else _number(value) for name, value in row.items()}
        for table, row in measure(settings.warehouse).items()
    }
    more[RUN_SUMMARY] = {
        "source": dg.MetadataValue.text(build.source_name),
        **summary(changes(before, contents(settings.warehouse)), is_first=is_first),
    }
    yield from _materializations(TABLES, row_counts(settings.warehouse), more)
    n_files = sum(path.is_file() for path in settings.copies.rglob("*"))
    yield dg.MaterializeResult(
        asset_key=COPIES,
        metadata={"dagster/row_count": n_files, "folder": dg.MetadataValue.path(str(settings.copies.absolute()))},
    )
    yield from map(check_result, build.checks)


def _number(value: int | float | str) -> dg.MetadataValue:
    """A measure as Dagster plots it, or as text where it is none."""
    if isinstance(value, str):
        return dg.MetadataValue.text(value)
    return dg.MetadataValue.int(value) if isinstance(value, int) else dg.MetadataValue.float(value)
