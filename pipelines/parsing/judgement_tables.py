"""Judgement tables: which labels stand on a page, and which words in the row of each.

A wrapped grade may stand beside the first, the middle or the last line of its label. So no line of the table
is read as a row. Labels are found first; the space between two labels is cut at a rule line if there is one,
else half-way; and a grade belongs to the label within whose cut it stands.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Box, Cell, Line, Page
from pipelines.report_kinds.matching import begins_with_label, match_grade, match_label, match_misprint
from pipelines.report_kinds.registry import Framework, Grade, JudgementKind

_MOST_LINES_OF_A_LABEL = 4
_FEWEST_OF_A_TABLE = 2
_TABLE_PAGES = 3
_CLOSING_PAGES = 6


class Fragment(NamedTuple):
    """One cell of one line with its words, or several put together."""

    text: str
    box: Box


Labels = list[tuple[JudgementKind, Fragment]]


class GradedLabel(NamedTuple):
    """A row of a judgement table as it stands on the page. `grade_text` is empty where no grade is beside it."""

    kind: JudgementKind
    label_text: str
    grade_text: str
    page_number: int
    box: Box

    @property
    def grade(self) -> Grade | None:
        """The grade that the row states; None where it is none that the scale knows."""
        return match_grade(plain(self.grade_text))


class JudgementTables(NamedTuple):
    """Rows: `own` by page, of those pages where the framework has its table; `ruled` of all pages with a ruled one."""

    own: Sequence[Sequence[GradedLabel]]
    ruled: Sequence[GradedLabel]


def read_judgement_tables(pages: Sequence[Page], framework: Framework) -> JudgementTables:
    """Every page of a report that may hold judgements in a table, each read once."""
    where = {"none": (), "cover": pages[:_TABLE_PAGES], "closing": pages[-_CLOSING_PAGES:]}[framework.table]
    read = {page.page_number: read_judgement_table(page, framework) for page in pages if page.tables or page in where}
    ruled = [row for page in pages if page.tables for row in read[page.page_number]]
    return JudgementTables([read[page.page_number] for page in where], ruled)


def read_judgement_table(page: Page, framework: Framework) -> list[GradedLabel]:
    """Every label of the framework on a page with the words that stand in its row to the right of it.

    Labels in running text, in a contents page or in a heading without a grade come back with no grade text or
    with one that is no grade; it is for the caller to know which page holds a table.
    """
    fragments = _fragments(page)
    words = [plain(fragment.text) for fragment in fragments]
    columns = [_column_below(fragments, first) for first in range(len(fragments))]
    with_label_first = [
        column
        for column in columns
        if begins_with_label(framework, " ".join(words[index] for index in column if words[index]))
    ]
    labels = _labels(fragments, with_label_first, framework, match_label)
    if not labels:
        return []
    if _FEWEST_OF_A_TABLE <= len(labels) < sum(kind.spelling is not None for kind in framework.judgements):
        labels = _with_misprints(labels, _labels(fragments, columns, framework, match_misprint))
    column_x0 = _grade_column(fragments, labels)
    cuts = _cuts(page, [label.box for _, label in labels], column_x0)
    grades = [fragment for fragment in fragments if fragment.box.x0 >= column_x0]
    rows: list[GradedLabel] = []
    for (kind, label), (top, bottom) in zip(labels, pairwise(cuts), strict=True):
        inside = [grade for grade in grades if top <= (grade.box.top + grade.box.bottom) / 2 < bottom]
        grade_text = " ".join(grade.text for grade in inside)
        box = box_around([label.box, *(grade.box for grade in inside)])
        rows.append(GradedLabel(kind, label.text, grade_text, page.page_number, box))
    return rows


def _fragments(page: Page) -> list[Fragment]:
    """The cells of every line, those put together again that stand in one ruled cell: justified text has wide gaps."""
    ruled = [cell for table in page.tables for cell in table]
    fragments: list[Fragment] = []
    for line in page.lines:
        last_home: Box | None = None
        for cell in line.cells:
            text = without_marks(line, cell)
            if not text:
                continue
            fragment = Fragment(text, Box(cell.x0, line.top, cell.x1, line.bottom))
            homes = [box for box in ruled if stands_in(line, (cell,), box)]
            home = min(homes, key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top), default=None)
            if home is not None and home == last_home:
                fragment = _joined([fragments.pop(), fragment])
            fragments.append(fragment)
            last_home = home
    return fragments


def _joined(fragments: Sequence[Fragment]) -> Fragment:
    return Fragment(
        " ".join(fragment.text for fragment in fragments), box_around([fragment.box for fragment in fragments])
    )


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
            label = _joined([fragments[index] for index in column[:count]])
            kind = match(framework, plain(label.text))
            if kind:
                used.update(column[:count])
                found.append((kind, label))
                break
    return found


def _column_below(fragments: Sequence[Fragment], first: int) -> list[int]:
    """Indexes of a fragment and those set directly under it in the same column, as a wrapped cell has them."""
    chosen = [first]
    box = fragments[first].box
    for index in range(first + 1, len(fragments)):
        other = fragments[index].box
        height = box.bottom - box.top
        if other.top - box.bottom > 0.7 * height or len(chosen) == _MOST_LINES_OF_A_LABEL:
            break
        if other.top >= box.bottom - 0.3 * height and abs(other.x0 - fragments[first].box.x0) < 2 * height:
            chosen.append(index)
            box = other
    return chosen


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


def box_around(placed: Sequence[Box | Line]) -> Box:
    """The smallest rectangle that holds them all."""
    return Box(
        min(one.x0 for one in placed),
        min(one.top for one in placed),
        max(one.x1 for one in placed),
        max(one.bottom for one in placed),
    )


def stands_in(line: Line, parts: Sequence[Cell], box: Box) -> bool:
    """Whether any of the parts of a line that gaps set apart stands in a ruled cell."""
    is_level = box.top <= (line.top + line.bottom) / 2 <= box.bottom
    return is_level and any(box.x0 - 2 <= part.x0 and part.x1 <= box.x1 + 2 for part in parts)
