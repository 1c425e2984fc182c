"""Oddities of files, which both readers tell alike: text in pieces, unseen, turned, bold without a name, odd boxes."""

from collections.abc import Callable

import pytest
from pdfplumber.page import Page as PlumberPage

from pipelines.reading import pdfium, plumber
from pipelines.reading.lines import Page, UnreadableReport
from pipelines.reading.looks import Viewer
from pipelines.reading.readers import READERS, read_report
from tests.reading.handmade import BOLD, ENOUGH, PLAIN, described, mapped, pages_of, pdf, read_alike, shown

WORDS = b"Care leavers are supported well"


def texts(page: Page, sort: str = "") -> list[str]:
    return [line.text for line in page.lines if line.sort == sort]


def codes(page: Page) -> list[str]:
    return [note.code for note in page.notes]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        ([b"About 1", b"8", b"% waited since 201", b"5."], "About 18% waited since 2015."),
        ([b"11", b". Leaders kn", b"ow"], "11. Leaders know"),
        ([b"effi", b"c", b"ient w", b"ork"], "efficient work"),
        ([bytes([letter]) for letter in b"Inspection dates: 11 to 21 May"], "Inspection dates: 11 to 21 May"),
    ],
)
def test_words_and_numbers_set_in_pieces_are_whole(pieces: list[bytes], whole: str) -> None:
    together = b"BT /F1 12 Tf 70 700 Td %s ET\n" % b" ".join(b"<%s> Tj" % piece.hex().encode() for piece in pieces)
    (page,) = read_alike(pdf(together + ENOUGH))
    assert page.lines[0].text == whole


def test_a_number_close_before_its_text_is_a_word_of_its_own() -> None:
    number, text = shown(b"10.", x=70), shown(b"Assessments are timely", x=70 + 12 * (2 * 0.556 + 0.278) + 1)
    (page,) = read_alike(pdf(number + text + ENOUGH))
    assert texts(page)[0] == "10. Assessments are timely"


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


def turned(text: bytes, matrix: bytes, size: int = 12) -> bytes:
    return b"BT /F2 %d Tf %s Tm (%s) Tj ET\n" % (size, matrix, text)


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (turned(b"DRAFT", b".7071 .7071 -.7071 .7071 120 250", 140), "DRAFT"),
        (turned(b"Printed on 3 March 2026 at 10:42", b"0 1 -1 0 76 250"), "Printed on 3 March 2026 at 10:42"),
        (turned(b"Upside down", b"-1 0 0 -1 200 302"), "Upside down"),
        (turned(b"Copy 3", b".94 .342 -.342 .94 100 290"), "Copy 3"),
    ],
)
def test_turned_text_is_no_part_of_the_lines_it_crosses(drawn: bytes, text: str) -> None:
    (page,) = read_alike(pdf(drawn + ENOUGH + shown(WORDS, y=320)))
    assert texts(page, "turned") == [text]
    assert texts(page) == [WORDS.decode(), "Children are seen by those who know them well."]
    assert codes(page) == ["turned_text"]


def test_a_page_that_is_turned_as_a_whole_is_read_as_it_is_shown() -> None:
    content = b"0 1 -1 0 842 0 cm\n" + ENOUGH
    (page,) = pages_of(pdf(content, box=b"/MediaBox [0 0 842 595]", entries=b"/Rotate 90"), "pdfium")
    assert texts(page) == ["Children are seen by those who know them well."]
    assert page.notes == ()


@pytest.mark.parametrize("matrix", [b"0 1 -1 0 595 0", b"0 -1 1 0 0 842", b"-1 0 0 -1 595 842"])
def test_a_page_that_is_typeset_sideways_is_read_along_its_text(matrix: bytes) -> None:
    (page,) = read_alike(pdf(matrix + b" cm\n" + ENOUGH + shown(WORDS, y=320)))
    assert texts(page) == [WORDS.decode(), "Children are seen by those who know them well."]


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    lines = b"".join(b"60 %d m 540 %d l S %d 70 m %d 790 l S\n" % (at, at, at, at) for at in range(70, 540, 4))
    (page,) = read_alike(pdf(lines + ENOUGH))
    assert (page.tables, codes(page)) == ((), ["too_many_rule_lines"])


def test_a_large_text_under_others_is_a_watermark_on_every_page_that_has_it() -> None:
    stamp = shown(b"DRAFT", x=100, y=290, size=90, font=BOLD, before=b".9 g")
    crossed, clear = read_alike(pdf(stamp + ENOUGH, stamp + shown(WORDS)))
    for page, text in ((crossed, "Children are seen by those who know them well."), (clear, WORDS.decode())):
        assert (texts(page, "watermark"), texts(page), codes(page)) == (["DRAFT"], [text], ["watermark"])


def test_a_large_title_and_a_large_first_letter_are_no_watermarks() -> None:
    title, letter = shown(b"Inspection of Marrowby", y=640, size=26), shown(b"C", y=276, x=40, size=40)
    (page,) = read_alike(pdf(title + letter + ENOUGH + shown(WORDS, y=620)))
    assert all(line.sort == "" for line in page.lines)


REGULAR = b"Flags 32/ItalicAngle 0/StemV 80"


@pytest.mark.parametrize(
    ("name", "entries", "look"),
    [
        (b"ABCDEF+CIDFont", REGULAR, (False, False)),
        (b"ABCDEF+CIDFont", b"Flags 32/ItalicAngle 0/StemV 80/FontWeight 700", (True, False)),
        (b"ABCDEF+CIDFont", b"Flags 32/ItalicAngle 0/StemV 165", (True, False)),
        (b"ABCDEF+CIDFont", b"Flags 262176/ItalicAngle 0/StemV 80", (True, False)),
        (b"ABCDEF+CIDFont", b"Flags 96/ItalicAngle -12/StemV 80", (False, True)),
        (b"Frutiger-Bd", REGULAR, (True, False)),
        (b"NimbusSanL-Medi", REGULAR, (True, False)),
        (b"ITCAvantGarde-Demi", REGULAR, (True, False)),
        (b"Avenir-Heavy", REGULAR, (True, False)),
        (b"Univers-BlackItalic", REGULAR, (True, True)),
        (b"Myriad-Sb", REGULAR, (True, False)),
        (b"AvantGarde-Dm", REGULAR, (True, False)),
        (b"Gotham-Ultra", REGULAR, (True, False)),
        (b"MuseoSans-700", REGULAR, (True, False)),
        (b"TAHOMABD", REGULAR, (True, False)),
        (b"MuseoSans-300", REGULAR, (False, False)),
        (b"Gotham-UltraLight", REGULAR, (False, False)),
        (b"Blackadder", REGULAR, (False, False)),
        (b"Segoe-SemiLight", REGULAR, (False, False)),
    ],
)
def test_bold_and_italic_are_told_by_name_or_by_descriptor(
    name: bytes, entries: bytes, look: tuple[bool, bool]
) -> None:
    (page,) = read_alike(pdf(shown(WORDS), fonts={PLAIN: described(name, entries)}))
    assert [(line.is_bold, line.is_italic) for line in page.lines] == [look]


@pytest.mark.parametrize(
    ("before", "is_bold"), [(b"2 Tr .4 w", True), (b"2 Tr 0 w", False), (b"2 Tr .4 w 1 0 0 RG", False)]
)
def test_text_drawn_thicker_by_its_own_colour_is_bold(before: bytes, is_bold: bool) -> None:
    (page,) = read_alike(pdf(shown(WORDS, before=before)))
    assert [line.is_bold for line in page.lines] == [is_bold]


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("\ufb03", "Officers are efficient and kind"),
        ("\u200b", "Ocers are ecient and kind"),
        ("\0", "O\ufffdcers are e\ufffdcient and kind"),
        ("\x07", "O\ufffdcers are e\ufffdcient and kind"),
        ("\ue123", "O\ue123cers are e\ue123cient and kind"),
    ],
)
def test_what_a_file_does_not_tell_is_told(told: str, read: str) -> None:
    text = shown(b"O\x01cers are e\x01cient and kind")
    (page,) = read_alike(pdf(text, fonts={PLAIN: mapped({1: told})}))
    assert texts(page) == [read]
    assert codes(page) == (["unreadable_characters"] if read[1] in "\ufffd\ue123" else [])


@pytest.mark.parametrize("told", ["\u200b", "\u2060", "\ufeff", "\xad"])
@pytest.mark.parametrize(
    ("drawn", "read"),
    [(" ", "Children are seen well, Care-leavers wait"), ("w", "Children are seen \ufffdell, Care-leavers \ufffdait")],
)
def test_what_takes_room_is_no_sign_without_room(told: str, drawn: str, read: str) -> None:
    text = shown(b"Children are seen well, Care-leavers wait")
    (page,) = read_alike(pdf(text, fonts={PLAIN: mapped({ord(drawn): told})}))
    assert texts(page) == [read]


def test_a_hyphen_that_is_told_as_a_soft_one_is_a_hyphen() -> None:
    lines = shown(b"asylum-seeking young adults who are to\x04") + shown(b"ld of their rights, and are well-", y=686)
    (page,) = read_alike(pdf(lines + shown(b"known", y=672), fonts={PLAIN: mapped({ord("-"): "\xad", 4: "\xad"})}))
    assert texts(page) == ["asylum-seeking young adults who are to\xad", "ld of their rights, and are well-", "known"]


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
