"""Warehouses to ask: each in memory, from a hand-made history."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import duckdb
import pytest

from tests.histories import Inspection, tables_of_history


@pytest.fixture
def history() -> Iterator[Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]]:
    with ExitStack() as opened:
        yield lambda inspections: opened.enter_context(tables_of_history(inspections))
