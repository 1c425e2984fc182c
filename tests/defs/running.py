"""Running a job as Dagster does, in this process, and what it left on the assets' pages."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.definitions import defs

REPOSITORY = defs.get_repository_def()
GRAPH = REPOSITORY.asset_graph

Config = dict[str, object]


def run(job: str, data: Path, instance: dg.DagsterInstance, **ops: Config) -> dg.ExecuteInProcessResult:
    """Run a job on a data folder, with the configuration of its steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUDGEMENTS_DATA", str(data))
        patch.setenv("JUDGEMENTS_WORKERS", "1")
        config = {"ops": {name: {"config": one} for name, one in ops.items()}}
        return REPOSITORY.get_job(job).execute_in_process(instance=instance, raise_on_error=False, run_config=config)


def listing(source: Path | str, **more: object) -> dict[str, Config]:
    """The configuration of a listing, as an argument of `run`."""
    return {"raw__published_reports": {"source": str(source), **more}}


def page(instance: dg.DagsterInstance, *key: str) -> dict[str, Any]:
    """The metadata that an asset's page shows; nothing where it was never made."""
    event = instance.get_latest_materialization_event(dg.AssetKey(key))
    if event is None or event.asset_materialization is None:
        return {}
    return {name: one.value for name, one in event.asset_materialization.metadata.items()}


def evaluations(result: dg.ExecuteInProcessResult) -> dict[str, dg.AssetCheckEvaluation]:
    """How the checks of a run came out, by name."""
    return {one.check_name: one for one in result.get_asset_check_evaluations()}


def sentence(result: dg.ExecuteInProcessResult) -> str:
    """What the page of a failed run opens on."""
    (event,) = [one for one in result.all_events if one.event_type_value == "STEP_FAILURE"]
    told = event.step_failure_data.user_failure_data
    assert told is not None
    return str(told.description)
