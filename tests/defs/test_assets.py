"""Dagster sees the pipeline as it is: assets with descriptions, in the order of the flow, with what they hold."""

import ast
import subprocess
import sys

import dagster as dg
import pytest

from pipelines.defs.graph import FLOW, group
from pipelines.exports import EXPORTS, Export
from pipelines.warehouse.connection import open_warehouse
from tests.defs.conftest import Built
from tests.defs.running import GRAPH, REPOSITORY, page


def parents(*key: str) -> set[str]:
    return {parent.to_user_string() for parent in GRAPH.get(dg.AssetKey(key)).parent_keys}


def test_every_asset_stands_in_a_layer_and_is_described() -> None:
    for key in GRAPH.get_all_asset_keys():
        asset = GRAPH.get(key)
        assert asset.group_name == group(key.path[0])
        assert asset.kinds
        assert len(asset.description or "") > 20, key
    for name in ("start_here", "raw/published_reports", "raw/report_files", "read/lines", "parsed/reports"):
        assert "One row per " in (GRAPH.get(dg.AssetKey(name.split("/"))).description or "").splitlines()[0]


def test_groups_stand_in_the_order_of_the_flow() -> None:
    groups = sorted({GRAPH.get(key).group_name or "" for key in GRAPH.get_all_asset_keys()})
    assert [name.partition("_")[2] for name in groups] == list(FLOW)


def test_data_flows_from_publications_to_marts() -> None:
    def ancestors(key: dg.AssetKey) -> set[dg.AssetKey]:
        found = set(GRAPH.get(key).parent_keys)
        return found.union(*map(ancestors, found))

    layers = {key.path[0] for key in ancestors(dg.AssetKey(["marts", "grade_spells"]))}
    assert layers == {"raw", "read", "parsed", "core", "official", "marts"}
    assert not ancestors(dg.AssetKey(["raw", "published_reports"]))


def test_a_table_comes_from_what_its_sql_reads_also_through_macros() -> None:
    assert parents("core", "lines") == {"read/lines", "parsed/reports"}
    assert parents("core", "grades") == set()
    assert "marts/all_judgements" in parents("marts", "position_over_time"), "through position_as_at"
    assert parents("official", "editions") == {"raw/official_editions"}
    assert "marts/grade_spells" in parents("quality", "consistency_breaks"), "a test of it finds breaks"


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_export_is_an_asset(export: Export) -> None:
    assert GRAPH.get(dg.AssetKey(["exports", export.name])).description == export.description
    assert {"core/reports", "marts/latest_judgements"} <= parents("exports", export.name)


def test_an_analyst_finds_the_sql_and_what_one_row_is() -> None:
    spec = GRAPH.get(dg.AssetKey(["core", "judgements"])).metadata
    assert spec["one_row_is_one"] == "inspection_id, judgement_code"
    assert spec["sql_file"] == "sql/core/judgements.sql"
    assert "from staged.judgements" in spec["sql"].value


def test_definitions_load_without_the_heavy_libraries_and_ask_no_environment() -> None:
    asked = "import sys, pipelines.definitions; print(sorted(sys.modules))"
    environment = {"JUDGEMENTS_WORKERS": "a word that no setting takes"}
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment)
    heavy = {"duckdb", "polars", "dataframely", "pdfplumber", "pypdfium2", "reportlab", "httpx2", "apprise"}
    assert not set(ast.literal_eval(loaded.stdout)) & heavy


def test_jobs_run_in_one_process() -> None:
    assert REPOSITORY.get_job("build_warehouse").executor_def is dg.in_process_executor


def test_a_build_shows_what_it_published(built: Built) -> None:
    assert built.build.success
    with open_warehouse(built.data / "warehouse" / "judgements.duckdb") as connection:
        n_judgements = connection.execute("select count(*) from core.judgements").fetchall()[0][0]
    judgements = page(built.instance, "core", "judgements")
    assert judgements["dagster/row_count"] == n_judgements > 0
    grade = next(column for column in judgements["dagster/column_schema"].columns if column.name == "grade")
    assert (grade.type, (grade.description or "")[:6]) == ("VARCHAR", "One of")
    assert page(built.instance, "meta", "build")["summary"] == "Built from reports: 3 reports, the first here."
    assert page(built.instance, "quality", "text_coverage")["share_accounted"] == 1
    for export in EXPORTS:
        assert page(built.instance, "exports", export.name)["folder"].endswith("exports")


def test_pages_show_a_summary_first_and_no_number_that_is_zero(built: Built) -> None:
    assert page(built.instance, "read", "lines") == {
        "summary": "3 of 3 files were read now.",
        "n_files": 3,
        "n_done": 3,
    }
    for key in GRAPH.materializable_asset_keys:
        shown = page(built.instance, *key.path)
        assert all(value or name.startswith("dagster/") for name, value in shown.items()), (key, shown)
        assert "summary" not in shown or next(iter(shown)) == "summary"
