"""Single inspection framework reports (2014 to 2018) and re-inspections: cover, contents, findings, closing parts."""

from pipelines.sample import grammar
from pipelines.sample.history import Plan
from pipelines.sample.imprint import set_imprint, set_meanings
from pipelines.sample.lscb import set_bound_review, set_lscb_part
from pipelines.sample.sheet import LEFT, RIGHT, Page, Sheet, text_width
from pipelines.sample.sif_cover import LATE_MANNER, TABLES_FROM, set_cover
from pipelines.sample.tables import Row, TableStyle, grade_in_sentence, set_table, written_grade
from pipelines.sample.world import inspectors
from pipelines.sample.writer import STAMP, Writer

SECTIONS = (
    ("help_and_protection", "The experiences and progress of children who need help and protection", 11),
    ("looked_after", "The experiences and progress of children looked after and achieving permanence", 10),
    ("leaders", "Leadership, management and governance", 8),
)
TOPICS = {"help_and_protection": "help_and_protection", "looked_after": "care", "leaders": "leaders"}
AREA_NOTE = "The sample authority was asked to look through this part of the report and changed nothing in it."


class Furniture:
    """A stamp at the top, a large page number at the foot: right, or right and left in turn."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __call__(self, sheet: Sheet, page: Page, number: int) -> None:
        """Add it to a finished page."""
        regular, scale = sheet.face.regular, sheet.face.scale
        page.texts.insert(0, (RIGHT - 92, 44, regular, 8 * scale, STAMP))
        page.rules.append((LEFT, 796, RIGHT - 14, 796))
        left = self.plan.has("alternating_numbers") and number % 2 == 0
        shown = str(number)
        x = LEFT if left else RIGHT - text_width(shown, regular, 20 * scale)
        page.texts.append((x, 820, regular, 20 * scale, shown))


def make_sif(plan: Plan) -> Writer:
    """Set a whole report of the single inspection framework, or of a re-inspection."""
    writer = Writer(plan, 92.0, 778.0, Furniture(plan))
    set_cover(writer)
    if plan.start < LATE_MANNER:
        _early_parts(writer)
    else:
        _late_parts(writer)
    if plan.has("bound_lscb"):
        set_imprint(writer, plan.published.year)
        set_bound_review(writer)
    writer.sheet.new_page()
    set_imprint(writer, plan.published.year)
    return writer


def _early_parts(writer: Writer) -> None:
    plan, sheet = writer.plan, writer.sheet
    numbered = not plan.has("unnumbered")
    sheet.new_page()
    contents = sheet.page_number
    sheet.new_page()
    writer.heading("Section 1: the local authority" if plan.has("lscb:cover") else "The local authority", 18)
    writer.heading("Summary of key findings", 14, level=2)
    grade = plan.grade("overall_effectiveness")
    tail = " and is not yet good" if grade == "requires_improvement" else ""
    writer.text(f"This local authority {grade_in_sentence(grade, plural=False)}{tail} because:", bold=True)
    sheet.gap(10)
    writer.findings("leaders", grade, 7, numbered)
    _early_recommendations(writer, numbered)
    sheet.new_page()
    if plan.start < TABLES_FROM:
        set_inspection_part(writer)
        sheet.new_page()
    _area(writer)
    sheet.new_page()
    writer.heading("Inspection judgements about the local authority", 16)
    _sections(writer, numbered)
    sheet.new_page()
    set_meanings(writer, "What the inspection judgements mean: the local authority")
    writer.contents.append((1, "What the inspection judgements mean: the local authority", sheet.page_number))
    if plan.has_lscb and not plan.has("bound_lscb"):
        sheet.new_page()
        set_lscb_part(writer, numbered)
    if plan.start >= TABLES_FROM:
        sheet.new_page()
        set_inspection_part(writer)
    writer.fill_contents(contents, plan.has("dot_leaders"))
    if plan.has("bound_lscb"):
        sheet.new_page()


def _early_recommendations(writer: Writer, numbered: bool) -> None:
    rng = writer.plan.rng("recommendations")
    overall = writer.plan.grade("overall_effectiveness")
    writer.heading("What does the local authority need to improve?", 14, level=2)
    lists = [("Areas for improvement", "area_for_improvement", 7)]
    if overall in ("inadequate", "requires_improvement"):
        lists.insert(0, ("Priority and immediate action", "priority_action", 3))
    topics = ("help_and_protection", "care", "leaders", "care_leavers", "adoption")
    for title, kind, count in lists:
        writer.heading(title, 12, section=False)
        for i in range(count):
            text = grammar.recommendation(rng, topics[i % len(topics)])
            if numbered:
                writer.numbered(text, kind="recommendation")
            else:
                writer.bullets_of([(text, ())], kind="recommendation", gap=0)
            writer.recommend(kind, text)


def _area(writer: Writer) -> None:
    plan = writer.plan
    facts = grammar.area_facts(plan.rng("area"), plan.authority.name, plan.start.year)
    writer.heading("Information about this local authority area", 14, level=2, mark="2", note=AREA_NOTE)
    for title, items in facts.items():
        writer.heading(title, 12, section=False)
        writer.bullets_of(items, gap=4)


def _sections(writer: Writer, numbered: bool = True) -> None:
    """The three key judgements, the two graded parts of the second among them."""
    plan = writer.plan
    tables = plan.start >= LATE_MANNER or plan.has("key_judgement_tables")
    for code, title, count in SECTIONS:
        grade = plan.grade(code)
        if tables:
            _key_judgement(writer, title, written_grade(grade, to_be_good=False), with_head=plan.start < LATE_MANNER)
            writer.heading("Summary", 12, section=False)
            for _ in range(2):
                writer.unnumbered(grammar.paragraph(writer.rng, TOPICS[code], grade))
            writer.heading("Inspection findings", 12, section=False)
        else:
            writer.heading(f"{title} {grade_in_sentence(grade, plural=code != 'leaders')}", 13, level=2)
        writer.findings(TOPICS[code], grade, count, numbered)
        if code == "looked_after":
            _graded_part(writer, "adoption", "adoption performance", "for", 4, numbered)
            _graded_part(writer, "care_leavers", "the experience and progress of care leavers", "about", 5, numbered)


def _graded_part(writer: Writer, code: str, words: str, joint: str, count: int, numbered: bool) -> None:
    grade = writer.plan.grade(code)
    writer.heading(
        f"The graded judgement {joint} {words} is that it {grade_in_sentence(grade, plural=False)}", 12, level=2
    )
    writer.findings(code, grade, count, numbered)


def _key_judgement(writer: Writer, title: str, grade: str, with_head: bool) -> None:
    """The small table at the head of a section: the label wraps beside its grade."""
    rows = [Row("Key judgement", "Judgement grade", bold=True)] if with_head else []
    rows.append(Row(title, grade, bold=not with_head))
    writer.sheet.need(150)
    writer.section = title
    writer.contents.append((2, title, writer.sheet.page_number))
    set_table(writer, rows, TableStyle(LEFT, 330.0, RIGHT, at="middle"))
    writer.sheet.gap(14)


def _late_parts(writer: Writer) -> None:
    plan, sheet = writer.plan, writer.sheet
    sheet.new_page()
    writer.heading("Executive summary", 14, level=2)
    for _ in range(6):
        writer.unnumbered(grammar.paragraph(writer.rng, "leaders", plan.grade("overall_effectiveness")))
    sheet.new_page()
    contents = sheet.page_number
    sheet.new_page()
    writer.heading("The local authority", 18)
    _area(writer)
    sheet.new_page()
    writer.heading("Recommendations", 14, level=2)
    rng = plan.rng("recommendations")
    for i in range(8):
        text = grammar.recommendation(
            rng, ("help_and_protection", "care", "leaders", "care_leavers", "adoption")[i % 5]
        )
        writer.numbered(text, kind="recommendation")
        writer.recommend("recommendation", text)
    writer.heading("Summary for children and young people", 14, level=2)
    writer.bullets_of([(grammar.sentence(rng, "care", plan.grade("looked_after")), ()) for _ in range(7)])
    sheet.new_page()
    _sections(writer)
    if plan.has_lscb:
        sheet.new_page()
        set_lscb_part(writer, numbered=True)
    sheet.new_page()
    set_inspection_part(writer)
    writer.fill_contents(contents, plan.has("dot_leaders"))


def set_inspection_part(writer: Writer) -> None:
    """The part named "Information about this inspection", which ends in the names of the team."""
    plan = writer.plan
    writer.heading("Information about this inspection", 14)
    writer.section = ""
    for text in (
        "Inspectors in this invented report read files, watched practice and spoke with children, families and staff. "
        "They looked at what the work changes for children who need help and protection, who are looked after or who "
        "have left care.",
        "They also asked how well the sample authority knows its own strengths and weaknesses, and what it does.",
    ):
        writer.text(text)
        writer.sheet.gap(12)
    writer.text("The inspection team", bold=True)
    writer.sheet.gap(10)
    suffix = f" {plan.suffix}" if plan.suffix else ""
    if plan.leads:
        label = "Lead inspector on site:" if plan.has("lead_on_site") else "Lead inspector:"
        if plan.has("two_leads"):
            label = "Lead inspectors:"
        writer.text(f"{label} {' and '.join(name + suffix for name in plan.leads)}")
        writer.sheet.gap(12)
    team = [name for name in inspectors(plan.rng("team"), 6) if name not in plan.leads]
    writer.text(f"Team inspectors: {', '.join(name + suffix for name in team[:-1])} and {team[-1]}{suffix}")
    writer.sheet.gap(12)
