"""When the quality of what stands is asked about, and old logs are removed: both off until switched on.

Belongs here: schedules that build nothing.
Stays out: the daily build (`automation.py`).
"""

import dagster as dg

from pipelines.defs.jobs import check_quality, tidy_history

LONDON = "Europe/London"

check_quality_daily = dg.ScheduleDefinition(
    name="check_quality_daily",
    job=check_quality,
    cron_schedule="0 9 * * *",
    execution_timezone=LONDON,
    description="Every morning: tells also when the daily build was never started, which no failed run would.",
)

tidy_history_weekly = dg.ScheduleDefinition(
    name="tidy_history_weekly",
    job=tidy_history,
    cron_schedule="0 3 * * sun",
    execution_timezone=LONDON,
    description="Every Sunday: removes what old runs printed.",
)
