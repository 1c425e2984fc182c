"""Hold a warehouse of real reports against another reader of the same PDFs: is every word of every page there, once?

    python scripts/check_corpus.py [--data DIR] [--show N]

Reads each accepted report again with PDFium (pypdfium2), which shares no code with the reader the warehouse was built
with, and compares page by page with core.lines: first the words, then, where these differ, the characters without
spaces, because readers part words differently at a change of font. Then it looks inside core.paragraphs for text that
belongs elsewhere: running headers and footers, footnotes. Exits 1 when a character is lost or doubled, or when a
paragraph holds what it must not.

PDFium gives a hyphen at a line end as a character of its own (U+FFFE or U+0002): it is taken for the hyphen it is.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import duckdb
import pypdfium2
from rich.progress import track

from pipelines.archive.store import archived_path
from pipelines.parsing.wording import join_lines
from pipelines.settings import read_settings

_LINE_END_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_STRUCK_DASH = re.compile("(?<=\\d)(?:\\s?[\u0335\u0336]–?|\uf02d)(?=\\d)")
"""A dash between years that a file gives as a combining stroke or as the sign of another font."""

_INVISIBLE = re.compile("[\ufeff\u200b\xad\x00-\x08\x0b\x0c\x0e-\x1f]")

_INTRUDERS = """
    with strangers as (
        select report_id, text, role, min(page_number) as page_number
        from core.lines
        where role in ('running_header', 'running_footer', 'footnote') and length(text) > 15
        group by all
    )
    select p.paragraph_id, s.role, s.text
    from core.paragraphs p join strangers s on p.report_id = s.report_id and contains(p.text, s.text)
    where not (s.role = 'footnote' and p.kind = 'footnote')
"""

_UNEQUAL = """
    with lines as (
        select paragraph_id, string_agg(text, '' order by page_number, line_number) as text
        from core.lines where paragraph_id is not null group by all
    ), letters as (
        -- digits and brackets aside: numbers, and the marks of footnotes, are no part of a paragraph's text
        select p.paragraph_id, lines.text, p.text as joined,
            regexp_replace(lines.text, '[\\s\\d\\[\\]]', '', 'g') as ours,
            regexp_replace(p.text, '[\\s\\d\\[\\]]', '', 'g') as theirs
        from core.paragraphs p left join lines using (paragraph_id)
    )
    select paragraph_id, text, joined from letters
    where ours is null or right(ours, length(theirs)) <> theirs or length(ours) - length(theirs) > 3
"""


class PageFinding(NamedTuple):
    """What differs on one page: words (as PDFium parts them) and characters, those missing here and those too many."""

    place: str
    words_missing: Counter[str]
    words_extra: Counter[str]
    characters_missing: Counter[str]
    characters_extra: Counter[str]


def main() -> int:
    """Compare, print the figures and the first differences, and say by the exit code whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=None, help="data folder (default: that of the settings)")
    parser.add_argument("--show", type=int, default=10, help="differences to print of each sort")
    args = parser.parse_args()
    settings = read_settings(args.data)
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        n_pages, n_words, findings = compare_words(connection, settings.archive)
        intruders = connection.execute(_INTRUDERS).fetchall()
        unequal = connection.execute(_UNEQUAL).fetchall()
        (n_paragraphs,) = connection.execute("select count(*) from core.paragraphs").fetchone() or (0,)
    with_words = [finding for finding in findings if finding.words_missing or finding.words_extra]
    with_characters = [finding for finding in findings if finding.characters_missing or finding.characters_extra]
    print(f"{n_pages} pages, {n_words} words by PDFium")
    n_parted = sum(finding.words_missing.total() for finding in with_words)
    print(f"{len(with_words)} pages part some word differently, {n_parted} words in all")
    print(f"{len(with_characters)} pages lack a character or have one too many")
    for finding in with_characters[: args.show]:
        print(
            f"    {finding.place}: missing {dict(finding.characters_missing)}, extra {dict(finding.characters_extra)}"
        )
    for finding in with_words[: args.show]:
        print(f"    {finding.place}: {list(finding.words_missing)[:6]} here {list(finding.words_extra)[:6]}")
    print(f"{n_paragraphs} paragraphs, {len(intruders)} with a running header, footer or footnote inside")
    for paragraph_id, role, text in intruders[: args.show]:
        print(f"    {paragraph_id}: {role} {text!r}")
    print(f"{len(unequal)} paragraphs whose text is not that of their lines")
    for paragraph_id, lines, joined in unequal[: args.show]:
        print(f"    {paragraph_id}: {str(lines)[-60:]!r} became {joined[-60:]!r}")
    return 1 if with_characters or intruders or unequal else 0


def compare_words(connection: duckdb.DuckDBPyConnection, archive: Path) -> tuple[int, int, list[PageFinding]]:
    """Pages and words read, and every page that differs."""
    reports = connection.execute("select report_id, file_sha256, source_path from core.reports order by 3").fetchall()
    n_pages = n_words = 0
    findings: list[PageFinding] = []
    for report_id, file_sha256, source_path in track(reports, "Reading again", disable=not sys.stderr.isatty()):
        ours: dict[int, list[str]] = {}
        for page_number, text in connection.execute(
            "select page_number, text from core.lines where report_id = ? order by 1, line_number", [report_id]
        ).fetchall():
            ours.setdefault(page_number, []).append(text)
        with pypdfium2.PdfDocument(archived_path(archive, file_sha256)) as pdf:
            for number, page in enumerate(pdf, start=1):
                theirs = page.get_textpage().get_text_range().translate(_LINE_END_HYPHENS)
                theirs = _STRUCK_DASH.sub("–", _INVISIBLE.sub("", theirs))
                n_pages += 1
                n_words += len(theirs.split())
                finding = compare_page(f"{source_path} page {number}", theirs, join_lines(ours.get(number, [])))
                if finding:
                    findings.append(finding)
    return n_pages, n_words, findings


def compare_page(place: str, theirs: str, ours: str) -> PageFinding | None:
    """What differs between two readings of a page; None where they have the same words."""
    their_words, our_words = Counter(theirs.split()), Counter(ours.split())
    if their_words == our_words:
        return None
    their_letters, our_letters = Counter("".join(theirs.split())), Counter("".join(ours.split()))
    return PageFinding(
        place,
        their_words - our_words,
        our_words - their_words,
        their_letters - our_letters,
        our_letters - their_letters,
    )


if __name__ == "__main__":
    sys.exit(main())
