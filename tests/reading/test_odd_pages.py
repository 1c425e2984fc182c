"""Odd pages: with boxes of any kind or none, turned, left out of the list of a file, or such that a reader fails."""

from collections.abc import Callable

import pytest
from pdfplumber.page import Page as PlumberPage

from pipelines.reading import pdfium, plumber
from pipelines.reading.lines import Page, UnreadableReport
from pipelines.reading.looks import Viewer
from pipelines.reading.readers import READERS, read_report
from tests.reading.handmade import (
    ENOUGH,
    WORDS,
    codes,
    pages_of,
    pdf,
    read_alike,
    shown,
    texts,
)


def test_a_page_that_is_turned_as_a_whole_is_read_as_it_is_shown() -> None:
    content = b"0 1 -1 0 842 0 cm\n" + ENOUGH
    (page,) = pages_of(pdf(content, box=b"/MediaBox [0 0 842 595]", entries=b"/Rotate 90"), "pdfium")
    assert texts(page) == ["Children are seen by those who know them well."]
    assert page.notes == ()


@pytest.mark.parametrize("matrix", [b"0 1 -1 0 595 0", b"0 -1 1 0 0 842", b"-1 0 0 -1 595 842"])
def test_a_page_that_is_typeset_sideways_is_read_along_its_text(matrix: bytes) -> None:
    (page,) = read_alike(pdf(matrix + b" cm\n" + ENOUGH + shown(WORDS, y=320)))
    assert texts(page) == [WORDS.decode(), "Children are seen by those who know them well."]


@pytest.mark.parametrize(
    "box",
    [
        b"/MediaBox [595 842 0 0]",
        b"/MediaBox [0 842 595 0]",
        b"/MediaBox [0 0 595 842]/CropBox [-36 -36 631 914]",
        b"/MediaBox [-100 -100 800 1000]/CropBox [595 842 0 0]",
        b"/MediaBox [0 0 595 842]/CropBox [2000 2000 2600 2842]",
    ],
)
def test_a_page_is_what_its_boxes_have_in_common(box: bytes) -> None:
    (page,) = read_alike(pdf(ENOUGH, box=box))
    (line,) = page.lines
    assert (page.width, page.height, line.sort) == (595.0, 842.0, "")
    assert line.x0 == pytest.approx(70, abs=1)
    assert line.bottom == pytest.approx(842 - 300 + 2.5, abs=1)


Fails = Callable[[str, int], None]


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Fails:
    """Makes a reader fail on the page of a number."""

    def make(name: str, number: int) -> None:
        if name == "pdfium":
            read = pdfium.PageReader.read
            monkeypatch.setattr(
                pdfium.PageReader, "read", lambda self, asked: None if asked == number else read(self, asked)
            )
            return
        read_page = plumber._read_page

        def broken(page: PlumberPage, viewer: Viewer) -> Page:
            if page.page_number == number:
                raise ValueError("an odd page")
            return read_page(page, viewer)

        monkeypatch.setattr(plumber, "_read_page", broken)

    return make


@pytest.mark.parametrize("reader", sorted(READERS))
def test_a_page_that_no_reader_can_read_does_not_lose_the_file(reader: str, fails: Fails) -> None:
    fails("pdfium", 2)
    fails("pdfplumber", 2)
    pages = pages_of(pdf(ENOUGH, ENOUGH, ENOUGH), reader)
    assert [(page.page_number, len(page.lines), codes(page)) for page in pages] == [
        (1, 1, []), (2, 0, ["page_not_read"]), (3, 1, []),
    ]  # fmt: skip


@pytest.mark.parametrize("reader", sorted(READERS))
def test_a_page_that_one_reader_can_not_read_is_read_by_the_other(reader: str, fails: Fails) -> None:
    fails(reader, 2)
    assert [len(page.lines) for page in pages_of(pdf(ENOUGH, ENOUGH, ENOUGH), reader)] == [1, 1, 1]


def test_a_file_of_which_no_page_can_be_read_is_damaged(fails: Fails) -> None:
    fails("pdfium", 1)
    fails("pdfplumber", 1)
    read = read_report(READERS["pdfium"], pdf(ENOUGH), "")
    assert isinstance(read, UnreadableReport)
    assert read.reason == "damaged_pdf"


def test_pages_that_the_list_of_a_file_leaves_out_are_read_and_told() -> None:
    whole = pdf(ENOUGH, ENOUGH, ENOUGH)
    pages = pages_of(whole.replace(b"/Count 3", b"/Count 1"), "pdfium")
    assert [(len(page.lines), codes(page)) for page in pages] == [
        (1, []), (1, ["page_found_by_one_reader"]), (1, ["page_found_by_one_reader"]),
    ]  # fmt: skip


@pytest.mark.parametrize("box", [b"", b"/MediaBox null", b"/MediaBox [0 0 595]"])
def test_a_page_without_a_box_is_read_by_either_reader(box: bytes) -> None:
    assert [len(pages_of(pdf(ENOUGH, box=box), reader)[0].lines) for reader in READERS] == [1, 1]
