"""The raw layer: what has been published, and the bytes.

Belongs here: the assets of listing and archive.
Stays out: how a source is listed (`sources/`), how files are kept (`archive/`).
"""

import datetime as dt

import dagster as dg
from pydantic import Field

from pipelines.build import stages
from pipelines.defs.fetched import heads, retried
from pipelines.defs.graph import group, owners
from pipelines.defs.resources import Writer
from pipelines.settings import Settings

HOURS_FRESH = Settings().hours_fresh
SOURCE = Settings().source


class ListingConfig(dg.Config):
    """Which reports a run is about."""

    source: str = Field(
        default=SOURCE,
        description="`ofsted`, `sample`, or a directory of PDFs. JUDGEMENTS_SOURCE says what stands here at first.",
    )
    only: str | None = Field(
        default=None,
        description="List no more than the reports whose path or authority holds this text, for a trial: the warehouse"
        " then holds those alone, and does not replace a larger one unless accept_fewer_inspections says so.",
    )
    limit: int | None = Field(default=None, ge=1, description="List no more than the first so many. As for `only`.")
    accept_shrunken_listing: bool = Field(
        default=False, description="Believe a site that lists a tenth less than last time, or less still."
    )


class ArchiveConfig(dg.Config):
    """How carefully files are looked at."""

    force: bool = Field(default=False, description="Open, or ask for, also files that look unchanged.")


@dg.asset(
    key=["raw", "published_reports"],
    group_name=group("raw"),
    owners=owners("raw"),
    kinds={"sqlite"},
    freshness_policy=dg.FreshnessPolicy.time_window(
        fail_window=dt.timedelta(hours=2 * HOURS_FRESH), warn_window=dt.timedelta(hours=HOURS_FRESH)
    ),
)
def published_reports(config: ListingConfig, writer: Writer) -> dg.MaterializeResult[None]:
    """Every publication that the source lists now. One row: an address or path under which a report stands."""
    with retried():
        counts = stages.list_reports(
            writer.settings(), config.source, config.only, config.limit, config.accept_shrunken_listing
        )
    return dg.MaterializeResult(
        metadata={
            "source": config.source,
            "dagster/row_count": counts.n_published,
            "n_new": counts.n_new,
            "n_gone": counts.n_gone,
            "warnings": list(counts.warnings),
            "unread": counts.unread,
            **heads({"vanished": counts.vanished, "failed": counts.failed}),
        }
    )


@dg.asset(
    key=["raw", "report_files"], group_name=group("raw"), owners=owners("raw"), deps=[published_reports], kinds={"pdf"}
)
def report_files(config: ArchiveConfig, writer: Writer) -> dg.MaterializeResult[None]:
    """Every published report, byte for byte. One row: a publication and the file it serves, kept once by content."""
    with retried():
        counts = stages.archive_reports(writer.settings(), config.force)
    return dg.MaterializeResult(
        metadata={
            "n_published": counts.n_published,
            "n_new_files": counts.n_new_files,
            "n_refused": counts.n_refused,
            **heads(
                {
                    "new": counts.new,
                    "changed": counts.changed,
                    "failed": counts.failed,
                    "unchanged": counts.unchanged,
                }
            ),
        }
    )
