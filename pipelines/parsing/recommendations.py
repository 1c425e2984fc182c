"""What an authority or a board was told to do: improvement items, recommendations, priority actions."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from pipelines.parsing.facts import Paragraph, Recommendation, Section
from pipelines.parsing.headings import is_known
from pipelines.parsing.none_stated import states_none
from pipelines.parsing.wording import plain
from pipelines.report_kinds.matching import found_in, is_section, match_improvement
from pipelines.report_kinds.registry import Framework, load_national_framework

_DEEPER = 8.0
_SUB_ITEM = re.compile(r"\(?(?:[ivx]{1,4}|[a-h])[.)]\s")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_NUMBERS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4, "five": 5, "six": 6}
_NUMBER = r"(?:\d|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b"
_REFERENCE = re.compile(
    rf"\b(?:(?P<ordinal>first|second|third|fourth)\s+)?(?P<sort>outcome|enabler|principle)s?\b"
    rf"(?(ordinal)|:?\s+(?:no\.?\s*|number\s+)?(?P<numbers>{_NUMBER}(?:\s*(?:,|and|&|/|-|to)\s*{_NUMBER})*))",
    re.IGNORECASE,
)


def read_recommendations(
    paragraphs: Sequence[Paragraph], marks: Mapping[int, float], sections: Sequence[Section], framework: Framework
) -> tuple[Recommendation, ...]:
    """Every top-level item under the headings that hold them, in reading order, sub-bullets in its text.

    `marks` are the places of the paragraphs' marks, in points, by ordinal.
    """
    found: list[Recommendation] = []
    by_section: dict[int | None, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        if paragraph.kind != "footnote":
            by_section[paragraph.section].append(paragraph)
    filled = {ordinal for ordinal in by_section if ordinal is not None}
    improving = _improving_sections(sections, filled, framework)
    for section, kind, group in improving:
        own = by_section[section.ordinal]
        whole = [one for other, _, of_group in improving if of_group == group for one in by_section[other.ordinal]]
        for first, *bullets in _top_level(own, marks, numbers_count=not _only_introduced(whole, framework)):
            if not bullets and states_none(first.text):
                continue
            kind_of_item = _kind_by_introduction(first, own, framework) or kind
            text = " ".join(one.text for one in (first, *bullets))
            references = national_framework_references(text)
            found.append(Recommendation(len(found) + 1, first.ordinal, kind_of_item, section.part, text, references))
    return tuple(found)


def _improving_sections(
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
            found.append((section, opened[1], opened[0].ordinal))
    return found


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
    paragraphs: Sequence[Paragraph], marks: Mapping[int, float], numbers_count: bool
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
    return match_improvement(framework, plain(re.split(r"[.,]\s+", paragraph.text)[-1]))


def national_framework_references(text: str) -> tuple[str, ...]:
    """The outcomes, enablers and principles an item refers to, in whichever spelling.

    >>> national_framework_references("Plans (National Framework outcome four), staff (enabler 2, national framework)")
    ('outcome 4', 'enabler 2')
    >>> national_framework_references("Records (enabler: the workforce is equipped and effective)")
    ('enabler 3',)
    >>> national_framework_references("Help, national framework outcome 1")
    ('outcome 1',)
    """
    found: list[str] = []
    words = plain(text)
    names_it = re.search(r"national framework", words, re.IGNORECASE)
    for bracket in [words] if names_it else re.findall(r"[(\[{]([^()\[\]{}]*)[)\]}]", words):
        for match in _REFERENCE.finditer(bracket):
            sort, numbers = match["sort"].lower(), _numbers_in(match["ordinal"] or match["numbers"])
            found += [f"{sort} {number}" for number in numbers]
        if re.search(r"outcome|enabler|principle|national framework", bracket, re.IGNORECASE):
            found += [one.code for one in load_national_framework() if found_in((one,), bracket)]
    return tuple(dict.fromkeys(found))


def _numbers_in(words: str) -> list[int]:
    """The numbers that words name, those between the ends of a range too.

    >>> _numbers_in("1-3"), _numbers_in("two and iv")
    ([1, 2, 3], [2, 4])
    """
    numbers: list[int] = []
    is_range = False
    for word in re.findall(rf"{_NUMBER}|-|\bto\b", words, re.IGNORECASE):
        if word in ("-", "to"):
            is_range = True
            continue
        number = _NUMBERS.get(word.lower()) or int(word)
        numbers += range(numbers[-1] + 1, number) if is_range and numbers else []
        numbers.append(number)
        is_range = False
    return numbers
