"""What Ofsted's own statistics look like as frames: its editions, their rows, and the grades in them."""

import dataframely as dy

CELL = r"^[A-Z]+[1-9]\d*$"
SHEET_FAMILIES = ("snapshot", "in_year", "history")
ITEMS = ("name", "la_code", "region", "start_date", "published_date", "inspection_kind", "theme", "outcome")
"""What a row may say of an inspection beside its grades, each in a cell of its own."""


class OfficialEditions(dy.Schema):
    """A file of statistics as Ofsted published it."""

    edition_id = dy.String(primary_key=True, regex=r"^[0-9a-f]{16}$")
    file_name = dy.String(min_length=1)
    file_sha256 = dy.String(regex=r"^[0-9a-f]{64}$")
    title = dy.String()
    as_at_date = dy.Date()
    published_by_date = dy.Date(nullable=True)
    issued_date = dy.Date(nullable=True)
    sheets_read = dy.List(dy.String(), min_length=1)
    sheets_left = dy.List(dy.String())
    sheets_unknown = dy.List(dy.String())
    n_rows = dy.Int32(min=0)


class OfficialRows(dy.Schema):
    """An inspection or visit that an edition tells of, or that an authority has had none."""

    row_id = dy.String(primary_key=True)
    edition_id = dy.String()
    sheet = dy.String()
    row_number = dy.Int32(min=1)
    cell = dy.String(regex=CELL)
    family = dy.String(check=lambda column: column.is_in(SHEET_FAMILIES))
    activity_kind = dy.String()
    framework_family = dy.String(nullable=True)
    inspection_kind = dy.String(nullable=True)
    number = dy.Int32(nullable=True, min=1)
    is_inspected = dy.Bool()
    is_abolished = dy.Bool()
    authority_id = dy.String()
    name = dy.String(min_length=1)
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
    n_weaknesses = dy.Int32(nullable=True, min=0)
    n_with_sufficient_progress = dy.Int32(nullable=True, min=0)
    n_without_sufficient_progress = dy.Int32(nullable=True, min=0)
    cells = dy.Struct({item: dy.String(nullable=True, regex=CELL) for item in ITEMS})


class OfficialGrades(dy.Schema):
    """A grade that a row of an edition prints."""

    row_id = dy.String(primary_key=True)
    edition_id = dy.String()
    sheet = dy.String()
    row_number = dy.Int32(min=1)
    area_code = dy.String(primary_key=True)
    grade = dy.String()
    grade_as_published = dy.String()
    cell = dy.String(regex=CELL)


class RefusedEditions(dy.Schema):
    """A file of statistics that was given and can't be used."""

    file_name = dy.String()
    file_sha256 = dy.String(primary_key=True)
    reason = dy.String(min_length=1)


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
    "refused_editions": RefusedEditions,
}
"""The schema of each frame of official statistics."""
