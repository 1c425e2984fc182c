"""A build keeps to little memory, and takes more only where little does not do, and only for so long."""

import duckdb
import pytest

from pipelines.warehouse.connection import held_to, side_by_side


def n_different(connection: duckdb.DuckDBPyConnection, n_rows: int) -> int:
    rows = f"select distinct 'a text that is too long to be kept in place ' || range as text from range({n_rows})"
    return int(connection.execute(f"select count(*) from ({rows})").fetchall()[0][0])


def test_question_too_large_for_its_memory_is_asked_again_with_more() -> None:
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '40MiB'")
        connection.execute("set temp_directory = ''")
        assert side_by_side(connection, n_different, [10, 400_000, 20]) == [10, 400_000, 20]
        assert connection.execute("select current_setting('memory_limit')").fetchall() == [("40.0 MiB",)]


def test_questions_that_fit_leave_the_limit_alone() -> None:
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '40MiB'")
        assert side_by_side(connection, n_different, [10, 20]) == [10, 20]
        assert connection.execute("select current_setting('memory_limit')").fetchall() == [("40.0 MiB",)]


def test_work_goes_on_where_less_cannot_be_held() -> None:
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '200MiB'")
        connection.execute("create table pinned (n integer primary key); insert into pinned from range(100_000)")
        with held_to(connection, "1MiB"):
            assert connection.execute("select max(n) from pinned").fetchall() == [(99_999,)]
        assert connection.execute("select current_setting('memory_limit')").fetchall() == [("200.0 MiB",)]


def test_cores_are_every_questions_again_also_after_one_that_failed() -> None:
    with duckdb.connect() as connection:
        cores = connection.execute("select current_setting('threads')").fetchall()
        assert side_by_side(connection, threads_of, [1, 2]) == [1, 1]
        with pytest.raises(duckdb.CatalogException):
            side_by_side(connection, lambda apart, _: apart.execute("from nowhere"), [1])
        assert connection.execute("select current_setting('threads')").fetchall() == cores


def threads_of(connection: duckdb.DuckDBPyConnection, _: int) -> int:
    return int(connection.execute("select current_setting('threads')").fetchall()[0][0])
