"""Whether the values that a filter is given exist: one that does not would find nothing, and look like an answer."""

import duckdb

from pipelines.errors import UsageError

_KNOWN = {
    "theme": "select theme_code, name from core.themes order by name",
    "activity_kind": "select distinct activity_kind, null from core.frameworks order by all",
    "framework": "select framework_code, framework_family from core.frameworks order by sort_order",
    "grade": "select grade, null from core.grades order by all",
}
"""For each filter, the codes that there are and other words that mean them."""


def check_known(connection: duckdb.DuckDBPyConnection, **filters: object) -> None:
    """Raise UsageError, with what is known, for a filter (named as the macro's parameter) that can match nothing."""
    for name, query in _KNOWN.items():
        wanted = str(filters.get(name) or "").casefold()
        known = connection.execute(query).fetchall() if wanted else []
        if wanted and not any(_fits(name, wanted, code, other or "") for code, other in known):
            listed = "; ".join(dict.fromkeys(other if name == "theme" else code for code, other in known))
            raise UsageError(f"There is no {name.replace('_', ' ')} {filters[name]!r}. Known: {listed}.")


def _fits(name: str, wanted: str, code: str, other: str) -> bool:
    """Whether a value names what has a code: a part of a theme's name will do, and the start of a framework's code."""
    if name == "framework":
        return code.startswith(wanted)
    return wanted == code or (name == "theme" and wanted in other.casefold())
