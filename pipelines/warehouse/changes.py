"""What a build changes, compared with the published warehouse, by the queries of `sql/changes`."""

from collections import defaultdict
from pathlib import Path

import duckdb
import msgspec

from pipelines.warehouse.headers import SQL_FOLDER, read_query


class Line(msgspec.Struct, frozen=True):
    """One change: a name for people, a remark, and a link."""

    name: str
    remark: str = ""
    link: str | None = None


class Changes(msgspec.Struct, frozen=True):
    """All changes. `regraded` are judgements in both warehouses with another grade now."""

    new: tuple[Line, ...] = ()
    replaced: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    regraded: tuple[Line, ...] = ()
    newly_quarantined: tuple[Line, ...] = ()
    released: tuple[Line, ...] = ()


def find_changes(connection: duckdb.DuckDBPyConnection, sql: Path = SQL_FOLDER) -> Changes:
    """The changes from the warehouse attached as `published` to the one being built."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for path in sorted((sql / "changes").glob("*.sql")):
        for change, *line in connection.execute(read_query(f"changes/{path.stem}", sql)).fetchall():
            found[change].append(Line(*line))
    return Changes(**{change: tuple(lines) for change, lines in found.items()})
