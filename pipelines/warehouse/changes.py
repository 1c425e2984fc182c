"""What a build changed: the warehouse that stood beside the one that took its place.

Belongs here: which reports are new, other, gone or set aside, and which grades are read otherwise.
Stays out: whether that may be published (`volumes.py`), and how it looks in a browser (`defs/summary.py`).
"""

from pathlib import Path

import msgspec

_REPORTS = """
    select coalesce(r.source_url, r.source_path), r.file_sha256,
        coalesce(a.authority_name, 'unknown authority') || ', ' || r.title
            || coalesce(', published ' || strftime(r.published_date, '%d %B %Y'), ''),
        r.source_url
    from core.reports r left join core.authorities a using (authority_id)
    order by all
"""
_GRADES = """
    select inspection_id || ' ' || judgement_code, grade,
        a.authority_name || ', ' || i.start_date || ', ' || replace(j.judgement_code, '_', ' ')
    from core.judgements j
    join core.inspections i using (inspection_id)
    left join core.authorities a using (authority_id)
    order by all
"""
_QUARANTINED = """
    select coalesce(source_url, source_path), reason, detail, source_path, source_url
    from quality.quarantined_reports
    order by all
"""


class Line(msgspec.Struct, frozen=True, order=True):
    """One thing that changed, as a person names it, what is to be said of it, and where to see it."""

    name: str
    remark: str = ""
    link: str | None = None


class Contents(msgspec.Struct, frozen=True):
    """What a warehouse holds, as far as changes are told: by what stays the same, what may differ and its line."""

    reports: dict[str, tuple[str, Line]]
    grades: dict[str, tuple[str, Line]]
    quarantined: dict[str, tuple[str, Line]]


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
    from pipelines.warehouse.connection import open_warehouse

    if not warehouse.is_file():
        return Contents({}, {}, {})
    with open_warehouse(warehouse) as connection:
        reports = connection.execute(_REPORTS).fetchall()
        grades = connection.execute(_GRADES).fetchall()
        quarantined = connection.execute(_QUARANTINED).fetchall()
    return Contents(
        reports={key: (sha256, Line(name, link=url)) for key, sha256, name, url in reports},
        grades={key: (grade, Line(name, grade)) for key, grade, name in grades},
        quarantined={
            key: (reason, Line(path, f"{reason}: {detail}", url)) for key, reason, detail, path, url in quarantined
        },
    )


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
            {key for key in now.quarantined if before.quarantined.get(key, ("",))[0] != now.quarantined[key][0]},
        ),
        released=_lines(before.quarantined, before.quarantined.keys() - now.quarantined.keys()),
    )


def _other(before: dict[str, tuple[str, Line]], now: dict[str, tuple[str, Line]]) -> set[str]:
    """The keys that both have, with another value."""
    return {key for key in before.keys() & now.keys() if before[key][0] != now[key][0]}


def _lines(of: dict[str, tuple[str, Line]], keys: set[str]) -> tuple[Line, ...]:
    return tuple(sorted((of[key][1] for key in keys), key=lambda line: (line.name, line.remark)))
