"""Checks of a warehouse as a whole: how much it holds, beside the one that stands and beside what was set aside.

Belongs here: the queries, each for rows that break one expectation of volume.
Stays out: keys and consistency (`checks.py`, `sql/tests`), and what follows from a failure (`build.py`).
"""

# Names of tables are our own, never from a reader or a user.
# ruff: noqa: S608

from pipelines.warehouse.checks import Check

STANDING = "standing"
"""The name under which a query reaches the warehouse that stands while the next one is built."""

MOST_QUARANTINED = 0.05
"""Of all publications. In the real reports of 2013 to 2026 it is under 1 in 100: files that are no PDF."""

_NOTHING = "select 1 where false"


def volume_checks(*, is_compared: bool, may_shrink: bool = False) -> tuple[Check, ...]:
    """The checks of volume.

    A warehouse that is not compared, because none stands or it is of another source, can't have lost anything. One
    that `may_shrink` is published even when it holds less, and says so all the same.
    """
    return (
        Check(
            "no_fewer_inspections",
            "core.inspections",
            "No fewer inspections than in the warehouse that stands. The rows are those that would be lost.",
            not may_shrink,
            _lost_inspections() if is_compared else _NOTHING,
        ),
        Check(
            "nothing_newly_quarantined",
            "quality.quarantined_reports",
            "No publication is set aside that was not when the standing warehouse was built.",
            False,
            _newly_quarantined() if is_compared else _NOTHING,
        ),
        Check(
            "few_are_quarantined",
            "quality.quarantined_reports",
            f"At most {MOST_QUARANTINED:.0%} of all publications are set aside. The rows are all that are.",
            False,
            _quarantined_if_many(),
        ),
    )


def _lost_inspections() -> str:
    return (
        "select i.inspection_id, r.source_path, i.provider_urn, i.framework_code, i.start_date"
        f" from {STANDING}.core.inspections i left join {STANDING}.core.reports r using (report_id)"
        f" where (select count(*) from core.inspections) < (select count(*) from {STANDING}.core.inspections)"
        " and not exists (from core.inspections now where now.inspection_id = i.inspection_id)"
        " order by all"
    )


def _newly_quarantined() -> str:
    return (
        "select q.source_path, q.reason, q.detail, q.source_url from quality.quarantined_reports q"
        f" where not exists (from {STANDING}.quality.quarantined_reports before"
        " where before.source_path = q.source_path and before.reason = q.reason)"
        " order by all"
    )


def _quarantined_if_many() -> str:
    return (
        "with counts as (select (select count(*) from quality.quarantined_reports) as n_quarantined,"
        " (select count(*) from core.reports) as n_accepted)"
        " select q.source_path, q.reason, q.detail, q.source_url from quality.quarantined_reports q, counts"
        f" where n_quarantined > {MOST_QUARANTINED} * (n_quarantined + n_accepted)"
        " order by all"
    )
