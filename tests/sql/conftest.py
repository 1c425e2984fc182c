"""Warehouses to ask: each in memory, from a hand-made history."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import duckdb
import pytest

from tests.histories import Inspection, Visited, tables_of_history


@pytest.fixture
def history() -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    with ExitStack() as opened:

        def ask(inspections: Iterable[Inspection], visits: Iterable[Visited] = ()) -> duckdb.DuckDBPyConnection:
            return opened.enter_context(tables_of_history(inspections, visits))

        yield ask
