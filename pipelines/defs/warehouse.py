"""The warehouse's tables and its exports: many assets, one step, for they are published together or not at all.

Every description of a table stands in `sql/`, every export in `pipelines/exports`.
"""

from collections.abc import Iterator

import dagster as dg
from pydantic import Field

from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.defs.checks import check_result, check_spec
from pipelines.defs.graph import asset_key, group, owners
from pipelines.defs.reports import parsed_reports, published_reports, read_lines, report_files
from pipelines.defs.resources import known_errors
from pipelines.defs.summary import page, page_of_changes
from pipelines.exports import EXPORTS, Export
from pipelines.warehouse.checks import checks_of
from pipelines.warehouse.models import TEST_FINDINGS, Model, read_models, read_tests, tables_read

MODELS = read_models()
TABLES = tuple(model for model in MODELS if model.kind == "table")
CHECKS = checks_of(TABLES, read_tests())
EXPORTED = ("core", "marts")
CHANGES = "meta.build"
"""The table whose page says what a build changed: its one row is the build."""

_OWN_FACTS: tuple[dg.AssetKey, ...] = ()
_STAGED_FROM: dict[str, tuple[dg.AssetKey, ...]] = {
    **dict.fromkeys(("authorities", "authority_changes", "authority_codes"), (published_reports.key,)),
    **dict.fromkeys(("areas", "frameworks", "grades", "judgement_areas", "national_framework", "regions"), _OWN_FACTS),
    "lines": (read_lines.key, parsed_reports.key),
    "quarantined_reports": (report_files.key, parsed_reports.key),
    TEST_FINDINGS.removeprefix("staged."): _OWN_FACTS,
}
"""Where a staged frame comes from, if not from what the reports say alone."""


class LoadConfig(dg.Config):
    """When a warehouse is published."""

    accept_fewer_inspections: bool = Field(
        default=False,
        description="Publish also a warehouse with fewer inspections than the published one of its source.",
    )
    force: bool = Field(default=False, description="Make again also the rows of reports that are as they were.")


def _parents(model: Model) -> set[dg.AssetKey]:
    """The assets that a table is made from, also through the macros that it calls."""
    read = tables_read(model, MODELS)
    staged = {name for name in read if name.startswith("staged.")}
    tables = read - staged
    if TEST_FINDINGS in read:
        tables |= {test.table for test in read_tests() if model.full_name not in test.statement}
    stages_read = (_STAGED_FROM.get(name.removeprefix("staged."), (parsed_reports.key,)) for name in staged)
    return {asset_key(name) for name in tables - {model.full_name}}.union(*stages_read)


def _table_spec(model: Model) -> dg.AssetSpec:
    return dg.AssetSpec(
        asset_key(model.full_name),
        deps=sorted(_parents(model)),
        description="\n\n".join((model.description, *model.warnings)),
        group_name=group(model.layer),
        owners=owners(model.layer),
        kinds={"duckdb", "table"},
        metadata={
            "one_row_is_one": ", ".join(model.grain),
            "sql_file": f"sql/{model.layer}/{model.name}.sql",
            "sql": dg.MetadataValue.md("```sql\n" + ";\n\n".join((*model.steps, model.statement)) + "\n```"),
            "dagster/table_name": model.full_name,
        },
    )


def _export_spec(export: Export) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["exports", export.name],
        deps=[asset_key(model.full_name) for model in TABLES if model.layer in EXPORTED],
        description=export.description,
        group_name=group("exports"),
        owners=owners("exports"),
        kinds={export.name},
    )


@dg.multi_asset(
    name="warehouse",
    specs=[*map(_table_spec, TABLES), *map(_export_spec, EXPORTS)],
    check_specs=[check_spec(check) for check in CHECKS],
)
def warehouse(
    config: LoadConfig, workspace: dg.ResourceParam[Workspace]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build every table in a new file, check them, and publish the file and its exports by renames."""
    from pipelines.warehouse.build import RejectedBuildError

    is_first = not workspace.settings.warehouse.is_file()
    with known_errors():
        try:
            built = stages.load_warehouse(
                workspace, accept_fewer_inspections=config.accept_fewer_inspections, force=config.force
            )
        except RejectedBuildError as rejected:
            yield from map(check_result, rejected.checks)
            raise
    changes = page_of_changes(built.changes, built.source_name, is_first=is_first)
    yield from _pages_of_tables(workspace, changes)
    folder = dg.MetadataValue.path(str(workspace.settings.exports.absolute()))
    for export in EXPORTS:
        yield dg.MaterializeResult(asset_key=["exports", export.name], metadata={"folder": folder})
    yield from map(check_result, built.checks)


def _pages_of_tables(
    workspace: Workspace, changes: dict[str, dg.MetadataValue]
) -> Iterator[dg.MaterializeResult[None]]:
    """What each table's page shows: measures, rows and columns; what changed on that of the build."""
    from pipelines.warehouse.dictionary import column_types
    from pipelines.warehouse.measures import measure, row_counts

    types, n_rows, measures = (
        column_types(),
        row_counts(workspace.settings.warehouse),
        measure(workspace.settings.warehouse),
    )
    for model in TABLES:
        name = model.full_name
        columns = [dg.TableColumn(column, types[name][column], text) for column, text in model.columns.items()]
        yield dg.MaterializeResult(
            asset_key=asset_key(name),
            metadata={
                **(changes if name == CHANGES else page("", measures.get(name))),
                "dagster/row_count": n_rows[name],
                "dagster/column_schema": dg.TableSchema(columns),
            },
        )
