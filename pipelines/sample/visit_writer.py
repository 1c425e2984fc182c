"""Writing letters and joint reports: the head and the close of a letter, lists, and what they state of the visit."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pipelines.sample import grammar
from pipelines.sample.dates import long_date
from pipelines.sample.history import Plan
from pipelines.sample.ruled import Text, set_row
from pipelines.sample.sheet import LEFT, RIGHT, Furniture, Page, Sheet, text_width, wrap
from pipelines.sample.visit_truth import ListTruth
from pipelines.sample.writer import STAMP, Writer

HEAD, FLOOR = 96.0, 768.0
_BLOCK = (
    ("Sample House", "", ""),
    ("Nowhere Street", "T", " 0000 000 0000"),
    ("Invented Town", "Textphone", " 0000 000 0001"),
    ("Nowhereshire", "", "nobody@example.invalid"),
    ("NW0 0RE", "", "www.example.invalid"),
)
_CELL = 169.2
_FULL = 0.8
"""A line is full that is wider than so much of its column."""

LISTS = ("priority_action", "area_for_improvement", "strength")

Item = tuple[str, Sequence[str]]
"""The text of an item, and those of its sub-items."""


class LetterFurniture:
    """The margins of a letter: a stamp where a crest would be, the page's number at the foot, if from page two on."""

    def __init__(self, from_page: int = 2, size: float = 12) -> None:
        self.from_page, self.size = from_page, size

    def __call__(self, sheet: Sheet, page: Page, number: int) -> None:
        """Add it to a finished page."""
        regular, size = sheet.face.regular, self.size * sheet.face.scale
        page.texts.insert(0, (RIGHT - 92, 24, regular, 8 * sheet.face.scale, STAMP))
        if number >= self.from_page:
            page.texts.append((RIGHT - text_width(str(number), regular, size), 784, regular, size, str(number)))


def letter_date(plan: Plan) -> tuple[str, date | None]:
    """The date that a letter bears, in print, and the date that it is: none where it bears none that can be."""
    dated = plan.published - timedelta(days=3 if plan.has("letter_date:earlier") else 0)
    spoilt = {"none": "", "mistyped": f"{long_date(dated)}5", "impossible": f"31 June {dated.year}"}
    printed = spoilt.get(plan.choice_of("letter_date", ""))
    return (long_date(dated), dated) if printed is None else (printed, None)


def improvements(plan: Plan, rng: Random, topic: str, count: int) -> list[Item]:
    """So many things to improve; the first has a sub-item where the report is to show one."""
    items: list[Item] = [(f"{grammar.improvement(rng, topic)}.", ()) for _ in range(count)]
    if plan.has("sub_bullets"):
        text, _ = items[0]
        items[0] = f"{text[:-1]}, most of all:", (grammar.say(rng, "{thing} for {kids}.", topic),)
    return items


class VisitWriter(Writer):
    """A letter or joint report in the making. Its lists are noted as they are set.

    `addressed_to` are those who should improve, `strengths` what they do well.
    """

    def __init__(self, plan: Plan, furniture: Furniture, addressed_to: str, floor: float = FLOOR) -> None:
        super().__init__(plan, HEAD, floor, furniture)
        self.addressed_to = addressed_to
        self.strengths: list[str] = []
        self.lists = {name: ListTruth(name, "absent") for name in LISTS}

    def set_head(self, lines: Sequence[str], greeting: str, titles: Sequence[str], has_block: bool = False) -> None:
        """The head of a letter: the sender's own block, date, addressees, greeting and the bold title or titles."""
        sheet, face = self.sheet, self.face
        small = 9 * face.scale
        if has_block:
            sheet.top = 30.0
            for line, label, told in _BLOCK:
                sheet.show(_CELL, label, face.bold, small)
                sheet.show(_CELL + text_width(label, face.bold, small), told, face.regular, small)
                sheet.line(LEFT, line, face.regular, small, 10.8)
        sheet.top = 121.5
        printed, _ = letter_date(self.plan)
        if printed:
            self.text(printed)
            sheet.gap(14)
        for line in lines:
            self.text(line)
        sheet.gap(38)
        self.text(greeting)
        sheet.gap(14)
        for title in titles:
            self.text(title, bold=True)
            sheet.gap(14)

    def set_signature(self, name: str, position: str, bold: bool) -> None:
        """The close of a letter that one person signs."""
        self.sheet.need(110)
        self.text("Your sincerely" if self.plan.has("your_sincerely") else "Yours sincerely")
        self.sheet.gap(44)
        self.text(name)
        self.text(position, bold=bold)

    def paragraphs_on(self, topic: str, grade: str, count: int, words: int = 0) -> None:
        """So many paragraphs of findings in prose.

        None ends in a full line: at the foot of a page nobody could tell whether it goes on overleaf.
        """
        for _ in range(count):
            while True:
                text = grammar.paragraph(self.rng, topic, grade, words=words)
                last = wrap(text, self.face.regular, self.size, RIGHT - LEFT)[-1]
                if text_width(last, self.face.regular, self.size) < _FULL * (RIGHT - LEFT):
                    break
            self.unnumbered(text)

    def set_list(self, kind: str, items: Sequence[Item], refs: Sequence[Sequence[str]] = (), lead_in: str = "") -> None:
        """The items of a list or of a part of it, with a bullet each, or as prose in a report without bullets."""
        if lead_in:
            self.unnumbered(lead_in)
        is_strength = kind == "strength"
        of_paragraph = "bullet" if is_strength else "recommendation"
        if self.bullet[1]:
            texts = self.bullets_of(items, of_paragraph)
        else:
            texts = [text for text, _ in items]
            for text in texts:
                self.unnumbered(text, of_paragraph)
        self.note_items(kind, texts, refs, lead_in=lead_in)

    def note_items(
        self,
        kind: str,
        texts: Sequence[str],
        refs: Sequence[Sequence[str]] = (),
        bodies: Sequence[Sequence[str]] = (),
        lead_in: str = "",
    ) -> None:
        """Note items of a list, whether set with bullets or in a table."""
        so_far = self.lists[kind]
        self.lists[kind] = ListTruth(kind, "present", so_far.n_items + len(texts), so_far.lead_in or lead_in or None)
        if kind == "strength":
            self.strengths += texts
            return
        for at, text in enumerate(texts):
            of_item = (refs[at] if refs else ()), (bodies[at] if bodies else ())
            self.recommend(kind, text, self.addressed_to, *of_item)

    def set_no_list(self, kind: str, text: str, status: str, is_item: bool = False) -> None:
        """A sentence in place of a list: that there is nothing on it, or what was set before."""
        if is_item:
            self.bullets_of([(text, ())])
        else:
            self.unnumbered(text)
        self.lists[kind] = ListTruth(kind, status)

    def set_study(self, title: str, texts: Sequence[Text]) -> None:
        """A case or practice study in a ruled box. It interrupts what is told around it."""
        edges = (LEFT + 14.2, RIGHT - 27.0)
        pages = set_row(self, edges, [[Text(title, bold=True), *texts]])[0][1:]
        for text, (first, last) in zip(texts, pages, strict=True):
            self.record("bullet" if text.has_bullet else "unnumbered", text.words, first, last=last)
        self.sheet.gap(14)
