"""The one entry: archived, read and parsed reports become the staged frames that the warehouse loads.

Belongs here: the order of the steps, and what each step's outcome depends on; nothing of the steps' substance.
Stays out: columns (`columns.py`), rules (`schemas.py`), choices among reports (`accepted.py`), SQL (`warehouse/`).
"""

import datetime as dt
import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import dataframely as dy
import msgspec
import polars as pl

from pipelines.files import fingerprint
from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.reading.lines import ReadReport, UnreadableReport
from pipelines.sources.published import ArchivedReport
from pipelines.tables import columns, schemas, schemas_reference
from pipelines.tables.accepted import AcceptedReport, Quarantined, sort_publications
from pipelines.tables.authorities import AuthorityReference, load_authorities
from pipelines.tables.corrections import Correction, correct_frames, load_corrections
from pipelines.tables.inspections import superseded_reports
from pipelines.tables.opened import OpenedReport, opened
from pipelines.tables.staged import Batch, Frames, Staged, parts_of
from pipelines.tables.validation import ISSUE_COLUMNS, Reference, keep_valid_rows
from pipelines.tables.vocabulary import report_kind_frames

# As it is imported now, not as it may stand on the disk by the time that rows are made.
_CODE = fingerprint([Path(__file__).parent])

OWN_REFERENCE = Path(__file__).with_name("reference")

# Every table a frame is built for, in the order in which rows depend on one another, with the columns that refer to
# rows of tables before it.
REPORT_TABLES: tuple[tuple[str, type[dy.Schema], tuple[tuple[str, str], ...]], ...] = (
    ("reports", schemas.Reports, (("framework_code", "frameworks"), ("authority_id", "authorities"))),
    ("inspections", schemas.Inspections, (("report_id", "reports"),)),
    ("judgements", schemas.Judgements, (("inspection_id", "inspections"), ("grade", "grades"))),
    ("sections", schemas.Sections, (("report_id", "reports"), ("grade", "grades"))),
    ("paragraphs", schemas.Paragraphs, (("report_id", "reports"), ("section_id", "sections"))),
    ("recommendations", schemas.Recommendations, (("inspection_id", "inspections"), ("paragraph_id", "paragraphs"))),
    ("lines", schemas.Lines, (("report_id", "reports"), ("paragraph_id", "paragraphs"))),
)


def stage(
    archived: Sequence[ArchivedReport],
    read: Mapping[str, ReadReport | UnreadableReport],
    parsed: Mapping[str, ParsedReport | RejectedReport],
    reference: Path = OWN_REFERENCE,
    corrections: Sequence[Correction] | None = None,
    content: Callable[[str], str | None] | None = None,
) -> Staged:
    """Validated frames by table name, from everything the earlier stages know.

    `read` and `parsed` are keyed by file sha256. `reference` holds authorities.csv and authority_changes.csv: the
    project's own for real reports, the sample's for the sample. `corrections` default to the project's own file.
    `content` gives a hash over what `read` and `parsed` hold of a file; where it is missing nobody can tell whether a
    batch is the same as another. A row that breaks a rule stands in `extraction_issues` instead.
    """
    authorities = load_authorities(reference)
    accepted, quarantined = sort_publications(archived, read, parsed, authorities)
    superseded = superseded_reports(accepted)
    vocabulary = _vocabulary(authorities, accepted)
    applied = tuple(load_corrections() if corrections is None else corrections)
    common = _common_inputs(vocabulary, applied)
    ids = [one.report_id for one in accepted]

    def batch(first: str, end: str) -> Batch:
        here = accepted[bisect_left(ids, first) : bisect_left(ids, end)]

        def frames() -> Frames:
            return _frames_of([opened(one, read, parsed) for one in here], superseded, vocabulary, applied)

        said = [content(one.file_sha256) for one in here] if content else [None]
        inputs = None if None in said else _inputs(common, (first, end), here, said, superseded)
        return Batch(first, end, inputs, len(here), frames)

    batches = tuple(batch(first, end) for first, end in parts_of(len(accepted)))
    return Staged({**vocabulary, "quarantined_reports": _quarantine(quarantined)}, batches)


def _common_inputs(vocabulary: Frames, corrections: Sequence[Correction]) -> str:
    """What every row depends on: the code of the tables, the vocabulary, and corrections."""
    whole = hashlib.sha256(_CODE.encode() + msgspec.msgpack.encode(corrections))
    for name, frame in sorted(vocabulary.items()):
        whole.update(name.encode() + frame.hash_rows().to_numpy().data)
    return whole.hexdigest()


def _inputs(
    common: str,
    bounds: tuple[str, str],
    batch: Sequence[AcceptedReport],
    said: Sequence[str | None],
    superseded: Mapping[str, str],
) -> str:
    """What the rows of a batch depend on: what its reports say, how they are listed, and what replaces them."""
    each = [(one, what, superseded.get(one.report_id)) for one, what in zip(batch, said, strict=True)]
    return hashlib.sha256(msgspec.msgpack.encode((common, bounds, each))).hexdigest()


def _frames_of(
    batch: Sequence[OpenedReport], superseded: Mapping[str, str], known: Frames, corrections: Sequence[Correction]
) -> Frames:
    """The frames of some reports: rows that keep every rule, and issues that tell of the others."""
    current = [one for one in batch if one.report_id not in superseded]
    built = {
        "reports": columns.reports(batch),
        "inspections": columns.inspections(current),
        "judgements": columns.judgements(current, known["judgement_areas"]),
        "sections": columns.sections(batch),
        "paragraphs": columns.paragraphs(batch),
        "recommendations": columns.recommendations(current),
        "lines": columns.lines(batch),
    }
    built, corrected = correct_frames(built, corrections)
    issues = [_issues_of(batch, superseded), pl.DataFrame(corrected, schema=ISSUE_COLUMNS, orient="row")]
    kept: Frames = {}
    for name, schema, parents in REPORT_TABLES:
        references = [Reference(column, (known | kept)[parent]) for column, parent in parents]
        kept[name], fallen = keep_valid_rows(name, schema, built[name], *references)
        issues.append(fallen)
    return {**kept, "extraction_issues": _numbered(pl.concat(issues))}


def _vocabulary(authorities: AuthorityReference, accepted: Iterable[AcceptedReport]) -> Frames:
    """The reference frames: what reports are matched to."""
    return {
        "authorities": _with_learned_urns(authorities.authorities, accepted),
        "authority_codes": authorities.authority_codes,
        "authority_changes": authorities.authority_changes,
        "regions": pl.read_csv(OWN_REFERENCE / "regions.csv"),
        **report_kind_frames(),
    }


def _checked(schema: type[dy.Schema], rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """A frame of our own facts, where a broken rule is our own mistake and raises."""
    return schema.validate(columns.frame_of(schema, rows), cast=True)


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


def _issues_of(batch: Iterable[OpenedReport], superseded: Mapping[str, str]) -> pl.DataFrame:
    """What parsing and the choices of the tables noticed."""
    rows: list[tuple[str, str, str, int | None, str, str]] = []
    for one in batch:
        for issue in (*one.facts.issues, *one.accepted.issues):
            rows.append((one.report_id, issue.severity, issue.code, issue.page_number, issue.excerpt, issue.message))
        if later := superseded.get(one.report_id):
            message = f"report {later} tells of the same inspection and was published later; that one counts"
            rows.append((one.report_id, "warning", "superseded_report", None, later, message))
    return pl.DataFrame(rows, schema=ISSUE_COLUMNS, orient="row")


def _numbered(issues: pl.DataFrame) -> pl.DataFrame:
    """Issues in the order of discovery, numbered from 1 in each report."""
    number = pl.int_range(1, pl.len() + 1).over("report_id").alias("issue_number")
    ordered = issues.sort("report_id", maintain_order=True).with_columns(number)
    return schemas.ExtractionIssues.validate(ordered.select(schemas.ExtractionIssues.column_names()), cast=True)


def _quarantine(quarantined: Iterable[Quarantined]) -> pl.DataFrame:
    rows = sorted(
        (
            (one.archived.publication.source_path, one.archived.publication.source_url, one.archived.file_sha256,
             one.reason, one.detail, _utc(one.archived.first_seen_at))
            for one in quarantined
        ),
        key=lambda row: (row[0], row[2] or ""),
    )  # fmt: skip
    return _checked(schemas.QuarantinedReports, rows)


def _utc(moment: dt.datetime) -> dt.datetime:
    """A moment as UTC without a zone, which is what a TIMESTAMP column holds."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment
