"""What a person's name looks like in print, without titles, honours and words for roles."""

import re

TITLES = "Mr|Mrs|Ms|Miss|Dr|Professor|Sir|Dame"
HONOURS = "[OCMKDB]BE|CB|QPM"
_TITLES = re.compile(
    rf"\b(?:{TITLES})\b\.?\s+|,?\s+\b(?:{HONOURS}|BSc|MB|ChB|MSc|DCH|FRCA|PhD|JP)\b(?=\W|$)|\s*\([^()]*\)",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"(?<=\w)- (?=\w)")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")
_NO_NAME = re.compile(
    r"\b(?:inspector\w*|director\w*|chief|national|services?|commission\w*|constabulary|probation|care|social|health"
    r"|ofsted|copy|children|partnership|council|designate|regional|regulatory|manager|sincerely|quality|team|hmi|cqc"
    r"|the|of|for|office|inspection)\b",
    re.IGNORECASE,
)


def as_name(text: str) -> str:
    """A text without titles, honours, what stands in brackets, and a blank within a hyphenated name.

    >>> as_name("Dr Ann Lee CBE,"), as_name("Jenny- ellen Ek"), as_name("Andrew (Andy) Waugh")
    ('Ann Lee', 'Jenny-ellen Ek', 'Andrew Waugh')
    """
    return " ".join(_BROKEN.sub("-", _TITLES.sub("", text)).split()).strip(" ,.")


def is_name(text: str) -> bool:
    """Whether words are a person's name: two to four, capitalised at both ends, none of them a role's.

    >>> is_name("Jenny-ellen Scotland"), is_name("Deputy Chief Inspector")
    (True, False)
    """
    words = text.split()
    is_capitalised = bool(words) and words[0][0].isupper() and words[-1][0].isupper()
    return bool(_NAME.fullmatch(text)) and is_capitalised and not _NO_NAME.search(text)


def is_same_person(name: str, other: str) -> bool:
    """Whether two spellings may be of one person: the same surname and the same initial (Andy and Andrew Waugh)."""
    first, second = name.split(), other.split()
    return first[-1].lower() == second[-1].lower() and first[0][0] == second[0][0]
