"""The warehouse's tables and its exports: many assets, one step, for they are published together or not at all.

Every description of a table stands in `sql/`, every export in `pipelines/exports`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg
import msgspec
from pydantic import Field

from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.defs.checks import check_result, check_spec
from pipelines.defs.graph import asset_key, group
from pipelines.defs.reports import official_editions, parsed_reports, published_reports, read_lines, report_files
from pipelines.defs.resources import DataFolder, known_errors
from pipelines.defs.summary import Metadata, in_words, page, plain
from pipelines.exports import EXPORTS, Export
from pipelines.warehouse.checks import read_checks, read_tests
from pipelines.warehouse.models import TEST_FINDINGS, Model, read_models, tables_read

if TYPE_CHECKING:
    from pipelines.warehouse.build import BuiltWarehouse

TABLES = tuple(model for model in read_models() if model.kind == "table")

_OWN_FACTS: tuple[dg.AssetKey, ...] = ()
_STAGED_FROM: dict[str, tuple[dg.AssetKey, ...]] = {
    **dict.fromkeys(("authorities", "authority_changes", "authority_codes", "tiles"), (published_reports.key,)),
    **dict.fromkeys(
        (
            "accepted_differences",
            "areas",
            "authority_names",
            "authority_types",
            "difference_reasons",
            "frameworks",
            "grades",
            "inspection_rounds",
            "judgement_areas",
            "known_inspections",
            "national_framework",
            "outcomes",
            "reference_date_exceptions",
            "reference_dates",
            "regions",
            "statistical_neighbours",
            "themes",
        ),
        _OWN_FACTS,
    ),
    **dict.fromkeys(
        ("official_editions", "official_rows", "official_grades", "refused_editions"), (official_editions.key,)
    ),
    "lines": (read_lines.key, parsed_reports.key),
    "quarantined_reports": (report_files.key, parsed_reports.key),
    "test_findings": _OWN_FACTS,
}
"""Where staged rows come from, if not from what the reports say alone."""


class LoadConfig(dg.Config):
    """When a warehouse is published."""

    accept_fewer_inspections: bool = Field(default=False, description="Publish fewer inspections than are published.")
    force: bool = Field(default=False, description="Make again also the rows of reports that are as they were.")


def _table_spec(model: Model) -> dg.AssetSpec:
    return dg.AssetSpec(
        asset_key(model.full_name),
        deps=sorted(_parents(model)),
        description="\n\n".join((model.description, *model.warnings)),
        group_name=group(model.layer),
        kinds={"duckdb", "table"},
        metadata={
            "one_row_is_one": ", ".join(model.grain),
            "sql_file": f"sql/{model.layer}/{model.name}.sql",
            "sql": dg.MetadataValue.md("```sql\n" + ";\n\n".join((*model.steps, model.statement)) + "\n```"),
            "dagster/table_name": model.full_name,
        },
    )


def _parents(model: Model) -> set[dg.AssetKey]:
    """The assets that a table is made from, also through the macros that it calls."""
    read = tables_read(model, read_models())
    staged = {name.removeprefix("staged.") for name in read if name.startswith("staged.")}
    tables = {name for name in read if not name.startswith("staged.")}
    if TEST_FINDINGS in read:
        tables |= {test.table for test in read_tests() if model.full_name not in test.query}
    keys = map(asset_key, tables - {model.full_name})
    return set(keys).union(*(_STAGED_FROM.get(name, (parsed_reports.key,)) for name in staged))


def _export_spec(export: Export) -> dg.AssetSpec:
    exported = [asset_key(model.full_name) for model in TABLES if model.layer in ("core", "official", "marts")]
    spec = dg.AssetSpec(["exports", export.name], deps=exported, description=export.description)
    return spec.replace_attributes(group_name=group("exports"), kinds={export.name})


@dg.multi_asset(
    name="warehouse",
    specs=[*map(_table_spec, TABLES), *map(_export_spec, EXPORTS)],
    check_specs=[check_spec(check) for check in read_checks()],
)
def warehouse(
    config: LoadConfig, folder: dg.ResourceParam[DataFolder]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build every table in a new file, check them, and publish the file and its exports by renames."""
    from pipelines.warehouse.comparison import RejectedBuildError

    workspace = folder.workspace
    with known_errors():
        try:
            built = stages.load_warehouse(
                workspace, accept_fewer_inspections=lambda _: config.accept_fewer_inspections, force=config.force
            )
        except RejectedBuildError as rejected:
            yield from map(check_result, rejected.checks)
            raise
    yield from _pages_of_tables(workspace, built)
    exports = dg.MetadataValue.path(str(workspace.settings.exports.absolute()))
    for export in EXPORTS:
        yield dg.MaterializeResult(asset_key=["exports", export.name], metadata={"folder": exports})
    yield from map(check_result, built.checks)


def _pages_of_tables(workspace: Workspace, built: "BuiltWarehouse") -> Iterator[dg.MaterializeResult[None]]:
    """What each table's page shows: measures, rows and columns; what changed, on that of the build."""
    from pipelines.warehouse.measures import measure, quarantined, row_counts
    from pipelines.warehouse.types import column_types

    types, n_rows = column_types(), row_counts(built.published)
    pages = {table: page("", measures) for table, measures in measure(built.published).items()}
    held = "quality.quarantined_reports"
    pages[held] |= page("", {}, {"quarantined": quarantined(built.published)})
    pages["meta.build"] = page_of_changes(built, n_rows["core.reports"])
    pages["meta.build"] |= page("", {}, {"warnings": workspace.warnings})
    for name, columns in ((model.full_name, model.columns) for model in TABLES):
        schema = dg.TableSchema([dg.TableColumn(column, types[name][column], text) for column, text in columns.items()])
        yield dg.MaterializeResult(
            asset_key=asset_key(name),
            metadata={**pages.get(name, {}), "dagster/row_count": n_rows[name], "dagster/column_schema": schema},
        )


def page_of_changes(built: "BuiltWarehouse", n_reports: int) -> Metadata:
    """What a build changed, with links; nothing can be named where no warehouse was there to compare with."""
    source = plain(built.source_name)
    if built.changes is None:
        return page(f"Built from {source}: {n_reports:,} reports, the first here.", {"n_new": n_reports})
    names = msgspec.structs.asdict(built.changes)
    words = in_words({head.replace("_", " "): len(lines) for head, lines in names.items()}, "nothing changed")
    return page(f"Built from {source}: {words}.", {}, names)
