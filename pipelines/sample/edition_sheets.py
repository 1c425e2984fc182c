"""The sheets of invented editions of official statistics, laid out as Ofsted's of 2023 and of 2025.

They differ from the reports as real editions do. Adequate is printed as requires improvement to be good. The edition of
2023 has other spellings of names, the codes of its time, the date that a report prints rather than its link's, a blank
for what was not judged, and on one sheet a first day that is a day off.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook

from pipelines.sample.dates import long_date
from pipelines.sample.grades import WRITTEN
from pipelines.sample.history import MONITORING
from pipelines.sample.world import CHANGES, Authority

Row = Mapping[str, str | date | None]
Sheet = list[Sequence[str | date | None]]

NONE, RI = "No full inspection", "Requires improvement to be good"
PRINTED = {**WRITTEN, "requires_improvement": RI, "adequate": RI, "not_judged": " -"}
VISITS = {"focused_visit": "ILACS Focused Visit", MONITORING: "LA Monitoring visit"}
THEMES = {
    "front_door": "Front door",
    "in_need_or_plan": "Children in need/subject to a plan",
    "care_leavers": "Care leavers",
    "permanence": "Achieving permanence",
    "in_care": "Children in care",
    "vulnerable_adolescents": "Vulnerable adolescents",
}
ILACS = {
    "overall_effectiveness": "Overall effectiveness",
    "leaders": "Impact of leaders",
    "help_and_protection": "Experiences and progress of children who need help and protection",
    "care": "Experiences and progress of children in care",
    "care_leavers": "Experiences and progress of care leavers",
}
SIF = {
    "overall_effectiveness": "Overall Judgement (OE)",
    "help_and_protection": "children who need help and protection",
    "care": "children looked after and achieving permanence",
    "adoption": "CLA Sub: Adoption Performance",
    "care_leavers": "CLA Sub: Experiences and progress of care leavers",
    "leaders": "leadership, management and governance",
}
# Of the wide sheet: first words of headers | family and place of the inspection | judgement and the other words
GROUPS: tuple[tuple[str, str, int, dict[str, str]], ...] = (
    ("SLAC", "slac", 0, {"safeguarding": "Safeguarding OE", "care": "Looked After Children OE"}),
    ("CPI", "cpi", 0, {"overall_effectiveness": "OE"}),
    ("TLAC", "tlac", 0, {"overall_effectiveness": "OE"}),
    ("First SIF", "sif", 0, {**SIF, "lscb": "LSCB OE"}),
    ("SIF Re-inspection", "sif", 1, SIF),
    ("First ILACS framework", "ilacs", 0, ILACS),
    ("Second ILACS framework", "ilacs", 1, ILACS),
)
WEB, CODE, NAME = "Web link", "Local authority area code", "Local authority name"
VISITED, VISIT_TYPE, THEME = "Inspection/Visit date", "Inspection/Visit type", "Visit Theme"


class Edition(NamedTuple):
    """The date it counts at, its cut-off and its day of issue."""

    as_at: date
    published_by: date
    issued: date

    @property
    def is_older(self) -> bool:
        """Whether it is the one with the differences of its time."""
        return self.as_at.year == 2023


class Told(NamedTuple):
    """An inspection or visit as statistics tell of it. `printed` is its report's own date, `grades` are by column."""

    authority: Authority
    framework: str
    start: date
    published: date
    printed: date
    days: int = 0
    grades: Mapping[str, str] = {}
    theme: str | None = None

    @property
    def family(self) -> str:
        """Inspections and reinspections, or all versions of one programme: the framework's first word."""
        return self.framework.partition("_")[0]

    @property
    def kind(self) -> str:
        """The type in the sheets' words: one with two weeks on site is a standard inspection."""
        return VISITS.get(self.framework, f"ILACS {'Standard' if self.days > 7 else 'Short'} Inspection")


def form_of_2023(edition: Edition, authorities: Sequence[Authority], known: Sequence[Told]) -> dict[str, Sheet]:
    """The latest inspections, those of a year, and all of an authority in one wide row. Ofsted's has no codes."""
    about = (WEB, NAME, "Ofsted region")
    snapshot = (CODE, *about, "Inspection date", *ILACS.values())
    year = _of_year(edition, known)
    year[:1] = (one._replace(start=one.start + timedelta(days=1)) for one in year[:1])
    in_year = (*about, VISITED, VISIT_TYPE, *ILACS.values(), THEME)
    return {
        "LA_level_at_31_Mar_2023": _table(snapshot, _latest(edition, authorities, known)),
        "LA_level_in_year_2022-23": _table(in_year, (_cells(edition, one) for one in year)),
        "LA_inspections_2009-2023": _wide(edition, authorities, known),
    }


def form_of_2025(edition: Edition, authorities: Sequence[Authority], known: Sequence[Told]) -> dict[str, Sheet]:
    """The latest inspections, those of a year, and all since 2018, of ended authorities too."""
    dates, about = ("Inspection date", "Publication date"), (WEB, CODE, NAME)
    latest = _latest(edition, authorities, known)
    every = [_cells(edition, one) for one in known if one.family == "ilacs"]
    every += [row for row in latest if row["Inspection type"] == NONE]
    in_year = (*about, "Region", VISITED, dates[1], VISIT_TYPE, *ILACS.values(), THEME)
    history = (*about, "Local authority status", "Ofsted region", *dates, "Inspection type", *ILACS.values())
    return {
        "Inspections_as_at_31_March": _table((*about, "Ofsted region", *dates, *ILACS.values()), latest),
        "In-year_inspections": _table(in_year, (_cells(edition, one) for one in _of_year(edition, known))),
        "ILACS_inspection_history": _table(history, every),
    }


def _of_year(edition: Edition, known: Iterable[Told]) -> list[Told]:
    """Inspections and visits that began in the year up to the date."""
    last_year = edition.as_at.replace(year=edition.as_at.year - 1)
    return [one for one in known if one.family in ("ilacs", "focused", "monitoring") and last_year < one.start]


def _latest(edition: Edition, authorities: Iterable[Authority], known: Iterable[Told]) -> list[Row]:
    """The last inspection of each authority under the framework in force, or that it had none."""
    told = {one.authority: one for one in known if one.family == "ilacs"}
    headers = ("Inspection date", "Publication date", "Inspection type", *ILACS.values())
    none = dict.fromkeys(headers, NONE)
    return [_cells(edition, told[one]) if one in told else {**none, **_about(edition, one)} for one in authorities]


def _about(edition: Edition, one: Authority) -> Row:
    day = edition.as_at.isoformat()
    old_codes = (
        old for changed, kind, _, old, _, new, _ in CHANGES if kind == "recode" and new == one.gss and day < changed
    )
    return {
        WEB: "Ofsted Local Authority Webpage",
        CODE: next(old_codes, one.gss),
        NAME: one.also_known_as if one.also_known_as and edition.is_older else one.name,
        "Local authority status": "Current" if one.is_current else "No longer exists",
        **dict.fromkeys(("Ofsted region", "Region", "LA region"), one.ofsted_region),
        "LA Authority Type": one.authority_type,
    }


def _cells(edition: Edition, told: Told) -> Row:
    """All that a row of one inspection or visit may hold, by its headers."""
    return {
        **_about(edition, told.authority),
        **dict.fromkeys(("Inspection date", VISITED), told.start),
        "Publication date": told.published,
        **dict.fromkeys(("Inspection type", VISIT_TYPE), told.kind),
        **{ILACS[code]: PRINTED[grade] for code, grade in told.grades.items() if code in ILACS},
        THEME: THEMES[told.theme] if told.theme else None,
    }


def _wide(edition: Edition, authorities: Iterable[Authority], known: Iterable[Told]) -> Sheet:
    """A row for each authority with all its inspections, and a second table for those that have ended."""
    placed: dict[Authority, dict[tuple[str, int], Told]] = {one: {} for one in authorities}
    for one in known:
        own = placed.setdefault(one.authority, {})
        own[one.family, int(one.framework == "sif_reinspection" or (one.family, 0) in own)] = one
    headers = [WEB, NAME, "LA region", "LA Authority Type"]
    for words, family, _, columns in GROUPS:
        headers += [f"{words} inspection type"] if family == "ilacs" else []
        headers += [f"{words} {column}" for column in ("publication date", *columns.values())]
    rows = {one: {**_about(edition, one), **_grouped(own)} for one, own in placed.items()}
    current, ended = ([row for one, row in rows.items() if one.is_current is wanted] for wanted in (True, False))
    title = "Table 2: history of inspections of local authorities that existed before the restructure"
    return [*_table(headers, current), [None], *_table(headers, ended, title)]


def _grouped(placed: Mapping[tuple[str, int], Told]) -> Row:
    """The cells of an authority's inspections, by the headers of their groups."""
    cells: dict[str, str | date | None] = {}
    for words, family, place, columns in GROUPS:
        if told := placed.get((family, place)):
            judged = {code: grade for code, grade in told.grades.items() if code in columns and grade != "not_judged"}
            cells |= {f"{words} inspection type": told.kind, f"{words} publication date": told.printed}
            cells |= {f"{words} {columns[code]}": PRINTED[grade] for code, grade in judged.items()}
    return cells


def _table(headers: Sequence[str], rows: Iterable[Row], title: str = "This sheet contains one table") -> Sheet:
    """A title, the header and the rows, each with what it has for each header."""
    return [[title], headers, *([row.get(header) for header in headers] for row in rows)]


def edition_file(edition: Edition, sheets: Mapping[str, Sheet]) -> bytes:
    """The bytes of an Excel file, with a cover. It is as if made on the day of issue: the same at any time."""
    as_at, cut_off = long_date(edition.as_at), long_date(edition.published_by)
    cover: Sheet = [
        [f"Invented sample: local authority inspection outcomes as at {as_at}"],
        ["Published on:", edition.issued],
        ["Period covered:", f"Inspections as at {as_at}, with a report published by {cut_off}"],
    ]
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": datetime(*edition.issued.timetuple()[:3])})  # noqa: DTZ001 no zone in a file
        for name, rows in {"Cover": cover, **sheets}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()
