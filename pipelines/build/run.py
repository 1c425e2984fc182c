"""A whole build: the stages in their order, timed. Reading and later stages are skipped if nothing has changed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import msgspec

from pipelines.archive.ingest import IngestCounts
from pipelines.archive.remembered import ListingCounts, PublishedBuild
from pipelines.build import stages
from pipelines.build.editions import archive_editions, edition_files, read_editions
from pipelines.build.kept import kept_warehouses
from pipelines.build.state import (
    FailedCheck,
    PublishedCounts,
    current_build,
    failed_checks,
    published_counts,
    published_failed_checks,
)
from pipelines.build.workspace import Workspace
from pipelines.settings import Settings
from pipelines.sources.named import SAMPLE
from pipelines.sources.published import Listing, Progress, Wanted
from pipelines.warehouse.checks import Accept, refuse

Watch = Callable[[str], Progress]
"""Called when a stage begins; returns the function that takes its progress."""


class BuildSummary(PublishedCounts, frozen=True, kw_only=True):
    """What a build found and did, and what the published warehouse holds now.

    It adds up: published, and vanished but kept (`n_kept`), are accepted, published twice, quarantined (but for
    `n_newer_quarantined`) or not held. They serve `n_files` different files, `n_same_file` of them that of another.

    `names` has publications under new, changed (another file version), vanished, failed (with the reason) and
    unchanged. `n_new` counts those whose file is new, `n_gone` those that only the last whole listing had. `unread`
    counts publications of kinds that are not read, by label. `n_read` counts the PDFs opened now. `selection` is empty
    for a whole source; otherwise the warehouse is partial. `replaced_source` is the other source whose warehouse this
    replaced. `kept_version` is the version under which the warehouse before is kept, null where it is not. Rows that
    fail one of `failed_checks` were read wrongly, or are facts about a report; the warehouse was published all the
    same. `seconds` are wall time by stage; loading has four: load, derive, check and export.
    """

    source: str
    selection: str
    is_unchanged: bool
    n_published: int
    n_new: int
    n_gone: int
    n_kept: int
    n_not_held: int
    n_files: int
    n_same_file: int
    n_read: int
    n_parsed: int
    replaced_source: str | None
    kept_version: str | None
    warnings: tuple[str, ...]
    failed_checks: tuple[FailedCheck, ...]
    names: dict[str, list[str]]
    unread: dict[str, int]
    seconds: dict[str, float]


def build(
    settings: Settings,
    wanted: Wanted | None,
    watch: Watch,
    *,
    force: bool = False,
    accept_fewer_inspections: Accept = refuse,
) -> BuildSummary:
    """List, archive, read, parse and publish. With `force` everything is done again, changed or not.

    Where nothing is `wanted`, no source is asked: it builds from what was listed last and is archived.

    `accept_fewer_inspections` is asked where fewer would be published than are: as soon as the listing shows it, before
    anything is fetched, or when the warehouse is built. Raises SourceError, LockedError, FewerInspectionsError, or
    RejectedBuildError when a check fails: the published warehouse stays.
    """
    clock = _Clock(watch)
    with Workspace.open(settings) as workspace:
        before = workspace.ledger.last_build() if settings.warehouse.is_file() else None
        found = _find(workspace, wanted, clock, force, accept_fewer_inspections)
        archive_editions(settings)
        made = None
        if force or current_build(workspace.ledger, settings) is None:
            made = _make(workspace, found.accept, clock, force)
        return _summary(workspace, before, found, made, clock.seconds)


class _Clock:
    """Tells of each stage when it begins, and adds up the wall time of each, to the millisecond."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the wall time of a block to that of its stage. Exports are also announced."""
        if stage == "export":
            self.watch(stage)
        started = time.monotonic()
        yield
        self.seconds[stage] = round(self.seconds.get(stage, 0) + time.monotonic() - started, 3)


class _Found(NamedTuple):
    """What was listed, and archived of it; `accept` is asked if inspections turn out later to be fewer."""

    listing: Listing
    listed: ListingCounts
    archived: IngestCounts
    accept: Accept


class _Made(NamedTuple):
    """How many PDFs were read and parsed, and which checks of the warehouse failed."""

    n_read: int
    n_parsed: int
    failed_checks: tuple[FailedCheck, ...]


def _find(workspace: Workspace, wanted: Wanted | None, clock: _Clock, force: bool, accept: Accept) -> _Found:
    """List and archive; where nothing is wanted, take what was listed last."""
    if wanted is None:
        listing, listed, archived = stages.listed_last(workspace)
        return _Found(listing, listed, archived, _check_early(workspace, listing, accept))
    with clock.timed("list"):
        listing = stages.look_at_source(workspace, wanted, clock.watch("list"))
        accept = _check_early(workspace, listing, accept)
        listed = stages.record_listing(workspace, listing)
    with clock.timed("archive"):
        archived = stages.archive_reports(workspace, force, clock.watch("archive"))
    return _Found(listing, listed, archived, accept)


def _make(workspace: Workspace, accept: Accept, clock: _Clock, force: bool) -> _Made:
    """Read, parse, load and publish."""
    prepared = _prepare_loading(workspace, force)
    with clock.timed("read"):
        n_read = stages.read_reports(workspace, force, clock.watch("read")).n_done
    with clock.timed("parse"):
        n_parsed = stages.parse_reports(workspace, force, clock.watch("parse")).n_done
    prepared.join()
    progress = clock.watch("load")
    built = stages.load_warehouse(workspace, progress, clock.timed, accept_fewer_inspections=accept, force=force)
    return _Made(n_read, n_parsed, failed_checks(built.checks))


def _summary(
    workspace: Workspace, before: PublishedBuild | None, found: _Found, made: _Made | None, seconds: dict[str, float]
) -> BuildSummary:
    """What was done, and what is published now. `made` is None where nothing had changed."""
    settings, now = workspace.settings, workspace.ledger.last_build()
    assert now is not None, "a build that ends has a row in the ledger"
    listing, archived = found.listing, found.archived
    of_listing = workspace.ledger.site_counts()
    replaced = before.warehouse_fingerprint if before and made else None
    kept = (one.about for one in kept_warehouses(settings))
    return BuildSummary(
        source=now.source,
        selection=now.selection,
        is_unchanged=made is None,
        n_published=found.listed.n_published,
        n_new=len(archived.new),
        n_gone=found.listed.n_gone,
        n_kept=of_listing.n_kept,
        n_not_held=of_listing.n_not_held,
        n_files=of_listing.n_files,
        n_same_file=of_listing.n_same_file,
        n_read=made.n_read if made else 0,
        n_parsed=made.n_parsed if made else 0,
        **msgspec.structs.asdict(published_counts(settings.warehouse)),
        kept_version=next((one.version for one in kept if one.fingerprint == replaced), None),
        replaced_source=before.source if before and before.source != now.source else None,
        warnings=(*listing.warnings, *workspace.warnings),
        failed_checks=made.failed_checks if made else published_failed_checks(settings.warehouse),
        names={
            "new": archived.new,
            "changed": archived.changed,
            "vanished": [one.name for one in listing.site.vanished],
            "failed": [*listing.site.failures, *archived.failed],
            "unchanged": archived.unchanged,
        },
        unread=listing.site.unread_by_label,
        seconds=seconds,
    )


def _check_early(workspace: Workspace, listing: Listing, accept: Accept) -> Accept:
    """Refuse a listing that shows already that inspections would be lost; returns whom to ask later, if at all."""
    from pipelines.warehouse.comparison import check_listing

    settings = workspace.settings
    accepted: list[str] = []

    def asked_once(sentence: str) -> bool:
        if not accepted and accept(sentence):
            accepted.append(sentence)
        return bool(accepted)

    is_sample = listing.source == SAMPLE
    check_listing(len(listing.reports), is_sample=is_sample, published=settings.warehouse, accept=asked_once)
    return asked_once


def _prepare_loading(workspace: Workspace, force: bool) -> threading.Thread:
    """Import what loading and exports need, and read new editions, while workers read and this process waits for them.

    That is half a second of imports, and half of one for three editions. What goes wrong goes wrong again where it is
    used, and is told there.
    """
    settings, listing = workspace.settings, workspace.ledger.current_listing()

    def prepare() -> None:
        with suppress(Exception):
            import pipelines.exports.publish
            import pipelines.tables.frames
            import pipelines.warehouse.build  # noqa: F401

            if listing and not force:
                read_editions(edition_files(listing, settings), settings)

    thread = threading.Thread(target=prepare)
    thread.start()
    return thread
