"""What an authority or a board was told to do: improvement items, recommendations, priority actions."""

import re
from collections.abc import Collection, Mapping, Sequence

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


def read_recommendations(
    paragraphs: Sequence[Paragraph], marks: Mapping[int, float], sections: Sequence[Section], framework: Framework
) -> tuple[Recommendation, ...]:
    """Every top-level item under the headings that hold them, in reading order, sub-bullets in its text.

    `marks` are the places of the paragraphs' marks, in points, by ordinal.
    """
    found: list[Recommendation] = []
    filled = {paragraph.section for paragraph in paragraphs if paragraph.section is not None}
    for section, kind in _improving_sections(sections, filled, framework):
        own = [one for one in paragraphs if one.section == section.ordinal and one.kind != "footnote"]
        for first, *bullets in _top_level(own, marks):
            kind_of_item = _kind_by_introduction(first, own, framework) or kind
            text = " ".join(one.text for one in (first, *bullets))
            references = national_framework_references(text)
            found.append(Recommendation(len(found) + 1, first.ordinal, kind_of_item, section.part, text, references))
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


def _top_level(paragraphs: Sequence[Paragraph], marks: Mapping[int, float]) -> list[list[Paragraph]]:
    """Items with what belongs to each. Numbers make items; without them bullets do; without either, prose does.

    Numbers that only introduce bullets ("the authority should take the following action") make none.
    """
    numbered = [one for one in paragraphs if one.kind == "numbered"]
    bullets = [one for one in paragraphs if one.kind == "bullet"]
    if numbered and not (len(bullets) > 1 and all(map(_introduces, numbered))):
        starts = {one.ordinal for one in numbered}
    elif bullets:
        edge = min(marks[one.ordinal] for one in bullets)
        starts = {one.ordinal for one in bullets if marks[one.ordinal] < edge + _DEEPER}
    else:
        prose = [one for one in paragraphs if not _NOTHING.match(one.text)]
        return [prose] if prose and not numbered else []
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.ordinal in starts:
            groups.append([paragraph])
        elif groups and paragraph.kind == "bullet":
            groups[-1].append(paragraph)
    return groups


def _introduces(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends by announcing what follows."""
    return re.search(r":$|\bfollowing\b[^.]*\.$", paragraph.text) is not None


def _kind_by_introduction(first: Paragraph, paragraphs: Sequence[Paragraph], framework: Framework) -> str | None:
    """The kind that the numbered introduction before a bullet gives it by its last words ("... Immediately:")."""
    if first.kind != "bullet":
        return None
    before = [one for one in paragraphs if one.ordinal < first.ordinal and _introduces(one)]
    words = re.split(r"[.,]\s+", before[-1].text)[-1] if before else ""
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
