"""Checks of the warehouse as Dagster shows them: one property each, with the rows that break it.

Belongs here: turning a check and its outcome into Dagster's words.
Stays out: what is checked (`sql/`, `warehouse/volumes.py`).
"""

import dagster as dg

from pipelines.defs.graph import asset_key
from pipelines.warehouse.checks import Check, CheckOutcome


def check_spec(check: Check) -> dg.AssetCheckSpec:
    """A check before it is run."""
    return dg.AssetCheckSpec(
        check.name,
        asset=asset_key(check.table),
        description=check.description,
        blocking=check.is_blocking,
        metadata={"query": dg.MetadataValue.md(f"```sql\n{check.query}\n```")},
    )


def check_result(outcome: CheckOutcome) -> dg.AssetCheckResult:
    """The outcome with its offending rows as a table; dates and lists as text, which is all Dagster's tables take."""
    rows = [
        dg.TableRecord({name: "" if value is None else str(value) for name, value in row.items()})
        for row in outcome.offending
    ]
    return dg.AssetCheckResult(
        asset_key=asset_key(outcome.check.table),
        check_name=outcome.check.name,
        passed=outcome.passed,
        severity=dg.AssetCheckSeverity.ERROR if outcome.check.is_blocking else dg.AssetCheckSeverity.WARN,
        description=None if outcome.passed else _sentence(outcome),
        metadata={
            "n_offending": outcome.n_offending,
            **({"offending_rows": dg.MetadataValue.table(rows)} if rows else {}),
        },
    )


def _sentence(outcome: CheckOutcome) -> str:
    """What broke the rule, by the first row: enough to know where to look."""
    first = ", ".join(str(value) for value in outcome.offending[0].values() if value is not None)
    return f"{outcome.check.description} Not so for {outcome.n_offending:,}, the first: {first}"
