"""The page to start from: how current the data are, what the last build changed, what needs a look, what to press."""

import datetime as dt
from collections.abc import Callable, Iterator

import dagster as dg

from pipelines.archive.remembered import RESTORED, age
from pipelines.build.state import current_build, published_counts
from pipelines.build.workspace import Workspace
from pipelines.defs.graph import group
from pipelines.defs.summary import plain, reason
from pipelines.errors import is_known
from pipelines.notifications.due import in_words, statistics_due
from pipelines.notifications.outbox import NotificationsDamagedError, waiting
from pipelines.settings import Settings

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


def start_page(instance: dg.DagsterInstance, run: dg.DagsterRun, workspace: Workspace) -> dg.AssetMaterialization:
    """The page as things stand at the end of a run."""
    sections = {
        "how_current": _told(lambda: _how_current(workspace)),
        "last_run": _last_run(instance, run),
        "last_build": _last_build(instance, workspace),
        "needs_a_look": _told(lambda: "\n".join(f"- {one}" for one in _needs_a_look(workspace))),
        "press_next": _press_next(workspace),
    }
    return dg.AssetMaterialization(
        START_HERE.key, metadata={name: dg.MetadataValue.md(text) for name, text in sections.items() if text}
    )


def _told(section: Callable[[], str]) -> str:
    """A section, or why it can't be told: a warehouse that can't be opened is when this page is needed most."""
    try:
        return section()
    except Exception as error:
        if is_known(error):
            return f"**The warehouse can't be opened.** {error}"
        raise


def _how_current(workspace: Workspace) -> str:
    from pipelines.warehouse.measures import measure

    listing, listed_at = workspace.ledger.current_listing(), workspace.ledger.last_listed_at()
    if listing is None or listed_at is None:
        return "Nothing was listed yet."
    listed = f"`{listing.source}` was listed {age(listed_at)}, on {listed_at:%-d %B %Y at %H:%M} UTC."
    if not workspace.settings.warehouse.is_file():
        return f"**There is no warehouse yet.** {listed}"
    last = measure(workspace.settings.warehouse)["core.reports"]["last_published_date"]
    return f"**Reports published up to {dt.date.fromisoformat(str(last)):%-d %B %Y}.** {listed}" if last else listed


def _last_run(instance: dg.DagsterInstance, run: dg.DagsterRun) -> str:
    """Why the run that ends now failed; empty where it did not."""
    failures = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    reasons = [reason(one.dagster_event.step_failure_data.error) for one in failures if one.dagster_event]
    return f"[{run.job_name}](/runs/{run.run_id}) failed. {plain(' '.join(reasons))}" if reasons else ""


def _last_build(instance: dg.DagsterInstance, workspace: Workspace) -> str:
    """What the last build changed, as its own page says; a build at a terminal leaves none."""
    build = workspace.ledger.last_build()
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
    return f"{published_at:%-d %B %Y, %H:%M} UTC. {changes}"


def _needs_a_look(workspace: Workspace) -> Iterator[str]:
    site = workspace.ledger.site_counts()
    if site.n_failed:
        yield f"[{site.n_failed:,} could not be fetched](/assets/raw/report_files)"
    if site.n_vanished:
        yield f"[{site.n_vanished:,} no longer listed, and kept](/assets/raw/published_reports)"
    yield from _notifications_late(workspace.settings)
    if due := statistics_due(workspace.settings, dt.date.today()):  # noqa: DTZ011 the reader's own day
        yield f"[Statistics are due](/assets/official/editions): {' '.join(in_words(due))}"
    if workspace.settings.warehouse.is_file():
        for why, number in published_counts(workspace.settings.warehouse).quarantined.items():
            yield f"[{number:,} quarantined](/assets/quality/quarantined_reports): {why}"


def _notifications_late(settings: Settings) -> Iterator[str]:
    try:
        late = [one for one in waiting(settings) if one.at < dt.datetime.now(dt.UTC) - _LATE]
    except NotificationsDamagedError as error:
        yield str(error)
    else:
        if late:
            sensor = "/locations/judgements/sensors/send_notifications"
            yield f"[{len(late):,} waiting]({sensor}): notifications that no address took for an hour"


def _press_next(workspace: Workspace) -> str:
    ledger = workspace.ledger
    if ledger.current_listing() is None:
        return f"{_FETCH}, to fetch reports and build from them."
    if current_build(ledger, workspace.settings) is None:
        return f"There is something to build. It starts by itself after a fetch; if it did not, press {_BUILD}."
    if ledger.site_counts().n_failed:
        return f"{_FETCH}, to try again what could not be fetched."
    return f"Nothing: the warehouse holds all that was fetched. {_FETCH} looks for more."
