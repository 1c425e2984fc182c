"""What somebody was told to do, and what is done well: the items of a report's lists, and whether it has each list."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.parsing.facts import Issue, ItemList, Paragraph, Recommendation, Section, Strength
from pipelines.parsing.headings import is_known
from pipelines.parsing.national_framework import national_framework_references
from pipelines.parsing.none_stated import states_none
from pipelines.parsing.wording import plain, sentences
from pipelines.report_kinds.matching import found_in, is_section, match_list
from pipelines.report_kinds.registry import Framework, load_visit_words

_DEEPER = 12.0
_SUB_ITEM = re.compile(r"\(?(?:[ivx]{1,4}|[a-h])[.)]\s")
_LISTS = {
    "priority_action": "priority_action",
    "area_for_improvement": "area_for_improvement",
    "recommendation": "area_for_improvement",
    "strength": "strength",
}
"""The list to which items of each kind belong, in the order in which reports have them."""

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

    @property
    def status(self) -> str:
        """Whether the report has the list: a list with an item is there, whatever is said beside it."""
        if self.n_items:
            return "present"
        return "none_stated" if self.is_none else "carried_forward" if self.is_carried else "absent"


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
    found: list[Recommendation] = []
    strengths: list[Strength] = []
    lists: dict[str, _List] = {name: _List() for name in dict.fromkeys(_LISTS.values())}
    by_section: dict[int | None, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        if paragraph.kind != "footnote":
            by_section[paragraph.section].append(paragraph)
    filled = {ordinal for ordinal in by_section if ordinal is not None}
    listing, again = _once(_listing_sections(sections, filled, framework), sections, framework)
    for section, kind, group in listing:
        own = by_section[section.ordinal]
        whole = [one for other, _, of_group in listing if of_group == group for one in by_section[other.ordinal]]
        items = _items(own, marks, rows, framework, numbers_count=not _only_introduced(whole, framework))
        for first, *further in items:
            kind_of_item = _kind_by_introduction(first, own, framework) or kind
            state = lists[_LISTS[kind_of_item]]
            state.heading = state.heading or section
            if not further and states_none(first.text):
                state.is_none = True
            elif first.kind == "unnumbered" and found_in(load_visit_words().carried_forward, plain(first.text)):
                state.is_carried = True
            else:
                if not state.n_items:
                    state.lead_in = _lead_in(first, own)
                state.n_items += 1
                text = " ".join(one.text for one in (first, *further))
                if kind_of_item == "strength":
                    strengths.append(Strength(len(strengths) + 1, first.ordinal, text))
                else:
                    beside = bodies.get(rows.get(first.ordinal, 0), ())
                    references = national_framework_references(text)
                    at = len(found) + 1
                    found.append(
                        Recommendation(at, first.ordinal, kind_of_item, section.part, text, references, beside)
                    )
        if not items and kind != "strength" and lists[_LISTS[kind]].heading is None:
            lists[_LISTS[kind]].heading = section
    _look_for_denials(lists["priority_action"], paragraphs)
    return ListedItems(
        tuple(found),
        tuple(strengths),
        tuple(ItemList(name, one.status, one.n_items, one.lead_in) for name, one in lists.items()),
        (*_list_issues(lists), *map(_list_again, again)),
    )


def _list_issues(lists: Mapping[str, _List]) -> Iterator[Issue]:
    """An issue for each list that has a heading and nothing below it: its items were missed, or stand elsewhere."""
    for name, one in lists.items():
        if one.heading is not None and one.status == "absent":
            message = f"No item was found under this heading of a list ({name})."
            yield Issue("warning", "list_without_items", one.heading.page_number, one.heading.heading, message)


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


def _listing_sections(
    sections: Sequence[Section], filled: Collection[int], framework: Framework
) -> list[tuple[Section, str, int]]:
    """Sections that hold items with the kind of those: the headings that say so, and the themes under them.

    The third is the ordinal of the heading that opened them all. `filled` are the ordinals of sections with text of
    their own. A theme may be called as a section of the findings is ("Leadership, management and governance"), so such
    a heading is a theme only where the heading above holds no items itself and leaves them all to its themes.
    """
    found: list[tuple[Section, str, int]] = []
    opened: tuple[Section, str] | None = None
    theme_level: int | None = None
    for section in sections:
        kind = match_list(framework, plain(section.heading))
        if kind:
            opened = (opened[0] if opened and opened[0].level < section.level else section), kind
            theme_level = None
        elif opened:
            last = found[-1][0]
            may_hold = section.level > last.level or _is_free(section, last, framework)
            if theme_level is None and last.ordinal not in filled and may_hold:
                theme_level = section.level
            is_theme = theme_level is not None and section.level >= theme_level
            is_theme = is_theme and not is_section(framework, plain(section.heading))
            if not is_theme and (section.level <= opened[0].level or is_known(section.heading, framework)):
                opened = None
        if opened:
            found.append((section, opened[1], opened[0].ordinal))
    return found


def _once(
    listing: Sequence[tuple[Section, str, int]], sections: Sequence[Section], framework: Framework
) -> tuple[list[tuple[Section, str, int]], list[Section]]:
    """Sections that hold items, and those that do not although called so: a letter has each list once.

    Findings may be parted into strengths and areas for improvement once more (Coventry, March 2019).
    """
    if framework.is_graded:
        return list(listing), []
    kept: list[tuple[Section, str, int]] = []
    again: list[Section] = []
    places = {section.ordinal: place for place, section in enumerate(sections)}
    ended: dict[str, int] = {}
    for one in listing:
        section, kind, _ = one
        name, place = _LISTS[kind], places[section.ordinal]
        if place > ended.get(name, place) + 1:
            again.append(section)
        else:
            kept.append(one)
            ended[name] = place
    return kept, again


def _list_again(section: Section) -> Issue:
    message = "A list of this name stands further up; what stands here is taken for findings."
    return Issue("info", "list_again", section.page_number, section.heading[:120], message)


def _is_free(section: Section, above: Section, framework: Framework) -> bool:
    """Whether a heading set as that of its list names a theme: where headings are free, none that is known does."""
    is_level = section.level == above.level and framework.has_free_headings
    return is_level and not is_known(section.heading, framework)


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
