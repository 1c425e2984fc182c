"""Which of the files that a publication served counts: a report that can be used gives way only to another.

A download can be damaged, and an address can lead to the report of another authority. Both files are kept, the newer
one is quarantined, and an issue of the report in use tells of it.
"""

from collections.abc import Iterable
from typing import Protocol

from msgspec.structs import replace

from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.sources.published import ArchivedReport
from pipelines.tables.authorities import Authority, AuthorityReference


class ReportStore(Protocol):
    """What reading and parsing made of each file, by its SHA-256."""

    def lines(self, file_sha256: str) -> ReadReport | UnreadableReport:
        """The lines of a file."""

    def facts(self, file_sha256: str) -> ParsedReport | RejectedReport:
        """What a file says."""

    def digest(self, file_sha256: str) -> str:
        """A hash over both."""


def settle_versions(
    archived: Iterable[ArchivedReport], store: ReportStore, reference: AuthorityReference
) -> tuple[list[ArchivedReport], list[ArchivedReport]]:
    """Every publication with the file that counts, and the newer files that do not, with their reasons."""
    settled, unusable = [], []
    for one in archived:
        held = _last_usable(one, store)
        why = _why_not(one, held, store, reference) if held else None
        if held and why:
            reason, detail = why
            newer = f"it serves a newer file that can't be used ({reason}: {detail}); the one held before stays"
            settled.append(replace(one, file_sha256=held.file_sha256, reason=None, detail=None, newer=newer))
            unusable.append(replace(one, reason=reason, detail=f"{detail}; the report held before stays"))
        else:
            settled.append(one)
    return settled, unusable


def _last_usable(publication: ArchivedReport, store: ReportStore) -> ParsedReport | None:
    """What the last usable file says that the publication served before its current one."""
    earlier = (store.facts(file_sha256) for file_sha256 in publication.earlier)
    return next((facts for facts in earlier if isinstance(facts, ParsedReport)), None)


def _why_not(
    publication: ArchivedReport, held: ParsedReport, store: ReportStore, reference: AuthorityReference
) -> tuple[str, str] | None:
    """Why the current file can't take the place of one that is held: a reason and a detail; None where it can."""
    if publication.file_sha256 is None:
        return publication.reason or "damaged_pdf", publication.detail or "the file could not be taken in"
    facts = store.facts(publication.file_sha256)
    if isinstance(facts, RejectedReport):
        return facts.reason, facts.detail
    listed = reference.by_urn.get(publication.publication.provider_urn or "")
    now, before = _on_cover(facts, reference), _on_cover(held, reference)
    if not (listed or now) and before:
        return "unknown_authority", f"the cover names {facts.cover.authority_as_written or 'nobody'!r}"
    if listed and now and now not in (listed, before):
        names = f"listed under {listed.authority_name}, it serves a report that names {now.authority_name} now"
        return "other_authority", f"{names}, and counts for neither until the site tells them apart"
    return None


def _on_cover(facts: ParsedReport, reference: AuthorityReference) -> Authority | None:
    """The authority that a cover names."""
    first_day = min((visit.start_date for visit in facts.cover.visits), default=facts.cover.published_date_in_text)
    return reference.named(facts.cover.authority_as_written, first_day)
