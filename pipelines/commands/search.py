"""`judgements search`: paragraphs by their words, best first, as `sql/macros/search_paragraphs.sql` ranks them."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import duckdb
from rich.text import Text

from pipelines.commands.dates import read_day
from pipelines.commands.known import known_value, sentences_of_macros, which_leaves_none
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.errors import UsageError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query

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
_NO_ANNEXES = "Annexes are not searched."
"""The parts of a report on the inspection itself: its team, and what the grades mean."""
_IN_ANNEXES = "{:,} in annexes, which SQL alone searches: search_paragraphs(..., annexes := true)."


class _Part(NamedTuple):
    """A word or phrase of a search, as the macro understands it, and how many paragraphs hold it."""

    part: str
    asked: str
    written: str
    is_phrase: bool
    is_excluded: bool
    is_stop_word: bool
    n_paragraphs: int

    @property
    def is_wanted(self) -> bool:
        return not self.is_excluded and not self.is_stop_word

    @property
    def is_passed_over(self) -> bool:
        """Whether it was left out, and is no ending after an apostrophe: children's is asked for as children."""
        return self.is_stop_word and not re.search(rf"\w['’]{re.escape(self.asked)}\b", self.written.lower())


def search(settings: Settings, words: str, filters: Mapping[str, object], limit: int, answer_format: str) -> None:
    """Print the paragraphs that hold the words, best first: at most `limit`, or all where it is 0.

    `filters` are named as the macro's parameters. Raises UsageError for a search without a word to look for, a filter
    that is not known, and one that is no date.
    """
    with open_warehouse(settings.warehouse) as connection, sentences_of_macros():
        parts = _parts(connection, words)
        given, named = _values(connection, filters)
        found = _found(connection, words, given)
        n_found = len(found)
        shown = found.limit(limit) if limit else found
        is_table = answer_format == "table"
        if is_table:
            _print_paragraphs(shown)
        else:
            write_answer(shown, answer_format)
        console = Terminal(stderr=not is_table, width_of_a_file=WIDTH_OF_A_FILE)
        for sentence in _passed_over(connection, parts):
            console.print(sentence, soft_wrap=True, markup=False)
        if n_found:
            console.print(_of_how_many(n_found, limit), soft_wrap=True)
        elif any(part.n_paragraphs for part in parts if part.is_wanted):
            in_annexes = len(_found(connection, words, {**given, "annexes": True}))
            why = _IN_ANNEXES.format(in_annexes) if in_annexes else ""
            why = why or which_leaves_none(named, partial(_n_without, connection, words, given))
            console.print(_why_none(words, named, why), soft_wrap=True, markup=False)


def _values(
    connection: duckdb.DuckDBPyConnection, filters: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, str]]:
    """The filters that are given, as the tables hold them, and by their options in words.

    A section is left to the macro, because it may be words of a heading.
    """
    given = {name: filters[name] for name in OPTIONS if filters.get(name) not in (None, False)}
    named = {OPTIONS[name]: "" if value is True else str(value) for name, value in given.items()}
    for name, value in given.items():
        if name in ("from_date", "to_date"):
            given[name] = read_day(str(value), OPTIONS[name], is_beginning=name == "from_date")
            named[OPTIONS[name]] = str(given[name])
        elif name not in ("section", "all_words"):
            given[name], named[OPTIONS[name]] = known_value(connection, name, str(value))
    if {"from_date", "to_date"} <= given.keys() and named["--from"] > named["--to"]:
        raise UsageError(f"--from {named['--from']} is after --to {named['--to']}.")
    return given, named


def _found(connection: duckdb.DuckDBPyConnection, words: str, given: Mapping[str, object]) -> duckdb.DuckDBPyRelation:
    named = "".join(f", {name} := ${name}" for name in given)
    return connection.sql(f"from search_paragraphs($words{named})", params={"words": words, **given})


def _parts(connection: duckdb.DuckDBPyConnection, words: str) -> list[_Part]:
    """How the words are understood.

    Raises UsageError where the macro would find nothing, or something else than was meant, and not say so.
    """
    rows = connection.execute(
        "select p.part, p.asked, p.written, p.is_phrase, p.is_excluded, p.is_stop_word, count(m.part)"
        " from query_parts($words) p left join query_matches($words) m using (part) group by all order by all",
        {"words": words},
    ).fetchall()
    parts = [_Part(*row) for row in rows]
    if any(part.written in ("AND", "OR") for part in parts):
        raise UsageError("AND and OR can't be asked for: any of the words is enough, and --all-words wants every one.")
    if not any(part.is_wanted for part in parts):
        raise UsageError(
            f"There is no word to look for in {words!r}: words like 'the' and 'of', single letters, and what is left"
            " out with - or NOT do not count. Add another word."
        )
    return parts


def _passed_over(connection: duckdb.DuckDBPyConnection, parts: list[_Part]) -> Iterator[str]:
    """What was not asked for, and what is held nowhere, with the word that may be meant."""
    if not_indexed := ", ".join(part.part for part in parts if part.is_passed_over):
        yield f"Not indexed, and so not asked for: {not_indexed}."
    for part in parts:
        if part.is_wanted and not part.n_paragraphs:
            asked = {"word": part.asked.replace("-", "")}
            similar = connection.execute(read_query("commands/similar_words"), asked).fetchall()
            meant = f" Did you mean {similar[0][0]}?" if similar else ""
            yield f"No paragraph holds {part.part if part.is_phrase else repr(part.part)}.{meant}"


def _of_how_many(n_found: int, limit: int) -> str:
    if limit and n_found > limit:
        return f"{limit:,} of {n_found:,} paragraphs, the best first; --limit 0 gives all. {_NO_ANNEXES}"
    return f"{n_found:,} paragraph{'s' if n_found > 1 else ''}, the best first. {_NO_ANNEXES}"


def _why_none(words: str, named: Mapping[str, str], why: str) -> str:
    """That nothing was found by words that some paragraphs hold, and for which of the filters."""
    if not named and not why:
        return f"No paragraph on {words!r}: some hold these words, but none together and without what is left out."
    under = " ".join(f"{option} {value}".strip() for option, value in named.items())
    return f"No paragraph on {words!r}{f' with {under}' if under else ''}{f'; {why}' if why else '.'}"


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
