"""The sensor that builds when PDFs land in a folder.

Belongs here: waiting until the folder is at rest, and asking for a run.
Stays out: telling whether it changed (`sources/folder.py`).

Off until switched on. The folder is JUDGEMENTS_WATCHED_FOLDER.
"""

import dagster as dg
import msgspec

from pipelines.defs.jobs import build_warehouse
from pipelines.settings import Settings
from pipelines.sources.folder import folder_state


class Watched(msgspec.Struct, frozen=True):
    """What the sensor remembers: the state it saw last, the one it asked a run for, and how often it did."""

    seen: str | None = None
    built: str | None = None
    n_runs: int = 0


@dg.sensor(
    job=build_warehouse,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Builds from JUDGEMENTS_WATCHED_FOLDER when its PDFs have changed and two looks in a row saw the same:"
    " a file that is still being copied is waited for.",
)
def build_when_reports_land(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One run for each state in which the folder comes to rest."""
    folder = Settings().watched_folder
    if folder is None:
        return dg.SensorResult(skip_reason="No folder is watched: set JUDGEMENTS_WATCHED_FOLDER.")
    watched = msgspec.json.decode(context.cursor, type=Watched) if context.cursor else Watched()
    state = folder_state(folder)
    if state is None:
        return dg.SensorResult(skip_reason=f"{folder} holds no PDF.")
    if state == watched.built:
        return dg.SensorResult(skip_reason="Nothing has changed since the last run was asked for.")
    if state != watched.seen:
        cursor = _text(msgspec.structs.replace(watched, seen=state))
        return dg.SensorResult(skip_reason=f"{folder} has changed: waiting until it is at rest.", cursor=cursor)
    asked = Watched(state, state, watched.n_runs + 1)
    config = {"ops": {"raw__published_reports": {"config": {"source": str(folder.absolute())}}}}
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key=f"{asked.n_runs} {state}", run_config=config)], cursor=_text(asked)
    )


def _text(watched: Watched) -> str:
    return msgspec.json.encode(watched).decode()
