"""Who inspected, by the opening and the signature of a letter of a visit and by the team of a joint report.

Who led a graded inspection stands on its cover or its last pages: `cover.py`. Who signs: `signatures.py`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipelines.parsing.cover import names_in
from pipelines.parsing.facts import Person
from pipelines.parsing.layout import Layout
from pipelines.parsing.letters import Placed
from pipelines.parsing.names import as_name, is_name, is_same_person
from pipelines.parsing.signatures import signatories
from pipelines.parsing.wording import one_spaced, plain, sentences, with_plain_quotes, without_marks
from pipelines.reading.lines import Line, Page
from pipelines.report_kinds.matching import code_of, heading_says
from pipelines.report_kinds.registry import load_visit_words

_INSPECTED_BY = re.compile(
    r"\b(?:inspectors?\b(?: \(HMIs?\))?(?: for this visit)?|visit) (?:was|were)\b"
    r"(?: (?:carried out|conducted|led|undertaken|made) by)?"
    r"|\b(?:carried out|conducted|undertaken|made|led) by\b|\binspectors? for (?:this|the) visit,",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"\s(?:Inspectors?|They|The|This)\s+(?=(?:[a-z]+ed|also|have|had|was|were|visit)\b)")
_MEMBER = re.compile(
    r"(?P<name>[^\W\d_][\w'’.-]*(?: (?!(?:HMI|Ofsted|CQC|Lead)\b)[^\W\d_][\w'’.-]*){1,3}?)"
    r"(?:\s*[,(–-]\s*|\s+(?=HMI\b))(?P<role>.*)"
)
_NEXT_MEMBER = re.compile(r"(?<=[Ii]nspector)\s+(?=[A-Z][\w'’-]+ [A-Z])")
_INSPECTS = re.compile(r"\binspector|\bHMI\b", re.IGNORECASE)
_JOINS = re.compile(r",? (?:accompanied by|along with|together with|supported by) ", re.IGNORECASE)


def inspectors_in(opening: str) -> tuple[tuple[str, str | None], ...]:
    """The inspectors that a letter's opening names, in print order, each with the position behind the name.

    >>> inspectors_in("The inspectors were Ann Lee, HMI, and Bo Ek. Inspectors looked at care.")
    (('Ann Lee', 'HMI'), ('Bo Ek', None))
    """
    for sentence in sentences(opening):
        for found in _INSPECTED_BY.finditer(sentence):
            named = _JOINS.sub(" and ", as_name(_NEXT_SENTENCE.split(sentence[found.end() :])[0]))
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


def people_of_visit(opening: str, signature: Sequence[Placed]) -> tuple[Person, ...]:
    """The lead inspector of a visit, who is the inspector that signs, and the others that the letter names.

    Where none of the inspectors signs, the one that is named first is taken for the lead.
    """
    names = inspectors_in(opening)
    signing = (
        (one.name, one.position_as_written)
        for one in signatories(signature)
        if _INSPECTS.search(one.position_as_written or "") or any(is_same_person(one.name, name) for name, _ in names)
    )
    lead = next(signing, next(iter(names), None))
    if lead is None:
        return ()
    others = (one for one in names if not is_same_person(one[0], lead[0]))
    return (Person("lead_inspector", *lead, "Ofsted"), *(Person("inspector", *one, "Ofsted") for one in others))


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
    name = as_name(member["name"]) if member else ""
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
            if heading_says(plain(line.text)) == "team":
                below = takewhile(lambda line: not layout.is_small(line), inner[at + 1 :])
                return tuple(Placed(page.page_number, line) for line in below)
    return ()
