"""Writing a report: paragraphs, lists and headings set on a sheet, each noted in the report's truth as it is set."""

from collections.abc import Sequence

from pipelines.sample import grammar
from pipelines.sample.history import Plan
from pipelines.sample.sheet import (
    BODY_SIZE,
    FACES,
    LEADING,
    LEFT,
    RIGHT,
    Furniture,
    Sheet,
    footnote_height,
    text_width,
    wrap,
)
from pipelines.sample.squares import SQUARE_FONT
from pipelines.sample.truth import ParagraphTruth, RecommendationTruth
from pipelines.sample.visit_truth import ActivityTruth

STAMP = "Invented sample report"
# kind of bullet -> font, character; Word's Wingdings squares read back as private codes or as U+25FC. A report without
# bullets sets its lists as prose.
BULLETS = {
    "none": (SQUARE_FONT, ""),
    "wingdings": (SQUARE_FONT, "\uf06e"),
    "small": (SQUARE_FONT, "\uf0a7"),
    "unicode": (SQUARE_FONT, "\u25fc"),
    "dingbats": ("ZapfDingbats", "n"),
}


class Writer:
    """One report in the making. `number` is the last paragraph number given; `section` the heading in force.

    `counts_anew`: a second report has begun in the same file, whose numbers are not those of the first.
    """

    def __init__(self, plan: Plan, head: float, floor: float, furniture: Furniture) -> None:
        self.plan = plan
        self.rng = plan.rng("text")
        self.face = FACES[plan.face]
        self.size = BODY_SIZE * self.face.scale
        self.sheet = Sheet(self.face, head, floor, furniture)
        self.paragraphs: list[ParagraphTruth] = []
        self.recommendations: list[RecommendationTruth] = []
        self.activity: ActivityTruth | None = None
        self.contents: list[tuple[int, str, int]] = []
        self.section = ""
        self.number = 0
        self.counts_anew = False
        self.missing: list[int] = []
        self.text_x, self.number_x, self.bullet_x = LEFT + 28.4, LEFT, LEFT
        self.bullet = BULLETS[plan.choice_of("bullets", "wingdings")]
        slip_rng = plan.rng("slips")
        self.slip = plan.choice_of("number", "")
        self.slip_at = slip_rng.randrange(6, 22)
        self.digits_at = slip_rng.randrange(9, 22) if plan.has("digits_first") else 0
        self.shown = set(plan.quirks)

    def record(
        self,
        kind: str,
        text: str,
        first: int,
        number: int | None = None,
        printed: str | None = None,
        last: int | None = None,
    ) -> None:
        """Note a paragraph that began on page `first` and ends on page `last`, or on this one."""
        order = len(self.paragraphs) + 1
        number = None if self.counts_anew else number
        last = last or self.sheet.page_number
        self.paragraphs.append(ParagraphTruth(order, number, kind, text, first, last, self.section, printed))

    def recommend(
        self,
        kind: str,
        text: str,
        addressed_to: str = "authority",
        refs: Sequence[str] = (),
        bodies: Sequence[str] = (),
    ) -> None:
        """Note a thing to improve, with what it refers to and those who answer for it."""
        order = len(self.recommendations) + 1
        one = RecommendationTruth(order, kind, addressed_to, text, tuple(refs), tuple(bodies))
        self.recommendations.append(one)

    def lines(self, lines: Sequence[str], x: float, font: str, size: float, leading: float) -> int:
        """Set lines one under another, keeping the first two and the last two together; gives the first page."""
        sheet = self.sheet
        if len(lines) > 1:
            sheet.need(2 * leading)
        first = 0
        for i, line in enumerate(lines):
            if len(lines) > 3 and i == len(lines) - 2:
                sheet.need(2 * leading)
            sheet.line(x, line, font, size, leading)
            first = first or sheet.page_number
        return first

    def text(self, text: str, x: float = LEFT, bold: bool = False, size: float = 0.0, right: float = RIGHT) -> int:
        """Set text that is not a paragraph of the findings; gives the page it began on."""
        size = size * self.face.scale if size else self.size
        font = self.face.bold if bold else self.face.regular
        return self.lines(
            wrap(text, font, size, right - x), x, font, size, size / self.face.scale * LEADING / BODY_SIZE
        )

    def heading(
        self, text: str, size: float = 14, level: int = 1, section: bool = True, mark: str = "", note: str = ""
    ) -> None:
        """Set a heading, with a superscript mark and its note at the foot of the page when given."""
        scaled = size * self.face.scale
        leading = size * 1.22
        found = wrap(text, self.face.bold, scaled, RIGHT - LEFT - 8)
        notes = wrap(note, self.face.regular, 10 * self.face.scale, RIGHT - LEFT - 10) if note else []
        self.sheet.need(leading * len(found) + 3 * LEADING + (footnote_height(len(notes)) + 20 if notes else 0))
        if section:
            self.section = text
            self.contents.append((level, text, self.sheet.page_number))
        for line in found:
            self.sheet.line(LEFT, line, self.face.bold, scaled, leading)
        if mark:
            self.superscript(
                LEFT + text_width(found[-1], self.face.bold, scaled), mark, self.face.bold, scaled, leading
            )
        if notes:
            self.footnote(mark, notes, note)
        self.sheet.gap(size * 0.6)

    def superscript(self, x: float, mark: str, font: str, size: float, leading: float) -> None:
        """A small raised mark at the end of the line just set."""
        self.sheet.top -= leading
        self.sheet.show(x, mark, font, size * 0.65, lift=size * 0.08)
        self.sheet.top += leading

    def glue_mark(self, x: float, text: str, mark: str, font: str, size: float) -> None:
        """A raised mark right after a text that stands on the line of the pen."""
        self.sheet.show(x + text_width(text, font, size), mark, font, size * 0.65, lift=size * 0.08)

    def footnote(self, mark: str, lines: Sequence[str], text: str) -> None:
        """Put a note at the foot of this page and note it as a paragraph."""
        self.sheet.footnote(mark, lines)
        self.record("footnote", text, self.sheet.page_number, printed=mark)

    def unnumbered(self, text: str, kind: str = "unnumbered", mark: str = "", note: str = "") -> None:
        """A paragraph without a number, ending in the mark of a footnote when given one."""
        notes = wrap(note, self.face.regular, 10 * self.face.scale, RIGHT - LEFT - 10) if note else []
        if notes:
            self.sheet.need(footnote_height(len(notes)) + 6 * LEADING)
        self.record(kind, text, self.text(text))
        if notes:
            end = wrap(text, self.face.regular, self.size, RIGHT - LEFT)[-1]
            x = LEFT + text_width(end, self.face.regular, self.size)
            self.superscript(x, mark, self.face.regular, self.size, LEADING)
            self.footnote(mark, notes, note)
        self.sheet.gap(12)

    def set_bullet(self, x: float) -> None:
        """The report's bullet on the line of the pen."""
        font, glyph = self.bullet
        self.sheet.show(x, glyph, font, self.size * 0.8 if font == "ZapfDingbats" else self.size)

    def bullets_of(
        self, items: Sequence[tuple[str, Sequence[str]]], kind: str = "bullet", gap: float = 8.0
    ) -> list[str]:
        """A bulleted list, each item with its sub-items; gives each item's text with those of its sub-items."""
        texts = []
        left, regular, size = self.bullet_x, self.face.regular, self.size
        for text, subs in items:
            found = wrap(text, regular, size, RIGHT - left - 18)
            self.sheet.need(2 * LEADING if len(found) > 1 else LEADING)
            self.set_bullet(left)
            self.record(kind, text, self.lines(found, left + 17.9, regular, size, LEADING))
            for sub in subs:
                self.sheet.gap(3)
                self.sheet.need(LEADING)
                self.sheet.show(left + 44, self.face.dash, regular, size)
                found = wrap(sub, regular, size, RIGHT - left - 62)
                self.record("bullet", sub, self.lines(found, left + 62, regular, size, LEADING))
            texts.append(" ".join((text, *subs)))
            self.sheet.gap(gap)
        self.sheet.gap(6)
        return texts

    def numbered(self, text: str, kind: str = "numbered") -> None:
        """The next numbered paragraph, with the report's slip in numbering when its turn has come."""
        self.number += 1
        slip = self.slip if self.number == self.slip_at else ""
        if slip == "left_out":
            self.missing.append(self.number)
            self.number += 1
        regular, size = self.face.regular, self.size
        width = RIGHT - self.text_x
        printed = str(self.number) + {"two_stops": "..", "no_stop": ""}.get(slip, ".")
        if slip == "no_space":
            found = wrap(f"{printed}{text}", regular, size, width, first_width=RIGHT - self.number_x)
            self.sheet.need(2 * LEADING)
            self.sheet.line(self.number_x, found[0], regular, size, LEADING)
            first = self.sheet.page_number
            self.lines(found[1:], self.text_x, regular, size, LEADING)
        else:
            found = wrap(text, regular, size, width)
            self.sheet.need(min(2, len(found)) * LEADING)
            self.sheet.show(self.number_x, printed, regular, size)
            first = self.lines(found, self.text_x, regular, size, LEADING)
        self.record(kind, text, first, self.number, printed)
        self.sheet.gap(12)

    def findings(self, topic: str, grade: str, count: int, numbered: bool = True) -> None:
        """So many paragraphs of findings on a topic; bullets where the report does not number them."""
        for _ in range(count):
            if not numbered:
                self.bullets_of([(grammar.paragraph(self.rng, topic, grade), ())], gap=2)
                continue
            starts_with_digits = self.digits_at and self.number + 1 >= self.digits_at
            opening = grammar.opening_with_digits(self.rng, topic) if starts_with_digits else ""
            if starts_with_digits:
                self.digits_at = 0
            self.numbered(grammar.paragraph(self.rng, topic, grade, opening))

    def fill_contents(self, page: int, dotted: bool, printed: int = 0) -> None:
        """Write the contents on the page kept for them; `printed` is taken off the page numbers."""
        sheet = self.sheet
        target = sheet.pages[page - 1]
        top = sheet.head
        target.texts.append((LEFT, top + 24, self.face.regular, 26 * self.face.scale, "Contents"))
        top += 44
        for level, text, number in self.contents:
            size = (14 if level == 1 else 12) * self.face.scale
            font = self.face.bold if level == 1 else self.face.regular
            x = LEFT if level == 1 else LEFT + 14
            shown = str(number - printed)
            number_x = RIGHT - text_width(shown, font, size)
            found = wrap(text, font, size, 420 - (x - LEFT))
            for i, line in enumerate(found):
                last = i == len(found) - 1
                if last and dotted:
                    room = number_x - x - text_width(line, font, size) - 8
                    line += " " + "." * int(room / text_width(".", font, size))
                target.texts.append((x, top + size, font, size, line))
                if last:
                    target.texts.append((number_x, top + size, font, size, shown))
                top += size * 1.25
            top += 6
