"""Small editions as Ofsted lays them out, of ten authorities, and the reference data that knows these alone."""

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from pipelines.sample.truth import write_csv
from pipelines.statistics.rows import Edition
from pipelines.tables.authorities import AUTHORITY_COLUMNS, CHANGE_COLUMNS, AuthorityReference, load_authorities
from tests.statistics.books import Book, Rows, Value

RI = "Requires improvement to be good"
WEB = "Ofsted Local Authority Webpage"
NEW = "West Northamptonshire"

CURRENT = {
    "Barnet": ("E09000003", "London"),
    "Barnsley": ("E08000016", "North East, Yorkshire and the Humber"),
    "Bedford": ("E06000055", "East of England"),
    "Bexley": ("E09000004", "London"),
    "Birmingham": ("E08000025", "West Midlands"),
    "Blackpool": ("E06000009", "North West"),
    "Bolton": ("E08000001", "North West"),
    "Derby": ("E06000015", "East Midlands"),
    "Dorset": ("E06000059", "South West"),
    NEW: ("E06000062", "East Midlands"),
}
FORMER = {"Dorset (county)": ("E10000009", "South West"), "Northamptonshire": ("E10000021", "East Midlands")}
CHANGES = (
    ("2019-04-01", "split", "Dorset (county)", "E10000009", "Dorset", "E06000059", ""),
    ("2021-04-01", "split", "Northamptonshire", "E10000021", NEW, "E06000062", ""),
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


COVER: Rows = [
    ["Local authority inspection outcomes as at 31 March 2025"],
    ["Section", "Detail"],
    ["Policy area:", "Local Authority Inspection Outcomes"],
    ["Published on:", day("2025-09-25")],
    ["Coverage:", "England"],
    ["Period covered:", "Inspections as at 31 March 2025, with a report published by 30 June 2025"],
]
AREAS = [
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
]

SNAPSHOT, IN_YEAR, HISTORY = "Inspections_as_at_31_March", "In-year_inspections", "ILACS_inspection_history"
Inspection = tuple[str, str, str, str, list[str | None]]
"""Authority, first day, day of publication, kind and grades."""

FIRST: list[Inspection] = [
    ("Barnet", "2019-05-13", "2019-07-01", "ILACS Standard Inspection", ["Good"] * 4 + [None]),
    ("Barnsley", "2018-10-08", "2018-11-19", "ILACS Short Inspection", ["Good", RI, "Good", "Good", None]),
    ("Bedford", "2021-11-15", "2022-01-14", "ILACS Standard Inspection", ["Good"] * 4 + [None]),
    ("Bolton", "2018-04-16", "2018-06-11", "ILACS Standard Inspection", ["Inadequate"] * 4 + [None]),
]
LATEST: list[Inspection] = [
    ("Barnet", "2024-06-10", "2024-07-23", "ILACS Short Inspection", ["Good", "Good", "Good", "Outstanding", "Good"]),
    ("Barnsley", "2023-09-11", "2023-10-27", "ILACS Short Inspection", ["Good", "Good", RI, "Good", "Good"]),
    ("Bedford", "2025-03-17", "2025-05-09", "ILACS Standard Inspection", [RI, RI, "Good", RI, "Good"]),
    ("Bexley", "2023-02-06", "2023-03-24", "ILACS Short Inspection", ["Outstanding", "Outstanding", "Good", " -", RI]),
    ("Birmingham", "2023-02-20", "2023-04-21", "ILACS Standard Inspection", ["Good"] * 5),
    ("Blackpool", "2022-12-05", "2023-02-10", "ILACS Standard Inspection", [RI, RI, RI, "Good", None]),
    ("Bolton", "2024-09-09", "2024-10-21", "ILACS Standard Inspection", ["Outstanding"] * 5),
    ("Derby", "2022-03-07", "2022-05-09", "ILACS Short Inspection", ["Outstanding"] * 4 + [None]),
    ("Dorset", "2021-09-27", "2021-11-19", "ILACS Standard Inspection", ["Good", "Good", RI, "Good", None]),
]
_BAD = ["Inadequate", RI, "Inadequate", "Inadequate", None]
ENDED: list[Inspection] = [("Northamptonshire", "2019-06-17", "2019-07-29", "ILACS Standard Inspection", _BAD)]
VISITS = [
    ("Bexley", "2024-11-05", "2024-12-05", "ILACS Focused Visit", "Children in need/subject to a plan"),
    ("Blackpool", "2024-04-16", "2024-05-20", "LA Monitoring visit", "Front door"),
    ("Derby", "2024-07-02", "2024-08-05", "ILACS Focused Visit", "Care leavers"),
]

_ABOUT: list[Value] = ["Web link", "Local authority area code", "Local authority name"]


def about(name: str) -> list[Value]:
    code, region = {**CURRENT, **FORMER}[name]
    return [WEB, code, name, region]


def snapshot() -> Rows:
    header = [*_ABOUT, "Ofsted region", "Inspection date", "Publication date", *AREAS]
    rows: Rows = [[*about(name), day(start), day(end), *grades] for name, start, end, _, grades in LATEST]
    return [["Inspections as at 31 March 2025"], [None], header, *rows, [*about(NEW), *["No full inspection"] * 7]]


def in_year() -> Rows:
    dates = ["Inspection/Visit date", "Publication date"]
    header = [*_ABOUT, "Region", *dates, "Inspection/Visit type", *AREAS, "Visit Theme"]
    rows: Rows = []
    for name, start, end, kind, theme in VISITS:
        rows.append([*about(name), day(start), day(end), kind, *[None] * 5, theme])
    for name, start, end, kind, grades in LATEST:
        if day("2024-04-01") <= day(start):
            rows.append([*about(name), day(start), day(end), kind, *grades, None])
    return [["In-year activity 2024-25"], ["This worksheet contains one table."], header, *rows]


def history() -> Rows:
    dates = ["Inspection date", "Publication date"]
    header = [*_ABOUT, "Local authority status", "Ofsted region", *dates, "Inspection type", *AREAS]
    rows: Rows = []
    for name, start, end, kind, grades in sorted(FIRST + LATEST + ENDED):
        link, code, _, region = about(name)
        status = "No longer exists" if name in FORMER else "Current"
        rows.append([link, code, name, status, region, day(start), day(end), kind, *grades])
    return [["ILACS inspection history from 2018-2025"], [None], header, *rows]


def edition_2025() -> Book:
    """A snapshot, a year and a history with one inspection a row."""
    notes: Rows = [["Notes"], ["Data"], ["Visits have no grades."]]
    return {
        "Cover": [[*row] for row in COVER],
        "Notes": notes,
        SNAPSHOT: snapshot(),
        IN_YEAR: in_year(),
        HISTORY: history(),
    }


WIDE = "LA_inspections_2009-2025"
WIDE_HEADER: list[Value] = [
    "Web link",
    "Local authority name",
    "LA region",
    "LA Authority Type",
    "Safeguarding & Looked After Children (SLAC) Inspection publication date",
    "SLAC Safeguarding Overall effectiveness (OE)",
    "SLAC Looked After Children Overall Effectiveness (OE)",
    "SLAC re-inspection of Safeguarding publication date",
    "SLAC re-inspection Safeguarding OE",
    "Single Inspection of LA Children's Services (SIF)  First SIF publication date",
    " First SIF Overall Judgement\n(OE)",
    " First SIF CLA Sub: Adoption Performance",
    "LSCB Overall Effectiveness ",
    "ILACS framework inspection type",
    "ILACS framework publication date",
    "ILACS framework overall effectiveness",
    "Second ILACS framework inspection type",
    "Second ILACS framework publication date",
    "Second ILACS framework overall effectiveness",
]


def wide_history() -> Rows:
    """A row for each authority with all its inspections, and a second table of those that have ended."""
    rows: Rows = []
    inspections = {name: [row for row in FIRST + LATEST if row[0] == name] for name in CURRENT}
    for name, own in inspections.items():
        ilacs = [value for _, _, end, kind, grades in own for value in (kind, day(end), grades[0])]
        older: list[Value] = [None] * 9
        if name == "Barnet":
            older = [
                day("2012-02-24"),
                "Good",
                " -",
                day("2013-02-24"),
                RI,
                day("2017-07-07"),
                RI,
                "Good",
                "Inadequate",
            ]
        rows.append([WEB, name, CURRENT[name][1], "Unitary", *older, *ilacs, *[None] * (6 - len(ilacs))])
    ended: Rows = [
        [WEB, "Dorset", "South West", "Shire County", *[None] * 5, day("2016-05-23"), RI, "Good", "Inadequate"],
        [WEB, "Northamptonshire", "East Midlands", "Shire County", day("2011-05-06"), RI, RI, *[None] * 6,
         "ILACS Standard Inspection", day("2019-07-29"), "Inadequate"],
    ]  # fmt: skip
    title: Value = "Table 11:History of inspections of local authorities that existed before the restructure"
    return [["LA inspections"], [None], [*WIDE_HEADER], *rows, [None], [None], [title], WIDE_HEADER[:16], *ended]


def edition_2023() -> Book:
    """A snapshot and a history with all inspections of an authority in a row."""
    return {"Cover": [[*row] for row in COVER], SNAPSHOT: snapshot(), WIDE: wide_history()}


SEND = "Area_SEND_up_to_31_Mar_2025"
SEND_HEADER: list[Value] = [
    "Web link to Ofsted local authority webpage",
    "Local authority code",
    "Area name",
    "Ofsted region",
    "Inspection start date",
    "Inspection publication date",
    "Inspection outcome: written statement of action required?",
    "Number significant weaknesses identified in written statement of action",
    "Revisit start date",
    "Revisit publication date",
    "Revisit outcome: sufficient progress in addressing all significant weaknesses?",
    "Number significant weaknesses where sufficient progress has been made",
    "Number significant weaknesses where sufficient progress has not been made",
]


def edition_send() -> Book:
    """Joint inspections of areas; the two areas that are younger than the first of them have none."""
    rows: Rows = []
    for name in CURRENT:
        if name in ("Barnsley", "Bexley"):
            revisit: list[Value] = [day("2019-02-04"), day("2019-04-01"), "Some", 2, 1]
            revisit = revisit if name == "Bexley" else ["Not revisited yet"]
            rows.append([*about(name), day("2017-01-09"), day("2017-03-06"), "Yes", 3, *revisit])
        elif name not in (NEW, "Dorset"):
            rows.append([*about(name), day("2018-01-09"), day("2018-03-06"), "No"])
    return {"Cover": [[*row] for row in COVER], SEND: [["Area SEND"], [None], [*SEND_HEADER], *rows]}


def facts(edition: Edition) -> list[dict[str, object]]:
    """What an edition says, without where it stands: the same for any order of its rows, columns and sheets."""
    found = []
    for row in edition.rows:
        fact = msgspec.structs.asdict(row)
        grades = sorted((one.area_code, one.grade, one.grade_as_published) for one in row.grades)
        found.append({**fact, "sheet": "", "row_number": 0, "cell": "", "cells": {}, "grades": grades})
    return sorted(found, key=str)


@cache
def authorities() -> AuthorityReference:
    """The ten authorities and the two that they came from."""
    rows = [
        ("", name, "", code, "", "Unitary", region, region, "", int(name in CURRENT))
        for name, (code, region) in {**CURRENT, **FORMER}.items()
    ]
    with TemporaryDirectory() as folder:
        write_csv(Path(folder) / "authorities.csv", AUTHORITY_COLUMNS, rows)
        write_csv(Path(folder) / "authority_changes.csv", CHANGE_COLUMNS, CHANGES)
        return load_authorities(Path(folder))
