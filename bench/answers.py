"""How long each mart, macro and question takes on a warehouse.

    python -m bench.answers data/warehouse/judgements.duckdb

Prints milliseconds, the best of three, every row fetched into a frame.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from pipelines.warehouse.models import read_models
from pipelines.warehouse.questions import read_questions

MACROS = {
    "as_at": "from as_at('2025-03-31', published_by := '2025-06-30')",
    "position_as_at": "from position_as_at('2025-03-31', published_by := '2025-06-30')",
    "waiting_times_as_at": "from waiting_times_as_at('2025-03-31', published_by := '2025-06-30')",
    "next_inspection_windows_as_at": "from next_inspection_windows_as_at('2025-03-31', published_by := '2025-06-30')",
    "search_paragraphs": "from search_paragraphs('return home interviews') limit 20",
    "search_paragraphs, a phrase": "from search_paragraphs('\"social workers\"') limit 20",
}


class Answer(NamedTuple):
    """One thing asked, the rows it gives, and its seconds."""

    name: str
    n_rows: int
    seconds: float


def main() -> int:
    """Time everything that a warehouse can be asked, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    warehouse = parser.parse_args().warehouse
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        n_reports, n_paragraphs = connection.execute(
            "select (select count(*) from core.reports), (select count(*) from core.paragraphs)"
        ).fetchall()[0]
    print(f"{n_reports:,} reports, {n_paragraphs:,} paragraphs, {warehouse.stat().st_size / 1e6:,.0f} MB")
    for one in answers(warehouse):
        print(f"{one.name:55} {one.n_rows:>9,} rows {one.seconds * 1000:8.1f} ms")
    return 0


def answers(warehouse: Path) -> Iterator[Answer]:
    """Every mart whole, every macro, and every question about an authority of the warehouse."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name, sql in _asked(connection):
            times, n_rows = [], 0
            for _ in range(3):
                started = time.perf_counter()
                n_rows = pl.DataFrame(connection.sql(sql)).height
                times.append(time.perf_counter() - started)
            yield Answer(name, n_rows, min(times))


def _asked(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    known = connection.execute(
        "select authority_name from marts.judgement_history group by 1 order by count(*) desc, 1"
    )
    name = known.fetchall()[0][0]
    marts = [(model.full_name, f"from {model.full_name}") for model in read_models() if model.layer == "marts"]
    questions = [
        (
            one.path.stem,
            one.path.read_text("utf-8").replace("'Greenwich'", f"'{name}'").replace("'Bradford'", f"'{name}'"),
        )
        for one in read_questions()
    ]
    return [*sorted(marts), *MACROS.items(), *questions]


if __name__ == "__main__":
    sys.exit(main())
