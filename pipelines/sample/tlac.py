"""Reports on services for looked after children (summer 2013): grades under each heading and in a closing table."""

from pipelines.sample import grammar
from pipelines.sample.dates import long_date, print_visits
from pipelines.sample.grades import WRITTEN
from pipelines.sample.history import Plan
from pipelines.sample.imprint import MEANINGS
from pipelines.sample.sheet import LEFT, RIGHT, Page, Sheet, text_width, wrap
from pipelines.sample.tables import Row, TableStyle, set_table
from pipelines.sample.writer import BULLETS, STAMP, Writer

NUMBERS = {"outstanding": 1, "good": 2, "adequate": 3, "inadequate": 4}
SECTIONS = (
    (
        "overall_effectiveness",
        "Overall effectiveness of services for looked after children and young people",
        "care",
        4,
    ),
    ("capacity_to_improve", "Capacity to improve", "leaders", 3),
    ("outcomes", "Outcomes for looked after children and young people", "care", 14),
    ("quality_of_provision", "Quality of provision", "care", 10),
    ("leaders", "Leadership and management", "leaders", 12),
)
ROWS = (
    ("overall_effectiveness", "Overall effectiveness"),
    ("capacity_to_improve", "Capacity to improve"),
    ("outcomes", "Outcomes for looked after children and young people"),
    ("quality_of_provision", "Quality of provision"),
    ("leaders", "Leadership and management"),
)
# The cover and its back carry no number; page 1 is the third sheet.
UNCOUNTED = 2


class Furniture:
    """A running header with the page number at its end, from the contents page on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __call__(self, sheet: Sheet, page: Page, number: int) -> None:
        """Add it to a finished page."""
        bold, size = sheet.face.bold, 8 * sheet.face.scale
        if number <= UNCOUNTED:
            page.texts.append((LEFT, 826, sheet.face.regular, size, STAMP))
            return
        text = f"{self.plan.authority.council} Inspection of looked after children services ({STAMP.lower()})"
        shown = str(number - UNCOUNTED)
        page.texts.insert(0, (LEFT, 45, bold, size, text))
        page.texts.insert(1, (RIGHT - text_width(shown, bold, size), 45, bold, size, shown))


def make_tlac(plan: Plan) -> Writer:
    """Set a whole report."""
    writer = Writer(plan, 76.0, 786.0, Furniture(plan))
    writer.text_x = writer.bullet_x = LEFT + 28.3
    writer.bullet = BULLETS["small"]
    _cover(writer)
    sheet = writer.sheet
    sheet.new_page()
    contents = sheet.page_number
    sheet.new_page()
    _about(writer)
    sheet.new_page()
    for code, title, topic, count in SECTIONS:
        grade = plan.grade(code)
        writer.heading(title, 18)
        sheet.gap(-8)
        writer.text(f"Grade {NUMBERS[grade]} ({WRITTEN[grade].lower()})", bold=True)
        sheet.gap(6)
        writer.findings(topic, grade, count)
        if code == "capacity_to_improve":
            _areas_for_improvement(writer)
    sheet.new_page()
    writer.heading("Record of main findings", 18)
    rows = [Row("Services for looked after children", "", bold=True)]
    rows += [Row(label, WRITTEN[plan.grade(code)]) for code, label in ROWS]
    set_table(writer, rows, TableStyle(LEFT, 390.0, RIGHT, at="first", pad=7.0))
    writer.fill_contents(contents, plan.has("dot_leaders"), printed=UNCOUNTED)
    return writer


def _cover(writer: Writer) -> None:
    plan, sheet, face = writer.plan, writer.sheet, writer.face
    sheet.top = 162.0
    for line in wrap("Inspection of looked after children services", face.regular, 26 * face.scale, 420):
        sheet.line(LEFT, line, face.regular, 26 * face.scale, 31.4)
    sheet.gap(4)
    writer.text(plan.authority.council, size=18)
    sheet.top = 560.0
    small = 10.0
    writer.text(f"Inspection dates: {print_visits(plan.visits, plan.date_form)}", bold=True, size=small)
    sheet.gap(4)
    name = plan.leads[0]
    head, hyphen, tail = name.rpartition("-")
    if plan.has("name_wraps") and hyphen:
        writer.text(f"Reporting inspector {head}-", bold=True, size=small)
        writer.text(f"{tail} {plan.suffix}", bold=True, size=small)
    else:
        writer.text(f"Reporting inspector {name} {plan.suffix}", bold=True, size=small)
    sheet.top = 706.0
    writer.text("Age group: All", bold=True, size=small)
    writer.text(f"Published: {long_date(plan.published)}", bold=True, size=small)
    sheet.new_page()
    sheet.top = 690.0
    for line in (
        f"© Nobody {plan.published.year}",
        "Website: www.example.invalid",
        "This invented sample may be copied in whole or in part as long as it goes on saying that it is invented.",
    ):
        writer.text(line, size=small)
        sheet.gap(10)


def _about(writer: Writer) -> None:
    sheet, plan = writer.sheet, writer.plan
    writer.heading("About this inspection", 18)
    writer.numbered(
        "This invented inspection asks what the sample authority’s services add to the lives of looked after "
        "children and care leavers. Its findings were put together by a program and not by inspectors."
    )
    writer.numbered("What inspectors would have weighed includes:")
    writer.bullets_of(
        [
            ("talks with children, carers and the staff who know them", ()),
            (f"a reading of {20 + plan.index} files of children with a range of needs", ()),
            ("plans, minutes and performance reports of the service.", ()),
        ]
    )
    writer.heading("The inspection judgements and what they mean", 18)
    writer.numbered("All inspection judgements are made using the following four point scale.")
    scale = zip(("Outstanding", "Good", "Adequate", "Inadequate"), MEANINGS, strict=True)
    rows = [Row(f"{word} (Grade {n})", meaning) for n, (word, (_, meaning)) in enumerate(scale, 1)]
    set_table(writer, rows, TableStyle(LEFT + 28, 236.0, RIGHT))
    sheet.new_page()
    writer.heading("Service information", 18)
    for facts in grammar.area_facts(plan.rng("area"), plan.authority.name, plan.start.year).values():
        # Facts with sub-items end in a colon and would not make a sentence here.
        writer.numbered(" ".join(text for text, subs in facts if not subs))


def _areas_for_improvement(writer: Writer) -> None:
    rng = writer.plan.rng("recommendations")
    writer.heading("Areas for improvement", 14, level=2)
    for spell in ("Immediately:", "Within three months:", "Within six months:"):
        writer.numbered(f"To raise the quality of services the local authority should act as follows. {spell}")
        texts = writer.bullets_of(
            [(grammar.recommendation(rng, "care"), ()) for _ in range(2 + int(rng.random() * 2))], kind="recommendation"
        )
        for text in texts:
            writer.recommend("priority_action" if spell.startswith("Immediately") else "area_for_improvement", text)
