"""The sections of a report that hold the items of its lists: the headings of lists, and the themes below them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pipelines.parsing.facts import Section
from pipelines.parsing.headings import is_known
from pipelines.parsing.wording import plain
from pipelines.report_kinds.matching import is_section, match_list
from pipelines.report_kinds.registry import Framework

LISTS = {
    "priority_action": "priority_action",
    "area_for_improvement": "area_for_improvement",
    "recommendation": "area_for_improvement",
    "strength": "strength",
}
"""The list to which items of each kind belong, in the order in which reports have them."""


class ListSection(NamedTuple):
    """A section that holds items, the kind of those, and the ordinal of the heading that opened their list."""

    section: Section
    kind: str
    opened_by: int


def listing_sections(sections: Sequence[Section], filled: Collection[int], framework: Framework) -> list[ListSection]:
    """Sections that hold items: the headings that say so, and the themes under them.

    `filled` are the ordinals of sections with text of their own. A theme may be called as a section of the findings is
    ("Leadership, management and governance"), so such a heading is a theme only where the heading above holds no items
    itself and leaves them all to its themes.
    """
    found: list[ListSection] = []
    opened: tuple[Section, str] | None = None
    theme_level: int | None = None
    for section in sections:
        kind = match_list(framework, plain(section.heading))
        if kind:
            opened = (opened[0] if opened and opened[0].level < section.level else section), kind
            theme_level = None
        elif opened:
            last = found[-1].section
            may_hold = section.level > last.level or _is_free(section, last, framework)
            if theme_level is None and last.ordinal not in filled and may_hold:
                theme_level = section.level
            is_theme = theme_level is not None and section.level >= theme_level
            is_theme = is_theme and not is_section(framework, plain(section.heading))
            if not is_theme and (section.level <= opened[0].level or is_known(section.heading, framework)):
                opened = None
        if opened:
            found.append(ListSection(section, opened[1], opened[0].ordinal))
    return found


def once(
    listing: Sequence[ListSection], sections: Sequence[Section], framework: Framework
) -> tuple[list[ListSection], list[Section]]:
    """Sections that hold items, and those that do not although called so: a letter has each list once.

    Findings may be parted into strengths and areas for improvement once more (Coventry, March 2019).
    """
    if framework.is_graded:
        return list(listing), []
    kept: list[ListSection] = []
    again: list[Section] = []
    places = {section.ordinal: place for place, section in enumerate(sections)}
    ended: dict[str, int] = {}
    for one in listing:
        name, place = LISTS[one.kind], places[one.section.ordinal]
        if place > ended.get(name, place) + 1:
            again.append(one.section)
        else:
            kept.append(one)
            ended[name] = place
    return kept, again


def _is_free(section: Section, above: Section, framework: Framework) -> bool:
    """Whether a heading set as that of its list names a theme: where headings are free, none that is known does."""
    is_level = section.level == above.level and framework.has_free_headings
    return is_level and not is_known(section.heading, framework)
