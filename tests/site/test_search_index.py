"""The search index as files: what the warehouse's own index holds, and the same bytes for the same warehouse."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.site.search_index import N_SHARDS, search_options


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_warehouse), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, Any]:
    """What each file gives to the page."""
    scripts = {
        path.relative_to(site / "search").as_posix(): path.read_text("utf-8") for path in site.rglob("search/**/*.js")
    }
    given = {name: re.fullmatch(r'searchData\("([^"]+)",(.+)\);\n', script) for name, script in scripts.items()}
    return {name: json.loads(found[2]) for name, found in given.items() if found and f"{found[1]}.js" == name}


def numbers(text: str) -> list[int]:
    """The numbers of a text: the last digit of each to the base of 57, those before it to that of 34."""
    found, high = [], 0
    for code in text.encode("ascii"):
        if code >= 93:
            high = high * 34 + code - 93
        else:
            found.append(high * 57 + code - 35)
            high = 0
    return found


def signed(text: str) -> list[int]:
    """The sums of differences."""
    found, total = [], 0
    for number in numbers(text):
        total += -(number + 1) // 2 if number % 2 else number // 2
        found.append(total)
    return found


def postings(terms: list[str], first_term_id: int) -> Iterator[tuple[int, int, int]]:
    """Each term of a shard with the paragraphs that hold it, and how often."""
    for term_id, coded in enumerate(terms, start=first_term_id):
        row, rest = -1, iter(numbers(coded))
        for number in rest:
            row += number // 2 + 1
            yield term_id, row, next(rest) + 2 if number % 2 else 1


def test_every_posting_is_in_the_shard_of_its_term(
    connection: duckdb.DuckDBPyConnection, files: dict[str, Any]
) -> None:
    firsts = files["words.js"]["shards"]
    found = [
        posting for shard, first in enumerate(firsts) for posting in postings(files[f"postings-{shard:02}.js"], first)
    ]
    expected = connection.execute(
        "select term_id, paragraph_row, count(*) from search.postings group by all order by all"
    ).fetchall()
    assert len(firsts) == N_SHARDS
    assert found == expected


def test_words_and_lengths_are_those_of_the_warehouse(
    connection: duckdb.DuckDBPyConnection, files: dict[str, Any]
) -> None:
    words = files["words.js"]
    found = list(zip(words["words"].split(), signed(words["terms"]), strict=True))
    assert found == connection.execute("select word, term_id from search.words order by word").fetchall()
    lengths = dict(enumerate(numbers(files["paragraphs.js"]["lengths"])))
    expected = dict(connection.execute("select paragraph_row, n_terms from search.lengths").fetchall())
    assert {row: length for row, length in lengths.items() if length} == expected


def test_every_paragraph_has_its_section_report_and_text(
    connection: duckdb.DuckDBPyConnection, files: dict[str, Any]
) -> None:
    sections, reports = files["sections.js"], files["reports.js"]
    place: dict[str, int] = {}
    found = []
    for section in signed(files["paragraphs.js"]["sections"]):
        report = sections["report"][section]
        report_id = reports["id"][report]
        place[report_id] = place.get(report_id, 0) + 1
        text, number, kind, page = files[f"texts/{report_id}.js"][place[report_id] - 1]
        about = (sections["heading"][section], sections["grade"][section], reports["overall_grade"][report])
        found.append((f"{report_id}-p{place[report_id]:04}", *about, text, number, kind, int(page)))
    columns = "paragraph_id, heading, section_grade, overall_grade, text, paragraph_number::varchar, kind, page_first"
    assert found == connection.execute(f"select {columns} from marts.paragraphs order by paragraph_id").fetchall()


@pytest.mark.parametrize("number", [0, 56, 57, 1937, 1938, 65891, 65892, 2240327, 2240328, 76171151])
def test_numbers_are_written_in_digits_of_two_sorts(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    search_options(connection)  # makes the macros
    asked = "select number_as_text($n), difference_as_text($n // 2), difference_as_text(-$n // 2)"
    written, up, down = connection.execute(asked, {"n": number}).fetchall()[0]
    assert (numbers(written), signed(up), signed(down)) == ([number], [number // 2], [-(number // 2)])


def test_filters_offer_what_the_reports_have(connection: duckdb.DuckDBPyConnection) -> None:
    options = search_options(connection)
    columns = {
        "kinds": "activity_kind",
        "areas": "area_code",
        "themes": "theme_code",
        "grades": "section_grade",
        "authority_grades": "overall_grade",
    }
    for name, column in columns.items():
        there = connection.execute(f"select distinct {column} from marts.paragraphs where {column} is not null")
        assert sorted(option.value for option in options[name]) == sorted(value for (value,) in there.fetchall())
    assert [option.label for option in options["grades"][:2]] == ["Outstanding", "Good"]
    assert {option.heading for option in options["themes"]} >= {"Focused visit", "Joint targeted area inspection"}
    assert all(re.fullmatch("[a-z0-9-]+", option.value) for option in (*options["authorities"], *options["regions"]))
