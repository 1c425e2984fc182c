"""The raw layer: what has been published, and the bytes.

Belongs here: the assets of listing and archive.
Stays out: how a source is listed (`sources/`), how files are kept (`archive/`).
"""

import dagster as dg
import msgspec

from pipelines import stages
from pipelines.defs.resources import DataFolder


class ListingConfig(dg.Config):
    """Which reports a run is about."""

    source: str = "sample"
    """`sample`, or a directory of PDFs."""
    only: str | None = None
    """Keep reports whose path or authority holds this text."""
    limit: int | None = None
    """Keep the first so many of them."""


class ArchiveConfig(dg.Config):
    """How carefully files are looked at."""

    force: bool = False
    """Open also files that look unchanged."""


@dg.asset(key=["raw", "published_reports"], group_name="raw", kinds={"sqlite"})
def published_reports(config: ListingConfig, data_folder: DataFolder) -> dg.MaterializeResult[None]:
    """Every publication that the source lists now. One row: an address or path under which a report stands."""
    counts = stages.list_reports(data_folder.settings(), config.source, config.only, config.limit)
    return dg.MaterializeResult(
        metadata={
            "source": config.source,
            "dagster/row_count": counts.n_published,
            "n_new": counts.n_new,
            "n_gone": counts.n_gone,
            "warnings": list(counts.warnings),
        }
    )


@dg.asset(key=["raw", "report_files"], group_name="raw", deps=[published_reports], kinds={"pdf"})
def report_files(config: ArchiveConfig, data_folder: DataFolder) -> dg.MaterializeResult[None]:
    """Every published report, byte for byte. One row: a publication and the file it serves, kept once by content."""
    counts = stages.archive_reports(data_folder.settings(), config.force)
    return dg.MaterializeResult(metadata=msgspec.structs.asdict(counts))
