"""What the tests of Dagster share: one instance, and one build of a tiny folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import dagster as dg
import pytest

from pipelines.build import agreement
from tests.defs.running import listing, run


@pytest.fixture(autouse=True)
def _readers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading every report with the slow reader too is not what these tests are about."""
    monkeypatch.setattr(agreement, "compare_some", lambda *_: [])


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """A history of its own."""
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


class Built(NamedTuple):
    """A data folder with three reports fetched and built, the history of that, and both runs. Not to be written to."""

    data: Path
    reports: Path
    instance: dg.DagsterInstance
    fetch: dg.ExecuteInProcessResult
    build: dg.ExecuteInProcessResult


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Iterator[Built]:
    data = tmp_path_factory.mktemp("built") / "data"
    with dg.DagsterInstance.ephemeral() as instance:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(agreement, "compare_some", lambda *_: [])
            fetch = run("fetch_reports", data, instance, **listing(three_reports))
            build = run("build_warehouse", data, instance)
        yield Built(data, three_reports, instance, fetch, build)
