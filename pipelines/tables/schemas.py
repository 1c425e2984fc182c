"""What every frame filled from reports looks like: columns, types, keys and the rules a row must keep.

Belongs here: dataframely schemas, and the vocabularies that the contract fixes.
Stays out: reference frames (`schemas_reference.py`), and what becomes of a row that breaks a rule (`validation.py`).
"""

import dataframely as dy
import polars as pl

from pipelines.report_kinds.registry import load_vocabulary

KINDS = ("standard", "short", "first", "reinspection", "review", "other")
EVIDENCE = ("cover", "sentence", "closing table", "heading")
PARAGRAPH_KINDS = ("numbered", "unnumbered", "bullet", "recommendation", "footnote")
RECOMMENDATION_KINDS = ("area_for_improvement", "recommendation", "priority_action")
ADDRESSEES = load_vocabulary().addressees
SEVERITIES = ("error", "warning", "info")
QUARANTINE_REASONS = (
    "not_a_pdf",
    "damaged_pdf",
    "encrypted_pdf",
    "no_text",
    "unknown_framework",
    "unreadable_judgements",
    "unknown_authority",
    "too_large",
)


def one_of(column: str, words: tuple[str, ...]) -> pl.Expr:
    """The column holds a word of a fixed vocabulary."""
    return pl.col(column).is_in(words)


class Reports(dy.Schema):
    """A report file, told once however often it was published."""

    report_id = dy.String(primary_key=True, regex=r"^[0-9a-f]{16}$")
    file_sha256 = dy.String(regex=r"^[0-9a-f]{64}$")
    source_url = dy.String(nullable=True)
    source_path = dy.String()
    label_as_published = dy.String(nullable=True)
    published_date = dy.Date(nullable=True)
    page_count = dy.Int32(min=1)
    word_count = dy.Int32(min=0)
    n_words_in_file = dy.Int32(min=0)
    framework_code = dy.String()
    authority_id = dy.String()
    title = dy.String()
    published_date_in_text = dy.Date(nullable=True)
    reader = dy.String()
    reader_version = dy.String()


class Inspections(dy.Schema):
    """An inspection: its report is the latest that tells of it."""

    inspection_id = dy.String(primary_key=True)
    report_id = dy.String()
    authority_id = dy.String()
    framework_code = dy.String()
    inspection_kind = dy.String()
    inspection_kind_basis = dy.String()
    start_date = dy.Date()
    end_date = dy.Date()
    visits = dy.List(dy.Struct({"start_date": dy.Date(), "end_date": dy.Date()}), min_length=1)
    lead_inspector_name = dy.String(nullable=True)
    published_date = dy.Date(nullable=True)

    @dy.rule()
    def kind_is_known(cls) -> pl.Expr:  # noqa: N805
        """The kind is one of the contract's."""
        return one_of("inspection_kind", KINDS)

    @dy.rule()
    def starts_before_it_ends(cls) -> pl.Expr:  # noqa: N805
        """The first day is not after the last."""
        return pl.col("start_date") <= pl.col("end_date")


class Judgements(dy.Schema):
    """One grade given in one inspection."""

    inspection_id = dy.String(primary_key=True)
    judgement_code = dy.String(primary_key=True)
    area_code = dy.String()
    grade = dy.String()
    grade_as_written = dy.String()
    label_as_written = dy.String()
    page_number = dy.Int32(min=1)
    x0 = dy.Float64()
    top = dy.Float64()
    x1 = dy.Float64()
    bottom = dy.Float64()
    evidence = dy.String()
    is_confirmed_by_heading = dy.Bool(nullable=True)

    @dy.rule()
    def evidence_is_known(cls) -> pl.Expr:  # noqa: N805
        """The grade was found where a evidence may stand."""
        return one_of("evidence", EVIDENCE)


class Sections(dy.Schema):
    """A heading and its place in the report."""

    section_id = dy.String(primary_key=True)
    report_id = dy.String()
    ordinal = dy.Int32(min=0)
    heading = dy.String()
    level = dy.Int32(min=1)
    part = dy.String()
    judgement_code = dy.String(nullable=True)
    grade = dy.String(nullable=True)
    page_number = dy.Int32(min=1)


class Paragraphs(dy.Schema):
    """A paragraph, joined over lines and pages."""

    paragraph_id = dy.String(primary_key=True)
    report_id = dy.String()
    section_id = dy.String(nullable=True)
    ordinal = dy.Int32(min=0)
    paragraph_number = dy.Int32(nullable=True, min=1)
    number_as_printed = dy.String(nullable=True)
    kind = dy.String()
    text = dy.String(min_length=1)
    page_first = dy.Int32(min=1)
    page_last = dy.Int32(min=1)
    n_words = dy.Int32(min=0)

    @dy.rule()
    def kind_is_known(cls) -> pl.Expr:  # noqa: N805
        """The kind is one of the contract's."""
        return one_of("kind", PARAGRAPH_KINDS)

    @dy.rule()
    def pages_in_order(cls) -> pl.Expr:  # noqa: N805
        """A paragraph never ends on a page before its first."""
        return pl.col("page_first") <= pl.col("page_last")


class Recommendations(dy.Schema):
    """One thing that somebody was told to do."""

    recommendation_id = dy.String(primary_key=True)
    inspection_id = dy.String()
    paragraph_id = dy.String()
    ordinal = dy.Int32(min=0)
    kind = dy.String()
    addressed_to = dy.String()
    text = dy.String(min_length=1)
    national_framework_refs = dy.List(dy.String())

    @dy.rule()
    def kind_is_known(cls) -> pl.Expr:  # noqa: N805
        """The kind is one of the contract's."""
        return one_of("kind", RECOMMENDATION_KINDS)

    @dy.rule()
    def addressee_is_known(cls) -> pl.Expr:  # noqa: N805
        """It is addressed to the authority, the board or the partnership."""
        return one_of("addressed_to", ADDRESSEES)


class Lines(dy.Schema):
    """One line of a page and the part it plays."""

    report_id = dy.String(primary_key=True)
    page_number = dy.Int32(primary_key=True, min=1)
    line_number = dy.Int32(primary_key=True, min=0)
    text = dy.String()
    role = dy.String()
    paragraph_id = dy.String(nullable=True)
    x0 = dy.Float64()
    top = dy.Float64()
    x1 = dy.Float64()
    bottom = dy.Float64()
    font_name = dy.String()
    font_size = dy.Float64()
    n_words = dy.Int32(min=0)


class QuarantinedReports(dy.Schema):
    """A publication that could not be taken into the tables."""

    source_path = dy.String()
    source_url = dy.String(nullable=True)
    file_sha256 = dy.String(nullable=True)
    reason = dy.String()
    detail = dy.String()
    first_seen_at = dy.Datetime(time_unit="us")

    @dy.rule()
    def reason_is_known(cls) -> pl.Expr:  # noqa: N805
        """The reason is one of the contract's."""
        return one_of("reason", QUARANTINE_REASONS)


class ExtractionIssues(dy.Schema):
    """Something a careful reader of a report's rows should know."""

    report_id = dy.String(primary_key=True)
    issue_number = dy.Int32(primary_key=True, min=1)
    severity = dy.String()
    code = dy.String()
    page_number = dy.Int32(nullable=True)
    excerpt = dy.String()
    message = dy.String()

    @dy.rule()
    def severity_is_known(cls) -> pl.Expr:  # noqa: N805
        """An issue is an error, a warning or an information."""
        return one_of("severity", SEVERITIES)
