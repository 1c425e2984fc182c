"""A PDF with more text on a line or a page than any report has is set aside before a pattern runs over it."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading.lengths import FULLEST_PAGE, LONGEST_LINE
from pipelines.reading.lines import UnreadableReport
from pipelines.reading.readers import READERS, read_report


def report_of(lines: list[str]) -> bytes:
    """A page of these lines, set as small as it takes."""
    written = io.BytesIO()
    canvas = Canvas(written, (max(map(len, lines)) * 10, len(lines) * 12 + 40))
    canvas.setFont("Courier", 10)
    for number, line in enumerate(lines, start=1):
        canvas.drawString(5, number * 12, line)
    canvas.save()
    return written.getvalue()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["A title of brackets " + "(" * 4_000], "a line of 4,020 characters, on page 1; a report's has at most 2,000"),
        (["Inspectors: " + "A, " * 1_500], "a line of 4,511 characters, on page 1"),
        (["words of a page " * 100] * 40, "a page of 63,960 characters, on page 1; a report's has at most 50,000"),
    ],
)
def test_more_text_than_a_report_has_is_too_large(reader: str, lines: list[str], what: str) -> None:
    read = read_report(READERS[reader], report_of(lines), "ab" * 32)
    assert isinstance(read, UnreadableReport)
    assert (read.reason, read.detail[: len(what)]) == ("too_large", what)


@pytest.mark.parametrize("reader", READERS)
def test_as_much_text_as_any_report_has_many_times_over_is_read(reader: str) -> None:
    lines = ["ten words that are on a line of this report here " * 4] * 100
    assert max(map(len, lines)) < LONGEST_LINE
    assert sum(map(len, lines)) < FULLEST_PAGE
    assert not isinstance(read_report(READERS[reader], report_of(lines), "ab" * 32), UnreadableReport)
