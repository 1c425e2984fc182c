"""Dagster sees the pipeline as it is: assets with descriptions, one job, checks that tell which rows fail."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs
from pipelines.defs.graph import FLOW, group
from pipelines.sample.make import make_sample
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
        assert asset.group_name == group(key.path[0])
        assert asset.owners
        assert asset.kinds
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


def test_definitions_load_without_the_heavy_libraries() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, pipelines.definitions; print(sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(ast.literal_eval(loaded.stdout))
    assert not modules & {"duckdb", "polars", "dataframely", "pdfplumber", "pypdfium2", "reportlab", "httpx2"}


def test_job_runs_in_one_process() -> None:
    assert REPOSITORY.get_job("build_warehouse").executor_def is dg.in_process_executor


def test_job_publishes_the_sample_and_counts_it(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    make_sample(tmp_path / "reports", reports=3, bad_files=False)
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


def test_groups_stand_in_the_order_of_the_flow() -> None:
    groups = sorted({GRAPH.get(key).group_name or "" for key in GRAPH.get_all_asset_keys()})
    assert [name.partition("_")[2] for name in groups] == list(FLOW)


def test_a_table_comes_from_what_its_sql_reads_also_through_macros() -> None:
    def parents(*key: str) -> set[str]:
        return {parent.to_user_string() for parent in GRAPH.get(dg.AssetKey(key)).parent_keys}

    assert parents("core", "lines") == {"read/lines", "parsed/reports"}
    assert parents("core", "grades") == set()
    assert "core/judgements" in parents("marts", "position_over_time"), "through position_as_at"
    assert {"core/reports", "marts/latest_judgements"} <= parents("exports", "copies")
    assert "marts/grade_spells" in parents("quality", "consistency_breaks"), "a test of it finds breaks"


def test_an_analyst_finds_the_sql_and_what_one_row_is() -> None:
    spec = GRAPH.get(dg.AssetKey(["core", "judgements"])).metadata
    assert spec["one_row_is_one"] == "inspection_id, judgement_code"
    assert spec["sql_file"] == "sql/core/judgements.sql"
    assert "from staged.judgements" in spec["sql"].value
