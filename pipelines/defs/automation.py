"""When a build runs by itself.

Belongs here: the daily visit to Ofsted's site, off until somebody switches it on.
Stays out: what a build does (`jobs.py`), and schedules that build nothing (`upkeep.py`).
"""

import dagster as dg

from pipelines.defs.jobs import build_warehouse
from pipelines.sources.published import OFSTED

# Early on every day: a day without news costs the site a page for each authority, and no file.
fetch_from_ofsted_daily = dg.ScheduleDefinition(
    name="fetch_from_ofsted_daily",
    job=build_warehouse,
    cron_schedule="30 6 * * *",
    execution_timezone="Europe/London",
    run_config={"ops": {"raw__published_reports": {"config": {"source": OFSTED}}}},
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Find what Ofsted has published, fetch what is new or changed, and publish the warehouse. Set"
    " JUDGEMENTS_CONTACT before switching it on.",
)
