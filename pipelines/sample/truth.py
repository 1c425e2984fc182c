"""What the sample knows about itself: the facts that each invented report states, and the files that tell them.

The text of a paragraph is the text a careful reader should get back: lines joined by one space, nothing added after a
real hyphen at a line end, bullet and dash marks left out. A sub-bullet is a paragraph of its own; in the text of a
recommendation it is joined to the item above it.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipelines.sample.visit_truth import ActivityTruth

CATALOGUE_COLUMNS = ("provider_urn", "authority", "label", "published_date", "source_url", "path")
INSPECTION_COLUMNS = (
    "file_sha256", "path", "provider_urn", "authority", "framework_code", "start_date", "end_date", "label_date",
    "lead_inspector", "page_count", "last_paragraph_number", "missing_paragraph_numbers", "improvement_bullets",
    "source_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParagraphTruth:
    """One paragraph. `kind` is numbered, unnumbered, bullet, recommendation or footnote; pages count from 1.

    `number` is its place in the report's one sequence: a second report bound in the same file counts anew, and its
    paragraphs have only the number as it stands on the page, `number_as_printed`; a footnote has its mark there.
    """

    order: int
    number: int | None
    kind: str
    text: str
    page_first: int
    page_last: int
    section: str
    number_as_printed: str | None = None


@dataclass(frozen=True, slots=True)
class RecommendationTruth:
    """One top-level thing to improve. `kind` is area_for_improvement, recommendation or priority_action."""

    order: int
    kind: str
    addressed_to: str
    text: str
    national_framework_refs: tuple[str, ...]
    responsible_bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTruth:
    """Everything a reader should find in one report. `judgements` maps judgement_code to grade.

    `activity` is what a visit or joint inspection states; None for graded inspections.
    """

    file_sha256: str
    path: str
    provider_urn: str
    authority: str
    label: str
    published_date: date
    source_url: str
    framework_code: str
    start_date: date
    end_date: date
    visits: tuple[tuple[date, date], ...]
    lead_inspectors: tuple[str, ...]
    page_count: int
    judgements: tuple[tuple[str, str], ...]
    paragraphs: tuple[ParagraphTruth, ...]
    recommendations: tuple[RecommendationTruth, ...]
    missing_paragraph_numbers: tuple[int, ...]
    last_paragraph_number: int
    improvement_bullets: int | None
    quirks: tuple[str, ...]
    activity: ActivityTruth | None = None


@dataclass(frozen=True, slots=True)
class BadFileTruth:
    """A file that is not what its name says. `reason` is the quarantine reason; empty for a second copy of a report."""

    file_sha256: str
    path: str
    provider_urn: str
    authority: str
    label: str
    published_date: date
    source_url: str
    reason: str


@dataclass(frozen=True, slots=True)
class SampleTruth:
    """The whole sample: where it stands, its reports in order, and its bad files."""

    directory: Path
    reports: tuple[ReportTruth, ...]
    bad_files: tuple[BadFileTruth, ...]

    @property
    def page_count(self) -> int:
        """Pages in all reports, bad files left out."""
        return sum(report.page_count for report in self.reports)


def write_atomically(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all; leave it alone when it already holds the same bytes."""
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(content)
    draft.replace(path)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows under a header, with Unix line ends; None becomes an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write_atomically(path, text.getvalue().encode("utf-8"))


def _write_jsonl(path: Path, rows: Iterable[dict[str, object]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    write_atomically(path, "".join(lines).encode("utf-8"))


def write_catalogue(truth: SampleTruth) -> None:
    """What a listing of the sample's site would show, bad files included."""
    listed: list[ReportTruth | BadFileTruth] = [*truth.reports, *truth.bad_files]
    rows = [(r.provider_urn, r.authority, r.label, r.published_date.isoformat(), r.source_url, r.path) for r in listed]
    write_csv(truth.directory / "catalogue.csv", CATALOGUE_COLUMNS, rows)


def _inspection_row(r: ReportTruth) -> tuple[object, ...]:
    return (
        r.file_sha256, r.path, r.provider_urn, r.authority, r.framework_code, r.start_date.isoformat(),
        r.end_date.isoformat(), r.published_date.isoformat(), "; ".join(r.lead_inspectors), r.page_count,
        r.last_paragraph_number, " ".join(str(n) for n in r.missing_paragraph_numbers), r.improvement_bullets,
        r.source_url,
    )  # fmt: skip


def write_truth(truth: SampleTruth) -> None:
    """Write `truth/`: the layout of the facts read by hand from real reports, plus paragraphs, items and visits."""
    out = truth.directory / "truth"
    graded = [_inspection_row(r) for r in truth.reports if r.activity is None]
    write_csv(out / "inspections.csv", INSPECTION_COLUMNS, graded)
    judgements = [(r.file_sha256, code, grade) for r in truth.reports for code, grade in r.judgements]
    write_csv(out / "judgements.csv", ("file_sha256", "judgement_code", "grade"), judgements)
    rejected = [(m.file_sha256, m.path, m.reason) for m in truth.bad_files if m.reason]
    write_csv(out / "rejected.csv", ("file_sha256", "path", "reason"), rejected)
    _write_jsonl(
        out / "paragraphs.jsonl",
        (
            {
                "file_sha256": r.file_sha256, "order": p.order, "number": p.number,
                "number_as_printed": p.number_as_printed, "kind": p.kind, "text": p.text,
                "page_first": p.page_first, "page_last": p.page_last, "section": p.section,
            }
            for r in truth.reports for p in r.paragraphs
        ),
    )  # fmt: skip
    _write_jsonl(
        out / "recommendations.jsonl",
        (
            {
                "file_sha256": r.file_sha256, "order": c.order, "kind": c.kind, "addressed_to": c.addressed_to,
                "text": c.text, "national_framework_refs": list(c.national_framework_refs),
                "responsible_bodies": list(c.responsible_bodies),
            }
            for r in truth.reports for c in r.recommendations
        ),
    )  # fmt: skip
    _write_jsonl(
        out / "activities.jsonl",
        (
            {
                "file_sha256": r.file_sha256, "path": r.path, "provider_urn": r.provider_urn, "authority": r.authority,
                "framework_code": r.framework_code, "label_date": r.published_date, "visits": r.visits,
                "source_url": r.source_url, **asdict(r.activity),
            }
            for r in truth.reports if r.activity is not None
        ),
    )  # fmt: skip
