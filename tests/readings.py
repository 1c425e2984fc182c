"""The sample's reports as a reader reads them, and the warehouse of them: made once, whichever test worker asks first.

Belongs here: that one reading and that one build. Stays out: what any test makes of them.
"""

import pickle
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from filelock import FileLock

from pipelines.build.run import BuildSummary, build
from pipelines.parsing.facts import ParsedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.lines import ReadReport
from pipelines.reading.readers import READERS, read_report
from pipelines.sample.history import world_size
from pipelines.sample.make import DEFAULT_REPORTS, DEFAULT_SEED, make_report
from pipelines.sample.statistics import write_statistics
from pipelines.sample.truth import ReportTruth, SampleTruth
from pipelines.sample.world import write_world
from pipelines.settings import Settings
from pipelines.sources.published import ArchivedReport, PublishedReport, Wanted
from pipelines.statistics.edition import read_edition
from pipelines.tables.frames import stage
from pipelines.tables.staged import Staged
from pipelines.warehouse.build import built_warehouse, replace_published
from pipelines.workers.pool import Failed, run_locally
from tests.histories import FIRST_SEEN, StoreOf

DEFAULT_READER = str(Settings.model_fields["reader"].default)


class SampleReading(NamedTuple):
    """A sample report: what it holds, and the lines that were read from it."""

    truth: ReportTruth
    lines: ReadReport

    def parsed(self) -> ParsedReport:
        """What the rules make of the lines."""
        report = parse_report(self.lines)
        assert isinstance(report, ParsedReport), report
        return report


def read_sample_report(reader: str, index: int) -> SampleReading:
    """Make and read one report of the default sample."""
    truth, content = make_report(DEFAULT_SEED, index)
    lines = read_report(READERS[reader], content, truth.file_sha256)
    assert isinstance(lines, ReadReport), lines
    return SampleReading(truth, lines)


def read_sample(reader: str, shared: Path, n_workers: int = 2) -> list[SampleReading]:
    """The whole default sample in order, read by the first of several test workers that share a folder."""
    kept = shared / f"sample-{reader}.pickle"
    with FileLock(f"{kept}.lock"):
        if not kept.is_file():
            read = partial(read_sample_report, reader)
            outcomes = run_locally(read, range(DEFAULT_REPORTS), n_workers, seconds_per_item=600)
            readings = {index: one for index, one in outcomes if not isinstance(one, Failed)}
            kept.write_bytes(pickle.dumps([readings[index] for index in range(DEFAULT_REPORTS)]))
    return list(pickle.loads(kept.read_bytes()))


def staged_sample(shared: Path, without: Collection[str] = ()) -> Staged:
    """The rows of the default sample, read by the default reader, and of its statistics.

    Reports may be left out by their hash: the statistics tell of all.
    """
    whole = read_sample(DEFAULT_READER, shared)
    reference = shared / "sample-world"
    with FileLock(f"{reference}.lock"):
        write_world(reference, world_size(DEFAULT_REPORTS))
        sample = SampleTruth(reference, tuple(one.truth for one in whole), ())
        write_statistics(sample, world_size(DEFAULT_REPORTS), DEFAULT_SEED)
    readings = [one for one in whole if one.truth.file_sha256 not in without]
    store = StoreOf(
        {one.truth.file_sha256: one.lines for one in readings},
        {one.truth.file_sha256: one.parsed() for one in readings},
    )
    editions = [read_edition(path.read_bytes(), path.name) for path in (reference / "statistics").iterdir()]
    return stage([_archived(one.truth) for one in readings], store, reference, editions=editions)


def built_sample(shared: Path) -> Path:
    """The published warehouse of the whole default sample, read by the default reader."""
    published = shared / "sample-warehouse" / "judgements.duckdb"
    with FileLock(shared / "sample-warehouse.lock"):
        if not published.is_file():
            with built_warehouse(staged_sample(shared), published, "sample", shared / "sample-rows") as built:
                replace_published(built.path, built.published, is_altered=built.replaces_altered)
    return published


def sample_data(shared: Path) -> tuple[Path, BuildSummary]:
    """A data folder as `make warehouse` leaves it, and what that build said. To be copied, not written to."""
    data, said = shared / "sample-data", shared / "sample-data.json"
    with FileLock(shared / "sample-data.lock"):
        if not said.is_file():
            summary = build(Settings(data=data), Wanted("sample"), lambda _stage: lambda _n_done, _n_in_all: None)
            said.write_bytes(msgspec.json.encode(summary))
    return data, msgspec.json.decode(said.read_bytes(), type=BuildSummary)


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
