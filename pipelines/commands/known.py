"""Whether the values that a command is given exist: one that does not would find nothing, and look like an answer."""

import re

import duckdb

from pipelines.commands.show import find_authority
from pipelines.errors import UsageError

_KNOWN = {
    "theme": "select name, theme_code from core.themes order by all",
    "activity_kind": "select distinct activity_kind, null from core.frameworks order by all",
    "framework": "select framework_code, framework_family from core.frameworks order by sort_order",
    "framework_family": """select framework_family, null from core.frameworks
        semi join core.judgement_areas using (framework_code) order by sort_order""",
    "grade": "select grade, label from core.grades order by all",
    "area": "select area_code, label from core.areas where is_series order by sort_order",
    "region": "select region_name, region_code_gss from core.regions order by all",
    "ONS or Ofsted region": """select region_name, region_code_gss from core.regions
        union select ofsted_region_name, null from core.authorities order by all""",
}
"""For each kind of value, those that there are, and other words that mean them."""

KINDS_OF_VALUE = frozenset(("authority", *_KNOWN))
"""What `known_value` knows; of other texts anything may be asked."""


def known_value(connection: duckdb.DuckDBPyConnection, kind: str, text: str) -> str:
    """The one value of a kind that a text means, as the warehouse writes it.

    Case, spaces and punctuation do not matter; a whole name goes before a part of others, which will do if it is a part
    of one. Raises UsageError, with those there are, and UnknownAuthorityError.
    """
    if kind == "authority":
        return find_authority(connection, text).name
    known: list[tuple[str, str | None]] = connection.execute(_KNOWN[kind]).fetchall()
    wanted = _plain(text)
    whole = [value for value, other in known if wanted in (_plain(value), _plain(other or ""))]
    found = list(dict.fromkeys(whole or [value for value, _ in known if wanted and wanted in _plain(value)]))
    if len(found) > 1:
        raise UsageError(f"The {_in_words(kind)} {text!r} could be any of: {'; '.join(found)}.")
    if not found:
        raise _unknown(kind, text, known)
    return found[0]


def check_known(connection: duckdb.DuckDBPyConnection, **filters: object) -> None:
    """Raise UsageError, with what is known, for a filter (named as the macro's parameter) that can match nothing."""
    for name in ("theme", "activity_kind", "framework", "grade"):
        wanted = str(filters.get(name) or "").casefold()
        known = connection.execute(_KNOWN[name]).fetchall() if wanted else []
        if wanted and not any(_fits(name, wanted, value, other or "") for value, other in known):
            raise _unknown(name, str(filters[name]), known)


def _fits(name: str, wanted: str, value: str, other: str) -> bool:
    """Whether a filter names a value: a part of a theme's name will do, and the start of a framework's code."""
    if name == "framework":
        return value.startswith(wanted)
    return wanted == value or (name == "theme" and (wanted == other or wanted in value.casefold()))


def _unknown(kind: str, text: str, known: list[tuple[str, str | None]]) -> UsageError:
    listed = "; ".join(dict.fromkeys(value for value, _ in known))
    return UsageError(f"There is no {_in_words(kind)} {text!r}. Known: {listed}.")


def _in_words(kind: str) -> str:
    return kind.replace("_", " ")


def _plain(text: str) -> str:
    """A name without what people leave out, or write differently.

    >>> _plain("Help and  Protection"), _plain("help_and_protection"), _plain("Yorkshire & the Humber")
    ('help and protection', 'help and protection', 'yorkshire and the humber')
    """
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("&", " and ")))
