"""What a build changes: the warehouse that is about to be published beside the published one, by `sql/changes`."""

from collections import defaultdict
from pathlib import Path

import duckdb
import msgspec

from pipelines.warehouse.headers import SQL_FOLDER, read_query


class Line(msgspec.Struct, frozen=True):
    """One thing that changed, as a person names it, what is to be said of it, and where to see it."""

    name: str
    remark: str = ""
    link: str | None = None


class Changes(msgspec.Struct, frozen=True):
    """What is otherwise than before. `regraded` are judgements known before whose grade is read otherwise now."""

    new: tuple[Line, ...] = ()
    replaced: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    regraded: tuple[Line, ...] = ()
    newly_quarantined: tuple[Line, ...] = ()
    released: tuple[Line, ...] = ()


def find_changes(connection: duckdb.DuckDBPyConnection, sql: Path = SQL_FOLDER) -> Changes:
    """What differs between the warehouse being built and the one attached as `published`."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for path in sorted((sql / "changes").glob("*.sql")):
        for change, *line in connection.execute(read_query(f"changes/{path.stem}", sql)).fetchall():
            found[change].append(Line(*line))
    return Changes(**{change: tuple(lines) for change, lines in found.items()})
