"""What starts a run when something has happened: reports were fetched, or PDFs were put into a folder."""

import dagster as dg
import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.build.state import current_build
from pipelines.defs.jobs import build_warehouse, fetch_reports
from pipelines.settings import Settings
from pipelines.sources.folder import folder_state


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
    settings = Settings()
    with Ledger.open(settings.ledger) as ledger:
        if current_build(ledger, settings.reader, settings.warehouse):
            return dg.SkipReason("Nothing to build: the published warehouse holds all that was fetched.")
    return dg.RunRequest(run_key=context.dagster_run.run_id)


class FolderCursor(msgspec.Struct, frozen=True):
    """What the folder sensor remembers: the state it saw last, the one it asked a run for, and how often it did."""

    seen: str | None = None
    fetched: str | None = None
    n_runs: int = 0


@dg.sensor(
    job=fetch_reports,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts fetch_reports when the PDFs of JUDGEMENTS_WATCHED_FOLDER have changed and two looks in a row saw"
    " the same: a file that is still being copied is waited for.",
)
def folder_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One run for each state in which the folder comes to rest."""
    folder = Settings().watched_folder
    if folder is None:
        return dg.SensorResult(skip_reason="No folder is watched: JUDGEMENTS_WATCHED_FOLDER is not set.")
    cursor = msgspec.json.decode(context.cursor, type=FolderCursor) if context.cursor else FolderCursor()
    state = folder_state(folder)
    if state is None:
        return dg.SensorResult(skip_reason=f"{folder} holds no PDF.")
    if state == cursor.fetched:
        return dg.SensorResult(skip_reason="Nothing has changed since the last run was asked for.")
    if state != cursor.seen:
        seen = msgspec.structs.replace(cursor, seen=state)
        return dg.SensorResult(skip_reason=f"{folder} has changed: waiting until it is at rest.", cursor=_text(seen))
    asked = FolderCursor(state, state, cursor.n_runs + 1)
    config = {"ops": {"raw__published_reports": {"config": {"source": str(folder.absolute())}}}}
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key=f"{asked.n_runs} {state}", run_config=config)], cursor=_text(asked)
    )


def _text(cursor: FolderCursor) -> str:
    return msgspec.json.encode(cursor).decode()
