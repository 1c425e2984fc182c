"""What Ofsted's own statistics look like as frames: editions, the rows of their sheets, and the grades in them."""

import dataframely as dy

CELLS = ("start_date", "published_date", "inspection_kind", "theme", "outcome", "name", "la_code", "region")
"""Items of a row whose cells are kept, to be cited."""


class OfficialEditions(dy.Schema):
    """A spreadsheet file that Ofsted published."""

    edition_id = dy.String(primary_key=True)
    file_name = dy.String()
    file_sha256 = dy.String()
    title = dy.String()
    as_at_date = dy.Date()
    published_by_date = dy.Date(nullable=True)
    issued_date = dy.Date(nullable=True)
    sheets_read = dy.List(dy.String())
    sheets_left = dy.List(dy.String())
    n_rows = dy.Int32(min=0)


class OfficialRows(dy.Schema):
    """One inspection or visit that a sheet tells of."""

    row_id = dy.String(primary_key=True)
    edition_id = dy.String()
    sheet = dy.String()
    row_number = dy.Int32(min=1)
    family = dy.String()
    activity_kind = dy.String()
    framework_family = dy.String()
    inspection_kind = dy.String(nullable=True)
    number = dy.Int32(nullable=True, min=1)
    is_inspected = dy.Bool()
    authority_id = dy.String()
    name = dy.String()
    la_code = dy.String(nullable=True)
    region = dy.String(nullable=True)
    authority_type = dy.String(nullable=True)
    status = dy.String(nullable=True)
    start_date = dy.Date(nullable=True)
    published_date = dy.Date(nullable=True)
    kind_as_published = dy.String(nullable=True)
    theme_code = dy.String(nullable=True)
    theme_as_published = dy.String(nullable=True)
    outcome_code = dy.String(nullable=True)
    outcome_as_published = dy.String(nullable=True)
    n_weaknesses = dy.Int32(nullable=True)
    n_with_sufficient_progress = dy.Int32(nullable=True)
    n_without_sufficient_progress = dy.Int32(nullable=True)
    cells = dy.Struct({item: dy.String(nullable=True) for item in CELLS})


class OfficialGrades(dy.Schema):
    """One grade that a row gives."""

    row_id = dy.String(primary_key=True)
    edition_id = dy.String()
    sheet = dy.String()
    row_number = dy.Int32(min=1)
    area_code = dy.String(primary_key=True)
    grade = dy.String()
    grade_as_published = dy.String()
    cell = dy.String()


class AcceptedDifferences(dy.Schema):
    """A difference between an edition and our reports that somebody looked at."""

    as_at_date = dy.Date()
    sheet = dy.String()
    la_code_gss = dy.String()
    item = dy.String()
    official_value = dy.String(nullable=True)
    our_value = dy.String(nullable=True)
    reason_code = dy.String()
    why = dy.String(min_length=1)
    evidence = dy.String(min_length=1)


OFFICIAL_SCHEMAS: dict[str, type[dy.Schema]] = {
    "official_editions": OfficialEditions,
    "official_rows": OfficialRows,
    "official_grades": OfficialGrades,
}
"""The schema of each frame of official statistics."""
