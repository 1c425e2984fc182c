"""The launcher of runs, with the one thing that Dagster's own lacks: it knows when a run's process is gone.

Belongs here: finding a run's process.
Stays out: what is done about a dead one: Dagster's run monitoring marks the run as failed.

Dagster's own launcher learns of a death from the code server that started the run. Where that one dies too, as when
the machine loses power, the run would be shown as running for ever, and the queue would wait for it.
"""

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, DefaultRunLauncher, WorkerStatus


class WatchedRunLauncher(DefaultRunLauncher):
    """Starts runs on this machine, as `dagster.yaml` names it, and can be asked whether they live."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        """It does: run monitoring asks for it."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether the process of a run that has started is still there. One that never named its own is believed."""
        for entry in self._instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT):
            event = entry.dagster_event
            pid = event and event.engine_event_data.metadata.get("pid")
            if pid is not None:
                if is_process(int(str(pid.value)), entry.timestamp):
                    return CheckRunHealthResult(WorkerStatus.RUNNING)
                return CheckRunHealthResult(WorkerStatus.FAILED, f"Its process {pid.value} is gone.")
        return CheckRunHealthResult(WorkerStatus.RUNNING, "It never said which process it is.")


def is_process(pid: int, at: float) -> bool:
    """Whether the process that had this number at a time (seconds since 1970) is the one that has it now, alive."""
    import psutil

    try:
        process = psutil.Process(pid)
        return process.create_time() <= at + 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
