"""ILACS reports (2018 on): a cover with a ruled table, what needs to improve, numbered paragraphs under headings."""

from datetime import date

from pipelines.sample import grammar
from pipelines.sample.dates import print_visits
from pipelines.sample.history import Plan
from pipelines.sample.imprint import set_imprint
from pipelines.sample.sheet import FACES, LEADING, LEFT, RIGHT, Page, Sheet, footnote_height, wrap
from pipelines.sample.tables import Row, TableStyle, set_table, written_grade
from pipelines.sample.writer import STAMP, Writer

LABELS = {
    "leaders": "The impact of leaders on social work practice with children and families",
    "help_and_protection": "The experiences and progress of children who need help and protection",
    "in_care": "The experiences and progress of children in care",
    "care_leavers": "The experiences and progress of care leavers",
    "in_care_and_care_leavers": "The experiences and progress of children in care and care leavers",
    "overall_effectiveness": "Overall effectiveness",
}
TOPICS = {
    "leaders": "leaders",
    "help_and_protection": "help_and_protection",
    "in_care": "care",
    "care_leavers": "care_leavers",
    "in_care_and_care_leavers": "care",
}
REFERENCE_NOTE = (
    "Each point carries a reference to the outcome, enabler or principle of the Children’s Social Care: National "
    "Framework that it bears on. The references belong to an invented report."
)
NOT_JUDGED_NOTE = "The sample authority is so small that one of the judgements was not made."
LIMIT_NOTE = "This judgement was weighed together with a visit made earlier in the year."
NEW_STYLE = date(2021, 6, 1)
COLUMN = 176.1


def _is_new(plan: Plan) -> bool:
    return plan.start >= NEW_STYLE


def title_lines(plan: Plan) -> tuple[str, str]:
    """The title on the cover: the big line or lines, and the bold line under them where there is one."""
    if plan.has("title:trust"):
        return f"Inspection of {plan.authority.name} Children and Families Trust", ""
    if _is_new(plan):
        return f"Inspection of {plan.authority.name} local authority children’s services", ""
    kinds = ("Inspection of children’s social care services", "Inspection of local authority children’s services")
    return plan.authority.council, kinds[plan.index % 2]


def _running_words(plan: Plan, dates: str) -> tuple[str, str]:
    """Title and dates as they run through the pages; one report's footer shows other dates than its cover."""
    title = " ".join(title_lines(plan)).strip()
    if plan.has("header_other_dates"):
        start, end = plan.visits[0]
        dates = print_visits(((start.replace(day=start.day + 7), end.replace(day=end.day + 7)),), plan.date_form)
    return f"{STAMP}: {title}", dates


class _Furniture:
    """Running header and footer: a stamp at the top right, title, dates and a large page number at the foot."""

    def __init__(self, plan: Plan, title: str, dates: str, regular: str, bold: str) -> None:
        self.plan, self.title, self.dates, self.regular, self.bold = plan, title, dates, regular, bold

    def __call__(self, sheet: Sheet, page: Page, number: int) -> None:
        """Add it to a finished page."""
        new = _is_new(self.plan)
        scale = sheet.face.scale
        if self.plan.has("header_before_title"):
            page.texts.insert(0, (LEFT, 44, self.regular, 9 * scale, f"{self.title}, {self.dates}"))
        else:
            page.texts.insert(0, (RIGHT - 92, 44, self.regular, 8 * scale, STAMP))
        if new and number > 1:
            page.rules.append((LEFT, 788, RIGHT - 28, 788))
            for y, text in zip(
                (803.4, 813.0), (*wrap(self.title, self.bold, 8 * scale, 420)[:1], self.dates), strict=True
            ):
                page.texts.append((LEFT, y, self.bold, 8 * scale, text))
        if not new or number > 1:
            page.texts.append((RIGHT - (11 if number < 10 else 22), 811, self.regular, 20 * scale, str(number)))


def make_ilacs(plan: Plan) -> Writer:
    """Set a whole ILACS report."""
    dates = print_visits(plan.visits, plan.date_form)
    face = FACES[plan.face]
    new = _is_new(plan)
    furniture = _Furniture(plan, *_running_words(plan, dates), face.regular, face.bold)
    writer = Writer(plan, 96.0 if new else 84.0, 768.0, furniture)
    _cover(writer, dates)
    for _ in range(3 + plan.index % 2):
        worst = plan.grade("leaders")
        writer.unnumbered(grammar.paragraph(writer.rng, "leaders", worst, words=70))
    _improvements(writer)
    _sections(writer)
    writer.sheet.new_page()
    set_imprint(writer, plan.published.year)
    return writer


def _cover(writer: Writer, dates: str) -> None:
    plan, sheet = writer.plan, writer.sheet
    sheet.top = 132.0
    big, small = title_lines(plan)
    for line in wrap(big, writer.face.regular, 26 * writer.face.scale, RIGHT - LEFT):
        sheet.line(LEFT, line, writer.face.regular, 26 * writer.face.scale, 31.4)
    if small:
        sheet.gap(14)
        sheet.line(LEFT, small, writer.face.bold, 16 * writer.face.scale, 20)
    sheet.gap(10)
    label = "Inspection date:" if plan.has("singular_date_label") else "Inspection dates:"
    writer.text(f"{label} {dates}", bold=True)
    sheet.gap(12)
    for line in lead_lines(writer):
        first, _, second = line.partition("\t")
        if second:
            sheet.show(COLUMN, second, writer.face.bold, writer.size)
        sheet.line(LEFT, first, writer.face.bold, writer.size, LEADING)
    sheet.gap(22)
    _grades_table(writer)
    sheet.gap(28)


def lead_lines(writer: Writer) -> list[str]:
    """The lead inspector's line or lines; what follows a tab stands in a second column, as it did before 2020."""
    plan = writer.plan
    width = RIGHT - LEFT
    if plan.has("two_leads"):
        first, second = plan.leads
        text = f"Lead inspectors: {first}, {plan.suffix}, and {second}, {plan.suffix}"
        return wrap(text, writer.face.bold, writer.size, width)
    name = plan.leads[0]
    if plan.has("name_wraps"):
        head, tail = name.rsplit("-", 1)
        return [f"Lead inspector: {head}-", f"{tail}, {plan.suffix}"]
    if _is_new(plan) and not plan.has("lead_lines"):
        return wrap(f"Lead inspector: {name}, {plan.suffix}", writer.face.bold, writer.size, width)
    if plan.suffix in ("HMI", ""):
        return [f"Lead inspector: {name} {plan.suffix}".strip()]
    return [f"Lead inspector:\t{name}", f"\t{plan.suffix}"]


def _grades_table(writer: Writer) -> None:
    plan = writer.plan
    rows = [Row("Judgement", "Grade", bold=True)]
    to_be_good = _is_new(plan) or plan.has("wrapped_grade")
    glued = plan.has("glued_footnote")
    for code, grade in plan.grades:
        label = LABELS[code]
        if code == "care_leavers" and plan.has("children_care_leavers"):
            label = "The experiences and progress of children care leavers"
        printed = written_grade(grade, to_be_good)
        mark = "1" if (glued and code == "help_and_protection") or grade == "not_judged" else ""
        rows.append(Row(label, printed, mark=mark))
        if plan.has("footnote_in_table") and code == "help_and_protection":
            rows.append(Row(f"1 {LIMIT_NOTE}", ""))
            rows[-2] = Row(label, printed, mark="1")
    divide = {True: 294.0, False: 388.0}[_is_new(plan)]
    style = TableStyle(LEFT, divide, RIGHT, at=plan.choice_of("grade", "first"), grade_bold=True)
    if plan.has("wrapped_grade"):
        style = TableStyle(
            LEFT, RIGHT - 162 * (0.94 if plan.face == "times" else 1), RIGHT, at=style.at, grade_bold=True
        )
        if all(grade != "requires_improvement" for _, grade in plan.grades):
            writer.shown.discard("wrapped_grade")
    note = LIMIT_NOTE if glued else NOT_JUDGED_NOTE if any(grade == "not_judged" for _, grade in plan.grades) else ""
    if note:
        notes = wrap(note, writer.face.regular, 10 * writer.face.scale, RIGHT - LEFT)
        writer.sheet.need(footnote_height(len(notes)))
    set_table(writer, rows, style)
    if note:
        writer.footnote("1", notes, note)
    if plan.has("footnote_in_table"):
        writer.record("footnote", LIMIT_NOTE, writer.sheet.page_number, printed="1")


def _improvements(writer: Writer) -> None:
    plan, rng = writer.plan, writer.plan.rng("improvements")
    if plan.has("missing_improvements"):
        return
    refs = plan.has("framework_refs")
    spelling = ("What needs to improve?", "What needs to improve", "What Needs to Improve")[plan.index % 3]
    writer.heading(spelling, 12 if _is_new(plan) else 14, mark="1" if refs else "", note=REFERENCE_NOTE if refs else "")
    topics = [TOPICS[code] for code, _ in plan.grades if code in TOPICS]
    if plan.has("prose_improvements"):
        text = grammar.paragraph(rng, "leaders", "inadequate", words=45)
        writer.unnumbered(text, kind="recommendation")
        writer.recommend("area_for_improvement", text)
        return
    count = 2 + int(rng.random() * 5)
    items: list[tuple[str, list[str]]] = []
    found: list[list[str]] = []
    for i in range(count):
        text = grammar.improvement(rng, topics[i % len(topics)])
        subs: list[str] = []
        if plan.has("sub_bullets") and i == 0:
            text += ", including:"
            subs = [grammar.say(rng, "{thing} for {kids}", topics[j % len(topics)]) for j in range(3)]
            subs[-1] += "."
        if refs:
            written, ref = grammar.framework_reference(rng)
            if subs:
                subs[-1] = f"{subs[-1].rstrip('.')} {written}."
            else:
                text = f"{text} {written}" + ("." if plan.index % 2 else "")
            found.append([ref])
        else:
            text += "" if subs else "."
            found.append([])
        items.append((text, subs))
    texts = writer.bullets_of(items, kind="recommendation")
    for whole, refs_found in zip(texts, found, strict=True):
        writer.recommend("area_for_improvement", whole, refs=refs_found)


def _sections(writer: Writer) -> None:
    plan = writer.plan
    order = sorted((code for code, _ in plan.grades if code in TOPICS), key=lambda code: code == "leaders")
    low, spread = (7, 4) if len(order) == 4 else (9, 5)
    for code in order:
        grade = plan.grade(code)
        words = written_grade(grade, to_be_good=_is_new(plan)).lower()
        joint = "" if plan.start < date(2019, 1, 1) else ":"
        title = LABELS[code] if plan.has("no_heading_grades") else f"{LABELS[code]}{joint} {words}"
        writer.heading(title, 14 if _is_new(plan) else 13)
        count = low + int(writer.rng.random() * spread)
        if code == "in_care_and_care_leavers":
            writer.findings("care", grade, count - 4)
            writer.findings("care_leavers", grade, 4)
        else:
            writer.findings(TOPICS[code], grade, count)
