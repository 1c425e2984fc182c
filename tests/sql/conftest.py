"""Warehouses to ask: each in memory, from a hand-made history."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack

import duckdb
import pytest

from tests.histories import Inspection, Told, Visited, tables_of_history


@pytest.fixture
def history() -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    with ExitStack() as opened:

        def ask(
            inspections: Iterable[Inspection],
            visits: Iterable[Visited] = (),
            told: Iterable[Told] = (),
            printed: Mapping[str, str] | None = None,
        ) -> duckdb.DuckDBPyConnection:
            return opened.enter_context(tables_of_history(inspections, visits, told, printed))

        yield ask
