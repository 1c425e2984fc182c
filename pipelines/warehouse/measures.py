"""Numbers about a published warehouse that are worth watching from one build to the next.

Belongs here: each as a query for one row, by the table it is about.
Stays out: judging them (`sql/tests`, `volumes.py`).
"""

from pathlib import Path

import duckdb

from pipelines.warehouse.connection import open_warehouse, side_by_side
from pipelines.warehouse.models import read_models

MEASURES = {
    "core.inspections": """
        select count(distinct provider_urn) as n_authorities, max(published_date)::varchar as last_published_date
        from core.inspections
    """,
    "core.judgements": """
        select
            coalesce(avg(is_confirmed_by_heading::integer), 1) as share_confirmed_of_those_with_a_heading,
            count(*) filter (is_confirmed_by_heading is null) as n_without_a_heading
        from core.judgements
    """,
    "quality.text_coverage": """
        select
            coalesce(sum(n_words_accounted) / nullif(sum(n_words_in_file), 0), 1) as share_accounted,
            coalesce(min(share_accounted), 1) as lowest_share_accounted
        from quality.text_coverage
    """,
    "quality.extraction_issues": """
        select
            count(*) filter (severity = 'error') as n_errors,
            count(*) filter (severity = 'warning') as n_warnings,
            count(distinct report_id) as n_reports_with_issues
        from quality.extraction_issues
    """,
    "quality.quarantined_reports": """
        select
            (select count(*) from quality.quarantined_reports)
            / greatest(1, (select count(*) from quality.quarantined_reports) + (select count(*) from core.reports))
            as share_quarantined
    """,
}


def measure(warehouse: Path) -> dict[str, dict[str, int | float | str | None]]:
    """Every measure by table and name. Raises MissingWarehouseError."""
    with open_warehouse(warehouse) as connection:
        return {table: _only_row(connection, query) for table, query in MEASURES.items()}


def row_counts(warehouse: Path) -> dict[str, int]:
    """Rows of every table and view, by full name. Raises MissingWarehouseError."""
    tables = [model.full_name for model in read_models() if model.kind != "macro"]
    with open_warehouse(warehouse) as connection:
        return dict(zip(tables, side_by_side(connection, _count, tables), strict=True))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.sql(f"select count(*) from {table}").fetchall()[0][0])  # noqa: S608 -- named in sql/


def _only_row(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, int | float | str | None]:
    found = connection.execute(query)
    columns = [column[0] for column in found.description or ()]
    (row,) = found.fetchall()
    return dict(zip(columns, row, strict=True))
