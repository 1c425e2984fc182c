"""Text that nobody can see on a page is told from text that can be seen, by both readers."""

import pytest

from pipelines.reading.readers import READERS
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

PICTURE = b"BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID FF > EI Q\n"
DARK = b"q 0 0 .4 rg 60 690 400 30 re f Q\n"


@pytest.mark.parametrize(
    "drawn",
    [
        shown(WORDS, before=b"3 Tr"),
        shown(WORDS, before=b"7 Tr"),
        shown(WORDS, before=b"1 g"),
        shown(WORDS, before=b".96 .97 1 rg"),
        DARK + shown(WORDS, before=b"0 0 .4 rg"),
        shown(WORDS) + b"q .5 g 60 690 400 30 re f Q\n",
        shown(WORDS) + b"q 400 0 0 30 60 690 cm " + PICTURE,
        b"q 0 0 1 1 re W n " + shown(WORDS) + b"Q\n",
        shown(WORDS, before=b"1 Tr 1 G .2 w"),
        shown(WORDS, before=b"2 Tr 1 G 1 g .2 w"),
        shown(WORDS, size=1),
        shown(WORDS, y=-30),
        shown(WORDS, x=620),
    ],
    ids=[
        "invisible",
        "clipped",
        "white",
        "near white",
        "dark on dark",
        "covered",
        "under a picture",
        "outside its clip path",
        "white strokes",
        "white filled and stroked",
        "tiny",
        "below",
        "beside",
    ],
)
def test_text_that_can_not_be_seen_is_marked(drawn: bytes) -> None:
    (page,) = read_alike(pdf(drawn + ENOUGH))
    assert texts(page, "unseen") == [WORDS.decode()]
    assert len(texts(page)) == 1
    assert codes(page) == ["unseen_text"]


@pytest.mark.parametrize(
    ("default", "sort"),
    [
        (b"/OFF[<</Name(Notes)>>]", "unseen"),
        (b"/BaseState/OFF", "unseen"),
        (b"/BaseState/OFF/ON[<</Name(Notes)>>]", ""),
    ],
)
def test_text_in_a_layer_that_is_off_is_marked(default: bytes, sort: str) -> None:
    layered = b"/OC/L1 BDC " + shown(WORDS) + b"EMC\n" + ENOUGH
    properties = b"/Resources<</Properties<</L1<</Type/OCG/Name(Notes)>>>>"
    content = pdf(layered).replace(b"/Resources<<", properties)
    layers = b"<</Type/Catalog/OCProperties<</OCGs[<</Name(Notes)>>]/D<<%s>>>>" % default
    (page,) = read_alike(content.replace(b"<</Type/Catalog", layers))
    assert texts(page, sort)[0] == WORDS.decode()


@pytest.mark.parametrize(
    "drawn",
    [
        shown(WORDS),
        DARK + shown(WORDS, before=b"1 g"),
        b"q 1 g 0 0 595 842 re f Q\n" + shown(WORDS),
        shown(WORDS, before=b"1 g 0 G 1 Tr"),
        shown(WORDS, x=500),
        b"q 60 690 400 30 re W n 0 0 .4 rg 0 0 595 842 re f Q\n" + shown(WORDS, before=b"1 g"),
        b"q 60 690 400 30 re W n " + shown(WORDS) + b"Q\n",
        b"q 60 600 400 30 re W n 0 0 0 rg 0 0 595 842 re f Q\n" + shown(WORDS),
        b"q 400 0 0 30 60 690 cm " + PICTURE + shown(WORDS),
        shown(WORDS) + b"q 400 0 0 30 60 690 cm BI /IM true /W 8 /H 1 /BPC 1 /F /AHx ID FF > EI Q\n",
    ],
    ids=[
        "black",
        "white on dark",
        "on a white sheet",
        "outlined",
        "running off the edge",
        "white on a clipped dark",
        "within its clip path",
        "beside a clipped box",
        "on a picture",
        "under a clear mask",
    ],
)
def test_text_that_can_be_seen_is_not_marked(drawn: bytes) -> None:
    (page,) = read_alike(pdf(drawn + ENOUGH))
    assert WORDS.decode() in texts(page)
    assert page.notes == ()


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize("before", [b".01 Tz", b"0.001 0 0 0.001 0 0 cm"])
def test_text_that_is_too_small_to_be_read_is_marked(reader: str, before: bytes) -> None:
    (page,) = pages_of(pdf(ENOUGH + shown(WORDS, before=before)), reader)
    assert texts(page) == ["Children are seen by those who know them well."]
    assert "unseen_text" in codes(page)
    assert all(line.font_size > 0 for line in page.lines)


def test_unseen_words_beside_seen_ones_are_a_line_of_their_own() -> None:
    (page,) = read_alike(pdf(shown(b"Overall effectiveness") + shown(b"Good", x=368, before=b"3 Tr") + ENOUGH))
    assert (texts(page)[0], texts(page, "unseen")) == ("Overall effectiveness", ["Good"])
