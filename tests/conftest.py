"""What tests of every layer share: settings of their own, and a handful of sample reports."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.sources.sample.make import make_sample


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("JUDGEMENTS_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", workers=1)


@pytest.fixture(scope="session")
def three_reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory of three sample reports with its catalogue and its own authorities. Not to be written to."""
    folder = tmp_path_factory.mktemp("three") / "reports"
    make_sample(folder, reports=3, misfits=False)
    yield folder
    shutil.rmtree(folder)
