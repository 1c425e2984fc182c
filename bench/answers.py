"""How long each view, macro and question takes, on a warehouse that stands or on one of any number of reports.

    python bench/answers.py data/warehouse/judgements.duckdb
    python bench/answers.py --reports 10000 FOLDER

With --reports the default sample is read once and loaded as often as it takes under shifted ids, authorities and codes:
typesetting and reading ten thousand PDFs would take an hour and change no time here but that of their words, of which
a sample has fewer different ones. The warehouse is kept in FOLDER and used again. Prints milliseconds, the best of
three, every row fetched as Arrow.
"""

import argparse
import sys
import time
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from pipelines import stages
from pipelines.archive import ledger as ledgers
from pipelines.archive.database import open_ledger
from pipelines.one_report import Places, parse_anew, read_anew
from pipelines.reading.cache import FromCache
from pipelines.settings import Settings
from pipelines.tables.frames import stage
from pipelines.warehouse.build import build_warehouse
from pipelines.warehouse.models import read_models
from pipelines.warehouse.questions import read_questions

MACROS = {
    "as_at": "from as_at('2025-03-31', published_by := '2025-06-30')",
    "position_as_at": "from position_as_at('2025-03-31', published_by := '2025-06-30')",
    "search_paragraphs": "from search_paragraphs('return home interviews') limit 20",
}
CONTENT_IDS = ("report_id", "file_sha256", "inspection_id", "section_id", "paragraph_id", "recommendation_id")
CODES = ("authority_id", "provider_urn", "la_code_gss", "la_code_dfe", "from_gss", "to_gss")
NAMES = ("authority_name", "source_path", "source_url")
SHARED = ("frameworks", "judgement_areas", "grades")


def main() -> int:
    """Find or make the warehouse, and time it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("where", type=Path, help="a warehouse; with --reports the folder to make one in")
    parser.add_argument("--reports", type=int, help="make a warehouse of at least so many sample reports")
    args = parser.parse_args()
    warehouse = large_warehouse(args.where, args.reports) if args.reports else args.where
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        n_reports, n_paragraphs = connection.execute(
            "select (select count(*) from core.reports), (select count(*) from core.paragraphs)"
        ).fetchall()[0]
        print(f"{n_reports:,} reports, {n_paragraphs:,} paragraphs, {warehouse.stat().st_size / 1e6:,.0f} MB")
        for name, sql in asked(connection):
            times, n_rows = [], 0
            for _ in range(3):
                started = time.perf_counter()
                n_rows = connection.execute(sql).to_arrow_table().num_rows
                times.append(time.perf_counter() - started)
            print(f"{name:55} {n_rows:>9,} rows {min(times) * 1000:8.1f} ms")
    return 0


def asked(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """What is timed: every view whole, every macro, every question of an authority that is there."""
    known = connection.execute(
        "select authority_name from marts.judgement_history group by 1 order by count(*) desc, 1"
    )
    name = known.fetchall()[0][0]
    views = [(model.full_name, f"from {model.full_name}") for model in read_models() if model.kind == "view"]
    questions = [
        (
            one.path.stem,
            one.path.read_text("utf-8").replace("'Greenwich'", f"'{name}'").replace("'Bradford'", f"'{name}'"),
        )
        for one in read_questions()
    ]
    return [*sorted(views), *MACROS.items(), *questions]


def large_warehouse(folder: Path, n_reports: int) -> Path:
    """The warehouse of the default sample, loaded over and over until it holds so many reports."""
    warehouse = folder / f"{n_reports}.duckdb"
    if not warehouse.is_file():
        sample = sample_frames(Settings(data=folder / "data"))
        times = -(-n_reports // sample["reports"].height)
        started = time.perf_counter()
        frames = {
            name: frame if name in SHARED else pl.concat([shifted(frame, time) for time in range(times)])
            for name, frame in sample.items()
        }
        build_warehouse(frames, [], warehouse, "sample")
        print(f"built in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return warehouse


def sample_frames(settings: Settings) -> dict[str, pl.DataFrame]:
    """The staged frames of the default sample."""
    stages.list_reports(settings, "sample")
    stages.archive_reports(settings)
    stages.read_reports(settings)
    stages.parse_reports(settings)
    with open_ledger(settings.ledger) as ledger:
        listing, archived = ledgers.current_listing(ledger), ledgers.archived_reports(ledger)
    assert listing is not None, "it was listed just now"
    assert listing.reference is not None, "the sample has a world of its own"
    hashes = list(dict.fromkeys(one.file_sha256 for one in archived if one.file_sha256))
    places = Places.of(settings)
    return stage(
        archived,
        FromCache(places.lines_cache(), hashes, partial(read_anew, places)),
        FromCache(places.facts_cache(), hashes, partial(parse_anew, places)),
        listing.reference,
    ).whole()


def shifted(frame: pl.DataFrame, time: int) -> pl.DataFrame:
    """The same rows of another world: other reports, other authorities."""
    there = set(frame.columns)
    changes = [(pl.lit(f"{time:04x}") + pl.col(name).str.slice(4)).alias(name) for name in CONTENT_IDS if name in there]
    changes += [(pl.col(name) + f"-{time}").alias(name) for name in (*CODES, *NAMES) if name in there]
    if "statistical_neighbours" in there:
        changes.append(pl.col("statistical_neighbours").list.eval(pl.element() + f"-{time}"))
    return frame.with_columns(changes)


if __name__ == "__main__":
    sys.exit(main())
