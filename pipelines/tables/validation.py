"""Rows that break a rule leave their frame and become issue rows: never the floor, never the build.

Belongs here: splitting a frame into good rows and issues, by schema and by reference to a parent.
Stays out: the rules themselves (`schemas.py`).
"""

from dataclasses import dataclass

import dataframely as dy
import polars as pl

ISSUE_COLUMNS = {
    "report_id": pl.String,
    "severity": pl.String,
    "code": pl.String,
    "page_number": pl.Int32,
    "excerpt": pl.String,
    "message": pl.String,
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of a frame whose values, where not null, must stand in a parent frame's column of the same name."""

    column: str
    parent: pl.DataFrame


def keep_valid_rows(
    name: str, schema: type[dy.Schema], frame: pl.DataFrame, *references: Reference
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split a frame called `name` into the rows that keep every rule, and issues that tell of the others.

    A row whose parent is missing falls too; where the schema lets the reference be null, the row stays without it.
    An issue's excerpt is the whole row, so that nothing is lost.
    """
    good, failure = schema.filter(frame, cast=True)
    kept: pl.DataFrame = good
    issues = [_broken_rules(name, schema, failure.details())] if len(failure) else []
    for reference in references:
        column = reference.column
        known = reference.parent[column].unique().implode()
        is_orphan = pl.col(column).is_not_null() & ~pl.col(column).is_in(known)
        orphans = kept.filter(is_orphan)
        if orphans.is_empty():
            continue
        issues.append(_issues(name, orphans, pl.lit(f"its {column} is not in the tables")))
        if schema.columns()[column].nullable:
            kept = kept.with_columns(pl.when(~is_orphan).then(column).alias(column))
        else:
            kept = kept.filter(~is_orphan)
    return kept, pl.concat([pl.DataFrame(schema=ISSUE_COLUMNS), *issues])


def _broken_rules(name: str, schema: type[dy.Schema], details: pl.DataFrame) -> pl.DataFrame:
    columns = schema.column_names()
    rules = [rule for rule in details.columns if rule not in columns]
    broken = [pl.when(pl.col(rule) == "invalid").then(pl.lit(rule.replace("|", " "))) for rule in rules]
    return _issues(name, details, pl.concat_str(broken, separator=", ", ignore_nulls=True), columns)


def _issues(name: str, rows: pl.DataFrame, why: pl.Expr, columns: list[str] | None = None) -> pl.DataFrame:
    """One error a row. The report is the row's own, or its inspection's, for both share a key."""
    owner = "report_id" if "report_id" in rows.columns else "inspection_id"
    page = next((column for column in ("page_number", "page_first") if column in rows.columns), None)
    return rows.select(
        pl.col(owner).fill_null("").alias("report_id"),
        pl.lit("error").alias("severity"),
        pl.lit(f"{name}_row_rejected").alias("code"),
        (pl.col(page) if page else pl.lit(None)).cast(pl.Int32).alias("page_number"),
        pl.struct(columns or rows.columns).struct.json_encode().alias("excerpt"),
        pl.concat_str(pl.lit(f"a row of {name} breaks a rule: "), why).alias("message"),
    )
