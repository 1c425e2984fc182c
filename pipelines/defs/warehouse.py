"""The warehouse's tables and views: many assets, one step, for they are published together or not at all.

Belongs here: turning SQL models and their checks into asset specs and results.
Stays out: building (`warehouse/build.py`), and every description: those stand in `sql/`.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines import stages
from pipelines.defs.parsed import parsed_reports
from pipelines.defs.resources import DataFolder
from pipelines.warehouse.build import RejectedBuildError
from pipelines.warehouse.checks import Check, CheckOutcome, checks_of
from pipelines.warehouse.models import Model, read_models, read_tests

TABLES = tuple(model for model in read_models() if model.kind != "macro")
CHECKS = checks_of(TABLES, read_tests())


def asset_key(full_name: str) -> dg.AssetKey:
    """`core.reports` as an asset key."""
    return dg.AssetKey(full_name.split("."))


def _asset_spec(model: Model) -> dg.AssetSpec:
    tables = [asset_key(name) for name in sorted(model.reads) if not name.startswith("staged.")]
    staged = [parsed_reports.key] if len(tables) < len(model.reads) else []
    return dg.AssetSpec(
        asset_key(model.full_name),
        deps=[*staged, *tables],
        description="\n\n".join((model.description, *model.warnings)),
        group_name=model.layer,
        kinds={"duckdb", model.kind},
    )


def _check_spec(check: Check) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        check.name, asset=asset_key(check.table), description=check.description, blocking=check.is_blocking
    )


def _check_result(outcome: CheckOutcome) -> dg.AssetCheckResult:
    """The outcome with its offending rows as a table; dates and lists as text, which is all Dagster's tables take."""
    rows = [dg.TableRecord({name: str(value) for name, value in row.items()}) for row in outcome.offending]
    return dg.AssetCheckResult(
        asset_key=asset_key(outcome.check.table),
        check_name=outcome.check.name,
        passed=outcome.passed,
        severity=dg.AssetCheckSeverity.ERROR if outcome.check.is_blocking else dg.AssetCheckSeverity.WARN,
        metadata={
            "n_offending": outcome.n_offending,
            **({"offending_rows": dg.MetadataValue.table(rows)} if rows else {}),
        },
    )


def _materialization(model: Model, n_rows: int, types: dict[str, str]) -> dg.MaterializeResult[None]:
    columns = [dg.TableColumn(name, types[name], text) for name, text in model.columns.items()]
    return dg.MaterializeResult(
        asset_key=asset_key(model.full_name),
        metadata={"dagster/row_count": n_rows, "dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(
    name="warehouse",
    specs=[_asset_spec(model) for model in TABLES],
    check_specs=[_check_spec(check) for check in CHECKS],
)
def warehouse(data_folder: DataFolder) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build every table and view in a new file, check them, and publish the file by a rename."""
    from pipelines.warehouse.dictionary import column_types

    try:
        build = stages.load_warehouse(data_folder.settings())
    except RejectedBuildError as rejected:
        yield from map(_check_result, rejected.checks)
        raise dg.Failure(str(rejected), allow_retries=False) from rejected
    types = column_types()
    for model in TABLES:
        yield _materialization(model, build.n_rows[model.full_name], types[model.full_name])
    yield from map(_check_result, build.checks)
