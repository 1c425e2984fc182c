"""The page to start from: how current the data are, what the last build changed, what needs a look, what to press."""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from pipelines.build.state import current_build, published_counts
from pipelines.build.workspace import Workspace
from pipelines.defs.graph import group, owners

HOURS_FRESH = 36
"""A listing older than this is no longer called current."""

START_HERE = dg.AssetSpec(
    "start_here",
    group_name=group("start_here"),
    owners=owners("start_here"),
    kinds={"markdown"},
    description="""How current the data are, what the last build changed, and what to press next: see the latest event
of this page, which every run renews at its end. One row per page: there is one.

To bring everything up to date, press the job **fetch_reports**: it lists a source and fetches what is new, and
**build_warehouse** starts by itself when there is something to build. For a source other than JUDGEMENTS_SOURCE, write
its name under `source` in the Launchpad: `ofsted`, `sample`, or a directory of PDFs.""",
)


@dg.definitions
def start_here() -> dg.Definitions:
    """An asset that no job makes: so no run that fails leaves it behind as failed."""
    return dg.Definitions(assets=[START_HERE])


def start_page(instance: dg.DagsterInstance, run: dg.DagsterRun, workspace: Workspace) -> dg.AssetMaterialization:
    """The page as things stand at the end of a run."""
    sections = {
        "how_current": _how_current(workspace, dt.datetime.now(dt.UTC).replace(tzinfo=None)),
        "last_run": _last_run(instance, run, workspace.settings.ui_url),
        "last_build": _last_build(instance, workspace),
        "needs_a_look": "\n".join(f"- {one}" for one in _needs_a_look(workspace)),
        "press_next": _press_next(workspace),
    }
    return dg.AssetMaterialization(
        START_HERE.key, metadata={name: dg.MetadataValue.md(text) for name, text in sections.items() if text}
    )


def age(since: dt.timedelta) -> str:
    """How long ago, in the largest unit that says enough."""
    hours = since / dt.timedelta(hours=1)
    if hours < 1:
        return "less than an hour ago"
    return f"{hours:.0f} hours ago" if hours < 2 * HOURS_FRESH else f"{since.days} days ago"


def _how_current(workspace: Workspace, now: dt.datetime) -> str:
    from pipelines.warehouse.measures import measure

    listed_at, listing = workspace.ledger.last_listed_at(), workspace.ledger.current_listing()
    if listed_at is None or listing is None:
        return "Nothing was listed yet."
    listed = f"`{listing.source}` was listed {age(now - listed_at)} ({listed_at:%-d %B %Y, %H:%M} UTC)"
    if not workspace.settings.warehouse.is_file():
        return f"{listed}. There is no warehouse yet."
    published = measure(workspace.settings.warehouse)["core.inspections"]["last_published_date"]
    if not published:
        return f"{listed}. The warehouse holds no inspection."
    return f"**Reports published up to {dt.date.fromisoformat(str(published)):%-d %B %Y}.** {listed}."


def _last_run(instance: dg.DagsterInstance, run: dg.DagsterRun, ui_url: str) -> str:
    """Why the run that ends now failed; empty where it did not."""
    failures = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    reasons = [failure_reason(one.dagster_event) for one in failures if one.dagster_event]
    return "".join(f"[{run.job_name}]({ui_url}/runs/{run.run_id}) failed: {reason}" for reason in reasons)


def failure_reason(event: dg.DagsterEvent) -> str:
    """Why a step failed: the plain sentence of a known error, else what was raised first."""
    told, error = event.step_failure_data.user_failure_data, event.step_failure_data.error
    if told and told.description:
        return told.description
    return root_cause(error, event.message or "no reason given")


def root_cause(error: object, otherwise: str) -> str:
    """What was raised first, not what Dagster made of it."""
    while cause := getattr(error, "cause", None):
        error = cause
    message = str(getattr(error, "message", "")).strip()
    return message.rpartition("Error: ")[2].rpartition("Failure: ")[2] or otherwise


def _last_build(instance: dg.DagsterInstance, workspace: Workspace) -> str:
    """What the last build changed, as its own page says; a build at a terminal has no such page."""
    build = workspace.ledger.last_build()
    if build is None:
        return ""
    published_at = f"Published on {build.published_at:%-d %B %Y, %H:%M} UTC."
    event = instance.get_latest_materialization_event(dg.AssetKey(["meta", "build"]))
    if (
        not event
        or not event.asset_materialization
        or event.timestamp < build.published_at.replace(tzinfo=dt.UTC).timestamp()
    ):
        return f"{published_at} It was built at a terminal, which leaves no list of changes here."
    summary = event.asset_materialization.metadata["summary"].value
    return f"{summary} {published_at} [All changes]({workspace.settings.ui_url}/assets/meta/build)"


def _needs_a_look(workspace: Workspace) -> Iterator[str]:
    ui_url, warehouse = workspace.settings.ui_url, workspace.settings.warehouse
    site = workspace.ledger.site_counts()
    if site.n_failed:
        yield f"{site.n_failed:,} could not be fetched: [which]({ui_url}/assets/raw/report_files)"
    if site.n_vanished:
        yield f"{site.n_vanished:,} are no longer listed by their site, and kept"
    if warehouse.is_file():
        counts = published_counts(warehouse)
        for reason, number in counts.quarantined.items():
            yield f"{number:,} quarantined as {reason}: [which]({ui_url}/assets/quality/quarantined_reports)"


def _press_next(workspace: Workspace) -> str:
    """One job, with a link to where it is started."""
    ledger, settings = workspace.ledger, workspace.settings
    listed_at = ledger.last_listed_at()
    if listed_at is None:
        return f"{_job(workspace, 'fetch_reports')} to fetch reports and build from them."
    if current_build(ledger, settings.reader, settings.warehouse) is None:
        return (
            f"{_job(workspace, 'build_warehouse')}: there is something to build. After a fetch that went through it"
            " starts by itself."
        )
    if ledger.site_counts().n_failed:
        return f"{_job(workspace, 'fetch_reports')} to try again what could not be fetched."
    return f"Nothing: all that was fetched is in the warehouse. {_job(workspace, 'fetch_reports')} looks for more."


def _job(workspace: Workspace, name: str) -> str:
    return f"[{name}]({workspace.settings.ui_url}/locations/judgements/jobs/{name}/playground)"
