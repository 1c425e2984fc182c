"""Searching paragraphs: ranked as the full-text extension ranks, filtered, linked, in a client without extensions."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest

from pipelines.parsing.facts import Paragraph, ParsedReport, Section
from pipelines.warehouse.connection import load_stemmer
from pipelines.warehouse.deriving import derive
from pipelines.warehouse.loading import build_frames, load_staged
from tests.histories import frames_of, parsed_report, publication

Ask = Callable[..., list[tuple[object, ...]]]

TEXTS = {
    "good": [
        "1. Return home interviews are timely. Interviews lead to action.",
        "Most children's homes are good.",
        "Décision-making is swift.",
    ],
    "inadequate": ["Interviews with children who go missing from home are late.", "Leaders know of it."],
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two authorities, one report each, whose help and protection is good in the one and inadequate in the other."""
    with duckdb.connect() as opened:
        opened.execute("create schema staged")
        reports = [report("a", "Barnet", "good", "2019-05-13"), report("b", "Bradford", "inadequate", "2022-11-21")]
        publications = [publication("a", "80487", "2019-07-01"), publication("b", "80449", "2023-01-20")]
        load_staged(opened, {**frames_of(publications, reports), **build_frames("test", "0")}, "staged")
        derive(opened)
        yield opened


def report(name: str, authority: str, grade: str, start: str) -> ParsedReport:
    whole = parsed_report(name, authority, "ilacs_2018", [(start, start)], {"help_and_protection": grade})
    sections = (
        Section(1, f"Children who need help and protection: {grade}", 1, "authority", "help_and_protection", grade, 2),
        Section(2, "Front door", 2, "authority", None, None, 3),
    )
    paragraphs = tuple(
        Paragraph(n, 1 if n == 1 else 2, n, "numbered", text, n + 1, n + 1)
        for n, text in enumerate(TEXTS[grade], start=1)
    )
    return msgspec.structs.replace(whole, sections=sections, paragraphs=paragraphs, recommendations=(), lines=())


@pytest.fixture
def ask(connection: duckdb.DuckDBPyConnection) -> Ask:
    def ask(call: str, columns: str = "authority_name, paragraph_number") -> list[tuple[object, ...]]:
        return connection.execute(f"select {columns} from search_paragraphs({call})").fetchall()

    return ask


def test_best_match_comes_first_with_all_that_a_reader_needs(ask: Ask) -> None:
    columns = "authority_name, start_date::varchar, judgement_code, grade, paragraph_number, page_first, page_url"
    found = ask("'return home interviews'", columns)
    assert found[0] == ("Barnet", "2019-05-13", "help_and_protection", "good", 1, 2, "https://files.example/a#page=2")
    assert [row[0] for row in found] == ["Barnet", "Bradford", "Barnet"]


def test_endings_case_accents_and_apostrophes_do_not_matter(ask: Ask) -> None:
    assert ask("'INTERVIEW'") == ask("'interviews'") == [("Barnet", 1), ("Bradford", 1)]
    assert ask("'decision making'") == [("Barnet", 3)]
    assert ask("'children'") == ask("'children''s'") == [("Barnet", 2), ("Bradford", 1)]


def test_words_of_no_paragraph_find_nothing(ask: Ask) -> None:
    assert ask("'xyzzy'") == ask("'the of and'") == ask("''") == []


def test_all_words_leaves_out_paragraphs_with_some_of_them(ask: Ask) -> None:
    assert ask("'interviews missing', all_words := true") == [("Bradford", 1)]
    assert ask("'interviews xyzzy', all_words := true") == []


@pytest.mark.parametrize(
    ("filtered", "found"),
    [
        ("authority := 'brad'", ["Bradford"]),
        ("authority := '80487'", ["Barnet"]),
        ("authority := 'E09000003'", ["Barnet"]),
        ("grade := 'inadequate'", ["Bradford"]),
        ("framework := 'ilacs'", ["Barnet", "Bradford"]),
        ("framework := 'sif'", []),
        ("from_date := '2020-01-01'", ["Bradford"]),
        ("to_date := '2020-01-01'", ["Barnet"]),
        ("section := 'help_and_protection'", ["Barnet", "Bradford"]),
        ("section := 'protection: good'", ["Barnet"]),
        ("section := 'care_leavers'", []),
    ],
)
def test_filters_narrow_what_is_found(ask: Ask, filtered: str, found: list[str]) -> None:
    assert [name for name, _ in ask(f"'interviews', {filtered}")] == found


def test_a_paragraph_under_a_plain_heading_has_the_grade_of_the_judgement_above_it(ask: Ask) -> None:
    assert ask("'swift'", "heading, judgement_code, grade") == [("Front door", "help_and_protection", "good")]


def test_the_file_needs_no_extension_to_be_searched(sample_warehouse: Path) -> None:
    with duckdb.connect(
        str(sample_warehouse),
        read_only=True,
        config={"autoload_known_extensions": "false", "autoinstall_known_extensions": "false"},
    ) as plain:
        found = plain.execute("select score, text, page_url from search_paragraphs('care leavers') limit 5").fetchall()
        assert len(found) == 5
        assert all("care" in text.lower() or "leaver" in text.lower() for _, text, _ in found)
        assert [score for score, *_ in found] == sorted((score for score, *_ in found), reverse=True)


@pytest.mark.parametrize("words", ["return home interviews", "care leavers", "management oversight of social work"])
def test_scores_are_those_of_the_full_text_extension(sample_warehouse: Path, words: str) -> None:
    with duckdb.connect() as connection:
        load_stemmer(connection)
        connection.execute(f"attach '{sample_warehouse}' as published (read_only)")
        connection.execute("create table texts as select paragraph_id, text from published.core.paragraphs")
        connection.execute(
            "create table stops as select unnest(regexp_extract_all(?, '''([a-z]+)''', 1)) as sw", [_stop_words()]
        )
        connection.execute("insert into stops select unnest(string_split('abcdefghijklmnopqrstuvwxyz0123456789', ''))")
        connection.execute(
            "pragma create_fts_index('texts', 'paragraph_id', 'text', stemmer = 'english', stopwords = 'stops',"
            " ignore = '[^a-z0-9]+')"
        )
        theirs = dict(
            connection.execute(
                "select paragraph_id, fts_main_texts.match_bm25(paragraph_id, ?) as score from texts"
                " where score is not null",
                [words],
            ).fetchall()
        )
        connection.execute("use published")
        ours = dict(connection.execute("select paragraph_id, score from search_paragraphs(?)", [words]).fetchall())
    assert theirs.keys() == ours.keys()
    assert all(score == pytest.approx(theirs[paragraph], abs=0.002) for paragraph, score in ours.items())


def _stop_words() -> str:
    return (Path(__file__).parents[2] / "sql" / "search" / "words.sql").read_text("utf-8").partition("not in")[2]
