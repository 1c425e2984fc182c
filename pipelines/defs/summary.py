"""What people read on an asset's page: a summary in Markdown first, then numbers that are not zero, then names."""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import msgspec

from pipelines.warehouse.changes import Changes, Line

MOST_NAMED = 25
"""Under one head. All of them stand in the ledger or the warehouse."""

_HEADS = {
    "new": "new",
    "replaced": "published again with another file",
    "gone": "no longer in the warehouse",
    "regraded": "read otherwise than before",
    "newly_quarantined": "newly quarantined",
    "released": "no longer quarantined",
}


def in_words(numbers: Mapping[str, int], otherwise: str) -> str:
    """`3 new, 1 changed`: what each number counts, without those that are zero."""
    return ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number) or otherwise


def page(
    summary: str,
    numbers: Mapping[str, float | str | None] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, dg.MetadataValue]:
    """The metadata of an asset. Numbers draw themselves over the runs; of many names only the first are given."""
    told: dict[str, dg.MetadataValue] = {"summary": dg.MetadataValue.md(summary)} if summary else {}
    for name, number in (numbers or {}).items():
        if number:
            told[name] = _number(number)
    for head, below in (names or {}).items():
        if below:
            told[head] = dg.MetadataValue.md(_listed(below))
    return told


def page_of_changes(changes: Changes, source: str, *, is_first: bool) -> dict[str, dg.MetadataValue]:
    """What a build changed, with links. The reports of a first build, all new, are left to their number."""
    heads: dict[str, tuple[Line, ...]] = msgspec.structs.asdict(changes)
    numbers = {head: len(lines) for head, lines in heads.items()}
    words = in_words({_HEADS[head]: number for head, number in numbers.items()}, "nothing changed")
    summary = f"The first build of {plain(source)}: {words}." if is_first else f"Built from {plain(source)}: {words}."
    if is_first:
        heads["new"] = ()
    told = page(summary, {f"n_{head}": number for head, number in numbers.items()})
    if any(heads.values()):
        told["changes"] = dg.MetadataValue.md("\n\n".join(_with_links(heads)))
    return told


def plain(text: str) -> str:
    """Text of a report or a file's name, which Markdown must not take for its own."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#~" else letter for letter in " ".join(text.split()))


def _with_links(heads: Mapping[str, Sequence[Line]]) -> Iterator[str]:
    for head, lines in heads.items():
        if lines:
            yield f"**{len(lines):,} {_HEADS[head]}**"
            yield _items([_linked(line) for line in lines[:MOST_NAMED]], len(lines))


def _linked(line: Line) -> str:
    name = f"[{plain(line.name)}]({line.link})" if line.link else plain(line.name)
    return f"{name}: {plain(line.remark)}" if line.remark else name


def _listed(names: Sequence[str]) -> str:
    return _items([plain(name) for name in names[:MOST_NAMED]], len(names))


def _items(shown: Sequence[str], n_in_all: int) -> str:
    more = [f"and {n_in_all - len(shown):,} more"] if n_in_all > len(shown) else []
    return "\n".join(f"- {one}" for one in (*shown, *more))


def _number(value: float | str) -> dg.MetadataValue:
    """A number as Dagster plots it, or a text as it stands."""
    if isinstance(value, str):
        return dg.MetadataValue.text(value)
    return dg.MetadataValue.int(value) if isinstance(value, int) else dg.MetadataValue.float(value)
