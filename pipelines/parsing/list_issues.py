"""Issues of lists: a heading without items or that is not known, and text that may be an item and is none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pipelines.parsing.facts import Issue, Paragraph, Section
from pipelines.parsing.list_sections import ListSection
from pipelines.parsing.wording import plain
from pipelines.report_kinds.matching import is_section, match_list
from pipelines.report_kinds.registry import Framework

_MAY_LIST = re.compile(r"\b(?:improve\w*|priorit\w+|strengths?|develop\w*)\b", re.IGNORECASE)


def list_issues(
    sections: Sequence[Section],
    listing: Sequence[ListSection],
    again: Iterable[Section],
    by_section: Mapping[int | None, Sequence[Paragraph]],
    marks: Mapping[int, float],
    rows: Mapping[int, int],
    framework: Framework,
) -> Iterator[Issue]:
    """An issue for whatever may be a list or an item and was not read as one."""
    yield from map(_list_again, again)
    yield from _unknown_lists(sections, framework)
    yield from _beside_rows(listing, by_section, rows)
    if framework.has_item_tables:
        yield from _without_rows(listing, by_section, rows)
    if framework.has_boxes:
        yield from _behind_lists(listing, sections, by_section, marks)


def _list_again(section: Section) -> Issue:
    message = "A list of this name stands further up; what stands here is taken for findings."
    return Issue("info", "list_again", section.page_number, section.heading[:120], message)


def without_items(headings: Mapping[str, Section]) -> Iterator[Issue]:
    """An issue for each heading of a list that has nothing below it: its items were missed, or stand elsewhere."""
    for name, section in headings.items():
        message = f"No item was found under this heading of a list ({name})."
        yield Issue("warning", "list_without_items", section.page_number, section.heading, message)


def _unknown_lists(sections: Sequence[Section], framework: Framework) -> Iterator[Issue]:
    """An issue for each free heading that speaks of a list and is none that is known: its items would be no items."""
    for section in sections if framework.has_free_headings else ():
        words = plain(section.heading)
        if _MAY_LIST.search(words) and not match_list(framework, words) and not is_section(framework, words):
            message = "This heading may be that of a list, and is none that is known; no item was read below it."
            yield Issue("warning", "unknown_list_heading", section.page_number, section.heading[:120], message)


def _beside_rows(
    listing: Sequence[ListSection],
    by_section: Mapping[int | None, Sequence[Paragraph]],
    rows: Mapping[int, int],
) -> Iterator[Issue]:
    """An issue for text below a row of a list in a table that is in no row: a row may lack its rules."""
    for section in (one.section for one in listing):
        own = by_section.get(section.ordinal, ())
        first = next((at for at, one in enumerate(own) if one.ordinal in rows), len(own))
        for one in (one for one in own[first:] if one.ordinal not in rows):
            message = "This text stands in no row of the table of its list; it may be an item or the rest of one."
            yield Issue("warning", "text_beside_rows", one.page_first, one.text[:200], message)


def _without_rows(
    listing: Sequence[ListSection], by_section: Mapping[int | None, Sequence[Paragraph]], rows: Mapping[int, int]
) -> Iterator[Issue]:
    """An issue for each list that stands in no ruled table, where those of its kind do: its items are a guess."""
    for section, kind, _ in listing:
        own = by_section.get(section.ordinal, ())
        if kind != "strength" and own and not any(one.ordinal in rows for one in own):
            message = (
                "Reports of this kind set this list in a ruled table, and no rules were found: its items may be torn."
            )
            yield Issue("warning", "list_without_rows", section.page_number, section.heading[:120], message)


def _behind_lists(
    listing: Sequence[ListSection],
    sections: Sequence[Section],
    by_section: Mapping[int | None, Sequence[Paragraph]],
    marks: Mapping[int, float],
) -> Iterator[Issue]:
    """An issue for bullets set as those of the list before: a study without a box may stand within that list."""
    lists = {one.section.ordinal for one in listing}
    for before, section in pairwise(sections):
        if before.ordinal in lists and section.ordinal not in lists:
            places = {round(marks[one.ordinal]) for one in by_section[before.ordinal] if one.kind == "bullet"}
            own = [one for one in by_section[section.ordinal] if one.kind == "bullet"]
            first = next((one for one in own if round(marks[one.ordinal]) in places), None)
            if first:
                message = f"This stands below {section.heading[:60]!r} and is set as the items of the list above it."
                yield Issue("warning", "list_may_go_on", first.page_first, first.text[:200], message)
