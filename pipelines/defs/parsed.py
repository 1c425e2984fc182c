"""The layer of facts: lines interpreted.

Belongs here: the asset of parsing.
Stays out: rules (`parsing/`, `frameworks/`).
"""

import dagster as dg
import msgspec

from pipelines import stages
from pipelines.defs.read import read_lines
from pipelines.defs.resources import DataFolder


class ParsingConfig(dg.Config):
    """How much is interpreted."""

    force: bool = False
    """Interpret every report again, also those these rules have seen."""


@dg.asset(key=["parsed", "reports"], group_name="parsed", deps=[read_lines], kinds={"python"})
def parsed_reports(config: ParsingConfig, data_folder: DataFolder) -> dg.MaterializeResult[None]:
    """What every report says: cover, judgements, sections, paragraphs, recommendations. One row: a report."""
    counts = stages.parse_reports(data_folder.settings(), config.force)
    return dg.MaterializeResult(metadata=msgspec.structs.asdict(counts))
