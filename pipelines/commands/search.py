"""`judgements search`: paragraphs by their words, best first, as `sql/macros/search_paragraphs.sql` ranks them."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import duckdb
from rich.text import Text

from pipelines.commands.dates import read_day
from pipelines.commands.known import known_value, sentences_of, which_leaves_none
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.errors import UsageError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse

OPTIONS = {
    "authority": "--authority",
    "section": "--section",
    "grade": "--grade",
    "framework": "--framework",
    "activity_kind": "--kind",
    "theme": "--theme",
    "from_date": "--from",
    "to_date": "--to",
    "all_words": "--all-words",
}
"""The parameters of the macro, and what the command calls them."""
WIDTH_OF_A_FILE = 120


def search(settings: Settings, words: str, filters: Mapping[str, object], limit: int, answer_format: str) -> None:
    """Print the paragraphs that hold the words, best first: at most `limit`, or all where it is 0.

    `filters` are named as the macro's parameters. Raises UsageError for a search without a word to look for, a filter
    that is not known, and one that is no date; for authorities UnknownAuthorityError.
    """
    with open_warehouse(settings.warehouse) as connection, sentences_of(UsageError):
        parts = _parts(connection, words)
        given = _values(connection, filters)
        found = _found(connection, words, given)
        n_found = len(found)
        shown = found.limit(limit) if limit else found
        is_table = answer_format == "table"
        if is_table:
            _print_paragraphs(shown)
        else:
            write_answer(shown, answer_format)
        console = Terminal(stderr=not is_table, width_of_a_file=WIDTH_OF_A_FILE)
        for sentence in _remarks(connection, words, parts, given, n_found, limit):
            console.print(sentence, soft_wrap=True, markup=False)


def _values(connection: duckdb.DuckDBPyConnection, filters: Mapping[str, object]) -> dict[str, object]:
    """The filters that are given, as the tables hold them. A section is left to the macro: it may be of any words."""
    given = {name: filters[name] for name in OPTIONS if filters.get(name) not in (None, False)}
    for name, value in given.items():
        if name in ("from_date", "to_date"):
            given[name] = read_day(str(value), OPTIONS[name], is_beginning=name == "from_date")
        elif name not in ("section", "all_words"):
            given[name] = known_value(connection, name, str(value)).value
    if {"from_date", "to_date"} <= given.keys() and str(given["from_date"]) > str(given["to_date"]):
        raise UsageError(f"--from {given['from_date']} is after --to {given['to_date']}.")
    return given


def _found(connection: duckdb.DuckDBPyConnection, words: str, given: Mapping[str, object]) -> duckdb.DuckDBPyRelation:
    named = "".join(f", {name} := ${name}" for name in given)
    return connection.sql(f"from search_paragraphs($words{named})", params={"words": words, **given})


def _parts(connection: duckdb.DuckDBPyConnection, words: str) -> list[tuple[str, str, bool, bool, int]]:
    """How the words are understood: each part, as it is written, whether it is excluded, of stop words, and held how
    often. Raises UsageError where the macro would find nothing, or something else than was meant, and not say so.
    """
    parts = connection.execute(
        "select p.part, p.written, p.is_excluded, p.is_stop_word, count(m.part) from query_parts($words) p"
        " left join query_matches($words) m using (part) group by all order by all",
        {"words": words},
    ).fetchall()
    if any(written in ("AND", "OR") for _, written, *_ in parts):
        raise UsageError("AND and OR can't be asked for: any of the words is enough, and --all-words wants every one.")
    if all(is_excluded or is_stop_word for _, _, is_excluded, is_stop_word, _ in parts):
        raise UsageError(
            f"There is no word to look for in {words!r}: words like 'the' and 'of', single letters, and what is left"
            " out with - or NOT do not count. Add another word."
        )
    return parts


def _remarks(
    connection: duckdb.DuckDBPyConnection,
    words: str,
    parts: list[tuple[str, str, bool, bool, int]],
    given: Mapping[str, object],
    n_found: int,
    limit: int,
) -> Iterator[str]:
    """What was passed over or is held nowhere, and of how many paragraphs these are, or why there are none."""
    if passed_over := ", ".join(written for _, written, _, is_stop_word, _ in parts if is_stop_word):
        yield f"Not indexed, and so not asked for: {passed_over}."
    wanted = [(part, n) for part, _, is_excluded, is_stop_word, n in parts if not is_excluded and not is_stop_word]
    if unheld := ", ".join(part for part, n in wanted if not n):
        yield f"No paragraph of the warehouse holds: {unheld}."
    if n_found:
        is_all = not limit or n_found <= limit
        told = f"{n_found:,}" if is_all else f"{limit:,} of {n_found:,}"
        more = "." if is_all else "; --limit 0 gives all."
        yield f"{told} paragraph{'s' if n_found > 1 else ''}, the best first{more}"
    elif any(n for _, n in wanted):
        named = {OPTIONS[name]: value for name, value in given.items()}
        why = which_leaves_none(named, partial(_n_without, connection, words, given))
        under = " ".join(option if value is True else f"{option} {value}" for option, value in named.items())
        yield f"No paragraph on {words!r}{f' with {under}' if under else ''}{f'; {why}' if why else '.'}"


def _n_without(
    connection: duckdb.DuckDBPyConnection, words: str, given: Mapping[str, object], without: frozenset[str]
) -> int:
    left = {name: value for name, value in given.items() if OPTIONS[name] not in without}
    return len(_found(connection, words, left))


def _print_paragraphs(shown: duckdb.DuckDBPyRelation) -> None:
    console = Terminal(width_of_a_file=WIDTH_OF_A_FILE)
    for row in shown.fetchall():
        paragraph = dict(zip(shown.columns, row, strict=True))
        console.print(_heading(paragraph))
        console.print(Text(paragraph["text"]))
        console.print(Text(paragraph["page_url"] or f"report {paragraph['report_id']}", "dim"), soft_wrap=True)
        console.print()


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
