"""Joint inspections: addressees, boxed studies, lists in tables over page breaks, outcomes, and what must follow."""

import datetime as dt

import pytest
from msgspec.structs import replace

from pipelines.parsing.facts import NextStep, ParsedReport
from pipelines.reading.lines import Box, ReadReport
from tests.parsing.builders import LEFT, Pen, page, parsed, rejected, row
from tests.parsing.letter_builders import SEND_OUTCOME, joint_letter, send_report

NEXT = (
    "Next steps",
    (
        "We have determined that Marrowby City Council is the principal authority and should prepare a written"
        " statement of proposed action responding to the findings outlined in this letter.",
        "Marrowby City Council should send the written statement of action to us by Friday 5 May 2018.",
    ),
)
STRENGTHS = ("Key strengths", ("■ Leaders work well together.", "■ Help comes early."))
IMPROVE = ("Areas for improvement", ("■ Strategy meetings are late.", "– and lack partners", "■ Plans are vague."))


def steps(report: ParsedReport) -> dict[str, NextStep]:
    return {step.kind: step for step in report.next_steps}


def test_a_joint_letter() -> None:
    report = parsed(joint_letter(sections=(STRENGTHS, IMPROVE, NEXT)))
    assert report.framework_code == "jtai_2016"
    assert [f"{one.start_date} {one.end_date}" for one in report.cover.visits] == ["2017-10-16 2017-10-20"]
    assert report.cover.inspectorates == ("Ofsted", "CQC", "HMICFRS", "HMI Probation")
    assert report.cover.theme is not None
    assert report.cover.theme.theme_code == "domestic_abuse"
    assert [(one.organisation_as_written, one.organisation_kind) for one in report.cover.partners] == [
        ("Marrowby Council", "authority"),
        ("Marrowby Police", "police"),
    ]
    assert [(one.role, one.name, one.inspectorate) for one in report.cover.people] == [
        ("signatory", "Flo Gray", "Ofsted")
    ]
    assert [one.text for one in report.strengths] == ["Leaders work well together.", "Help comes early."]
    assert [one.text for one in report.recommendations] == [
        "Strategy meetings are late. and lack partners",
        "Plans are vague.",
    ]
    statement = steps(report)["written_statement"]
    assert (statement.responsible_body, statement.due_date) == ("Marrowby City Council", dt.date(2018, 5, 5))


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("The director of children’s services should prepare", "The director of children’s services"),
        ("We have determined that the MSCP chair is the principal authority and should prepare", "the MSCP chair"),
        ("One Moor Board is the principal authority and should prepare", "One Moor Board"),
    ],
)
def test_who_must_answer_and_once_there_is_no_deadline(said: str, body: str) -> None:
    sections = IMPROVE, ("Next steps", (f"{said} a written statement of action.",))
    step = steps(parsed(joint_letter(sections=sections)))["written_statement"]
    assert (step.responsible_body, step.due_date) == (body, None)


@pytest.mark.parametrize(
    ("by", "due"),
    [
        ("by Friday 5 May 2018", dt.date(2018, 5, 5)),
        ("by close of business on 5 May 2018", dt.date(2018, 5, 5)),
        ("by 12 noon on 5 May 2018", dt.date(2018, 5, 5)),
        ("by 5 May", dt.date(2018, 5, 5)),
        ("in May 2018", None),
        ("by 5 May 2017", dt.date(2017, 5, 5)),
        ("by 5 May 2018, and will say what is done by 1 July 2018", dt.date(2018, 5, 5)),
    ],
)
@pytest.mark.parametrize("heading", ["Next steps", "What happens next", "Next steps for the partnership"])
def test_by_when_they_must_answer(by: str, due: dt.date | None, heading: str) -> None:
    sent = f"Marrowby City Council should send the written statement of action to us {by}."
    report = parsed(joint_letter(sections=(STRENGTHS, (heading, (sent,)))))
    assert steps(report)["written_statement"].due_date == due
    is_told = any(issue.code == "deadline_not_understood" for issue in report.issues)
    assert is_told == (due is None or due < dt.date(2017, 12, 1))


def test_what_a_joint_letter_does_not_tell_is_told() -> None:
    report = parsed(joint_letter(sections=(STRENGTHS, IMPROVE), head=("To whom it may concern",)))
    gaps = {(issue.code, issue.excerpt) for issue in report.issues}
    assert {("no_next_step", ""), ("no_partners", ""), ("no_signatory", "CQC")} <= gaps
    assert ("no_signatory", "Ofsted") not in gaps


def test_sub_headings_of_a_list_are_none_of_its_items() -> None:
    parts = (
        ("Areas for priority actions", ()),
        ("Leadership", ("■ Oversight is weak.",)),
        ("Areas for improvement", ()),
        ("Responses to children missing", ("■ Interviews are late.", "■ Records are poor.")),
        STRENGTHS,
    )
    report = parsed(joint_letter(sections=(*parts, NEXT)))
    assert [(one.kind, one.text) for one in report.recommendations] == [
        ("priority_action", "Oversight is weak."),
        ("area_for_improvement", "Interviews are late."),
        ("area_for_improvement", "Records are poor."),
    ]


def boxed(letter: ReadReport, first: str, behind: str, right: float = 540.0) -> ParsedReport:
    """What a letter says with a box from one line on the cover, to above another that is taken out."""
    cover = letter.pages[0]
    top, end = (next(line for line in cover.lines if line.text.startswith(text)) for text in (first, behind))
    lines = tuple(line for line in cover.lines if line is not end)
    page = replace(cover, lines=lines, frames=(Box(LEFT - 8, top.top - 4, right, end.top - 2),))
    return parsed(replace(letter, pages=(page, *letter.pages[1:])))


STUDY = ("Case study: highly effective practice", ("Ada was kept safe.", "■ She was seen alone."))


def test_a_boxed_study_cuts_a_list_and_its_own_bullets_are_none_of_it() -> None:
    after = ("■ Audits are regular.",)
    report = boxed(joint_letter(sections=(STRENGTHS, STUDY, ("unheaded", after), NEXT)), "Case study", "unheaded")
    assert [one.text for one in report.strengths] == [
        "Leaders work well together.",
        "Help comes early.",
        "Audits are regular.",
    ]


def test_a_boxed_study_ends_no_list_whose_next_part_has_a_heading() -> None:
    parts = ("Areas for improvement", ()), ("Leadership", ("■ Oversight is weak.",))
    rest = ("unheaded", ()), ("Responses to risk", ("■ Plans are vague.",))
    report = boxed(joint_letter(sections=(*parts, STUDY, *rest, NEXT)), "Case study", "unheaded")
    assert [one.text for one in report.recommendations] == ["Oversight is weak.", "Plans are vague."]
    assert "list_again" not in {issue.code for issue in report.issues}


def test_bullets_below_a_study_without_a_box_may_be_those_of_the_list_before() -> None:
    study = ("Case study: practice", ("Ada was seen by all who knew her.", "■ Audits are regular."))
    report = parsed(joint_letter(sections=(STRENGTHS, study, NEXT)))
    assert [issue.excerpt for issue in report.issues if issue.code == "list_may_go_on"] == ["Audits are regular."]


def test_text_of_a_table_that_stands_in_no_row_is_told() -> None:
    report = send_report(improvements=("Leaders should act.", "Leaders should plan."))
    without = tuple(replace(page, tables=tuple(table[:1] for table in page.tables)) for page in report.pages)
    told = parsed(replace(report, pages=without)).issues
    assert [issue.excerpt for issue in told if issue.code == "text_beside_rows"] == ["Leaders should plan."]


def test_a_list_without_its_table_is_told() -> None:
    report = send_report()
    bare = tuple(replace(page, tables=()) for page in report.pages)
    assert "list_without_rows" in {issue.code for issue in parsed(replace(report, pages=bare)).issues}
    assert "list_without_rows" not in {issue.code for issue in parsed(report).issues}


def test_the_title_of_a_table_in_plain_type_is_no_item() -> None:
    report = send_report(actions=(("NHS Moor ICB", LONG),))
    plain = tuple(
        replace(page, lines=tuple(replace(line, is_bold=False) for line in page.lines)) for page in report.pages
    )
    told = [parsed(one).recommendations for one in (report, replace(report, pages=plain))]
    assert told[0] == told[1]


def test_a_sentence_that_fills_a_line_of_a_narrow_box_ends_no_paragraph() -> None:
    sentences = (
        "Ada was seen by everybody who knew her well enough.",
        "Each partner then told the others what it saw.",
    )
    report = joint_letter(sections=(STRENGTHS, ("Case study: practice", ("*", "+")), ("unheaded", ()), NEXT))
    cover = report.pages[0]
    told = dict(zip("*+", sentences, strict=True))
    above = next(line for line in cover.lines if line.text == "*")
    tops = {"*": above.top, "+": above.top + 14.4}
    lines = tuple(row(tops[line.text], (LEFT, told[line.text])) if line.text in told else line for line in cover.lines)
    numbered = page(lines, cover.page_number)
    study = boxed(replace(report, pages=(numbered, *report.pages[1:])), "Case study", "unheaded", right=400.0)
    assert " ".join(sentences) in [one.text for one in study.paragraphs]


def test_an_office_that_is_held_for_a_place_is_told_whole() -> None:
    head = ("Cy Dow, Police and Crime Commissioner for Moorshire", "Di Eve, Chair of Moorshire LSCB")
    partners = parsed(joint_letter(sections=(STRENGTHS,), head=head)).cover.partners
    assert [(one.organisation_as_written, one.organisation_kind) for one in partners] == [
        ("Police and Crime Commissioner for Moorshire", "pcc"),
        ("Moorshire LSCB", "safeguarding_partnership"),
    ]


def test_a_joint_letter_says_that_there_is_no_priority_action() -> None:
    none = ("Areas for priority action", ("■ There are no areas for priority action.",))
    report = parsed(joint_letter(sections=(STRENGTHS, none, IMPROVE, NEXT)))
    assert {one.list: one.status for one in report.lists}["priority_action"] == "none_stated"
    assert {one.kind for one in report.recommendations} == {"area_for_improvement"}


def test_an_area_send_report() -> None:
    report = parsed(send_report())
    assert report.framework_code == "area_send_2023"
    assert report.outcome is not None
    assert (report.outcome.outcome_code, report.outcome.page_number) == ("inconsistent", 1)
    assert report.outcome.box.top > 150
    assert steps(report)["full_inspection"].months == 36
    assert steps(report)["full_inspection"].is_approximate
    assert [one.text for one in report.recommendations] == ["Leaders should act.", "Leaders should plan."]
    assert [(one.role, one.name, one.inspectorate) for one in report.cover.people] == [
        ("lead_inspector", "Ann Lee", "Ofsted"),
        ("lead_inspector", "Bo Ek", "CQC"),
    ]
    assert report.cover.previous_inspection_as_written == "Not previously inspected"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The arrangements typically lead to positive experiences and outcomes.", "typically_positive"),
        ("There are widespread and/or systemic failings leading to significant concerns.", "systemic_failings"),
        ("There are widespread or systemic failings leading to concerns.", "systemic_failings"),
        ("Arrangements lead to inconsistent experiences and outcomes.", "inconsistent"),
    ],
)
def test_outcomes_in_their_wordings(words: str, outcome: str) -> None:
    found = parsed(send_report(outcome=(words,))).outcome
    assert found is not None
    assert found.outcome_code == outcome


@pytest.mark.parametrize(
    "outcome",
    [
        (),
        ("The partnership was inspected.",),
        (*SEND_OUTCOME, "There are systemic failings."),
        ("The arrangements do not typically lead to positive experiences and outcomes.",),
        ("The arrangements do not yet lead to typically positive experiences and outcomes.",),
    ],
)
def test_a_report_without_an_outcome_that_can_be_told_is_set_aside(outcome: tuple[str, ...]) -> None:
    assert rejected(send_report(outcome=outcome)).reason == "unreadable_outcome"


@pytest.mark.parametrize(
    ("sentence", "kind", "months", "is_approximate"),
    [
        ("The next full reinspection will be within approximately three years.", "full_inspection", 36, True),
        ("The next full area SEND inspection will take place within five years.", "full_inspection", 60, False),
        ("A monitoring inspection will be carried out within approximately 18 months.", "monitoring", 18, True),
    ],
)
def test_when_the_next_inspection_is(sentence: str, kind: str, months: int, *, is_approximate: bool) -> None:
    step = steps(parsed(send_report(outcome=(SEND_OUTCOME[0], sentence))))[kind]
    assert (step.months, step.is_approximate) == (months, is_approximate)


LONG = "Leaders should improve how they share what they know of children so that each partner acts in time and well."


def test_rows_of_a_table_go_on_overleaf_or_begin_there() -> None:
    for foot in range(200, 760, 15):
        report = parsed(send_report(improvements=(LONG, LONG, LONG), foot=float(foot)))
        assert [one.text for one in report.recommendations] == [LONG] * 3, foot


def test_those_responsible_stand_beside_a_row() -> None:
    actions = (("Marrowby Council and NHS Moor ICB", LONG), ("NHS Moor ICB", LONG))
    for foot in range(200, 760, 15):
        report = parsed(send_report(actions=actions, foot=float(foot)))
        found = [one for one in report.recommendations if one.kind == "priority_action"]
        assert [(one.text, one.responsible_bodies) for one in found] == [
            (LONG, ("Marrowby Council", "NHS Moor ICB")),
            (LONG, ("NHS Moor ICB",)),
        ], foot


@pytest.mark.parametrize(
    "written",
    [
        "Moor Council and NHS Fen ICB",
        "Moor Council & NHS Fen ICB",
        "Moor Council / NHS Fen ICB",
        "Moor Council; NHS Fen ICB",
    ],
)
def test_those_responsible_however_they_are_joined(written: str) -> None:
    report = parsed(send_report(actions=((written, LONG),)))
    assert report.recommendations[0].responsible_bodies == ("Moor Council", "NHS Fen ICB")


def test_a_joint_report_with_a_cover_may_tell_its_days_in_a_sentence() -> None:
    pen = Pen(footer="Inspection of progress")
    pen.text(
        "Inspection of progress made in the provision of safeguarding services in the Borough of Marrowby", size=24.0
    )
    pen.turn_over()
    pen.heading("Introduction")
    pen.text("The last review was published on 1 December 2008. This inspection took place from 15 to 26 June 2009.")
    pen.heading("Recommendations")
    pen.marked("■", "The authority should keep its pace.")
    report = parsed(ReadReport("ab" * 32, "hand", "1", pen.pages()))
    assert (report.framework_code, report.cover.authority_as_written) == ("joint_area_review", "Borough of Marrowby")
    assert [f"{one.start_date} {one.end_date}" for one in report.cover.visits] == ["2009-06-15 2009-06-26"]
    assert [one.text for one in report.recommendations] == ["The authority should keep its pace."]
