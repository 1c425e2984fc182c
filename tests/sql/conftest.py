"""A warehouse in memory from a hand-made history, for asking macros and views."""

from collections.abc import Callable, Iterable, Iterator

import duckdb
import polars as pl
import pytest

from pipelines.warehouse.build import derive, load_staged
from tests.histories import Inspection, frames_of, parsed_report, publication


@pytest.fixture
def history() -> Iterator[Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]]:
    connection = duckdb.connect()

    def make(inspections: Iterable[Inspection]) -> duckdb.DuckDBPyConnection:
        publications, reports = [], []
        for n, (authority, urn, framework, start, published, grades) in enumerate(inspections):
            publications.append(publication(f"r{n}", urn or None, published))
            reports.append(parsed_report(f"r{n}", authority, framework, [(start, start)], grades))
        connection.execute("create schema staged")
        build = {"source_name": ["test"], "fingerprint": ["0"]}
        load_staged(connection, {**frames_of(publications, reports), "build": pl.DataFrame(build)}, "staged")
        derive(connection)
        return connection

    yield make
    connection.close()
