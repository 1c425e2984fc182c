"""The cover of a single inspection framework report: titles, dates, the verdict and the table of grades."""

from datetime import date, timedelta

from pipelines.sample.dates import long_date, print_visits
from pipelines.sample.history import Plan
from pipelines.sample.lscb import COVER_NOTE
from pipelines.sample.sheet import LEADING, LEFT, RIGHT, text_width, wrap
from pipelines.sample.tables import Row, TableStyle, grade_in_sentence, set_table, written_grade
from pipelines.sample.writer import Writer

# From summer 2014 sections open with a small table of the key judgement; from autumn 2015 a summary leads the report.
TABLES_FROM = date(2014, 6, 1)
LATE_MANNER = date(2015, 9, 1)
# A report may print an earlier day of publication than its link has.
PRINTED_BEFORE_THE_LINK = timedelta(days=4)


def title_lines(plan: Plan) -> list[tuple[str, bool]]:
    """The title under the council's name, part by part, with whether it is bold."""
    word = {"sif": "Inspection", "sif_reinspection": "Re-inspection"}[plan.framework]
    if plan.choice_of("title", "") == "reinspection":
        word = "Reinspection"
    title = f"{word} of services for children in need of help and protection, children looked after and care leavers"
    parts = [(title, True)]
    if plan.has_lscb and not plan.has("bound_lscb"):
        board = "Local Safeguarding Children Board"
        board = board.lower() if plan.start < TABLES_FROM else board
        parts += [("and", False), (f"Review of the effectiveness of the {board}", True)]
    return parts


def verdict(plan: Plan) -> str:
    """The sentence that gives overall effectiveness, in the wording of its time."""
    grade = plan.grade("overall_effectiveness")
    short = plan.authority.name
    if plan.start < TABLES_FROM:
        stop = "." if plan.index % 2 else ""
        return f"The overall judgement is {written_grade(grade, to_be_good=False).lower()}{stop}"
    if plan.start < LATE_MANNER:
        return f"The overall judgement is that children’s services {grade_in_sentence(grade, plural=True)}"
    if plan.has("verdict:london"):
        short = plan.authority.council
    return f"Children’s services in {short} {grade_in_sentence(grade, plural=True, to_be_good=True)}"


def set_cover(writer: Writer) -> None:
    """Set the first page."""
    plan, sheet, face = writer.plan, writer.sheet, writer.face
    has_note = _titles(writer)
    label = "Inspection dates:" if plan.framework == "sif_reinspection" else "Inspection date:"
    writer.text(f"{label} {print_visits(plan.visits, plan.date_form)}", bold=plan.start < TABLES_FROM, size=14)
    sheet.gap(6)
    if plan.start >= TABLES_FROM:
        printed = plan.published - (PRINTED_BEFORE_THE_LINK if plan.has("other_date_in_text") else timedelta())
        writer.text(f"Report published: {long_date(printed)}", size=14)
    sheet.gap(22)
    late = plan.start >= LATE_MANNER
    if not late:
        writer.text(verdict(plan), bold=plan.start >= TABLES_FROM, size=14)
        sheet.gap(4)
        writer.text(
            "This sample authority is described here as inspectors might have found it. Children need good help."
        )
        sheet.gap(10)
    if TABLES_FROM <= plan.start < LATE_MANNER:
        writer.text("The judgements on areas of the service that contribute to overall effectiveness are:", bold=True)
        sheet.gap(10)
    _cover_table(writer, late)
    if plan.has("lscb:cover"):
        sheet.gap(14)
        words = written_grade(plan.grade("lscb"), to_be_good=False).lower()
        forms = (
            f"The effectiveness of the Local Safeguarding Children Board (LSCB) is {words}",
            f"The judgement for the effectiveness of the Local Safeguarding Children Board (LSCB) is {words}.",
        )
        writer.text(forms[plan.index % 2], bold=True)
    if has_note:
        notes = wrap(COVER_NOTE, face.regular, 10 * face.scale, RIGHT - LEFT - 8)
        writer.footnote("1", notes, COVER_NOTE)


def _titles(writer: Writer) -> bool:
    """Council and title; says whether the title ends in the mark of a footnote."""
    plan, sheet, face = writer.plan, writer.sheet, writer.face
    big = 26 * face.scale
    for line in wrap(plan.authority.council, face.regular, big, RIGHT - LEFT):
        sheet.line(LEFT, line, face.regular, big, 31.4)
    sheet.gap(4)
    parts = title_lines(plan)
    for text, bold in parts:
        writer.text(text, bold=bold, size=14)
        sheet.gap(6)
    if len(parts) > 1:
        last = wrap(parts[-1][0], face.bold, 14 * face.scale, RIGHT - LEFT)[-1]
        sheet.gap(-6)
        writer.superscript(
            LEFT + text_width(last, face.bold, 14 * face.scale), "1", face.bold, 14 * face.scale, 14 * LEADING / 12
        )
        sheet.gap(6)
    return len(parts) > 1


def _cover_table(writer: Writer, late: bool) -> None:
    plan = writer.plan
    capital = plan.index % 5 == 1
    third = "1" if plan.has("leadership_numbered_1") else "3"
    labels = (
        ("help_and_protection", "1.  Children who need help and protection", True),
        ("looked_after", "2.  Children looked after and achieving permanence", True),
        ("adoption", "2.1 Adoption performance", False),
        ("care_leavers", "2.2 Experiences and progress of care leavers", False),
        ("leaders", f"{third}.  Leadership, management and governance", True),
    )
    rows = [Row(verdict(plan), "", bold=True)] if late else []
    for code, label, bold in labels:
        grade = written_grade(plan.grade(code), to_be_good=False, capital=capital)
        rows.append(Row(label, grade, bold=bold, indent=0 if bold else 48, hang=18 if bold else 0))
    # The early tables have a narrow column for grades: "Requires / Improvement".
    right = 472.0 if plan.has("wrapped_grade") else RIGHT + 4
    if plan.has("wrapped_grade") and all(plan.grade(code) != "requires_improvement" for code, _, _ in labels):
        writer.shown.discard("wrapped_grade")
    set_table(writer, rows, TableStyle(LEFT - 6, 382.0, right, at="middle"))
