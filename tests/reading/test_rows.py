"""Runs of characters become lines: rows, words, cells and raised marks, with nothing lost on the way."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipelines.reading.lines import Box, Line
from pipelines.reading.rows import dividers_of, lines_of
from pipelines.reading.runs import Divider, Run


def run(text: str, x0: float = 70.0, top: float = 100.0, size: float = 12.0, font: str = "Tahoma") -> Run:
    """A run whose characters are half as wide as their size."""
    return Run(text, font, size, x0, top, x0 + 0.5 * size * len(text), top + size)


def letters(text: str, x0: float = 70.0, top: float = 100.0, size: float = 12.0, font: str = "Tahoma") -> list[Run]:
    """The same, each character a run of its own, as the reference reader delivers them."""
    return [run(letter, x0 + 0.5 * size * at, top, size, font) for at, letter in enumerate(text)]


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize("deliver", [letters, lambda *args: [run(*args)]])
def test_a_row_is_a_line_however_it_is_delivered(deliver: object) -> None:
    assert callable(deliver)
    (line,) = lines_of(deliver("Children are seen."))
    assert (line.line_number, line.text, line.x0, line.top, line.x1, line.bottom) == (
        1, "Children are seen.", 70.0, 100.0, 178.0, 112.0,
    )  # fmt: skip
    assert (line.font_name, line.font_size, len(line.cells), line.superscripts) == ("Tahoma", 12.0, 1, ())


def test_a_gap_parts_words_even_where_the_file_holds_no_space() -> None:
    assert texts(lines_of([*letters("seen"), *letters("often", x0=97.0)])) == ["seen often"]


def test_letters_set_loosely_are_one_word() -> None:
    loose = [replace(letter, x0=letter.x0 + at, x1=letter.x1 + at) for at, letter in enumerate(letters("seen"))]
    assert texts(lines_of(loose)) == ["seen"]


def test_spaces_are_never_doubled() -> None:
    assert texts(lines_of([*letters("seen   often "), *letters(" now", x0=148.0)])) == ["seen often now"]


def test_a_wide_gap_parts_cells() -> None:
    (line,) = lines_of([*letters("1."), *letters("Children are", x0=98.0), *letters("12", x0=500.0)])
    assert [line.cell_text(cell) for cell in line.cells] == ["1.", "Children are", "12"]
    assert [(cell.x0, cell.x1) for cell in line.cells] == [(70.0, 82.0), (98.0, 170.0), (500.0, 512.0)]


def test_lines_are_numbered_from_top_to_bottom() -> None:
    lines = lines_of([*letters("third", top=140.0), *letters("first", top=100.0), *letters("second", top=120.0)])
    assert [(line.line_number, line.text) for line in lines] == [(1, "first"), (2, "second"), (3, "third")]


@pytest.mark.parametrize("font", ["ZapfDingbats", "ABCDEF+Wingdings", "Webdings"])
def test_a_letter_of_a_font_of_signs_is_a_sign(font: str) -> None:
    (line,) = lines_of([run("n", font=font), *letters("Children", x0=88.0)])
    assert line.text == "\uf06e Children"


def test_a_sign_that_is_one_already_stays_as_it_is() -> None:
    assert texts(lines_of([run("\uf0a7", font="Wingdings")])) == ["\uf0a7"]


def test_the_mark_of_a_fonts_subset_is_no_part_of_its_name() -> None:
    (line,) = lines_of(letters("Children", font="ABCDEF+Tahoma-Bold"))
    assert line.font_name == "Tahoma-Bold"


def test_a_line_has_the_font_of_most_of_its_characters() -> None:
    bold = [replace(letter, is_bold=True) for letter in letters("Note:", font="Tahoma-Bold")]
    (line,) = lines_of([*bold, *letters("all children are seen", x0=110.0)])
    assert (line.font_name, line.is_bold, line.is_italic) == ("Tahoma", False, False)


def test_a_raised_digit_is_a_mark_of_its_row() -> None:
    word, mark = letters("Good"), run("1", x0=94.0, top=99.0, size=7.0)
    (line,) = lines_of([*word, mark])
    assert (line.text, line.superscripts) == ("Good1", ((4, 5),))
    assert (line.top, line.bottom, line.font_size) == (100.0, 112.0, 12.0)


def test_a_raised_mark_of_two_digits_before_its_word() -> None:
    (line,) = lines_of([*letters("12", top=99.0, size=7.0), *letters("See the annex.", x0=78.0)])
    assert line.text.startswith("12")
    assert line.superscripts == ((0, 2),)


def test_a_mark_raised_so_high_that_it_nearly_leaves_its_row() -> None:
    above, below = letters("Children who are here", top=86.0), letters("Good")
    mark = run("2", x0=94.0, top=96.5, size=7.0)
    lines = lines_of([*above, *below, mark])
    assert texts(lines) == ["Children who are here", "Good2"]


def test_small_type_on_the_base_line_is_no_mark() -> None:
    (line,) = lines_of([*letters("Good"), run("1", x0=94.0, top=105.0, size=7.0)])
    assert line.superscripts == ()


def test_a_large_page_number_beside_a_small_footer_is_on_its_row() -> None:
    lines = lines_of(
        [*letters("Inspection of Marrowby", top=806.0, size=8.0), *letters("12", x0=510.0, top=800.0, size=16.0)]
    )
    assert texts(lines) == ["Inspection of Marrowby 12"]


def test_two_lines_of_a_tight_footer_stay_two() -> None:
    first, second = (
        letters("Inspection of Marrowby", top=800.0, size=9.0),
        letters("4 to 15 March 2024", top=803.0, size=9.0),
    )
    assert texts(lines_of([*second, *first])) == ["Inspection of Marrowby", "4 to 15 March 2024"]


def test_columns_set_half_a_line_apart_are_not_mixed() -> None:
    label = [*letters("The experiences of", top=100.0), *letters("care leavers", top=114.4)]
    grade = letters("Good", x0=420.0, top=107.2)
    assert texts(lines_of([*label, *grade])) == ["The experiences of", "Good", "care leavers"]


def test_letters_struck_twice_to_look_bold_are_read_once() -> None:
    again = [replace(letter, x0=letter.x0 + 0.3, x1=letter.x1 + 0.3) for letter in letters("Summary")]
    assert texts(lines_of([*letters("Summary"), *again])) == ["Summary"]


def test_a_double_letter_is_not_taken_for_one_struck_twice() -> None:
    assert texts(lines_of(letters("needs meet feelings"))) == ["needs meet feelings"]


def test_a_rule_between_columns_parts_cells_however_small_the_gap() -> None:
    words = [*letters("Leadership "), *letters("Good", x0=136.0)]
    (line,) = lines_of(words, [Divider(134.0, 95.0, 120.0)])
    assert [line.cell_text(cell) for cell in line.cells] == ["Leadership", "Good"]
    (line,) = lines_of(words, [Divider(134.0, 200.0, 220.0)])
    assert len(line.cells) == 1


def test_a_rule_through_a_word_does_not_part_it() -> None:
    (line,) = lines_of(letters("Leadership"), [Divider(100.0, 95.0, 120.0)])
    assert len(line.cells) == 1


def test_dividers_are_edges_that_two_rows_share() -> None:
    table = [
        Box(70, top, x, top + 20) if x == 400 else Box(400, top, x, top + 20) for top in (100, 120) for x in (400, 530)
    ]
    assert dividers_of(table) == [Divider(400, 100, 120), Divider(400, 120, 140)]


def test_shading_behind_words_makes_no_dividers() -> None:
    shaded = [
        Box(70, 100, 300, 114),
        Box(301, 100, 450, 114),
        Box(70, 114, 210, 128),
        Box(222, 114, 400, 128),
        Box(70, 128, 90, 142),
    ]
    assert dividers_of(shaded) == []


def test_nothing_visible_makes_no_line() -> None:
    assert lines_of([run(" "), run("\xa0"), run("\t"), run("")]) == ()


WORDS = st.lists(st.text("abcdefgh.,-–’é", min_size=1, max_size=9), min_size=1, max_size=7)
ROWS = st.lists(WORDS, min_size=1, max_size=12)


@given(rows=ROWS, leading=st.floats(1.0, 2.0), size=st.sampled_from([8.0, 12.0, 16.0]))
def test_rows_are_read_in_order_whether_by_letters_or_by_runs(
    rows: list[list[str]], leading: float, size: float
) -> None:
    written = [" ".join(words) for words in rows]
    tops = [50 + at * leading * size for at in range(len(written))]
    by_letters = [one for text, top in zip(written, tops, strict=True) for one in letters(text, top=top, size=size)]
    by_runs = [run(text, top=top, size=size) for text, top in zip(written, tops, strict=True)]
    assert texts(lines_of(by_letters)) == texts(lines_of(by_runs)) == written


ANYWHERE = st.tuples(
    st.sampled_from("abcdefghijklmnop0123456789■ "),
    st.floats(0, 500),
    st.floats(0, 800),
    st.sampled_from([6.0, 9.0, 12.0, 20.0]),
)


@given(places=st.lists(ANYWHERE, max_size=40, unique_by=lambda place: place[0]))
def test_every_visible_character_of_a_page_is_on_one_line_in_order(
    places: list[tuple[str, float, float, float]],
) -> None:
    runs = [run(text, x0, top, size) for text, x0, top, size in places]
    lines = lines_of(runs)
    kept = Counter("".join(texts(lines)).replace(" ", ""))
    assert kept == Counter(one.text for one in runs if one.text != " ")
    left = {one.text: one.x0 for one in runs}
    for line in lines:
        xs = [left[letter] for letter in line.text if letter != " "]
        assert xs == sorted(xs)
        assert "".join(line.cell_text(cell) for cell in line.cells).replace(" ", "") == line.text.replace(" ", "")
    assert [line.line_number for line in lines] == list(range(1, len(lines) + 1))
    assert [line.top for line in lines] == sorted(line.top for line in lines)
