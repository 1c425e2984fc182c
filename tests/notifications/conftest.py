"""What tests of notifications share: nothing waits, and no proxy stands between."""

import os
from pathlib import Path

import pytest

from pipelines.notifications import service
from pipelines.settings import Settings


@pytest.fixture(autouse=True)
def _directly_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(service, "SECONDS_BEFORE_RETRY", 0.0)


@pytest.fixture
def of_sample(tmp_path: Path, sample_warehouse: Path) -> Settings:
    """A data folder that holds the warehouse of the sample, as somebody copied it there."""
    settings = Settings(data=tmp_path / "data", workers=1)
    settings.warehouse.parent.mkdir(parents=True)
    os.link(sample_warehouse, settings.warehouse)
    return settings
