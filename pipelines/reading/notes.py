"""What a page's lines show that a careful reader should know of. Each code becomes an issue of the report.

unreadable_characters, unseen_text, turned_text, watermark, too_many_rule_lines; page_not_read and
page_found_by_one_reader are for `readers.py` to say.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipelines.reading.characters import count_unreadable
from pipelines.reading.lines import Line, Note, Page
from pipelines.reading.runs import TURNED, UNSEEN, WATERMARK

_EXCERPT = 120
_A4 = 595.0, 842.0

_MESSAGES = {
    UNSEEN: ("unseen_text", "Text that can't be seen on the page: {n} lines."),
    TURNED: ("turned_text", "Text that is not level is kept apart from the lines it crosses: {n} lines."),
    WATERMARK: ("watermark", "Large text that lies under other text is kept apart from it: {n} lines."),
}

_TOO_MANY_RULE_LINES = Note("too_many_rule_lines", "So many lines are drawn that no tables were looked for.", "")


def with_lines(page: Page, lines: tuple[Line, ...]) -> Page:
    """The same page with other sorts of lines, and the notes of these."""
    return replace(page, lines=lines, notes=notes_of(lines, _TOO_MANY_RULE_LINES in page.notes))


def notes_of(lines: Sequence[Line], has_too_many_rule_lines: bool = False) -> tuple[Note, ...]:
    """One note for each kind of oddity on a page."""
    return (*_notes(lines), *([_TOO_MANY_RULE_LINES] if has_too_many_rule_lines else []))


def _notes(lines: Sequence[Line]) -> Iterator[Note]:
    counts = [(count, line) for line in lines if (count := count_unreadable(line))]
    if counts:
        n = sum(count for count, _ in counts)
        message = f"The file does not tell which characters these are: {n} on this page."
        yield Note("unreadable_characters", message, _excerpt([line for _, line in counts]))
    for sort, (code, message) in _MESSAGES.items():
        of_sort = [line for line in lines if line.sort == sort]
        if of_sort:
            yield Note(code, message.format(n=len(of_sort)), _excerpt(of_sort))


def _excerpt(lines: Sequence[Line]) -> str:
    """The first words at issue."""
    return " / ".join(line.text for line in lines)[:_EXCERPT]


def found_by_one(page: Page) -> Page:
    """A page that one of the readers does not find in the file."""
    message = "The file does not list this page as it should: only one of the readers finds it."
    return replace(page, notes=(*page.notes, Note("page_found_by_one_reader", message, "")))


def empty_page(number: int) -> Page:
    """A page that no reader could read."""
    note = Note("page_not_read", "No reader could read this page: its text is missing.", "")
    return Page(number, *_A4, (), notes=(note,))
