"""Which outcomes, enablers and principles of the Children's Social Care National Framework an item names."""

import re

from pipelines.parsing.wording import plain
from pipelines.report_kinds.matching import found_in
from pipelines.report_kinds.registry import load_national_framework

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_NUMBERS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4, "five": 5, "six": 6}
_NUMBER = r"(?:\d|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b"
_REFERENCE = re.compile(
    rf"\b(?:(?P<ordinal>first|second|third|fourth)\s+)?(?P<sort>outcome|enabler|principle)s?\b"
    rf"(?(ordinal)|:?\s+(?:no\.?\s*|number\s+)?(?P<numbers>{_NUMBER}(?:\s*(?:,|and|&|/|-|to)\s*{_NUMBER})*))",
    re.IGNORECASE,
)


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
