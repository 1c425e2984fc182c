"""What tests of every layer share: settings of their own, and sample reports, as files or as they are read."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from pipelines.build.run import BuildSummary
from pipelines.exports import EXPORTS
from pipelines.reading.readers import READERS
from pipelines.sample.make import make_sample
from pipelines.settings import Settings
from tests.readings import DEFAULT_READER, SampleReading, built_sample, read_sample, sample_data

# the same examples at every run, and none that fails because the machine was busy
hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

# Settings from outside go before anything is imported that reads them, and before fixtures of a whole session are made.
for _name in [name for name in os.environ if name.startswith("JUDGEMENTS_")]:
    del os.environ[_name]
# What a terminal's width and colours make of a sentence is not what tests are about.
for _name in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "TTY_COMPATIBLE"):
    os.environ.pop(_name, None)
os.environ["COLUMNS"] = "120"

# Two seconds a build: tests/site looks at the pages, and asks for them.
pytest.MonkeyPatch().setattr(
    "pipelines.exports.publish.EXPORTS", tuple(export for export in EXPORTS if export.name != "site")
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", workers=1)


@pytest.fixture(scope="session")
def three_reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory of three sample reports with its catalogue and its own authorities. Not to be written to."""
    folder = tmp_path_factory.mktemp("three") / "reports"
    make_sample(folder, reports=3, bad_files=False)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of one run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(reader, marks=[] if reader == DEFAULT_READER else pytest.mark.slow) for reader in sorted(READERS)
    ],
)
def sample_readings(request: pytest.FixtureRequest, shared_folder: Path) -> list[SampleReading]:
    """The default sample as each reader reads it, in order; read once even where several workers run the tests."""
    return read_sample(request.param, shared_folder)


@pytest.fixture(scope="module")
def built_sample_data(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, BuildSummary]:
    """A data folder with the whole sample, as `make warehouse` leaves it, and what that build said."""
    data, summary = sample_data(shared_folder)
    copy = shutil.copytree(data, tmp_path_factory.mktemp("sample") / "my data", symlinks=True)
    return Settings(data=copy, workers=1), summary


@pytest.fixture(scope="session")
def sample_warehouse(shared_folder: Path) -> Path:
    """The warehouse of the default sample, built once even where several workers run the tests. Open it read-only."""
    return built_sample(shared_folder)
