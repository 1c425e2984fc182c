"""The tasks on a Dask cluster: reaching its workers, and checking that they return what this machine would.

Dask is an extra: it is imported when a cluster is used.
"""

import faulthandler
import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from pipelines.errors import JudgementsError
from pipelines.workers.pool import Failed, hand_out, with_second_try
from pipelines.workers.tasks import Job, versions

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 10.0
SECONDS_FOR_WORKERS = 10.0
"""How long a run waits at its start for the first worker."""

SECONDS_DESERTED = 60.0
"""How long a run waits for workers when the last one has gone: a nanny starts another in a second or two."""

SECONDS_BETWEEN_LOOKS = 2.0

NOT_INSTALLED = (
    "A cluster is asked for, and Dask is not installed: pip install 'childrens-services-judgements[cluster]',"
    " or '.[cluster]' in a checkout."
)
KEPT = "What was done by then is kept: the next run goes on from there."
_START = "dask worker {} --nthreads 1 --nworkers 2"
_MOST_NAMED = 3

_ONE_AT_A_TIME = threading.Lock()
"""The time limit is the whole process's, and so is PDFium: a worker with more threads makes them wait."""


class ClusterError(JudgementsError):
    """The cluster can't be used, or no longer. What was done is kept: the next run continues from there."""


def run_on_cluster(
    function: Callable[[Job], bytes], jobs: Iterable[Job], address: str, reader: str, seconds_per_item: float
) -> Iterator[tuple[Job, bytes | Failed]]:
    """Call `function` on each job on some worker of a cluster, as `run_locally` does. Raises ClusterError."""
    wanted = versions(reader)
    checked = partial(_run_checked, wanted, reader, seconds_per_item, function)
    with _connected(address) as client:
        n_workers = _number_of_workers(client, address)
        _check_versions(client, address, wanted, reader)
        executor = client.get_executor(pure=False)
        submit = partial(_submit, executor.submit, checked, address)
        look = _deserted_check(client, address)

        def outcomes(some: Iterable[Job]) -> Iterator[tuple[Job, bytes | Failed]]:
            for job, future in hand_out(submit, some, n_workers, SECONDS_BETWEEN_LOOKS, look):
                yield job, _outcome(future, address, seconds_per_item)

        try:
            yield from with_second_try(outcomes, jobs)  # Dask counts a death against every job that waits for a worker
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    """A client of the scheduler at this address. Raises ClusterError."""
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise ClusterError(NOT_INSTALLED) from error
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it logs is raised as well
    if address.startswith("tls:") and not (
        dask.config.get("distributed.comm.tls.client.cert") or dask.config.get("distributed.client.security-loader")
    ):
        raise ClusterError(f"{address} asks for a certificate, and Dask has none: set distributed.comm.tls.")
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError) as error:
        why = f"within {SECONDS_TO_CONNECT:g} seconds"
        raise ClusterError(f"No Dask scheduler answers at {address} {why}. Start one: dask scheduler") from error
    try:
        # a report travels with the call that it is for: were it placed on a worker first, it would be lost with it
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
            yield client
    finally:
        client.close(SECONDS_TO_CONNECT)


def _number_of_workers(client: "Client", address: str) -> int:
    """The number of workers. Raises ClusterError where there is none, or one runs more than one thread."""
    try:
        client.wait_for_workers(1, SECONDS_FOR_WORKERS)
    except TimeoutError as error:
        raise ClusterError(
            f"The scheduler at {address} has no workers. Start some: {_START.format(address)}"
        ) from error
    threads = {name: one["nthreads"] for name, one in client.scheduler_info(-1)["workers"].items()}
    threaded = [f"{name} runs {n}" for name, n in threads.items() if n != 1]
    if threaded:
        raise ClusterError(
            f"A worker reads one report at a time and must run one thread: {_some(threaded)}."
            f" Start it as: {_START.format(address)}"
        )
    return max(1, len(threads))  # if one left just now, the check for a deserted cluster notices


def _check_versions(client: "Client", address: str, wanted: dict[str, str], reader: str) -> None:
    """Raise ClusterError unless the workers and the scheduler have the versions that are wanted."""
    answers: dict[str, str | Exception | None] = client.run(_difference, wanted, reader, on_error="return")
    try:
        answers[f"The scheduler at {address}"] = client.run_on_scheduler(_difference, wanted, reader)
    except (ImportError, AttributeError) as error:
        answers[f"The scheduler at {address}"] = error
    differing = [
        _outdated(name, answer) if isinstance(answer, Exception) else f"{name} has {answer}"
        for name, answer in answers.items()
        if answer is not None and not isinstance(answer, OSError)  # it has just gone: whoever follows it is asked then
    ]
    if differing:
        raise ClusterError(f"{_some(differing)}. Every machine of a cluster runs the same version as this one.")


def _submit(
    submit: Callable[..., Future[bytes]], function: Callable[[Job], bytes], address: str, job: Job
) -> Future[bytes]:
    from distributed.client import ClosedClientError

    try:
        return submit(function, job)
    except (OSError, ClosedClientError) as error:
        raise ClusterError(_lost(address)) from error


def _outcome(future: Future[bytes], address: str, seconds_per_item: float) -> bytes | Failed:
    """The result, or why there is none. Raises ClusterError where the cluster is lost, or has other versions."""
    from distributed import KilledWorker

    if future.cancelled():
        raise ClusterError(_lost(address))
    try:
        return future.result()
    except KilledWorker as error:
        n_workers = error.allowed_failures + 1
        why = f"each of {n_workers} workers died over it or took longer than {seconds_per_item:g} seconds"
        return Failed(why, by_death=True)
    except ImportError as error:
        raise ClusterError(_outdated("A worker that joined later", error)) from error


def _deserted_check(client: "Client", address: str) -> Callable[[], None]:
    """What raises ClusterError when it has found no worker for long."""
    deserted_since: float | None = None

    def look() -> None:
        nonlocal deserted_since
        if client.scheduler_info(0)["n_workers"]:
            deserted_since = None
            return
        deserted_since = deserted_since or monotonic()
        if monotonic() - deserted_since > SECONDS_DESERTED:
            waited = f"none came for {SECONDS_DESERTED:g} seconds"
            raise ClusterError(f"The last worker of {address} has gone, and {waited}. {KEPT}")

    return look


def _run_checked(
    wanted: dict[str, str], reader: str, seconds: float, function: Callable[[Job], bytes], job: Job
) -> bytes:
    """Run by a worker: do the work if its versions are those that are wanted. Raises ClusterError.

    A worker may have joined, or restarted from other code, since the check. One that takes too long ends: the timer is
    a thread of C, so a library that never returns can't stop it, and Dask starts another.
    """
    if difference := _difference(wanted, reader):
        raise ClusterError(f"A worker that joined later has {difference}.")
    with _ONE_AT_A_TIME, open(os.devnull, "w") as nowhere:  # noqa: PTH123 a descriptor is what is needed
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return function(job)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _difference(wanted: dict[str, str], reader: str) -> str | None:
    """Run by a worker: how its versions differ from those that are wanted; None where they do not."""
    own = versions(reader)
    differing = [
        f"{name} {own.get(name, 'none')}, not {wanted[name]}" for name in wanted if own.get(name) != wanted[name]
    ]
    return "; ".join(differing) or None


def _outdated(name: str, error: Exception) -> str:
    return f"{name} can't run this version of the program ({error})"


def _lost(address: str) -> str:
    return f"The scheduler at {address} was lost. {KEPT}"


def _some(sentences: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    more = len(sentences) - _MOST_NAMED
    return "; ".join(sentences[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
