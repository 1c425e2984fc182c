"""`judgements history`: what is published and which earlier warehouses are kept, with what each changed."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import duckdb
import msgspec

from pipelines.build.kept import KeptWarehouse, kept_warehouses
from pipelines.build.restore import published_version
from pipelines.commands.terminal import Terminal
from pipelines.errors import JudgementsError, sentence
from pipelines.settings import Settings
from pipelines.warehouse.comparison import changes_between
from pipelines.warehouse.connection import MissingWarehouseError
from pipelines.words import day, moment

_NUMBERS = ("n_more_inspections", "n_new_reports", "n_gone_reports", "n_regraded")
"""Of a row, what the warehouse changed."""


class HistoryRow(msgspec.Struct, frozen=True):
    """One row per warehouse. What it changed is null for the first, and where the two can't be compared.

    `n_more_inspections` is negative where there are fewer; `n_regraded` counts judgements with another grade.
    """

    version: str
    state: str
    published_at: dt.datetime
    source: str
    selection: str
    reports_published_up_to: dt.date | None
    n_reports: int
    n_inspections: int
    n_more_inspections: int | None
    n_new_reports: int | None
    n_gone_reports: int | None
    n_regraded: int | None
    path: str


def print_history(settings: Settings, answer_format: str) -> None:
    """Print each warehouse, the latest first: in words, or as rows. Raises MissingWarehouseError."""
    rows = list(_rows(settings))
    if not rows:
        raise MissingWarehouseError(
            f"There is no warehouse at {settings.warehouse} yet: judgements build --source sample"
        )
    if answer_format == "table":
        console = Terminal(soft_wrap=True)
        for row in rows:
            for line in _lines(row):
                console.print(line, markup=False)
        return
    import polars as pl

    from pipelines.commands.query import write_answer
    from pipelines.warehouse.load import stage_frames

    with duckdb.connect() as connection:
        where_all_are_null = {"reports_published_up_to": pl.Date} | dict.fromkeys(_NUMBERS, pl.Int64)
        frame = pl.DataFrame(list(map(msgspec.structs.asdict, rows)), schema_overrides=where_all_are_null)
        stage_frames(connection, {"history": frame}, schema="main")
        write_answer(connection.table("history"), answer_format)


def _rows(settings: Settings) -> Iterator[HistoryRow]:
    """The published warehouse, if there is one that can be opened, and those that are kept.

    Raises what keeps the published one from being read where none is kept.
    """
    published, found = None, list[KeptWarehouse]()
    try:
        published = published_version(settings)
    except (duckdb.Error, JudgementsError) as error:
        if not kept_warehouses(settings):
            raise
        Terminal(stderr=True).print(f"Warning: {sentence(error)}", style="yellow", markup=False, soft_wrap=True)
    if published:
        found.append(KeptWarehouse(published, settings.warehouse))
    found += kept_warehouses(settings, published.fingerprint if published else None)
    for one, before in pairwise((*found, None)):
        assert one is not None, "only the last has nothing before it"
        yield _row(one, before, "published" if one.path == settings.warehouse else "kept")


def _row(one: KeptWarehouse, before: KeptWarehouse | None, state: str) -> HistoryRow:
    about = msgspec.structs.asdict(one.about)
    row: dict[str, Any] = {name: about[name] for name in HistoryRow.__struct_fields__ if name in about}
    row |= {"state": state, "path": str(one.path), **dict.fromkeys(_NUMBERS)}
    try:
        changes = changes_between(before.path, one.path) if before else None
    except (duckdb.Error, JudgementsError):  # damaged: verify and restore say so
        changes = None
    if before and changes:
        more = one.about.n_inspections - before.about.n_inspections
        numbers = (more, len(changes.new), len(changes.gone), len(changes.regraded))
        row |= dict(zip(_NUMBERS, numbers, strict=True))
    return HistoryRow(**row)


def _lines(row: HistoryRow) -> Iterator[str]:
    partial = f", {row.selection}" if row.selection else ""
    yield f"{row.version}  {row.state}"
    yield f"  published on {moment(row.published_at)} from {row.source}{partial}"
    up_to = row.reports_published_up_to
    yield (
        f"  {row.n_reports:,} reports{f', published up to {day(up_to)}' if up_to else ''};"
        f" {row.n_inspections:,} inspections"
    )
    if row.n_more_inspections is not None:
        more = f"{abs(row.n_more_inspections):,} {'fewer' if row.n_more_inspections < 0 else 'more'} inspections"
        yield (
            f"  than the one before: {more}, {row.n_new_reports:,} reports new, {row.n_gone_reports:,} gone,"
            f" {row.n_regraded:,} grades changed"
        )
