"""The sample's reports as a reader reads them: made and read once for all tests, whichever worker asks first.

Belongs here: that one reading. Stays out: what any test makes of it.
"""

import pickle
from functools import partial
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from pipelines.parsing.facts import ParsedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.lines import ReadReport
from pipelines.reading.readers import READERS, read_report
from pipelines.sample.make import DEFAULT_REPORTS, DEFAULT_SEED, make_report
from pipelines.sample.truth import ReportTruth
from pipelines.workers.pool import Failed, run_locally


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
