"""A whole build: the five stages in their order, timed, and left out where nothing has changed.

Belongs here: when a build has nothing to do, and the summary that every build ends in.
Stays out: what a stage does (`stages.py`), and how a summary looks (`commands/`).
"""

import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.build import stages
from pipelines.build.lock import only_writer
from pipelines.build.state import published_counts, standing_build
from pipelines.build.stopwatch import Stopwatch
from pipelines.settings import Settings

Watch = Callable[[str], stages.Progress]
"""Told that a stage begins; gives back what is told how far the stage is."""


class BuildSummary(msgspec.Struct, frozen=True):
    """What a build found and did, and what the published warehouse holds now.

    `n_new` counts publications whose file was taken in for the first time, `n_changed` those that serve another file
    than they did, `n_gone` those that the last whole listing still held, `n_failed` pages and files that could not be
    had; `names` has them by head: new, changed, vanished, failed, unchanged. `unread` counts what a site lists of
    kinds that are not read, by label. `n_read` counts the PDFs opened now. `selection` is empty for a whole
    source; otherwise the warehouse is partial. `replaced_source` is the other source whose warehouse this replaced.
    `seconds` are of wall time, by stage; loading is told apart in load, derive, check (and copy) and publish.
    """

    source: str
    selection: str
    is_unchanged: bool
    n_published: int
    n_new: int
    n_changed: int
    n_gone: int
    n_failed: int
    n_unchanged: int
    n_read: int
    n_parsed: int
    n_accepted: int
    n_with_issues: int
    n_quarantined: int
    quarantined: dict[str, int]
    replaced_source: str | None
    warnings: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    unread: dict[str, int]
    seconds: dict[str, float]


def build(
    settings: Settings,
    source: str,
    watch: Watch,
    *,
    force: bool = False,
    only: str | None = None,
    limit: int | None = None,
    accept_shrunken: bool = False,
) -> BuildSummary:
    """Find, fetch, read, interpret and publish. With `force` everything is done again, changed or not.

    Raises SourceError, AnotherWriterError, or RejectedBuildError when a check fails; the warehouse that stood before
    still stands then.
    """
    stopwatch = Stopwatch()

    @contextmanager
    def timed(stage: str) -> Iterator[stages.Progress]:
        with stopwatch.timing(stage):
            yield watch(stage)

    with only_writer(settings):
        with Ledger.open(settings.ledger) as ledger:
            before = ledger.last_build() if settings.warehouse.is_file() else None
        with timed("list") as progress:
            listed = stages.list_reports(settings, source, only, limit, accept_shrunken, progress)
        with timed("archive") as progress:
            archived = stages.archive_reports(settings, force, progress)
        with Ledger.open(settings.ledger) as ledger:
            standing = None if force else standing_build(ledger, settings)
        n_read = n_parsed = 0
        if standing is None:
            with _loading_imported_meanwhile():
                with timed("read") as progress:
                    n_read = stages.read_reports(settings, force, progress).n_read
                with timed("parse") as progress:
                    n_parsed = stages.parse_reports(settings, force, progress).n_parsed
            with timed("load") as progress:
                loaded = stages.load_warehouse(settings, progress=progress, anew=force)
            # What is told apart inside is no longer a part of loading.
            stopwatch.seconds["load"] = round(stopwatch.seconds["load"] - sum(loaded.seconds.values()), 3)
            stopwatch.seconds |= loaded.seconds
        with Ledger.open(settings.ledger) as ledger:
            now = ledger.last_build()
        assert now is not None, "a build that ends has a row in the ledger"
        counts = published_counts(settings.warehouse)
    names = {
        "new": tuple(archived.new),
        "changed": tuple(archived.changed),
        "vanished": listed.vanished,
        "failed": (*listed.failed, *archived.failed),
        "unchanged": tuple(archived.unchanged),
    }
    return BuildSummary(
        source=now.source,
        selection=now.selection,
        is_unchanged=standing is not None,
        n_published=listed.n_published,
        n_new=len(names["new"]),
        n_changed=len(names["changed"]),
        n_gone=listed.n_gone,
        n_failed=len(names["failed"]),
        n_unchanged=len(names["unchanged"]),
        n_read=n_read,
        n_parsed=n_parsed,
        n_accepted=counts.n_accepted,
        n_with_issues=counts.n_with_issues,
        n_quarantined=counts.n_quarantined,
        quarantined=counts.quarantined,
        replaced_source=before.source if before and before.source != now.source else None,
        warnings=listed.warnings,
        names=names,
        unread=listed.unread,
        seconds=stopwatch.seconds,
    )


@contextmanager
def _loading_imported_meanwhile() -> Iterator[None]:
    """Import what the last stage needs while this process only waits for its workers.

    Nothing outlives the block: what the import leaves in place is there for every other thread too.
    """
    importing = threading.Thread(target=_import_loading)
    importing.start()
    try:
        yield
    finally:
        importing.join()


def _import_loading() -> None:
    """Import what the last stage needs.

    dataframely looks for SQLAlchemy, to describe tables to databases, and where Dagster is installed it finds it: as
    long to import as all the rest, and asked for by nobody here.
    """
    is_spared = "sqlalchemy" not in sys.modules
    if is_spared:
        sys.modules["sqlalchemy"] = None  # type: ignore[assignment] # the language's own sign for: not to be imported
    try:
        importlib.import_module("dataframely")
    finally:
        if is_spared:
            del sys.modules["sqlalchemy"]
    for name in ("pipelines.tables.frames", "pipelines.warehouse.build", "pipelines.exports.copies"):
        importlib.import_module(name)
