"""The layer of lines: PDFs read once.

Belongs here: the asset of reading.
Stays out: readers and their cache (`reading/`).
"""

import dagster as dg
import msgspec

from pipelines import stages
from pipelines.defs.raw import report_files
from pipelines.defs.resources import DataFolder


class ReadingConfig(dg.Config):
    """How much is read."""

    force: bool = False
    """Read every report again, also those whose lines are kept."""


@dg.asset(key=["read", "lines"], group_name="read", deps=[report_files], kinds={"python"})
def read_lines(config: ReadingConfig, data_folder: DataFolder) -> dg.MaterializeResult[None]:
    """The lines of every report, as the reader found them. One row: a line with page, box, font and text."""
    counts = stages.read_reports(data_folder.settings(), config.force)
    return dg.MaterializeResult(metadata=msgspec.structs.asdict(counts))
