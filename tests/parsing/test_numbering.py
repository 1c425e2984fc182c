"""Numbered paragraphs as real reports number them, with every slip seen in print."""

import pytest

from pipelines.parsing.marks import bullet_of, number_of
from pipelines.parsing.text import ReportText
from tests.parsing.builders import HANG, LEFT, Pen, page, read, row, running

LONG = (
    "Social workers visit children often and know them well, and they write down what children say in words that "
    "children will understand when they read their records as adults. Managers see most of this work each month."
)


def numbers(text: ReportText) -> list[tuple[int | None, str | None, str]]:
    return [
        (one.paragraph_number, one.number_as_printed, one.text)
        for one in text.paragraphs
        if one.kind in ("numbered", "recommendation")
    ]


def numbered_text(*marks_and_texts: tuple[str, str]) -> ReportText:
    """Paragraphs under one heading; a mark that ends in a bar is glued to its text."""
    pen = Pen()
    pen.heading("Inspection findings")
    for mark, text in marks_and_texts:
        if mark.endswith("|"):
            pen.text(mark[:-1] + text)
        else:
            pen.marked(mark, text)
    return read(pen.pages())


def test_a_hanging_number_is_taken_off_and_kept_as_printed() -> None:
    text = numbered_text(("1.", LONG), ("2.", "Advice is good."))
    assert numbers(text) == [(1, "1.", LONG), (2, "2.", "Advice is good.")]
    assert text.issues == ()


def test_a_number_with_no_space_after_it() -> None:
    text = numbered_text(("1.", "Plans are good."), ("2.|", "Social workers visit."), ("3.", "Advice is good."))
    assert numbers(text)[1] == (2, "2.", "Social workers visit.")


def test_a_number_with_two_stops() -> None:
    text = numbered_text(
        ("1.", "Plans are good."), ("2..", "Most care leavers have a plan."), ("3.", "Advice is good.")
    )
    assert numbers(text)[1] == (2, "2..", "Most care leavers have a plan.")


def test_a_number_with_no_stop() -> None:
    text = numbered_text(("1.", "Plans are good."), ("2|", " Most children are seen."), ("3.", "Advice is good."))
    assert numbers(text)[1] == (2, "2", "Most children are seen.")


def test_a_number_whose_digits_are_set_apart() -> None:
    paragraphs = [(f"{count}.", f"Finding {'x' * count} is made.") for count in range(1, 12)]
    text = numbered_text(*paragraphs, ("1 2.|", " The needs of young people are met."), ("13.", "Advice is good."))
    assert numbers(text)[11:] == [
        (12, "1 2.", "The needs of young people are met."),
        (13, "13.", "Advice is good."),
    ]


def test_a_number_left_out_is_an_issue_and_not_made_up() -> None:
    text = numbered_text(("1.", "Plans are good."), ("3.", "Advice is good."))
    assert [number for number, *_ in numbers(text)] == [1, 3]
    assert [(issue.severity, issue.code, issue.message) for issue in text.issues] == [
        ("info", "numbering_gap", "No paragraph 2: 1 is followed by 3.")
    ]


def test_a_torn_paragraph_has_no_number_but_an_issue() -> None:
    text = numbered_text(
        ("1.", "Plans are good."), ("2.|", " reference. Reviews are thorough."), ("3.", "Advice is good.")
    )
    assert [number for number, *_ in numbers(text)] == [1, 3]
    assert [one.text for one in text.paragraphs] == [
        "Plans are good.",
        "2. reference. Reviews are thorough.",
        "Advice is good.",
    ]
    assert [(issue.severity, issue.code, issue.excerpt) for issue in text.issues] == [
        ("warning", "torn_paragraph", "2. reference. Reviews are thorough.")
    ]


@pytest.mark.parametrize(
    "start", ["16- and 17-year-olds are housed well.", "2017 was a hard year.", "12 of 14 are seen."]
)
def test_a_paragraph_that_begins_with_digits_keeps_them(start: str) -> None:
    text = numbered_text(("1.", "Plans are good."), ("2.", start), ("3.", "Advice is good."))
    assert numbers(text)[1] == (2, "2.", start)


@pytest.mark.parametrize("start", ["2. The next", "2 Most of", "3. Every"])
def test_a_line_within_a_paragraph_that_begins_like_a_number_begins_none(start: str) -> None:
    lines = [
        row(100.0, (LEFT, "1."), (LEFT + HANG, "Staff told inspectors that they follow the rules in part")),
        row(114.4, (LEFT + HANG, f"{start} was written down as it was said to those who came.")),
    ]
    assert [number for number, *_ in numbers(read([page(lines)]))] == [1]


def test_a_year_or_a_share_at_the_start_of_a_paragraph_is_no_number() -> None:
    pen = Pen()
    pen.marked("1.", "Plans are good.")
    pen.text("5% of children wait.")
    pen.text("2.5 children were seen.")
    pen.text("150 children were seen.")
    assert [one.kind for one in read(pen.pages()).paragraphs] == ["numbered", "unnumbered", "unnumbered", "unnumbered"]


def test_a_raised_mark_at_the_start_of_a_line_is_no_number() -> None:
    assert number_of(row(100.0, (LEFT, "^1^ Children in care."))) is None


def test_a_paragraph_over_a_page_break_has_no_footer_in_its_middle() -> None:
    pen = Pen(header="Marrowby", footer="Inspection of an invented authority’s services")
    for count in range(1, 30):
        pen.marked(f"{count}.", LONG)
    text = read(pen.pages())
    assert numbers(text) == [(count, f"{count}.", LONG) for count in range(1, 30)]
    broken = [one for one in text.paragraphs if one.page_first < one.page_last]
    assert broken


def test_a_footnote_at_the_foot_of_a_page_is_not_in_the_paragraph_that_goes_on_overleaf() -> None:
    pen = Pen()
    pen.note("1", "A footnote of its own.")
    for count in range(1, 14):
        pen.marked(f"{count}.", LONG)
    text = read(pen.pages())
    assert [one.text for one in text.paragraphs if one.kind == "footnote"] == ["A footnote of its own."]
    assert {words for _, _, words in numbers(text)} == {LONG}


def test_the_first_reports_of_2014_number_nothing() -> None:
    pen = Pen()
    pen.heading("Summary of key findings")
    for count in range(3):
        pen.marked("■", f"Finding {count} is made. {LONG}")
    assert [(one.kind, one.paragraph_number) for one in read(pen.pages()).paragraphs] == [("bullet", None)] * 3


def bound_with_another() -> ReportText:
    """An authority's report of three paragraphs and a board's of two in one file."""
    pen = Pen()
    pen.text("Marrowby", size=26.0)
    pen.text("Inspection date: 4 May 2015")
    pen.turn_over()
    pen.heading("Inspection findings")
    for count in (1, 2, 3):
        pen.marked(f"{count}.", LONG)
    pen.turn_over()
    pen.text("Marrowby Safeguarding Children Board", size=26.0)
    pen.text("Inspection date: 4 May 2015")
    pen.turn_over()
    pen.heading("Summary of findings")
    for count in (1, 2):
        pen.marked(f"{count}.", LONG)
    return read(pen.pages())


def test_a_second_report_in_the_file_counts_anew_outside_the_one_sequence() -> None:
    text = bound_with_another()
    assert [(number, printed) for number, printed, _ in numbers(text)] == [
        (1, "1."), (2, "2."), (3, "3."), (None, "1."), (None, "2."),
    ]  # fmt: skip
    assert text.issues == ()


def test_the_cover_of_a_second_report_is_a_cover() -> None:
    assert [line.role for line in bound_with_another().lines if line.page_number == 3][:2] == ["cover", "cover"]


@pytest.mark.parametrize("sign", ["■", "▪", "•", "●", "◼", "∙", "✓", "❖", "o", "n", "\uf0a7", "\uf06e", "\uf0b7", "–"])
def test_bullets_in_every_encoding(sign: str) -> None:
    mark = bullet_of(row(100.0, (LEFT, sign), (LEFT + 18, "Children are seen.")))
    assert mark is not None
    assert (mark.length, mark.text_x0) == (2, LEFT + 18)


def test_a_letter_that_is_not_set_apart_is_no_bullet() -> None:
    assert bullet_of(row(100.0, (LEFT, "o Children are seen."))) is None


def test_a_dash_at_the_start_of_a_line_within_a_sentence_is_no_bullet() -> None:
    text = read([page(running("Children in care", "– and those who leave it", "– are seen often."))])
    assert [(one.kind, one.text) for one in text.paragraphs] == [
        ("unnumbered", "Children in care – and those who leave it – are seen often.")
    ]


def test_a_dash_after_a_colon_is_a_bullet() -> None:
    pen = Pen()
    pen.text("Inspectors saw:")
    pen.marked("–", "children")
    pen.marked("–", "their families.")
    assert [one.kind for one in read(pen.pages()).paragraphs] == ["unnumbered", "bullet", "bullet"]


def test_numbers_go_on_after_a_gap_of_any_width() -> None:
    text = numbered_text(("1.", "Plans are good."), ("2.", LONG), ("9.", "Advice is good."), ("10.", LONG))
    assert [number for number, _, _ in numbers(text)] == [1, 2, 9, 10]
    assert [issue.code for issue in text.issues] == ["numbering_gap"] * 6


def test_a_number_far_ahead_is_no_paragraphs_where_the_next_one_still_comes() -> None:
    text = numbered_text(("1.", LONG), ("2.", LONG), ("90.", "Pages of evidence."), ("3.", LONG))
    assert [number for number, _, _ in numbers(text)] == [1, 2, 3]


def test_a_number_printed_twice_is_kept_as_printed_and_told() -> None:
    text = numbered_text(("1.", LONG), ("2.", "Plans are good."), ("2.", "Advice is good."), ("3.", LONG))
    assert numbers(text)[1:3] == [(2, "2.", "Plans are good."), (None, "2.", "Advice is good.")]
    assert numbers(text)[3][0] == 3
    assert [issue.code for issue in text.issues] == ["number_printed_twice"]


def test_a_numbered_paragraph_without_a_stop_goes_on_after_white_space() -> None:
    pen = Pen()
    pen.heading("Inspection findings")
    pen.marked("1.", "Performance reports do not combine figures with what is gained through user")
    pen.text("feedback and complaints.", x=LEFT + HANG + 4)
    pen.marked("2.", "Plans are good.")
    assert [one.text for one in read(pen.pages()).paragraphs] == [
        "Performance reports do not combine figures with what is gained through user feedback and complaints.",
        "Plans are good.",
    ]


def test_lines_hang_from_the_mark_where_it_is_set_in_one_piece_with_its_text() -> None:
    lines = [
        row(100, (LEFT, "1.WWW children are seen often by people who know them")),
        row(114.4, (LEFT + 10, "and they are heard.")),
    ]
    assert [one.text for one in read([page(lines)]).paragraphs] == [
        "WWW children are seen often by people who know them and they are heard."
    ]


def test_numbers_behind_a_lost_beginning_are_known_by_those_after_them() -> None:
    text = numbered_text(("5.", "Plans are good."), ("6.", LONG), ("7.", "Advice is good."))
    assert [number for number, _, _ in numbers(text)] == [5, 6, 7]


def test_numbers_out_of_sequence_are_told() -> None:
    text = numbered_text(*((f"{number}.", LONG) for number in (1, 2, 5, 6, 3, 4, 7)))
    assert [number for number, _, _ in numbers(text)] == [1, 2, 3, 4, 7]
    assert [issue.code for issue in text.issues].count("number_out_of_sequence") == 2


def test_a_report_that_numbers_nothing_is_told() -> None:
    text = numbered_text(("§1", LONG), ("§2", LONG))
    assert [issue.code for issue in text.issues] == ["no_numbered_paragraphs"]


def test_a_numbered_paragraph_at_the_margin_goes_on_overleaf() -> None:
    pen = Pen()
    pen.heading("Inspection findings")
    for number in range(1, 5):
        pen.text(f"{number}. {LONG} {LONG} {LONG} {LONG}")
    text = read(pen.pages())
    assert len(pen.sheets) > 1
    assert [words for _, _, words in numbers(text)] == [" ".join([LONG] * 4)] * 4


@pytest.mark.parametrize("sign", ["3.", "■", "(i)", "a.", "89"])
def test_a_mark_without_words_is_no_paragraph_and_closes_none(sign: str) -> None:
    lines = [
        row(100, (LEFT, "1."), (LEFT + HANG, "Plans are good.")),
        row(124, (LEFT, "2."), (LEFT + HANG, "Too many")),
        row(138.4, (LEFT, sign)),
        row(160, (LEFT + HANG, "children wait.")),
    ]  # fmt: skip
    text = read([page(lines)])
    assert [one.text for one in text.paragraphs] == ["Plans are good.", "Too many children wait."]
    assert [line.role for line in text.lines][2] == "mark"


@pytest.mark.parametrize(("sign", "kind"), [("2.", "numbered"), ("■", "bullet")])
def test_a_mark_on_the_line_above_its_words_is_theirs(sign: str, kind: str) -> None:
    lines = [
        row(100, (LEFT, "1."), (LEFT + HANG, "Plans are good.")),
        row(130, (LEFT, sign)),
        row(134, (LEFT + HANG, "Too many children wait.")),
    ]
    last = read([page(lines)]).paragraphs[-1]
    assert (last.kind, last.text) == (kind, "Too many children wait.")


def test_a_number_that_ends_a_sentence_on_a_line_of_its_own_is_text() -> None:
    lines = [
        row(100, (LEFT, "1."), (LEFT + HANG, "Most of them are aged")),
        row(114.4, (LEFT + HANG, "12.")),
    ]
    assert [one.text for one in read([page(lines)]).paragraphs] == ["Most of them are aged 12."]
