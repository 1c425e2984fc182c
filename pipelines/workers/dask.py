"""Reading and interpreting on a Dask cluster in place of this machine's own processes.

Belongs here: reaching the cluster, making sure that its workers would give what this machine gives, and saying in its
own words what went wrong. Dask does the rest, through its `concurrent.futures` interface.
Stays out: what a worker does and what travels (`work.py`), and handing out items (`reading/pool.py`).

Dask is an extra: it is imported when a cluster is asked for.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from pipelines.settings import Settings
from pipelines.workers.pool import Died, Done, WorkerDiedError, Workers, over
from pipelines.workers.work import Answer, Kept, Sent, Work, makings

if TYPE_CHECKING:
    from distributed import Client

Result = TypeVar("Result")

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
_START = "dask worker {} --nthreads 1 --nworkers 2"
_MOST_NAMED = 3


class ClusterError(Exception):
    """The cluster can't be used, or no longer. What it had done by then is kept: the next run goes on from there."""


def work_there(
    work: Work[Kept], hashes: Sequence[str], settings: Settings
) -> Iterator[Done[str, str | None] | Died[str]]:
    """Have the cluster of these settings work on each file, and keep here what comes back.

    Outcomes are as those of `Work.from_disk`: the reason of a refusal, or None. Raises ClusterError.
    """
    assert settings.cluster is not None, "a cluster was asked for"
    wanted = makings(settings.reader)
    when_sent = partial(_as_wanted, wanted, settings.reader, work.when_sent)
    with _connected(settings.cluster) as client:
        n_workers = _number_of_workers(client, settings.cluster)
        _check_versions(client, settings.cluster, wanted, settings.reader)
        workers = Workers(
            n_workers,
            settings.seconds_per_report,
            executor=lambda _count: _ClusterExecutor(client, settings),
            look=_Lookout(client, settings.cluster),
            seconds_between_looks=SECONDS_BETWEEN_LOOKS,
        )
        for outcome in over(when_sent, map(work.send, hashes), workers):
            file_sha256 = outcome.item.file_sha256
            if isinstance(outcome, Died):
                yield Died(file_sha256, outcome.why)
            elif outcome.result is None:
                yield Done(file_sha256, work.from_disk(file_sha256))
            else:
                work.cache.put_packed(file_sha256, outcome.result.packed)
                yield Done(file_sha256, outcome.result.refusal)


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
    """How many workers there are. Raises ClusterError where there is none, or one runs more than one thread."""
    try:
        client.wait_for_workers(1, SECONDS_FOR_WORKERS)
    except TimeoutError as error:
        raise ClusterError(
            f"The scheduler at {address} has no workers. Start some: {_START.format(address)}"
        ) from error
    threads = {name: one["nthreads"] for name, one in client.scheduler_info(-1)["workers"].items()}
    unfit = [f"{name} runs {n}" for name, n in threads.items() if n != 1]
    if unfit:
        raise ClusterError(
            f"A worker reads one report at a time and must run one thread: {_some(unfit)}."
            f" Start it as: {_START.format(address)}"
        )
    return max(1, len(threads))  # one that left just now is the look-out's to miss


def _check_versions(client: "Client", address: str, wanted: dict[str, str], reader: str) -> None:
    """Raise ClusterError unless every worker would give what is wanted, and the scheduler can pass it on."""
    answers: dict[str, str | Exception | None] = client.run(_misfit, wanted, reader, on_error="return")
    try:
        answers[f"The scheduler at {address}"] = client.run_on_scheduler(_misfit, wanted, reader)
    except (ImportError, AttributeError) as error:
        answers[f"The scheduler at {address}"] = error
    misfits = [
        _lacking(name, answer) if isinstance(answer, Exception) else f"{name} has {answer}"
        for name, answer in answers.items()
        if answer is not None and not isinstance(answer, OSError)  # it has just gone: whoever follows it is asked then
    ]
    if misfits:
        raise ClusterError(f"{_some(misfits)}. Every machine of a cluster runs the same version as this one.")


class _ClusterExecutor(Executor):
    """Dask's executor, with its errors in this program's words."""

    def __init__(self, client: "Client", settings: Settings) -> None:
        self._executor = client.get_executor(pure=False)
        self._settings = settings

    def submit(self, function: Callable[..., Result], /, *args: object, **kwargs: object) -> Future[Result]:
        """As any executor. Raises ClusterError; so does the future, or WorkerDiedError."""
        from distributed.client import ClosedClientError

        try:
            theirs: Future[Result] = self._executor.submit(function, *args, **kwargs)
        except (OSError, ClosedClientError) as error:
            raise ClusterError(self._lost()) from error
        ours: Future[Result] = Future()
        theirs.add_done_callback(partial(self._pass_on, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As any executor; what is not done is cancelled unless it is waited for, whatever `cancel_futures` says."""
        self._executor.shutdown(wait)

    def _pass_on(self, ours: Future[Result], theirs: Future[Result]) -> None:
        error = None if theirs.cancelled() else theirs.exception()
        if theirs.cancelled():
            ours.set_exception(ClusterError(self._lost()))
        elif error is None:
            ours.set_result(theirs.result())
        else:
            ours.set_exception(self._in_our_words(error))

    def _in_our_words(self, error: BaseException) -> BaseException:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            n_workers, limit = error.allowed_failures + 1, f"{self._settings.seconds_per_report:g} seconds"
            return WorkerDiedError(f"each of {n_workers} workers died over it or took longer than {limit}")
        if isinstance(error, ImportError):
            return ClusterError(_lacking("A worker that joined later", error))
        return error

    def _lost(self) -> str:
        return (
            f"The scheduler at {self._settings.cluster} was lost. What was done by then is kept: the next run goes on"
            " from there."
        )


class _Lookout:
    """Raises ClusterError when a run has waited for long and there was no worker."""

    def __init__(self, client: "Client", address: str) -> None:
        self._client = client
        self._address = address
        self._deserted_since: float | None = None

    def __call__(self, seconds_of_silence: float) -> None:
        if self._client.scheduler_info(0)["n_workers"]:
            self._deserted_since = None
            return
        self._deserted_since = self._deserted_since or monotonic()
        if min(monotonic() - self._deserted_since, seconds_of_silence) > SECONDS_DESERTED:
            raise ClusterError(
                f"The last worker of {self._address} has gone, and none came for {SECONDS_DESERTED:g} seconds. What was"
                " done by then is kept: the next run goes on from there."
            )


def _as_wanted(
    wanted: dict[str, str], reader: str, when_sent: Callable[[Sent], Answer | None], sent: Sent
) -> Answer | None:
    """Run by a worker: do the work if the result would be the one that is wanted. Raises ClusterError.

    A worker may have joined, or been started anew from other code, since the workers were asked.
    """
    misfit = _misfit(wanted, reader)
    if misfit:
        raise ClusterError(f"A worker that joined later has {misfit}.")
    return when_sent(sent)


def _misfit(wanted: dict[str, str], reader: str) -> str | None:
    """Run by a worker: in what its results would differ from those that are wanted, and None where in nothing."""
    own = makings(reader)
    differing = [
        f"{name} {own.get(name, 'none')}, not {wanted[name]}" for name in wanted if own.get(name) != wanted[name]
    ]
    return "; ".join(differing) or None


def _lacking(name: str, error: Exception) -> str:
    return f"{name} can't run this version of the program ({error})"


def _some(sentences: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    more = len(sentences) - _MOST_NAMED
    return "; ".join(sentences[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
