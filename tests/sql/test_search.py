"""Searching paragraphs: ranked by BM25, filtered, linked, in a client without extensions."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest
import Stemmer

from pipelines.parsing.facts import Paragraph, ParsedReport, Section
from tests.histories import frames_of, parsed_report, publication, tables_of

Ask = Callable[..., list[tuple[object, ...]]]

TEXTS = {
    "good": [
        "1. Return home interviews are timely. Interviews lead to action.",
        "Most children's homes are good.",
        "Décision-making is swift.",
        "The well-being of children on the Edge, of care, is a multi-agency matter.",
    ],
    "inadequate": [
        "Interviews with children who go missing from home are late.",
        "Leaders know of it without delay.",
        "Care is at its edge for want of placements: multiagency work is poor, and wellbeing too.",
        "Many agencies and multi agencies find placements.",
    ],
}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two authorities, one report each, whose help and protection is good in the one and inadequate in the other."""
    reports = [report("a", "Barnet", "good", "2019-05-13"), report("b", "Bradford", "inadequate", "2022-11-21")]
    publications = [publication("a", "80487", "2019-07-01"), publication("b", "80449", "2023-01-20")]
    with tables_of(frames_of(publications, reports)) as opened:
        yield opened


def report(name: str, authority: str, grade: str, start: str) -> ParsedReport:
    whole = parsed_report(name, authority, "ilacs_2018", [(start, start)], {"help_and_protection": grade})
    sections = (
        Section(1, f"Children who need help and protection: {grade}", 1, "authority", "help_and_protection", grade, 2),
        Section(2, "The inspection team", 1, "annex", None, None, 3),
    )
    paragraphs = (
        *(Paragraph(n, 1, n, "numbered", text, n + 1, n + 1) for n, text in enumerate(TEXTS[grade], start=1)),
        Paragraph(90, 2, None, "unnumbered", "Quinquereme inspectors", 9, 9),
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
    assert len(ask("'children'")) == 3
    assert ask("'children'") == ask("'children''s'")


def test_words_of_no_paragraph_find_nothing(ask: Ask) -> None:
    assert ask("'xyzzy'") == ask("'the of and'") == ask("''") == ask("null") == []


def test_all_words_leaves_out_paragraphs_with_some_of_them(ask: Ask) -> None:
    assert ask("'interviews missing', all_words := true") == [("Bradford", 1)]
    assert ask("'interviews xyzzy', all_words := true") == []


def test_stop_words_and_single_letters_are_no_words_asked(ask: Ask) -> None:
    assert ask("'children in care', all_words := true") == ask("'children care', all_words := true") == [("Barnet", 4)]
    assert ask("'children''s homes', all_words := true") == [("Barnet", 2), ("Bradford", 1)]


def test_a_stop_word_does_not_find_the_words_that_begin_with_it(ask: Ask) -> None:
    """Another word that the index lacks does: "interv" finds "interviews"."""
    assert ask("'interv'") == [("Barnet", 1), ("Bradford", 1)]
    assert ask("'with'") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"edge of care"', [("Barnet", 4)]),
        ("“EDGE-of  Care”", [("Barnet", 4)]),
        ('"edge of care" placements', [("Barnet", 4)]),
        ('"care of edge"', []),
        ('"edges of care"', []),
        ('"of the"', []),
        ('"edge of xyzzy"', []),
        ('"interviews" "children who"', [("Bradford", 1)]),
        ('"find placements', [("Bradford", 3), ("Bradford", 4)]),
        ('""', []),
    ],
)
def test_a_phrase_is_held_word_by_word_whatever_stands_between_them(
    ask: Ask, query: str, found: list[tuple[str, int]]
) -> None:
    assert sorted(ask(f"'{query}'")) == found


def test_all_words_asks_for_a_phrase_and_every_word_beside_it(ask: Ask) -> None:
    assert ask("'" + '"edge of care" matter' + "', all_words := true") == [("Barnet", 4)]
    assert ask("'" + '"edge of care" placements' + "', all_words := true") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("interviews -missing", [("Barnet", 1)]),
        ("interviews NOT missing", [("Barnet", 1)]),
        ("NOT miss interview", [("Barnet", 1)]),
        ('placements -"at its edge"', [("Bradford", 4)]),
        ("care -well-being", []),
        ("leaders -the", [("Bradford", 2)]),
        ("leaders - missing", [("Bradford", 1), ("Bradford", 2)]),
        ("-missing", []),
    ],
)
def test_what_follows_a_minus_or_not_is_left_out(ask: Ask, query: str, found: list[tuple[str, int]]) -> None:
    assert sorted(ask(f"'{query}'")) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wellbeing", [("Barnet", 4), ("Bradford", 3)]),
        ("well-being", [("Barnet", 4), ("Bradford", 3)]),
        ("well‑being", [("Barnet", 4), ("Bradford", 3)]),
        ("multiagency", [("Barnet", 4), ("Bradford", 3)]),
        ("multi-agency", [("Barnet", 4), ("Bradford", 3), ("Bradford", 4)]),
        ("agency-multi", []),
        ('"wellbeing of children"', [("Barnet", 4)]),
        ('"well being of children"', [("Barnet", 4)]),
        ('"multi-agency work"', [("Bradford", 3)]),
        ('"multi agency work"', [("Bradford", 3)]),
        ('"multi agencies"', [("Bradford", 4)]),
        ("manyagencies", []),
        ("find-agencies", []),
    ],
)
def test_hyphenated_and_solid_forms_are_one(ask: Ask, query: str, found: list[tuple[str, int]]) -> None:
    assert sorted(ask(f"'{query}'")) == found


def test_a_hyphenated_word_is_read_with_any_ending(ask: Ask) -> None:
    """Written apart, it is no word of the index: its parts are looked for in the text, by their stems."""
    assert ask("'homes-interviews'") == [("Barnet", 1)]


def test_macros_tell_how_a_query_was_understood(connection: duckdb.DuckDBPyConnection) -> None:
    asked = connection.execute(
        "select part, written, is_phrase, is_excluded, is_stop_word from query_parts(?) order by part",
        ['the Well-being OF "Edge of care" NOT homes -"x y"'],
    )
    assert asked.fetchall() == [
        ('"edge of care"', '"Edge of care"', True, False, False),
        ('-"x y"', '-"x y"', True, True, True),
        ("-homes", "NOT homes", False, True, False),
        ("of", "OF", False, False, True),
        ("the", "the", False, False, True),
        ("well-being", "Well-being", False, False, False),
    ]
    held = connection.execute("select part, n_times from query_matches('interviews \"return home\" of') order by all")
    assert held.fetchall() == [('"return home"', 1), ("interviews", 1), ("interviews", 2)]


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
        ("authority := ' BRADFORD  Council', grade := 'Inadequate'", ["Bradford"]),
        ("framework := 'ILACS 2018'", ["Barnet", "Bradford"]),
        ("activity_kind := 'Full inspection'", ["Barnet", "Bradford"]),
        ("section := 'Help & protection'", ["Barnet", "Bradford"]),
        ("section := 'HELP  and Protection: good'", ["Barnet"]),
        ("authority := 'York'", []),
    ],
)
def test_filters_narrow_what_is_found(ask: Ask, filtered: str, found: list[str]) -> None:
    assert [name for name, _ in ask(f"'interviews', {filtered}")] == found


@pytest.mark.parametrize(
    ("filtered", "sentence"),
    [
        (
            "grade := 'inadequat'",
            "There is no grade 'inadequat'. Did you mean inadequate, adequate? Known: outstanding; good; ",
        ),
        ("authority := 'Bradfort'", "There is no authority 'Bradfort'. Did you mean Bradford"),
        ("framework := 'lanterns'", "There is no framework 'lanterns'. Known: "),
        ("activity_kind := 'lanterns'", "There is no activity kind 'lanterns'. Known: "),
        ("theme := 'lanterns'", "There is no theme 'lanterns'. Known: "),
        ("section := 'lanterns'", "There is no section 'lanterns', and no heading with these words. Known: overall; "),
        ("section := '...'", "There is no section '...'"),
        ("authority := ''", "There is no authority ''."),
    ],
)
def test_filters_by_what_is_not_known_are_errors(ask: Ask, filtered: str, sentence: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match=re.escape(sentence)):
        ask(f"'interviews', {filtered}")


def test_annexes_are_searched_when_they_are_asked_for(ask: Ask) -> None:
    assert ask("'quinquereme'") == []
    assert len(ask("'quinquereme', annexes := true")) == 2


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
def test_scores_are_those_of_bm25_counted_by_hand(sample_warehouse: Path, words: str) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        texts = dict(connection.execute("select paragraph_id, text from core.paragraphs").fetchall())
        stop_words = {word for (word,) in connection.execute("from search.stop_words").fetchall()}
        ours = dict(
            connection.execute(
                "select paragraph_id, score from search_paragraphs(?, annexes := true)", [words]
            ).fetchall()
        )
    terms = {paragraph_id: Counter(terms_of(text, stop_words)) for paragraph_id, text in texts.items()}
    lengths = {paragraph_id: found.total() for paragraph_id, found in terms.items() if found}
    mean_length = sum(lengths.values()) / len(lengths)
    scores: dict[str, float] = defaultdict(float)
    for term in set(terms_of(words, stop_words)):
        holding = [paragraph_id for paragraph_id, found in terms.items() if term in found]
        rarity = math.log10(1 + (len(lengths) - len(holding) + 0.5) / (len(holding) + 0.5))
        for paragraph_id in holding:
            n_times, share = terms[paragraph_id][term], lengths[paragraph_id] / mean_length
            scores[paragraph_id] += rarity * n_times * 2.2 / (n_times + 1.2 * (0.25 + 0.75 * share))
    assert len(ours) > 10
    assert ours == {paragraph_id: pytest.approx(score, abs=0.001) for paragraph_id, score in scores.items()}


def terms_of(text: str, stop_words: set[str]) -> list[str]:
    """Stems of the words that carry meaning, as often as they stand there; of hyphenated words the solid form, too."""
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()
    solid = [word.replace("-", "") for word in re.findall("[a-z0-9]+(?:-[a-z0-9]+)+", plain)]
    words = [word for word in (*re.findall("[a-z0-9]+", plain), *solid) if word not in stop_words]
    return list(Stemmer.Stemmer("english").stemWords(words))
