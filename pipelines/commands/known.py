"""What a value that a command is given means: one that does not exist would find nothing, and look like an answer.

The rule is SQL's (`sql/macros/filter_values.sql`), so that a macro understands its filters as commands do.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import duckdb

from pipelines.errors import JudgementsError, UsageError
from pipelines.warehouse.headers import read_query

KINDS_OF_VALUE = frozenset(
    (
        "authority",
        "area",
        "grade",
        "framework",
        "framework_family",
        "activity_kind",
        "theme",
        "region",
        "ONS or Ofsted region",
    )
)
"""Kinds of `search.names` that a parameter can be called; of other texts anything may be asked."""


class OlderWarehouseError(JudgementsError):
    """The warehouse lacks what this version asks it for; the message says what to do."""


class Known(NamedTuple):
    """A value as the tables hold it, and as people read it."""

    value: str
    label: str


class Authority(NamedTuple):
    """An authority as the warehouse names it."""

    authority_id: str
    name: str
    urn: str | None
    region: str | None
    is_current: bool


@contextmanager
def sentences_of_macros() -> Iterator[None]:
    """Raise what a macro says of a filter as an error of ours."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        raise UsageError(str(error).removeprefix("Invalid Input Error: ")) from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise OlderWarehouseError(
            "This warehouse was made by an earlier version of this program: build it again with judgements build."
        ) from error


def known_value(connection: duckdb.DuckDBPyConnection, kind: str, text: str) -> Known:
    """The one value of a kind that a text means.

    Case, spaces and punctuation do not matter; a whole name goes before a part of others, which will do if it is a part
    of one. Raises UsageError with those there are.
    """
    with sentences_of_macros():
        found = [Known(*row) for row in connection.execute("from filter_values(?, ?)", [kind, text]).fetchall()]
    if len(found) > 1:
        listed = "; ".join(one.label for one in found)
        raise UsageError(f"The {kind.replace('_', ' ')} {text!r} could be any of: {listed}.")
    return found[0]


def find_authority(connection: duckdb.DuckDBPyConnection, text: str) -> Authority:
    """The one authority meant by a name, part of a name, URN or code, in any case. Raises UsageError."""
    known_value(connection, "authority", text)
    return Authority(*connection.execute(read_query("commands/find_authority"), {"text": text}).fetchall()[0])


def which_leaves_none(given: Mapping[str, object], n_without: Callable[[frozenset[str]], int]) -> str:
    """What to say where filters, by their options, leave nothing: without which of them there is something.

    `n_without` counts what there is without some of them.
    """
    alone = {option: n for option in given if (n := n_without(frozenset((option,))))}
    if alone:
        return "; ".join(f"without {option} there are {n:,}" for option, n in alone.items()) + "."
    n = n_without(frozenset(given)) if len(given) > 1 else 0
    return f"without {', '.join(given)} there are {n:,}." if n else ""
