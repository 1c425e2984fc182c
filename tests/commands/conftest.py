"""What tests of commands share: a data folder with the warehouse of the sample."""

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, sample_warehouse: Path) -> Path:
    """A data folder whose warehouse is that of the sample."""
    folder = tmp_path_factory.mktemp("asked") / "data"
    (folder / "warehouse").mkdir(parents=True)
    (folder / "warehouse" / sample_warehouse.name).symlink_to(sample_warehouse)
    return folder
