"""What can be run by name.

Belongs here: jobs over the assets and their checks, and the one that tidies up after them.
Stays out: assets, and when a job runs by itself (`automation.py`).
"""

import datetime as dt

import dagster as dg
from pydantic import Field

from pipelines.defs.checks import listing_is_fresh, readers_agree_on_a_sample
from pipelines.defs.raw import published_reports, report_files
from pipelines.defs.read import read_lines

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.all(),
    description="Find, fetch, read and interpret reports, then build, check and publish the warehouse.",
)

fetch_reports = dg.define_asset_job(
    "fetch_reports",
    selection=dg.AssetSelection.assets(published_reports, report_files),
    description="Find what is published and take in the files, no more. The warehouse stays as it is.",
)

interpret_reports = dg.define_asset_job(
    "interpret_reports",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(published_reports, report_files, read_lines),
    description="Interpret what is held and publish the warehouse anew. Asks no source, and opens no PDF whose lines"
    " are kept.",
)

check_quality = dg.define_asset_job(
    "check_quality",
    selection=dg.AssetSelection.checks(listing_is_fresh, readers_agree_on_a_sample),
    description="Ask whether the listing is current and the readers agree. Changes nothing.",
)


class TidyConfig(dg.Config):
    """What is kept."""

    days_kept: int = Field(default=60, ge=1, description="What runs printed is kept so long. Their events stay.")


def now() -> dt.datetime:
    """The time."""
    return dt.datetime.now(dt.UTC)


@dg.op
def remove_old_logs(context: dg.OpExecutionContext, config: TidyConfig) -> None:
    """Remove what runs printed, once it is old. Their events and numbers stay, and with them the plots."""
    before = now() - dt.timedelta(days=config.days_kept)
    finished = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    runs = context.instance.get_runs(dg.RunsFilter(statuses=finished, created_before=before))
    for run in runs:
        context.instance.compute_log_manager.delete_logs(prefix=[run.run_id])
    context.log.info(f"{len(runs)} runs are older than {config.days_kept} days: what they printed is gone.")


@dg.job(description="Remove what runs printed more than sixty days ago.")
def tidy_history() -> None:
    """The one job that is about Dagster itself."""
    remove_old_logs()
