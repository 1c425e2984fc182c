"""What an authority or a board was told to do: improvement items, recommendations, priority actions.

Belongs here: which paragraphs are items, what belongs to each, and the references to the National Framework in them.
Stays out: the headings' wording (`frameworks/`).
"""

import re
from collections.abc import Sequence

import msgspec

from pipelines.frameworks.registry import FLAGS, Framework, load_national_framework
from pipelines.parsing.facts import Paragraph, Recommendation, Section
from pipelines.parsing.wording import plain

_DEEPER = 8.0
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
    for section, kind in _improving_sections(sections, framework):
        own = [item for item in items if item.paragraph.section == section.ordinal and item.paragraph.kind != "footnote"]
        for group in _top_level(own):
            text = " ".join(item.paragraph.text for item in group)
            first = group[0].paragraph
            found.append(
                Recommendation(
                    len(found) + 1, first.ordinal, kind, section.part, text, national_framework_references(text)
                )
            )
    return tuple(found)


def _improving_sections(sections: Sequence[Section], framework: Framework) -> list[tuple[Section, str]]:
    """Sections that hold items with the kind of those, deeper ones under them included."""
    found: list[tuple[Section, str]] = []
    opened: tuple[int, str] | None = None
    for section in sections:
        heading = plain(section.heading).strip(" .:;?")
        kind = next((i.kind for i in framework.improvements if re.fullmatch(i.heading, heading, FLAGS)), None)
        if opened and kind is None and section.level <= opened[0]:
            opened = None
        if kind:
            opened = (min(section.level, opened[0]) if opened else section.level), kind
        if opened:
            found.append((section, kind or opened[1]))
    return found


def _top_level(items: Sequence[Item]) -> list[list[Item]]:
    """Items with what belongs to each. Numbers make items; without them bullets do; without either, prose does.

    One number alone before bullets is their introduction ("the authority should take the following action").
    """
    numbered = [item for item in items if item.paragraph.paragraph_number is not None]
    bullets = [item for item in items if item.paragraph.kind == "bullet"]
    if numbered and not (len(numbered) == 1 and len(bullets) > 1):
        starts = numbered
    elif bullets:
        edge = min(item.mark_x0 for item in bullets)
        starts = [item for item in bullets if item.mark_x0 < edge + _DEEPER]
    else:
        return [list(items)] if items and not numbered else []
    groups: list[list[Item]] = []
    for item in items:
        if any(item is start for start in starts):
            groups.append([item])
        elif groups and item.paragraph.kind == "bullet":
            groups[-1].append(item)
    return groups


def national_framework_references(text: str) -> tuple[str, ...]:
    """The outcomes, enablers and principles an item refers to, in whichever spelling.

    >>> national_framework_references("Plans (National Framework outcome four) and staff (enabler 2, national framework)")
    ('outcome 4', 'enabler 2')
    >>> national_framework_references("Records (enabler: the workforce is equipped and effective, national framework)")
    ('enabler 3',)
    """
    found: list[str] = []
    for bracket in re.findall(r"\(([^()]*)\)", plain(text)):
        for match in _REFERENCE.finditer(bracket):
            for number in re.findall(r"\d|one|two|three|four|five|six", match["numbers"], FLAGS):
                found.append(f"{match['sort'].lower()} {_NUMBERS.get(number.lower(), number)}")
        if re.search(r"outcome|enabler|principle|national framework", bracket, FLAGS):
            found += [r.code for r in load_national_framework() if re.search(r.words, bracket, FLAGS)]
    return tuple(dict.fromkeys(found))
