"""The page to start from: how current the data are, what the last build changed, what needs a look, what to press."""

import datetime as dt
from collections.abc import Callable, Iterator

import dagster as dg

from pipelines.archive.ledger import Ledger
from pipelines.archive.remembered import RESTORED, CurrentListing, PublishedBuild
from pipelines.build.kept import version_of
from pipelines.build.state import current_build, published_counts
from pipelines.defs.graph import group
from pipelines.defs.summary import plain, reason
from pipelines.errors import is_known
from pipelines.notifications.due import in_words, statistics_due
from pipelines.notifications.outbox import unreadable, waiting
from pipelines.settings import Settings
from pipelines.words import age, day, moment, today

HOURS_FRESH = 36
"""A listing older than this is no longer called current."""

_LATE = dt.timedelta(hours=1)
"""A notification that waits longer has a receiver that is down, or a wrong address."""

_FETCH = "[fetch_reports](/locations/judgements/jobs/fetch_reports/playground)"
_BUILD = "[build_warehouse](/locations/judgements/jobs/build_warehouse/playground)"

START_HERE = dg.AssetSpec(
    "start_here",
    group_name=group("start_here"),
    kinds={"markdown"},
    description="One row per page, and there is one: how current the data are, what the last build changed, what needs"
    " a look, and what to press next. Every run renews it at its end: see *Events*.\n\n"
    "**To bring everything up to date press the job fetch_reports.** It lists a source and fetches what is new, and"
    " build_warehouse starts by itself when there is something to build. Another source than JUDGEMENTS_SOURCE is named"
    " in the Launchpad: `ofsted`, `sample`, or a directory of PDFs.",
)
"""No run plans to make it, so none that fails shows it as failed."""


def start_page(
    instance: dg.DagsterInstance, ledger: Ledger, settings: Settings, run: dg.DagsterRun | None = None
) -> dg.AssetMaterialization:
    """The page as things stand now, which may be the end of a run."""
    sections = {
        "how_current": _told(lambda: _how_current(ledger, settings)),
        "last_run": _last_run(instance, run) if run else "",
        "last_build": _last_build(instance, ledger),
        "needs_a_look": _told(lambda: "\n".join(f"- {one}" for one in _needs_a_look(ledger, settings))),
        "press_next": _press_next(ledger, settings),
    }
    return dg.AssetMaterialization(
        START_HERE.key, metadata={name: dg.MetadataValue.md(text) for name, text in sections.items() if text}
    )


def first_page() -> dg.AssetMaterialization:
    """The page before anything was done in this data folder."""
    return dg.AssetMaterialization(
        START_HERE.key, metadata={"press_next": dg.MetadataValue.md(f"{_FETCH}, to fetch reports and build from them.")}
    )


def _told(section: Callable[[], str]) -> str:
    """A section, or why it can't be told: a warehouse that can't be opened is when this page is needed most."""
    try:
        return section()
    except Exception as error:
        if is_known(error):
            return f"**The warehouse can't be opened.** {error}"
        raise


def _how_current(ledger: Ledger, settings: Settings) -> str:
    listing, listed_at = ledger.current_listing(), ledger.last_listed_at()
    listed = "Nothing was listed yet."
    if listing and listed_at:
        listed = f"`{listing.source}` was listed {age(listed_at)}, on {moment(listed_at)}."
    if not settings.warehouse.is_file():
        return f"**There is no warehouse yet.** {listed}"
    now = version_of(settings.warehouse, ledger)
    up_to = f"Reports published up to {day(now.reports_published_up_to)}" if now.reports_published_up_to else ""
    holds = f"{now.n_reports:,} reports and letters from `{now.source}`, {now.n_inspections:,} graded inspections."
    return f"**{up_to or 'No report is held'}.** {holds} {listed}"


def _last_run(instance: dg.DagsterInstance, run: dg.DagsterRun) -> str:
    """Why the run that ends now failed; empty where it did not."""
    failures = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    reasons = [reason(one.dagster_event.step_failure_data.error) for one in failures if one.dagster_event]
    return f"[{run.job_name}](/runs/{run.run_id}) failed. {plain(' '.join(reasons))}" if reasons else ""


def _last_build(instance: dg.DagsterInstance, ledger: Ledger) -> str:
    """What the last build changed, as its own page says; a build at a terminal leaves none."""
    build = ledger.last_build()
    if build is None:
        return ""
    published_at = build.published_at.replace(tzinfo=dt.UTC)
    event = instance.get_latest_materialization_event(dg.AssetKey(["meta", "build"]))
    if event and event.asset_materialization and event.timestamp >= published_at.timestamp():
        changes = (
            f"{event.asset_materialization.metadata['summary'].value} [All changes](/assets/meta/build?view=events)"
        )
    else:
        what = "An earlier warehouse was restored, from" if build.inputs == RESTORED else "Built from"
        changes = f"{what} `{build.source}` at a terminal."
    return f"{moment(published_at)}. {changes}"


def _needs_a_look(ledger: Ledger, settings: Settings) -> Iterator[str]:
    site = ledger.site_counts()
    if site.n_failed:
        yield f"[{site.n_failed:,} could not be fetched](/assets/raw/report_files)"
    if site.n_vanished:
        yield f"[{site.n_vanished:,} no longer listed, and kept](/assets/raw/published_reports)"
    yield from _notifications_late(settings)
    if due := statistics_due(settings, today()):
        yield f"[Statistics are due](/assets/official/editions): {' '.join(in_words(due))}"
    if settings.warehouse.is_file():
        for why, number in published_counts(settings.warehouse).quarantined.items():
            yield f"[{number:,} quarantined](/assets/quality/quarantined_reports): {why}"


def _notifications_late(settings: Settings) -> Iterator[str]:
    if late := [one for one in waiting(settings) if one.at < dt.datetime.now(dt.UTC) - _LATE]:
        sensor = "/locations/judgements/sensors/send_notifications"
        yield f"[{len(late):,} waiting]({sensor}): notifications that no address took for an hour"
    yield from unreadable(settings)


def _of(one: CurrentListing | PublishedBuild) -> str:
    return f"`{one.source}`, {one.selection}" if one.selection else f"`{one.source}`"


def _press_next(ledger: Ledger, settings: Settings) -> str:
    listing, build = ledger.current_listing(), ledger.last_build()
    if listing is None:
        return f"{_FETCH}, to fetch reports and build from them."
    if build and (build.source, build.selection) != (listing.source, listing.selection):
        return (
            f"What is published is from {_of(build)}, and what was listed last is {_of(listing)}. To stay with the"
            f" first, press {_FETCH} with it as `source`. To publish the second, press {_BUILD}, with"
            " `accept_fewer_inspections` where it has fewer."
        )
    if build and build.inputs == RESTORED:
        return f"Nothing, while what was restored is to stay: {_BUILD} and {_FETCH} replace it."
    if current_build(ledger, settings) is None:
        return f"There is something to build. It starts by itself after a fetch; if it did not, press {_BUILD}."
    if ledger.site_counts().n_failed:
        return f"{_FETCH}, to try again what could not be fetched."
    return f"Nothing: the warehouse holds all that was fetched. {_FETCH} looks for more."
