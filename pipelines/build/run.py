"""A whole build: the stages in their order, timed. Reading and later stages are skipped if nothing has changed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import msgspec

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
    `n_newer_quarantined`) or not held. They serve `n_files` different files, `n_same_file` of
    them that of another.

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
    seconds: dict[str, float] = {}

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        """Add the wall time of a block to that of its stage, to the millisecond. Exports are also announced."""
        if stage == "export":
            watch(stage)
        started = time.monotonic()
        yield
        seconds[stage] = round(seconds.get(stage, 0) + time.monotonic() - started, 3)

    with Workspace.open(settings) as workspace:
        before = workspace.ledger.last_build() if settings.warehouse.is_file() else None
        if wanted:
            with timed("list"):
                listing = stages.look_at_source(workspace, wanted, watch("list"))
                accept = _check_early(workspace, listing, accept_fewer_inspections)
                listed = stages.record_listing(workspace, listing)
            with timed("archive"):
                archived = stages.archive_reports(workspace, force, watch("archive"))
        else:
            listing, listed, archived = stages.listed_last(workspace)
            accept = _check_early(workspace, listing, accept_fewer_inspections)
        archive_editions(settings)
        current = None if force else current_build(workspace.ledger, settings)
        n_read = n_parsed = 0
        if current is None:
            prepared = _prepare_loading(workspace, force)
            with timed("read"):
                n_read = stages.read_reports(workspace, force, watch("read")).n_done
            with timed("parse"):
                n_parsed = stages.parse_reports(workspace, force, watch("parse")).n_done
            prepared.join()
            built = stages.load_warehouse(workspace, watch("load"), timed, accept_fewer_inspections=accept, force=force)
            checks = failed_checks(built.checks)
        else:
            checks = published_failed_checks(settings.warehouse)
        now = workspace.ledger.last_build()
        assert now is not None, "a build that ends has a row in the ledger"
        counts, of_listing = published_counts(settings.warehouse), workspace.ledger.site_counts()
        kept = [one.about for one in kept_warehouses(settings)]
    names = {
        "new": archived.new,
        "changed": archived.changed,
        "vanished": [one.name for one in listing.site.vanished],
        "failed": [*listing.site.failures, *archived.failed],
        "unchanged": archived.unchanged,
    }
    return BuildSummary(
        source=now.source,
        selection=now.selection,
        is_unchanged=current is not None,
        n_published=listed.n_published,
        n_new=len(names["new"]),
        n_gone=listed.n_gone,
        n_kept=of_listing.n_kept,
        n_not_held=of_listing.n_not_held,
        n_files=of_listing.n_files,
        n_same_file=of_listing.n_same_file,
        n_read=n_read,
        n_parsed=n_parsed,
        **msgspec.structs.asdict(counts),
        kept_version=next((one.version for one in kept if before.warehouse_fingerprint == one.fingerprint), None)
        if before and current is None
        else None,
        replaced_source=before.source if before and before.source != now.source else None,
        warnings=(*listing.warnings, *workspace.warnings),
        failed_checks=checks,
        names=names,
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
