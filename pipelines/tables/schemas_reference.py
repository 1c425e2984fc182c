"""What authorities, frameworks and grades look like as frames: vocabulary that reports are matched to."""

import dataframely as dy
import polars as pl

CHANGE_KINDS = ("merge", "split", "recode")


class Authorities(dy.Schema):
    """A local authority, present or former, keyed by its present or last GSS code."""

    authority_id = dy.String(primary_key=True, min_length=1)
    provider_urn = dy.String(nullable=True, regex=r"^\w+$")
    authority_name = dy.String(min_length=1)
    la_code_gss = dy.String(min_length=1)
    la_code_dfe = dy.String(nullable=True)
    authority_type = dy.String()
    region_name = dy.String()
    ofsted_region_name = dy.String()
    valid_from_date = dy.Date(nullable=True)
    valid_to_date = dy.Date(nullable=True)
    is_current = dy.Bool()
    statistical_neighbours = dy.List(dy.String())
    also_known_as = dy.List(dy.String())

    @dy.rule()
    def urn_is_borne_once(cls) -> pl.Expr:  # noqa: N805
        """Two authorities never share a URN."""
        return pl.col("provider_urn").is_null() | pl.col("provider_urn").is_unique()


class AuthorityCodes(dy.Schema):
    """A GSS code that an authority has had, with its first and last day."""

    authority_id = dy.String(primary_key=True)
    la_code_gss = dy.String(primary_key=True)
    valid_from_date = dy.Date(nullable=True)
    valid_to_date = dy.Date(nullable=True)


class AuthorityChanges(dy.Schema):
    """One authority's code passing, wholly or in part, to another on a day."""

    change_date = dy.Date(primary_key=True)
    kind = dy.String()
    from_gss = dy.String(primary_key=True)
    to_gss = dy.String(primary_key=True)
    from_name = dy.String()
    to_name = dy.String()
    note = dy.String(nullable=True)

    @dy.rule()
    def kind_is_known(cls) -> pl.Expr:  # noqa: N805
        """A change merges, splits or recodes."""
        return pl.col("kind").is_in(CHANGE_KINDS)


class Tiles(dy.Schema):
    """An authority's square on a map of equal squares."""

    authority_id = dy.String(primary_key=True)
    column_number = dy.Int32(min=1)
    row_number = dy.Int32(min=1)


class Frameworks(dy.Schema):
    """An inspection framework and the inspection dates it was in force for."""

    framework_code = dy.String(primary_key=True)
    name = dy.String()
    first_inspection_date = dy.Date()
    last_inspection_date = dy.Date(nullable=True)
    sort_order = dy.Int32()
    framework_family = dy.String()
    inspection_kind = dy.String(nullable=True)
    is_current_programme = dy.Bool()
    overall_limit = dy.String(nullable=True)
    scale = dy.List(dy.String())
    activity_kind = dy.String()
    names_lead = dy.Bool()
    is_read = dy.Bool()


class Themes(dy.Schema):
    """What visits and joint inspections look at."""

    theme_code = dy.String(primary_key=True)
    remit = dy.String()
    name = dy.String()
    is_in_letters = dy.Bool()


class Outcomes(dy.Schema):
    """An outcome that an inspection without grades may end in."""

    framework_code = dy.String(primary_key=True)
    outcome_code = dy.String(primary_key=True)
    label = dy.String()
    sort_order = dy.Int32(min=1)


class JudgementAreas(dy.Schema):
    """A judgement that a framework makes, and the family it belongs to."""

    framework_code = dy.String(primary_key=True)
    judgement_code = dy.String(primary_key=True)
    area_code = dy.String()
    label = dy.String()
    is_key = dy.Bool()
    limits_overall = dy.Bool()
    covers = dy.List(dy.String(), min_length=1)


class Areas(dy.Schema):
    """A family of judgements, comparable over time and over frameworks."""

    area_code = dy.String(primary_key=True)
    label = dy.String()
    sort_order = dy.Int32(min=1)
    is_overall = dy.Bool()
    is_service = dy.Bool()
    is_of_authority = dy.Bool()
    is_series = dy.Bool()


class NationalFramework(dy.Schema):
    """An outcome, enabler or principle that improvement items refer to."""

    national_framework_ref = dy.String(primary_key=True)
    meaning = dy.String(nullable=True)


class Grades(dy.Schema):
    """A grade of the vocabulary; rank 1 is best, null for not judged."""

    grade = dy.String(primary_key=True)
    grade_rank = dy.Int32(nullable=True, min=1, max=4)
    label = dy.String()
