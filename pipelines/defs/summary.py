"""What a build changed, as people read it on an asset's page.

Belongs here: laying out changes as metadata: numbers that plot themselves, and names with links.
Stays out: finding them (`warehouse/changes.py`).
"""

from collections.abc import Iterator

import dagster as dg
import msgspec

from pipelines.warehouse.changes import Changes, Line

MOST_NAMED = 25
"""Under one head. All of them stand in the warehouse."""

_HEADS = {
    "new": "New",
    "replaced": "Published again with another file",
    "gone": "No longer in the warehouse",
    "regraded": "Read otherwise than before",
    "newly_quarantined": "Newly set aside",
    "released": "No longer set aside",
}


def summary(found: Changes, *, is_first: bool) -> dict[str, dg.MetadataValue]:
    """The metadata of a build: a table of what changed, the same with links, and the number under each head.

    A first build has everything new: that is left to the number.
    """
    heads: dict[str, tuple[Line, ...]] = msgspec.structs.asdict(found)
    numbers = {f"n_{head}": dg.MetadataValue.int(len(lines)) for head, lines in heads.items()}
    named = {head: lines for head, lines in heads.items() if lines and not (is_first and head == "new")}
    if is_first:
        said = f"The first build here: {len(found.new):,} reports."
    elif not named:
        said = "Nothing: the warehouse holds what it held."
    else:
        said = ", ".join(f"{_HEADS[head].lower()}: {len(lines):,}" for head, lines in named.items())
    told: dict[str, dg.MetadataValue] = {"what_changed": dg.MetadataValue.text(said)}
    if named:
        told["changes"] = dg.MetadataValue.table(list(_records(named)))
        told["changes_with_links"] = dg.MetadataValue.md("\n".join(_text(named)))
    return {**told, **numbers}


def _records(heads: dict[str, tuple[Line, ...]]) -> Iterator[dg.TableRecord]:
    for head, lines in heads.items():
        for line in lines[:MOST_NAMED]:
            yield dg.TableRecord({"what": _HEADS[head], "which": line.name, "remark": line.remark})


def _text(heads: dict[str, tuple[Line, ...]]) -> Iterator[str]:
    for head, lines in heads.items():
        yield f"**{_HEADS[head]}: {len(lines):,}**\n"
        yield from map(_item, lines[:MOST_NAMED])
        if len(lines) > MOST_NAMED:
            yield f"- and {len(lines) - MOST_NAMED:,} more"
        yield ""


def _item(line: Line) -> str:
    name = f"[{_plain(line.name)}]({line.link})" if line.link else _plain(line.name)
    return f"- {name}: {_plain(line.remark)}" if line.remark else f"- {name}"


def _plain(text: str) -> str:
    """Text of a report or a file's name, which Markdown must not take for its own."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#~" else letter for letter in " ".join(text.split()))
