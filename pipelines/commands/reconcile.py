"""`judgements reconcile`: Ofsted's own statistics beside our reports: what agrees, what differs and why."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.table import Table

from pipelines.build import stages
from pipelines.build.editions import archive_editions, check_editions, edition_files
from pipelines.build.state import current_build
from pipelines.build.workspace import Workspace
from pipelines.commands.build import watched
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.errors import UsageError
from pipelines.settings import Settings
from pipelines.statistics.rows import UnusableEditionError
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query

WIDTH_OF_A_FILE = 180
"""Characters of a line where the answer goes to a file or a pipe."""


class NothingToReconcileError(UsageError):
    """No edition was given, and the source has none of its own; the message says what to do."""


def reconcile(settings: Settings, files: Sequence[Path], answer_format: str) -> None:
    """Take files of Ofsted's own statistics into the warehouse and print how they agree with the reports.

    As a table: agreement first, then reasons, then every difference that nothing explains; otherwise all differences
    in the format. How many are unexplained is said at the end: where one is, it exits with 1. Raises
    UnusableEditionError for a file that can't be read whole: then nothing is taken in.
    """
    _take_in(settings, files)
    with open_warehouse(settings.warehouse) as connection:
        (n_unexplained,) = connection.execute(
            f"select count(*) from ({read_query('commands/official_unexplained')})"  # noqa: S608 -- our own file
        ).fetchone() or (0,)
        if answer_format != "table":
            write_answer(connection.sql("from quality.official_differences"), answer_format)
        else:
            console = Terminal(width_of_a_file=WIDTH_OF_A_FILE)
            for title, name in (
                ("Editions", "official_editions"),
                ("Agreement", "official_agreement"),
                ("Explained differences", "official_reasons"),
                ("Unexplained differences", "official_unexplained"),
            ):
                answer = connection.execute(read_query(f"commands/{name}"))
                columns = [column[0] for column in answer.description or ()]
                if rows := answer.fetchall():
                    console.print(_table(title, columns, rows))
        held = connection.execute(read_query("commands/held_statistics")).fetchone() or (0, None, 0)
    Terminal(stderr=answer_format != "table").print(_end(n_unexplained, held[2]), soft_wrap=True)
    if n_unexplained:
        raise typer.Exit(1)


def _end(n_unexplained: int, n_alone: int) -> str:
    """How it came out, in a sentence.

    >>> _end(1, 0)
    '1 difference is unexplained.'
    >>> _end(0, 571)
    'No difference is unexplained; 571 inspections and visits are known without a report.'
    """
    many = f"{n_unexplained:,} differences are" if n_unexplained > 1 else f"{n_unexplained or 'No'} difference is"
    alone = f"{n_alone:,} inspections and visits are" if n_alone > 1 else "1 inspection or visit is"
    return f"{many} unexplained{f'; {alone} known without a report' if n_alone else ''}."


def _take_in(settings: Settings, files: Sequence[Path]) -> None:
    """Keep the files and publish the warehouse with them, unless it has them already."""
    with Workspace.open(settings) as workspace:
        listing = workspace.ledger.current_listing()
        try:
            check_editions(listing, files)
        except UnusableEditionError as error:
            raise UnusableEditionError(f"{error}. Nothing was taken in") from error
        archive_editions(settings, files)
        if listing is None or not edition_files(listing, settings):
            raise NothingToReconcileError(
                "Give the spreadsheets: judgements reconcile FILE..., or name their folder in JUDGEMENTS_STATISTICS."
                " Ofsted publishes them as 'Local authority inspection outcomes' on GOV.UK."
            )
        if current_build(workspace.ledger, settings) is None:
            with watched() as watch:
                stages.load_warehouse(workspace, watch("load"))
        for warning in workspace.warnings:
            Terminal(stderr=True).print(f"Warning: {warning}", style="yellow", markup=False, soft_wrap=True)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """An answer under a title; numbers stand right, and what repeats the row above is not said again."""
    table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left", title_style="bold")
    for n, column in enumerate(columns):
        is_number = isinstance(rows[0][n], int)
        table.add_column(column.replace("_", " "), justify="right" if is_number else "left", overflow="fold")
    above: object = None
    for row in rows:
        table.add_row(*map(_cell, ("" if row[0] == above else row[0], *row[1:])))
        above = row[0]
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
