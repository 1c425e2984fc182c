"""Notifications from Dagster: two sensors write down what runs give cause to, one looks for news and sends it all.

Dagster never shows an ended run to a sensor again, also where telling of it failed: so what is to be told is written to
the outbox there (`pipelines/notifications`), and sent at once only where that can't be written.
"""

from collections.abc import Iterator, Sequence
from itertools import dropwhile

import dagster as dg

from pipelines.defs.summary import reason
from pipelines.errors import is_known, sentence
from pipelines.notifications.messages import compose, key_of
from pipelines.notifications.notify import notify
from pipelines.notifications.outbox import NotSentError, post, send_unwritten
from pipelines.settings import NotificationKind, read_settings
from pipelines.words import plural, today

_NOBODY = "Nobody is notified: JUDGEMENTS_NOTIFY_URL is not set."


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=15,
    description="Notifies of each run that failed, with the error and the checks that did not pass.",
)
def notify_of_failed_runs(context: dg.RunFailureSensorContext) -> dg.SkipReason:
    """One message a run."""
    run, failure = context.dagster_run, context.failure_event
    errors = [f"{one.step_key}: {reason(one.step_failure_data.error)}" for one in context.get_step_failure_events()]
    told = errors or [reason(failure.job_failure_data.error, failure.message)]
    return _post("failed_runs", f"{run.job_name} failed", [*told, *_failed_checks(context)], run.run_id)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=15,
    description="Notifies of checks that did not pass in a run that went through. A warning that did not pass the time"
    " before either is no news.",
)
def notify_of_failed_checks(context: dg.RunStatusSensorContext) -> dg.SkipReason:
    """One message a run."""
    run, lines = context.dagster_run, list(_failed_checks(context))
    if not lines:
        return dg.SkipReason("No news: every check passed, or failed the time before too.")
    title = f"{run.job_name} went through, and {plural(len(lines), 'check')} did not pass"
    return _post("failed_checks", title, lines, run.run_id)


@dg.sensor(
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks in the published warehouse for new reports, changed grades and statistics that are due, and"
    " sends these and all that waits in data/notifications. What an address does not take is sent by a later tick.",
)
def send_notifications(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Never asks for a run. A tick that could not send says why, and the next one tries again."""
    settings = read_settings()
    if settings.notify_url is None:
        return dg.SkipReason(_NOBODY)
    page = settings.news_page or f"{settings.ui_url}/assets/meta/build?view=events"
    try:
        n_sent = notify(settings, page, today(), checks=False)
    except Exception as error:
        if is_known(error):
            return dg.SkipReason(sentence(error))
        raise
    return dg.SkipReason(f"{n_sent:,} sent." if n_sent else "Nothing new.")


def _post(kind: NotificationKind, title: str, lines: Sequence[str], run_id: str) -> dg.SkipReason:
    """Write a message about a run down; `send_notifications` sends it."""
    settings = read_settings()
    if settings.notify_url is None:
        return dg.SkipReason(_NOBODY)
    message = compose(kind, key_of((kind, run_id)), title, lines, f"{settings.ui_url}/runs/{run_id}")
    try:
        is_posted = post(settings, message)
    except OSError as unwritten:
        try:
            send_unwritten(settings, message)
        except NotSentError as unsent:
            return dg.SkipReason(f"{sentence(unwritten)} {unsent}")
        return dg.SkipReason(f"Sent at once, because it could not be written down: {sentence(unwritten)}")
    return dg.SkipReason("Written down: send_notifications sends it." if is_posted else f"{kind} is not switched on.")


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
