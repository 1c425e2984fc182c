"""Area SEND reports (2023 on): a cover with a boxed outcome, findings, lists in ruled tables, details and the team."""

from datetime import date
from itertools import zip_longest

from pipelines.sample import grammar
from pipelines.sample.dates import print_visits
from pipelines.sample.history import Plan
from pipelines.sample.imprint import set_imprint
from pipelines.sample.ruled import PAD, Text, set_row
from pipelines.sample.sheet import LEFT, RIGHT, Page, Sheet, text_width
from pipelines.sample.visit_truth import ActivityTruth, NextStepTruth, PersonTruth
from pipelines.sample.visit_writer import VisitWriter
from pipelines.sample.world import inspectors
from pipelines.sample.writer import STAMP

TOPIC, PARTNERSHIP = "send", "the local area partnership"
MIDDLE = 297.6
BODY_EDGE = 218.0
_EVERYBODY = "for children and young people with special educational needs and/or disabilities (SEND)"
# outcome -> the sentence that states it, how good the findings are, and when the next inspection will be
OUTCOMES = {
    "typically_positive": f"What the partnership does in this sample area typically leads to positive experiences and "
    f"outcomes {_EVERYBODY}.",
    "inconsistent": f"What the partnership does in this sample area leads to inconsistent experiences and outcomes "
    f"{_EVERYBODY}.",
    "systemic_failings": f"In this sample area there are widespread and/or systemic failings {_EVERYBODY}, and they "
    "give cause for grave concern.",
}
_GRADES = {"typically_positive": "good", "inconsistent": "requires_improvement", "systemic_failings": "inadequate"}
_FULL = {
    "typically_positive": ("The next full area SEND inspection will take place within five years.", 60, False),
    "inconsistent": ("The next full area SEND inspection will be within approximately three years.", 36, True),
    "systemic_failings": ("The next full reinspection will be within approximately 3 years.", 36, True),
}
_TEAM = (
    ("Ofsted", "lead_inspector", "Ofsted HMI, lead inspector"),
    ("Ofsted", "inspector", "Ofsted HMI"),
    ("Ofsted", "inspector", "Ofsted Inspector"),
    ("CQC", "lead_inspector", "CQC lead inspector"),
    ("CQC", "inspector", "CQC inspector"),
)
_PUBLISH = (
    "Ofsted and CQC ask that the local area partnership updates and publishes its strategic plan in the light of it."
)


class _Furniture:
    """A stamp, a rule line above a running footer, and a page number in its line from the second page on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __call__(self, sheet: Sheet, page: Page, number: int) -> None:
        """Add it to a finished page."""
        regular, scale = sheet.face.regular, sheet.face.scale
        page.texts.insert(0, (RIGHT - 92, 24, regular, 8 * scale, STAMP))
        if number > 1:
            days = print_visits(self.plan.visits, self.plan.date_form)
            page.rules.append((LEFT, 788, RIGHT, 788))
            text = f"Area SEND inspection report: {self.plan.authority.name} Local Area Partnership, {days}"
            page.texts.append((LEFT + 3, 799, regular, 10 * scale, text))
            x = RIGHT - text_width(str(number), regular, 20 * scale)
            page.texts.append((x, 806, regular, 20 * scale, str(number)))


def make_area_send(plan: Plan) -> VisitWriter:
    """Set a whole report."""
    writer = VisitWriter(plan, _Furniture(plan), "partnership")
    outcome = plan.choice_of("outcome", "")
    previous, steps = _set_cover(writer)
    _set_findings(writer, _GRADES[outcome])
    if outcome == "systemic_failings":
        _set_priorities(writer)
    _set_improvements(writer)
    writer.sheet.new_page()
    partners = _set_details(writer)
    people = _set_team(writer)
    writer.sheet.new_page()
    set_imprint(writer, plan.published.year)
    writer.activity = ActivityTruth(
        inspectorates=("Ofsted", "CQC"),
        people=people,
        partners=partners,
        outcome=(outcome, OUTCOMES[outcome]),
        next_steps=steps,
        lists=tuple(writer.lists.values()),
        strengths=tuple(writer.strengths),
        previous_inspection=previous,
    )
    return writer


def _set_cover(writer: VisitWriter) -> tuple[str, tuple[NextStepTruth, ...]]:
    """The first page; gives the words for the inspection before, and what must follow this one."""
    plan, sheet = writer.plan, writer.sheet
    sheet.top = 30.0
    writer.text("Local area partnership report", size=10)
    sheet.top = 134.0
    writer.text(f"Area SEND inspection of {plan.authority.name} Local Area Partnership", bold=True, size=16)
    sheet.gap(20)
    writer.text(f"Inspection dates: {print_visits(plan.visits, plan.date_form)}")
    sheet.gap(6)
    before = date(plan.start.year - 6, 6, 4), date(plan.start.year - 6, 6, 8)
    previous = "Not previously inspected" if plan.has("not_inspected") else print_visits((before,), "short_to")
    writer.text(f"Date of previous inspection: {previous}")
    sheet.gap(16)
    steps = _set_outcome(writer)
    writer.heading("Information about the local area partnership", 12)
    council, board = _members(plan)
    writer.unnumbered(
        f"{council} and {board} plan and commission services together for children and young people with SEND in "
        f"{plan.authority.name}."
    )
    writer.paragraphs_on("leaders", _GRADES[plan.choice_of("outcome", "")], 1, words=40)
    return previous, steps


def _set_outcome(writer: VisitWriter) -> tuple[NextStepTruth, ...]:
    """The box that states the outcome and what must follow; a bad report lacks it."""
    outcome = writer.plan.choice_of("outcome", "")
    said, months, is_approximate = _FULL[outcome]
    steps = [NextStepTruth("full_inspection", months, is_approximate)]
    told = [OUTCOMES[outcome]]
    if outcome == "systemic_failings":
        told += [
            f"A monitoring inspection will be carried out within approximately 18 months. {said}",
            "HMCI requires the local area partnership to prepare and submit a priority action plan (area SEND) on what "
            "must be put right at once.",
        ]
        steps.insert(0, NextStepTruth("monitoring", 18, True))
        steps.append(NextStepTruth("priority_action_plan", responsible_body=PARTNERSHIP))
    else:
        told += [said, _PUBLISH]
        steps.append(NextStepTruth("strategic_plan", responsible_body=PARTNERSHIP))
    if writer.plan.has("no_outcome_box"):
        return ()
    edges = (LEFT, RIGHT)
    set_row(writer, edges, [[Text("Inspection outcome", bold=True, size=14)]])
    pages = set_row(writer, edges, [[Text(words) for words in told]])[0]
    for words, (first, last) in zip(told, pages, strict=True):
        writer.record("unnumbered", words, first, last=last)
    writer.sheet.gap(24)
    return tuple(steps)


def _members(plan: Plan) -> tuple[str, str]:
    """The authority and the health body of the partnership."""
    return plan.authority.council, f"NHS {plan.authority.name} and Marshes Integrated Care Board"


def _set_findings(writer: VisitWriter, grade: str) -> None:
    writer.sheet.new_page()
    writer.heading(
        "What is it like to be a child or young person with special educational needs and/or disabilities (SEND) in "
        "this area?",
        12,
    )
    writer.paragraphs_on(TOPIC, grade, 5)
    writer.heading("What is the area partnership doing that is effective?", 12)
    writer.bullet_x = LEFT + 17.9
    writer.set_list("strength", [(grammar.paragraph(writer.rng, TOPIC, "good", words=35), ()) for _ in range(6)])
    writer.heading("What does the area partnership need to do better?", 12)
    writer.bullets_of([(grammar.paragraph(writer.rng, TOPIC, "inadequate", words=35), ()) for _ in range(6)])


def _leave_room(writer: VisitWriter, points: float) -> None:
    """Move the pen down to so many points above the foot, where a report is to show a row that is torn by the page."""
    if writer.plan.has("torn_row"):
        writer.sheet.gap(max(0.0, writer.sheet.page.floor - writer.sheet.top - points))


def _set_priorities(writer: VisitWriter) -> None:
    """What must be put right at once: a table with those responsible beside each row."""
    rng = writer.plan.rng("priorities")
    edges = (LEFT, BODY_EDGE, RIGHT)
    council, board = _members(writer.plan)
    both = f"{council} and {board}"
    rows = [(both, (council, board)), (both, (council, board)), (board, (board,))]
    texts = [f"{grammar.recommendation(rng, TOPIC)} {grammar.recommendation(rng, TOPIC)}" for _ in rows]
    _leave_room(writer, 110)
    writer.heading("Areas for priority action", 12)
    set_row(writer, edges, [[Text("Responsible body", bold=True)], [Text("Areas for priority action", bold=True)]])
    for text, (printed, _) in zip(texts, rows, strict=True):
        _, [(first, last)] = set_row(writer, edges, [[Text(printed)], [Text(text)]])
        writer.record("recommendation", text, first, last=last)
    writer.sheet.gap(14)
    writer.note_items("priority_action", texts, bodies=[bodies for _, bodies in rows])


def _set_improvements(writer: VisitWriter) -> None:
    """What should improve: a table of one column, whose own title repeats the heading or is missing."""
    rng = writer.plan.rng("improvements")
    texts = [f"{grammar.recommendation(rng, TOPIC)} {grammar.recommendation(rng, TOPIC)}" for _ in range(4)]
    if not writer.lists["priority_action"].n_items:
        _leave_room(writer, 130)
    writer.heading("Areas for improvement", 12)
    edges = (LEFT, RIGHT)
    if not writer.plan.has("no_inner_title"):
        set_row(writer, edges, [[Text("Areas for improvement", bold=True)]])
    for text in texts:
        [[(first, last)]] = set_row(writer, edges, [[Text(text)]])
        writer.record("recommendation", text, first, last=last)
    writer.note_items("area_for_improvement", texts)


def _set_details(writer: VisitWriter) -> tuple[tuple[str, str], ...]:
    """The table of the partnership's members; gives each with what it is."""
    writer.heading("Local area partnership details", 12)
    members = _members(writer.plan)
    names = inspectors(writer.plan.rng("members"), 2)
    edges = (LEFT, MIDDLE, RIGHT)
    headers = [[Text("Local Authority", bold=True)], [Text("Integrated Care Board", bold=True)]]
    set_row(writer, edges, headers)
    rows = (
        members,
        (f"{names[0]}, Director of Children’s Services", f"{names[1]}, Chief Executive"),
        ("www.council.example.invalid", "www.board.example.invalid"),
        ("1 Market Square NW1 1NW", "2 Market Square NW1 2NW"),
    )
    for left, right in rows:
        set_row(writer, edges, [[Text(left)], [Text(right)]])
    writer.sheet.gap(30)
    return ((members[0], "authority"), (members[1], "health"))


def _set_team(writer: VisitWriter) -> tuple[PersonTruth, ...]:
    """Information about the inspection and its team, in two columns without rule lines."""
    plan, sheet = writer.plan, writer.sheet
    writer.heading("Information about this inspection", 12)
    for text in (
        "This invented inspection stands for those that are made under section 20 of the Children Act 2004.",
        "Inspectors of both inspectorates came together, read the same files and agreed on what they had seen.",
    ):
        writer.text(text)
        sheet.gap(12)
    sheet.gap(10)
    writer.heading("Inspection team", 12)
    names = inspectors(plan.rng("team"), len(_TEAM))
    people = [
        PersonTruth(role, name, position, body) for name, (body, role, position) in zip(names, _TEAM, strict=True)
    ]
    columns = [[one for one in people if one.inspectorate == body] for body in ("Ofsted", "CQC")]
    edges = (LEFT - PAD, MIDDLE, RIGHT)
    set_row(writer, edges, [[Text("Ofsted", bold=True)], [Text("Care Quality Commission", bold=True)]], pad=0)
    for abreast in zip_longest(*columns):
        set_row(writer, edges, [[Text(f"{one.name}, {one.position}")] if one else [] for one in abreast], pad=0)
    return tuple(people)
