"""The judgements of a report: which grade was given to which, and where it stands.

Belongs here: the rows of the judgement table taken for judgements, and sentences that state a grade.
Stays out: which words stand in which row (`judgement_tables.py`), and the wording of grades (`report_kinds/`).
"""

from collections.abc import Sequence
from itertools import accumulate

from pipelines.parsing.facts import Judgement
from pipelines.parsing.judgement_tables import GradedLabel, JudgementTables, box_around
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Box, Line, Page
from pipelines.report_kinds.matching import match_grade, sentences_of
from pipelines.report_kinds.registry import Framework, JudgementKind

_VERDICT_PAGES = 2
_MOST_LINES_OF_A_SENTENCE = 5


def read_judgements(
    pages: Sequence[Page], framework: Framework, tables: JudgementTables
) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """The judgements of a report, and a sentence for each that stands there and can't be read or is missing."""
    page, rows = _table_page(tables)
    judgements: list[Judgement] = []
    unread: list[str] = []
    for row in rows:
        evidence = "closing table" if framework.table == "closing" else "cover"
        judgement = judgement_of(row, page, evidence)
        if judgement is None:
            unread.append(_reads_otherwise(page, row.label_text, row.grade_text))
        else:
            judgements.append(judgement)
    judgements += [
        found for kind in framework.judgements if sentences_of(kind, "verdict") and (found := _verdict(pages, kind))
    ]
    unread += [
        _reads_otherwise(judgement.page_number, judgement.label_as_written, judgement.grade_as_written)
        for judgement in judgements
        if judgement.grade not in (*framework.scale, "not_judged")
    ]
    stated = {judgement.judgement_code for judgement in judgements} | {row.kind.judgement_code for row in rows}
    unread += [
        f"no {kind.label!r} found" for kind in framework.judgements if kind.is_key and kind.judgement_code not in stated
    ]
    return tuple(judgements), tuple(unread)


def _reads_otherwise(page_number: int, label: str, grade: str) -> str:
    return f"page {page_number}: the grade of {label!r} reads {grade!r}"


def _table_page(tables: JudgementTables) -> tuple[int, tuple[GradedLabel, ...]]:
    """The page that holds the judgement table, the one with most graded labels, and its rows."""
    graded = [(page, tuple(row for row in rows if row.grade_text)) for page, rows in tables.own.items()]
    return max(
        graded,
        key=lambda table: (sum(judgement_of(row, 0, "") is not None for row in table[1]), -table[0]),
        default=(0, ()),
    )


def _verdict(pages: Sequence[Page], kind: JudgementKind) -> Judgement | None:
    """The sentence that gives a grade: on the cover in any type, further on in a heading only."""
    for page in pages:
        lines = page.lines if page.page_number <= _VERDICT_PAGES else [line for line in page.lines if line.is_bold]
        verdict = read_verdict(lines, page.page_number, kind)
        if verdict:
            return verdict
    return None


def judgement_of(row: GradedLabel, page_number: int, evidence: str) -> Judgement | None:
    """A row of a table as a judgement, or None where its grade is none that the scale knows."""
    grade = match_grade(plain(row.grade_text))
    if grade is None:
        return None
    return Judgement(
        row.kind.judgement_code, grade.grade, row.grade_text, row.label_text, page_number, row.box, evidence
    )


def read_verdict(lines: Sequence[Line], page_number: int, kind: JudgementKind) -> Judgement | None:
    """The first sentence among lines of a page that states the grade of a judgement; it may run over several lines."""
    texts = [plain(without_marks(line)) + " " for line in lines]
    whole = "".join(texts)
    sentences = [sentence for sentence in sentences_of(kind, "verdict") if sentence.search(whole)]
    for index in range(len(lines) if sentences else 0):
        window = texts[index : index + _MOST_LINES_OF_A_SENTENCE]
        for sentence in sentences:
            found = sentence.search("".join(window))
            if found and found.start() < len(window[0]):
                starts = accumulate((len(text) for text in window), initial=0)
                chosen = [line for line, start in zip(lines[index:], starts, strict=False) if start < found.end()]
                box = box_around([Box(line.x0, line.top, line.x1, line.bottom) for line in chosen])
                grade = match_grade(found["grade"])
                assert grade is not None, "the sentence holds a spelling of the scale"
                label = found[0][: found.start("grade") - found.start()].strip()
                return Judgement(kind.judgement_code, grade.grade, found["grade"], label, page_number, box, "sentence")
    return None
