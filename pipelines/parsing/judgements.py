"""The judgements of a report: which grade was given to which, in a row of its table or in a sentence."""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pipelines.parsing.facts import Issue, Judgement
from pipelines.parsing.judgement_tables import GradedLabel, JudgementTable, StrayGrade
from pipelines.parsing.verdicts import said_of_grades, verdict_on
from pipelines.parsing.wording import plain
from pipelines.reading.lines import Page
from pipelines.report_kinds.grades import grades_in
from pipelines.report_kinds.registry import Framework, JudgementKind
from pipelines.report_kinds.sentences import sentences_of

_LONGEST_QUOTE = 200


class ReadJudgements(NamedTuple):
    """The judgements of a report, a sentence for each that stands there and can't be read or is missing, and issues."""

    judgements: tuple[Judgement, ...]
    unread: tuple[str, ...]
    issues: tuple[Issue, ...]


def read_judgements(pages: Sequence[Page], framework: Framework, table: JudgementTable) -> ReadJudgements:
    """The judgements of a report, from its judgement table and from sentences. Nothing of the table is passed over."""
    own = {kind.judgement_code for kind in framework.judgements}
    graded: dict[str, list[GradedLabel]] = {}
    for row in table.rows:
        if row.grade_text:
            graded.setdefault(row.kind.judgement_code, []).append(row)
    verdicts = [verdict_on(pages, kind) for kind in framework.judgements]
    sentences = [found for found, _ in verdicts if found]
    unread = [doubt for _, doubt in verdicts if doubt]
    for code, rows in graded.items():
        unread += _not_understood(rows) if code in own else [_of_another_framework(row, framework) for row in rows]
    evidence = "closing table" if framework.table == "closing" else "cover"
    judgements = [_judgement(rows[0], evidence) for code, rows in graded.items() if code in own and rows[0].grade]
    judgements += sentences
    unread += [
        _reads_otherwise(judgement.page_number, judgement.label_as_written, judgement.grade_as_written)
        for judgement in judgements
        if judgement.grade not in (*framework.scale, "not_judged")
    ]
    stated = graded.keys() | {judgement.judgement_code for judgement in sentences}
    missing = [kind for kind in framework.judgements if kind.judgement_code not in stated]
    unread += _missing(missing, table.rows, pages[0])
    issues = (*_repeated(graded.values(), own), *map(_unknown_row, table.strays))
    return ReadJudgements(tuple(judgements), tuple(unread), issues)


def _missing(kinds: Iterable[JudgementKind], rows: Sequence[GradedLabel], cover: Page) -> Iterator[str]:
    """A sentence for each key judgement that no grade was found of, and for each other whose label is in the table.

    The label of one that is not made may stand elsewhere on the page as a heading.
    """
    graded = [index for index, row in enumerate(rows) if row.grade_text]
    table = rows[graded[0] : graded[-1]] if graded else ()
    on_page = {row.kind.judgement_code for row in rows}
    in_table = {row.kind.judgement_code for row in table}
    for kind in kinds:
        if kind.judgement_code in (on_page if kind.is_key else in_table):
            yield f"no grade stands beside {kind.label!r}"
        elif kind.is_key:
            said = said_of_grades(cover) if sentences_of(kind, "verdict") else ""
            yield f"no {kind.label!r} found" + (f"; this is not understood: {said[:_LONGEST_QUOTE]!r}" if said else "")


def _judgement(row: GradedLabel, evidence: str) -> Judgement:
    assert row.grade is not None, "a row that can't be read is no judgement"
    code, grade = row.kind.judgement_code, row.grade.grade
    return Judgement(code, grade, row.grade_text, row.label_text, row.page_number, row.box, evidence)


def _not_understood(rows: Sequence[GradedLabel]) -> Iterator[str]:
    """A sentence for each row of one judgement that states no grade, or states another than the row before."""
    for row in rows:
        if not row.grade and len(grades_in(plain(row.grade_text))) > 1:
            missed = f", one of them perhaps of {row.other_text!r}" if row.other_text else ", so a label was missed"
            yield f"page {row.page_number}: {row.label_text!r} has more than one grade, {row.grade_text!r}{missed}"
        elif not row.grade:
            yield _reads_otherwise(row.page_number, row.label_text, row.grade_text)
        elif row.grade != rows[0].grade:
            first = f"{rows[0].grade_text!r} on page {rows[0].page_number}"
            yield f"{row.label_text!r} stands twice, as {first} and {row.grade_text!r} on page {row.page_number}"


def _reads_otherwise(page_number: int, label: str, grade: str) -> str:
    return f"page {page_number}: the grade of {label!r} reads {grade!r}"


def _of_another_framework(row: GradedLabel, framework: Framework) -> str:
    """Why a judgement that only other frameworks with the same title make can't be: the date chose the wrong one."""
    graded = f"page {row.page_number}: {row.label_text!r} is graded {row.grade_text!r}"
    return (
        f"{graded}, a judgement that {framework.framework_code} does not make: the framework that the inspection dates"
        " choose contradicts the printed judgements (framework_contradicts_judgements)"
    )


def _repeated(graded: Iterable[Sequence[GradedLabel]], own: Container[str]) -> Iterator[Issue]:
    """An issue for each further row of a judgement that says the same."""
    for row in chain.from_iterable(rows[1:] for rows in graded):
        if row.kind.judgement_code in own:
            message = f"A second row of the judgement table is about {row.kind.judgement_code}; it says the same."
            yield Issue(
                "warning", "judgement_repeated", row.page_number, f"{row.label_text} | {row.grade_text}", message
            )


def _unknown_row(stray: StrayGrade) -> Issue:
    """An issue for a grade in the judgement table beside words that are no judgement of the framework."""
    message = "A grade stands in the judgement table beside no judgement that this framework is known to make."
    excerpt = f"{stray.other_text} | {stray.grade_text}"
    return Issue("error", "unknown_graded_row", stray.page_number, excerpt, message)
