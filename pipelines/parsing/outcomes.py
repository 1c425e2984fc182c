"""What an inspection without grades ends in: its outcome, and what must follow, by whom and when."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from pipelines.parsing.dates import names_days, parse_date, parse_stays
from pipelines.parsing.facts import Issue, NextStep, Outcome, Paragraph
from pipelines.parsing.fragments import box_around
from pipelines.parsing.text import ReportText
from pipelines.parsing.wording import plain, sentences
from pipelines.reading.lines import Box, Page
from pipelines.report_kinds.matching import code_of, found_in, heading_says
from pipelines.report_kinds.registry import Framework, load_visit_words

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "eighteen": 18}
_TIME = re.compile(
    rf"(?P<about>approximately|about|around|roughly)?\s*\b(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<unit>months?|years?)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|no later than|not later than|due on)\s+"
    r"(?:(?:the )?(?:end|close of (?:business|play)|noon|midday|midnight|\d{1,2}(?:[.:]\d\d)? ?(?:noon|midday|am|pm))"
    r"\s+(?:(?:on|of)\s+)?)?(?=(?:\w+day,?\s+)?(?:the\s+)?\d)",
    re.IGNORECASE,
)
_HANDS_IN = re.compile(r"\b(?:send|submit)\w*\b", re.IGNORECASE)
_ANSWERS = ("written_statement", "priority_action_plan", "strategic_plan")
"""The steps that those inspected must take."""

_PRINCIPAL = re.compile(
    r"(?:determined that\s+)?(?P<body>[^.]{3,120}?)\s+(?:is|are|as)\s+the\s+principal\s+authority"
    r"|principal authority,?\s+(?:is|will be)\s+(?P<other>[^.,]{3,80})",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"^(?P<body>(?:the |an? )?[^.,]{2,100}?) (?:should|must|is to|are to|needs to|will)\b", re.IGNORECASE
)
_DETERMINED = re.compile(r"^(?:we|ofsted|the inspectorates|hmci)\b.{0,60}?\bdetermined that ", re.IGNORECASE)


def read_outcome(text: ReportText, pages: Sequence[Page], framework: Framework) -> tuple[Outcome | None, str]:
    """The outcome stated below its heading, or why it can't be told; neither for a kind that has none."""
    if not framework.outcomes:
        return None, ""
    own = _sections(text, "outcome")
    below = [paragraph for paragraph in text.paragraphs if paragraph.section in own]
    if not below:
        return None, "the report has no part that states its outcome"
    stated = [
        (kind.outcome_code, paragraph)
        for paragraph in below
        for kind in framework.outcomes
        if found_in(kind.sentences, plain(paragraph.text))
    ]
    if len({code for code, _ in stated}) != 1:
        said = " ".join(paragraph.text for paragraph in below)[:200]
        return None, f"the outcome of the inspection can't be told from {said!r}"
    code, paragraph = stated[0]
    return Outcome(code, paragraph.text, paragraph.page_first, _box(paragraph, text, pages)), ""


def read_next_steps(text: ReportText, letter_date: dt.date | None) -> tuple[NextStep, ...]:
    """What must follow, a step for each kind, by the parts of a report that say so.

    A deadline without a year is the first such day after the date of the letter.
    """
    own = _sections(text, "outcome", "next_steps")
    steps: dict[str, NextStep] = {}
    for paragraph in text.paragraphs:
        if paragraph.section in own and paragraph.kind != "footnote":
            for step in _steps(paragraph, letter_date):
                steps[step.kind] = _both(steps[step.kind], step) if step.kind in steps else step
    return tuple(steps.values())


def next_step_issues(steps: Sequence[NextStep], letter_date: dt.date | None) -> Iterator[Issue]:
    """An issue where a joint inspection leads to nothing that is understood, and for a deadline that can't be."""
    if not steps:
        yield Issue("info", "no_next_step", 1, "", "What must follow is not told in any known words.")
    for step in steps:
        if step.due_date is None and step.kind in _ANSWERS and names_days(step.text):
            message = "A day is named here, and no deadline was understood."
            yield Issue("warning", "deadline_not_understood", step.page_number, step.text[:200], message)
        if step.due_date and letter_date and step.due_date < letter_date:
            message = f"The deadline {step.due_date} lies before the letter of {letter_date}; a date may be misprinted."
            yield Issue("warning", "deadline_not_understood", step.page_number, step.text[:200], message)


def _sections(text: ReportText, *what: str) -> set[int]:
    """The ordinals of the sections that say some things."""
    return {section.ordinal for section in text.sections if heading_says(plain(section.heading)) in what}


def _box(paragraph: Paragraph, text: ReportText, pages: Sequence[Page]) -> Box:
    """The place of a paragraph on the page on which it begins."""
    own = {
        line.line_number
        for line in text.lines
        if line.paragraph == paragraph.ordinal and line.page_number == paragraph.page_first
    }
    page = next(page for page in pages if page.page_number == paragraph.page_first)
    return box_around([line for line in page.lines if line.line_number in own])


def _steps(paragraph: Paragraph, letter_date: dt.date | None) -> Iterator[NextStep]:
    for sentence in sentences(paragraph.text):
        kind = code_of(load_visit_words().next_steps, plain(sentence))
        if kind:
            time = _TIME.search(sentence)
            yield NextStep(
                kind,
                _months(time) if time else None,
                time["about"] is not None if time else None,
                _due(sentence, letter_date),
                _body(sentence, kind),
                sentence,
                paragraph.page_first,
            )


def _both(first: NextStep, further: NextStep) -> NextStep:
    """Two sentences about one step put together: who prepares a statement, and by when it is sent."""
    return NextStep(
        first.kind,
        first.months or further.months,
        first.is_approximate if first.is_approximate is not None else further.is_approximate,
        first.due_date or further.due_date,
        first.responsible_body or further.responsible_body,
        f"{first.text} {further.text}",
        first.page_number,
    )


def _months(time: re.Match[str]) -> int:
    word = time["number"].lower()
    number = _NUMBERS.get(word) or int(word)
    return number * 12 if time["unit"].lower().startswith("year") else number


def _due(sentence: str, letter_date: dt.date | None) -> dt.date | None:
    """The day by which something must be handed in: the first one behind the last "send" or "submit", or of all."""
    asked = [found.end() for found in _HANDS_IN.finditer(sentence)]
    days = [(by.start(), day) for by in _BY.finditer(sentence) if (day := _day(sentence[by.end() :], letter_date))]
    behind = (day for start, day in days if asked and start >= asked[-1])
    return next(behind, days[0][1] if days else None)


def _day(text: str, letter_date: dt.date | None) -> dt.date | None:
    """The day that a text starts with; without a year the first such day from the letter's date on."""
    printed = parse_date(text)
    if printed or letter_date is None:
        return printed
    stays = (parse_stays(text, year)[0] for year in (letter_date.year, letter_date.year + 1))
    return next((stay[0].start_date for stay in stays if stay and stay[0].start_date >= letter_date), None)


def _body(sentence: str, kind: str) -> str | None:
    """Who must take a step: the principal authority where one is named, else who "should" take it."""
    if kind not in _ANSWERS:
        return None
    bare = _DETERMINED.sub("", sentence)
    principal = _PRINCIPAL.search(bare)
    if principal:
        return (principal["body"] or principal["other"]).strip(" ,")
    asks = re.search(r"\b(?:requires?|asks?) (?:that )?(?P<body>the [^.,]{3,60}?) (?:to|updates?|should)\b", bare)
    found = asks or _SHOULD.match(bare)
    return found["body"].strip(" ,") if found else None
