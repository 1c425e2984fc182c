"""Numbers about a published warehouse to watch from build to build: the queries of `sql/measures`."""

from pathlib import Path

from pipelines.warehouse.changes import Line
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import SQL_FOLDER, read_query
from pipelines.warehouse.models import read_models


def measure(warehouse: Path) -> dict[str, dict[str, int | float | str | None]]:
    """Every measure by table and name. Raises MissingWarehouseError."""
    found: dict[str, dict[str, int | float | str | None]] = {}
    with open_warehouse(warehouse) as connection:
        for path in sorted((SQL_FOLDER / "measures").glob("*.sql")):
            row = connection.sql(read_query(f"measures/{path.stem}"))
            found[path.stem] = dict(zip(row.columns, row.fetchall()[0], strict=True))
    return found


def quarantined(warehouse: Path) -> tuple[Line, ...]:
    """Every quarantined publication, with the reason and its address. Raises MissingWarehouseError."""
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(read_query("commands/quarantined")).fetchall()
    return tuple(Line(path, why, link) for _file, path, why, link in rows)


def row_counts(warehouse: Path) -> dict[str, int]:
    """Rows of every table, by full name. Raises MissingWarehouseError."""
    tables = [model.full_name for model in read_models() if model.kind == "table"]
    counts = ", ".join(f"(select count(*) from {table})" for table in tables)  # noqa: S608 -- named in sql/
    with open_warehouse(warehouse) as connection:
        return dict(zip(tables, connection.execute(f"select {counts}").fetchall()[0], strict=True))
