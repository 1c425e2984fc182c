"""What can be started by name, and the schedules that start it, all off until somebody switches them on."""

import datetime as dt

import dagster as dg
from pydantic import Field

from pipelines.defs.checks import listing_is_fresh, readers_agree_on_a_sample
from pipelines.defs.reports import published_reports, report_files
from pipelines.defs.start_here import START_HERE
from pipelines.sources.published import OFSTED

LONDON = "Europe/London"

_FETCHED = dg.AssetSelection.assets(published_reports, report_files)

fetch_reports = dg.define_asset_job(
    "fetch_reports",
    selection=_FETCHED,
    description="Press this to bring everything up to date: it lists the source and fetches what is new, and"
    " build_warehouse starts by itself when there is something to build.",
)

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.all() - _FETCHED - dg.AssetSelection.assets(START_HERE.key),
    description="Read and interpret what was fetched, then build, check and publish the warehouse and its exports."
    " Asks no source, and opens no PDF whose lines are kept.",
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


fetch_from_ofsted_daily = dg.ScheduleDefinition(
    name="fetch_from_ofsted_daily",
    job=fetch_reports,
    cron_schedule="30 6 * * *",
    execution_timezone=LONDON,
    run_config={"ops": {"raw__published_reports": {"config": {"source": OFSTED}}}},
    description="Fetch what Ofsted has published: a day without news costs the site a page for each authority, and no"
    " file. Set JUDGEMENTS_CONTACT before switching it on.",
)

check_quality_daily = dg.ScheduleDefinition(
    name="check_quality_daily",
    job=check_quality,
    cron_schedule="0 9 * * *",
    execution_timezone=LONDON,
    description="Every morning: notices also that the daily fetch was never started, which no failed run would.",
)

tidy_history_weekly = dg.ScheduleDefinition(
    name="tidy_history_weekly",
    job=tidy_history,
    cron_schedule="0 3 * * sun",
    execution_timezone=LONDON,
    description="Every Sunday: removes what old runs printed.",
)
