"""Checks that look at more than one build: is the listing current, does the fast reader still read right.

Belongs here: checks that can be run by themselves, at any time.
Stays out: checks of tables, which each build asks before it publishes (`warehouse.py`).
"""

import datetime as dt

import dagster as dg
from pydantic import Field

from pipelines.defs.raw import published_reports
from pipelines.defs.read import read_lines
from pipelines.defs.resources import DataFolder

MOST_DIFFERING = 0.01
"""Of all lines. Over the real reports of 2013 to 2026 the readers differ on about 1 line in 1,000."""

LISTING_IS_FRESH = "listing_is_fresh"
READERS_AGREE = "readers_agree_on_a_sample"
ROWS_SHOWN = 20


class AgreementConfig(dg.Config):
    """How many reports are read twice, and how long that may take."""

    n_reports: int = Field(default=3, ge=1, description="Reports drawn by lot: others in each run.")
    seconds_per_report: float = Field(default=30, gt=0, description="A report that takes longer is left out.")


@dg.asset_check(
    asset=published_reports,
    name=LISTING_IS_FRESH,
    description="The source was listed lately: within JUDGEMENTS_HOURS_FRESH, 36 where that is not set.",
)
def listing_is_fresh(data_folder: DataFolder) -> dg.AssetCheckResult:
    """Whether what the warehouse is built from is a listing of today or yesterday."""
    from pipelines.archive.ledger import Ledger

    settings = data_folder.settings()
    listed_at = None
    if settings.ledger.is_file():
        with Ledger.open(settings.ledger) as ledger:
            listed_at = ledger.last_listed_at()
    if listed_at is None:
        return dg.AssetCheckResult(
            passed=False, severity=dg.AssetCheckSeverity.WARN, description="Nothing was listed yet."
        )
    hours = (dt.datetime.now(dt.UTC).replace(tzinfo=None) - listed_at) / dt.timedelta(hours=1)
    return dg.AssetCheckResult(
        passed=hours <= settings.hours_fresh,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Listed {hours:.0f} hours ago, at {listed_at} UTC.",
        metadata={"hours_since_listed": round(hours, 1), "hours_fresh": settings.hours_fresh},
    )


@dg.asset_check(
    asset=read_lines,
    name=READERS_AGREE,
    description=f"On a few reports drawn by lot, at most {MOST_DIFFERING:.0%} of the lines differ between the readers.",
)
def readers_agree_on_a_sample(
    context: dg.AssetCheckExecutionContext, config: AgreementConfig, data_folder: DataFolder
) -> dg.AssetCheckResult:
    """Whether the fast reader gives what the reference reader gives, on reports that each run draws anew."""
    from pipelines.reading.agreement import compare_some

    found = compare_some(data_folder.settings(), context.run.run_id, config.n_reports, config.seconds_per_report)
    rows = [
        dg.TableRecord(
            {
                "report": one.report,
                "page": one.difference.page_number,
                "kind": one.difference.kind,
                "fast": one.difference.fast,
                "reference": one.difference.reference,
            }
        )
        for one in found.disagreements[:ROWS_SHOWN]
    ]
    return dg.AssetCheckResult(
        passed=found.share_differing <= MOST_DIFFERING,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(found.disagreements)} of {found.n_lines:,} lines differ, in {found.n_reports} reports.",
        metadata={
            "share_differing": found.share_differing,
            "n_reports": found.n_reports,
            "n_lines": found.n_lines,
            "n_differing": len(found.disagreements),
            "too_slow": list(found.too_slow),
            **({"offending_rows": dg.MetadataValue.table(rows)} if rows else {}),
        },
    )
