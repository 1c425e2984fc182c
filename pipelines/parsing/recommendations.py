"""What an authority or a board was told to do: improvement items, recommendations, priority actions.

Belongs here: which paragraphs are items, what belongs to each, and the references to the National Framework in them.
Stays out: the headings' wording (`report_kinds/`).
"""

import re
from collections.abc import Collection, Sequence

import msgspec

from pipelines.parsing.facts import Paragraph, Recommendation, Section
from pipelines.parsing.sections import is_known
from pipelines.parsing.wording import plain
from pipelines.report_kinds.matching import FLAGS, found_in, is_section, match_improvement
from pipelines.report_kinds.registry import Framework, load_national_framework

_DEEPER = 8.0
_NOTHING = re.compile(r"(?:there (?:are|were|is) )?(?:no|none)\b", re.IGNORECASE)
"""A report may say in prose that it has none: "There are no priority or immediate actions." is not an item."""

_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_REFERENCE = re.compile(
    r"\b(?P<sort>outcome|enabler|principle)s?:?\s+(?P<numbers>(?:\d|one|two|three|four|five|six)\b"
    r"(?:\s*(?:,|and|&)\s*(?:\d|one|two|three|four|five|six)\b)*)",
    re.IGNORECASE,
)


class Item(msgspec.Struct):
    """A paragraph that may be an item, with where its mark stands in points."""

    paragraph: Paragraph
    mark_x0: float


def read_recommendations(
    items: Sequence[Item], sections: Sequence[Section], framework: Framework
) -> tuple[Recommendation, ...]:
    """Every top-level item under the headings that hold them, in reading order, sub-bullets in its text."""
    found: list[Recommendation] = []
    filled = {item.paragraph.section for item in items if item.paragraph.section is not None}
    for section, kind in _improving_sections(sections, filled, framework):
        own = [
            item for item in items if item.paragraph.section == section.ordinal and item.paragraph.kind != "footnote"
        ]
        for group in _top_level(own):
            introduced = _kind_by_introduction(group[0], own, framework)
            text = " ".join(item.paragraph.text for item in group)
            first = group[0].paragraph
            found.append(
                Recommendation(
                    len(found) + 1,
                    first.ordinal,
                    introduced or kind,
                    section.part,
                    text,
                    national_framework_references(text),
                )
            )
    return tuple(found)


def _improving_sections(
    sections: Sequence[Section], filled: Collection[int], framework: Framework
) -> list[tuple[Section, str]]:
    """Sections that hold items with the kind of those: the headings that say so, and the themes under them.

    `filled` are the ordinals of sections with text of their own. A theme may be called as a section of the findings
    is ("Leadership, management and governance"), so such a heading is a theme only where the heading above holds no
    items itself and leaves them all to its themes.
    """
    found: list[tuple[Section, str]] = []
    opened: tuple[Section, str] | None = None
    theme_level: int | None = None
    for section in sections:
        kind = match_improvement(framework, plain(section.heading))
        if kind:
            opened = (opened[0] if opened and opened[0].level < section.level else section), kind
            theme_level = None
        elif opened:
            last = found[-1][0]
            if theme_level is None and last.ordinal not in filled and section.level > last.level:
                theme_level = section.level
            is_theme = theme_level is not None and section.level >= theme_level
            is_theme = is_theme and not is_section(framework, plain(section.heading))
            if not is_theme and (section.level <= opened[0].level or is_known(section.heading, framework)):
                opened = None
        if opened:
            found.append((section, opened[1]))
    return found


def _top_level(items: Sequence[Item]) -> list[list[Item]]:
    """Items with what belongs to each. Numbers make items; without them bullets do; without either, prose does.

    Numbers that only introduce bullets ("the authority should take the following action") make none.
    """
    numbered = [item for item in items if item.paragraph.kind == "numbered"]
    bullets = [item for item in items if item.paragraph.kind == "bullet"]
    if numbered and not (len(bullets) > 1 and all(_introduces(item) for item in numbered)):
        starts = numbered
    elif bullets:
        edge = min(item.mark_x0 for item in bullets)
        starts = [item for item in bullets if item.mark_x0 < edge + _DEEPER]
    else:
        prose = [item for item in items if not _NOTHING.match(item.paragraph.text)]
        return [prose] if prose and not numbered else []
    groups: list[list[Item]] = []
    for item in items:
        if any(item is start for start in starts):
            groups.append([item])
        elif groups and item.paragraph.kind == "bullet":
            groups[-1].append(item)
    return groups


def _introduces(item: Item) -> bool:
    """Whether a paragraph ends by announcing what follows."""
    return re.search(r":$|\bfollowing\b[^.]*\.$", item.paragraph.text) is not None


def _kind_by_introduction(first: Item, items: Sequence[Item], framework: Framework) -> str | None:
    """The kind that the numbered introduction before a bullet gives it by its last words ("... Immediately:")."""
    if first.paragraph.kind != "bullet":
        return None
    before = [item for item in items if item.paragraph.ordinal < first.paragraph.ordinal and _introduces(item)]
    words = re.split(r"[.,]\s+", before[-1].paragraph.text)[-1] if before else ""
    return match_improvement(framework, plain(words)) if words else None


def national_framework_references(text: str) -> tuple[str, ...]:
    """The outcomes, enablers and principles an item refers to, in whichever spelling.

    >>> national_framework_references("Plans (National Framework outcome four), staff (enabler 2, national framework)")
    ('outcome 4', 'enabler 2')
    >>> national_framework_references("Records (enabler: the workforce is equipped and effective)")
    ('enabler 3',)
    """
    found: list[str] = []
    for bracket in re.findall(r"\(([^()]*)\)", plain(text)):
        for match in _REFERENCE.finditer(bracket):
            for number in re.findall(r"\d|one|two|three|four|five|six", match["numbers"], FLAGS):
                found.append(f"{match['sort'].lower()} {_NUMBERS.get(number.lower(), number)}")
        if re.search(r"outcome|enabler|principle|national framework", bracket, FLAGS):
            found += [one.code for one in load_national_framework() if found_in((one,), bracket)]
    return tuple(dict.fromkeys(found))
