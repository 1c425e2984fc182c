"""`judgements show`: the whole line of one authority on one screen: what was judged, and what lies between."""

from typing import Any, NamedTuple

import duckdb
from rich.table import Table
from rich.text import Text

from pipelines.commands.terminal import Terminal
from pipelines.errors import JudgementsError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query

STYLES = {
    "outstanding": "green bold",
    "good": "green",
    "requires_improvement": "yellow",
    "adequate": "yellow",
    "inadequate": "red",
    "not_judged": "dim",
}
WIDTH_OF_A_FILE = 160


class UnknownAuthorityError(JudgementsError):
    """No authority, or more than one, is meant; the message lists whom it could be."""


class Authority(NamedTuple):
    """An authority as the warehouse names it."""

    authority_id: str
    name: str
    urn: str | None
    region: str | None
    is_current: bool
    is_only_similar: bool


def show_authority(settings: Settings, wanted: str) -> None:
    """Print one authority's judgements, then its visits and changes in order. Raises UnknownAuthorityError."""
    console = Terminal(width_of_a_file=WIDTH_OF_A_FILE)
    with open_warehouse(settings.warehouse) as connection:
        authority = find_authority(connection, wanted)
        inspections = connection.execute(read_query("commands/inspections_of"), [authority.authority_id]).fetchall()
        between = connection.execute(
            read_query("commands/between_inspections"), {"authority": authority.authority_id}
        ).fetchall()
        missing = connection.execute(read_query("commands/missing_of"), [authority.authority_id]).fetchall()
    parts = [f"URN {authority.urn}" if authority.urn else "URN not known", authority.region or ""]
    parts += [] if authority.is_current else ["no longer an authority"]
    console.print(Text.assemble((authority.name, "bold"), "  " + ", ".join(part for part in parts if part)))
    console.print(_timeline(inspections) if inspections else "This warehouse holds no inspection of it.")
    if between:
        console.print()
        console.print(_between(between))
    for family, first, last, published, is_missing in missing:
        if is_missing:
            when = f"was published on {published}" if published else f"took place between {first} and {last}"
            console.print(f"No report is held of its {family.upper()} inspection, which {when}.")


def find_authority(connection: duckdb.DuckDBPyConnection, wanted: str) -> Authority:
    """The one authority meant by a name, part of a name, URN or code, in any case. Raises UnknownAuthorityError."""
    rows = connection.execute(read_query("commands/find_authority"), {"text": wanted.strip()}).fetchall()
    found = [Authority(*row) for row in rows]
    if not found or found[0].is_only_similar:
        hint = f" Did you mean {_names(found)}?" if found else ""
        raise UnknownAuthorityError(f"This warehouse knows no authority {wanted!r}.{hint}")
    if len(found) > 1:
        raise UnknownAuthorityError(f"{wanted!r} could be any of: {_names(found)}.")
    return found[0]


def _names(authorities: list[Authority]) -> str:
    return ", ".join(f"{one.name} ({one.urn or one.authority_id})" for one in authorities)


def _timeline(inspections: list[tuple[Any, ...]]) -> Table:
    """One column an inspection, one row an area; what none of them judged has no row."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Inspection began")
    columns: list[dict[str, Text]] = []
    for _, date, framework, kind, published, lead, source, grades in inspections:
        table.add_column(_words(date), min_width=len("requires"), max_width=len("reinspection"), overflow="fold")
        columns.append({
            "Framework": _words(framework),
            "Kind": _words(kind),
            **{label: _grade(grade) for label, grade in grades},
            "Published": _words(published),
            "Lead inspector": _words(lead),
            "From": _words(source),
        })  # fmt: skip
    for title in columns[0]:
        cells = [column[title] for column in columns]
        if any(cells):
            table.add_row(title, *cells)
    return table


def _between(rows: list[tuple[Any, ...]]) -> Table:
    """One row a visit, joint inspection or change of the authority, in order."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (
        "Between inspections",
        "",
        "Theme or outcome",
        "Priority",
        "Improve",
        "Published",
        "Lead inspector",
        "Report",
    ):
        table.add_column(title, justify="right" if title in ("Priority", "Improve") else "left")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return table


def _words(cell: object) -> Text:
    """A cell that may break between words: codes at their underscores."""
    return Text("" if cell is None else str(cell).replace("_", " "))


def _grade(grade: object) -> Text:
    return Text(str(grade).replace("_", " ").capitalize(), STYLES.get(str(grade), "")) if grade else Text()
