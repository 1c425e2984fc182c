"""`judgements show`: the whole line of one authority on one screen: what was judged, and what lies between."""

from typing import Any

from rich.table import Table
from rich.text import Text

from pipelines.commands.known import Authority, find_authority
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query
from pipelines.words import day

STYLES = {
    "outstanding": "green bold",
    "good": "green",
    "requires_improvement": "yellow",
    "adequate": "yellow",
    "inadequate": "red",
    "not_judged": "dim",
}
WIDTH_OF_A_FILE = 160
WIDTH_OF_A_COLUMN = 20


def show_authority(settings: Settings, wanted: str, answer_format: str) -> None:
    """Print one authority's judgements, then its visits and changes in order; in other forms than a table as rows.

    Raises UsageError for an authority that is not known.
    """
    with open_warehouse(settings.warehouse) as connection:
        authority = find_authority(connection, wanted)
        asked = {"authority": authority.authority_id}
        if answer_format != "table":
            write_answer(connection.sql(read_query("commands/timeline_of"), params=asked), answer_format)
            return
        inspections, between, missing = (
            connection.execute(read_query(f"commands/{name}"), asked).fetchall()
            for name in ("inspections_of", "between_inspections", "missing_of")
        )
    console = Terminal(width_of_a_file=WIDTH_OF_A_FILE)
    console.print(_title(authority))
    console.print(_timeline(inspections) if inspections else "This warehouse holds no inspection of it.")
    if between:
        console.print()
        console.print(_between(between))
    for name, first, last, published in missing:
        when = f"on {day(published)}" if published else f"or began between {day(first)} and {day(last)}"
        console.print(f"No report is held of this inspection, published {when}: {name}.", markup=False)


def _title(authority: Authority) -> Text:
    parts = [f"URN {authority.urn}" if authority.urn else "URN not known", authority.region or ""]
    parts += [] if authority.is_current else ["no longer an authority"]
    return Text.assemble((authority.name, "bold"), "  " + ", ".join(part for part in parts if part))


def _timeline(inspections: list[tuple[Any, ...]]) -> Table:
    """One column an inspection, one row an area; what none of them judged has no row."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Inspection began")
    columns: list[dict[str, Text]] = []
    for began, published, framework, kind, lead, source, grades in inspections:
        known = day(began) or (f"published {day(published)}" if published else "not known")
        table.add_column(known, min_width=len("improvement"), max_width=WIDTH_OF_A_COLUMN, overflow="fold")
        columns.append({
            "Framework": Text(framework),
            "Kind": Text(kind or ""),
            **{area: Text(label or "", STYLES.get(grade or "", "")) for area, grade, label in grades},
            "Published": Text(day(published)),
            "Lead inspector": Text(lead or ""),
            "From": Text(source or ""),
        })  # fmt: skip
    for title in columns[0]:
        cells = [column[title] for column in columns]
        if any(cells):
            table.add_row(title, *cells)
    return table


def _between(rows: list[tuple[Any, ...]]) -> Table:
    """One row a visit, joint inspection or change of the authority, in order."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Between inspections", "", "Theme or outcome"):
        table.add_column(title)
    for title in ("Priority", "Improve"):
        table.add_column(title, justify="right")
    for title in ("Published", "Lead inspector", "Report"):
        table.add_column(title, overflow="fold")
    for began, event, about, n_priority, n_improve, published, lead, report in rows:
        cells = (day(began), event, about, n_priority, n_improve, day(published), lead, report)
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in cells))
    return table
