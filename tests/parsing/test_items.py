"""What an authority or a board was told to improve, in the manner of every framework."""

import pytest

from pipelines.parsing.national_framework import national_framework_references
from pipelines.parsing.text import ReportText
from tests.parsing.builders import HANG, LEFT, Pen, read

SENTENCE = "Children who need help and protection receive it when they need it and their families are heard."


def told(text: ReportText) -> list[tuple[str, str, str]]:
    return [(one.kind, one.addressed_to, one.text) for one in text.recommendations]


def improving(pen: Pen, heading: str = "What needs to improve?") -> Pen:
    pen.heading("Summary", 14)
    pen.text(SENTENCE)
    pen.heading(heading, 14)
    return pen


def closing(pen: Pen, code: str = "ilacs_2023") -> ReportText:
    """The report goes on after its list, and is read."""
    pen.heading("The experiences and progress of children in care: good", 14)
    pen.marked("1.", SENTENCE)
    pen.marked("■", "No recommendation at all.")
    return read(pen.pages(), code)


def test_bullets_are_areas_for_improvement() -> None:
    pen = improving(Pen())
    pen.marked("■", "The quality of plans.")
    pen.marked(
        "■", "The oversight of practice by managers, which is too often late and sometimes does not happen at all."
    )
    text = closing(pen)
    assert told(text) == [
        ("area_for_improvement", "authority", "The quality of plans."),
        ("area_for_improvement", "authority",
         "The oversight of practice by managers, which is too often late and sometimes does not happen at all."),
    ]  # fmt: skip
    assert [one.kind for one in text.paragraphs].count("recommendation") == 2


def test_sub_bullets_belong_to_the_item_above_them() -> None:
    pen = improving(Pen())
    pen.marked("■", "The quality of:")
    pen.marked("–", "plans", x=LEFT + HANG + 16)
    pen.marked("–", "records.", x=LEFT + HANG + 16)
    pen.marked("■", "Life-story work.")
    assert [words for *_, words in told(closing(pen))] == ["The quality of: plans records.", "Life-story work."]


def test_prose_is_one_area_for_improvement() -> None:
    pen = improving(Pen())
    pen.text("Plans should say what has to change and by when, so that children do not wait.")
    assert told(closing(pen)) == [
        (
            "area_for_improvement",
            "authority",
            "Plans should say what has to change and by when, so that children do not wait.",
        )
    ]


def test_a_report_without_anything_to_improve_recommends_nothing() -> None:
    pen = Pen()
    pen.heading("Summary")
    pen.text(SENTENCE)
    assert told(closing(pen)) == []


def test_a_heading_with_nothing_under_it_recommends_nothing() -> None:
    assert told(closing(improving(Pen()))) == []


def test_a_list_over_a_page_break_loses_no_item() -> None:
    pen = improving(Pen(footer="Inspection of Marrowby"))
    for count in range(40):
        pen.marked("■", f"{SENTENCE} Item {'x' * (count + 1)}.")
    assert [words for *_, words in told(closing(pen))] == [f"{SENTENCE} Item {'x' * (n + 1)}." for n in range(40)]


def test_recommendations_share_the_sequence_of_the_paragraphs_after_them() -> None:
    pen = Pen()
    pen.heading("Recommendations")
    pen.marked("1.", "Make sure that plans are good.")
    pen.marked("2.", "Make sure that advice is good, including:")
    pen.marked("■", "for care leavers", x=LEFT + HANG)
    pen.heading("Summary for children and young people")
    pen.marked("■", "Your services are good.")
    pen.heading("Inspection findings")
    pen.marked("3.", SENTENCE)
    text = read(pen.pages())
    assert told(text) == [
        ("recommendation", "authority", "Make sure that plans are good."),
        ("recommendation", "authority", "Make sure that advice is good, including: for care leavers"),
    ]
    assert [(one.paragraph_number, one.kind) for one in text.paragraphs if one.paragraph_number] == [
        (1, "recommendation"), (2, "recommendation"), (3, "numbered"),
    ]  # fmt: skip


def test_early_reports_part_priority_and_immediate_action_from_areas_for_improvement() -> None:
    pen = Pen()
    pen.heading("What does the local authority need to improve?", 14)
    pen.heading("Priority and immediate action", 12)
    pen.marked("1.", "See every child now.")
    pen.heading("Areas for improvement", 12)
    pen.marked("2.", "Make plans better.")
    pen.marked("3.", "Make advice better.")
    pen.heading("Inspection findings", 14)
    pen.marked("4.", SENTENCE)
    assert told(read(pen.pages())) == [
        ("priority_action", "authority", "See every child now."),
        ("area_for_improvement", "authority", "Make plans better."),
        ("area_for_improvement", "authority", "Make advice better."),
    ]


def test_themes_under_the_heading_are_part_of_the_list() -> None:
    pen = Pen()
    pen.heading("Areas for improvement", 14)
    pen.heading("The quality of plans", 12)
    pen.marked("1.", "Make plans better.")
    pen.heading("The quality of advice", 12)
    pen.marked("2.", "Make advice better.")
    pen.heading("Key strengths and weaknesses of the LSCB", 12)
    pen.marked("3.", SENTENCE)
    assert [words for *_, words in told(read(pen.pages()))] == ["Make plans better.", "Make advice better."]


def test_what_the_board_is_told_is_addressed_to_it() -> None:
    pen = Pen()
    for owner in ("The local authority", "The Local Safeguarding Children Board (LSCB)"):
        pen.heading(owner, 18)
        pen.heading("Recommendations", 14)
        pen.marked("1." if "authority" in owner else "2.", f"Make plans better. {SENTENCE}")
    assert [one.addressed_to for one in read(pen.pages()).recommendations] == ["authority", "lscb"]


def test_numbers_that_only_introduce_bullets_are_no_items() -> None:
    pen = Pen()
    pen.heading("Areas for improvement", 14)
    pen.marked("1.", "The local authority should take the following action. Immediately:")
    for item in ("See every child.", "Make plans."):
        pen.marked("■", item, x=LEFT + HANG)
    pen.marked("2.", "The local authority should take the following action. Within three months:")
    for item in ("Make advice better.", "Visit more."):
        pen.marked("■", item, x=LEFT + HANG)
    assert told(read(pen.pages(), "tlac")) == [
        ("priority_action", "authority", "See every child."),
        ("priority_action", "authority", "Make plans."),
        ("area_for_improvement", "authority", "Make advice better."),
        ("area_for_improvement", "authority", "Visit more."),
    ]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Plans. (outcome 4, national framework)", ("outcome 4",)),
        ("Plans. (Outcome four, National Framework)", ("outcome 4",)),
        ("Plans. (national framework enabler two)", ("enabler 2",)),
        ("Plans. (National Framework, enabler: 2)", ("enabler 2",)),
        ("Plans. (principle 2, national framework)", ("principle 2",)),
        ("Plans (national framework outcome 1).", ("outcome 1",)),
        ("Plans. (outcomes 1 and 3, national framework)", ("outcome 1", "outcome 3")),
        ("Plans. (outcomes one, two & three)", ("outcome 1", "outcome 2", "outcome 3")),
        ("Plans. (outcome 2 and enabler 1, national framework)", ("outcome 2", "enabler 1")),
        ("Plans. (enabler: multi-agency working is prioritised and effective, national framework)", ("enabler 1",)),
        ("Plans. (outcome: children in care and care leavers have stable, loving homes)", ("outcome 4",)),
        ("Plans. (outcome 4, national framework) Staff. (outcome 4, national framework)", ("outcome 4",)),
        ("Plans. (outcome 4, children’s social care national framework)", ("outcome 4",)),
        ("Plans. [outcome 4, national framework]", ("outcome 4",)),
        ("Plans. [Enabler 2]", ("enabler 2",)),
        ("Plans – national framework outcome 4", ("outcome 4",)),
        ("Plans. (outcome 4, national framework", ("outcome 4",)),
        ("The outcome 4 of a plan.", ()),
        ("Plans for children (aged 4) and their outcomes.", ()),
    ],
)
def test_references_to_the_national_framework_in_every_spelling(written: str, codes: tuple[str, ...]) -> None:
    assert national_framework_references(written) == codes


def test_a_reference_that_breaks_over_lines_is_read() -> None:
    pen = improving(Pen())
    pen.marked("■", f"{SENTENCE} And so on here. (outcome 4, national framework)")
    text = closing(pen, "ilacs_2026")
    lines = [line.text for page in pen.sheets for line in page]
    assert not any("(outcome 4, national framework)" in line for line in lines)
    assert text.recommendations[0].national_framework_refs == ("outcome 4",)


def test_a_theme_may_be_called_as_a_judgement_is() -> None:
    pen = Pen()
    pen.heading("What does the local authority need to improve?", 14)
    pen.heading("Leadership, management and governance", 12)
    pen.marked("1.", "Make plans better.")
    pen.heading("Adoption", 12)
    pen.marked("2.", "Make advice better.")
    pen.heading("The local authority’s strengths", 14)
    pen.marked("3.", SENTENCE)
    assert [words for *_, words in told(read(pen.pages()))] == ["Make plans better.", "Make advice better."]


NONE = (
    "There are no priority or immediate actions.",
    "The inspection did not find any areas for priority and immediate action.",
    "Inspectors found no areas that need priority action.",
    "Areas for priority action were not identified at this inspection.",
    "The review has not led to the identification of any areas for priority action.",
    "None identified.",
)
SOME = (
    "There is no effective oversight of improvement plans.",
    "Ensure that no child waits for priority actions.",
    "Not all recommendations of the last inspection have been acted on.",
    "The response to children in care, so that no area is left out.",
)


@pytest.mark.parametrize("mark", ["1.", "■", ""])
@pytest.mark.parametrize(("sentence", "is_item"), [*((one, False) for one in NONE), *((one, True) for one in SOME)])
def test_a_sentence_that_there_is_nothing_to_do_is_no_item(mark: str, sentence: str, is_item: bool) -> None:
    pen = Pen()
    pen.heading("Priority and immediate action", 14)
    if mark:
        pen.marked(mark, sentence)
    else:
        pen.text(sentence)
    text = read(pen.pages())
    assert [words for *_, words in told(text)] == [sentence] * is_item
    assert [one.kind == "recommendation" for one in text.paragraphs] == [is_item]


def test_a_numbered_item_that_introduces_bullets_keeps_them_where_others_are_items() -> None:
    pen = Pen()
    pen.heading("Priority and immediate action", 14)
    pen.heading("Leadership, management and governance", 12)
    pen.marked("1.", "Implement the following points of the previous inspection:")
    for item in ("See every child.", "Make plans."):
        pen.marked("■", item, x=LEFT + HANG)
    pen.heading("Quality of practice", 12)
    pen.marked("2.", "Prevent drift and delay.")
    assert [words for *_, words in told(read(pen.pages()))] == [
        "Implement the following points of the previous inspection: See every child. Make plans.",
        "Prevent drift and delay.",
    ]


def test_sub_items_with_roman_numbers_belong_to_their_item() -> None:
    pen = Pen()
    pen.heading("Recommendations", 14)
    pen.marked("1.", "Improve plans, so that:")
    for sign in ("(i)", "(ii)"):
        pen.text(f"{sign} children are heard;", x=LEFT + HANG)
    pen.marked("2.", "Prevent delay.")
    assert [words for *_, words in told(read(pen.pages()))] == [
        "Improve plans, so that: (i) children are heard; (ii) children are heard;",
        "Prevent delay.",
    ]
