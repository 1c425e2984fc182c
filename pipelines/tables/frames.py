"""The one entry: archived, read and parsed reports become the staged frames that the warehouse loads.

This module has the order of the steps, and what their outcome depends on.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
from msgspec.structs import asdict

from pipelines.errors import JudgementsError
from pipelines.files import fingerprint
from pipelines.parsing.facts import Issue, ParsedReport
from pipelines.reading.lines import ReadReport
from pipelines.report_kinds.registry import framework_of
from pipelines.sources.ofsted.addresses import LIVE_SITE, provider_address
from pipelines.sources.published import ArchivedReport
from pipelines.statistics.rows import Edition, RefusedEdition
from pipelines.tables import rows as rows_of
from pipelines.tables import schemas, schemas_reference
from pipelines.tables.accepted import AcceptedReport, accept_reports
from pipelines.tables.authorities import AuthorityReference, load_authorities
from pipelines.tables.corrections import Correction, correct_rows, load_corrections
from pipelines.tables.inspections import superseded_reports
from pipelines.tables.official import official_frames
from pipelines.tables.schemas_official import AcceptedDifferences
from pipelines.tables.staged import Frames, Part, Staged, part_bounds
from pipelines.tables.tiles import tiles_of
from pipelines.tables.validation import Row, frame_of, issue_row, keep_valid_rows, valid_frame
from pipelines.tables.versions import ReportStore
from pipelines.tables.vocabulary import report_kind_frames

# As imported now: the files may have changed by the time that rows are made.
_CODE = fingerprint([Path(__file__).parent])

OWN_REFERENCE = Path(__file__).with_name("reference")
_OWN_TABLES = (
    "authority_names",
    "authority_types",
    "difference_reasons",
    "known_inspections",
    "reference_date_exceptions",
    "reference_dates",
    "regions",
)
"""Reference files that do not change with the authorities of a source."""


class LostReportError(JudgementsError):
    """A report that was accepted a moment ago and can't be opened now."""


def stage(
    archived: Sequence[ArchivedReport],
    store: ReportStore,
    reference: Path = OWN_REFERENCE,
    corrections: Sequence[Correction] | None = None,
    editions: Sequence[Edition | RefusedEdition] = (),
) -> Staged:
    """Validated frames by table name, from everything the earlier stages know.

    `store` gives what reading and parsing made of each file; its digest goes into the key of the file's part.
    `reference` holds authorities.csv and authority_changes.csv: the project's own for real reports, the sample's for
    the sample. `corrections` default to the project's own file. A row that breaks a rule is in `extraction_issues`
    instead. `editions` are of Ofsted's own statistics; one that is refused is a row of `refused_editions`.
    """
    authorities = load_authorities(reference)
    accepted, quarantined = accept_reports(archived, store, authorities)
    superseded = superseded_reports(accepted)
    accepted = [replace(one, superseded_by=superseded.get(one.report_id)) for one in accepted]
    vocabulary = _vocabulary(authorities, accepted) | _of_real_authorities(reference)
    applied = tuple(load_corrections() if corrections is None else corrections)
    common = _hash(_CODE, applied, {name: frame.rows() for name, frame in vocabulary.items()})

    def part(first: str, end: str) -> Part:
        reports = [one for one in accepted if first <= one.report_id < end]
        key = _hash(common, first, end, [(one, store.digest(one.file_sha256)) for one in reports])
        return Part(first, end, key, len(reports), partial(_frames_of, reports, store, vocabulary, applied))

    parts = tuple(part(first, end) for first, end in part_bounds(len(accepted)))
    official = official_frames(editions, authorities)
    return Staged({**vocabulary, **official, "quarantined_reports": _quarantine(quarantined)}, parts)


def _hash(*what: Any) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(what)).hexdigest()


def _frames_of(
    reports: Iterable[AcceptedReport], store: ReportStore, vocabulary: Frames, corrections: Sequence[Correction]
) -> Frames:
    """The frames of some reports: rows that keep every rule, and issues about the others."""
    judgement_areas = vocabulary["judgement_areas"].select("framework_code", "judgement_code", "area_code")
    area_codes = {(framework, judgement): area for framework, judgement, area in judgement_areas.iter_rows()}
    rows: dict[str, list[Row]] = {name: [] for name in schemas.REPORT_SCHEMAS}
    rows["extraction_issues"] = []
    lines: list[pl.DataFrame] = []
    for report in reports:
        facts, as_read = store.facts(report.file_sha256), store.lines(report.file_sha256)
        if not (isinstance(facts, ParsedReport) and isinstance(as_read, ReadReport)):
            path = report.publication.source_path
            raise LostReportError(f"{path} can't be opened any more. Is its file in the archive whole?")
        lines.append(rows_of.line_frame(report.report_id, as_read, facts))
        n_words = int(lines[-1]["n_words"].sum())
        rows["reports"].append(rows_of.report_row(report, facts, as_read, n_words))
        rows["sections"] += rows_of.section_rows(report.report_id, facts)
        rows["paragraphs"] += rows_of.paragraph_rows(report.report_id, facts)
        issues = [*facts.issues, *report.issues]
        if report.superseded_by:
            issues.append(_superseded(report.superseded_by))
        else:
            rows["activities"].append(rows_of.activity_row(report, facts))
            for name, made in rows_of.activity_rows(report.report_id, facts).items():
                rows[name] += made
            if framework_of(report.framework_code).is_graded:
                rows["inspections"].append(rows_of.inspection_row(report.report_id, facts))
            rows["judgements"] += rows_of.judgement_rows(report.report_id, facts, area_codes)
            rows["recommendations"] += rows_of.recommendation_rows(report.report_id, facts)
        rows["extraction_issues"] += [issue_row(report.report_id, issue) for issue in issues]
    rows["extraction_issues"] += correct_rows(rows, corrections)
    _look_up(rows, vocabulary)
    rows["extraction_issues"] += [_no_address(row) for row in rows["reports"] if not _has_address(row)]
    frames = {name: frame_of(schema, rows[name]) for name, schema in schemas.REPORT_SCHEMAS.items()}
    frames["lines"] = pl.concat([frames["lines"], *lines])
    return _valid_frames(frames, rows["extraction_issues"], vocabulary)


def _superseded(later: str) -> Issue:
    message = f"report {later} tells of the same inspection and was published later; that one counts"
    return Issue("warning", "superseded_report", None, later, message)


def _has_address(report: Row) -> bool:
    """Whether there is a page to look at: the file's own, or that of its authority at Ofsted."""
    return bool(report["source_url"] or report["provider_urn"])


def _no_address(report: Row) -> Row:
    message = "its source gives no address, and its authority's URN is not known: no link leads to it"
    return issue_row(report["report_id"], Issue("info", "no_source_address", None, report["source_path"], message))


def _look_up(rows: Mapping[str, list[Row]], vocabulary: Frames) -> None:
    """Add the columns that follow from another: looked up once corrections are in."""
    urns = dict(vocabulary["authorities"].select("authority_id", "provider_urn").iter_rows())
    ranks = dict(vocabulary["grades"].select("grade", "grade_rank").iter_rows())
    for row in (*rows["reports"], *rows["activities"]):
        row["provider_urn"] = urns.get(row["authority_id"])
    for row in rows["judgements"]:
        row["grade_rank"] = ranks.get(row["grade"])


def _valid_frames(frames: Frames, issues: list[Row], vocabulary: Frames) -> Frames:
    """The rows that keep every rule, and all issues, numbered from 1 in each report in order of discovery."""
    kept: Frames = {}
    for name, schema in schemas.REPORT_SCHEMAS.items():
        kept[name], rejected = keep_valid_rows(name, schema, frames[name], vocabulary | kept)
        issues = [*issues, *rejected]
    report_id = itemgetter("report_id")
    by_report = groupby(sorted(issues, key=report_id), key=report_id)
    numbered = ({**row, "issue_number": number} for _, own in by_report for number, row in enumerate(own, start=1))
    return {**kept, "extraction_issues": valid_frame(schemas.ExtractionIssues, numbered)}


def _vocabulary(authorities: AuthorityReference, accepted: Iterable[AcceptedReport]) -> Frames:
    """The reference frames: what reports are matched to."""
    return {
        "authorities": _with_learned_urns(authorities.authorities, accepted).with_columns(
            provider_url=pl.lit(provider_address(LIVE_SITE.pages, "")) + pl.col("provider_urn")
        ),
        "authority_codes": authorities.authority_codes,
        "authority_changes": authorities.authority_changes,
        "tiles": tiles_of(authorities.authorities, OWN_REFERENCE),
        **_own_reference_frames(),
        **report_kind_frames(),
    }


def _own_reference_frames() -> Frames:
    """Reference files that hold for every source, as they stand; what names a code finds its own authority alone."""
    accepted = msgspec.yaml.decode((OWN_REFERENCE / "accepted_differences.yml").read_bytes(), type=list[dict[str, Any]])
    frames = {name: pl.read_csv(OWN_REFERENCE / f"{name}.csv", try_parse_dates=True) for name in _OWN_TABLES}
    return {**frames, "accepted_differences": valid_frame(AcceptedDifferences, accepted)}


def _of_real_authorities(reference: Path) -> Frames:
    """Reference files about the authorities in our own list; without rows for a source's own list.

    Source and edition of their statistical neighbours, and the rounds in which each of them was inspected.
    """
    frames = {
        "statistical_neighbours": pl.read_csv(
            OWN_REFERENCE / "statistical_neighbours.csv", schema_overrides={"edition": pl.String}
        ),
        "inspection_rounds": pl.read_csv(OWN_REFERENCE / "inspection_rounds.csv", try_parse_dates=True),
    }
    return frames if reference == OWN_REFERENCE else {name: frame.clear() for name, frame in frames.items()}


def _with_learned_urns(authorities: pl.DataFrame, accepted: Iterable[AcceptedReport]) -> pl.DataFrame:
    """Former authorities get the URN under which the site lists their reports, where it lists them under one only."""
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for one in accepted:
        if one.learned_urn:
            listed[one.authority.authority_id].add(one.learned_urn)
    learned = {authority: next(iter(urns)) for authority, urns in listed.items() if len(urns) == 1}
    claims = Counter(learned.values())
    learned = {authority: urn for authority, urn in learned.items() if claims[urn] == 1}
    by_listing = pl.col("authority_id").replace_strict(learned, default=None, return_dtype=pl.String)
    return schemas_reference.Authorities.validate(
        authorities.with_columns(pl.col("provider_urn").fill_null(by_listing)), cast=True
    )


def _quarantine(quarantined: Iterable[ArchivedReport]) -> pl.DataFrame:
    ordered = sorted(quarantined, key=lambda one: (one.publication.source_path, one.file_sha256 or ""))
    rows = ({**asdict(one.publication), **asdict(one)} for one in ordered)
    return valid_frame(schemas.QuarantinedReports, rows)
