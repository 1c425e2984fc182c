"""How a report opens: on a cover or as a letter, and what that says of the kind, the days, the place and the people."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipelines.parsing import cover as covers
from pipelines.parsing.facts import Cover, Issue, Partner, Person
from pipelines.parsing.inspection_dates import InspectionDates, read_inspection_dates
from pipelines.parsing.layout import Layout
from pipelines.parsing.letter_dates import dates_in_sentences, read_letter_date, summary_in
from pipelines.parsing.letters import Letter, read_letter
from pipelines.parsing.names import is_same_person
from pipelines.parsing.partners import addressees, partnership, visited
from pipelines.parsing.people import people_of_visit, team_in, team_lines
from pipelines.parsing.signatures import signatories
from pipelines.parsing.visit_facts import Series, read_inspectorates, read_mode, read_series, read_theme
from pipelines.parsing.wording import plain, running_words
from pipelines.reading.lines import Page
from pipelines.report_kinds.matching import may_be_graded
from pipelines.report_kinds.registry import Framework

_FIRST_PAGES = 3
_MOST_DAYS_TO_A_LETTER = 150
"""Of 221 letters at hand each is dated 22 to 97 days after its visit."""


class Opening(NamedTuple):
    """The kind of a report and what its opening says. `roles` are those of lines that it has read."""

    framework: Framework
    cover: Cover
    dates: InspectionDates
    roles: Mapping[tuple[int, int], str]
    issues: tuple[Issue, ...]


class NotUnderstood(NamedTuple):
    """Why the opening of a report can't be understood: a reason of the quarantine, and what was seen."""

    reason: str
    detail: str


def read_opening(pages: Sequence[Page], layout: Layout) -> Opening | NotUnderstood:
    """What a report says on its cover, or in the head, the first lines and the signature of a letter."""
    letter = read_letter(pages, layout)
    return _of_letter(letter) if letter and letter.titles else _of_cover(pages, layout)


def _of_cover(pages: Sequence[Page], layout: Layout) -> Opening | NotUnderstood:
    title, dates = covers.read_title(pages, layout), read_inspection_dates(pages, layout)
    if not dates.written and not may_be_graded(title):
        dates = dates_in_sentences(_first_text(pages, layout))
    matched = covers.match_title(title, dates.visits[0].start_date) if dates.visits else None
    if matched is None:
        return _not_ours(title, dates)
    framework = matched.framework
    cover = Cover(
        title=title,
        authority_as_written=matched.authority_as_written,
        visits=dates.visits,
        published_date_in_text=covers.read_published_date(pages),
        inspectorates=framework.inspectorates,
    )
    if framework.is_graded:
        leads = (Person("lead_inspector", name, None, "Ofsted") for name in covers.read_lead_inspectors(pages))
        return Opening(framework, replace(cover, people=tuple(leads)), dates, {}, ())
    team = team_lines(pages, layout)
    cover = replace(
        cover,
        people=team_in(team),
        partners=partnership(pages),
        previous_inspection_as_written=covers.read_previous_inspection(pages, layout),
    )
    roles = dict.fromkeys((placed.place for placed in team), "table")
    return Opening(framework, cover, dates, roles, tuple(_gaps(cover, framework)))


def _first_text(pages: Sequence[Page], layout: Layout) -> str:
    """The running text of the first pages."""
    inner = (line for page in pages[:_FIRST_PAGES] for line in page.lines if not layout.is_small(line))
    return running_words(inner)


def _of_letter(letter: Letter) -> Opening | NotUnderstood:
    letter_date, issues = read_letter_date(letter.head)
    dates = dates_in_sentences(letter.opening, letter_date)
    if not dates.visits and (summary := summary_in(letter.further)):
        letter, dates = letter._replace(opening=" ".join(summary)), dates_in_sentences(summary[0], letter_date)
    start = dates.visits[0].start_date if dates.visits else letter_date or dt.date.max
    matched = [title for words in letter.titles if (title := covers.match_title(words, start))]
    if len({(title.framework.activity_kind, title.authority_as_written.lower()) for title in matched}) > 1:
        return NotUnderstood(
            "unknown_framework", f"the letter bears more than one title: {'; '.join(letter.titles)}"[:300]
        )
    if not dates.visits:
        return _not_ours(letter.title, dates, "unreadable_dates")
    framework, authority = matched[0]
    series = read_series(letter.opening) if framework.is_one_of_a_series else Series()
    people, partners = _people_and_partners(letter, authority, framework)
    named_by = [plain(placed.line.text) for placed in letter.signature]
    cover = Cover(
        title=letter.title,
        authority_as_written=authority,
        visits=dates.visits,
        published_date_in_text=letter_date,
        people=people,
        letter_date=letter_date,
        theme=read_theme(letter.opening, letter.title, framework),
        mode=read_mode(letter.opening),
        inspectorates=read_inspectorates([letter.opening, *named_by], framework)
        if framework.is_joint
        else framework.inspectorates,
        partners=partners,
        visit_ordinal=series.ordinal,
        previous_inspection_as_written=series.follows,
    )
    issues = (
        *issues,
        *_letter_issues(cover, dates, framework, signatories(letter.signature)),
        *_gaps(cover, framework),
    )
    return Opening(framework, cover, dates, dict(letter.roles()), issues)


def _people_and_partners(
    letter: Letter, authority: str, framework: Framework
) -> tuple[tuple[Person, ...], tuple[Partner, ...]]:
    if framework.is_joint:
        return tuple(signatories(letter.signature)), addressees(letter.head)
    return people_of_visit(letter.opening, letter.signature), visited(authority)


def _letter_issues(
    cover: Cover, dates: InspectionDates, framework: Framework, signed: Sequence[Person]
) -> Iterator[Issue]:
    """An issue for what is taken from elsewhere, for a date that can't be, and for a lead or theme not told."""
    if dates.is_year_from_letter:
        message = f"The days of the visit read {dates.written!r}; the year follows from the date of the letter."
        yield Issue("info", "year_from_letter_date", dates.page_number, dates.written, message)
    days = (cover.letter_date - dates.visits[-1].end_date).days if cover.letter_date else 0
    if not 0 <= days <= _MOST_DAYS_TO_A_LETTER:
        message = f"The letter of {cover.letter_date} is dated {days} days after the visit; a date may be misprinted."
        yield Issue("warning", "unlikely_dates", dates.page_number, dates.written, message)
    leads = cover.lead_inspectors
    if not framework.is_joint and leads and not any(is_same_person(leads[0], one.name) for one in signed):
        message = "No inspector signs the letter; the one named first is taken for the lead."
        yield Issue("info", "lead_not_signed", None, leads[0], message)
    if framework.remit and cover.theme is None:
        message = "The letter does not say, in any known words, what inspectors looked at."
        yield Issue("info", "no_theme", dates.page_number, "", message)
    elif framework.remit and cover.theme and cover.theme.theme_code is None:
        message = "What inspectors looked at is none of the known themes."
        yield Issue("info", "no_theme", dates.page_number, cover.theme.theme_as_written[:120], message)


def _gaps(cover: Cover, framework: Framework) -> Iterator[Issue]:
    """An issue for what a letter or joint report of its kind tells, and this one does not in any known words."""
    if framework.is_joint and not cover.partners:
        yield Issue("info", "no_partners", 1, "", "No organisation that was inspected is told.")
    if framework.is_joint and cover.letter_date:
        signed = {person.inspectorate for person in cover.people}
        for inspectorate in (one for one in cover.inspectorates if one not in signed):
            yield Issue(
                "info", "no_signatory", None, inspectorate, f"{inspectorate} took part, and nobody signs for it."
            )
    if framework.is_one_of_a_series and cover.visit_ordinal is None:
        yield Issue("info", "no_visit_ordinal", 1, "", "Which visit since which inspection it is, is not told.")


def _not_ours(title: str, dates: InspectionDates, reason: str = "unknown_framework") -> NotUnderstood:
    known = f"title {title[:120]!r}" if title else "no title found"
    if dates.visits:
        return NotUnderstood(reason, f"{known}, inspected {dates.visits[0].start_date}")
    if dates.written:
        return NotUnderstood(reason, f"{known}, the inspection dates can't be understood: {dates.written[:120]!r}")
    return NotUnderstood(reason, f"{known}, no inspection dates on the first pages")
