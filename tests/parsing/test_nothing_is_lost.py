"""Between page and paragraph no text is lost and none invented, whatever stands on the pages."""

import re
from collections import Counter
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parsing.text import ReportText
from pipelines.parsing.wording import join_lines, without_marks
from pipelines.reading.lines import Page
from tests.parsing.builders import HANG, LEFT, Pen, page, read, row, wrap

MARGINS = {"running_header", "running_footer", "page_number"}
OUTSIDE = MARGINS | {"cover", "contents", "table", "boilerplate", "mark", "rule_line"}

WORDS = [
    "a", "as", "by", "children", "care", "who", "leave", "plans", "seen", "often", "families", "advice", "help", "they",
    "well-established", "asylum-seeking", "multi-agency", "decision-making", "workers’", "it’s", "‘edge", "protection",
    "safeguarding", "unaccompanied", "(some)", "timely;", "here,", "2015",
]  # fmt: skip
WORD = st.sampled_from(WORDS)
SENTENCE = st.lists(WORD, min_size=8, max_size=45).map(lambda words: " ".join(words).capitalize() + ".")
FULL = " ".join(["This paragraph is set to the full width of its page, line after line."] * 4)
HEADINGS = st.sampled_from(["Summary", "Inspection findings", "Leadership, management and governance is good"])
ODD = st.text("aZ1.9 -–—■•()/’'\uf0a7\u00e9", min_size=1, max_size=30).map(str.split).map(" ".join).filter(bool)


@st.composite
def reports(draw: st.DrawFn) -> tuple[list[tuple[str, str]], tuple[Page, ...]]:
    """A report of headings, paragraphs, bullets and footnotes, and the pages on which the pen sets it.

    Three pages at least, the first two with enough text to tell its size and what comes again in the margins.
    """
    pen = Pen(
        header=draw(st.sampled_from(["", "A running header"])), footer=draw(st.sampled_from(["", "A footer, ever so"]))
    )
    written: list[tuple[str, str]] = []
    kinds = st.sampled_from(["numbered", "numbered", "bullet", "unnumbered", "heading", "note"])
    number = 0
    for kind in ["heading", "numbered", "turn", "numbered", "turn", *draw(st.lists(kinds, min_size=3, max_size=30))]:
        if kind == "turn":
            pen.turn_over()
            continue
        text = draw(HEADINGS) if kind == "heading" else draw(SENTENCE)
        if len(pen.sheets) < 3 and kind == "numbered":
            text = f"{FULL} {text}"
        if kind == "heading" and written and written[-1][0] == "heading":
            continue
        if kind == "heading":
            pen.heading(text)
        elif kind == "numbered":
            number += 1
            pen.marked(f"{number}.", text)
        elif kind == "bullet":
            pen.marked("■", text, x=LEFT + draw(st.sampled_from([0.0, HANG])))
        elif kind == "unnumbered":
            pen.text(text)
        else:
            text = text[:80].strip()
            pen.note(str(sum(one == "footnote" for one, _ in written) + 1), text)
            kind = "footnote"
        written.append((kind, text))
    return written, pen.pages()


def letters(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def check_every_line_has_one_place(pages: Iterable[Page], text: ReportText) -> None:
    """Every line stands in one paragraph, one heading or none, and what they say is what the lines say."""
    on_pages = {(page.page_number, line.line_number): line for page in pages for line in page.lines}
    assert [(line.page_number, line.line_number) for line in text.lines] == list(on_pages)
    by_paragraph: dict[int, list[str]] = {}
    headings: list[str] = []
    for placed in text.lines:
        words = without_marks(on_pages[placed.page_number, placed.line_number])
        if placed.paragraph is not None:
            assert placed.role in ("paragraph", "bullet", "footnote")
            by_paragraph.setdefault(placed.paragraph, []).append(words)
        elif placed.role == "heading":
            headings.append(words)
        else:
            assert placed.role in OUTSIDE
    assert sorted(by_paragraph) == [one.ordinal for one in text.paragraphs]
    for one in text.paragraphs:
        whole, kept = letters(by_paragraph[one.ordinal]), letters([one.text])
        mark = whole.removesuffix(kept)
        assert whole == mark + kept
        assert re.fullmatch(r"\d{0,3}[.)]{0,2}|\D|\*{1,2}", mark), (mark, one)
    assert Counter(letters(headings)) == Counter(letters(section.heading for section in text.sections))


@settings(max_examples=80)
@given(report=reports())
def test_what_was_written_is_read_and_nothing_else(report: tuple[list[tuple[str, str]], tuple[Page, ...]]) -> None:
    written, pages = report
    text = read(pages)
    check_every_line_has_one_place(pages, text)
    kinds = {"recommendation": "numbered"}
    found = [(kinds.get(one.kind, one.kind), one.text) for one in text.paragraphs if one.kind != "footnote"]
    assert found == [(kind, words) for kind, words in written if kind not in ("heading", "footnote")]
    assert [section.heading for section in text.sections] == [words for kind, words in written if kind == "heading"]
    assert [one.text for one in text.paragraphs if one.kind == "footnote"] == [
        words for kind, words in written if kind == "footnote"
    ]


@st.composite
def odd_pages(draw: st.DrawFn) -> tuple[Page, ...]:
    """Lines of any signs at any place, in any type, on a few pages."""
    place = st.tuples(
        st.floats(20, 820), st.sampled_from([LEFT, LEFT + HANG, 300.0]), ODD, st.sampled_from([9.0, 12.0, 16.0])
    )
    looks = st.tuples(st.booleans(), st.booleans())
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lines = draw(st.lists(st.tuples(place, looks), max_size=25))
        made.append(
            page(
                (
                    row(top, (x0, text), size=size, bold=bold, italic=italic)
                    for (top, x0, text, size), (bold, italic) in lines
                ),
                number,
            )
        )
    return tuple(made)


@settings(max_examples=150)
@given(pages=odd_pages())
def test_whatever_stands_on_a_page_has_one_place(pages: tuple[Page, ...]) -> None:
    for code in ("sif", "ilacs_2023", "tlac"):
        check_every_line_has_one_place(pages, read(pages, code))


@given(lines=st.lists(st.text("ab -–/.\u00e9", max_size=12), max_size=6))
def test_joining_keeps_every_sign_in_order(lines: list[str]) -> None:
    joined = join_lines(lines)
    assert letters([joined]) == letters(lines)
    assert joined == " ".join(joined.split())


@given(text=st.lists(WORD, min_size=1, max_size=40).map(" ".join), width=st.integers(16, 60))
def test_a_text_that_was_broken_into_lines_is_joined_as_it_was(text: str, width: int) -> None:
    assert join_lines(wrap(text, width * 6.0)) == text
