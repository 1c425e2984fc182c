"""The same reports give the same rows in the same order, on whatever machine."""

from pathlib import Path

import pytest

from pipelines.tables.staged import Frames
from pipelines.warehouse.models import read_models
from tests.histories import tables_of
from tests.readings import staged_sample

Tables = dict[str, list[tuple[object, ...]]]


@pytest.mark.slow
def test_every_table_has_one_order_whatever_the_number_of_threads(shared_folder: Path) -> None:
    frames = staged_sample(shared_folder).whole()
    once, again = (tables(frames, n_threads) for n_threads in (1, 4))
    assert [name for name in once if once[name] != again[name]] == []


def tables(frames: Frames, n_threads: int) -> Tables:
    with tables_of(frames, n_threads=n_threads) as connection:
        names = [model.full_name for model in read_models() if model.kind == "table"]
        return {name: connection.execute(f"from {name}").fetchall() for name in names}
