"""What somebody was told to do, and what is done well: the items of a report's lists, and whether it has each list."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.parsing.facts import Issue, ItemList, Paragraph, Recommendation, Section, Strength
from pipelines.parsing.list_issues import list_issues, without_items
from pipelines.parsing.list_sections import LISTS, listing_sections, once
from pipelines.parsing.national_framework import national_framework_references
from pipelines.parsing.none_stated import states_none
from pipelines.parsing.wording import plain, sentences
from pipelines.report_kinds.matching import found_in, match_list
from pipelines.report_kinds.registry import Framework, load_visit_words

_DEEPER = 12.0
_SUB_ITEM = re.compile(r"\(?(?:[ivx]{1,4}|[a-h])[.)]\s")
_PRIORITY = re.compile(r"\b(?:priority|immediate) actions?\b", re.IGNORECASE)


class ListedItems(NamedTuple):
    """The items of a report, and each list that it has or has not."""

    recommendations: tuple[Recommendation, ...]
    strengths: tuple[Strength, ...]
    lists: tuple[ItemList, ...]
    issues: tuple[Issue, ...]


class _List:
    """A list while its items are gathered."""

    def __init__(self) -> None:
        self.n_items = 0
        self.heading: Section | None = None
        self.lead_in: str | None = None
        self.is_none = self.is_carried = False

    def opened_by(self, heading: Section) -> None:
        """Note the first heading of the list."""
        self.heading = self.heading or heading

    @property
    def status(self) -> str:
        """Whether the report has the list: a list with an item is there, whatever is said beside it."""
        if self.n_items:
            return "present"
        return "none_stated" if self.is_none else "carried_forward" if self.is_carried else "absent"


class _Reading:
    """All items and lists of a report while they are gathered."""

    def __init__(self) -> None:
        self.recommendations: list[Recommendation] = []
        self.strengths: list[Strength] = []
        self.lists = {name: _List() for name in dict.fromkeys(LISTS.values())}

    def take(
        self, kind: str, section: Section, item: Sequence[Paragraph], lead_in: str | None, bodies: tuple[str, ...]
    ) -> None:
        """Take an item, or what stands in its place: that there is none, or that those set before remain."""
        first, *further = item
        own = self.lists[LISTS[kind]]
        own.opened_by(section)
        if not further and states_none(first.text):
            own.is_none = True
        elif first.kind == "unnumbered" and found_in(load_visit_words().carried_forward, plain(first.text)):
            own.is_carried = True
        else:
            own.lead_in = own.lead_in if own.n_items else lead_in
            own.n_items += 1
            self._add(kind, section, first, " ".join(one.text for one in item), bodies)

    def _add(self, kind: str, section: Section, first: Paragraph, text: str, bodies: tuple[str, ...]) -> None:
        if kind == "strength":
            self.strengths.append(Strength(len(self.strengths) + 1, first.ordinal, text))
            return
        references, at = national_framework_references(text), len(self.recommendations) + 1
        self.recommendations.append(Recommendation(at, first.ordinal, kind, section.part, text, references, bodies))


def read_items(
    paragraphs: Sequence[Paragraph],
    marks: Mapping[int, float],
    rows: Mapping[int, int],
    sections: Sequence[Section],
    framework: Framework,
    bodies: Mapping[int, tuple[str, ...]],
) -> ListedItems:
    """Every top-level item under the headings that hold them, in reading order, sub-bullets in its text.

    `marks` are the places of the paragraphs' marks, in points, and `rows` the rows of tables that they stand in, by
    ordinal; `bodies` are those responsible by row. `sections` are without those of boxes, which end no list.
    """
    by_section: dict[int | None, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        if paragraph.kind != "footnote":
            by_section[paragraph.section].append(paragraph)
    filled = {ordinal for ordinal in by_section if ordinal is not None}
    listing, again = once(listing_sections(sections, filled, framework), sections, framework)
    read = _Reading()
    for section, kind, opened_by in listing:
        own = by_section[section.ordinal]
        whole = [one for other in listing if other.opened_by == opened_by for one in by_section[other.section.ordinal]]
        items = _items(own, marks, rows, framework, numbers_count=not _only_introduced(whole, framework))
        for item in items:
            kind_of_item = _kind_by_introduction(item[0], own, framework) or kind
            read.take(kind_of_item, section, item, _lead_in(item[0], own), bodies.get(rows.get(item[0].ordinal, 0), ()))
        if not items and kind != "strength":
            read.lists[LISTS[kind]].opened_by(section)
    _look_for_denials(read.lists["priority_action"], paragraphs)
    return ListedItems(
        tuple(read.recommendations),
        tuple(read.strengths),
        tuple(ItemList(name, one.status, one.n_items, one.lead_in) for name, one in read.lists.items()),
        (
            *without_items(
                {name: one.heading for name, one in read.lists.items() if one.heading and one.status == "absent"}
            ),
            *list_issues(sections, listing, again, by_section, marks, rows, framework),
        ),
    )


def _look_for_denials(state: _List, paragraphs: Sequence[Paragraph]) -> None:
    """Letters may say in their text, without a heading, that there is no priority action."""
    if state.status == "absent":
        said = (
            one for paragraph in paragraphs if _PRIORITY.search(paragraph.text) for one in sentences(paragraph.text)
        )
        state.is_none = any(_PRIORITY.search(one) and states_none(one) for one in said)


def _lead_in(first: Paragraph, paragraphs: Sequence[Paragraph]) -> str | None:
    """The words that stand before the first item of a section."""
    before = [one.text for one in paragraphs if one.ordinal < first.ordinal and one.kind != "numbered"]
    return " ".join(before) or None


def _items(
    paragraphs: Sequence[Paragraph],
    marks: Mapping[int, float],
    rows: Mapping[int, int],
    framework: Framework,
    *,
    numbers_count: bool,
) -> list[list[Paragraph]]:
    """The items of a section, each with what belongs to it: the rows of its table, or else what its marks begin."""
    in_rows: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if row := rows.get(paragraph.ordinal):
            in_rows.setdefault(row, []).append(paragraph)
    if in_rows:
        return list(in_rows.values())
    groups = _top_level(paragraphs, marks, numbers_count=numbers_count)
    is_prose = len(groups) == 1 and all(one.kind == "unnumbered" for one in groups[0])
    return [[one] for one in groups[0]] if is_prose and not framework.numbers_paragraphs else groups


def _only_introduced(paragraphs: Sequence[Paragraph], framework: Framework) -> bool:
    """Whether numbers only announce bullets ("the authority should take the following action") and are no items."""
    numbered = [one for one in paragraphs if one.kind == "numbered"]
    has_bullets = sum(one.kind == "bullet" for one in paragraphs) > 1
    return has_bullets and len(numbered) > 0 and all(_only_announces(one, framework) for one in numbered)


def _only_announces(paragraph: Paragraph, framework: Framework) -> bool:
    """Whether an introduction asks for nothing itself: who should do the following, and when."""
    asks = re.search(r"\b(?:should|must|needs? to|is|are)\b[^.]*\bfollowing\b", paragraph.text)
    return _introduces(paragraph) and (asks is not None or _kind_by_last_words(paragraph, framework) is not None)


def _top_level(
    paragraphs: Sequence[Paragraph], marks: Mapping[int, float], *, numbers_count: bool
) -> list[list[Paragraph]]:
    """Items with what belongs to each. Numbers make items if they count; without them bullets do, or else prose.

    What is set deeper than an item belongs to it, with a bullet or with a sign of another kind: "(i)", "a.".
    """
    numbered = [one for one in paragraphs if one.kind == "numbered"]
    bullets = [one for one in paragraphs if one.kind == "bullet"]
    if numbered and numbers_count:
        starts = {one.ordinal for one in numbered}
    elif bullets:
        edge = min(marks[one.ordinal] for one in bullets)
        starts = {one.ordinal for one in bullets if marks[one.ordinal] < edge + _DEEPER}
    else:
        return [list(paragraphs)] if paragraphs and not numbered else []
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.ordinal in starts:
            groups.append([paragraph])
        elif groups and (paragraph.kind == "bullet" or _belongs(paragraph, groups[-1][0], marks)):
            groups[-1].append(paragraph)
    return groups


def _belongs(paragraph: Paragraph, item: Paragraph, marks: Mapping[int, float]) -> bool:
    """Whether a paragraph without a bullet is a part of an item: "(i) ...", or set deeper than it."""
    return _SUB_ITEM.match(paragraph.text) is not None or marks[paragraph.ordinal] > marks[item.ordinal] + 4


def _introduces(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends by announcing what follows."""
    return re.search(r":$|\bfollowing\b[^.]*\.$", paragraph.text) is not None


def _kind_by_introduction(first: Paragraph, paragraphs: Sequence[Paragraph], framework: Framework) -> str | None:
    """The kind that the numbered introduction before a bullet gives it by its last words ("... Immediately:")."""
    if first.kind != "bullet":
        return None
    before = [one for one in paragraphs if one.ordinal < first.ordinal and _introduces(one)]
    return _kind_by_last_words(before[-1], framework) if before else None


def _kind_by_last_words(paragraph: Paragraph, framework: Framework) -> str | None:
    return match_list(framework, plain(re.split(r"[.,]\s+", paragraph.text)[-1]))
