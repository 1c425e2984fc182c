"""`judgements status`: how current the warehouse is, what it was built from, what it holds and what it lacks."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import LedgerError
from pipelines.archive.remembered import RESTORED, PublishedBuild, SiteCounts
from pipelines.build.kept import WarehouseVersion, kept_warehouses, version_of
from pipelines.build.state import published_counts
from pipelines.commands.known import sentences_of_macros
from pipelines.commands.terminal import Terminal, say
from pipelines.settings import Settings
from pipelines.sources.named import SAMPLE
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse
from pipelines.warehouse.headers import read_query
from pipelines.words import age, day, moment, plural

NAMES_SHOWN = 5
_FIRST = "judgements build --source sample"
_WIDTH = 13


class Coverage(msgspec.Struct, frozen=True):
    """Of the authorities that exist today, how many have a full inspection here: its report, or only its grades.

    `n_missing_reports` counts full inspections, of any time, whose report is known to be missing; `missing_grades`
    names those of them whose grades are missing, too.
    """

    n_authorities: int
    n_with_report: int
    n_with_statistics: int
    n_missing_reports: int
    missing_grades: list[str]


class Status(msgspec.Struct, frozen=True):
    """What `status` says. Times are UTC, and null where this data folder does not know them.

    `built_at` is when it was built; `restored_at` when it was published again, if it was. `held` has kinds of
    inspections and visits; `editions` Ofsted's own statistics.
    """

    warehouse: str
    n_bytes: int
    published: WarehouseVersion
    built_at: dt.datetime | None
    restored_at: dt.datetime | None
    source_listed_at: dt.datetime | None
    coverage: Coverage
    n_with_issues: int
    held: list[dict[str, Any]]
    statistics: list[dict[str, Any]]
    quarantined: dict[str, int]
    site: SiteCounts
    kept: list[str]
    ledger_error: str | None = None


def print_status(settings: Settings, *, as_json: bool) -> None:
    """Print how things stand. Raises MissingWarehouseError."""
    with sentences_of_macros():
        status = read_status(settings)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(status)).decode() + "\n")
        return
    console = Terminal(soft_wrap=True)
    before = ""
    for head, text in _lines(status):
        console.print(f"{'' if head == before else head:{_WIDTH}}{text}", markup=False)
        before = head


def read_status(settings: Settings) -> Status:
    """How things stand, from the warehouse and the ledger. Raises MissingWarehouseError."""
    warehouse = settings.warehouse
    if not warehouse.is_file():
        earlier = ", or judgements restore for an earlier one" if kept_warehouses(settings) else ""
        build = "judgements build makes it of what is archived" if settings.ledger.is_file() else _FIRST
        raise MissingWarehouseError(f"There is no warehouse at {warehouse}: {build}{earlier}")
    published, error, site, listed_at = None, None, SiteCounts(), None
    builds: tuple[PublishedBuild, ...] = ()
    try:
        if settings.ledger.is_file():
            with Ledger.open_read_only(settings.ledger) as ledger:
                published, site = version_of(warehouse, ledger), ledger.site_counts()
                builds = ledger.builds_of(published.fingerprint)
                listed_at = ledger.source_listed_at(published.source)
    except LedgerError as broken:
        error = str(broken)
    published = published or version_of(warehouse, None)
    counts = published_counts(warehouse)
    return Status(
        warehouse=str(warehouse),
        n_bytes=warehouse.stat().st_size,
        published=published,
        built_at=next((one.published_at for one in builds if one.inputs != RESTORED), None),
        restored_at=next((one.published_at for one in builds[:1] if one.inputs == RESTORED), None),
        source_listed_at=listed_at,
        coverage=Coverage(**_asked(settings, "coverage_now")[0]),
        n_with_issues=counts.n_with_issues,
        held=_asked(settings, "held"),
        statistics=_asked(settings, "held_statistics"),
        quarantined=counts.quarantined,
        site=site,
        kept=[one.about.version for one in kept_warehouses(settings, published.fingerprint)],
        ledger_error=error,
    )


def _asked(settings: Settings, query: str) -> list[dict[str, Any]]:
    """The rows of a query of `sql/commands`, by column name."""
    with open_warehouse(settings.warehouse) as connection:
        answer = connection.execute(read_query(f"commands/{query}"))
        columns = [column[0] for column in answer.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def _lines(status: Status) -> Iterator[tuple[str, str]]:
    """What is printed: a head and a text for each line; the same head is shown once."""
    published, coverage = status.published, status.coverage
    up_to = published.reports_published_up_to
    yield "Warehouse", f"{status.warehouse} ({status.n_bytes / 1e6:.1f} MB)"
    yield "Version", published.version
    yield "Current", f"reports published up to {day(up_to)}" if up_to else "it holds no report"
    partial = f", {published.selection}" if published.selection else ""
    yield "Source", f"{published.source}{' (all of it is invented)' if published.source == SAMPLE else ''}{partial}"
    yield "Source", _listed(status.source_listed_at)
    if status.ledger_error:
        yield "Ledger", status.ledger_error
    yield "Built", moment(status.built_at) if status.built_at else "not in this data folder"
    if status.restored_at:
        yield "Restored", f"{moment(status.restored_at)}: an earlier version, published again"
    yield "Holds", f"{published.n_reports:,} reports, {status.n_with_issues:,} of them with issues"
    for one in status.held:
        kind, n, n_authorities = one["activity_kind"].replace("_", " "), one["n_activities"], one["n_authorities"]
        span = f"{day(one['first_date'])} to {day(one['last_date'])}"
        of = plural(n_authorities, "authority", "authorities")
        n_counted = one["n_counted"]
        # Those before November 2013 replace nothing, and pages of the site do not count them.
        counted = f"; {n_counted:,} of them count towards grades" if 0 < n_counted < n else ""
        yield "Holds", f"{kind}: {n:,}, of {of}, {span}{counted}"
    yield from _coverage_lines(coverage)
    for one in status.statistics:
        editions = f"{plural(one['n_editions'], 'edition')}, up to"
        told = f"{one['n_alone']:,} inspections and visits that no report here tells of"
        yield "Statistics", f"{editions} {day(one['as_at_date'])}: {told}"
    reasons = ", ".join(f"{n:,} {reason}" for reason, n in status.quarantined.items())
    yield "Quarantined", f"{reasons}: judgements query 'from quality.quarantined_reports'" if reasons else "nothing"
    if status.site.n_failed:
        yield (
            "Failed",
            f"{status.site.n_failed:,} of the listed reports could not be fetched; the next build tries again",
        )
    if status.site.n_vanished:
        yield "Vanished", f"{status.site.n_vanished:,} reports are no longer listed by their site, and kept"
    n_kept = len(status.kept)
    restore = f"{n_kept:,} kept: judgements history lists them, judgements restore publishes one again"
    yield "Earlier", restore if n_kept else "no version is kept"


def _coverage_lines(coverage: Coverage) -> Iterator[tuple[str, str]]:
    whole = f"{coverage.n_with_report:,} of the {coverage.n_authorities:,} authorities of today have a full inspection"
    alone = (
        f", {coverage.n_with_statistics:,} more only its grades from statistics" if coverage.n_with_statistics else ""
    )
    yield "Coverage", f"{whole} held{alone}"
    if coverage.n_missing_reports:
        which = "judgements query 'from quality.coverage'"
        yield "Coverage", f"{coverage.n_missing_reports:,} full inspections are known whose report is not held: {which}"
    if missing := coverage.missing_grades:
        more = f" and {len(missing) - NAMES_SHOWN:,} more" if len(missing) > NAMES_SHOWN else ""
        yield "Coverage", f"{len(missing):,} of them without grades: {', '.join(missing[:NAMES_SHOWN])}{more}"


def _listed(at: dt.datetime | None) -> str:
    return f"listed {age(at)}, on {moment(at)}" if at else "never listed in this data folder"
