"""Dagster sees the pipeline as it is: assets with descriptions, one job, checks that tell which rows fail."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines import stages
from pipelines.definitions import defs
from pipelines.sources.sample.make import make_sample
from pipelines.warehouse.build import RejectedBuildError
from pipelines.warehouse.checks import Check, CheckOutcome
from pipelines.warehouse.connection import open_warehouse

REPOSITORY = defs.get_repository_def()
GRAPH = REPOSITORY.asset_graph


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def build(instance: dg.DagsterInstance, data: Path, source: Path) -> dg.ExecuteInProcessResult:
    return REPOSITORY.get_job("build_warehouse").execute_in_process(
        instance=instance,
        raise_on_error=False,
        run_config={
            "ops": {"raw__published_reports": {"config": {"source": str(source)}}},
            "resources": {"data_folder": {"config": {"path": str(data)}}},
        },
    )


def test_every_asset_stands_in_a_layer_and_is_described() -> None:
    for key in GRAPH.get_all_asset_keys():
        asset = GRAPH.get(key)
        assert asset.group_name == key.path[0]
        assert len(asset.description or "") > 20, key


def test_data_flows_from_publications_to_marts() -> None:
    def ancestors(key: dg.AssetKey) -> set[dg.AssetKey]:
        parents = GRAPH.get(key).parent_keys
        return set(parents).union(*map(ancestors, parents))

    assert {key.path[0] for key in ancestors(dg.AssetKey(["marts", "grade_spells"]))} == {
        "raw",
        "read",
        "parsed",
        "core",
        "marts",
    }
    assert not ancestors(dg.AssetKey(["raw", "published_reports"]))


def test_job_runs_in_one_process() -> None:
    assert REPOSITORY.get_job("build_warehouse").executor_def is dg.in_process_executor


def test_job_publishes_the_sample_and_counts_it(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    make_sample(tmp_path / "reports", reports=3, misfits=False)
    run = build(instance, tmp_path / "data", tmp_path / "reports")
    assert run.success
    with open_warehouse(tmp_path / "data" / "warehouse" / "judgements.duckdb") as connection:
        judgements = connection.execute("select count(*) from core.judgements").fetchall()[0][0]
    assert judgements > 0
    event = instance.get_latest_materialization_event(dg.AssetKey(["core", "judgements"]))
    assert event is not None
    assert event.asset_materialization is not None
    metadata = event.asset_materialization.metadata
    assert metadata["dagster/row_count"].value == judgements
    schema = metadata["dagster/column_schema"].value
    assert isinstance(schema, dg.TableSchema)
    grade = next(column for column in schema.columns if column.name == "grade")
    assert (grade.type, (grade.description or "")[:6]) == ("VARCHAR", "One of")
    evaluations = run.get_asset_check_evaluations()
    assert {(one.asset_key, one.check_name) for one in evaluations} == {
        (key.asset_key, key.name) for key in GRAPH.asset_check_keys
    }


def test_rejected_build_fails_the_run_and_shows_the_rows(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = Check("no_nulls", "core.grades", "Never null: grade.", True, "select 1")
    outcome = CheckOutcome(check, 1, ({"grade": None},))

    def reject(_settings: object) -> None:
        raise RejectedBuildError((outcome,), {})

    monkeypatch.setattr(stages, "load_warehouse", reject)
    make_sample(tmp_path / "reports", reports=1, misfits=False)
    run = build(instance, tmp_path / "data", tmp_path / "reports")
    assert not run.success
    (evaluation,) = run.get_asset_check_evaluations()
    assert (evaluation.check_name, evaluation.passed) == ("no_nulls", False)
    rows = evaluation.metadata["offending_rows"]
    assert isinstance(rows, dg.TableMetadataValue)
    assert rows.records[0].data == {"grade": "None"}
