"""Judgement tables: which labels stand on a page, and which words in the row of each.

A wrapped grade may stand beside the first, the middle or the last line of its label. So no line of the table
is read as a row. Labels are found first; the space between two labels is cut at a rule line if there is one,
else half-way; and a grade belongs to the label within whose cut it stands.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.parsing.fragments import Fragment, box_around, column_below, fragments_of, joined
from pipelines.parsing.layout import Layout
from pipelines.parsing.page_break import JoinedPages, join_pages
from pipelines.parsing.wording import plain
from pipelines.reading.lines import Box, Page
from pipelines.report_kinds.grades import is_graded, match_grade, mentions_grade
from pipelines.report_kinds.matching import begins_with_label, match_label, match_misprint, with_rivals
from pipelines.report_kinds.registry import Framework, Grade, JudgementKind

_FEWEST_OF_A_TABLE = 2
_LONGEST_GRADE = 50
_TABLE_PAGES = 3
_CLOSING_PAGES = 6

Labels = list[tuple[JudgementKind, Fragment]]


class GradedLabel(NamedTuple):
    """A row of a judgement table as it stands on the page. `grade_text` is empty where no grade is beside it.

    `other_text` are words of the row to the left of the grade that are no part of the label.
    """

    kind: JudgementKind
    label_text: str
    grade_text: str
    page_number: int
    box: Box
    other_text: str = ""

    @property
    def grade(self) -> Grade | None:
        """The grade that the row states; None where it is none that the scale knows."""
        return match_grade(plain(self.grade_text))


class StrayGrade(NamedTuple):
    """A grade in the column of grades, and the words to the left of it, which are no label."""

    grade_text: str
    other_text: str
    page_number: int
    box: Box


class JudgementTable(NamedTuple):
    """The labels on a page, or on two, with their grades, and the grades beside no label; the column starts at `x0`."""

    rows: Sequence[GradedLabel] = ()
    strays: Sequence[StrayGrade] = ()
    x0: float = math.inf

    @property
    def weight(self) -> tuple[int, int]:
        """How much of a judgement table it is: how many judgements have words beside them, and how many a grade.

        In a contents page numbers stand beside them.
        """
        labelled = {row.kind.judgement_code for row in self.rows if any(map(str.isalpha, row.grade_text))}
        return len(labelled), len({row.kind.judgement_code for row in self.rows if row.grade})


class JudgementTables(NamedTuple):
    """`own` is the framework's judgement table; `ruled` are rows of ruled tables, `others` of a second one."""

    own: JudgementTable
    ruled: Sequence[GradedLabel]
    others: Sequence[GradedLabel] = ()


def read_judgement_tables(pages: Sequence[Page], framework: Framework, layout: Layout) -> JudgementTables:
    """Every page of a report that may hold judgements in a table, each read once.

    The judgement table is on the page with most labels that something is said of, or on two of which the second goes
    on with rows, or with the label, that the first one ends with.
    """
    where = {"none": (), "cover": pages[:_TABLE_PAGES], "closing": pages[-_CLOSING_PAGES:]}[framework.table]
    numbers = {page.page_number for page in where}
    chosen = [page for page in pages if page.page_number in numbers or (page.tables and _may_give_grades(page))]
    read = {page.page_number: read_judgement_table(page, framework) for page in chosen}
    ruled = [row for page in chosen if page.tables for row in read[page.page_number].rows]
    own = max((read[page.page_number] for page in where), key=lambda table: table.weight, default=JudgementTable())
    for above, below in pairwise(where):
        begun, ended = read[above.page_number], read[below.page_number]
        x0 = begun.x0 if begun.weight > (0, 0) else ended.x0  # a table may be torn within its first row
        if x0 < math.inf and (both := join_pages(above, below, x0, layout)):
            whole = _parted(read_judgement_table(both.page, framework), both)
            own = whole if whole.weight[0] > own.weight[0] else own
    pages_of_own = {row.page_number for row in own.rows}
    apart = [read[page.page_number] for page in where if page.page_number not in pages_of_own and not page.tables]
    others = [row for table in apart if table.weight[1] >= _FEWEST_OF_A_TABLE for row in table.rows]
    return JudgementTables(own, ruled, others)


def _may_give_grades(page: Page) -> bool:
    """Whether any cell on a page is short and has the word of a grade: most framed pages hold running text alone."""
    cells = (line.cell_text(cell) for line in page.lines for cell in line.cells)
    return any(len(text) <= _LONGEST_GRADE and mentions_grade(text) for text in cells)


def _parted(table: JudgementTable, both: JoinedPages) -> JudgementTable:
    """A table of two pages with the place of each row on its own."""
    rows = [row._replace(page_number=both.page_of(row.box), box=both.place_of(row.box)) for row in table.rows]
    strays = [one._replace(page_number=both.page_of(one.box), box=both.place_of(one.box)) for one in table.strays]
    return table._replace(rows=rows, strays=strays)


def read_judgement_table(page: Page, framework: Framework) -> JudgementTable:
    """Every label on a page with the words that stand in its row to the right of it.

    Labels are those of the framework and of others with its title. Those in running text, in a contents page or in a
    heading without a grade come back with no grade text or with one that is no grade; it is for the caller to know
    which page holds a table.
    """
    fragments = fragments_of(page)
    labels = _all_labels(fragments, framework)
    if not labels:
        return JudgementTable()
    x0 = _grade_column(fragments, labels)
    cuts = _cuts(page, [label.box for _, label in labels], x0)
    grades = [one for one in fragments if one.box.x0 >= x0 and not _is_header(one, labels)]
    others = [
        fragment
        for fragment in fragments
        if fragment.box.x0 < x0 and not any(_holds(label.box, fragment.box) for _, label in labels)
    ]
    rows: list[GradedLabel] = []
    strays = [grade for grade in grades if is_graded(plain(grade.text))]
    for (kind, label), (top, bottom) in zip(labels, pairwise(cuts), strict=True):
        inside = [grade for grade in grades if top <= _middle(grade.box) < bottom]
        strays = [grade for grade in strays if grade not in inside]
        beside = " ".join(other.text for other in others if top <= _middle(other.box) < bottom)
        box = box_around([label.box, *(grade.box for grade in inside)])
        rows.append(GradedLabel(kind, label.text, _words(inside), page.page_number, box, beside))
    return JudgementTable(rows, [_stray(grade, others, page) for grade in strays], x0)


def _is_header(fragment: Fragment, labels: Labels) -> bool:
    """Whether a fragment is the "Grade" above the column of grades."""
    return fragment.box.bottom <= labels[0][1].box.top + 2 and plain(fragment.text).lower() in ("grade", "grades")


def _stray(grade: Fragment, others: Sequence[Fragment], page: Page) -> StrayGrade:
    """A grade beside no label, with the words on its line and on those next to it."""
    height = grade.box.bottom - grade.box.top
    near = [one for one in others if abs(_middle(one.box) - _middle(grade.box)) < 1.5 * height]
    return StrayGrade(grade.text, _words(near), page.page_number, box_around([one.box for one in (grade, *near)]))


def _words(fragments: Iterable[Fragment]) -> str:
    return " ".join(fragment.text for fragment in fragments)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _holds(box: Box, other: Box) -> bool:
    return box.top <= _middle(other) <= box.bottom and box.x0 - 1 <= other.x0 and other.x1 <= box.x1 + 1


def _all_labels(fragments: Sequence[Fragment], framework: Framework) -> Labels:
    """The labels on a page from top to bottom; where some are missing, those too that only a misprint hides."""
    known = with_rivals(framework)
    words = [plain(fragment.text) for fragment in fragments]
    columns = [column_below(fragments, first) for first in range(len(fragments))]
    with_label_first = [
        column
        for column in columns
        if begins_with_label(known, " ".join(words[index] for index in column if words[index]))
    ]
    labels = _labels(fragments, with_label_first, known, match_label)
    if _FEWEST_OF_A_TABLE <= len(labels) < sum(kind.spelling is not None for kind in framework.judgements):
        labels = _with_misprints(labels, _labels(fragments, columns, framework, match_misprint))
    return labels


def _with_misprints(labels: Labels, misprints: Labels) -> Labels:
    """Labels with those that only a misprint kept from being found, none twice."""
    known = {kind.judgement_code for kind, _ in labels}
    added = [(kind, label) for kind, label in misprints if kind.judgement_code not in known]
    return sorted([*labels, *added], key=lambda found: found[1].box.top)


def _labels(
    fragments: Sequence[Fragment],
    columns: Iterable[Sequence[int]],
    framework: Framework,
    match: Callable[[Framework, str], JudgementKind | None],
) -> Labels:
    """Labels from top to bottom, each joined over the lines it wraps to; the longest that fits wins.

    `columns` are the fragments with which a label may begin, each with those set under it.
    """
    found: Labels = []
    used: set[int] = set()
    for column in columns:
        if column[0] in used:
            continue
        for count in range(len(column), 0, -1):
            label = joined([fragments[index] for index in column[:count]])
            kind = match(framework, plain(label.text))
            if kind:
                used.update(column[:count])
                found.append((kind, label))
                break
    return found


def _grade_column(fragments: Sequence[Fragment], labels: Labels) -> float:
    """Where the column of grades begins: the leftmost fragment to the right of every label, beside one of them.

    Where there is none, it is nowhere on the page.
    """
    right_edge = max(label.box.x1 for _, label in labels)
    top = labels[0][1].box.top - 30
    bottom = labels[-1][1].box.bottom + 30
    beside = [f.box.x0 for f in fragments if f.box.x0 > right_edge and top <= f.box.top <= bottom]
    return min(beside, default=math.inf) - 1


def _cuts(page: Page, labels: Sequence[Box], column: float) -> list[float]:
    """Heights that part the rows, one more than there are labels.

    Every table seen has rule lines between its rows; the cut is the rule line of the grade column nearest to half-way
    between two labels, where one lies between them.
    """
    rule_lines = sorted(
        {edge for table in page.tables for cell in table if cell.x1 > column for edge in (cell.top, cell.bottom)}
    )
    cuts = [max([edge for edge in rule_lines if edge <= labels[0].top + 1], default=labels[0].top - 20)]
    for above, below in pairwise(labels):
        middle = (above.bottom + below.top) / 2
        between = [edge for edge in rule_lines if above.bottom - 2 <= edge <= below.top + 2]
        cuts.append(min(between, key=lambda edge: abs(edge - middle), default=middle))
    last = labels[-1]
    below_last = [edge for edge in rule_lines if edge >= last.bottom - 1]
    cuts.append(min(below_last, default=last.bottom + (last.bottom - last.top) + 8))
    return cuts
