"""The date of publication: which of the dates that listing and report give can be true, and which is used.

Dates are measured by each other and never by today's: the same reports give the same rows.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from pipelines.parsing.facts import Issue, Visit

_LONGEST_WAIT, _LONG_WAIT = dt.timedelta(days=2 * 365), dt.timedelta(days=270)
"""From inspection to report: longer is never believed, and told. The longest since 2013 is 133 days."""

_SAME = dt.timedelta(days=31)
"""Link and report differ by up to a week in real reports."""


def choose_published_date(
    listed: dt.date | None, printed: dt.date | None, visits: Sequence[Visit]
) -> tuple[dt.date | None, tuple[Issue, ...]]:
    """The date that the listing gives, else the one that the report prints; and issues where they are in doubt.

    A date that can't follow the inspection gives way to one that can. Where none can, it may be the inspection's that
    is wrong: a date within years of it stays, and one on which listing and report agree.
    """
    given = [date for date in (listed, printed) if date]
    possible = [date for date in given if may_follow(date, visits)]
    if possible[:1] == given[:1]:
        chosen, issues = next(iter(given), None), list(_differences(listed, printed))
    else:
        near = [date for date in given if not _is_far(date, visits)]
        agreed = given if listed and printed and abs(listed - printed) <= _SAME else []
        chosen = next(iter((*possible, *near, *agreed)), None)
        message = f"{given[0]} can't follow an inspection {_in_words(visits)}; {chosen or 'no date'} is used"
        issues = [Issue("warning", "published_date_doubtful", None, str(given[0]), message)]
    return chosen, (*issues, *_waits(chosen, visits))


def _waits(published: dt.date | None, visits: Sequence[Visit]) -> Iterator[Issue]:
    """An issue where a report was published before its inspection was over, or as late as if a year were misprinted."""
    if published is None or not visits:
        return
    wait = published - max(visit.end_date for visit in visits)
    message = f"published {published}, inspected {_in_words(visits)}: one of the dates may be wrong"
    if wait <= dt.timedelta(0):
        yield Issue("warning", "inspected_after_publication", 1, str(published), message)
    elif wait > _LONG_WAIT:
        yield Issue("warning", "published_late", 1, str(published), message)


def may_follow(published: dt.date, visits: Sequence[Visit]) -> bool:
    """Whether a report about these visits may have been published on that date."""
    return not visits or (min(visit.start_date for visit in visits) <= published and not _is_far(published, visits))


def _is_far(published: dt.date, visits: Sequence[Visit]) -> bool:
    """Whether a date is years before or after the visits."""
    return any(abs(published - visit.end_date) > _LONGEST_WAIT for visit in visits)


def _in_words(visits: Sequence[Visit]) -> str:
    return " and ".join(f"{visit.start_date} to {visit.end_date}" for visit in visits)


def _differences(listed: dt.date | None, printed: dt.date | None) -> Iterator[Issue]:
    """Where listing and report disagree about the date of publication, or one of them gives none."""
    if listed is None and printed is None:
        message = "neither the listing nor the report gives a date of publication"
        yield Issue("warning", "no_published_date", None, "", message)
    elif listed is None:
        message = "the listing gives no date; the report's own is used"
        yield Issue("info", "published_date_from_text", None, str(printed), message)
    elif printed is not None and printed != listed:
        message = f"the listing says {listed}, the report {printed}"
        severity = "info" if abs(printed - listed) <= _SAME else "warning"
        yield Issue(severity, "published_date_differs", None, str(printed), message)
