"""The review of a Local Safeguarding Children Board: a part of an inspection report, bound with one, or alone."""

from pipelines.sample import grammar
from pipelines.sample.dates import long_date, print_visits
from pipelines.sample.history import Plan
from pipelines.sample.imprint import set_imprint, set_meanings
from pipelines.sample.sheet import LEADING, LEFT, RIGHT, Page, Sheet, text_width, wrap
from pipelines.sample.tables import grade_in_sentence, written_grade
from pipelines.sample.writer import STAMP, Writer

COVER_NOTE = (
    "Two reports stand in this invented document, as they did in real ones of the time: the inspection of a sample "
    "authority and the review of its safeguarding children board. Neither took place."
)
BOARD_NOTE = "What each judgement means is set out at the end of this sample report."


def verdict(plan: Plan) -> str:
    """The sentence that grades the board; a real report forgot the word "Board"."""
    board = "The Local Safeguarding Children" + ("" if plan.has("board_missing") else " Board")
    return f"{board} {grade_in_sentence(plan.grade('lscb'), plural=False)}"


def set_lscb_part(writer: Writer, numbered: bool) -> None:
    """The board's part of a report on an authority, in the manner of its year."""
    plan = writer.plan
    grade = plan.grade("lscb")
    if plan.has("lscb:cover"):
        writer.heading("Section 2: The effectiveness of the local safeguarding children board", 16)
        writer.heading(
            f"The effectiveness of the LSCB is {written_grade(grade, to_be_good=False).lower()}", 12, section=False
        )
        set_board_recommendations(writer, "Areas for improvement", "area_for_improvement", numbered)
        writer.heading("Key strengths and weaknesses of the LSCB", 12, level=2)
        writer.findings("lscb", grade, 8, numbered)
        set_meanings(writer, "What the inspection judgments mean: the LSCB", "board")
        writer.contents.append((1, "What the inspection judgments mean: the LSCB", writer.sheet.page_number))
        return
    writer.heading("The Local Safeguarding Children Board (LSCB)", 18)
    writer.heading(verdict(plan), 13, section=False)
    writer.heading("Executive summary", 12, level=2)
    for _ in range(3):
        writer.unnumbered(grammar.paragraph(writer.rng, "lscb", grade))
    set_board_recommendations(writer, "Recommendations", "recommendation", numbered)
    writer.heading("Inspection findings – the Local Safeguarding Children Board", 12, level=2)
    writer.findings("lscb", grade, 8, numbered)


def set_board_recommendations(writer: Writer, title: str, kind: str, numbered: bool) -> None:
    """What the board should improve."""
    rng = writer.plan.rng("board")
    writer.heading(title, 12, level=2)
    for _ in range(4):
        text = grammar.recommendation(rng, "lscb")
        if numbered:
            writer.numbered(text, kind="recommendation")
        else:
            writer.bullets_of([(text, ())], kind="recommendation", gap=0)
        writer.recommend(kind, text, addressed_to="lscb")


class BoardFurniture:
    """The board's report has a running footer on the page number's line, right and left in turn."""

    def __init__(self, plan: Plan, first: int = 1) -> None:
        self.plan, self.first = plan, first

    def __call__(self, sheet: Sheet, page: Page, number: int) -> None:
        """Add it to a finished page."""
        regular = sheet.face.regular
        printed = number - self.first + 1
        text = f"{STAMP}: review of the local safeguarding children board, {self.plan.authority.name}"
        size = 8 * sheet.face.scale
        if printed % 2:
            page.texts.append((LEFT, 812, regular, size, text))
            page.texts.append((RIGHT - 14, 812, regular, 14 * sheet.face.scale, str(printed)))
        else:
            page.texts.append((LEFT, 812, regular, 14 * sheet.face.scale, str(printed)))
            page.texts.append((RIGHT - text_width(text, regular, size), 812, regular, size, text))


def _board_cover(writer: Writer, title: str) -> None:
    plan, sheet, face = writer.plan, writer.sheet, writer.face
    for line in wrap(f"{plan.authority.name} Safeguarding Children Board", face.regular, 26 * face.scale, RIGHT - LEFT):
        sheet.line(LEFT, line, face.regular, 26 * face.scale, 31.4)
    sheet.gap(6)
    writer.text(title, bold=True, size=14)
    sheet.gap(6)
    writer.text(f"Inspection date: {print_visits(plan.visits, plan.date_form)}", size=14)
    sheet.gap(4)
    writer.text(f"Report published: {long_date(plan.published)}", size=14)
    sheet.gap(26)
    writer.text(verdict(plan), bold=True, size=14)
    sheet.gap(6)
    weighed = "What the board does to see that children in the sample area are kept safe was weighed for this review."
    writer.text(weighed)
    last = wrap(weighed, face.regular, writer.size, RIGHT - LEFT)[-1]
    x = LEFT + text_width(last, face.regular, writer.size)
    writer.superscript(x, "1", face.regular, writer.size, LEADING)
    sheet.gap(14)
    notes = wrap(BOARD_NOTE, face.regular, 10 * face.scale, RIGHT - LEFT - 8)
    writer.section = ""
    writer.footnote("1", notes, BOARD_NOTE)


def _board_body(writer: Writer, first: int) -> None:
    plan, sheet = writer.plan, writer.sheet
    grade = plan.grade("lscb")
    sheet.new_page()
    contents = sheet.page_number
    sheet.new_page()
    writer.number = 0
    writer.heading("Summary of findings", 16)
    writer.text(f"The LSCB {grade_in_sentence(grade, plural=False)} because:", bold=True)
    sheet.gap(8)
    rng = plan.rng("board findings")
    writer.bullets_of([(grammar.paragraph(rng, "lscb", grade, words=35), ()) for _ in range(5)])
    set_board_recommendations(writer, "What does the LSCB need to improve?", "area_for_improvement", numbered=False)
    sheet.new_page()
    writer.heading("Inspection judgement about the LSCB", 16)
    writer.findings("lscb", grade, 20)
    sheet.new_page()
    set_meanings(writer, "What the LSCB inspection judgements mean", "board")
    writer.contents.append((1, "What the LSCB inspection judgements mean", sheet.page_number))
    writer.fill_contents(contents, dotted=plan.has("dot_leaders"), printed=first - 1)


def set_bound_review(writer: Writer) -> None:
    """A second report in the same file, with its own cover, contents and numbering from 1."""
    sheet = writer.sheet
    before = sheet.furniture
    sheet.new_page()
    first = sheet.page_number
    board = BoardFurniture(writer.plan, first)
    sheet.furniture = lambda s, page, number: before(s, page, number) if number < first else board(s, page, number)
    writer.contents = []
    writer.slip, writer.digits_at, writer.counts_anew = "", 0, True
    _board_cover(writer, "Inspection of the effectiveness of the local safeguarding children board")
    _board_body(writer, first)


def make_lscb_review(plan: Plan) -> Writer:
    """Set a review that was published alone."""
    writer = Writer(plan, 92.0, 778.0, BoardFurniture(plan))
    _board_cover(writer, "Review of the effectiveness of the Local Safeguarding Children Board")
    _board_body(writer, 1)
    sheet = writer.sheet
    sheet.gap(6)
    if plan.leads:
        writer.heading("Information about this review", 14, section=False)
        writer.text(f"Lead inspector: {plan.leads[0]} {plan.suffix}".strip())
    sheet.new_page()
    set_imprint(writer, plan.published.year)
    return writer
