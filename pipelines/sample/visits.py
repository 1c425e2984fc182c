"""Letters of focused and monitoring visits: what was looked at, what must improve, findings in bullets or in prose."""

from datetime import date

from pipelines.sample import grammar
from pipelines.sample.dates import print_visits
from pipelines.sample.history import INADEQUATE, MONITORING, Plan
from pipelines.sample.visit_truth import ActivityTruth, PersonTruth
from pipelines.sample.visit_writer import Item, LetterFurniture, VisitWriter, improvements, letter_date
from pipelines.sample.world import inspectors

# From 2021 letters are set in prose, before that findings stand in bullets.
NEW_STYLE = date(2021, 1, 1)
# What is looked at, in the words of a letter, and what the findings are then about.
THEMES: dict[str, tuple[str, str]] = {
    "front_door": ("the front door, where contacts and referrals come in", "help_and_protection"),
    "in_need_or_plan": ("children in need and children subject to a child protection plan", "help_and_protection"),
    "care_leavers": ("care leavers, from the age of 17 on", "care_leavers"),
    "permanence": ("achieving permanence without delay", "adoption"),
    "in_care": ("children in care, near home and far from it", "care"),
    "vulnerable_adolescents": ("vulnerable adolescents, inside the family and outside it", "help_and_protection"),
}
EVERYTHING = ("the quality of key decision-making in the months of the pandemic", "leaders")
MODES = {
    "remote": "Because of the pandemic this visit was carried out remotely: inspectors met people on screen.",
    "partly_remote": "This visit was carried out partly by remote means, and inspectors spent one day in the offices.",
    "on_site": "Inspectors were on site from the first hour to the last.",
}
IMPROVE = "What needs to improve in this area of social work practice"
PRIORITY = "Areas for priority action"
PRIORITY_LEAD_IN = "These matters put children at risk and call for swift action:"


def make_visit(plan: Plan) -> VisitWriter:
    """Set a whole letter."""
    writer = VisitWriter(plan, LetterFurniture(), "authority")
    is_monitoring = plan.framework == MONITORING
    words, topic = THEMES.get(plan.choice_of("theme", ""), EVERYTHING)
    theme = f"the local authority’s arrangements for {words}" if words != EVERYTHING[0] else words
    people = _people(plan)
    _set_opening(writer, people, theme)
    if is_monitoring:
        _set_what_was_covered(writer, theme, topic)
    _set_findings(writer, topic)
    if not is_monitoring:
        writer.unnumbered("What was found on this visit will help Ofsted to plan the one that comes next.")
    writer.set_signature(people[0].name, plan.suffix, bold=plan.index % 2 == 0)
    code = plan.choice_of("theme", "")
    issues = {"no_year": "year_from_letter_date", "year_misprinted": "year_mended"}
    writer.activity = ActivityTruth(
        letter_date=letter_date(plan)[1],
        theme_code=code if code in THEMES else None,
        theme=theme,
        mode=plan.choice_of("mode", "") or None,
        people=people,
        partners=((_visited(plan), "trust" if plan.has("title:trust") else "authority"),),
        lists=tuple(writer.lists.values()),
        visit_ordinal=("first", "second", "third").index(plan.choice_of("ordinal", "")) + 1 if is_monitoring else None,
        previous_inspection=_when_inspected(plan) if is_monitoring else None,
        issues=(
            *(["no_theme"] if code not in THEMES else []),
            *([issues[plan.date_form]] if plan.date_form in issues else []),
        ),
    )
    return writer


def _people(plan: Plan) -> tuple[PersonTruth, ...]:
    """The inspectors, the one who leads and signs before the others, whose position a letter may tell as well."""
    lead, count = plan.leads[0], int(plan.choice_of("inspectors", "2"))
    others = [name for name in inspectors(plan.rng("team"), count) if name != lead][: count - 1]
    return (
        PersonTruth("lead_inspector", lead, plan.suffix),
        *(PersonTruth("inspector", name, plan.suffix if plan.has("roles_named") else None) for name in others),
    )


def _visited(plan: Plan) -> str:
    """The body that the title names."""
    if plan.has("title:trust"):
        return f"{plan.authority.name} Children and Families Trust"
    return plan.authority.council if plan.has("title:council") else plan.authority.name


def _title(plan: Plan) -> str:
    kind = "Monitoring visit" if plan.framework == MONITORING else "Focused visit"
    middle = " local authority" if plan.has("title:local_authority") else ""
    return f"{kind} to {_visited(plan)}" + ("" if plan.has("title:trust") else f"{middle} children’s services")


def _when_inspected(plan: Plan) -> str:
    """The month of the inspection that found the authority inadequate."""
    assert plan.inspected is not None
    assert plan.standing == INADEQUATE
    return f"{plan.inspected:%B %Y}"


def _set_opening(writer: VisitWriter, people: tuple[PersonTruth, ...], theme: str) -> None:
    plan = writer.plan
    (director,) = inspectors(plan.rng("director"), 1)
    head = (director, "Director of Children’s Services", plan.authority.council, "1 Market Square", "NW1 1NW")
    titles = [_title(plan)]
    if plan.has("second_title"):
        titles.append("Focused visit to Velmouth children’s services")
    writer.set_head(head, f"Dear {director.split()[0]}", titles, has_block=True)
    names = [person.name for person in people]
    days = print_visits(plan.visits, plan.date_form)
    kind = "monitoring visit" if plan.framework == MONITORING else "focused visit"
    said = [f"This letter summarises the findings of the {kind} to {plan.authority.name} on {days}."]
    if plan.framework == MONITORING:
        said.append(
            f"This was the {plan.choice_of('ordinal', '')} monitoring visit since the local authority was judged"
            f" inadequate in {_when_inspected(plan)}."
        )
    if plan.has("roles_named"):
        names = [f"{name}, {plan.suffix}" for name in names]
        said.append(f"The inspectors were {', '.join(names[:-1])}, and {names[-1]}.")
    else:
        said.append(f"{plan.suffix}s for this visit were {', '.join(names[:-1])} and {names[-1]}.")
    writer.unnumbered(" ".join(said))
    if plan.framework != MONITORING:
        looked_at = ("Inspectors looked at", "This visit looked at")[plan.index % 2]
        writer.unnumbered(f"{looked_at} {theme}.")
    if mode := plan.choice_of("mode", ""):
        writer.unnumbered(MODES[mode])


def _set_what_was_covered(writer: VisitWriter, theme: str, topic: str) -> None:
    """The part of a monitoring visit's letter that names its focus, and the concerns that it returns to."""
    writer.heading("Areas covered by the visit", 12)
    writer.unnumbered(f"The focus of this visit was {theme}.")
    writer.unnumbered("Inspectors also came back to what the last inspection had found wanting:")
    concerns = [grammar.improvement(writer.rng, topic) for _ in range(3)]
    writer.bullets_of([(f"{text[0].lower()}{text[1:]}", ()) for text in concerns])


def _set_findings(writer: VisitWriter, topic: str) -> None:
    """The sections of a letter, in the manner of its year."""
    plan, is_new = writer.plan, writer.plan.start >= NEW_STYLE
    grade = plan.standing or "requires_improvement"
    writer.heading("Headline findings" if is_new else "Overview", 12)
    writer.paragraphs_on("leaders", grade, 2, words=45)
    if plan.has("priority:said"):
        writer.set_no_list("priority_action", "There are no areas for priority action.", "none_stated")
    is_monitoring = plan.framework == MONITORING
    if not is_monitoring:
        _set_priorities(writer, topic)
    lists_improvements = not is_monitoring and not plan.has("improvements:none")
    if lists_improvements and not plan.has("improvements:last"):
        _set_improvements(writer, topic)
    if is_monitoring:
        writer.heading("Findings and evaluation of progress", 12)
    else:
        writer.heading("Main findings" if is_new else "Findings", 12)
    if is_new or not writer.bullet[1]:
        writer.paragraphs_on(topic, grade, 7)
    else:
        writer.bullets_of([(grammar.paragraph(writer.rng, topic, grade, words=35), ()) for _ in range(10)])
    if lists_improvements and plan.has("improvements:last"):
        _set_improvements(writer, topic)


def _set_priorities(writer: VisitWriter, topic: str) -> None:
    """What must be acted on at once, where a letter has a heading for it."""
    chosen = writer.plan.choice_of("priority", "")
    if chosen not in ("present", "none", "carried"):
        return
    writer.heading(PRIORITY, 12)
    if chosen == "present":
        items: list[Item] = [(f"{grammar.improvement(writer.rng, topic)}.", ()) for _ in range(2)]
        writer.set_list("priority_action", items, lead_in=PRIORITY_LEAD_IN)
    elif chosen == "none":
        text = "There are no areas for priority action following this visit."
        writer.set_no_list("priority_action", text, "none_stated")
    else:
        text = "The areas for priority action set at the last focused visit in 2020 remain."
        writer.set_no_list("priority_action", text, "carried_forward")


def _set_improvements(writer: VisitWriter, topic: str) -> None:
    """What needs to improve, since 2025 with references to the National Framework."""
    plan, rng = writer.plan, writer.plan.rng("improvements")
    writer.heading(IMPROVE + "?" * (plan.start >= NEW_STYLE), 12)
    items = improvements(plan, rng, topic, 2 + int(rng.random() * 4))
    refs: list[tuple[str, ...]] = []
    if plan.has("framework_refs"):
        written, found = zip(*(grammar.framework_reference(rng) for _ in items), strict=True)
        items = [(f"{text[:-1]} {reference}.", subs) for (text, subs), reference in zip(items, written, strict=True)]
        refs = [(ref,) for ref in found]
    writer.set_list("area_for_improvement", items, refs)
