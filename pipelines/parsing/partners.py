"""The organisations that a visit or joint inspection is about: whom a letter greets, whom a report's details name."""

import re
from collections.abc import Iterator, Sequence

from pipelines.parsing.facts import Partner
from pipelines.parsing.fragments import Fragment, fragments_of
from pipelines.parsing.letters import Placed
from pipelines.parsing.names import HONOURS, TITLES, is_name
from pipelines.parsing.wording import join_lines, one_spaced, plain, with_plain_quotes, without_marks
from pipelines.reading.lines import Page
from pipelines.report_kinds.matching import code_of
from pipelines.report_kinds.registry import load_visit_words

_TITLES = re.compile(
    rf"^(?:(?:{TITLES}|Councillor|Cllr|Acting|Deputy|(?:Assistant )?Chief (?:Constable|Superintendent))\b\.?\s+)+"
    rf"|\s+\b(?:{HONOURS})\b"
)
_ROLE_OF = re.compile(
    r"^with responsibility for (?:the )?"
    r"|^(?:[\w'/& -]*\b(?:constable|commissioner|chair\w*|executive|officer|manager|director|mayor|lead|nurse|head)\b"
    r"[\w'& -]*?) (?:of|at|for|with responsibility for) (?:the )?(?=[A-Z])(?!police and crime$)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:constable|commissioner|chair\w*|executive|officer|manager|director|mayor|leader?|nurse|head|scrutineer|chief|ceo"
    r"|commander)\b",
    re.IGNORECASE,
)
_AT_A_TRUST = re.compile(r"\b(?:of|at|for) (?:the )?NHS\b")
"""The name of a body of the NHS may hold commas: "Chief Officer at NHS Airedale, Wharfedale and Craven CCG"."""

_HONOURS = re.compile(rf"^(?:(?:{HONOURS})\b,?\s*)+")
_BEHIND_A_NAME = re.compile(r"\s*,\s*|\s+[–—-]\s+")
_BEFORE_A_PERSON = re.compile(rf"\s(?=(?:{TITLES})\b\.? [A-Z])")
_ONE_ROW = 5.0
_HEADER = re.compile(
    r"(?P<authority>local authorit(?:y|ies))"
    r"|(?P<health>(?:nhs )?(?:integrated care (?:board|system)s?|ICBs?)(?: \(ICBs?\))?)",
    re.IGNORECASE,
)


def visited(authority_as_written: str) -> tuple[Partner, ...]:
    """The body that the title of a visit's letter names: an authority, or the trust that works for it."""
    name = authority_as_written.strip()
    kind = code_of((one for one in load_visit_words().organisations if one.code == "trust"), name)
    return (Partner(name, kind or "authority"),) if name else ()


def addressees(head: Sequence[Placed]) -> tuple[Partner, ...]:
    """The organisations of those whom the letter of a joint inspection is addressed to, each once."""
    return tuple(dict.fromkeys(_partner(entry) for entry in _entries(head)))


def _entries(head: Sequence[Placed]) -> Iterator[str]:
    """What is told of each addressee behind the name: role and organisation, wrapped lines joined."""
    entry: list[str] = []
    for placed in head[:-1]:
        for text in _BEFORE_A_PERSON.split(one_spaced(with_plain_quotes(without_marks(placed.line)))):
            told = _behind_a_name(text)
            if told is not None:
                if entry:
                    yield join_lines(entry)
                entry = [told]
            elif entry:
                entry.append(text)
    if entry:
        yield join_lines(entry)


def _behind_a_name(text: str) -> str | None:
    """What stands behind the name that a line begins with, be it set off or not; None where no name does.

    >>> _behind_a_name("Dr Ann Lee, Chief Nurse"), _behind_a_name("Bo Ek Head of Care"), _behind_a_name("Moor NHS")
    ('Chief Nurse', 'Head of Care', None)
    """
    bare = _TITLES.sub("", text)
    name, *rest = _BEHIND_A_NAME.split(bare, maxsplit=1)
    if rest and is_name(name.strip()):
        return _HONOURS.sub("", rest[0])
    words = bare.split()
    has_role = is_name(" ".join(words[:2])) and _ROLE.search(" ".join(words[2:4]))
    return " ".join(words[2:]) if has_role else None


def _partner(told: str) -> Partner:
    """The organisation of an addressee: what stands behind role and comma, or behind "of".

    Where that is none that is known by its name, the whole of what is told: "Police and Crime Commissioner for Moor".

    >>> _partner("Director of Children's Services, Moor Council")
    Partner(organisation_as_written='Moor Council', organisation_kind='authority')
    >>> _partner("Chief Officer at NHS Moor, Fen and Dale CCG").organisation_as_written
    'NHS Moor, Fen and Dale CCG'
    """
    role, *others = [part.strip() for part in told.split(",")]
    names_no_body = _ROLE.search(role) and not _AT_A_TRUST.search(role)
    organisation = ", ".join(others if others and names_no_body else (role, *others)).strip(" ,")
    named = _ROLE_OF.match(organisation)
    name = organisation[named.end() :] if named else organisation
    kind = code_of(load_visit_words().organisations, plain(name))
    if kind:
        return Partner(name, kind)
    return Partner(told, code_of(load_visit_words().organisations, plain(told)) or "other")


def partnership(pages: Sequence[Page]) -> tuple[Partner, ...]:
    """The members of a local area partnership, by the first row of the table of its details.

    A name that wraps in another table may end in the words of a header: one of an authority tells the table.
    """
    for page in pages:
        fragments = fragments_of(page)
        headers = [
            (one, found.lastgroup)
            for one in fragments
            if one.home and (found := _HEADER.fullmatch(plain(one.text).strip(" .:")))
        ]
        top = next((header.box.top for header, kind in headers if kind == "authority"), None)
        if top is not None:
            of_first_row = [(header, kind) for header, kind in headers if abs(header.box.top - top) < _ONE_ROW]
            named = ((_below(header, fragments), kind) for header, kind in of_first_row)
            return tuple(Partner(name, kind) for name, kind in named if name and kind)
    return ()


def _below(header: Fragment, fragments: Sequence[Fragment]) -> str:
    """The words of the ruled cell below a header's."""
    assert header.home is not None, "a header stands in a ruled cell"
    edge = header.home
    homes = {
        one.home for one in fragments if one.home and one.home.top >= edge.bottom - 2 and one.home.x1 > edge.x0 + 2
    }
    below = [home for home in homes if home and home.x0 < edge.x1 - 2]
    first = min(below, key=lambda home: home.top, default=None)
    return join_lines([one.text for one in fragments if one.home == first]) if first else ""
