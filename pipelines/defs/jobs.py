"""What can be started by name, and what starts it: schedules, off until switched on, and sensors."""

import datetime as dt
from collections.abc import Mapping

import dagster as dg

from pipelines.archive.ledger import Ledger
from pipelines.build.state import current_build
from pipelines.defs.checks import REPORTS_READ_TWICE_WEEKLY, listing_is_fresh, readers_agree_on_a_sample
from pipelines.defs.reports import official_editions, published_reports, report_files
from pipelines.defs.start_here import START_HERE, first_page, start_page
from pipelines.settings import read_settings
from pipelines.sources.folder import folder_state
from pipelines.sources.published import OFSTED

_FETCHED = dg.AssetSelection.assets(published_reports, report_files, official_editions)

fetch_reports = dg.define_asset_job(
    "fetch_reports",
    selection=_FETCHED,
    description="Press this to bring everything up to date: it lists the source and fetches what is new, and"
    " build_warehouse starts by itself when there is something to build.",
)

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.all() - _FETCHED,
    description="Read and parse what was fetched, then build, check and publish the warehouse and its exports."
    " Asks no source, unless a file is damaged in the archive, and opens no PDF whose lines are kept.",
)

check_quality = dg.define_asset_job(
    "check_quality",
    selection=dg.AssetSelection.checks(listing_is_fresh, readers_agree_on_a_sample),
    description="Ask whether the listing is current and the readers agree. Changes nothing.",
)

fetch_from_ofsted_daily = dg.ScheduleDefinition(
    name="fetch_from_ofsted_daily",
    job=fetch_reports,
    cron_schedule="30 6 * * *",
    execution_timezone="Europe/London",
    run_config={"ops": {"raw__published_reports": {"config": {"source": OFSTED}}}},
    description="Fetch what Ofsted has published. Set JUDGEMENTS_CONTACT before switching it on.",
)


def _check_schedule(
    name: str, cron: str, check: dg.AssetChecksDefinition, config: Mapping[str, object], description: str
) -> dg.ScheduleDefinition:
    """Ask one of the checks of `check_quality`, and no other."""
    steps = {check.node_def.name: {"config": config}} if config else {}
    request = dg.RunRequest(asset_check_keys=list(check.check_keys), run_config={"ops": steps})
    return dg.ScheduleDefinition(
        name=name,
        job=check_quality,
        cron_schedule=cron,
        execution_timezone="Europe/London",
        execution_fn=lambda _context: request,
        description=description,
    )


check_freshness_daily = _check_schedule(
    "check_freshness_daily",
    "0 9 * * *",
    listing_is_fresh,
    {},
    "Every morning: notices also that the daily fetch was never started, which no failed run would.",
)

check_readers_weekly = _check_schedule(
    "check_readers_weekly",
    "0 10 * * 0",
    readers_agree_on_a_sample,
    {"n_reports": REPORTS_READ_TWICE_WEEKLY},
    f"Every Sunday: reads {REPORTS_READ_TWICE_WEEKLY} reports with both readers, in a minute or two. A build reads"
    " three so.",
)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[fetch_reports],
    request_job=build_warehouse,
    minimum_interval_seconds=5,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts build_warehouse after a fetch that went through, when there is something to build.",
)
def build_after_fetch(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """One build a fetch at most."""
    settings = read_settings()
    with Ledger.open(settings.ledger) as ledger:
        if current_build(ledger, settings):
            return dg.SkipReason("Nothing to build: the published warehouse holds all that was fetched.")
    return dg.RunRequest(run_key=context.dagster_run.run_id)


@dg.sensor(
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Renews start_here after a build or restore at a terminal, and where no run has made it yet.",
)
def start_here_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Makes the page where something was listed, built or restored since it was made. Runs renew it themselves."""
    settings = read_settings()
    event = context.instance.get_latest_materialization_event(START_HERE.key)
    current = dg.SensorResult(skip_reason="start_here is current.")
    if not settings.ledger.is_file():
        return current if event else dg.SensorResult(asset_events=[first_page()])
    with Ledger.open_read_only(settings.ledger) as ledger:
        build = ledger.last_build()
        changes = [at for at in (ledger.last_listed_at(), build.published_at if build else None) if at]
        if event and all(at.replace(tzinfo=dt.UTC).timestamp() <= event.timestamp for at in changes):
            return current
        return dg.SensorResult(asset_events=[start_page(context.instance, ledger, settings)])


@dg.sensor(
    job=fetch_reports,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts fetch_reports when PDFs of JUDGEMENTS_WATCHED_FOLDER have changed and two looks in a row saw"
    " the same: a file that is still being copied is waited for.",
)
def folder_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One run for each state in which the folder stops changing. The cursor: the state seen last, or fetched."""
    settings = read_settings()
    folder = settings.watched_folder
    if folder is None:
        return dg.SensorResult(skip_reason="No folder is watched: JUDGEMENTS_WATCHED_FOLDER is not set.")
    state = folder_state(folder, settings.raw)
    if state is None:
        return dg.SensorResult(skip_reason=f"{folder} holds no PDF.")
    fetched = f"fetched {state}"
    if context.cursor == fetched:
        return dg.SensorResult(skip_reason="Nothing has changed since the last run was asked for.")
    if context.cursor != state:
        return dg.SensorResult(skip_reason=f"{folder} has changed: waiting until it is at rest.", cursor=state)
    config = {"ops": {"raw__published_reports": {"config": {"source": str(folder.absolute())}}}}
    return dg.SensorResult(run_requests=[dg.RunRequest(run_config=config)], cursor=fetched)
