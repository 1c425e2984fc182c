"""`judgements search`: paragraphs by their words, best first, as `sql/macros/search_paragraphs.sql` ranks them."""

from collections.abc import Mapping
from typing import Any

import duckdb
from rich.text import Text

from pipelines.commands.dates import read_day
from pipelines.commands.known import check_known
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.errors import UsageError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse

FILTERS = ("authority", "section", "grade", "framework", "activity_kind", "theme", "from_date", "to_date", "all_words")
DAYS = {"from_date": "--from", "to_date": "--to"}
WIDTH_OF_A_FILE = 120


def search(settings: Settings, words: str, filters: Mapping[str, object], limit: int, answer_format: str) -> None:
    """Print the paragraphs that hold the words, best first. `filters` are named as the macro's parameters.

    Raises UsageError for a search without a word to look for, a filter that nothing fits, and one that is no date.
    """
    given = {name: filters[name] for name in FILTERS if filters.get(name) not in (None, False)}
    given |= {name: read_day(str(given[name]), option) for name, option in DAYS.items() if name in given}
    named = "".join(f", {name} := ${name}" for name in given)
    with open_warehouse(settings.warehouse) as connection:
        _check_words(connection, words)
        check_known(connection, **given)
        asked = f"from search_paragraphs($words{named})"
        found = connection.sql(asked, params={"words": words, **given})
        if answer_format == "table":
            _print_paragraphs(found, limit)
        else:
            write_answer(found.limit(limit), answer_format)


def _check_words(connection: duckdb.DuckDBPyConnection, words: str) -> None:
    """Raise UsageError where the macro would find nothing, or something else than was meant, and not say so."""
    parts = connection.execute(
        "select written, is_excluded, is_stop_word from query_parts($words)", {"words": words}
    ).fetchall()
    if any(written in ("AND", "OR") for written, _, _ in parts):
        raise UsageError("AND and OR can't be asked for: any of the words is enough, and --all-words wants every one.")
    if all(is_excluded or is_stop_word for _, is_excluded, is_stop_word in parts):
        raise UsageError(
            f"There is no word to look for in {words!r}: words like 'the' and 'of', single letters, and what is left"
            " out with - or NOT do not count. Add another word."
        )


def _print_paragraphs(found: duckdb.DuckDBPyRelation, limit: int) -> None:
    console = Terminal(width_of_a_file=WIDTH_OF_A_FILE)
    paragraphs = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    for paragraph in paragraphs[:limit]:
        console.print(_heading(paragraph))
        console.print(Text(paragraph["text"]))
        console.print(Text(paragraph["page_url"] or f"report {paragraph['report_id']}", "dim"), soft_wrap=True)
        console.print()
    if len(paragraphs) > limit:
        console.print(f"{limit:,} of {len(paragraphs):,} paragraphs, the best first; --limit shows more.")
    if not paragraphs:
        console.print("No paragraph holds these words under these filters.")


def _heading(paragraph: Mapping[str, Any]) -> Text:
    """Authority, date, section and grade, number and page, score: in a line."""
    number = f"paragraph {paragraph['paragraph_number']}" if paragraph["paragraph_number"] else paragraph["kind"]
    grade = (paragraph["grade"] or "").replace("_", " ")
    parts = [
        str(paragraph["start_date"] or paragraph["published_date"] or ""),
        f"{paragraph['heading'] or ''}{f' [{grade}]' if grade else ''}",
        f"{number}, page {paragraph['page_first']}",
        f"score {paragraph['score']}",
    ]
    return Text.assemble((paragraph["authority_name"], "bold"), "  " + "  ".join(part for part in parts if part))
