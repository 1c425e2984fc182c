"""Notifications: a run failed, or a check did in a run that went through.

They go to the addresses of JUDGEMENTS_NOTIFY_URL, which may hold passwords: no log and no error names one.
"""

import logging
import textwrap
from collections.abc import Iterator, Sequence
from itertools import dropwhile

import dagster as dg
from pydantic import SecretStr

from pipelines.defs.summary import reason
from pipelines.errors import JudgementsError
from pipelines.settings import Settings

SECONDS_BEFORE_RETRY = 1.0
MOST_LINES = 10
"""More than this in one message is left to the page that it leads to."""
LONGEST_LINE = 300


class NotSentError(JudgementsError):
    """A notification that was not taken; the message says by which address, counted, not named."""


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=15,
    description="Notifies of each run that failed, with the error and the checks that did not pass.",
)
def notify_of_failed_runs(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
    """One message a run."""
    run, failure = context.dagster_run, context.failure_event
    errors = [f"{one.step_key}: {reason(one.step_failure_data.error)}" for one in context.get_step_failure_events()]
    told = errors or [reason(failure.job_failure_data.error, failure.message)]
    return _notify(f"{run.job_name} failed", [*told, *_failed_checks(context)], run.run_id)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=15,
    description="Notifies of checks that did not pass in a run that went through. A warning that did not pass the time"
    " before either is no news.",
)
def notify_of_failed_checks(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
    """One message a run."""
    run, lines = context.dagster_run, list(_failed_checks(context))
    if not lines:
        return dg.SkipReason("No news: every check passed, or failed the time before too.")
    checks = "1 check" if len(lines) == 1 else f"{len(lines)} checks"
    return _notify(f"{run.job_name} went through, and {checks} did not pass", lines, run.run_id)


def send(title: str, body: str, addresses: SecretStr) -> None:
    """Send to each address, trying again where one does not take it. Raises NotSentError."""
    import apprise

    # These tell of whole addresses, and of what was wrong with one.
    for library in ("apprise", "urllib3"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(default_service_retry=2, default_service_wait=SECONDS_BEFORE_RETRY)
    failed = []
    for place, address in enumerate(addresses.get_secret_value().split(), start=1):
        service = apprise.Apprise(asset=asset)
        if not service.add(address) or not service.notify(title=title, body=body):
            failed.append(f"address {place}")
    if failed:
        raise NotSentError(f"A notification was not taken by {', '.join(failed)} of JUDGEMENTS_NOTIFY_URL.")


def _notify(title: str, lines: Sequence[str], run_id: str) -> dg.SkipReason | None:
    """Send the particulars, a line each, and the page where all of it stands."""
    settings = Settings()
    if settings.notify_url is None:
        return dg.SkipReason("Nobody is notified: JUDGEMENTS_NOTIFY_URL is not set.")
    shown = [textwrap.shorten(line, LONGEST_LINE, placeholder="…") for line in lines[:MOST_LINES]]
    more = [f"and {len(lines) - MOST_LINES:,} more"] if len(lines) > MOST_LINES else []
    body = "\n".join((*(f"- {line}" for line in (*shown, *more)), f"{settings.ui_url}/runs/{run_id}"))
    send(title, body, settings.notify_url)
    return None


def _failed_checks(context: dg.RunStatusSensorContext) -> Iterator[str]:
    """A line for each check that did not pass in the run and is news."""
    events = context.instance.all_logs(context.dagster_run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    for event in events:
        evaluation = event.dagster_event and event.dagster_event.asset_check_evaluation_data
        if evaluation and not evaluation.passed:
            key, is_blocking = evaluation.asset_check_key, evaluation.severity == dg.AssetCheckSeverity.ERROR
            if is_blocking or not _failed_before(context, key):
                severity = "blocking" if is_blocking else "warning"
                yield f"{key.to_user_string()} ({severity}): {evaluation.description or 'did not pass'}"


def _failed_before(context: dg.RunStatusSensorContext, check: dg.AssetCheckKey) -> bool:
    """Whether the check did not pass the time before this run either."""
    history = context.instance.event_log_storage.get_asset_check_execution_history(check, limit=20)
    since = dropwhile(lambda one: one.run_id != context.dagster_run.run_id, history)
    outcomes = [one.status.value for one in since if one.status.value in ("SUCCEEDED", "FAILED")]
    return outcomes[1:2] == ["FAILED"]
