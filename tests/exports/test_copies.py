"""Copies stand beside the warehouse: every table, in one swap, and never half."""

import csv
import os
import shutil
import threading
from pathlib import Path

import polars as pl
import pytest

from pipelines.exports.copies import Copies
from pipelines.tables.staged import Frames
from pipelines.warehouse.build import RejectedBuildError, build_warehouse
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.dictionary import column_types
from pipelines.warehouse.models import read_models
from tests.histories import frames_of, parsed_report, publication


def frames_about(authority: str) -> Frames:
    return frames_of([publication("a", None)], [parsed_report("a", authority)])


def publish(folder: Path, authority: str) -> Path:
    """A warehouse and its copies, side by side in a folder."""
    with Copies(folder / "copies") as copies:
        result = build_warehouse(frames_about(authority), [], folder / "judgements.duckdb", "test", copier=copies)
        copies.publish()
    return result.published


def test_no_view_has_numbers_that_parquet_would_round() -> None:
    wide = [
        (name, column) for name, types in column_types().items() for column, kind in types.items() if "HUGE" in kind
    ]
    assert wide == []


def test_every_core_table_and_view_has_its_copy_with_the_same_rows(tmp_path: Path) -> None:
    warehouse = publish(tmp_path, "Barnet")
    models = [model for model in read_models() if model.layer in ("core", "marts", "meta")]
    files = [path for path in (tmp_path / "copies").resolve().rglob("*") if path.is_file()]
    assert len(files) == len(models) + sum(model.layer == "marts" for model in models)
    with open_warehouse(warehouse) as connection:
        for model in models:
            copy = pl.read_parquet(tmp_path / "copies" / model.layer / f"{model.name}.parquet")
            assert copy.columns == list(model.columns)
            assert copy.height == connection.sql(f"from {model.full_name}").shape[0], model.full_name


def test_csv_opens_in_excel_with_its_letters_whole(tmp_path: Path) -> None:
    publish(tmp_path, "Barnet")
    path = tmp_path / "copies" / "marts" / "latest_judgements.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["authority_name"] for row in rows} == {"Barnet"}


def test_a_reader_sees_the_old_folder_or_the_new_one(tmp_path: Path) -> None:
    published = tmp_path / "copies"
    publish(tmp_path, "Barnet")
    seen: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(pl.read_parquet(published / "core" / "inspections.parquet")["authority_id"].item())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for authority in ("Bradford", "Barnet", "Bradford"):
            publish(tmp_path, authority)
    finally:
        stop.set()
        reader.join()
    assert seen <= {"E09000003", "E08000032"}
    assert pl.read_parquet(published / "core" / "inspections.parquet")["authority_id"].item() == "E08000032"


def test_the_folder_before_stays_for_its_readers_and_older_ones_go(tmp_path: Path) -> None:
    published = tmp_path / "copies"
    folders = []
    for authority in ("Barnet", "Bradford", "Barnsley"):
        publish(tmp_path, authority)
        folders.append(published.resolve())
    assert [folder.is_dir() for folder in folders] == [False, True, True]
    (tmp_path / ".copies-0123.part").mkdir()
    publish(tmp_path, "Barnsley")
    assert sorted(os.listdir(tmp_path)) == [folders[2].name, "copies", "judgements.duckdb"]


def test_folder_named_like_a_column_changes_no_value(tmp_path: Path) -> None:
    folder = tmp_path / "authority_name=Bradford"
    publish(folder, "Barnet")
    with (folder / "copies" / "marts" / "latest_judgements.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["authority_name"] for row in csv.DictReader(file)} == {"Barnet"}


def test_a_plain_folder_in_the_way_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "copies" / "core").mkdir(parents=True)
    publish(tmp_path, "Barnet")
    assert (tmp_path / "copies" / "core" / "grades.parquet").is_file()


def test_copies_that_were_lost_are_made_again(tmp_path: Path) -> None:
    publish(tmp_path, "Barnet")
    shutil.rmtree((tmp_path / "copies").resolve())
    publish(tmp_path, "Barnet")
    assert (tmp_path / "copies" / "core" / "grades.parquet").is_file()


def test_no_copies_are_left_of_a_warehouse_that_was_refused(tmp_path: Path) -> None:
    publish(tmp_path, "Barnet")
    stood = sorted(os.listdir(tmp_path))
    frames = frames_about("Bradford")
    frames["reports"] = pl.concat([frames["reports"], frames["reports"]])
    with pytest.raises(RejectedBuildError), Copies(tmp_path / "copies") as copies:
        build_warehouse(frames, [], tmp_path / "judgements.duckdb", "test", copier=copies)
    assert sorted(os.listdir(tmp_path)) == stood
    assert pl.read_parquet(tmp_path / "copies" / "core" / "inspections.parquet")["authority_id"].item() == "E09000003"
