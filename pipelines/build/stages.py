"""The stages of a build. Each can run alone: the next one finds its work on disk.

    list_reports     a source            -> the ledger's current listing
    archive_reports  the current listing -> files by content, and which publication serves which
    read_reports     archived files      -> cached lines
    parse_reports    cached lines        -> cached facts
    load_warehouse   cached facts        -> the published warehouse and exports

The command line and the Dagster assets call these. `run.py` has their order, and skips a build; `editions.py` takes in
Ofsted's own statistics.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import msgspec

from pipelines.archive.ingest import IngestCounts, NoFetcher, fetch_again, ingest
from pipelines.archive.remembered import ListingCounts, PublishedBuild
from pipelines.archive.store import DamagedFileError
from pipelines.build.editions import edition_files, read_editions
from pipelines.build.publish import publish
from pipelines.build.selection import EVERYTHING, Selection, selected
from pipelines.build.state import altered_files, build_inputs
from pipelines.build.workspace import Workspace
from pipelines.errors import UsageError
from pipelines.reading.cache import Cache, kind_of
from pipelines.sources.published import OFSTED, ArchivedReport, ListedReport, Listing, Progress, SourceError, Wanted
from pipelines.warehouse.checks import Accept, refuse
from pipelines.workers import tasks
from pipelines.workers.pool import Failed, run_locally

if TYPE_CHECKING:
    from pipelines.warehouse.build import BuiltWarehouse, Timed


class TaskCounts(msgspec.Struct, frozen=True):
    """Of `n_files` different files, how many were read or parsed now, and how many of those are quarantined."""

    n_files: int
    n_done: int
    n_refused: int


def silent(_n_done: int, _n_in_all: int) -> None:
    """Show no progress."""


def in_lines(name: str, seconds: float, tell: Callable[[str], object]) -> Progress:
    """Tell how far a stage is in a line, at most once in so many seconds: for logs."""
    told_at = time.monotonic()

    def progress(n_done: int, n_in_all: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= seconds:
            told_at = time.monotonic()
            tell(f"{name}: {n_done:,} of {n_in_all:,}")

    return progress


def list_reports(workspace: Workspace, wanted: Wanted, progress: Progress = silent) -> tuple[Listing, ListingCounts]:
    """Find what a source has published, and make that the current listing; returns it and how it differs.

    A narrowed listing makes a warehouse of that part only. Raises SourceError when the source can't be listed or holds
    nothing that is wanted, or when a site lists much less than last time, unless that is accepted.
    """
    listing = look_at_source(workspace, wanted, progress)
    return listing, record_listing(workspace, listing)


def record_listing(workspace: Workspace, listing: Listing) -> ListingCounts:
    """Make a listing the current one; returns how it differs."""
    return workspace.ledger.record_listing(listing, _now())


def look_at_source(workspace: Workspace, wanted: Wanted, progress: Progress = silent) -> Listing:
    """What a source has published, narrowed. Does not change the ledger. Raises SourceError as `list_reports` does."""
    source = wanted.source
    listed = workspace.source(source)
    whole = listed.list(workspace.ledger.remembered_site(source), wanted.accept_shrunken, progress)
    listing = whole.narrowed(wanted.only, wanted.limit)
    if not listing.reports:
        narrowed = f"; of {len(whole.reports)} none is left by {listing.selection}" if listing.selection else ""
        what = "no report of the kinds that are read" if source == OFSTED else "no PDF to build from"
        raise SourceError(f"{source} holds {what}{narrowed}.")
    return listing


def listed_last(workspace: Workspace) -> tuple[Listing, ListingCounts, IngestCounts]:
    """The current listing with what is archived of it: no source is asked. Raises UsageError where there is none."""
    ledger = workspace.ledger
    current = ledger.current_listing()
    if current is None:
        raise UsageError("Nothing was listed here yet: say --source ofsted, sample, or a directory of PDFs.")
    holdings = ledger.holdings()
    reports = tuple(ListedReport(holding.publication, holding.location) for holding in holdings)
    listing = Listing(current.source, current.reference, reports, selection=current.selection)
    unchanged = [holding.publication.name for holding in holdings]
    return listing, ListingCounts(len(reports), 0, 0), IngestCounts(len(reports), unchanged=unchanged)


def archive_reports(workspace: Workspace, force: bool = False, progress: Progress = silent) -> IngestCounts:
    """Archive the file of every listed publication; with `force`, also open or fetch those that look unchanged.

    Raises SourceError when everything failed and nothing is held.
    """
    listing = workspace.ledger.current_listing()
    if listing is None:
        raise SourceError("Nothing was listed yet: list a source first.")
    now = _now()
    with workspace.source(listing.source).fetcher(now) as fetcher:
        return ingest(workspace.ledger, workspace.settings.archive, fetcher, now, force, progress)


def read_reports(
    workspace: Workspace, force: bool = False, progress: Progress = silent, selection: Selection = EVERYTHING
) -> TaskCounts:
    """Read every archived file of the current listing whose lines are not cached; with `force`, every one.

    A file that is damaged in the archive is fetched again, or quarantined. Counts are of the selection. Raises
    NothingSelectedError.
    """
    damaged: list[str] = []

    def pdf(file_sha256: str) -> bytes | None:
        try:
            return workspace.pdf(file_sha256)
        except DamagedFileError:
            damaged.append(file_sha256)
            return None

    task = tasks.reading(workspace.settings.reader)
    counts = _run_task(workspace, task, pdf, workspace.lines_cache, force, progress, selection)
    if not damaged:
        return counts
    _fetch_again(workspace, tuple(damaged))
    again = _run_task(workspace, task, pdf, workspace.lines_cache, False, progress, selection)
    return TaskCounts(again.n_files, counts.n_done + again.n_done, counts.n_refused + again.n_refused)


def _fetch_again(workspace: Workspace, damaged: Sequence[str]) -> None:
    """Ask the source for files that are damaged in the archive. The workspace's warnings say what came of it."""
    ledger, now = workspace.ledger, _now()
    listing = ledger.current_listing()
    assert listing is not None, "what is archived was listed"
    try:
        opened = workspace.source(listing.source).fetcher(now)
    except SourceError as error:  # a directory that was moved away since it was listed
        opened = nullcontext(NoFetcher(error))
    with opened as fetcher:
        workspace.warnings.extend(fetch_again(ledger, workspace.settings.archive, fetcher, now, damaged))


def parse_reports(
    workspace: Workspace, force: bool = False, progress: Progress = silent, selection: Selection = EVERYTHING
) -> TaskCounts:
    """Parse the lines of every file of the current listing whose facts are not cached; with `force`, of all.

    Counts are of the selection. Raises NothingSelectedError.
    """
    return _run_task(
        workspace, tasks.parsing(), workspace.packed_lines, workspace.facts_cache, force, progress, selection
    )


def load_warehouse(
    workspace: Workspace,
    progress: Progress = silent,
    timed: "Timed" = lambda step: nullcontext(),
    *,
    accept_fewer_inspections: Accept = refuse,
    force: bool = False,
) -> "BuiltWarehouse":
    """Build the warehouse of the current listing from lines and facts, check it, and publish it with its exports.

    Missing lines and facts are made on the way, so the warehouse is whole or it is not published. Raises
    RejectedBuildError when a blocking check fails: the published warehouse stays. `accept_fewer_inspections` is asked
    where fewer would be published than are, of whatever source. With `force` all rows are made again.
    """
    from pipelines.exports.publish import written_exports
    from pipelines.tables.frames import OWN_REFERENCE, stage
    from pipelines.warehouse.build import built_warehouse

    ledger, settings = workspace.ledger, workspace.settings
    listing = ledger.current_listing()
    if listing is None:
        raise SourceError("Nothing was listed yet: list a source first.")
    archived = ledger.archived_reports()
    files = edition_files(listing, settings)
    inputs = build_inputs(listing, archived, files, settings.reader)
    with timed("load"):
        editions = read_editions(files, settings, force=force)
        staged = stage(archived, workspace, listing.reference or OWN_REFERENCE, editions=editions)
        workspace.warnings.extend(f"{why}. It is left out" for why in staged.reference["refused_editions"]["reason"])
    with built_warehouse(
        staged,
        settings.warehouse,
        listing.source_name,
        settings.rows,
        progress=progress,
        timed=timed,
        accept_fewer_inspections=accept_fewer_inspections,
        force=force,
        is_altered=settings.warehouse in altered_files(ledger, settings),
    ) as built:
        with timed("export"), written_exports(built.path, settings.exports) as publish_exports:
            build = PublishedBuild(listing.source, listing.selection, inputs, built.fingerprint, _now())
            publish(
                workspace,
                built.path,
                build,
                publish_exports,
                is_altered=built.replaces_altered,
                n_kept=settings.kept_warehouses,
            )
        return built


def _run_task(
    workspace: Workspace,
    task: tasks.Task,
    content: Callable[[str], bytes | None],
    cache: Cache[Any],
    force: bool,
    progress: Progress,
    selection: Selection,
) -> TaskCounts:
    """Run a task on each file that the cache lacks, and cache the result."""
    hashes = _hashes(selected(workspace.ledger.archived_reports(), selection, workspace.settings.warehouse))
    wanted = [one for one in hashes if force or one not in cache]
    n_done = n_refused = 0
    for n_done, (file_sha256, outcome) in enumerate(_outcomes(workspace, task, content, wanted), start=1):
        packed = task.failed(file_sha256, outcome.why) if isinstance(outcome, Failed) else outcome
        if packed:
            cache.put_packed(file_sha256, packed)
        else:  # the lines that were sent could not be unpacked
            packed = workspace.parse_now(file_sha256)
        n_refused += kind_of(packed) in tasks.QUARANTINED
        progress(n_done, len(wanted))
    return TaskCounts(len(hashes), n_done, n_refused)


def _outcomes(
    workspace: Workspace, task: tasks.Task, content: Callable[[str], bytes | None], wanted: Sequence[str]
) -> Iterator[tuple[str, bytes | Failed]]:
    """Run a task on each file that has content, on this machine or on a cluster."""
    settings = workspace.settings
    contents = ((file_sha256, content(file_sha256)) for file_sha256 in wanted)
    jobs = (tasks.Job(file_sha256, given) for file_sha256, given in contents if given is not None)
    if not wanted:
        return
    if settings.cluster:
        from pipelines.workers.dask import run_on_cluster

        done = run_on_cluster(task.run, jobs, settings.cluster, settings.reader, settings.seconds_per_report)
    else:
        n_workers = min(settings.workers, len(wanted))
        done = run_locally(
            task.run,
            jobs,
            n_workers,
            settings.seconds_per_report,
            preload=(tasks.__name__,),
            max_bytes=settings.max_worker_bytes,
        )
    for job, outcome in done:
        yield job.file_sha256, outcome


def _hashes(archived: Sequence[ArchivedReport]) -> list[str]:
    """Each file once, in the order of the listing, with those that publications served before: they may still count."""
    served = (file_sha256 for one in archived for file_sha256 in (one.file_sha256, *one.earlier) if file_sha256)
    return list(dict.fromkeys(served))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
