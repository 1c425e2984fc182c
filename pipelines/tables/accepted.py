"""Which files become reports, under which publication and which authority, and which are quarantined.

Little is kept of each report here, because all reports are held at once. `rows.py` has what accepted reports say.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from itertools import chain

from msgspec.structs import replace

from pipelines.parsing.facts import Issue, ParsedReport, RejectedReport, Visit
from pipelines.sources.published import ArchivedReport, PublishedReport
from pipelines.tables.authorities import Authority, AuthorityReference
from pipelines.tables.published_dates import choose_published_date, may_follow
from pipelines.tables.versions import ReportStore, settle_versions


@dataclass(frozen=True, slots=True)
class AcceptedReport:
    """A report that goes into the tables, with the issues found on the way.

    `first_day` is the first on site by the cover, `printed_date` the date of publication that the report prints, and
    `published_date` the one that the listing gives, or the printed one where that is missing or can't be.
    `learned_urn` is the URN that the listing gives to a former authority whose URN the reference lacks. `superseded_by`
    is the report_id of a later report about the same inspection.
    """

    file_sha256: str
    publication: PublishedReport
    framework_code: str
    first_day: dt.date | None
    published_date: dt.date | None
    printed_date: dt.date | None
    authority: Authority
    issues: tuple[Issue, ...]
    learned_urn: str | None = None
    superseded_by: str | None = None

    @property
    def report_id(self) -> str:
        """The key of the report, and of its inspection: the first 16 digits of its file's SHA-256."""
        return self.file_sha256[:16]


def accept_reports(
    archived: Iterable[ArchivedReport], store: ReportStore, reference: AuthorityReference
) -> tuple[list[AcceptedReport], list[ArchivedReport]]:
    """Every publication becomes part of an accepted report, or is quarantined.

    Accepted reports are ordered by `report_id`; a quarantined publication has its reason, one of the contract's.
    """
    accepted: list[AcceptedReport] = []
    settled, quarantined = settle_versions(archived, store, reference)
    by_file: defaultdict[str, list[ArchivedReport]] = defaultdict(list)
    for one in settled:
        if one.file_sha256 is None:
            detail = one.detail or "the file could not be taken in"
            quarantined.append(replace(one, reason=one.reason or "damaged_pdf", detail=detail))
        else:
            by_file[one.file_sha256].append(one)
    for file_sha256, publications in sorted(by_file.items()):
        facts = store.facts(file_sha256)
        published = [one.publication for one in publications]
        outcome = _accept(published, facts, reference) if isinstance(facts, ParsedReport) else facts
        if isinstance(outcome, AcceptedReport):
            doubts = chain.from_iterable(map(_doubts, publications))
            accepted.append(dataclass_replace(outcome, issues=(*outcome.issues, *doubts)))
        else:
            quarantined += [replace(one, reason=outcome.reason, detail=outcome.detail) for one in publications]
    return accepted, quarantined


def _accept(
    publications: Sequence[PublishedReport], facts: ParsedReport, reference: AuthorityReference
) -> AcceptedReport | RejectedReport:
    """The report of one file under the publication and the authority it belongs to; quarantined without one."""
    written, printed_date = facts.cover.authority_as_written, facts.cover.published_date_in_text
    visits = facts.cover.visits
    first_day = min((visit.start_date for visit in visits), default=None)
    first_published = min((one.published_date for one in publications if one.published_date), default=printed_date)
    on_cover = reference.named(written, first_day or first_published)
    chosen = min(publications, key=lambda one: _preference(one, on_cover, visits))
    published_date, date_issues = choose_published_date(chosen.published_date, printed_date, visits)
    in_listing = reference.by_urn.get(chosen.provider_urn or "")
    authority = in_listing or on_cover
    if authority is None:
        listed = f"URN {chosen.provider_urn}" if chosen.provider_urn else "no URN"
        detail = f"the cover names {written or 'nobody'!r}, listed under {listed}; the reference knows neither"
        return RejectedReport(facts.file_sha256, "unknown_authority", detail)
    unknown_urn = None if in_listing else chosen.provider_urn
    others = sorted((one for one in publications if one is not chosen), key=lambda one: one.source_path)
    return AcceptedReport(
        file_sha256=facts.file_sha256,
        publication=chosen,
        framework_code=facts.framework_code,
        first_day=first_day,
        published_date=published_date,
        printed_date=printed_date,
        authority=authority,
        issues=(
            *_authority_issues(authority, written, on_cover, unknown_urn, first_day or printed_date),
            *date_issues,
            *map(_published_twice, others),
        ),
        learned_urn=unknown_urn if authority.provider_urn is None else None,
    )


def _preference(
    publication: PublishedReport, on_cover: Authority | None, visits: Sequence[Visit]
) -> tuple[bool, bool, dt.date, str]:
    """Sorts the publication listed under the cover's own authority first, then the earliest that can be."""
    own_urn = on_cover.provider_urn if on_cover else None
    is_own = own_urn is not None and publication.provider_urn == own_urn
    listed = publication.published_date or dt.date.max
    return not is_own, not may_follow(listed, visits), listed, publication.source_path


def _authority_issues(
    authority: Authority, written: str, on_cover: Authority | None, unknown_urn: str | None, date: dt.date | None
) -> Iterator[Issue]:
    """Where listing, cover and reference disagree about the authority."""
    if on_cover is None:
        message = "the name on the cover is no authority's; the listing decided"
        yield Issue("warning", "authority_not_recognised", None, written, message)
    elif on_cover != authority:
        names = f"listed under {authority.authority_name}, the cover names {on_cover.authority_name}"
        yield Issue("warning", "authority_differs", None, written, f"{names}; the listing decided")
    if unknown_urn:
        message = f"the reference lacks URN {unknown_urn}; the cover decided"
        yield Issue("warning", "listing_urn_unknown", None, unknown_urn, message)
    if date and not authority.existed_in(date, date):
        message = f"{authority.authority_name} did not exist on {date}"
        yield Issue("warning", "authority_not_in_force", None, written, message)


def _doubts(publication: ArchivedReport) -> Iterator[Issue]:
    """Where it is not certain that this file is what the publication is now."""
    name = publication.publication.name
    if publication.newer:
        yield Issue("warning", "newer_file_unusable", 1, name, publication.newer)
    if publication.redirected_to:
        message = f"its address leads to another file of the site, {publication.redirected_to}: is it this report?"
        yield Issue("warning", "address_redirects", 1, name, message)


def _published_twice(other: PublishedReport) -> Issue:
    place = other.source_url or other.source_path
    return Issue("info", "published_twice", None, place, "the same file is published a second time")
