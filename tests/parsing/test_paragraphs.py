"""Lines joined to paragraphs: hyphens, margins, footnotes, and what begins a new one."""

import pytest

from pipelines.parsing.layout import measure
from pipelines.parsing.text import ReportText
from pipelines.parsing.wording import join_lines
from pipelines.reading.lines import Box
from tests.parsing.builders import LEFT, RIGHT, Pen, page, read, row, running

SENTENCE = "Children who need help and protection receive it when they need it and their families are heard."


def texts(text: ReportText) -> list[str]:
    return [one.text for one in text.paragraphs]


def roles(text: ReportText) -> list[str]:
    return [line.role for line in text.lines]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["asylum-", "seeking children"], "asylum-seeking children"),
        (["well-", "established"], "well-established"),
        (["pre-", "and post-natal care"], "pre- and post-natal care"),
        (["16-", "to 17-year-olds"], "16- to 17-year-olds"),
        (["face-", "to-face work"], "face-to-face work"),
        (["up-", "to-date plans"], "up-to-date plans"),
        (["children and/", "or their parents"], "children and/or their parents"),
        (["plans – ", "and reviews"], "plans – and reviews"),
        (["plans –", "which are good"], "plans – which are good"),
        (["2013–", "14 was hard"], "2013–14 was hard"),
        (["one ", " two"], "one two"),
        ([""], ""),
    ],
)  # fmt: skip
def test_lines_are_joined_as_their_author_wrote_them(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_a_new_paragraph_begins_after_white_space() -> None:
    lines = [*running("Children are seen.", "They are heard."), *running("Plans are good.", top=140.0)]
    assert texts(read([page(lines)])) == ["Children are seen. They are heard.", "Plans are good."]


def test_a_footnote_mark_in_a_sentence_is_left_out_of_it() -> None:
    text = read([page(running("Children in the ‘edge of care’ service^1^ are", "seen often^12^."))])
    assert texts(text) == ["Children in the ‘edge of care’ service are seen often."]


def test_the_raised_letters_of_a_day_are_kept() -> None:
    assert texts(read([page(running("They came on the 4^th^ of May."))])) == ["They came on the 4th of May."]


def test_a_footnote_is_a_paragraph_of_its_own_without_its_mark() -> None:
    pen = Pen()
    pen.text(f"{SENTENCE}^1^")
    pen.note("1", "By social workers.")
    pen.note("2", "By others.")
    text = read(pen.pages())
    assert [(one.kind, one.text) for one in text.paragraphs] == [
        ("unnumbered", SENTENCE),
        ("footnote", "By social workers."),
        ("footnote", "By others."),
    ]


def sheets(n_pages: int, header: str = "", footer: str = "") -> ReportText:
    pen = Pen(header=header, footer=footer)
    for count in range(n_pages):
        if count:
            pen.turn_over()
        pen.text(f"{SENTENCE} Sheet {'abcdefgh'[count]}.")
    return read(pen.pages())


def test_running_headers_footers_and_page_numbers_are_told_by_their_coming_again() -> None:
    text = sheets(4, "Anything a report may invent", "And below it too")
    assert sorted(set(roles(text))) == ["page_number", "paragraph", "running_footer", "running_header"]
    assert roles(text).count("running_header") == roles(text).count("running_footer") == 4
    assert texts(text) == [f"{SENTENCE} Sheet {letter}." for letter in "abcd"]


def test_a_footer_that_counts_pages_is_one_footer() -> None:
    pages = [page([*running("Some text here."), row(810.0, (LEFT, f"Page {n} of 3"), size=9.0)], n) for n in (1, 2, 3)]
    assert set(measure(pages).margins.values()) == {"page_number"}


def test_a_page_number_on_the_line_of_the_footer_is_part_of_the_footer() -> None:
    def footer(number: int) -> list[tuple[float, str]]:
        return [(LEFT, "Inspection of Marrowby"), (RIGHT, str(number))]

    pages = [page([*running("Some text here."), row(810.0, *footer(n), size=9.0)], n) for n in (1, 2, 3)]
    assert set(measure(pages).margins.values()) == {"running_footer"}


def test_a_footer_of_two_lines_is_taken_from_the_edge_inwards() -> None:
    foot = [row(790.0, (LEFT, "Inspection of Marrowby"), size=9.0), row(799.0, (LEFT, "4 to 15 March 2024"), size=9.0)]
    pages = [page([*running("Some text here."), *foot], number) for number in (1, 2, 3)]
    assert set(measure(pages).margins.values()) == {"running_footer"}
    assert len(measure(pages).margins) == 6


def test_text_in_the_margin_that_never_comes_again_is_text() -> None:
    pages = [
        page([row(40.0, (LEFT, f"A line {'abc'[n]} of its own")), *running("Some text.")], n + 1) for n in range(3)
    ]
    assert measure(pages).margins == {}


def test_a_line_that_comes_again_below_one_that_does_not_is_no_running_header() -> None:
    pages = [
        page(
            [row(25.0, (LEFT, f"Own line {'abc'[n]}")), row(45.0, (LEFT, "Inspection findings")), *running("Text.")],
            n + 1,
        )
        for n in range(3)
    ]
    assert measure(pages).margins == {}


def test_the_same_words_at_another_height_are_no_running_header() -> None:
    pages = [page([row(30.0 + 10 * n, (LEFT, "Inspection findings")), *running("Some text.")], n) for n in (1, 2, 3)]
    assert measure(pages).margins == {}


def test_bullets_hang_and_their_lines_are_joined() -> None:
    pen = Pen()
    pen.text("The authority should:")
    pen.marked("■", f"{SENTENCE} {SENTENCE}")
    pen.marked("■", SENTENCE)
    pen.text("That is all.")
    assert [(one.kind, one.text) for one in read(pen.pages()).paragraphs] == [
        ("unnumbered", "The authority should:"),
        ("bullet", f"{SENTENCE} {SENTENCE}"),
        ("bullet", SENTENCE),
        ("unnumbered", "That is all."),
    ]


def test_an_unnumbered_paragraph_that_ends_at_a_page_break_does_not_take_the_next() -> None:
    pen = Pen()
    pen.text(f"{SENTENCE} {SENTENCE}")
    pen.text("A first one, with room left.")
    pen.turn_over()
    pen.text("A second one begins overleaf.")
    assert texts(read(pen.pages()))[1:] == ["A first one, with room left.", "A second one begins overleaf."]


def test_an_unnumbered_paragraph_goes_on_overleaf_in_the_middle_of_a_sentence() -> None:
    pages = [page(running("Children in care are seen by"), 1), page(running("those who know them."), 2)]
    found = read(pages).paragraphs
    assert [(one.text, one.page_first, one.page_last) for one in found] == [
        ("Children in care are seen by those who know them.", 1, 2)
    ]


def test_a_numbered_paragraph_without_a_stop_at_its_end_is_remarked_on() -> None:
    pen = Pen()
    pen.marked("1.", "Plans are good")
    pen.marked("2.", "Advice is good (Recommendation)")
    assert [(issue.code, issue.message) for issue in read(pen.pages()).issues] == [
        ("paragraph_without_stop", "Paragraph 1 ends without a full stop.")
    ]


def test_a_contents_list_is_no_text_even_overleaf() -> None:
    pen = Pen()
    pen.heading("Contents")
    for count in range(3):
        pen.line((LEFT, f"Part {'abc'[count]} of this report"), (RIGHT - 12, str(count + 3)))
    pen.line((LEFT, "A part with dots .................... 9"))
    pen.turn_over()
    pen.line((LEFT, "What the judgements mean, at"))
    pen.line((LEFT, "length"), (RIGHT - 12, "12"))
    pen.turn_over()
    pen.heading("Summary")
    pen.text(SENTENCE)
    text = read(pen.pages())
    assert roles(text).count("contents") == 7
    assert texts(text) == [SENTENCE]


def test_the_rows_of_a_table_are_no_paragraphs() -> None:
    cells = tuple(Box(x, top, x + 200, top + 20) for top in (100.0, 120.0) for x in (70.0, 270.0))
    lines = [row(top + 4, (76.0, f"Team {top:.0f}"), (276.0, "Nine")) for top in (100.0, 120.0)]
    text = read([page([*lines, *running(SENTENCE, top=300.0)], tables=(cells,))])
    assert roles(text) == ["table", "table", "paragraph"]


@pytest.mark.parametrize("size", [9.0, 12.0])
def test_the_imprint_is_what_follows_its_first_line_on_the_last_pages_in_type_of_any_size(size: float) -> None:
    pen = Pen()
    for _ in range(3):
        pen.text(SENTENCE)
        pen.turn_over()
    pen.text(SENTENCE)
    pen.text("© Crown copyright 2018", size=size)
    pen.turn_over()
    pen.text("Licences and addresses of the invented office.", size=size)
    assert roles(read(pen.pages()))[-5:] == ["paragraph", "boilerplate", "page_number", "boilerplate", "page_number"]


def test_small_type_on_the_first_pages_is_text() -> None:
    pen = Pen()
    pen.text(SENTENCE, size=10.0)
    pen.turn_over()
    for _ in range(3):
        pen.text(SENTENCE)
    assert roles(read(pen.pages()))[0] == "paragraph"


def test_a_short_last_line_that_ends_in_a_stop_ends_an_unnumbered_paragraph() -> None:
    full = "This line is as wide as a line of running text can be, or it is nearly so"
    lines = running(full, full, "Few children wait.", "Others do not, " + full, full + ".")
    assert [text[:18] for text in texts(read([page(lines)]))] == ["This line is as wi", "Others do not, Thi"]


def test_footnotes_are_parted_by_the_next_number_where_no_mark_is_raised() -> None:
    pen = Pen()
    for _ in range(4):
        pen.text(SENTENCE)
    notes = [row(740, (LEFT, "3 The institute was asked to look."), size=9.0)]
    notes += [row(751, (LEFT, "4 Report to the minister."), size=9.0)]
    first, *rest = pen.pages()
    text = read([page([*first.lines, *notes]), *rest])
    assert [one.text for one in text.paragraphs if one.kind == "footnote"] == [
        "The institute was asked to look.",
        "Report to the minister.",
    ]


def test_dates_in_small_type_are_no_footnote() -> None:
    pen = Pen()
    for _ in range(4):
        pen.text(SENTENCE)
    first = pen.pages()[0]
    text = read([page([*first.lines, row(700, (LEFT, "11 July 2022"), size=8.0)])])
    assert "footnote" not in roles(text)


def test_a_row_of_underscores_is_no_paragraph() -> None:
    pen = Pen()
    pen.text(SENTENCE)
    pen.text("_" * 30)
    assert roles(read(pen.pages()))[-2:] == ["rule_line", "page_number"]


def test_a_cover_ends_with_its_dates_where_text_follows_close_below() -> None:
    lines = [
        row(100, (LEFT, "Marrowby Council"), size=26.0),
        row(140, (LEFT, "Inspection date: 2 June 2014 – 25 June"), bold=True),
        row(154.4, (LEFT, "2014"), bold=True),
        *running(SENTENCE, SENTENCE, top=176.0),
    ]
    assert roles(read([page(lines)])) == ["cover", "cover", "cover", "paragraph", "paragraph"]


def test_shading_behind_a_number_and_its_text_makes_no_table() -> None:
    lines, boxes = [], []
    for count in range(1, 5):
        top = 80.0 + 24 * count
        lines.append(
            row(top, (LEFT, f"{count}."), (LEFT + 28, "Children are seen often by people who know them well indeed."))
        )
        boxes += [Box(LEFT - 2, top - 2, LEFT + 26, top + 14), Box(LEFT + 26, top - 2, RIGHT, top + 14)]
    assert set(roles(read([page(lines, tables=(tuple(boxes),))]))) == {"paragraph"}


@pytest.mark.parametrize("is_bold", [False, True])
def test_a_sentence_set_bold_is_text_and_a_known_heading_set_plain_is_a_heading(is_bold: bool) -> None:
    pen = Pen()
    pen.text(SENTENCE)
    pen.text("Leaders know their services.", bold=is_bold)
    pen.gap()
    pen.text("Inspection findings", bold=is_bold)
    pen.gap()
    pen.text(SENTENCE)
    text = read(pen.pages())
    assert [section.heading for section in text.sections] == ["Inspection findings"]
    assert texts(text) == [SENTENCE, "Leaders know their services.", SENTENCE]
