"""Rows become frames of a schema; a row that breaks a rule becomes an issue and never stops the build.

The rules are in the schemas (`schemas.py`, `schemas_reference.py`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import dataframely as dy
import msgspec
import polars as pl

from pipelines.parsing.facts import Issue

Row = dict[str, Any]
"""A row of a table, by column name."""

REFERENCES = "references"
"""The key of a column's metadata that names the table and the column that must hold its values."""


def column_types(schema: type[dy.Schema]) -> dict[str, Any]:
    """The polars type of each column of a schema, in order."""
    return {name: column.dtype for name, column in schema.columns().items()}


def frame_of(schema: type[dy.Schema], rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A frame with a schema's columns and types, not yet validated.

    A row may hold more than the schema's columns. Raises KeyError for a row that lacks one.
    """
    given, types = list(rows), column_types(schema)
    return pl.DataFrame({name: [row[name] for row in given] for name in types}, schema=types)


def valid_frame(schema: type[dy.Schema], rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A frame of our own facts, where a broken rule is our own mistake and raises."""
    return schema.validate(frame_of(schema, rows), cast=True)


def keep_valid_rows(
    table: str, schema: type[dy.Schema], frame: pl.DataFrame, parents: Mapping[str, pl.DataFrame]
) -> tuple[pl.DataFrame, list[Row]]:
    """The rows of a frame that keep every rule, and an issue for each of the others.

    A row whose parent is missing is left out too; where the schema lets the reference be null, the row stays without
    it. An issue's excerpt is the whole row, so that nothing is lost.
    """
    kept: pl.DataFrame
    kept, failure = schema.filter(frame, cast=True)
    issues: list[Row] = []
    if len(failure):
        issues += [_rejected(table, schema, row, _broken_rules(row)) for row in failure.details().iter_rows(named=True)]
    for name, column in schema.columns().items():
        reference = (column.metadata or {}).get(REFERENCES)
        if reference is None:
            continue
        parent, key = reference
        known = parents[parent][key or name].unique().implode()
        is_orphan = pl.col(name).is_not_null() & ~pl.col(name).is_in(known)
        orphans = kept.filter(is_orphan)
        if orphans.is_empty():
            continue
        why = f"its {name} is not in the tables"
        issues += [_rejected(table, schema, row, why) for row in orphans.iter_rows(named=True)]
        if column.nullable:
            kept = kept.with_columns(pl.when(~is_orphan).then(name).alias(name))
        else:
            kept = kept.filter(~is_orphan)
    return kept, issues


def _broken_rules(row: Row) -> str:
    """The rules that a row with a verdict on each rule breaks, as a list in words."""
    broken = (rule for rule, verdict in row.items() if verdict == "invalid")
    return ", ".join(rule.replace("|check__", " ").replace("|", " ") for rule in broken)


def _rejected(table: str, schema: type[dy.Schema], row: Row, why: str) -> Row:
    """An error about a row. Its report is the row's own, or its activity's or inspection's: all have the same key."""
    own = {name: row[name] for name in schema.column_names()}
    report_id = next((own[key] for key in ("report_id", "activity_id", "inspection_id") if own.get(key)), "")
    page_number = own.get("page_number", own.get("page_first"))
    excerpt = msgspec.json.encode(own).decode()
    message = f"a row of {table} breaks a rule: {why}"
    return issue_row(report_id, Issue("error", f"{table}_row_rejected", page_number, excerpt, message))


def issue_row(report_id: str, issue: Issue) -> Row:
    """The row of an issue, not yet numbered."""
    return {**msgspec.structs.asdict(issue), "report_id": report_id}
