"""Make the lines of a golden case from a report, with the default reader.

    python -m tests.golden.make REPORT.pdf ilacs_2023/peterborough_2024 [FIRST_PAGE]

Give a first page where the report is bound behind another one in the same file. Run the test of the cases then: it
writes what is read of the lines, for you to hold against the PDF. Say in README.md what the report is.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipelines.reading.lines import Page, ReadReport
from pipelines.reading.readers import READERS, read_report
from pipelines.settings import Settings

GOLDEN = Path(__file__).parent


def lines_text(report: ReadReport) -> str:
    """A report as JSON with one printed line of it a row, so that differences can be read."""
    head = {name: getattr(report, name) for name in ("file_sha256", "reader", "reader_version")}
    rows = msgspec.json.encode(head).decode()[:-1] + ',"pages":[\n'
    return rows + ",\n".join("\n".join(_page_rows(page)) for page in report.pages) + "\n]}\n"


def _page_rows(page: Page) -> Iterator[str]:
    lines = [" " + msgspec.json.encode(line).decode() for line in page.lines]
    tables = [" " + msgspec.json.encode(table).decode() for table in page.tables]
    notes, frames = msgspec.json.encode(page.notes).decode(), msgspec.json.encode(page.frames).decode()
    yield f"[{page.page_number},{page.width},{page.height},["
    yield ",\n".join(lines)
    yield "],["
    yield ",\n".join(tables)
    yield f"],{notes},{frames}]"


def from_page(report: ReadReport, first: int) -> ReadReport:
    """The part of a report from a page on, its pages counted from 1."""
    pages = [
        msgspec.structs.replace(page, page_number=number)
        for number, page in enumerate(report.pages[first - 1 :], start=1)
    ]
    return msgspec.structs.replace(report, pages=tuple(pages))


def main(pdf: Path, name: str, first: int) -> None:
    """Read the report and write the lines of the case."""
    content = pdf.read_bytes()
    report = read_report(READERS[Settings().reader], content, hashlib.sha256(content).hexdigest())
    assert isinstance(report, ReadReport), report
    path = GOLDEN / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines_text(from_page(report, first)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
