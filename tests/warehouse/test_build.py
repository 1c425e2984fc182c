"""A build publishes a whole warehouse or leaves the old one; readers are never in the way."""

import datetime as dt
import itertools
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.tables.frames import stage
from pipelines.tables.staged import Frames, Part, Staged
from pipelines.warehouse.build import RejectedBuildError, build_warehouse, published_fingerprint, published_source
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse
from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.measures import row_counts
from pipelines.warehouse.models import read_models
from tests.histories import frames_of, parsed_report, publication, read_report, sha


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    return frames_of(
        [publication("a"), publication("b", urn="80449")], [parsed_report("a"), parsed_report("b", "Bradford")]
    )


def rows(published: Path, query: str) -> list[tuple[object, ...]]:
    with open_warehouse(published) as connection:
        return connection.execute(query).fetchall()


def contents(published: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_warehouse(published) as connection:
        tables = [model.full_name for model in read_models() if model.kind == "table"]
        return {table: connection.execute(f"from {table}").fetchall() for table in tables}


def without_key(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {**frames, "reports": pl.concat([frames["reports"], frames["reports"]])}


def test_published_file_holds_only_what_readers_are_promised(tmp_path: Path, frames: dict[str, pl.DataFrame]) -> None:
    published = tmp_path / "it's" / "judgements.duckdb"
    result = build_warehouse(frames, [], published, "sample")
    assert os.listdir(published.parent) == ["judgements.duckdb"]
    schemas = rows(
        published,
        """select schema_name from duckdb_tables()
           union select schema_name from duckdb_views() where not internal order by schema_name""",
    )
    assert [schema for (schema,) in schemas] == ["core", "marts", "meta", "quality", "search"]
    assert row_counts(result.published)["core.reports"] == 2
    assert row_counts(result.published)["core.lines"] == 6
    assert rows(published, "select source_name, fingerprint from meta.build") == [("sample", result.fingerprint)]
    assert published_fingerprint(published) == result.fingerprint
    assert rows(
        published, "select tags['storage_version'] from duckdb_databases() where database_name = 'judgements'"
    ) == [("v1.0.0+",)]


def test_two_builds_of_the_same_reports_have_identical_tables(tmp_path: Path, frames: dict[str, pl.DataFrame]) -> None:
    first, second = tmp_path / "1" / "j.duckdb", tmp_path / "2" / "j.duckdb"
    again = frames_of(
        [publication("b", urn="80449"), publication("a")], [parsed_report("b", "Bradford"), parsed_report("a")]
    )
    assert (
        build_warehouse(frames, [], first, "sample").fingerprint
        == build_warehouse(again, [], second, "sample").fingerprint
    )
    assert contents(first) == contents(second)


NUMBERS = range(210)


def staged(numbers: Iterable[int], made_by: str = "rules 1") -> Staged:
    """Reports of so many inspections, a week apart."""
    days = {f"r{n}": [str(dt.date(2018, 2, 5) + dt.timedelta(days=7 * n + d)) for d in (0, 4, 40)] for n in numbers}
    return stage(
        [publication(name, published=published) for name, (_, _, published) in days.items()],
        {sha(name): read_report(name) for name in days},
        {sha(name): parsed_report(name, visits=[(first, last)]) for name, (first, last, _) in days.items()},
        content=lambda file_sha256: f"{made_by} {file_sha256}",
    )


def build_staged(of: Staged, published: Path, anew: bool = False) -> tuple[str, list[str]]:
    """The fingerprint of a build, and the reports that were opened for it."""
    opened: list[str] = []

    def noted(batch: Part) -> Part:
        def frames() -> Frames:
            frames = batch.frames()
            opened.extend(frames["reports"]["source_path"].to_list())
            return frames

        return replace(batch, frames=frames)

    batches = [noted(batch) for batch in of.parts]
    return build_warehouse(of.reference, batches, published, "sample", anew=anew).fingerprint, opened


@pytest.mark.parametrize("few", [0, len(NUMBERS)], ids=["copied at once", "copied in pieces"])
def test_one_new_report_opens_its_own_batch_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("pipelines.warehouse.loading.FEW", few)
    grown, at_once = tmp_path / "grown.duckdb", tmp_path / "at_once.duckdb"
    build_staged(staged(NUMBERS[:-1]), grown)
    fingerprint, opened = build_staged(staged(NUMBERS), grown)
    assert f"80487/r{NUMBERS[-1]}.pdf" in opened
    assert len(opened) < len(NUMBERS) / 2
    assert (fingerprint, contents(grown)) == (build_staged(staged(NUMBERS), at_once)[0], contents(at_once))


@pytest.mark.parametrize("n_builds", [1, 2], ids=["made", "copied"])
def test_prose_is_compressed_without_trying_a_dictionary(tmp_path: Path, n_builds: int) -> None:
    published = tmp_path / "judgements.duckdb"
    for _ in range(n_builds):
        build_staged(staged([1]), published)
    compressed = rows(
        published,
        """select distinct compression from pragma_storage_info('core.paragraphs')
           where column_name = 'text' and segment_type = 'VARCHAR'""",
    )
    assert compressed == [("FSST",)]


def test_report_that_is_gone_leaves_no_row(tmp_path: Path) -> None:
    shrunk, at_once = tmp_path / "shrunk.duckdb", tmp_path / "at_once.duckdb"
    build_staged(staged(NUMBERS), shrunk)
    fingerprint, opened = build_staged(staged(NUMBERS[1:]), shrunk)
    assert 0 < len(opened) < len(NUMBERS) / 2
    assert (fingerprint, contents(shrunk)) == (build_staged(staged(NUMBERS[1:]), at_once)[0], contents(at_once))


def test_progress_is_told_batch_by_batch(tmp_path: Path) -> None:
    of, told = staged(NUMBERS), list[int]()
    build_warehouse(of.reference, of.parts, tmp_path / "j.duckdb", "sample", tell=told.append)
    assert told == list(itertools.accumulate(batch.n_reports for batch in of.parts))
    assert len(told) > 1


def test_same_reports_are_opened_for_nothing(tmp_path: Path) -> None:
    published = tmp_path / "j.duckdb"
    first, _ = build_staged(staged(NUMBERS), published)
    assert build_staged(staged(NUMBERS), published) == (first, [])


@pytest.mark.parametrize(
    ("made_by", "anew"), [("rules 2", False), ("rules 1", True)], ids=["other rules", "asked to build anew"]
)
def test_every_report_is_opened_again(tmp_path: Path, made_by: str, anew: bool) -> None:
    published = tmp_path / "j.duckdb"
    build_staged(staged(NUMBERS), published)
    assert len(build_staged(staged(NUMBERS, made_by), published, anew)[1]) == len(NUMBERS)


def test_fingerprint_follows_rows_and_source(tmp_path: Path, frames: dict[str, pl.DataFrame]) -> None:
    published = tmp_path / "j.duckdb"
    first = build_warehouse(frames, [], published, "sample")
    elsewhere = build_warehouse(frames, [], published, "reports")
    fewer = build_warehouse({**frames, "lines": frames["lines"].head(1)}, [], published, "reports")
    assert len({first.fingerprint, elsewhere.fingerprint, fewer.fingerprint}) == 3
    assert (first.replaced_source, elsewhere.replaced_source, fewer.replaced_source) == (None, "sample", None)


def test_blocking_check_keeps_the_old_warehouse_and_shows_the_rows(
    tmp_path: Path, frames: dict[str, pl.DataFrame]
) -> None:
    published = tmp_path / "j.duckdb"
    build_warehouse(frames, [], published, "sample")
    before = published.read_bytes()
    with pytest.raises(RejectedBuildError, match=r"No two rows share report_id\. 2 rows break this") as rejected:
        build_warehouse(without_key(frames), [], published, "reports")
    assert published.read_bytes() == before
    assert os.listdir(tmp_path) == ["j.duckdb"]
    failed = [one for one in rejected.value.checks if not one.passed]
    assert {one.check.name for one in failed} >= {"unique_report_id", "unique_file_sha256"}
    assert failed[0].offending[0].keys() == {"report_id", "n_rows"}


def test_warning_is_told_and_published(tmp_path: Path) -> None:
    grades = {"overall_effectiveness": "outstanding", "leaders": "good", "help_and_protection": "good"}
    result = build_warehouse(
        frames_of([publication("a")], [parsed_report("a", grades=grades)]), [], tmp_path / "j.duckdb", "x"
    )
    failed = {one.check.name: one for one in result.checks if not one.passed}
    assert not failed["overall_lies_between_the_others"].check.is_blocking
    assert failed["key_judgements_are_present"].offending[0]["judgement_code"] == "in_care_and_care_leavers"


def test_reader_keeps_what_it_opened_while_a_new_one_is_published(
    tmp_path: Path, frames: dict[str, pl.DataFrame]
) -> None:
    published = tmp_path / "j.duckdb"
    build_warehouse(frames, [], published, "sample")
    # A process of its own, for two opens in one process share their database.
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline().strip() == "sample"
    build_warehouse(frames, [], published, "reports")
    assert reader.communicate("again\n", timeout=600)[0].strip() == "sample"
    assert published_source(published) == "reports"


_READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in range(2):
    print(connection.execute("select source_name from meta.build").fetchone()[0], flush=True)
    sys.stdin.readline()
"""


def test_unfinished_file_of_a_dead_build_is_removed_and_of_a_living_one_kept(
    tmp_path: Path, frames: dict[str, pl.DataFrame]
) -> None:
    no_process = 2**22 + 1  # higher than any system counts, so that nobody is given the number meanwhile
    dead = tmp_path / f".j-{no_process}.duckdb.building"
    living = tmp_path / f".j-{os.getppid()}.duckdb.building"
    for path in (dead, dead.with_name(dead.name + ".wal"), living):
        path.write_bytes(b"half")
    build_warehouse(frames, [], tmp_path / "j.duckdb", "sample")
    assert sorted(os.listdir(tmp_path)) == [living.name, "j.duckdb"]


def test_warehouse_of_no_reports_is_one_too(tmp_path: Path) -> None:
    result = build_warehouse(frames_of([], []), [], tmp_path / "j.duckdb", "empty")
    assert row_counts(result.published)["core.inspections"] == 0
    assert row_counts(result.published)["core.authorities"] == 158
    assert all(one.passed for one in result.checks)


def test_nobody_but_the_build_can_write(tmp_path: Path, frames: dict[str, pl.DataFrame]) -> None:
    build_warehouse(frames, [], tmp_path / "j.duckdb", "sample")
    with (
        open_warehouse(tmp_path / "j.duckdb") as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("delete from core.reports")


def test_missing_warehouse_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingWarehouseError, match="judgements build"), open_warehouse(tmp_path / "none.duckdb"):
        pass
    assert published_fingerprint(tmp_path / "none.duckdb") is None


def test_descriptions_stand_in_the_file_itself(tmp_path: Path, frames: dict[str, pl.DataFrame]) -> None:
    published = tmp_path / "j.duckdb"
    build_warehouse(frames, [], published, "sample")
    undescribed = rows(
        published,
        """select table_name from duckdb_tables() where comment is null
           union all select view_name from duckdb_views() where comment is null and not internal
           union all select table_name || '.' || column_name from duckdb_columns()
           where comment is null and not internal""",
    )
    assert undescribed == []
    macro = rows(published, "select comment from duckdb_functions() where function_name = 'as_at'")
    assert "as Ofsted counts" in str(macro[0][0])


def test_header_that_forgets_a_column_publishes_nothing(tmp_path: Path, frames: dict[str, pl.DataFrame]) -> None:
    sql = tmp_path / "sql" / "core"
    sql.mkdir(parents=True)
    (sql / "grades.sql").write_text(
        "-- @description: Grades.\n-- @grain: grade\n-- @column: grade | The grade.\n"
        "select grade, label from staged.grades\n"
    )
    with pytest.raises(SqlHeaderError, match=r"core.grades: has the columns \['grade', 'label'\]"):
        build_warehouse(frames, [], tmp_path / "out" / "j.duckdb", "sample", sql.parent)
    assert os.listdir(tmp_path / "out") == []
