"""Oddities of text, which both readers tell alike: in pieces, turned, large, bold without a name, odd characters."""

import pytest

from tests.reading.handmade import BOLD, ENOUGH, PLAIN, WORDS, codes, described, mapped, pdf, read_alike, shown, texts


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
