"""The layer of facts: lines interpreted.

Belongs here: the asset of parsing.
Stays out: rules (`parsing/`, `frameworks/`).
"""

import dagster as dg
import msgspec
from pydantic import Field

from pipelines.build import stages
from pipelines.defs.graph import group, owners
from pipelines.defs.read import read_lines
from pipelines.defs.resources import Writer
from pipelines.defs.selection import ChosenReports


class ParsingConfig(ChosenReports):
    """How much is interpreted."""

    force: bool = Field(default=False, description="Interpret again also reports that these rules have seen.")


@dg.asset(
    key=["parsed", "reports"], group_name=group("parsed"), owners=owners("parsed"), deps=[read_lines], kinds={"python"}
)
def parsed_reports(config: ParsingConfig, writer: Writer) -> dg.MaterializeResult[None]:
    """What every report says: cover, judgements, sections, paragraphs, recommendations. One row: a report.

    Kept by content and rules version: a changed rule interprets every report again and opens no PDF.
    """
    counts = stages.parse_reports(writer.settings(), config.force, choice=config.choice())
    return dg.MaterializeResult(metadata=msgspec.structs.asdict(counts))
