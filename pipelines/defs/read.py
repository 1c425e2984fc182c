"""The layer of lines: PDFs read once.

Belongs here: the asset of reading.
Stays out: readers and their cache (`reading/`).
"""

import dagster as dg
import msgspec
from pydantic import Field

from pipelines import stages
from pipelines.choice import Choice
from pipelines.defs.graph import group, owners
from pipelines.defs.raw import report_files
from pipelines.defs.resources import Writer


class ReadingConfig(dg.Config):
    """How much is read."""

    force: bool = Field(default=False, description="Read again also reports whose lines are kept.")
    only: str | None = Field(
        default=None,
        description="Look at no more than the reports whose path, address or authority holds this text."
        " The warehouse stays whole.",
    )
    framework_code: str | None = Field(
        default=None, description="Look at no more than the reports published under this framework, as `sif`."
    )


@dg.asset(
    key=["read", "lines"], group_name=group("read"), owners=owners("read"), deps=[report_files], kinds={"python", "pdf"}
)
def read_lines(config: ReadingConfig, writer: Writer) -> dg.MaterializeResult[None]:
    """The lines of every report, as the reader found them. One row: a line with page, box, font and text.

    Kept by content and reader version: a report is opened once, and again only when the reader itself gets better.
    """
    choice = Choice(config.only, config.framework_code)
    counts = stages.read_reports(writer.settings(), config.force, choice=choice)
    return dg.MaterializeResult(metadata=msgspec.structs.asdict(counts))
