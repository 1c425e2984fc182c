"""Warehouses of the real reports beside the repository, without and with Ofsted's editions: each built once a session.

Tests that ask for them skip where `../shared/reports` does not lie beside the repository.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from pipelines.build.run import build
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from tests.corpus.asked import Asked
from tests.corpus.record import record_of

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session", params=["reports alone", "with editions"])
def asked(request: pytest.FixtureRequest, shared_folder: Path) -> Iterator[Asked]:
    statistics = SHARED / "official-statistics" if request.param == "with editions" else None
    if not (SHARED / "reports").is_dir() or (statistics and not statistics.is_dir()):
        pytest.skip("no real reports or editions in ../shared beside the repository")
    kept = Settings(data=shared_folder / "corpus", workers=2, statistics=statistics)
    warehouse = shared_folder / f"{request.param}.duckdb"
    with FileLock(shared_folder / "corpus.lock"):
        if not warehouse.is_file():
            build(kept, Wanted(str(SHARED / "reports")), lambda stage: lambda n_done, n_in_all: None)
            warehouse.hardlink_to(kept.warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield Asked(connection, record_of(connection))
