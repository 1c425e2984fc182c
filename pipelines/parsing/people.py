"""Who inspected and who signed, by the opening and the signature of a letter and by the team of a joint report.

Who led a graded inspection stands on its cover or its last pages: `cover.py`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from pipelines.parsing.cover import names_in
from pipelines.parsing.facts import Person
from pipelines.parsing.layout import Layout
from pipelines.parsing.letters import Placed
from pipelines.parsing.wording import one_spaced, plain, sentences, with_plain_quotes, without_marks
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.matching import code_of
from pipelines.report_kinds.registry import load_visit_words

_INSPECTED_BY = re.compile(
    r"\b(?:inspectors?\b(?: \(HMIs?\))?(?: for this visit)?|visit) (?:was|were)\b"
    r"(?: (?:carried out|conducted|led|undertaken|made) by)?"
    r"|\b(?:carried out|conducted|undertaken|made|led) by\b|\binspectors? for (?:this|the) visit,",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"\s(?:Inspectors?|They|The|This)\s+(?=(?:[a-z]+ed|also|have|had|was|were|visit)\b)")
_TITLES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Professor|Sir|Dame)\b\.?\s+|,?\s+\b(?:[OCMKDB]BE|CB|QPM|BSc|MB|ChB|MSc|DCH|FRCA|PhD|JP)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:inspector\w*|director\w*|chief|national|services?|commission\w*|constabulary|probation|care|social|health"
    r"|ofsted|copy|children|partnership|council|designate|regional|sincerely|quality|team|hmi|cqc|the|of|for)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")
_BROKEN_NAME = re.compile(r"(?<=\w)- (?=\w)")
_MEMBER = re.compile(
    r"(?P<name>[^\W\d_][\w'’.-]*(?: (?!(?:HMI|Ofsted|CQC|Lead)\b)[^\W\d_][\w'’.-]*){1,3}?)"
    r"(?:\s*[,(–-]\s*|\s+(?=HMI\b))(?P<role>.*)"
)
_NEXT_MEMBER = re.compile(r"(?<=[Ii]nspector)\s+(?=[A-Z][\w'’-]+ [A-Z])")
_OFFICE = re.compile(r"(?:Her|His) Majesty's\b")
_TEAM = re.compile(r"(?:the )?inspection team", re.IGNORECASE)


def inspectors_in(opening: str) -> tuple[tuple[str, str | None], ...]:
    """The inspectors that a letter's opening names, in print order, each with the position behind the name.

    >>> inspectors_in("The inspectors were Ann Lee, HMI, and Bo Ek. Inspectors looked at care.")
    (('Ann Lee', 'HMI'), ('Bo Ek', None))
    """
    for sentence in sentences(opening):
        for found in _INSPECTED_BY.finditer(sentence):
            named = _BROKEN_NAME.sub("-", _NEXT_SENTENCE.split(sentence[found.end() :])[0])
            names = [name for name in names_in(named, ()) if is_name(name)]
            if names:
                return tuple((name, _position_behind(name, named)) for name in names)
    return ()


def _position_behind(name: str, text: str) -> str | None:
    """The position that stands behind a name and a comma or blank; None where the name stands alone."""
    found = re.search(
        rf"{re.escape(name)},? (?P<position>(?:Senior )?(?:Her|His) Majesty's Inspector|(?:Senior )?HMI)\b", text
    )
    return found["position"] if found else None


def is_name(text: str) -> bool:
    """Whether words are a person's name: two to four, capitalised at both ends, none of them a role's.

    >>> is_name("Jenny-ellen Scotland"), is_name("Deputy Chief Inspector")
    (True, False)
    """
    words = text.split()
    return (
        bool(_NAME.fullmatch(text)) and words[0][0].isupper() and words[-1][0].isupper() and not _NO_NAME.search(text)
    )


def signatories(lines: Sequence[Placed]) -> list[Person]:
    """Everybody who signs a letter, with position and inspectorate; a signature may stand in two columns."""
    people: list[Person] = []
    body, name, position = "", "", ""
    for text in [*_in_columns(lines), ""]:
        bare = _TITLES.sub("", text).strip(" ,.")
        starts = is_name(bare)
        if name and (starts or not text):
            people.append(_signatory(name, position, body))
            body = ""
        if starts:
            name, position = bare, ""
        elif name and (not position or not _is_inspectorate(text)):
            position += f", {text}" if position and _OFFICE.match(text) else f" {text}"
        elif name:
            people.append(_signatory(name, position, body))
            name, position, body = "", "", text
        else:
            body = f"{body} {text}".strip()
    return people


def _signatory(name: str, position: str, body: str) -> Person:
    inspectorate = code_of(load_visit_words().inspectorates, plain(position)) or code_of(
        load_visit_words().inspectorates, plain(body)
    )
    return Person("signatory", _BROKEN_NAME.sub("-", name), position.strip() or None, inspectorate or "Ofsted")


def _is_inspectorate(text: str) -> bool:
    """Whether words are the heading above the next name of a column: an inspectorate's own name."""
    bare = re.fullmatch(
        r"(?:Ofsted|Care Quality Commission|CQC|HMI ?(?:Constabulary|Probation|CFRS|C|P)\b.*)", plain(text)
    )
    return bare is not None


def _in_columns(lines: Sequence[Placed]) -> Iterator[str]:
    """The texts of a signature from top to bottom: page by page, the left column before the right one."""
    for _, of_page in groupby(lines, key=lambda placed: placed.page_number):
        own = list(of_page)
        seconds = [placed.line.cells[1].x0 for placed in own if len(placed.line.cells) > 1]
        edge = min(seconds, default=float("inf")) - 15
        left: list[str] = []
        right: list[str] = []
        for placed in own:
            for cell in placed.line.cells:
                text = one_spaced(with_plain_quotes(without_marks(placed.line, cell)))
                if not text.isdigit():  # the number of the page stands beside the last name
                    (right if cell.x0 > edge else left).append(text)
        yield from (text for text in (*left, *right) if text)


def people_of_visit(opening: str, signature: Sequence[Placed]) -> tuple[Person, ...]:
    """The lead inspector of a visit, who is the one that signs, and the others that the letter names."""
    signed = signatories(signature)
    names = inspectors_in(opening)
    lead = signed[0] if signed else None
    people = []
    if lead:
        people.append(Person("lead_inspector", lead.name, lead.position_as_written, lead.inspectorate))
    elif names:
        people.append(Person("lead_inspector", *names[0], "Ofsted"))
    others = (one for one in names if not people or not _is_same(one[0], people[0].name))
    return (*people, *(Person("inspector", *one, "Ofsted") for one in others))


def _is_same(name: str, other: str) -> bool:
    """Whether two spellings may be of one person: the same surname and the same initial (Andy and Andrew Waugh)."""
    first, second = name.split(), other.split()
    return first[-1].lower() == second[-1].lower() and first[0][0] == second[0][0]


def team_in(lines: Sequence[Placed]) -> tuple[Person, ...]:
    """The lead inspectors of a joint report and their teams, by the two columns below "Inspection team"."""
    people: list[Person] = []
    for text, is_right in _entries([placed.line for placed in lines]):
        name, words = _member(text)
        if name:
            role = "lead_inspector" if re.search(r"\blead\b", words, re.IGNORECASE) else "inspector"
            is_cqc = code_of(load_visit_words().inspectorates, words) == "CQC" or (is_right and "Ofsted" not in words)
            people.append(Person(role, name, words or None, "CQC" if is_cqc else "Ofsted"))
    return tuple(people)


def _member(text: str) -> tuple[str, str]:
    """The name and the role that an entry of a team begins with; no name where it begins with none.

    >>> _member("Ann Lee, Ofsted HMI, lead inspector"), _member("HMI, lead inspector")
    (('Ann Lee', 'Ofsted HMI, lead inspector'), ('', ''))
    """
    member = _MEMBER.fullmatch(text)
    name = _BROKEN_NAME.sub("-", _TITLES.sub("", member["name"])) if member else ""
    return (name, member["role"]) if member and is_name(name) else ("", "")


def _entries(lines: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    """The entry of each member, wrapped lines joined, and whether it stands in the right column."""
    edge = min((line.cells[1].x0 for line in lines if len(line.cells) > 1), default=float("inf")) - 15
    columns: dict[bool, list[str]] = {False: [], True: []}
    for line in lines:
        for cell in line.cells:
            entries = columns[cell.x0 > edge]
            for text in _NEXT_MEMBER.split(one_spaced(with_plain_quotes(without_marks(line, cell)))):
                name, _ = _member(text)
                if entries and not name:
                    entries[-1] += f" {text}"
                else:
                    entries.append(text)
    yield from ((text, is_right) for is_right, entries in columns.items() for text in entries)


def team_lines(pages: Sequence[Page], layout: Layout) -> tuple[Placed, ...]:
    """The lines below the heading of the team, to the end of its page or to small type."""
    for page in pages:
        inner = [line for line in page.lines if (page.page_number, line.line_number) not in layout.margins]
        for at, line in enumerate(inner):
            if _TEAM.fullmatch(plain(line.text).strip(" .:")):
                below = takewhile(lambda line: not layout.is_small(line), inner[at + 1 :])
                return tuple(Placed(page.page_number, line) for line in below)
    return ()
