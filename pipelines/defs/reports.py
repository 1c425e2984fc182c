"""The assets before the warehouse, one a stage: what is published, its files, their lines, and what they say."""

import datetime as dt
from collections.abc import Sequence

import dagster as dg
from pydantic import Field

from pipelines.build import stages
from pipelines.build.editions import archive_editions
from pipelines.build.selection import Selection
from pipelines.defs.graph import group
from pipelines.defs.resources import DataFolder, known_errors
from pipelines.defs.start_here import HOURS_FRESH
from pipelines.defs.summary import Metadata, in_words, page, plain
from pipelines.sources.published import Progress, Wanted

_SECONDS_BETWEEN_LINES = 60
"""In a run's log. A first visit to a site takes half an hour, by its rate limit."""
_FRESH = dt.timedelta(hours=HOURS_FRESH)


class ListingConfig(dg.Config):
    """Which reports a run is about.

    A warehouse built from a trial replaces a larger one, of whatever source, only with accept_fewer_inspections.
    """

    source: str = Field(
        default="", description="`ofsted`, `sample`, or a directory of PDFs. Empty: what JUDGEMENTS_SOURCE says."
    )
    only: str | None = Field(default=None, description="For a trial: only reports whose path or authority holds this.")
    limit: int | None = Field(default=None, ge=1, description="For a trial: only the first so many.")
    accept_shrunken_listing: bool = Field(default=False, description="Believe a site that lists much less than before.")


class ArchiveConfig(dg.Config):
    """How carefully files are looked at."""

    force: bool = Field(default=False, description="Open, or ask for, also files that look unchanged.")


class SelectionConfig(dg.Config):
    """The reports that are looked at: all of them, unless something is said. The warehouse stays whole."""

    only: str | None = Field(default=None, description="Only reports whose path, address or authority holds this text.")
    framework_code: str | None = Field(default=None, description="Only reports published under this one, as `sif`.")
    force: bool = Field(default=False, description="Do again also what is kept from before.")

    def selection(self) -> Selection:
        """What was selected."""
        return Selection(self.only, self.framework_code)


@dg.asset(
    key=["raw", "published_reports"],
    group_name=group("raw"),
    kinds={"sqlite"},
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=2 * _FRESH, warn_window=_FRESH),
)
def published_reports(
    context: dg.AssetExecutionContext, config: ListingConfig, folder: dg.ResourceParam[DataFolder]
) -> dg.MaterializeResult[None]:
    """Every publication that the source lists now. One row per address or path under which a report stands."""
    workspace = folder.workspace
    source = config.source or workspace.settings.source
    wanted = Wanted(source, config.only, config.limit, config.accept_shrunken_listing)
    with known_errors(context.retry_number):
        listing, counts = stages.list_reports(workspace, wanted, _progress("Listing publications"))
    site = listing.site
    news = {"new": counts.n_new, "no longer listed": counts.n_gone, "pages failed": len(site.failures)}
    vanished = [one.name for one in site.vanished]
    unread = [f"{number:,} {label}" for label, number in site.unread_by_label.items()]
    names = {
        "warnings": (*listing.warnings, *workspace.warnings),
        "failed": site.failures,
        "vanished": vanished,
        "not_read": unread,
    }
    summary = f"{plain(source)} lists {counts.n_published:,} reports: {in_words(news, 'as before')}."
    numbers = {"dagster/row_count": counts.n_published, "n_new": counts.n_new, "n_gone": counts.n_gone}
    return dg.MaterializeResult(metadata=page(summary, numbers, names))


@dg.asset(key=["raw", "report_files"], group_name=group("raw"), deps=[published_reports], kinds={"pdf"})
def report_files(
    context: dg.AssetExecutionContext, config: ArchiveConfig, folder: dg.ResourceParam[DataFolder]
) -> dg.MaterializeResult[None]:
    """Every published report, byte for byte. One row per publication; a re-issued file is a new version."""
    with known_errors(context.retry_number):
        counts = stages.archive_reports(folder.workspace, config.force, _progress("Archiving files"))
    names = {"new": counts.new, "changed": counts.changed, "failed": counts.failed}
    news = in_words({"new": len(counts.new), "changed": len(counts.changed), "failed": len(counts.failed)}, "as before")
    summary = f"{counts.n_published:,} reports: {news}."
    return dg.MaterializeResult(metadata=page(summary, {"dagster/row_count": counts.n_published}, names))


@dg.asset(key=["raw", "official_editions"], group_name=group("raw"), kinds={"spreadsheet"})
def official_editions(folder: dg.ResourceParam[DataFolder]) -> dg.MaterializeResult[None]:
    """Every edition of Ofsted's own statistics that was given. One row per file.

    Takes in what lies in the folder that JUDGEMENTS_STATISTICS names; what was taken in once stays.
    """
    with known_errors():
        kept = archive_editions(folder.workspace.settings)
    summary = (
        f"{len(kept):,} editions are kept."
        if kept
        else "No edition was given: JUDGEMENTS_STATISTICS names their folder."
    )
    return dg.MaterializeResult(
        metadata=page(summary, {"dagster/row_count": len(kept)}, {"kept": [path.name for path in kept]})
    )


@dg.asset(key=["read", "lines"], group_name=group("read"), deps=[report_files], kinds={"python", "pdf"})
def read_lines(config: SelectionConfig, folder: dg.ResourceParam[DataFolder]) -> dg.MaterializeResult[None]:
    """The lines of every report, as the reader found them. One row per line, with page, box, font and text.

    Kept by content and reader version: a report is opened once, and again only when the reader itself gets better.
    """
    with known_errors():
        counts = stages.read_reports(folder.workspace, config.force, selection=config.selection())
    return dg.MaterializeResult(metadata=_page_of_task(counts, "read", folder.workspace.warnings))


@dg.asset(key=["parsed", "reports"], group_name=group("parsed"), deps=[read_lines], kinds={"python"})
def parsed_reports(config: SelectionConfig, folder: dg.ResourceParam[DataFolder]) -> dg.MaterializeResult[None]:
    """What every report says: cover, judgements, sections, paragraphs, recommendations. One row per report.

    Kept by content and rules version: a changed rule parses every report again and opens no PDF.
    """
    with known_errors():
        counts = stages.parse_reports(folder.workspace, config.force, selection=config.selection())
    return dg.MaterializeResult(metadata=_page_of_task(counts, "parsed"))


def _progress(name: str) -> Progress:
    return stages.in_lines(name, _SECONDS_BETWEEN_LINES, dg.get_dagster_logger().info)


def _page_of_task(counts: stages.TaskCounts, done: str, warnings: Sequence[str] = ()) -> Metadata:
    numbers = {"n_files": counts.n_files, "n_done": counts.n_done, "n_refused": counts.n_refused}
    refused = f", of which {counts.n_refused:,} could not be" if counts.n_refused else ""
    return page(
        f"{counts.n_done:,} of {counts.n_files:,} files were {done} now{refused}.", numbers, {"warnings": warnings}
    )
