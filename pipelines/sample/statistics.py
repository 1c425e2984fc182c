"""Official statistics of the invented world: what its editions of 2023 and 2025 tell.

They tell of what the reports tell by then, and of inspections that no report tells of: those before 2013 (among them
the listed ones whose file can't be read), a later one of two authorities, and monitoring visits. `edition_sheets.py`
sets them, with differences from the reports such as Ofsted's own editions show.

Any number of reports gives whole editions: an authority without an inspection has a row that says so, on the sheet of
all inspections of 2025, too, where Ofsted's has none.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pipelines.sample.chance import seeded
from pipelines.sample.drawn import drawn_entry
from pipelines.sample.edition_sheets import THEMES, Edition, Told, edition_file, form_of_2023, form_of_2025
from pipelines.sample.grades import base_ranks, draw_judgements
from pipelines.sample.history import INADEQUATE, MONITORING
from pipelines.sample.sif_cover import PRINTED_BEFORE_THE_LINK
from pipelines.sample.truth import BadFileTruth, ReportTruth, SampleTruth, write_atomically
from pipelines.sample.world import CHANGES, Authority, authority

FORMS = {
    Edition(date(2023, 3, 31), date(2023, 4, 30), date(2023, 7, 6)): form_of_2023,
    Edition(date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 25)): form_of_2025,
}
# Who has an inspection that no report tells of, and when it began: one without any in this round; one that ended.
UNREPORTED = ((5, date(2019, 1, 7), date(2020, 1, 31)), (6, date(2020, 8, 3), date(2020, 11, 30)))
SPLIT_OFF = {to_name for _, kind, _, _, to_name, _, _ in CHANGES if kind == "split"}
# Until then safeguarding and looked after children were inspected together, afterwards the protection of children.
LAST_SLAC = date(2012, 8, 31)
IN_CARE = ("in_care", "in_care_and_care_leavers", "looked_after")


def write_statistics(sample: SampleTruth, world: int, seed: int) -> None:
    """Write both editions to `statistics/`, about the first `world` authorities."""
    authorities = sorted((authority(index) for index in range(world)), key=lambda one: one.name)
    told = sorted(_told(sample, authorities, seed), key=lambda one: (one.authority.name, one.start))
    for edition, form in FORMS.items():
        known = [one for one in told if one.start <= edition.as_at and one.published <= edition.published_by]
        # All that are current existed at both dates.
        sheets = form(edition, [one for one in authorities if one.is_current], known)
        path = sample.directory / "statistics" / f"invented_outcomes_{edition.as_at}.xlsx"
        write_atomically(path, edition_file(edition, sheets))


def _told(sample: SampleTruth, authorities: Iterable[Authority], seed: int) -> list[Told]:
    """What there is to tell, from the reports and beyond them."""
    by_urn = {one.urn: one for one in authorities}
    boards = {r.provider_urn: dict(r.judgements) for r in sample.reports if r.framework_code == "lscb_review"}
    told = [_reported(r, by_urn[r.provider_urn], boards.get(r.provider_urn, {})) for r in sample.reports]
    unread = {bad.provider_urn: bad for bad in sample.bad_files if bad.reason}
    told += [_earlier(seed, one, unread.get(one.urn)) for one in by_urn.values() if one.name not in SPLIT_OFF]
    told += [_unreported(seed, *slot) for slot in UNREPORTED]
    return told + _monitored(seed, told)


def _reported(report: ReportTruth, one: Authority, board: Mapping[str, str]) -> Told:
    """What a report tells. The grade of a board that was reviewed apart stands with the inspection that left it out."""
    is_early = "other_date_in_text" in report.quirks
    return Told(
        one,
        report.framework_code,
        report.start_date,
        report.published_date,
        report.published_date - (PRINTED_BEFORE_THE_LINK if is_early else timedelta()),
        _days(report.visits),
        {**board, **_by_column(report.judgements)},
        report.activity.theme_code if report.activity else None,
    )


def _earlier(seed: int, one: Authority, unread: BadFileTruth | None) -> Told:
    """The inspection of an authority before 2013: that of a file which can't be read, or one that is drawn."""
    rng = seeded(seed, "earlier", one.index)
    published = unread.published_date if unread else date(2009, 9, 4) + timedelta(weeks=rng.randrange(150))
    is_slac = published <= LAST_SLAC
    judged = ("safeguarding", "care") if is_slac else ("overall_effectiveness",)
    grades = {code: rng.choice(("good", "good", "adequate", "inadequate")) for code in judged}
    start = published - timedelta(days=50)
    return Told(one, "slac" if is_slac else "cpi", start, published, published, grades=grades)


def _unreported(seed: int, index: int, first: date, last: date) -> Told:
    rng, entry = seeded(seed, "unreported", index), drawn_entry(seed, index, "ilacs_2018", first, last, False)
    grades = draw_judgements(rng, entry.framework, base_ranks(rng, [entry.framework])[0])
    start, published = entry.visits[0][0], entry.published
    days, columns = _days(entry.visits), _by_column(grades.items())
    return Told(authority(index), entry.framework, start, published, published, days, columns)


def _monitored(seed: int, told: Iterable[Told]) -> list[Told]:
    """A visit in 2024-25 to each authority whose last inspection had found it inadequate."""
    by_then = sorted((one for one in told if one.published < date(2024, 3, 1)), key=lambda one: one.start)
    visits = []
    for one in {one.authority: one for one in by_then if one.family == "ilacs"}.values():
        if one.grades["overall_effectiveness"] == INADEQUATE:
            rng = seeded(seed, "monitored", one.authority.index)
            start = date(2024, 6, 4) + timedelta(weeks=rng.randrange(20))
            published, theme = start + timedelta(days=28), rng.choice(list(THEMES))
            visits.append(Told(one.authority, MONITORING, start, published, published, theme=theme))
    return visits


def _by_column(judgements: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Grades by the column they stand in: whatever was judged of children in care has one."""
    return {"care" if code in IN_CARE else code: grade for code, grade in judgements}


def _days(visits: Iterable[tuple[date, date]]) -> int:
    return sum((last - first).days + 1 for first, last in visits)
