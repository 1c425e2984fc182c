"""The layer of lines: PDFs read once.

Belongs here: the asset of reading.
Stays out: readers and their cache (`reading/`).
"""

import dagster as dg
import msgspec
from pydantic import Field

from pipelines.build import stages
from pipelines.defs.graph import group, owners
from pipelines.defs.raw import report_files
from pipelines.defs.resources import Writer
from pipelines.defs.selection import ChosenReports


class ReadingConfig(ChosenReports):
    """How much is read."""

    force: bool = Field(default=False, description="Read again also reports whose lines are kept.")


@dg.asset(
    key=["read", "lines"], group_name=group("read"), owners=owners("read"), deps=[report_files], kinds={"python", "pdf"}
)
def read_lines(config: ReadingConfig, writer: Writer) -> dg.MaterializeResult[None]:
    """The lines of every report, as the reader found them. One row: a line with page, box, font and text.

    Kept by content and reader version: a report is opened once, and again only when the reader itself gets better.
    """
    counts = stages.read_reports(writer.settings(), config.force, choice=config.choice())
    return dg.MaterializeResult(metadata=msgspec.structs.asdict(counts))
