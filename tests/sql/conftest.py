"""Warehouses to ask: one in memory from a hand-made history, and that of the whole default sample."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock
from pipelines.warehouse.deriving import derive
from pipelines.warehouse.loading import build_frames, load_staged

from pipelines.sample.history import world_size
from pipelines.sample.make import DEFAULT_REPORTS
from pipelines.sample.truth import ReportTruth
from pipelines.sample.world import write_world
from pipelines.sources.published import ArchivedReport, PublishedReport
from pipelines.tables.frames import stage
from pipelines.warehouse.build import build_warehouse
from tests.histories import FIRST_SEEN, Inspection, frames_of, parsed_report, publication
from tests.readings import SampleReading


@pytest.fixture
def history() -> Iterator[Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]]:
    connection = duckdb.connect()

    def make(inspections: Iterable[Inspection]) -> duckdb.DuckDBPyConnection:
        publications, reports = [], []
        for n, (authority, urn, framework, start, published, grades) in enumerate(inspections):
            publications.append(publication(f"r{n}", urn or None, published))
            reports.append(parsed_report(f"r{n}", authority, framework, [(start, start)], grades))
        connection.execute("create schema staged")
        load_staged(connection, {**frames_of(publications, reports), **build_frames("test", "0")}, "staged")
        derive(connection)
        return connection

    yield make
    connection.close()


@pytest.fixture(scope="session")
def sample_warehouse(reference_readings: list[SampleReading], shared_folder: Path) -> Path:
    """The warehouse of the default sample, built once even where several workers run the tests. Open it read-only."""
    published = shared_folder / "sample-warehouse" / "judgements.duckdb"
    with FileLock(shared_folder / "sample-warehouse.lock"):
        if not published.is_file():
            reference = shared_folder / "sample-world"
            write_world(reference, world_size(DEFAULT_REPORTS))
            staged = stage(
                [_archived(one.truth) for one in reference_readings],
                {one.truth.file_sha256: one.lines for one in reference_readings},
                {one.truth.file_sha256: one.parsed() for one in reference_readings},
                reference,
                content=str,
            )
            build_warehouse(staged.reference, staged.parts, published, "sample")
    return published


def _archived(truth: ReportTruth) -> ArchivedReport:
    published = PublishedReport(
        source_path=truth.path,
        source_url=truth.source_url,
        provider_urn=truth.provider_urn,
        authority_name=truth.authority,
        label=truth.label,
        published_date=truth.published_date,
    )
    return ArchivedReport(published, truth.file_sha256, reason=None, detail=None, first_seen_at=FIRST_SEEN)
