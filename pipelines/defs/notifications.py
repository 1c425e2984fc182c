"""When an alarm is sent: a run failed, or a check did in a run that went through.

Belongs here: what of a run is worth saying.
Stays out: the shape of a message and its sending (`pipelines/alarms.py`).

The sensors are on from the start where a webhook is configured (JUDGEMENTS_WEBHOOK_URL), and off where none is.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.settings import Settings

_STATUS = dg.DefaultSensorStatus.RUNNING if Settings().webhook_url else dg.DefaultSensorStatus.STOPPED
_EVERY = 15
"""Seconds between two looks."""


@dg.run_failure_sensor(
    default_status=_STATUS,
    minimum_interval_seconds=_EVERY,
    description="Tells the webhook of each run that failed, with the error and the checks that did not pass.",
)
def tell_of_failed_runs(context: dg.RunFailureSensorContext) -> None:
    """One message a run."""
    run = context.dagster_run
    errors = [_error(event) for event in context.get_step_failure_events()]
    lines = [*(errors or [context.failure_event.message or "no reason given"]), *_failed_checks(context)]
    _tell(f"{run.job_name} failed", lines, run.run_id)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=_STATUS,
    minimum_interval_seconds=_EVERY,
    description="Tells the webhook of checks that did not pass in a run that went through. A warning that did not pass"
    " the time before either is no news.",
)
def tell_of_failed_checks(context: dg.RunStatusSensorContext) -> None:
    """One message a run, none where every check passed."""
    run = context.dagster_run
    lines = list(_failed_checks(context))
    if lines:
        checks = "1 check" if len(lines) == 1 else f"{len(lines)} checks"
        _tell(f"{run.job_name} went through, and {checks} did not pass", lines, run.run_id)


def _tell(title: str, lines: list[str], run_id: str) -> None:
    from pipelines.defs.webhook import Alarm, send

    settings = Settings()
    if settings.webhook_url is not None:
        send(Alarm(title, tuple(lines), f"{settings.ui_url}/runs/{run_id}"), settings.webhook_url)


def _failed_checks(context: dg.RunStatusSensorContext) -> Iterator[str]:
    """A line for each check that did not pass in the run and is news."""
    events = context.instance.all_logs(context.dagster_run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    for event in events:
        evaluation = event.dagster_event and event.dagster_event.asset_check_evaluation_data
        if not evaluation or evaluation.passed:
            continue
        is_warning = evaluation.severity == dg.AssetCheckSeverity.WARN
        if is_warning and _failed_before(context, evaluation.asset_check_key):
            continue
        name = f"{evaluation.asset_key.to_user_string()} {evaluation.check_name}"
        yield f"{name} ({'warning' if is_warning else 'blocking'}): {evaluation.description or 'did not pass'}"


def _failed_before(context: dg.RunStatusSensorContext, check: dg.AssetCheckKey) -> bool:
    """Whether the check did not pass the time before this run either."""
    last = context.instance.event_log_storage.get_asset_check_execution_history(check, limit=20)
    runs = [one.run_id for one in last]
    if context.dagster_run.run_id not in runs:
        return False
    before = last[runs.index(context.dagster_run.run_id) + 1 :]
    evaluated = [one.status.value for one in before if one.status.value in ("SUCCEEDED", "FAILED")]
    return evaluated[:1] == ["FAILED"]


def _error(event: dg.DagsterEvent) -> str:
    """Why a step failed: what was raised first, not what Dagster made of it."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    if error is None:
        return f"{event.step_key}: {event.message or 'failed'}"
    return f"{event.step_key}: {error.message.strip().removeprefix(f'{error.cls_name}: ').rpartition('Error: ')[2]}"
