"""Who signs a letter: name, position and inspectorate, in one column or in two.

Letters of 2016 to 2020 set the inspectorate's name bold above name and position, in whichever order; later ones set the
position below the name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipelines.parsing.facts import Person
from pipelines.parsing.letters import Placed
from pipelines.parsing.names import as_name, is_name
from pipelines.parsing.wording import one_spaced, plain, with_plain_quotes, without_marks
from pipelines.report_kinds.matching import code_of
from pipelines.report_kinds.registry import load_visit_words

_OFFICE = re.compile(r"(?:Her|His) Majesty's\b")
_INSPECTORATE = re.compile(
    r"(?:Ofsted|Care Quality Commission(?: \(CQC\))?|CQC"
    r"|(?:HMI|(?:Her|His) Majesty's Inspectorate of) ?(?:Constabulary|Probation|CFRS|C|P)\b.*)",
    re.IGNORECASE,
)
_POSITION_BEHIND = re.compile(
    r"(?P<name>[^,]+?),? (?P<position>(?:Senior )?(?:(?:Her|His) Majesty's Inspectors?|HMI)\b.*)"
)


class _Text(NamedTuple):
    """One text of a column."""

    words: str
    is_bold: bool


class _Block(NamedTuple):
    """What stands below one bold name of an inspectorate, or in a whole column without one."""

    header: str
    texts: list[str]


def signatories(lines: Sequence[Placed]) -> list[Person]:
    """Everybody who signs, in the order of the page's columns."""
    return [person for column in _columns(lines) for block in _blocks(column) for person in _people(block)]


def _blocks(column: Sequence[_Text]) -> Iterator[_Block]:
    """A column by its bold headers, where anything in plain type stands below them; else the whole of it."""
    headers = [at for at, text in enumerate(column) if text.is_bold and _INSPECTORATE.fullmatch(plain(text.words))]
    if not headers or all(text.is_bold for text in column):
        yield _Block("", [text.words for text in column])
        return
    for first, end in pairwise([*headers, len(column)]):
        own = column[first:end]
        header = " ".join(text.words for text in own if text.is_bold)
        yield _Block(header, [text.words for text in own if not text.is_bold])


def _people(block: _Block) -> Iterator[Person]:
    """The people of a block: where it has a header and one name, all else is the position; else what stands below."""
    names = [at for at, text in enumerate(block.texts) if is_name(as_name(text))]
    if block.header and len(names) == 1:
        position = " ".join(text for at, text in enumerate(block.texts) if at != names[0])
        yield _signatory(as_name(block.texts[names[0]]), position, block.header)
        return
    for first, end in pairwise([*names, len(block.texts)]):
        position = ""
        for text in block.texts[first + 1 : end]:
            position += f", {text}" if position and _OFFICE.match(text) else f" {text}"
        yield _signatory(as_name(block.texts[first]), position.strip(), block.header)
    if not names:
        beside = (_POSITION_BEHIND.fullmatch(plain(text)) for text in block.texts)
        yield from (
            _signatory(as_name(one["name"]), one["position"], "")
            for one in beside
            if one and is_name(as_name(one["name"]))
        )


def _signatory(name: str, position: str, header: str) -> Person:
    inspectorates = load_visit_words().inspectorates
    inspectorate = code_of(inspectorates, plain(header)) or code_of(inspectorates, plain(position)) or "Ofsted"
    return Person("signatory", name, position or None, inspectorate)


def _columns(lines: Sequence[Placed]) -> Iterator[list[_Text]]:
    """The texts of each column from top to bottom, page by page, the left column before the right one."""
    for _, of_page in groupby(lines, key=lambda placed: placed.page_number):
        own = list(of_page)
        seconds = [placed.line.cells[1].x0 for placed in own if len(placed.line.cells) > 1]
        edge = min(seconds, default=float("inf")) - 15
        left: list[_Text] = []
        right: list[_Text] = []
        for placed in own:
            for cell in placed.line.cells:
                text = one_spaced(with_plain_quotes(without_marks(placed.line, cell)))
                if text and not text.isdigit():  # the number of the page stands beside the last name
                    (right if cell.x0 > edge else left).append(_Text(text, placed.line.is_bold))
        yield from (column for column in (left, right) if column)
