"""What people read on an asset's page: a summary in Markdown first, then numbers that are not zero, then names."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dagster as dg

if TYPE_CHECKING:
    from pipelines.warehouse.changes import Line

Metadata = dict[str, dg.MetadataValue | int | float | str]
Numbers = Mapping[str, int | float | str | None]

MOST_NAMED = 25
"""Under one head. All of them stand in the ledger or the warehouse."""


def page(summary: str, numbers: Numbers, names: "Mapping[str, Sequence[str | Line]] | None" = None) -> Metadata:
    """The metadata of an asset. Dagster draws each number over the runs, also that of the names under each head.

    Of many names the first are given.
    """
    names = {head: lines for head, lines in (names or {}).items() if lines}
    numbers = {**numbers, **{f"n_{head}": len(lines) for head, lines in names.items()}}
    shown: Metadata = {"summary": dg.MetadataValue.md(summary)} if summary else {}
    shown |= {name: number for name, number in numbers.items() if number}
    for head, lines in names.items():
        more = [f"and {len(lines) - MOST_NAMED:,} more"] if len(lines) > MOST_NAMED else []
        items = [f"- {item}" for item in (*map(_item, lines[:MOST_NAMED]), *more)]
        shown[head] = dg.MetadataValue.md("\n".join(items))
    return shown


def in_words(numbers: Mapping[str, int], otherwise: str) -> str:
    """`3 new, 1 changed`: what each number counts, without those that are zero."""
    return ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number) or otherwise


def plain(text: str) -> str:
    """Text of a report or a file's name, which Markdown must not take for its own."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#~" else letter for letter in " ".join(text.split()))


def reason(error: Any, otherwise: str | None = None) -> str:
    """Why a step or a run failed: our own sentence, else what was raised first, not what Dagster made of it."""
    while error and error.cause and error.cls_name != dg.Failure.__name__:
        error = error.cause
    return error.message.partition(f"{error.cls_name}: ")[2].strip() if error else otherwise or "no reason given"


def _item(line: "str | Line") -> str:
    if isinstance(line, str):
        return plain(line)
    name = f"[{plain(line.name)}]({line.link})" if line.link else plain(line.name)
    return f"{name}: {plain(line.remark)}" if line.remark else name
