"""Names of authorities brought to one form, so that two spellings of a name compare as equal text.

Belongs here: pure functions from text to text.
Stays out: which authority a name belongs to (`authorities.py`); nothing here guesses.
"""

import re

_LEADING = re.compile(
    r"^(?:the|council of|royal borough of|london borough of|metropolitan borough of|metropolitan district of"
    r"|borough of|city and county of|city of|county of|county|corporation of) (?=\S)"
)
_TRAILING = re.compile(
    r"(?<=\S) (?:council|mbc|mdc|metropolitan borough|metropolitan district|metropolitan|borough|district"
    r"|county of|county|city of|city|corporation|unitary authority|local authority)$"
)


def normal_name(written: str) -> str:
    """The bare name of an authority: lower case, no punctuation, no style such as "London Borough of".

    >>> normal_name("London Borough of Hillingdon")
    'hillingdon'
    >>> normal_name("City of Bradford Metropolitan District Council")
    'bradford'
    >>> normal_name("Kingston Upon Hull, City of")
    'kingston upon hull'
    >>> normal_name("Telford & Wrekin"), normal_name("St. Helens"), normal_name("Stoke-on-Trent City Council")
    ('telford and wrekin', 'st helens', 'stoke on trent')
    >>> normal_name("Dorset (county)"), normal_name("Council of the Isles of Scilly")
    ('dorset', 'isles of scilly')
    """
    plain = written.casefold().replace("&", " and ")
    plain = re.sub(r"\(.*?\)", " ", plain)
    plain = re.sub(r"['\u2018\u2019]", "", plain)
    name = " ".join(re.sub(r"[^\w]+", " ", plain).split())
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", name))
        if shorter == name:
            return name
        name = shorter
