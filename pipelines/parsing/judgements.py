"""The judgements of a report: which grade was given to which, in a row of its table or in a sentence."""

from collections.abc import Sequence
from itertools import accumulate

from pipelines.parsing.facts import Judgement
from pipelines.parsing.judgement_tables import JudgementTables, box_around
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.matching import match_grade, sentences_of
from pipelines.report_kinds.registry import Framework, JudgementKind

_VERDICT_PAGES = 2
_MOST_LINES_OF_A_SENTENCE = 5


def read_judgements(
    pages: Sequence[Page], framework: Framework, tables: JudgementTables
) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """The judgements of a report, and a sentence for each that stands there and can't be read or is missing.

    Of the pages that may hold the judgement table it is the one with most labels that are graded.
    """
    table = max(tables.own, key=lambda rows: sum(row.grade is not None for row in rows), default=())
    evidence = "closing table" if framework.table == "closing" else "cover"
    judgements: list[Judgement] = []
    stated: set[str] = set()
    unread: list[str] = []
    for kind, label, grade_text, page_number, box in (row for row in table if row.grade_text):
        stated.add(kind.judgement_code)
        if grade := match_grade(plain(grade_text)):
            judgements.append(
                Judgement(kind.judgement_code, grade.grade, grade_text, label, page_number, box, evidence)
            )
        else:
            unread.append(_reads_otherwise(page_number, label, grade_text))
    judgements += [found for kind in framework.judgements if (found := _verdict(pages, kind))]
    unread += [
        _reads_otherwise(judgement.page_number, judgement.label_as_written, judgement.grade_as_written)
        for judgement in judgements
        if judgement.grade not in (*framework.scale, "not_judged")
    ]
    stated |= {judgement.judgement_code for judgement in judgements}
    unread += [
        f"no {kind.label!r} found" for kind in framework.judgements if kind.is_key and kind.judgement_code not in stated
    ]
    return tuple(judgements), tuple(unread)


def _reads_otherwise(page_number: int, label: str, grade: str) -> str:
    return f"page {page_number}: the grade of {label!r} reads {grade!r}"


def _verdict(pages: Sequence[Page], kind: JudgementKind) -> Judgement | None:
    """The sentence that gives a grade: on the cover in any type, further on in a heading only."""
    if not sentences_of(kind, "verdict"):
        return None
    for page in pages:
        lines = page.lines if page.page_number <= _VERDICT_PAGES else [line for line in page.lines if line.is_bold]
        verdict = read_verdict(lines, page.page_number, kind)
        if verdict:
            return verdict
    return None


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
                grade = match_grade(found["grade"])
                label = found[0][: found.start("grade") - found.start()].strip()
                box = box_around(chosen)
                code = grade.grade if grade else ""  # its rank is not that of its word
                return Judgement(kind.judgement_code, code, found["grade"], label, page_number, box, "sentence")
    return None
