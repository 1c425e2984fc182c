"""Characters have one form in the lines of a page, and cells and raised marks keep their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.characters import count_unreadable, mended
from pipelines.reading.lines import Cell, Line


def line_of(text: str, *cuts: int, marks: tuple[tuple[int, int], ...] = ()) -> Line:
    """A line whose cells begin after the spaces at some offsets."""
    starts, ends = (0, *(cut + 1 for cut in cuts)), (*cuts, len(text))
    cells = tuple(Cell(start, end, 70.0 + start, 70.0 + end) for start, end in zip(starts, ends, strict=True))
    return Line(1, text, 70.0, 100.0, 500.0, 112.0, "Tahoma", 12.0, cells, marks)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("during 2016 \u033617 which", "during 2016–17 which"),
        ("in 2014\u0335–15, better", "in 2014–15, better"),
        ("in 2014–\u0335 15, better", "in 2014–15, better"),
        ("in 2016\uf02d17 and", "in 2016–17 and"),
        ("plans \uf02d and visits", "plans – and visits"),
        ("\uf02d care leavers", "\uf02d care leavers"),
        ("Sia\u0302n Quill", "Siân Quill"),
        ("Ma\u0301ire A\u030angstro\u0308m", "Máire Ångström"),
        ("e\ufb03cient \ufb01rst o\ufb00er", "efficient first offer"),
        ("Go\u200bod", "Good"),
        ("\u2060Good \ufeff plans", "Good plans"),
        ("fami\xadlies", "families"),
        ("asylum\xad", "asylum\xad"),
        ("\uff11\u2024 Officers ſee \U0001d7d0\uff0e", "1. Officers see 2."),
        ("told\u3002", "told."),
        ("chil\U000e0001dren\u115f", "children"),
        ("16\u2009and\u202f17", "16 and 17"),
        ("\u200b", ""),
        ("a\0b", "a\ufffdb"),
        ("children’s – ‘edge of care’ £5 ½ 2²", "children’s – ‘edge of care’ £5 ½ 2²"),
    ],
)
def test_a_character_has_one_form(written: str, read: str) -> None:
    assert mended(line_of(written)).text == read


def test_cells_and_marks_keep_their_words() -> None:
    line = mended(line_of("1\u200b. E\ufb03cient\u0301 Good1 \u200b", 3, 12, 18, marks=((17, 18),)))
    assert [line.cell_text(cell) for cell in line.cells] == ["1.", "Efficient\u0301", "Good1"]
    assert [line.text[start:end] for start, end in line.superscripts] == ["1"]


@given(words=st.lists(st.text("aé’–\u0302\ufb03\u200b\xad\uf02d\0", min_size=1, max_size=6), min_size=1, max_size=6))
def test_mending_is_done_once_and_loses_no_letter(words: list[str]) -> None:
    text = " ".join(words)
    cuts = [at for at, letter in enumerate(text) if letter == " "]
    line = mended(line_of(text, *cuts))
    assert mended(line) == line
    assert line.text.count("’") == text.count("’")
    assert len([letter for letter in line.text if letter in "aâé"]) >= len(
        [letter for letter in text if letter in "aé"]
    )
    assert all(0 <= cell.start < cell.end <= len(line.text) for cell in line.cells)


@pytest.mark.parametrize(
    ("text", "cuts", "n"),
    [
        ("Plain text – with ‘quotes’", (), 0),
        ("\uf06e Children are seen", (1,), 0),
        ("Children \uf0a7 are", (8, 10), 0),
        ("Chil\uf061ren \ufffd\ue000", (), 3),
    ],
)
def test_characters_that_a_file_does_not_tell_are_counted(text: str, cuts: tuple[int, ...], n: int) -> None:
    assert count_unreadable(line_of(text, *cuts)) == n
