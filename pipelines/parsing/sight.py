"""Which lines of a page are its text: neither turned nor a watermark, and seen, unless the page is a scan.

What reading noticed becomes issues here, and so does each judgement or date that only unseen text gives.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipelines.parsing.facts import Issue, Judgement, ParsedReport, PlacedLine, RejectedReport
from pipelines.parsing.layout import measure
from pipelines.parsing.opening import Opening, read_opening
from pipelines.reading.lines import Page

_UNSEEN = "unseen"
_SHARE_OF_A_SCAN = 0.8
"""A scanned page has its words as a layer that nobody sees; unseen words are few on any other page."""

Parsed = ParsedReport | RejectedReport


def level_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages without text that is turned or a watermark; text that can't be seen is left on them."""
    return tuple(_with_sorts(page, ("", _UNSEEN)) for page in pages)


def legible_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages without what is no part of their text; the words of a scanned page are its text."""
    return tuple(_with_sorts(page, ("", _UNSEEN) if _is_scan(page) else ("",)) for page in pages)


def seen_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages with those lines only that a person sees."""
    return tuple(_with_sorts(page, ("",)) for page in pages)


def has_unseen(pages: Sequence[Page]) -> bool:
    """Whether any line of a report can't be seen."""
    return any(line.sort == _UNSEEN for page in pages for line in page.lines)


def _with_sorts(page: Page, sorts: Sequence[str]) -> Page:
    kept = tuple(line for line in page.lines if line.sort in sorts)
    return page if len(kept) == len(page.lines) else replace(page, lines=kept)


def _is_scan(page: Page) -> bool:
    letters = {True: 0, False: 0}
    for line in page.lines:
        letters[line.sort == _UNSEEN] += len(line.text)
    return letters[True] > _SHARE_OF_A_SCAN * sum(letters.values())


def all_placed(pages: Sequence[Page], placed: Sequence[PlacedLine]) -> tuple[PlacedLine, ...]:
    """Every line of a report with its role: for one that is no part of its page's text, its sort."""
    known: Mapping[tuple[int, int], PlacedLine] = {(line.page_number, line.line_number): line for line in placed}
    if len(known) == sum(len(page.lines) for page in pages):
        return tuple(placed)
    return tuple(
        known.get((page.page_number, line.line_number))
        or PlacedLine(page.page_number, line.line_number, line.sort, None, is_running_text=False)
        for page in pages
        for line in page.lines
    )


def note_issues(pages: Sequence[Page]) -> Iterator[Issue]:
    """An issue for each thing that reading noticed on a page."""
    for page in pages:
        for note in page.notes:
            yield Issue("warning", note.code, page.page_number, note.excerpt, note.message)


def with_unseen_told(legible: Parsed, whole: Parsed, pages: Sequence[Page]) -> Parsed:
    """A report with text that can't be seen, with an issue for each fact that rests on it.

    It is given as parsed from its legible lines, and from all. A judgement that only unseen text gives is taken; where
    legible text gives one, unseen text does not count.
    """
    report = legible if isinstance(legible, ParsedReport) else whole
    if isinstance(report, RejectedReport):
        return legible
    used = legible_pages(pages) if report is legible else level_pages(pages)
    codes = {one.judgement_code for one in report.judgements}
    others = whole.judgements if isinstance(whole, ParsedReport) else ()
    added = tuple(one for one in others if one.judgement_code not in codes)
    resting = (*added, *(one for one in report.judgements if _rests_on_unseen(one, used)))
    issues = [_resting(f"The grade of {one.judgement_code}", one.page_number, one.grade_as_written) for one in resting]
    seen = seen_pages(pages)
    opening = read_opening(seen, measure(seen))
    if not isinstance(opening, Opening) or opening.cover.visits != report.cover.visits:
        dates = ", ".join(f"{visit.start_date} to {visit.end_date}" for visit in report.cover.visits)
        issues.append(_resting("The dates of the inspection", 1, dates))
    return replace(report, judgements=(*report.judgements, *added), issues=(*report.issues, *issues))


def _resting(what: str, page_number: int, excerpt: str) -> Issue:
    message = f"{what} can only be read in text that can't be seen on the page."
    return Issue("warning", "rests_on_unseen_text", page_number, excerpt, message)


def _rests_on_unseen(judgement: Judgement, pages: Sequence[Page]) -> bool:
    """Whether a line that can't be seen stands within the box of a judgement."""
    box = judgement.box
    return any(
        line.sort == _UNSEEN
        and line.x0 < box.x1
        and box.x0 < line.x1
        and line.top < box.bottom
        and box.top < line.bottom
        for page in pages
        if page.page_number == judgement.page_number
        for line in page.lines
    )
