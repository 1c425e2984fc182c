"""Headings as a tree: what is a heading, what it reports on, and whose part of a report it opens."""

from typing import Any

import pytest

from pipelines.parsing.text import ReportText
from pipelines.reading.lines import Box
from tests.parsing.builders import LEFT, Pen, page, read, row, running

SENTENCE = "Children who need help and protection receive it when they need it and their families are heard."


def report(*headings: tuple[str, float]) -> ReportText:
    """Headings of a size, each with a paragraph under it."""
    pen = Pen()
    for text, size in headings:
        pen.heading(text, size)
        pen.text(SENTENCE)
    return read(pen.pages())


def fields(text: ReportText, *names: str) -> list[Any]:
    return [tuple(getattr(section, name) for name in names) for section in text.sections]


def test_the_larger_a_heading_the_higher_it_stands() -> None:
    text = report(("The local authority", 18), ("Summary", 14), ("Inspection findings", 12), ("Recommendations", 14))
    assert fields(text, "heading", "level") == [
        ("The local authority", 1), ("Summary", 2), ("Inspection findings", 3), ("Recommendations", 2),
    ]  # fmt: skip
    assert [one.section for one in text.paragraphs] == [1, 2, 3, 4]


def test_deeper_headings_report_on_what_the_heading_above_them_does() -> None:
    text = report(
        ("Leadership, management and governance is inadequate", 16), ("Summary", 13), ("Inspection findings", 13),
        ("Information about this inspection", 16), ("The inspection team", 13),
    )  # fmt: skip
    assert fields(text, "judgement_code", "grade") == [
        ("leaders", "inadequate"), ("leaders", None), ("leaders", None), (None, None), (None, None),
    ]  # fmt: skip


def test_a_heading_that_wraps_is_one_heading() -> None:
    long = "The experiences and progress of children looked after and achieving permanence requires improvement"
    assert fields(report((long, 16)), "heading", "grade") == [(long, "requires_improvement")]


def test_a_grade_alone_under_a_heading_is_the_grade_of_what_stands_above() -> None:
    text = report(("Leadership, management and governance", 14), ("Good", 12))
    assert fields(text, "judgement_code", "grade") == [("leaders", None), ("leaders", "good")]


def test_a_ruled_strip_of_judgement_and_grade_is_a_heading() -> None:
    strip = (Box(LEFT, 95, 400, 127), Box(400, 95, 530, 127))
    lines = [
        row(97.0, (76.0, "Leadership, management"), (406.0, "Requires"), size=14, bold=True),
        row(111.0, (76.0, "and governance"), (406.0, "improvement"), size=14, bold=True),
    ]
    text = read([page([*lines, *running(SENTENCE, top=140.0)], tables=(strip,))])
    assert fields(text, "heading", "judgement_code", "grade") == [
        ("Leadership, management and governance Requires improvement", "leaders", "requires_improvement")
    ]


def test_a_large_strip_above_a_framed_text_is_a_heading_whatever_it_says() -> None:
    strip = (Box(LEFT, 95, 400, 115), Box(400, 95, 530, 115))
    heading = row(98.0, (76.0, "Something new"), (406.0, "Good"), size=14, bold=True)
    text = read([page([heading, *running(SENTENCE, top=140.0)], tables=(strip,))])
    assert [line.role for line in text.lines] == ["heading", "paragraph"]


@pytest.mark.parametrize("size", [12.0, 14.0])
def test_a_grade_in_other_type_than_the_label_beside_it_is_part_of_one_heading(size: float) -> None:
    strip = (Box(LEFT, 95, 400, 127), Box(400, 95, 530, 127))
    lines = [
        row(97.0, (76.0, "Leadership, management"), size=size),
        row(104.0, (406.0, "Inadequate"), bold=True),
        row(111.0, (76.0, "and governance"), size=size),
    ]
    text = read([page([*lines, *running(SENTENCE, top=140.0)], tables=(strip,))])
    assert fields(text, "heading", "grade") == [("Leadership, management and governance Inadequate", "inadequate")]


def test_a_small_table_of_key_judgement_and_grade_opens_its_section() -> None:
    pen = Pen()
    pen.heading("Inspection judgements about the local authority", 14)
    pen.gap(20)
    top = pen.top
    pen.line((76.0, "Key judgement"), (320.0, "Judgement grade"), bold=True)
    pen.line((76.0, "Leadership, management"), (320.0, "Requires improvement"))
    pen.line((76.0, "and governance"))
    edges = ((top - 3, top + 13), (top + 13, pen.top + 3))
    pen.tables[1] = (tuple(Box(x0, upper, x1, lower) for upper, lower in edges for x0, x1 in ((70, 314), (314, 530))),)
    for heading in ("Summary", "Inspection findings"):
        pen.heading(heading, 12)
        pen.text(f"{SENTENCE} {SENTENCE}")
    pen.heading("Information about this inspection", 12)
    pen.text(SENTENCE)
    text = read(pen.pages())
    assert fields(text, "heading", "judgement_code", "grade") == [
        ("Inspection judgements about the local authority", None, None),
        ("Leadership, management and governance Requires improvement", "leaders", "requires_improvement"),
        ("Summary", "leaders", None),
        ("Inspection findings", "leaders", None),
        ("Information about this inspection", None, None),
    ]
    assert [line.role for line in text.lines][1:4] == ["table", "heading", "heading"]


@pytest.mark.parametrize(
    "opening",
    [
        "Section 2: The effectiveness of the Local Safeguarding Children Board", "The LSCB",
        "The Local Safeguarding Children Board (LSCB)", "Inspection judgement about the LSCB",
    ],
)  # fmt: skip
def test_the_part_of_the_board_is_kept_apart(opening: str) -> None:
    text = report(("The local authority", 18), ("Recommendations", 14), (opening, 18), ("Recommendations", 14))
    assert fields(text, "part") == [("authority",), ("authority",), ("lscb",), ("lscb",)]


def test_a_small_heading_that_tells_the_board_what_to_improve_opens_its_part() -> None:
    text = report(
        ("The local authority", 20), ("Summary", 18), ("Inspection findings", 14),
        ("What does the LSCB need to improve?", 12),
    )  # fmt: skip
    assert fields(text, "part")[-1] == ("lscb",)


def test_a_small_verdict_on_the_board_opens_its_part_behind_the_cover_alone() -> None:
    pen = Pen()
    for heading, size in (
        ("The Local Safeguarding Children Board is good", 12),
        ("Summary", 20),
        ("Recommendations", 14),
    ):
        pen.heading(heading, size)
        pen.text(SENTENCE)
    pen.turn_over()
    pen.turn_over()
    pen.heading("The Local Safeguarding Children Board is good", 12)
    pen.text(SENTENCE)
    assert fields(read(pen.pages()), "part") == [("authority",), ("authority",), ("authority",), ("lscb",)]


def test_annexes_end_the_part_of_the_board_and_report_on_nothing() -> None:
    text = report(
        ("The Local Safeguarding Children Board is good", 18),
        ("Executive summary", 14),
        ("What the LSCB inspection judgements mean", 14),
        ("The LSCB", 12),
        ("Information about this inspection", 18),
        ("The inspection team", 14),
    )
    assert fields(text, "part", "judgement_code") == [("lscb", "lscb")] * 2 + [("annex", None)] * 4


def test_an_annex_ends_at_a_known_heading_even_a_smaller_one() -> None:
    text = report(("Information about this inspection", 16), ("Children living in this area", 14))
    assert fields(text, "part") == [("annex",), ("authority",)]


def test_a_heading_that_no_framework_knows_is_an_issue() -> None:
    text = report(("Inspection findings", 14), ("The weather in this area", 14))
    found = [(issue.severity, issue.code, issue.excerpt) for issue in text.issues]
    assert [one for one in found if one[1] != "no_numbered_paragraphs"] == [
        ("info", "unknown_heading", "The weather in this area")
    ]


def test_a_bold_item_of_a_list_is_no_heading() -> None:
    pen = Pen()
    pen.heading("Recommendations")
    pen.text("1. Make plans better.", bold=True)
    pen.text("■ Make advice better.", bold=True)
    pen.text(SENTENCE)
    text = read(pen.pages())
    assert [section.heading for section in text.sections] == ["Recommendations"]
    assert [one.kind for one in text.paragraphs] == ["recommendation", "bullet", "unnumbered"]


def test_a_long_bold_paragraph_is_no_heading() -> None:
    pen = Pen()
    pen.text(" ".join([SENTENCE] * 4), bold=True)
    pen.text(SENTENCE)
    assert read(pen.pages()).sections == ()


def test_a_slanted_sentence_is_no_heading_but_a_slanted_theme_is() -> None:
    pen = Pen()
    pen.heading("Inspection findings")
    pen.text("Quality of practice", italic=True)
    pen.text(SENTENCE)
    pen.text("This sentence is only stressed.", italic=True)
    text = read(pen.pages())
    assert [section.heading for section in text.sections] == ["Inspection findings", "Quality of practice"]


def test_a_heading_ends_the_paragraph_before_it() -> None:
    lines = [
        *running("Children are seen and"),
        row(140.0, (LEFT, "Summary"), size=14, bold=True),
        *running("they are heard.", top=170.0),
    ]
    text = read([page(lines)])
    assert [(one.text, one.section) for one in text.paragraphs] == [
        ("Children are seen and", None),
        ("they are heard.", 1),
    ]
