"""Verdicts: the sentences that give a judgement its grade, as overall effectiveness and the board's until 2018.

A grade is taken from a sentence only where nothing else in it puts that grade in doubt: the same cover may say what was
found years ago, or what services are no longer.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from pipelines.parsing.facts import Judgement
from pipelines.parsing.fragments import box_around
from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.grades import grades_in, match_grade
from pipelines.report_kinds.registry import JudgementKind
from pipelines.report_kinds.sentences import sentences_of

_COVER_PAGES = 2
_ROOM_IN_A_SENTENCE = 0.55
"""White space between the lines of one sentence is less, as a share of their size; between paragraphs it is more."""

_SENTENCE_END = re.compile(r"(?<!\bSt)[.?!;](?=\s|$)", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"(?!(?:Or|And|But|To|In|Because)\b)[A-Z][a-z ']")
_OTHER_TIME = re.compile(
    r"\b(?:previous(?:ly)?|last|earlier|former(?:ly)?|prior|before|since|if|whether|until|when|was|were|not|nor|neither"
    r"|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""Before a verdict in its sentence: words by which it is about another time, or about none."""

_GOES_ON = re.compile(
    r"\W*(?:$|(?:because|with|due|overall|as)\b)|\s*[,:;.)]|\s+and (?:is|are) not (?:yet )?good\b", re.I
)
"""What may stand behind the grade. "Good or outstanding", "good in part", "good enough" and "inadequate in 2012" grade
nothing; "requires improvement and is not yet good because" does."""

_OTHER_GRADE = re.compile(r"\b(?:not|no longer|having|previously|formerly|rather than)\b[^,;.]*", re.IGNORECASE)
"""Behind the grade: words with a grade that is not, or no longer, given: "good, having been inadequate in 2012"."""

_FEWEST_WORDS = 3


def verdict_on(pages: Sequence[Page], kind: JudgementKind) -> tuple[Judgement | None, str | None]:
    """The sentence that gives a grade, on the cover in any type, in a heading further on; or what is in doubt."""
    if not sentences_of(kind, "verdict"):
        return None, None
    on_cover = [one for page in pages[:_COVER_PAGES] for one in read_verdicts(page.lines, page.page_number, kind)]
    if len({one.grade for one in on_cover}) > 1:
        said = " and ".join(f"page {one.page_number}: {_quoted(one)}" for one in on_cover)
        return None, f"the verdicts on {kind.label!r} contradict each other: {said}"
    if on_cover:
        return on_cover[0], None
    for page in pages[_COVER_PAGES:]:
        bold = [line for line in page.lines if line.is_bold]
        if found := next(read_verdicts(bold, page.page_number, kind), None):
            return found, None
    return None, None


def _quoted(verdict: Judgement) -> str:
    return repr(f"{verdict.label_as_written} {verdict.grade_as_written}")


def read_verdicts(lines: Sequence[Line], page_number: int, kind: JudgementKind) -> Iterator[Judgement]:
    """Every sentence among lines of a page that states the grade of a judgement; it may run over several lines."""
    for passage in _passages(lines):
        texts = [plain(without_marks(line)) + " " for line in passage]
        whole = "".join(texts)
        starts = list(accumulate((len(text) for text in texts), initial=0))
        clear = (
            found
            for sentence in sentences_of(kind, "verdict")
            for found in sentence.finditer(whole)
            if _is_clear(whole, found, starts)
        )
        for found in clear:
            places = zip(passage, pairwise(starts), strict=True)
            chosen = [line for line, (start, end) in places if start < found.end() and end > found.start()]
            grade = match_grade(found["grade"])
            code = grade.grade if grade else ""  # its rank is not that of its word
            label = found[0][: found.start("grade") - found.start()].strip()
            box = box_around(chosen)
            yield Judgement(kind.judgement_code, code, found["grade"], label, page_number, box, "sentence")


def _passages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of one size that are set close under each other."""
    passage: list[Line] = []
    for line in lines:
        is_far = bool(passage) and line.top - passage[-1].bottom > _ROOM_IN_A_SENTENCE * line.font_size
        if passage and (is_far or abs(line.font_size - passage[-1].font_size) > 1):
            yield passage
            passage = []
        passage.append(line)
    if passage:
        yield passage


def _is_clear(passage: str, found: re.Match[str], line_starts: Sequence[int]) -> bool:
    """Whether the sentence around a match says nothing that puts its grade in doubt.

    A verdict at the end of a line has no stop: the sentence after it begins with a capital on the next.
    """
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(passage)), len(passage)]
    before = passage[max(end for end in ends if end <= found.start()) : found.start()]
    after = passage[found.end() : min(end for end in ends if end >= found.end())]
    if found.end() + 1 in line_starts and _NEXT_SENTENCE.match(passage, found.end() + 1):
        after = ""
    is_only_one = not grades_in(_OTHER_GRADE.sub("", after))
    return not _OTHER_TIME.search(before) and _GOES_ON.match(after) is not None and is_only_one


def said_of_grades(page: Page) -> str:
    """What a page says of grades outside its tables, in a sentence that may be a verdict which is not understood."""
    for passage in _passages([line for line in page.lines if len(line.cells) == 1]):
        text = plain(" ".join(without_marks(line) for line in passage))
        if grades_in(text) and len(text.split()) >= _FEWEST_WORDS:
            return text
    return ""
