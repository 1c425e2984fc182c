"""Tables and views are gone through once more: copied and checked, and no view is worked out twice."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.exports.copies import Copies
from pipelines.warehouse.build import build_warehouse
from pipelines.warehouse.checks import checks_of
from pipelines.warehouse.finishing import copied_and_checked
from pipelines.warehouse.models import Model, read_models
from tests.histories import frames_of, parsed_report, publication

HEADER = "-- @description: What it is.\n-- @grain: n\n-- @column: n | A number.\n-- @unique: n\n-- @not_null: n\n"


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    """A table of four rows, of which two are the same and one is null, and a view that counts how often it is read."""
    for folder, name, statement in (
        ("core", "numbers", "from (values (1), (2), (2), (null)) v(n)"),
        ("marts", "counted", "select n + 0 * nextval('n_read') as n from core.numbers"),
    ):
        (tmp_path / "sql" / folder).mkdir(parents=True)
        (tmp_path / "sql" / folder / f"{name}.sql").write_text(f"{HEADER}{statement}\n")
    return tmp_path / "sql"


@pytest.fixture
def built(sql: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema core; create schema marts; create sequence n_read")
        for model in read_models(sql):
            connection.execute(f"create {model.kind} {model.full_name} as {model.statement}")
        yield connection


def outcomes(
    connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...], copies: Copies | None
) -> list[tuple[str, str, int]]:
    asked = checks_of(models, ())
    found = copied_and_checked(connection, asked, models, copies)
    assert tuple(one.check for one in found) == asked
    return [(one.check.table, one.check.name, one.n_offending) for one in found]


def test_checks_come_out_the_same_with_copies_and_without(
    built: duckdb.DuckDBPyConnection, sql: Path, tmp_path: Path
) -> None:
    expected = [
        ("core.numbers", "unique_n", 1),
        ("core.numbers", "no_nulls", 1),
        ("marts.counted", "unique_n", 1),
        ("marts.counted", "no_nulls", 1),
    ]
    assert outcomes(built, read_models(sql), None) == expected
    with Copies(tmp_path / "copies") as copies:
        copies.begin("0" * 64)
        assert outcomes(built, read_models(sql), copies) == expected


def test_warehouse_that_cannot_be_copied_is_not_published(tmp_path: Path) -> None:
    class Full(Copies):
        def copy(self, connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
            raise OSError(errno.ENOSPC, "no space left")

    frames = frames_of([publication("a", None)], [parsed_report("a")])
    with pytest.raises(OSError, match="no space left"), Full(tmp_path / "copies") as copies:
        build_warehouse(frames, [], tmp_path / "judgements.duckdb", "test", copier=copies)
    assert os.listdir(tmp_path) == []


def test_view_is_worked_out_once_for_its_copy_and_all_its_checks(
    built: duckdb.DuckDBPyConnection, sql: Path, tmp_path: Path
) -> None:
    with Copies(tmp_path / "copies") as copies:
        copies.begin("0" * 64)
        outcomes(built, read_models(sql), copies)
        copies.publish()
    n_rows = 4
    assert built.execute("select currval('n_read')").fetchall() == [(n_rows,)]
    written = built.execute(f"select count(*) from '{tmp_path}/copies/marts/counted.csv'").fetchall()
    assert written == [(n_rows,)]
