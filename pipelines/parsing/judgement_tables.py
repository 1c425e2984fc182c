"""Judgement tables: which labels stand on a page, and which words in the row of each.

Belongs here: the geometry of a two-column table whose cells wrap.
Stays out: the wording of labels and grades, which is data (`report_kinds/`), and what rows mean (`judgements.py`).

A wrapped grade may stand beside the first, the middle or the last line of its label. So no line of the table
is read as a row. Labels are found first; the space between two labels is cut at a rule line if there is one,
else half-way; and a grade belongs to the label within whose cut it stands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.parsing.wording import plain, without_marks
from pipelines.reading.lines import Box, Page
from pipelines.report_kinds.matching import begins_with_label, match_label, match_misprint
from pipelines.report_kinds.registry import Framework, JudgementKind

_MOST_LINES_OF_A_LABEL = 4
_FEWEST_OF_A_TABLE = 2
_TABLE_PAGES = 3
_CLOSING_PAGES = 6


class Fragment(NamedTuple):
    """One cell of one line with its words."""

    text: str
    box: Box


Labels = list[tuple[JudgementKind, Fragment]]


class GradedLabel(NamedTuple):
    """A row of a judgement table as it stands on the page. `grade_text` is empty where no grade is beside it."""

    kind: JudgementKind
    label_text: str
    grade_text: str
    box: Box


class JudgementTables(NamedTuple):
    """Rows by page number: `own` of the pages where the framework has its table, `ruled` of all with a ruled one."""

    own: Mapping[int, tuple[GradedLabel, ...]]
    ruled: Mapping[int, tuple[GradedLabel, ...]]


def read_judgement_tables(pages: Sequence[Page], framework: Framework) -> JudgementTables:
    """Every page of a report that may hold judgements in a table, each read once."""
    where = {"none": (), "cover": pages[:_TABLE_PAGES], "closing": pages[-_CLOSING_PAGES:]}[framework.table]
    own = {page.page_number: read_judgement_table(page, framework) for page in where}
    others = [page for page in pages if page.tables and page.page_number not in own]
    read = own | {page.page_number: read_judgement_table(page, framework) for page in others}
    ruled = {page.page_number: read[page.page_number] for page in pages if page.tables}
    return JudgementTables(own, ruled)


def read_judgement_table(page: Page, framework: Framework) -> tuple[GradedLabel, ...]:
    """Every label of the framework on a page with the words that stand in its row to the right of it.

    Labels in running text, in a contents page or in a heading without a grade come back with no grade text or
    with one that is no grade; it is for the caller to know which page holds a table.
    """
    fragments = _fragments(page)
    columns = [_column_below(fragments, first) for first in range(len(fragments))]
    labels = _labels(fragments, _with_label_first(columns, fragments, framework), framework, match_label)
    if not labels:
        return ()
    if _FEWEST_OF_A_TABLE <= len(labels) < sum(kind.spelling is not None for kind in framework.judgements):
        labels = _with_misprints(labels, _labels(fragments, columns, framework, match_misprint))
    column = _grade_column(fragments, labels)
    if column is None:
        return tuple(GradedLabel(kind, label.text, "", label.box) for kind, label in labels)
    cuts = _cuts(page, [label.box for _, label in labels], column)
    grades = [fragment for fragment in fragments if fragment.box.x0 >= column]
    rows: list[GradedLabel] = []
    for (kind, label), top, bottom in zip(labels, cuts, cuts[1:], strict=False):
        inside = [grade for grade in grades if top <= (grade.box.top + grade.box.bottom) / 2 < bottom]
        words = " ".join(grade.text for grade in inside)
        rows.append(GradedLabel(kind, label.text, words, box_around([label.box, *(grade.box for grade in inside)])))
    return tuple(rows)


def _fragments(page: Page) -> list[Fragment]:
    """The cells of every line, those put together again that stand in one ruled cell: justified text has wide gaps."""
    ruled = [cell for table in page.tables for cell in table]
    fragments: list[Fragment] = []
    for line in page.lines:
        middle = (line.top + line.bottom) / 2
        level = [box for box in ruled if box.top <= middle <= box.bottom]
        last_home: Box | None = None
        for cell in line.cells:
            text = without_marks(line, cell)
            if not text:
                continue
            around = [box for box in level if box.x0 - 2 <= cell.x0 and cell.x1 <= box.x1 + 2]
            home = min(around, key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top), default=None)
            if home is not None and home == last_home:
                before = fragments.pop()
                text, box = (
                    f"{before.text} {text}",
                    box_around([before.box, Box(cell.x0, line.top, cell.x1, line.bottom)]),
                )
            else:
                box = Box(cell.x0, line.top, cell.x1, line.bottom)
            fragments.append(Fragment(text, box))
            last_home = home
    return fragments


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
            chosen = column[:count]
            text = _text(fragments, chosen)
            kind = match(framework, plain(text))
            if kind:
                used.update(chosen)
                found.append((kind, Fragment(text, box_around([fragments[index].box for index in chosen]))))
                break
    return found


def _with_label_first(
    columns: Sequence[Sequence[int]], fragments: Sequence[Fragment], framework: Framework
) -> Iterator[Sequence[int]]:
    """The columns of fragments that begin with a label, so that only they are tried line by line."""
    words = [plain(fragment.text) for fragment in fragments]
    for column in columns:
        if begins_with_label(framework, " ".join(words[index] for index in column if words[index])):
            yield column


def _text(fragments: Sequence[Fragment], chosen: Iterable[int]) -> str:
    return " ".join(fragments[index].text for index in chosen)


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


def _grade_column(fragments: Sequence[Fragment], labels: Labels) -> float | None:
    """Where the column of grades begins: the leftmost fragment to the right of every label, beside one of them."""
    right_edge = max(label.box.x1 for _, label in labels)
    top = labels[0][1].box.top - 30
    bottom = labels[-1][1].box.bottom + 30
    beside = [f.box.x0 for f in fragments if f.box.x0 > right_edge and top <= f.box.top <= bottom]
    return min(beside) - 1 if beside else None


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


def box_around(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle that holds them all."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
