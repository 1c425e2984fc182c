"""Editions of Ofsted's statistics become frames: each name is resolved to an authority, each edition is whole."""

from collections.abc import Iterable, Iterator

import polars as pl
from msgspec.structs import asdict

from pipelines.statistics.rows import Edition, OfficialRow, RefusedEdition, SheetLeft, UnusableEditionError
from pipelines.tables.authorities import Authority, AuthorityReference, normal_name
from pipelines.tables.official_complete import Resolved, check_complete, row_refused, settled
from pipelines.tables.schemas_official import ITEMS, OFFICIAL_SCHEMAS
from pipelines.tables.validation import Row, valid_frame


def official_frames(
    editions: Iterable[Edition | RefusedEdition], authorities: AuthorityReference
) -> dict[str, pl.DataFrame]:
    """The frames official_editions, official_rows, official_grades and refused_editions, in the order of the sheets.

    An edition that names no authority of ours, or is not whole, is refused like one that could not be read.
    """
    given = {one.file_sha256: one for one in editions}
    read = sorted(
        (one for one in given.values() if isinstance(one, Edition)), key=lambda one: (one.as_at_date, one.edition_id)
    )
    refused = [one for one in given.values() if isinstance(one, RefusedEdition)]
    rows: dict[str, list[Row]] = {name: [] for name in OFFICIAL_SCHEMAS}
    for edition in read:
        try:
            resolved = resolved_rows(edition, authorities)
        except UnusableEditionError as error:
            refused.append(RefusedEdition(edition.file_name, edition.file_sha256, str(error)))
            continue
        rows["official_editions"].append(_edition_row(edition))
        rows["official_rows"] += (_official_row(edition, one) for one in resolved)
        rows["official_grades"] += (grade for row in edition.rows for grade in _grade_rows(edition, row))
    rows["refused_editions"] += map(asdict, sorted(refused, key=lambda one: (one.file_name, one.file_sha256)))
    return {name: valid_frame(schema, rows[name]) for name, schema in OFFICIAL_SCHEMAS.items()}


def resolved_rows(edition: Edition, authorities: AuthorityReference) -> list[Resolved]:
    """The rows of an edition with their authorities.

    Raises UnusableEditionError for a name that no authority bears, a row that stands twice, and rows that are missing.
    """
    resolved = settled(Resolved(row, _authority(edition, row, authorities)) for row in edition.rows)
    check_complete(edition, resolved, authorities)
    return resolved


def _authority(edition: Edition, row: OfficialRow, authorities: AuthorityReference) -> Authority:
    """The authority that a row is about. Raises UnusableEditionError where no name or the wrong one stands there.

    Of two with one name it is the one that existed at the row's date: Dorset in 2016 is the county that has ended.
    """
    as_at = edition.as_at_date
    found = authorities.named(row.name, row.about or as_at) or authorities.named(row.name, as_at)
    if found is None:
        raise row_refused(edition, row, "the name of an authority that authorities.csv knows")
    if row.is_abolished:
        namesakes = (found, *authorities.by_name.get(normal_name(row.name), ()))
        known_end = max(as_at, edition.issued_date or as_at)
        ended = next((one for one in namesakes if one.valid_to_date and one.valid_to_date <= known_end), None)
        if ended is None:
            raise row_refused(edition, row, f"an authority that ended by {known_end}, as the sheet says of it")
        return ended
    if (row.family == "snapshot" or row.status) and not found.existed_in(as_at, as_at):
        raise row_refused(edition, row, f"an authority that existed on {as_at}")
    return found


def _edition_row(edition: Edition) -> Row:
    left = [_left(sheet) for sheet in edition.sheets_left]
    unknown = [_left(sheet) for sheet in edition.sheets_left if sheet.is_large]
    return {**asdict(edition), "sheets_left": left, "sheets_unknown": unknown, "n_rows": len(edition.rows)}


def _left(sheet: SheetLeft) -> str:
    return f"{sheet.name} ({sheet.n_rows:,} rows): {sheet.why}"


def _row_id(edition: Edition, row: OfficialRow) -> str:
    return f"{edition.edition_id}:{row.sheet}:{row.cell}"


def _official_row(edition: Edition, resolved: Resolved) -> Row:
    row, authority = resolved
    has_ended = authority.valid_to_date is not None and authority.valid_to_date < edition.as_at_date
    return {
        **asdict(row),
        "row_id": _row_id(edition, row),
        "edition_id": edition.edition_id,
        "authority_id": authority.authority_id,
        "is_abolished": row.is_abolished or has_ended,
        "cells": {item: row.cells.get(item) for item in ITEMS},
    }


def _grade_rows(edition: Edition, row: OfficialRow) -> Iterator[Row]:
    own = {"row_id": _row_id(edition, row), "edition_id": edition.edition_id}
    return ({**own, "sheet": row.sheet, "row_number": row.row_number, **asdict(grade)} for grade in row.grades)
