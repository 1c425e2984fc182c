"""Which files are reports of this project, under which publication, of which authority; and which are set aside.

Belongs here: choosing among the publications of one file, the witnesses to whose report it is, and quarantine rows.
Stays out: matching a name to an authority (`authorities.py`), and what accepted reports say (`opened.py`).

What all reports are known by at once is little: the publication and two dates. Their text is opened a few at a time.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.parsing.facts import Issue, ParsedReport, RejectedReport
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.sources.published import ArchivedReport, PublishedReport
from pipelines.tables.authorities import Authority, AuthorityReference
from pipelines.tables.identifiers import report_id


@dataclass(frozen=True, slots=True)
class AcceptedReport:
    """A report that goes into the tables, with what the tables noticed on the way; little, for all are held at once.

    `first_day` is the first on site by the cover, `printed_date` the date of publication that the report prints.
    `learned_urn` is the URN that the listing gives to a former authority whose URN the reference lacks.
    """

    report_id: str
    file_sha256: str
    publication: PublishedReport
    framework_code: str
    first_day: dt.date | None
    printed_date: dt.date | None
    authority: Authority
    issues: tuple[Issue, ...]
    learned_urn: str | None = None

    @property
    def published_date(self) -> dt.date | None:
        """The date that the listing gives, else the one that the report prints."""
        return self.publication.published_date or self.printed_date


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A publication that is set aside, with a reason from the contract."""

    archived: ArchivedReport
    reason: str
    detail: str


def sort_publications(
    archived: Iterable[ArchivedReport],
    read: Mapping[str, ReadReport | UnreadableReport],
    parsed: Mapping[str, ParsedReport | RejectedReport],
    reference: AuthorityReference,
) -> tuple[list[AcceptedReport], list[Quarantined]]:
    """Every publication becomes part of an accepted report or a quarantined row; there is no third way.

    Raises ValueError for a file that was neither read nor called unreadable: a stage before this one skipped it.
    """
    accepted: list[AcceptedReport] = []
    quarantined: list[Quarantined] = []
    by_file: defaultdict[str, list[ArchivedReport]] = defaultdict(list)
    for one in archived:
        if one.file_sha256 is None:
            quarantined.append(
                Quarantined(one, one.reason or "damaged_pdf", one.detail or "the file could not be taken in")
            )
        else:
            by_file[one.file_sha256].append(one)
    for file_sha256, publications in sorted(by_file.items()):
        outcome = _outcome(file_sha256, publications, read, parsed, reference)
        if isinstance(outcome, AcceptedReport):
            accepted.append(outcome)
        else:
            quarantined.extend(Quarantined(one, *outcome) for one in publications)
    return accepted, quarantined


def _outcome(
    file_sha256: str,
    publications: Sequence[ArchivedReport],
    read: Mapping[str, ReadReport | UnreadableReport],
    parsed: Mapping[str, ParsedReport | RejectedReport],
    reference: AuthorityReference,
) -> AcceptedReport | tuple[str, str]:
    """The accepted report, or the reason and detail of its quarantine."""
    facts = parsed.get(file_sha256)
    if isinstance(facts, RejectedReport):
        return facts.reason, facts.detail
    if facts is None and isinstance(lines := read.get(file_sha256), UnreadableReport):
        return lines.reason, lines.detail
    if facts is None or file_sha256 not in read:
        raise ValueError(
            f"{publications[0].publication.source_path} ({file_sha256}) was archived but never read or parsed"
        )
    on_cover = reference.named(facts.cover.authority_as_written, _inspection_date(facts, publications))
    chosen = min(publications, key=lambda one: _preference(one.publication, on_cover))
    authority = _by_listing(chosen.publication, reference) or on_cover
    if authority is None:
        return "unknown_authority", _nobody_known(chosen.publication, facts)
    others = [one for one in publications if one is not chosen]
    issues = [
        *_authority_issues(authority, on_cover, chosen.publication, facts, reference),
        *_date_issues(chosen.publication, facts),
        *(_published_twice(one.publication) for one in sorted(others, key=lambda one: one.publication.source_path)),
    ]
    listed = chosen.publication.provider_urn
    learned = listed if listed and authority.provider_urn is None and listed not in reference.by_urn else None
    return AcceptedReport(
        report_id=report_id(file_sha256),
        file_sha256=file_sha256,
        publication=chosen.publication,
        framework_code=facts.framework_code,
        first_day=_first_day(facts),
        printed_date=facts.cover.published_date_in_text,
        authority=authority,
        issues=tuple(issues),
        learned_urn=learned,
    )


def _inspection_date(facts: ParsedReport, publications: Sequence[ArchivedReport]) -> dt.date | None:
    """The day that decides which authority a name meant: the first on site, else when the report came out."""
    if first_day := _first_day(facts):
        return first_day
    published = [one.publication.published_date for one in publications if one.publication.published_date]
    return min(published, default=facts.cover.published_date_in_text)


def _first_day(facts: ParsedReport) -> dt.date | None:
    return min((visit.start_date for visit in facts.cover.visits), default=None)


def _preference(publication: PublishedReport, on_cover: Authority | None) -> tuple[bool, dt.date, str]:
    """Sorts the publication listed under the cover's own authority first, then the earliest."""
    is_own = (
        on_cover is not None and on_cover.provider_urn is not None and publication.provider_urn == on_cover.provider_urn
    )
    return not is_own, publication.published_date or dt.date.max, publication.source_path


def _by_listing(publication: PublishedReport, reference: AuthorityReference) -> Authority | None:
    return reference.by_urn.get(publication.provider_urn) if publication.provider_urn else None


def _nobody_known(publication: PublishedReport, facts: ParsedReport) -> str:
    written = facts.cover.authority_as_written or "nobody"
    listed = f"listed under URN {publication.provider_urn}" if publication.provider_urn else "listed under no URN"
    return f"the cover names {written!r}, {listed}; the reference knows neither"


def _authority_issues(
    authority: Authority,
    on_cover: Authority | None,
    publication: PublishedReport,
    facts: ParsedReport,
    reference: AuthorityReference,
) -> Iterable[Issue]:
    """Where listing, cover and reference do not tell the same story."""
    written = facts.cover.authority_as_written
    if on_cover is None:
        yield _issue(
            "warning",
            "authority_not_recognised",
            written,
            "the name on the cover is no authority's; the listing decided",
        )
    elif on_cover != authority:
        yield _issue(
            "warning",
            "authority_differs",
            written,
            f"listed under {authority.authority_name}, the cover names {on_cover.authority_name}; the listing decided",
        )
    listed = publication.provider_urn
    if listed and listed not in reference.by_urn:
        yield _issue("warning", "listing_urn_unknown", listed, f"the reference lacks URN {listed}; the cover decided")
    first_day = _inspection_date(facts, ())
    if first_day and not authority.existed_on(first_day):
        yield _issue(
            "warning", "authority_not_in_force", written, f"{authority.authority_name} did not exist on {first_day}"
        )


def _date_issues(publication: PublishedReport, facts: ParsedReport) -> Iterable[Issue]:
    listed, printed = publication.published_date, facts.cover.published_date_in_text
    if listed is None and printed is None:
        yield _issue(
            "warning", "no_published_date", "", "neither the listing nor the report gives a date of publication"
        )
    elif listed is None:
        yield _issue(
            "info", "published_date_from_text", str(printed), "the listing gives no date; the report's own is used"
        )
    elif printed is not None and printed != listed:
        yield _issue("info", "published_date_differs", str(printed), f"the listing says {listed}, the report {printed}")


def _published_twice(other: PublishedReport) -> Issue:
    place = other.source_url or other.source_path
    return _issue("info", "published_twice", place, "the same file is published a second time")


def _issue(severity: str, code: str, excerpt: str, message: str) -> Issue:
    return Issue(severity=severity, code=code, page_number=None, excerpt=excerpt, message=message)
