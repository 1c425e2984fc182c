"""What an inspection is: its kind, its days, and which of several reports about it counts.

Counting "as at" a date is in `sql/macros`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipelines.parsing.facts import Visit
from pipelines.report_kinds.registry import framework_of
from pipelines.tables.accepted import AcceptedReport

# Two working weeks less a bank holiday in each. One week with a return of two days stays below.
STANDARD_WEEKDAYS = 8
MONTHS_APART_DAYS = 28


def weekdays(first: dt.date, last: dt.date) -> int:
    """Mondays to Fridays from one day to another, both included.

    >>> weekdays(dt.date(2024, 3, 4), dt.date(2024, 3, 15))
    10
    """
    return sum((first + dt.timedelta(days=n)).weekday() < 5 for n in range((last - first).days + 1))


def inspection_kind(framework_code: str, visits: Sequence[Visit]) -> tuple[str, str]:
    """The kind of an inspection and, in words, what it was inferred from.

    Where a framework has more than one kind, as ILACS has, reports do not say whether the inspection was short or
    standard: days on site are the best sign.
    """
    if fixed := framework_of(framework_code).inspection_kind:
        return fixed, f"framework {framework_code}"
    n_days = sum(weekdays(visit.start_date, visit.end_date) for visit in visits)
    kind = "standard" if n_days >= STANDARD_WEEKDAYS else "short"
    basis = f"{n_days} weekdays on site"
    if len(visits) > 1:
        basis += f" in {len(visits)} visits"
        gap = longest_gap(visits)
        if gap >= MONTHS_APART_DAYS:
            basis += f", {gap} days apart: uncertain"
    return kind, basis


def longest_gap(visits: Sequence[Visit]) -> int:
    """Days from the end of a visit to the start of the next, the longest such time; 0 for one visit."""
    ordered = sorted(visits, key=lambda visit: visit.start_date)
    gaps = ((later.start_date - one.end_date).days for one, later in pairwise(ordered))
    return max(gaps, default=0)


def superseded_reports(accepted: Iterable[AcceptedReport]) -> dict[str, str]:
    """Reports that a later report about the same inspection supersedes: report_id -> the report_id that counts.

    Reports are about one inspection when authority, family of frameworks and first day are the same.
    """
    latest: dict[tuple[str, str, dt.date], AcceptedReport] = {}
    superseded: dict[str, str] = {}
    for report in sorted(accepted, key=_publication_order):
        if report.first_day is None:
            continue
        family = framework_of(report.framework_code).framework_family
        inspection = (report.authority.authority_id, family, report.first_day)
        if inspection in latest:
            superseded[latest[inspection].report_id] = report.report_id
        latest[inspection] = report
    return superseded


def _publication_order(report: AcceptedReport) -> tuple[dt.date, dt.date, str]:
    return report.published_date or dt.date.min, report.printed_date or dt.date.min, report.publication.source_path
