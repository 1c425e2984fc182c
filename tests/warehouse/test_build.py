"""A build publishes a whole warehouse or leaves the old one; readers are never in the way."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.warehouse.build import built_warehouse
from pipelines.warehouse.comparison import RejectedBuildError
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse, published_build
from pipelines.warehouse.headers import SqlHeaderError
from tests.warehouse.tiny import TinyWarehouse, staged


@pytest.fixture
def tiny(tmp_path: Path) -> TinyWarehouse:
    return TinyWarehouse(tmp_path / "it's = 1")


def overwrite(path: Path, content: bytes) -> None:
    """Write over a file in place, as damage does, whatever its mode."""
    path.chmod(0o644)
    path.write_bytes(content)


def rows(published: Path, query: str) -> list[tuple[object, ...]]:
    with open_warehouse(published) as connection:
        return connection.execute(query).fetchall()


def test_the_published_file_holds_only_what_readers_are_promised(tiny: TinyWarehouse) -> None:
    built, _ = tiny.build("good", "outstanding", "good")
    assert os.listdir(tiny.published.parent) == ["judgements.duckdb"]
    assert rows(tiny.published, "select schema_name || '.' || table_name from duckdb_tables() order by all") == [
        ("core.inspections",),
        ("marts.n_grades",),
        ("meta.build",),
    ]
    assert rows(tiny.published, "from marts.n_grades") == [("good", 2), ("outstanding", 1)]
    assert rows(tiny.published, "from n_grades('good')") == [(2,)]
    assert rows(tiny.published, "from meta.build") == [("test", built.fingerprint)]
    storage = "select tags['storage_version'] from duckdb_databases() where database_name = 'judgements'"
    assert rows(tiny.published, storage) == [("v1.0.0+",)]


def test_descriptions_stand_in_the_file_itself(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    described = "select comment from duckdb_tables() union all select comment from duckdb_columns() where not internal"
    comments = [comment for (comment,) in rows(tiny.published, described)]
    assert None not in comments
    assert "One row per inspection." in comments


def test_a_changed_part_is_made_anew_and_no_other(tiny: TinyWarehouse) -> None:
    assert tiny.build("good", "inadequate")[1] == ["0-good", "1-inadequate"]
    assert tiny.build("good", "good", "inadequate")[1] == ["1-good", "2-inadequate"]
    assert tiny.contents() == [("i0", "good"), ("i1", "good"), ("i2", "inadequate")]
    assert sorted(os.listdir(tiny.rows)) == ["0-good", "1-good", "2-inadequate"]


def test_the_same_reports_are_opened_for_nothing_and_by_force_all_are(tiny: TinyWarehouse) -> None:
    first, _ = tiny.build("good", "inadequate")
    second, opened = tiny.build("good", "inadequate")
    assert (second.fingerprint, opened) == (first.fingerprint, [])
    assert tiny.build("good", "inadequate", force=True)[1] == ["0-good", "1-inadequate"]


def test_rows_half_written_by_a_killed_build_are_made_again(tiny: TinyWarehouse) -> None:
    half = tiny.rows / "0-good.part"
    half.mkdir(parents=True)
    (half / "inspections.parquet").write_bytes(b"half")
    (tiny.published.parent).mkdir()
    (tiny.published.parent / ".judgements.duckdb.building").write_bytes(b"half")
    (tiny.published.parent / ".judgements.duckdb.building.spill").mkdir()
    tiny.build("good", "inadequate")
    assert os.listdir(tiny.published.parent) == ["judgements.duckdb"]
    assert sorted(os.listdir(tiny.rows)) == ["0-good", "1-inadequate"]


def test_a_stray_file_among_the_rows_is_removed(tiny: TinyWarehouse) -> None:
    tiny.rows.mkdir(parents=True)
    (tiny.rows / ".DS_Store").write_bytes(b"left by a file browser")
    tiny.build("good")
    assert os.listdir(tiny.rows) == ["0-good"]


@pytest.mark.parametrize("where", ["at the start", "in the middle", "at the end", "everywhere", "its checksums"])
def test_damaged_rows_are_made_again_without_being_asked(tiny: TinyWarehouse, where: str) -> None:
    tiny.build("good", "inadequate")
    before = tiny.contents()
    damaged = tiny.rows / "0-good" / ("SHA256SUMS" if where == "its checksums" else "inspections.parquet")
    content = bytearray(damaged.read_bytes())
    n_byte = {"at the start": 0, "at the end": -1}.get(where, len(content) // 2)
    content[n_byte] ^= 0xFF
    overwrite(damaged, b"" if where == "everywhere" else bytes(content))
    built, opened = tiny.build("good", "inadequate")
    assert opened == ["0-good"]
    assert tiny.contents() == before
    assert tiny.build("good", "inadequate")[0].fingerprint == built.fingerprint


def test_rows_altered_by_hand_are_made_again(tiny: TinyWarehouse) -> None:
    first, _ = tiny.build("inadequate")
    pl.DataFrame({"inspection_id": ["i0"], "grade": ["good"]}).write_parquet(
        tiny.rows / "0-inadequate" / "inspections.parquet"
    )
    again, opened = tiny.build("inadequate")
    assert (opened, again.fingerprint) == (["0-inadequate"], first.fingerprint)
    assert tiny.contents() == [("i0", "inadequate")]


def test_the_fingerprint_follows_rows_source_and_sql(tiny: TinyWarehouse) -> None:
    fingerprints = [tiny.build("good", "inadequate")[0].fingerprint]
    fingerprints.append(tiny.build("good", "inadequate", source="other")[0].fingerprint)
    fingerprints.append(tiny.build("good", "outstanding", source="other")[0].fingerprint)
    assert len(set(fingerprints)) == 3
    assert published_build(tiny.published, "fingerprint") == fingerprints[-1]
    assert published_build(tiny.published, "source_name") == "other"


def test_a_blocking_check_keeps_the_old_warehouse_and_shows_the_rows(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    before = tiny.published.read_bytes()
    with pytest.raises(RejectedBuildError, match=r"A grade is one of the scale\. 1 row breaks this") as rejected:
        tiny.build("good", "excellent")
    assert tiny.published.read_bytes() == before
    assert os.listdir(tiny.published.parent) == ["judgements.duckdb"]
    (failed,) = [one for one in rejected.value.checks if not one.passed]
    assert failed.offending == ({"report_id": "i1", "page_number": 1, "grade": "excellent"},)


def test_a_warning_is_told_and_published(tiny: TinyWarehouse) -> None:
    built, _ = tiny.build("good")
    assert [one.check.name for one in built.checks if not one.passed] == ["not_all_are_good"]
    assert tiny.contents() == [("i0", "good")]


def test_fewer_inspections_than_before_block_unless_they_are_accepted(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    with pytest.raises(RejectedBuildError, match=r"one from test: fewer.*--accept-fewer-inspections.*--data DIR"):
        tiny.build("inadequate")
    built, _ = tiny.build("inadequate", accept_fewer_inspections=True)
    (failed,) = [one for one in built.checks if one.check.compares]
    assert (failed.offending[0]["inspection_id"], failed.check.is_blocking) == ("i1", False)


def test_a_warehouse_of_another_source_is_a_measure_too(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    with pytest.raises(RejectedBuildError, match="one from test: fewer"):
        tiny.build("inadequate", source="other")
    tiny.build("good", "inadequate", source="other")


def test_nobody_is_asked_about_inspections_while_something_else_is_wrong(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    with pytest.raises(RejectedBuildError, match="A grade is one of the scale"):
        tiny.build("excellent", accept_fewer_inspections=True)


def test_a_warehouse_of_another_version_is_no_measure_and_says_so(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    with duckdb.connect(str(tiny.published)) as connection:
        connection.execute("alter table core.inspections rename column inspection_id to other_id")
    with pytest.raises(RejectedBuildError, match="inspection_id"):
        tiny.build("inadequate")
    built, _ = tiny.build("inadequate", accept_fewer_inspections=True)
    assert [one.check.is_blocking for one in built.checks if not one.passed and one.check.compares] == [False]


def test_a_warehouse_that_cant_be_opened_counts_as_none_and_is_kept_aside(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    overwrite(tiny.published, b"no warehouse" * 1000)
    built, _ = tiny.build("inadequate")
    assert all(one.passed for one in built.checks if one.check.compares)
    assert tiny.contents() == [("i0", "inadequate")]
    (aside,) = tiny.published.parent.glob("judgements-damaged-*.duckdb")
    assert aside.read_bytes() == b"no warehouse" * 1000


def test_while_another_program_writes_to_the_warehouse_nothing_is_compared(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    tiny.published.chmod(0o644)
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tiny.published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == "open"
    with pytest.raises(RejectedBuildError, match="published"):
        tiny.build("good", "inadequate")
    writer.communicate("end\n", timeout=600)


_WRITER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
"""


def test_the_published_file_can_only_be_read_and_is_replaced_all_the_same(tiny: TinyWarehouse) -> None:
    for grade in ("good", "inadequate"):
        tiny.build(grade)
        assert tiny.published.stat().st_mode & 0o777 == 0o444
    assert tiny.contents() == [("i0", "inadequate")]


def test_a_journal_that_somebody_left_never_reaches_a_new_warehouse(tiny: TinyWarehouse) -> None:
    tiny.build("good")
    tiny.published.chmod(0o644)
    subprocess.run([sys.executable, "-c", _KILLED_WRITER, str(tiny.published)], check=False)
    assert (tiny.published.parent / "judgements.duckdb.wal").is_file()
    tiny.build("good")
    assert os.listdir(tiny.published.parent) == ["judgements.duckdb"]
    assert tiny.contents() == [("i0", "good")]


_KILLED_WRITER = """
import os, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("update core.inspections set grade = 'outstanding'")
os._exit(9)
"""


def test_what_is_not_published_is_thrown_away(tiny: TinyWarehouse) -> None:
    with (
        pytest.raises(OSError, match="disk full"),
        built_warehouse(staged(["good", "inadequate"]), tiny.published, "test", tiny.rows, tiny.sql),
    ):
        raise OSError("disk full")
    assert os.listdir(tiny.published.parent) == []


def test_a_reader_keeps_what_it_opened_while_a_new_one_is_published(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate", source="first")
    # A process of its own, for two opens in one process share their database.
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(tiny.published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline().strip() == "first"
    tiny.build("good", "inadequate", source="second")
    assert reader.communicate("again\n", timeout=600)[0].strip() == "first"
    assert published_build(tiny.published, "source_name") == "second"


_READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in range(2):
    print(connection.execute("select source_name from meta.build").fetchone()[0], flush=True)
    sys.stdin.readline()
"""


def test_progress_is_told_part_by_part(tiny: TinyWarehouse) -> None:
    told: list[tuple[int, int]] = []
    with built_warehouse(
        staged(["good", "inadequate"]),
        tiny.published,
        "test",
        tiny.rows,
        tiny.sql,
        progress=lambda n_done, n_in_all: told.append((n_done, n_in_all)),
    ):
        pass
    assert told == [(1, 2), (2, 2)]


def test_nobody_but_the_build_can_write(tiny: TinyWarehouse) -> None:
    tiny.build("good", "inadequate")
    with open_warehouse(tiny.published) as connection, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        connection.execute("delete from core.inspections")


def test_a_missing_warehouse_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingWarehouseError, match="judgements build"), open_warehouse(tmp_path / "none.duckdb"):
        pass
    assert published_build(tmp_path / "none.duckdb", "fingerprint") is None


def test_a_header_that_forgets_a_column_publishes_nothing(tiny: TinyWarehouse) -> None:
    model = tiny.sql / "core" / "inspections.sql"
    model.write_text(model.read_text().replace("-- @column: grade | Its grade.\n", "").replace(", grade\n", "\n"))
    with pytest.raises(SqlHeaderError, match=r"core.inspections: has the columns \['inspection_id', 'grade'\]"):
        tiny.build("good", "inadequate")
    assert os.listdir(tiny.published.parent) == []


def test_frames_cross_with_their_types(tmp_path: Path) -> None:
    from pipelines.warehouse.load import stage_frames

    frame = pl.DataFrame({"visits": [[{"day": 1}]], "name": ["a"]})
    with duckdb.connect() as connection:
        connection.execute("create schema staged")
        stage_frames(connection, {"of": frame, "none": frame.clear()}, "staged")
        assert connection.execute("from staged.of").fetchall() == [([{"day": 1}], "a")]
        assert connection.execute("select count(*) from staged.none").fetchall() == [(0,)]
