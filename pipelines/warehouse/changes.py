"""What a build changed: the warehouse that was published before beside the one that took its place.

What is compared stands in `sql/changes`: of each row a key, a value that may differ, a name, a remark and a link.
"""

from pathlib import Path

import msgspec

from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_sql_file
from pipelines.warehouse.models import SQL_FOLDER


class Line(msgspec.Struct, frozen=True, order=True):
    """One thing that changed, as a person names it, what is to be said of it, and where to see it."""

    name: str
    remark: str = ""
    link: str | None = None


Rows = dict[str, tuple[str, Line]]
"""The value and the line of each row, by its key."""


class Contents(msgspec.Struct, frozen=True):
    """What a warehouse holds, as far as changes are told."""

    reports: Rows = {}
    grades: Rows = {}
    quarantined: Rows = {}


class Changes(msgspec.Struct, frozen=True):
    """What is otherwise than before. `regraded` are judgements known before whose grade is read otherwise now."""

    new: tuple[Line, ...]
    replaced: tuple[Line, ...]
    gone: tuple[Line, ...]
    regraded: tuple[Line, ...]
    newly_quarantined: tuple[Line, ...]
    released: tuple[Line, ...]


def contents(warehouse: Path) -> Contents:
    """What a warehouse holds; nothing where there is none."""
    if not warehouse.is_file():
        return Contents()
    with open_warehouse(warehouse) as connection:

        def rows(name: str) -> Rows:
            file = read_sql_file(SQL_FOLDER / "changes" / f"{name}.sql", frozenset({"description"}))
            return {key: (value, Line(*line)) for key, value, *line in connection.execute(file.statement).fetchall()}

        return Contents(rows("reports"), rows("grades"), rows("quarantined"))


def changes(before: Contents, now: Contents) -> Changes:
    """What differs between two warehouses."""
    regraded = _other(before.grades, now.grades)
    return Changes(
        new=_lines(now.reports, now.reports.keys() - before.reports.keys()),
        replaced=_lines(now.reports, _other(before.reports, now.reports)),
        gone=_lines(before.reports, before.reports.keys() - now.reports.keys()),
        regraded=tuple(
            sorted(Line(now.grades[key][1].name, f"{before.grades[key][0]} → {now.grades[key][0]}") for key in regraded)
        ),
        newly_quarantined=_lines(
            now.quarantined,
            _other(before.quarantined, now.quarantined) | (now.quarantined.keys() - before.quarantined.keys()),
        ),
        released=_lines(before.quarantined, before.quarantined.keys() - now.quarantined.keys()),
    )


def _other(before: Rows, now: Rows) -> set[str]:
    """The keys that both have, with another value."""
    return {key for key in before.keys() & now.keys() if before[key][0] != now[key][0]}


def _lines(rows: Rows, keys: set[str]) -> tuple[Line, ...]:
    return tuple(sorted((rows[key][1] for key in keys), key=lambda line: (line.name, line.remark)))
