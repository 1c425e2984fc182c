"""Checks as Dagster shows them: those that `sql/` declares, and two that can be run by themselves at any time."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg
import msgspec
from pydantic import Field

from pipelines.defs.graph import asset_key
from pipelines.defs.reports import published_reports, read_lines
from pipelines.defs.resources import DataFolder, known_errors
from pipelines.defs.start_here import HOURS_FRESH
from pipelines.defs.summary import Metadata, page
from pipelines.warehouse.checks import ROWS_SHOWN, Check, CheckOutcome
from pipelines.words import age
from pipelines.workers.pool import Failed

MOST_DIFFERING = 0.01
"""Of all lines. Over the real reports of 2013 to 2026 the readers differ on about 1 line in 1,000."""

REPORTS_READ_TWICE = 3
"""Drawn at random: others in each run."""

REPORTS_READ_TWICE_WEEKLY = 30
"""On Sundays, when nobody waits for the machine."""

SECONDS_PER_REPORT = 30.0
"""A report that takes longer to read twice is left out."""

_CLOCKS_DIFFER = dt.timedelta(hours=1)


def check_spec(check: Check) -> dg.AssetCheckSpec:
    """A check of `sql/` before it is run."""
    return dg.AssetCheckSpec(
        check.name,
        asset=asset_key(check.table),
        description=check.description,
        blocking=check.is_blocking,
        metadata={"query": dg.MetadataValue.md(f"```sql\n{check.query}\n```")},
    )


def check_result(outcome: CheckOutcome) -> dg.AssetCheckResult:
    """How a check of `sql/` came out, with the rows that break it."""
    check = outcome.check
    return dg.AssetCheckResult(
        asset_key=asset_key(check.table),
        check_name=check.name,
        passed=outcome.passed,
        severity=dg.AssetCheckSeverity.ERROR if check.is_blocking else dg.AssetCheckSeverity.WARN,
        description=None if outcome.passed else outcome.sentence(),
        metadata=page("", {"n_offending": outcome.n_offending}) | _offending_rows(outcome.offending),
    )


@dg.asset_check(asset=published_reports, description=f"The source was listed within {HOURS_FRESH} hours.")
def listing_is_fresh(folder: dg.ResourceParam[DataFolder]) -> dg.AssetCheckResult:
    """Whether what the warehouse is built from is a listing of today or yesterday; one of tomorrow has a wrong time."""
    listed_at = folder.workspace.ledger.last_listed_at()
    now, fresh = dt.datetime.now(dt.UTC).replace(tzinfo=None), dt.timedelta(hours=HOURS_FRESH)
    return dg.AssetCheckResult(
        passed=listed_at is not None and now - fresh <= listed_at <= now + _CLOCKS_DIFFER,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Listed {age(listed_at)}, at {listed_at} UTC." if listed_at else "Nothing was listed yet.",
    )


class SampleConfig(dg.Config):
    """How many reports are read twice."""

    n_reports: int = Field(default=REPORTS_READ_TWICE, ge=1, description="Reports to draw and read with both readers.")


@dg.asset_check(asset=read_lines, description="At most 1% of the lines of a few reports differ between the readers.")
def readers_agree_on_a_sample(
    context: dg.AssetCheckExecutionContext, config: SampleConfig, folder: dg.ResourceParam[DataFolder]
) -> dg.AssetCheckResult:
    """Whether the fast reader gives what the reference reader gives, on reports that each run draws anew."""
    from pipelines.build.agreement import compare_some

    with known_errors():
        settings = folder.workspace.settings
        drawn = list(compare_some(settings, context.run.run_id, config.n_reports, SECONDS_PER_REPORT))
    compared = [(name, outcome) for name, outcome in drawn if not isinstance(outcome, Failed)]
    too_slow = [name for name, outcome in drawn if isinstance(outcome, Failed)]
    rows = [{"report": name, **msgspec.structs.asdict(one)} for name, found in compared for one in found.differences]
    n_lines = sum(found.n_lines for _, found in compared)
    numbers = {"n_differing": len(rows), "n_lines": n_lines, "n_reports": len(compared)}
    return dg.AssetCheckResult(
        passed=len(rows) <= MOST_DIFFERING * n_lines,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(rows):,} of {n_lines:,} lines differ, in {len(compared)} reports.",
        metadata=page("", numbers, {"too_slow": too_slow}) | _offending_rows(rows[:ROWS_SHOWN]),
    )


def _offending_rows(rows: Iterable[Mapping[str, Any]]) -> Metadata:
    """Rows as a table; dates and lists as text, which is all that Dagster's tables take."""
    shown = [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]
    return {"offending_rows": dg.MetadataValue.table([dg.TableRecord(row) for row in shown])} if shown else {}
