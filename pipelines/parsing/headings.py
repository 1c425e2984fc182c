"""What section headings say of grades: the second evidence for each judgement, beside its table or sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipelines.parsing.facts import Issue, Judgement
from pipelines.parsing.judgement_tables import JudgementTables
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Page
from pipelines.report_kinds.grades import ends_in_grade, grade_pattern, is_graded, match_grade
from pipelines.report_kinds.matching import is_heading, match_label, with_rivals
from pipelines.report_kinds.registry import Framework, Grade
from pipelines.report_kinds.sentences import sentences_of

_STATED = re.compile(rf"(?P<label>.+?)(?:\s+(?:is|are)\b)?\s*[:,-]?\s+\(?{grade_pattern()}\)?\W*", re.IGNORECASE)
"""The forms: '... help and protection: good', '... care leavers are: good', '... and protection requires improvement',
'Capacity to improve Grade 2 (Good)'."""

GRADE_ALONE = re.compile(rf"(?:grade \d\s*)?\(?{grade_pattern()}\)?\W*", re.IGNORECASE)
_MOST_LINES = 5


class StatedGrade(NamedTuple):
    """A heading that states a grade for a judgement; `grade` is None where its word and its rank are of two."""

    judgement_code: str
    grade: Grade | None
    page_number: int
    text: str


def stated_grades(pages: Sequence[Page], framework: Framework, tables: JudgementTables) -> Iterator[StatedGrade]:
    """Every grade that headings on these pages state, in words or as a ruled strip of two columns, or a second table.

    A heading may run over several lines, and over a page break. Judgements that only others with the same title make
    are known too.
    """
    known = with_rivals(framework)
    bold = [(page.page_number, plain(without_marks(line))) for page in pages for line in page.lines if line.is_bold]
    for index, (page_number, _) in enumerate(bold):
        stated = stated_in_words([text for _, text in bold[index : index + _MOST_LINES]], known)
        if stated:
            judgement_code, grade, text = stated
            yield StatedGrade(judgement_code, grade, page_number, text)
    for row in (*tables.ruled, *tables.others):
        if is_graded(plain(row.grade_text)):
            text = f"{row.label_text} | {row.grade_text}"
            yield StatedGrade(row.kind.judgement_code, row.grade, row.page_number, text)


def stated_in_words(texts: Sequence[str], framework: Framework) -> tuple[str, Grade | None, str] | None:
    """The judgement and grade that a heading beginning with the first text states, and its words.

    There is no grade where its word and its rank contradict each other ("good (grade 3)"). A heading that is no more
    than a label and its grade goes before a sentence that repeats a grade, and the longest reading of it before others.
    """
    for count in range(len(texts), 0, -1):
        text = " ".join(texts[:count])
        match = _STATED.fullmatch(text) if ends_in_grade(text) else None
        labelled = match_label(framework, match["label"]) if match else None
        if match and labelled:
            return labelled.judgement_code, match_grade(match["grade"]), text
    whole = " ".join(texts)
    for kind in framework.judgements:
        for sentence in sentences_of(kind, "heading"):
            found = sentence.search(whole)
            if found and found.start() < len(texts[0]):
                return kind.judgement_code, match_grade(found["grade"]), found[0]
    return None


def what_it_reports(heading: str, framework: Framework) -> tuple[str | None, Grade | None]:
    """The judgement that a heading reports on, and the grade where it states one; None where it names none."""
    if kind := match_label(framework, heading):
        return kind.judgement_code, None
    stated = stated_in_words([heading], framework)
    return stated[:2] if stated else (None, None)


def is_known(heading: str, framework: Framework) -> bool:
    """Whether reports of the framework are known to have a heading, with a grade or without."""
    words = plain(heading)
    if is_heading(framework, words) or GRADE_ALONE.fullmatch(words.strip(" .:;?")):
        return True
    return what_it_reports(words, framework)[0] is not None


def of_other_frameworks(stated: Iterable[StatedGrade], framework: Framework) -> Iterator[Issue]:
    """An issue for each grade that a heading states for a judgement that the framework does not make."""
    own = {kind.judgement_code for kind in framework.judgements}
    for heading in stated:
        if heading.judgement_code not in own:
            message = (
                f"{framework.framework_code}, chosen by the inspection dates, does not make this judgement: dates or"
                " heading may be wrong."
            )
            yield Issue("warning", "framework_contradicts_judgements", heading.page_number, heading.text, message)


def confirm(
    judgements: Sequence[Judgement], stated: Sequence[StatedGrade]
) -> tuple[tuple[Judgement, ...], tuple[Issue, ...]]:
    """Judgements with what the headings make of them, and an issue for each heading that contradicts."""
    confirmed: list[Judgement] = []
    issues: list[Issue] = []
    for judgement in judgements:
        stating = [
            heading
            for heading in stated
            if heading.judgement_code == judgement.judgement_code and heading.page_number != judgement.page_number
        ]
        against = [heading for heading in stating if not heading.grade or heading.grade.grade != judgement.grade]
        confirmed.append(
            msgspec.structs.replace(judgement, is_confirmed_by_heading=None if not stating else not against)
        )
        for heading in against:
            says = heading.grade.label.lower() if heading.grade else repr(heading.text)
            message = (
                f"Page {heading.page_number} says {says} for {judgement.judgement_code}; the {judgement.evidence} on"
                f" page {judgement.page_number} says {judgement.grade_as_written.lower()}, which is kept."
            )
            issues.append(Issue("warning", "heading_contradicts_grade", heading.page_number, heading.text, message))
    return tuple(confirmed), tuple(issues)
