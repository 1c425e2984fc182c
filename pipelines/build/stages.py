"""The five stages of a build, each a plain function that can run alone: the next one finds its work on disk.

Belongs here: what each stage takes, leaves and counts. The command line and the Dagster assets both call these.
Stays out: their order and when a build may be skipped (`build.py`), and how one report is done (`one_report.py`).

    list_reports     a source            -> the ledger's current listing
    archive_reports  the current listing -> files by content, and which publication serves which
    read_reports     archived files      -> cached lines
    parse_reports    cached lines        -> cached facts
    load_warehouse   cached facts        -> the published warehouse
"""

import datetime as dt
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pipelines.archive import intake
from pipelines.archive import ledger as ledgers
from pipelines.archive.builds import PublishedBuild, record_build
from pipelines.archive.database import open_ledger
from pipelines.archive.intake import ArchivedCounts
from pipelines.archive.site_ledger import remembered_site
from pipelines.build.lock import only_writer
from pipelines.build.selection import EVERYTHING, Choice, chosen
from pipelines.build.state import warehouse_inputs
from pipelines.build.stopwatch import Stopwatch
from pipelines.reading.cache import FromCache, Kept
from pipelines.settings import Settings
from pipelines.sources.named import list_source
from pipelines.sources.published import OFSTED, ArchivedReport, Listing, SourceError
from pipelines.workers.pool import Died, Done, Workers, over

if TYPE_CHECKING:
    from pipelines.warehouse.build import BuildResult
    from pipelines.workers.work import Work

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""


class ListedCounts(msgspec.Struct, frozen=True):
    """What a listing found. `warnings` are sentences about what was odd in it.

    Of a site: `failed` says which of its pages could not be had, `vanished` names what it no longer shows, and
    `unread` counts what it lists of kinds that are not read, by label.
    """

    n_published: int
    n_new: int
    n_gone: int
    warnings: tuple[str, ...]
    failed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    unread: dict[str, int] = {}


class ReadCounts(msgspec.Struct, frozen=True):
    """Of `n_files` different files, how many were read now, and how many of those could not be."""

    n_files: int
    n_read: int
    n_unreadable: int


class ParsedCounts(msgspec.Struct, frozen=True):
    """Of `n_files` different files, how many were interpreted now, and how many of those were refused."""

    n_files: int
    n_parsed: int
    n_rejected: int


def _silent(_n_done: int, _n_in_all: int) -> None:
    """No one watches."""


def list_reports(
    settings: Settings,
    source: str,
    only: str | None = None,
    limit: int | None = None,
    accept_shrunken: bool = False,
    progress: Progress = _silent,
) -> ListedCounts:
    """Find what a source has published, and make that the current listing.

    `only` keeps reports whose path or authority holds the text, `limit` the first of them: a warehouse built from
    such a listing holds those alone. Raises SourceError when the source can't be listed or holds none of them, or
    when a site lists much less than last time, unless `accept_shrunken`.
    """
    with only_writer(settings), open_ledger(settings.ledger) as ledger:
        listing = look_at_source(ledger, settings, source, only, limit, accept_shrunken, progress)
        counts = ledgers.record_listing(ledger, listing, _now())
        site = listing.site
        return ListedCounts(
            counts.n_published,
            counts.n_new,
            counts.n_gone,
            listing.warnings,
            failed=site.failures if site else (),
            vanished=tuple(one.name for one in site.vanished) if site else (),
            unread=dict(Counter(one.publication.label or "" for one in site.unread)) if site else {},
        )


def look_at_source(
    ledger: sqlite3.Connection,
    settings: Settings,
    source: str,
    only: str | None,
    limit: int | None,
    accept_shrunken: bool,
    progress: Progress = _silent,
) -> Listing:
    """What a source has published, narrowed, with the ledger left as it is. Raises SourceError as `list_reports`."""
    whole = list_source(source, settings, remembered_site(ledger, source), accept_shrunken, progress)
    listing = whole.narrowed(only, limit)
    if not listing.reports:
        narrowed = f"; of {len(whole.reports)} none is left by {listing.selection}" if listing.selection else ""
        what = "no report of the kinds that are read" if whole.site else "no PDF to build from"
        raise SourceError(f"{source} holds {what}{narrowed}.")
    return listing


def archive_reports(settings: Settings, force: bool = False, progress: Progress = _silent) -> ArchivedCounts:
    """Take in the bytes of every listed publication; with `force`, open also those whose file looks unchanged.

    Files of a site are fetched from it. Raises SourceError when none of them can be had and none is held.
    """
    with only_writer(settings), open_ledger(settings.ledger) as ledger:
        listing = ledgers.current_listing(ledger)
        if listing is None or listing.source != OFSTED:
            return intake.take_in_listed(ledger, settings.archive, settings.max_file_bytes, _now(), force, progress)
        from pipelines.archive.fetching import fetch_listed
        from pipelines.sources.http.client import Visitor

        with Visitor(settings, (settings.ofsted_url, settings.ofsted_files_url)) as visitor:
            return fetch_listed(ledger, settings, visitor, _now(), force, progress)


def read_reports(
    settings: Settings, force: bool = False, progress: Progress = _silent, choice: Choice = EVERYTHING
) -> ReadCounts:
    """Read every archived file of the current listing whose lines are not kept yet; with `force`, every one.

    Counts are of the chosen ones. Raises NothingChosenError.
    """
    from pipelines.workers import work
    from pipelines.workers.one_report import Places

    return ReadCounts(*_work_through(settings, work.reading(Places.of(settings)), force, progress, choice))


def parse_reports(
    settings: Settings, force: bool = False, progress: Progress = _silent, choice: Choice = EVERYTHING
) -> ParsedCounts:
    """Interpret the lines of every file of the current listing that these rules have not seen; with `force`, of all.

    Counts are of the chosen ones. Raises NothingChosenError.
    """
    from pipelines.workers import work
    from pipelines.workers.one_report import Places

    if settings.cluster:
        read_reports(settings, choice=choice)  # a machine that is sent lines has no file to read them from
    return ParsedCounts(*_work_through(settings, work.parsing(Places.of(settings)), force, progress, choice))


def load_warehouse(
    settings: Settings, may_shrink: bool = True, progress: Progress = _silent, *, anew: bool = False
) -> "BuildResult":
    """Build the warehouse of the current listing from lines and facts, check it, and publish it by a rename.

    Lines and facts that are missing are made on the way, so the warehouse is whole or it is not published. Raises
    RejectedBuildError when a blocking check fails: what stood before still stands. One that blocks unless the
    warehouse `may_shrink` is that of holding fewer inspections than the one of the same source that stands. Rows of
    reports that are as they were are taken from that one, unless `anew`. Copies as files are made before it is
    published, and take their place after it.
    """
    from pipelines.exports.copies import Copies
    from pipelines.tables.frames import OWN_REFERENCE, stage
    from pipelines.warehouse.build import build_warehouse
    from pipelines.warehouse.volumes import volume_checks
    from pipelines.workers.one_report import Places, parse_anew, read_anew

    with only_writer(settings), open_ledger(settings.ledger) as ledger:
        listing = ledgers.current_listing(ledger)
        if listing is None:
            raise SourceError("Nothing was listed yet: list a source first.")
        archived = ledgers.archived_reports(ledger)
        inputs = warehouse_inputs(listing, archived, settings.reader)
        hashes = _hashes(archived)
        places = Places.of(settings)
        lines, facts = places.lines_cache(), places.facts_cache()
        staged = stage(
            archived,
            FromCache(lines, hashes, partial(read_anew, places)),
            FromCache(facts, hashes, partial(parse_anew, places)),
            listing.reference or OWN_REFERENCE,
            content=lambda one: _joined(lines.digest(one), facts.digest(one)),
        )
        stopwatch = Stopwatch()
        with Copies(settings.copies) as copies:
            result = build_warehouse(
                staged.reference,
                staged.parts,
                settings.warehouse,
                listing.source_name,
                volumes=lambda stood: volume_checks(is_compared=stood == listing.source_name, may_shrink=may_shrink),
                tell=lambda n_done: progress(n_done, staged.n_reports),
                copier=copies,
                anew=anew,
            )
            with stopwatch.timing("publish"):
                copies.publish()
        record_build(
            ledger, PublishedBuild(listing.source, listing.selection, inputs, result.fingerprint, published_at=_now())
        )
    return replace(result, seconds=result.seconds | stopwatch.seconds)


def _joined(*digests: str | None) -> str:
    """One text of several; where one is missing, a text that is never the same."""
    return secrets.token_hex() if None in digests else "".join(filter(None, digests))


def _work_through(
    settings: Settings, work: "Work[Kept]", force: bool, progress: Progress, choice: Choice
) -> tuple[int, int, int]:
    """Do what the cache lacks: how many files there are, how many were done now, how many of those were refused."""
    n_refused = 0
    with only_writer(settings):
        with open_ledger(settings.ledger) as ledger:
            hashes = _hashes(chosen(ledgers.archived_reports(ledger), choice, settings.warehouse))
        wanted = [one for one in hashes if force or one not in work.cache]
        for n_done, outcome in enumerate(_outcomes(settings, work, wanted), start=1):
            if isinstance(outcome, Died):
                work.cache.put(outcome.item, work.lost(outcome.item, outcome.why))
            n_refused += isinstance(outcome, Died) or outcome.result is not None
            progress(n_done, len(wanted))
    return len(hashes), len(wanted), n_refused


def _outcomes(
    settings: Settings, work: "Work[Kept]", wanted: Sequence[str]
) -> Iterator[Done[str, str | None] | Died[str]]:
    """Have each file worked on, by processes of this machine or by a cluster's."""
    if not wanted:
        return iter(())
    if settings.cluster:
        from pipelines.workers.dask import work_there

        return work_there(work, wanted, settings)
    count = min(settings.workers, len(wanted))
    workers = Workers(count, settings.seconds_per_report, preload=("pipelines.workers.one_report",))
    return over(work.from_disk, wanted, workers)


def _hashes(archived: Sequence[ArchivedReport]) -> list[str]:
    """Each file once, in the order of the listing."""
    return list(dict.fromkeys(one.file_sha256 for one in archived if one.file_sha256))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
