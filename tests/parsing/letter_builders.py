"""Letters and area SEND reports made by hand, with as little to say in a test as can be."""

from collections.abc import Sequence

from pipelines.reading.lines import Box, ReadReport
from tests.parsing.builders import LEFT, Pen, wrap

OPENING = (
    "This letter summarises the findings of the focused visit to Marrowby children’s services on 5 and 6 October 2021."
    " Her Majesty’s Inspectors for this visit were Ann Lee and Bo Ek.",
    "Inspectors looked at the local authority’s arrangements for care leavers.",
)
SECTIONS = (
    ("Headline findings", ("Most care leavers live in homes that suit them.",)),
    (
        "What needs to improve in this area of social work practice?",
        ("■ The quality of plans.", "■ The pace of visits."),
    ),
    ("Main findings", ("Personal advisers know their care leavers well and meet them often.",)),
)
SIGNED = ("Yours sincerely", "Ann Lee", "Her Majesty’s Inspector")
JOINT_OPENING = (
    "Between 16 and 20 October 2017, Ofsted, the Care Quality Commission (CQC), HMI Constabulary (HMICFRS) and HMI"
    " Probation (HMI Prob) undertook a joint inspection of the multi-agency response to abuse and neglect in Marrowby.",
    "This inspection included a ‘deep dive’ focus on the response to children living with domestic abuse.",
)


def letter(
    *,
    date: str = "9 November 2021",
    head: Sequence[str] = ("Cy Dow", "Director of Children’s Services", "Marrowby Council"),
    title: str = "Focused visit to Marrowby children’s services",
    opening: Sequence[str] = OPENING,
    sections: Sequence[tuple[str, Sequence[str]]] = SECTIONS,
    signed: Sequence[str] = SIGNED,
    greeting: str = "Dear Cy",
) -> ReadReport:
    """A letter: a text that begins with a square or a dash is an item, a dash one of a list within an item."""
    pen = Pen()
    for line in ("Ofsted", "Piccadilly Gate", "Manchester"):
        pen.line((LEFT, line), size=9.0)
    if date:
        pen.text(date)
    pen.gap()
    for line in head:
        pen.line((LEFT, line))
    pen.text(greeting)
    pen.heading(title, size=12.0)
    for paragraph in opening:
        pen.text(paragraph)
    for heading, texts in sections:
        pen.heading(heading, size=12.0)
        for text in texts:
            mark, rest = text[:2], text[2:]
            if mark == "■ ":
                pen.marked("■", rest)
            elif mark == "– ":
                pen.marked("–", rest, x=LEFT + 28)
            else:
                pen.text(text)
    for line in signed:
        pen.text(line)
    return ReadReport("ab" * 32, "hand", "1", pen.pages())


def joint_letter(*, sections: Sequence[tuple[str, Sequence[str]]], **others: object) -> ReadReport:
    """A letter of a joint targeted area inspection of 2016 to 2020."""
    given: dict[str, object] = {
        "date": "1 December 2017",
        "head": (
            "Cy Dow, Director of Children’s Services, Marrowby Council",
            "Di Eve, Chief Constable of Marrowby Police",
        ),
        "title": "Joint targeted area inspection of the multi-agency response to abuse and neglect in Marrowby",
        "opening": JOINT_OPENING,
        "greeting": "Dear local partnership",
        "signed": ("Yours sincerely", "Flo Gray", "National Director, Social Care"),
    }
    return letter(sections=sections, **(given | others))  # type: ignore[arg-type]


SEND_OUTCOME = (
    "The local area partnership’s arrangements lead to inconsistent experiences and outcomes for children and young"
    " people with special educational needs and/or disabilities (SEND).",
    "The next full area SEND inspection will be within approximately 3 years.",
)


def send_report(
    *,
    dates: str = "Inspection dates: 12 to 16 February 2024",
    outcome: Sequence[str] = SEND_OUTCOME,
    actions: Sequence[tuple[str, str]] = (),
    improvements: Sequence[str] = ("Leaders should act.", "Leaders should plan."),
    foot: float = 750.0,
) -> ReadReport:
    """An area SEND report whose lists stand in ruled tables; a row goes on overleaf below `foot`."""
    pen = Pen(footer="Inspection report: Marrowby Local Area Partnership")
    pen.text("Area SEND inspection of Marrowby Local Area Partnership", size=24.0)
    pen.text(dates)
    pen.text("Dates of previous inspection: Not previously inspected")
    if outcome:
        pen.heading("Inspection outcome")
    for text in outcome:
        pen.text(text)
    pen.heading("What is the area partnership doing that is effective?")
    pen.marked("■", "Leaders work well together.")
    if actions:
        pen.heading("Areas for priority action")
        _table(pen, actions, foot)
    pen.heading("Areas for improvement")
    _table(pen, [("", text) for text in improvements], foot)
    pen.heading("Inspection team")
    pen.line((LEFT, "Ofsted"), (300.0, "Care Quality Commission"), bold=True)
    pen.line((LEFT, "Ann Lee, Ofsted HMI lead inspector"), (300.0, "Bo Ek, CQC lead inspector"))
    return ReadReport("ab" * 32, "hand", "1", pen.pages())


def _table(pen: Pen, rows: Sequence[tuple[str, str]], foot: float) -> None:
    """A ruled table, a row below the other; bodies stand in a column of their own."""
    column = 220.0 if any(body for body, _ in rows) else LEFT
    cells: list[Box] = []
    for body, text in rows:
        top = pen.top
        for count, piece in enumerate(wrap(text, 536.0 - column)):
            if pen.top > foot:
                cells += _cells(top, pen.top, column)
                pen.tables[len(pen.sheets)] = (*pen.tables.get(len(pen.sheets), ()), tuple(cells))
                pen.turn_over()
                cells, top = [], pen.top
            beside = [(LEFT + 4, body)] if body and count == 0 else []
            pen.line(*beside, (column + 4, piece))
        cells += _cells(top, pen.top, column)
    pen.tables[len(pen.sheets)] = (*pen.tables.get(len(pen.sheets), ()), tuple(cells))


def _cells(top: float, bottom: float, column: float) -> list[Box]:
    beside = [Box(LEFT, top - 1, column, bottom - 1)] if column > LEFT else []
    return [*beside, Box(column, top - 1, 540.0, bottom - 1)]
