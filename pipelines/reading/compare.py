"""The two readers held against each other, page by page: every line on which they differ, and how."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import msgspec

from pipelines.reading.lines import Line, Page, ReadReport, UnreadableReport
from pipelines.reading.readers import READERS, read_report

_NEAR = 2.0
"""Points by which the place of a line may differ: the readers measure the ends of words differently."""


class Difference(msgspec.Struct, frozen=True):
    """Lines of a page that the readers give differently.

    `kind` is spaces (the same characters, parted otherwise), order (the same characters in another order), text,
    place (the same text, further off than two points), look (bold, italic or of another sort for one of them), or file
    (only one of the readers could read it).
    """

    page_number: int
    kind: str
    fast: str
    reference: str


class Comparison(msgspec.Struct, frozen=True):
    """One file read by both."""

    path: str
    n_pages: int
    n_lines: int
    differences: tuple[Difference, ...]


def compare_file(path: Path) -> Comparison:
    """Read a file by both readers and list where they differ."""
    pdf = path.read_bytes()
    fast, reference = (read_report(READERS[name], pdf, "") for name in ("pdfium", "pdfplumber"))
    if isinstance(fast, ReadReport) and isinstance(reference, ReadReport):
        both = zip(fast.pages, reference.pages, strict=True)
        differences = tuple(difference for ours, theirs in both for difference in compare_pages(ours, theirs))
        return Comparison(str(path), len(fast.pages), sum(len(page.lines) for page in fast.pages), differences)
    reasons, seen = zip(_failure(fast), _failure(reference), strict=True)
    return Comparison(str(path), 0, 0, () if reasons[0] == reasons[1] else (Difference(0, "file", *seen),))


def _failure(report: ReadReport | UnreadableReport) -> tuple[str, str]:
    """Why a file could not be read, and the same with what was seen."""
    if isinstance(report, ReadReport):
        return "", "read"
    return report.reason, f"{report.reason}: {report.detail}"


def compare_pages(fast: Page, reference: Page) -> Iterator[Difference]:
    """Every run of lines on which two readings of a page differ."""
    ours, theirs = [line.text for line in fast.lines], [line.text for line in reference.lines]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(
                fast.page_number, _kind(ours[i1:i2], theirs[j1:j2]), " / ".join(ours[i1:i2]), " / ".join(theirs[j1:j2])
            )
            continue
        for line, other in zip(fast.lines[i1:i2], reference.lines[j1:j2], strict=True):
            off = max(abs(line.x0 - other.x0), abs(line.top - other.top), abs(line.bottom - other.bottom))
            if off > _NEAR:
                place = f"{line.text[:60]!r} at {line.x0:.0f}, {line.top:.0f}"
                yield Difference(fast.page_number, "place", place, f"at {other.x0:.0f}, {other.top:.0f}")
            if (seen := _look(line)) != _look(other):
                yield Difference(fast.page_number, "look", f"{line.text[:60]!r} {seen}", _look(other))


def _look(line: Line) -> str:
    """What a line looks like, in a word or two."""
    told = (("bold", line.is_bold), ("italic", line.is_italic), (line.sort, line.sort))
    return ", ".join(word for word, is_so in told if is_so) or "plain"


def _kind(fast: list[str], reference: list[str]) -> str:
    ours, theirs = ("".join("".join(lines).split()) for lines in (fast, reference))
    if ours == theirs:
        return "spaces"
    return "order" if sorted(ours) == sorted(theirs) else "text"
