"""Letters of joint targeted area inspections: those of 2016 to 2020, and those from 2022 on."""

from datetime import timedelta

from pipelines.sample import grammar
from pipelines.sample.dates import long_date, print_visits
from pipelines.sample.history import Plan
from pipelines.sample.ruled import Text, set_row
from pipelines.sample.sheet import LEFT, RIGHT
from pipelines.sample.visit_truth import ActivityTruth, NextStepTruth, PersonTruth
from pipelines.sample.visit_writer import FLOOR, Item, LetterFurniture, VisitWriter, improvements, letter_date
from pipelines.sample.world import inspectors

TOPIC = "partnership"
THEMES = {
    "neglect": "children living with neglect",
    "mental_health": "children living with mental ill health",
    "initial_need_and_risk": "the identification of initial need and risk",
    "domestic_abuse": "children who are victims of domestic abuse",
}
EARLY_BODY = "The director of children’s services"
NOTE = "This invented inspection is set as those that were made under section 20 of the Children Act 2004."
_EARLY_SIGNATURES = (
    ("Ofsted", "Ofsted", "National Director, Social Care"),
    ("Care Quality Commission", "CQC", "Deputy Chief Inspector"),
    ("HMI Constabulary", "HMICFRS", "Her Majesty’s Inspector of Constabulary"),
    ("HMI Probation", "HMI Probation", "Assistant Chief Inspector"),
)
_LATE_SIGNATURES = (
    ("Ofsted", ("National Director Regulation and Social Care, Ofsted",)),
    ("CQC", ("Chief Inspector of Health Care, CQC",)),
    (
        "HMICFRS",
        ("His Majesty’s Inspector of Constabulary", "His Majesty’s Inspector of Fire & Rescue Services"),
    ),
    ("HMI Probation", ("His Majesty’s Chief Inspector of Probation",)),
)


def make_jtai(plan: Plan) -> VisitWriter:
    """Set a whole letter, in the manner of its year."""
    is_early = plan.framework == "jtai_2016"
    writer = VisitWriter(plan, LetterFurniture(*((1, 9) if is_early else (2, 12))), TOPIC, 752.0 if is_early else FLOOR)
    (_early if is_early else _late)(writer)
    step = _set_next_steps(writer, EARLY_BODY if is_early else plan.authority.council, is_early)
    people = (_sign_in_columns if is_early else _sign_in_rows)(writer)
    code = plan.choice_of("theme", "")
    everybody = ("Ofsted", "CQC", "HMICFRS", "HMI Probation")
    writer.activity = ActivityTruth(
        letter_date=letter_date(plan)[1],
        theme_code=code,
        theme=THEMES[code],
        inspectorates=everybody if is_early or plan.has("probation") else everybody[:3],
        people=people,
        partners=tuple((body, kind) for _, body, kind in _addressees(plan)),
        next_steps=(step,),
        lists=tuple(writer.lists.values()),
        strengths=tuple(writer.strengths),
        issues=("year_from_letter_date",) if plan.date_form == "no_year" else (),
    )
    return writer


def _addressees(plan: Plan) -> list[tuple[str, str, str]]:
    """Whom a letter is addressed to: the line without its name, the organisation, and what that is."""
    name, council = plan.authority.name, plan.authority.council
    if plan.framework == "jtai_2016":
        bodies = [
            ("Director of Children’s Services, {}", council, "authority"),
            ("Chief Officer, {}", f"NHS {name} Clinical Commissioning Group", "health"),
            ("{}", f"Police and Crime Commissioner for {name}", "pcc"),
            ("Chief Constable of {}", f"{name} Constabulary", "police"),
            ("Service Manager, {}", f"{name} Youth Offending Service", "youth_justice"),
            ("Chief Executive, {}", f"{plan.authority.region} Community Rehabilitation Company", "probation"),
            ("Deputy Director, {}", "National Probation Service", "probation"),
            ("Chair of {}", f"{name} Local Safeguarding Children Board", "safeguarding_partnership"),
        ]
    else:
        bodies = [
            ("Director of Children’s Services, {}", council, "authority"),
            ("Chief Executive, {}", f"NHS {name} Integrated Care Board", "health"),
            ("Chief Executive, {}", f"{name} and Marshes Hospitals NHS Foundation Trust", "health"),
            ("Chief Constable, {}", f"{name} Police", "police"),
            ("Head of {}", f"{name} Youth Justice Service", "youth_justice"),
            ("Independent Scrutineer, {}", f"{name} Safeguarding Children Partnership", "safeguarding_partnership"),
        ]
    return [(line.format(body), body, kind) for line, body, kind in bodies]


def _set_addressees(writer: VisitWriter, greeting: str, title: str) -> None:
    addressees = _addressees(writer.plan)
    names = inspectors(writer.plan.rng("addressees"), len(addressees))
    lines = [f"{name}, {line}" for name, (line, _, _) in zip(names, addressees, strict=True)]
    writer.set_head(lines, greeting, [title])


def _early(writer: VisitWriter) -> None:
    """The letter of 2016 to 2020: a summary without a heading, what is done well before what is not."""
    plan, name = writer.plan, writer.plan.authority.name
    response = f"the multi-agency response to abuse and neglect in {name}"
    _set_addressees(writer, "Dear local partnership", f"Joint targeted area inspection of {response}")
    days, theme = print_visits(plan.visits, plan.date_form), THEMES[plan.choice_of("theme", "")]
    writer.unnumbered(
        f"Between {days}, Ofsted, the Care Quality Commission (CQC), HMI Constabulary and Fire & Rescue Services "
        f"(HMICFRS) and HMI Probation (HMI Prob) carried out a joint inspection of {response}. It included a ‘deep "
        f"dive’ focus on the response to {theme}.",
        mark="1",
        note=NOTE,
    )
    writer.unnumbered(f"This letter is for all who lead services in {name}, and for those who depend on them.")
    writer.paragraphs_on(TOPIC, _grade(plan), 2)
    writer.heading("Key strengths", 12)
    writer.set_list("strength", _strengths(writer, 4))
    if plan.has("study:strength"):
        writer.set_study("Case study: highly effective practice", _study(writer, "outstanding"))
        writer.set_list("strength", _strengths(writer, 2))
    _set_priorities(writer)
    writer.heading("Areas for improvement", 12)
    for title in ("Leadership and management", "Identifying and managing risk of harm"):
        writer.heading(title, 12)
        writer.set_list("area_for_improvement", improvements(plan, writer.rng, TOPIC, 3))
        if title.startswith("Leadership"):
            _set_study_of_improvement(writer)


def _late(writer: VisitWriter) -> None:
    """The letter from 2022 on: headline findings, what to improve before what is done well, and findings in prose."""
    plan, name = writer.plan, writer.plan.authority.name
    _set_addressees(
        writer, f"Dear {name} Safeguarding Children Partnership", f"Joint targeted area inspection of {name}"
    )
    writer.unnumbered(
        "This letter summarises the findings of the joint targeted area inspection (JTAI) of the multi-agency "
        f"response to {THEMES[plan.choice_of('theme', '')]} in {name}."
    )
    days = print_visits(plan.visits, plan.date_form)
    probation = " They were joined by HMI Probation." if plan.has("probation") else ""
    writer.unnumbered(
        f"This inspection took place from {days}. Inspectors came from Ofsted, the Care Quality Commission (CQC) and "
        f"HMI Constabulary and Fire & Rescue Services (HMICFRS).{probation}"
    )
    writer.heading("Headline findings", 12)
    writer.paragraphs_on(TOPIC, _grade(plan), 2)
    _set_priorities(writer)
    writer.heading("What needs to improve?", 12)
    writer.set_list("area_for_improvement", improvements(plan, writer.rng, TOPIC, 4))
    _set_study_of_improvement(writer)
    writer.heading("Strengths", 12)
    writer.set_list("strength", _strengths(writer, 4))
    writer.heading("Main findings", 12)
    writer.paragraphs_on(TOPIC, _grade(plan), 7)


def _grade(plan: Plan) -> str:
    return plan.standing or "requires_improvement"


def _strengths(writer: VisitWriter, count: int) -> list[Item]:
    return [(grammar.paragraph(writer.rng, TOPIC, "outstanding", words=30), ()) for _ in range(count)]


def _study(writer: VisitWriter, grade: str) -> list[Text]:
    """What a boxed study tells: two paragraphs, and two bullets that are of no list around it."""
    told = [Text(grammar.paragraph(writer.rng, TOPIC, grade, words=60)) for _ in range(2)]
    bulleted = [Text(grammar.sentence(writer.rng, TOPIC, grade), has_bullet=True) for _ in range(2)]
    return [*told, *bulleted]


def _set_study_of_improvement(writer: VisitWriter) -> None:
    """A study that cuts the list of what to improve in two."""
    if writer.plan.has("study:area_for_improvement"):
        writer.set_study("Practice study: area for improvement", _study(writer, "inadequate"))
        writer.set_list("area_for_improvement", improvements(writer.plan, writer.rng, TOPIC, 2))


def _set_priorities(writer: VisitWriter) -> None:
    chosen = writer.plan.choice_of("priority", "")
    if not chosen:
        return
    writer.heading("Areas for priority action", 12)
    if chosen == "none":
        writer.set_no_list("priority_action", "There are no areas for priority action.", "none_stated", is_item=True)
        return
    items: list[Item] = [(grammar.paragraph(writer.rng, TOPIC, "inadequate", words=40), ()) for _ in range(2)]
    writer.set_list("priority_action", items)


def _set_next_steps(writer: VisitWriter, body: str, is_early: bool) -> NextStepTruth:
    """Who must answer with a written statement, and by when, if the letter says so."""
    plan = writer.plan
    writer.heading("Next steps", 12)
    who = f"{body} should" if is_early else f"We have determined that {body} is the principal authority and should"
    writer.unnumbered(
        f"{who} prepare a written statement of proposed action that answers each point of this letter. Every partner "
        "named above should have a part in it, and say which actions are its own."
    )
    due = None if plan.has("no_deadline") else plan.published + timedelta(days=98)
    when = f" by {long_date(due)}" if due else ""
    writer.unnumbered(
        f"{body} should send the written statement of action to nobody@example.invalid{when}. It will be read before "
        "any inspector comes again."
    )
    return NextStepTruth("written_statement", due_date=due, responsible_body=body)


def _sign_in_columns(writer: VisitWriter) -> tuple[PersonTruth, ...]:
    """Signatures in a ruled table of two columns; a reader takes the left one before the right one."""
    names = inspectors(writer.plan.rng("signatures"), len(_EARLY_SIGNATURES))
    middle = (LEFT + RIGHT) / 2
    writer.sheet.need(200)
    writer.text("Yours sincerely")
    writer.sheet.gap(20)
    signed = list(zip(names, _EARLY_SIGNATURES, strict=True))
    for pair in (signed[:2], signed[2:]):
        edges = (LEFT - 5, middle, RIGHT + 5)
        set_row(writer, edges, [[Text(body, bold=True)] for _, (body, _, _) in pair])
        set_row(writer, edges, [[Text(name), Text(position)] for name, (_, _, position) in pair], gap=False)
    in_columns = (*signed[::2], *signed[1::2])
    return tuple(
        PersonTruth("signatory", name, position, inspectorate) for name, (_, inspectorate, position) in in_columns
    )


def _sign_in_rows(writer: VisitWriter) -> tuple[PersonTruth, ...]:
    """Signatures in a ruled table of one column, name and position in bold."""
    signing = _LATE_SIGNATURES if writer.plan.has("probation") else _LATE_SIGNATURES[:3]
    names = inspectors(writer.plan.rng("signatures"), len(signing))
    writer.sheet.need(220)
    writer.text("Yours sincerely")
    writer.sheet.gap(20)
    for name, (_, position) in zip(names, signing, strict=True):
        set_row(writer, (LEFT, RIGHT), [[Text(words, bold=True) for words in (name, *position)]], gap=False)
    return tuple(
        PersonTruth("signatory", name, ", ".join(position), inspectorate)
        for name, (inspectorate, position) in zip(names, signing, strict=True)
    )
