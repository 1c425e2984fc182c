"""Exports stand beside the warehouse: every table, in one swap, and never half."""

import csv
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import exports
from pipelines.exports import EXPORTS, Export, write_exports
from pipelines.exports.publish import written_exports
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import read_models
from pipelines.warehouse.types import column_types


def note(connection: duckdb.DuckDBPyConnection, folder: Path, previous: Path | None) -> None:
    """An export of one file: the number of reports."""
    (folder / "n_reports.txt").write_text(str(connection.execute("select count(*) from core.reports").fetchall()[0][0]))


@pytest.fixture
def one_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.exports.publish.EXPORTS", (Export("note", "A number.", note),))


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return warehouse_of(tmp_path, 1)


def warehouse_of(folder: Path, n_reports: int) -> Path:
    """A warehouse with no more than so many reports."""
    path = folder / "judgements.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create schema core; create table core.reports as from range({n_reports})")
    return path


def publish(warehouse: Path) -> Path:
    folder = warehouse.with_name("exports")
    with written_exports(warehouse, folder) as publish_exports:
        publish_exports()
    return folder


def test_every_core_table_and_mart_is_taken_away_with_the_same_rows(sample_warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's = 1"
    folder.mkdir()
    with open_warehouse(sample_warehouse) as connection:
        write_exports(connection, folder)
        for model in read_models():
            if model.layer in ("core", "official", "marts", "meta") and not model.is_view:
                frame = pl.read_parquet(folder / model.layer / f"{model.name}.parquet", hive_partitioning=False)
                assert frame.columns == list(model.columns)
                assert frame.height == connection.sql(f"from {model.full_name}").shape[0], model.full_name
    assert len(list(folder.glob("marts/*.csv"))) == sum(
        model.layer == "marts" and not model.is_view for model in read_models()
    )


def test_csv_opens_in_excel_with_its_letters_whole(sample_warehouse: Path, tmp_path: Path) -> None:
    with open_warehouse(sample_warehouse) as connection:
        next(one for one in EXPORTS if one.name == "csv").write(connection, tmp_path, None)
        names = {
            name for (name,) in connection.execute("select authority_name from marts.latest_judgements").fetchall()
        }
    path = tmp_path / "marts" / "latest_judgements.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {row["authority_name"] for row in csv.DictReader(file)} == names


def test_no_mart_has_numbers_that_parquet_would_round() -> None:
    wide = [
        (name, column) for name, types in column_types().items() for column, kind in types.items() if "HUGE" in kind
    ]
    assert wide == []


def test_each_export_has_a_name_of_its_own_and_says_what_it_is() -> None:
    assert len({one.name for one in EXPORTS}) == len(EXPORTS)
    assert all(one.description.endswith(".") for one in EXPORTS)
    assert exports.__doc__ is not None


@pytest.mark.usefixtures("one_export")
def test_a_reader_sees_the_old_folder_or_the_new_one(warehouse: Path) -> None:
    folder = publish(warehouse)
    seen: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add((folder / "n_reports.txt").read_text())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for n_reports in (2, 3, 4):
            publish(warehouse_of(warehouse.parent, n_reports))
    finally:
        stop.set()
        reader.join()
    assert seen <= {"1", "2", "3", "4"}
    assert (folder / "n_reports.txt").read_text() == "4"


def test_what_is_left_for_the_end_finds_the_files_of_all_others(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_files(connection: duckdb.DuckDBPyConnection, folder: Path, previous: Path | None) -> Callable[[], object]:
        note(connection, folder, previous)
        return lambda: (folder / "files.txt").write_text(",".join(sorted(os.listdir(folder))))

    def late(connection: duckdb.DuckDBPyConnection, folder: Path, previous: Path | None) -> None:
        time.sleep(0.05)
        (folder / "late.txt").write_text("late")

    listing = Export("files", "What there is.", list_files)
    monkeypatch.setattr("pipelines.exports.publish.EXPORTS", (listing, Export("late", "Slow.", late)))
    assert (publish(warehouse) / "files.txt").read_text() == "late.txt,n_reports.txt"


@pytest.mark.usefixtures("one_export")
def test_the_folder_before_stays_for_its_readers_and_older_ones_go(warehouse: Path) -> None:
    folders = [publish(warehouse).resolve() for _ in range(3)]
    assert len(set(folders[1:])) == 2
    (warehouse.parent / ".exports-unfinished").mkdir()
    publish(warehouse)
    left = {path.name for path in warehouse.parent.iterdir()}
    assert left == {"judgements.duckdb", "exports", folders[2].name, (warehouse.parent / "exports").resolve().name}


@pytest.mark.usefixtures("one_export")
def test_a_plain_folder_in_the_way_is_replaced(warehouse: Path) -> None:
    (warehouse.parent / "exports" / "core").mkdir(parents=True)
    assert os.listdir(publish(warehouse)) == ["n_reports.txt"]


@pytest.mark.usefixtures("one_export")
def test_exports_that_can_not_be_written_leave_the_old_ones(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish(warehouse)

    def fail(connection: duckdb.DuckDBPyConnection, folder: Path, previous: Path | None) -> None:
        (folder / "half.txt").write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr("pipelines.exports.publish.EXPORTS", (Export("fails", "Nothing.", fail),))
    with pytest.raises(OSError, match="disk full"):
        publish(warehouse)
    assert (folder / "n_reports.txt").read_text() == "1"
    assert not list(warehouse.parent.glob(".exports-unfinished"))
