"""What every frame filled from reports looks like: columns, types, keys and the rules a row must keep.

The columns are in the order of their table. `validation.py` decides what happens to a row that breaks a rule;
reference frames are in `schemas_reference.py`.
"""

import dataframely as dy
import polars as pl

from pipelines.report_kinds.registry import load_vocabulary
from pipelines.tables.validation import REFERENCES


def _one_of(*words: str, nullable: bool = False, primary_key: bool = False) -> dy.String:
    """A column that holds a word of a fixed vocabulary."""
    return dy.String(
        nullable=nullable,
        primary_key=primary_key,
        check={f"is one of {', '.join(words)}": lambda column: column.is_in(words)},
    )


def _refers_to(table: str, key: str | None = None, *, nullable: bool = False, primary_key: bool = False) -> dy.String:
    """A column whose values are in a column of another table, of the same name where none is given."""
    return dy.String(nullable=nullable, primary_key=primary_key, metadata={REFERENCES: (table, key)})


class Reports(dy.Schema):
    """A report file, once however often it was published."""

    report_id = dy.String(primary_key=True, regex=r"^[0-9a-f]{16}$")
    file_sha256 = dy.String(regex=r"^[0-9a-f]{64}$")
    source_url = dy.String(nullable=True)
    source_path = dy.String()
    label_as_published = dy.String(nullable=True)
    published_date = dy.Date(nullable=True)
    page_count = dy.Int32(min=1)
    word_count = dy.Int32(min=0)
    n_words_in_file = dy.Int32(min=0)
    framework_code = _refers_to("frameworks")
    authority_id = _refers_to("authorities")
    provider_urn = dy.String(nullable=True)
    title = dy.String()
    authority_as_written = dy.String(nullable=True)
    published_date_in_text = dy.Date(nullable=True)
    reader = dy.String()
    reader_version = dy.String()


_VISITS = dy.List(dy.Struct({"start_date": dy.Date(), "end_date": dy.Date()}), min_length=1)


class Activities(dy.Schema):
    """An inspection or visit of whatever kind: its report is the latest about it."""

    activity_id = dy.String(primary_key=True)
    report_id = _refers_to("reports")
    authority_id = dy.String()
    provider_urn = dy.String(nullable=True)
    activity_kind = dy.String()
    framework_code = dy.String()
    theme_code = _refers_to("themes", nullable=True)
    theme_as_written = dy.String(nullable=True)
    start_date = dy.Date()
    end_date = dy.Date()
    visits = _VISITS
    mode = _one_of("on_site", "partly_remote", "remote", nullable=True)
    letter_date = dy.Date(nullable=True)
    published_date = dy.Date(nullable=True)
    inspectorates = dy.List(dy.String(), min_length=1)
    visit_ordinal = dy.Int32(nullable=True, min=1)
    previous_inspection_as_written = dy.String(nullable=True)

    @dy.rule()
    def starts_before_it_ends(cls) -> pl.Expr:  # noqa: N805
        """The first day is not after the last."""
        return pl.col("start_date") <= pl.col("end_date")


class ActivityPeople(dy.Schema):
    """Somebody who took part in an activity or signed its letter."""

    activity_id = _refers_to("activities", primary_key=True)
    ordinal = dy.Int32(primary_key=True, min=1)
    role = _one_of("lead_inspector", "inspector", "signatory")
    name = dy.String(min_length=1)
    position_as_written = dy.String(nullable=True)
    inspectorate = _one_of("Ofsted", "CQC", "HMICFRS", "HMI Probation")


class ActivityPartners(dy.Schema):
    """An organisation that an activity is about."""

    activity_id = _refers_to("activities", primary_key=True)
    ordinal = dy.Int32(primary_key=True, min=1)
    organisation_as_written = dy.String(min_length=1)
    organisation_kind = _one_of(
        "authority",
        "health",
        "police",
        "pcc",
        "probation",
        "youth_justice",
        "safeguarding_partnership",
        "trust",
        "other",
    )


class ActivityOutcomes(dy.Schema):
    """The outcome of an inspection that gives no grades."""

    activity_id = _refers_to("activities", primary_key=True)
    outcome_code = dy.String()
    outcome_as_written = dy.String(min_length=1)
    page_number = dy.Int32(min=1)
    x0 = dy.Float64()
    top = dy.Float64()
    x1 = dy.Float64()
    bottom = dy.Float64()


class NextSteps(dy.Schema):
    """What must follow an inspection."""

    activity_id = _refers_to("activities", primary_key=True)
    ordinal = dy.Int32(primary_key=True, min=1)
    kind = _one_of("full_inspection", "monitoring", "written_statement", "priority_action_plan", "strategic_plan")
    months = dy.Int32(nullable=True, min=1)
    is_approximate = dy.Bool(nullable=True)
    due_date = dy.Date(nullable=True)
    responsible_body = dy.String(nullable=True)
    text = dy.String(min_length=1)
    page_number = dy.Int32(min=1)


class Inspections(dy.Schema):
    """What a graded inspection has beside what every activity has."""

    inspection_id = _refers_to("activities", "activity_id", primary_key=True)
    inspection_kind = _one_of("standard", "short", "first", "reinspection", "review", "other")
    inspection_kind_basis = dy.String()
    lead_inspector_name = dy.String(nullable=True)


class Judgements(dy.Schema):
    """One grade given in one inspection."""

    inspection_id = _refers_to("inspections", primary_key=True)
    judgement_code = dy.String(primary_key=True)
    area_code = dy.String()
    grade = _refers_to("grades")
    grade_rank = dy.Int32(nullable=True)
    grade_as_written = dy.String()
    label_as_written = dy.String()
    page_number = dy.Int32(min=1)
    x0 = dy.Float64()
    top = dy.Float64()
    x1 = dy.Float64()
    bottom = dy.Float64()
    evidence = _one_of("cover", "sentence", "closing table", "heading")
    is_confirmed_by_heading = dy.Bool(nullable=True)


class Sections(dy.Schema):
    """A heading and its place in the report."""

    section_id = dy.String(primary_key=True)
    report_id = _refers_to("reports")
    ordinal = dy.Int32(min=0)
    heading = dy.String()
    level = dy.Int32(min=1)
    part = dy.String()
    judgement_code = dy.String(nullable=True)
    grade = _refers_to("grades", nullable=True)
    page_number = dy.Int32(min=1)


class Paragraphs(dy.Schema):
    """A paragraph, joined over lines and pages."""

    paragraph_id = dy.String(primary_key=True)
    report_id = _refers_to("reports")
    section_id = _refers_to("sections", nullable=True)
    ordinal = dy.Int32(min=0)
    paragraph_number = dy.Int32(nullable=True, min=1)
    number_as_printed = dy.String(nullable=True)
    kind = _one_of("numbered", "unnumbered", "bullet", "recommendation", "footnote")
    text = dy.String(min_length=1)
    page_first = dy.Int32(min=1)
    page_last = dy.Int32(min=1)
    n_words = dy.Int32(min=0)

    @dy.rule()
    def pages_in_order(cls) -> pl.Expr:  # noqa: N805
        """A paragraph never ends on a page before its first."""
        return pl.col("page_first") <= pl.col("page_last")


class Recommendations(dy.Schema):
    """One item that somebody must improve."""

    recommendation_id = dy.String(primary_key=True)
    activity_id = _refers_to("activities")
    inspection_id = _refers_to("inspections", nullable=True)
    paragraph_id = _refers_to("paragraphs")
    ordinal = dy.Int32(min=0)
    kind = _one_of("area_for_improvement", "recommendation", "priority_action")
    addressed_to = _one_of(*load_vocabulary().addressees)
    text = dy.String(min_length=1)
    national_framework_refs = dy.List(dy.String())
    responsible_bodies = dy.List(dy.String())


class Strengths(dy.Schema):
    """One item that is done well, from a list of such items."""

    strength_id = dy.String(primary_key=True)
    activity_id = _refers_to("activities")
    paragraph_id = _refers_to("paragraphs")
    ordinal = dy.Int32(min=1)
    text = dy.String(min_length=1)


class Lists(dy.Schema):
    """A list that an activity may have, and whether it does."""

    activity_id = _refers_to("activities", primary_key=True)
    list = _one_of("priority_action", "area_for_improvement", "strength", primary_key=True)
    status = _one_of("present", "none_stated", "carried_forward", "absent")
    n_items = dy.Int32(min=0)
    lead_in = dy.String(nullable=True)


class Lines(dy.Schema):
    """One line of a page and its role."""

    report_id = _refers_to("reports", primary_key=True)
    page_number = dy.Int32(primary_key=True, min=1)
    line_number = dy.Int32(primary_key=True, min=0)
    text = dy.String()
    role = dy.String()
    paragraph_id = _refers_to("paragraphs", nullable=True)
    x0 = dy.Float64()
    top = dy.Float64()
    x1 = dy.Float64()
    bottom = dy.Float64()
    font_name = dy.String()
    font_size = dy.Float64()
    is_running_text = dy.Bool()
    n_words = dy.Int32(min=0)


class ExtractionIssues(dy.Schema):
    """Something to know before using a report's rows."""

    report_id = dy.String(primary_key=True)
    issue_number = dy.Int32(primary_key=True, min=1)
    severity = _one_of("error", "warning", "info")
    code = dy.String()
    page_number = dy.Int32(nullable=True)
    excerpt = dy.String()
    message = dy.String()


class QuarantinedReports(dy.Schema):
    """A publication that is quarantined."""

    source_url = dy.String(nullable=True)
    source_path = dy.String()
    file_sha256 = dy.String(nullable=True)
    provider_urn = dy.String(nullable=True)
    published_date = dy.Date(nullable=True)
    reason = _one_of(
        "not_a_pdf",
        "damaged_pdf",
        "encrypted_pdf",
        "no_text",
        "unknown_framework",
        "unreadable_dates",
        "unreadable_judgements",
        "unreadable_outcome",
        "unknown_authority",
        "other_authority",
        "too_large",
    )
    detail = dy.String()
    first_seen_at = dy.Datetime(time_unit="us")


REPORT_SCHEMAS: dict[str, type[dy.Schema]] = {
    "reports": Reports,
    "activities": Activities,
    "activity_people": ActivityPeople,
    "activity_partners": ActivityPartners,
    "activity_outcomes": ActivityOutcomes,
    "next_steps": NextSteps,
    "inspections": Inspections,
    "judgements": Judgements,
    "sections": Sections,
    "paragraphs": Paragraphs,
    "recommendations": Recommendations,
    "strengths": Strengths,
    "lists": Lists,
    "lines": Lines,
}
"""The schema of each frame that reports fill, each after those that it refers to; issues are numbered last."""
