"""Small hand-made reports and histories for the tests of tables, warehouse and SQL.

Belongs here: makers of structs with every must-have filled, of authorities with a history, and of tables in memory.
Stays out: asserting anything.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb
import msgspec
import polars as pl

from pipelines.parsing.facts import (
    Cover,
    Issue,
    ItemList,
    Judgement,
    NextStep,
    Outcome,
    Paragraph,
    ParsedReport,
    Person,
    PlacedLine,
    Recommendation,
    RejectedReport,
    Section,
    Theme,
    Visit,
)
from pipelines.reading.lines import Box, Line, Page, ReadReport
from pipelines.sources.published import ArchivedReport, PublishedReport
from pipelines.tables.authorities import load_authorities
from pipelines.tables.frames import OWN_REFERENCE, stage
from pipelines.tables.schemas_official import ITEMS, OFFICIAL_SCHEMAS
from pipelines.tables.validation import valid_frame
from pipelines.warehouse.connection import STAGED, open_warehouse, write_warehouse
from pipelines.warehouse.derive import derive
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.load import stage_frames

FIRST_SEEN = dt.datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001

Inspection = tuple[str, str, str, str, str, dict[str, str]]
"""Authority, URN, framework, first day, date of publication, grades."""


class Visited(NamedTuple):
    """A visit or joint inspection in a few words. Each item is its kind, its text and the bodies that a table names."""

    authority: str
    urn: str
    framework: str
    start: str
    published: str
    theme_code: str | None = None
    items: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    outcome_code: str | None = None
    next_steps: tuple[NextStep, ...] = ()


class Told(NamedTuple):
    """An inspection or visit that a sheet of Ofsted's own statistics tells of; a date of publication alone will do.

    `grades` are by area. A sheet is named by its family, if by nothing else, an edition by the date of its figures.
    """

    authority: str
    framework_family: str
    kind: str | None
    start: str | None
    published: str | None
    grades: dict[str, str]
    family: str = "history"
    as_at: str = "2025-03-31"
    activity_kind: str = "full_inspection"
    theme: str | None = None
    outcome: str | None = None
    code: str | None = None
    region: str | None = None
    number: int | None = None
    sheet: str | None = None


def day(text: str) -> dt.date:
    """A date from ISO text."""
    return dt.date.fromisoformat(text)


def sha(name: str) -> str:
    """A stable file hash for a name."""
    return hashlib.sha256(name.encode()).hexdigest()


def parsed_report(
    name: str,
    authority: str = "London Borough of Barnet",
    framework: str = "ilacs_2018",
    visits: Sequence[tuple[str, str]] = (("2019-05-13", "2019-05-24"),),
    grades: Mapping[str, str] | None = None,
    issues: tuple[Issue, ...] = (),
    published_in_text: str | None = None,
) -> ParsedReport:
    """A report with one section, two paragraphs and a recommendation."""
    judged = {"overall_effectiveness": "good", "leaders": "good"} if grades is None else grades
    return ParsedReport(
        file_sha256=sha(name),
        framework_code=framework,
        cover=Cover(
            title="Inspection of children's social care services",
            authority_as_written=authority,
            visits=tuple(Visit(day(start), day(end)) for start, end in visits),
            published_date_in_text=day(published_in_text) if published_in_text else None,
            people=(Person("lead_inspector", "Una Mossop", None, "Ofsted"),),
            inspectorates=("Ofsted",),
        ),
        page_count=1,
        word_count=9,
        judgements=tuple(
            Judgement(code, grade, grade.capitalize(), code, 1, Box(300.0, 100.0, 350.0, 112.0), "cover", True)
            for code, grade in judged.items()
        ),
        sections=(Section(1, "Leaders are good", 1, "authority", "leaders", "good", 1),),
        paragraphs=(
            Paragraph(1, 1, 1, "numbered", "Leaders know their services.", 1, 1),
            Paragraph(2, 1, None, "bullet", "the quality of plans", 1, 1),
        ),
        recommendations=(
            Recommendation(1, 2, "area_for_improvement", "authority", "the quality of plans", ("outcome 4",)),
        ),
        strengths=(),
        lists=(ItemList("area_for_improvement", "present", 1, None),),
        outcome=None,
        next_steps=(),
        lines=(
            PlacedLine(1, 1, "paragraph", 1, True),
            PlacedLine(1, 2, "bullet", 2, False),
            PlacedLine(1, 3, "boilerplate", None, False),
        ),
        issues=issues,
    )


def visit_report(name: str, visited: Visited) -> ParsedReport:
    """The letter or report of a visit or joint inspection, with a paragraph for each of its items."""
    whole = parsed_report(name, visited.authority, visited.framework, [(visited.start, visited.start)], {})
    theme = Theme(visited.theme_code, visited.theme_code) if visited.theme_code else None
    numbered = list(enumerate(visited.items, start=1))
    counts = {
        kind: sum(kind == one for one, *_ in visited.items) for kind in ("priority_action", "area_for_improvement")
    }
    box = Box(300.0, 100.0, 350.0, 112.0)
    return msgspec.structs.replace(
        whole,
        cover=msgspec.structs.replace(whole.cover, title=f"Visit to {visited.authority}", theme=theme),
        sections=(Section(1, "Findings", 1, "authority", None, None, 1),),
        paragraphs=tuple(Paragraph(n, 1, None, "bullet", text, n, n) for n, (_, text, _) in numbered),
        recommendations=tuple(
            Recommendation(n, n, kind, "authority", text, (), bodies) for n, (kind, text, bodies) in numbered
        ),
        lists=tuple(ItemList(kind, "present" if n else "absent", n, None) for kind, n in counts.items()),
        outcome=Outcome(visited.outcome_code, "as written", 1, box) if visited.outcome_code else None,
        next_steps=visited.next_steps,
        lines=tuple(PlacedLine(1, n, "cover", None, False) for n in (1, 2, 3)),
    )


def read_report(name: str) -> ReadReport:
    """The lines of a report with one page."""
    texts = ("1. Leaders know their services.", "the quality of plans", "© Nobody")
    lines = tuple(
        Line(n, text, 56.0, 100.0 + 14 * n, 300.0, 112.0 + 14 * n, "Tahoma", 12.0, ())
        for n, text in enumerate(texts, start=1)
    )
    return ReadReport(sha(name), "handmade", "1", (Page(1, 595.0, 842.0, lines),))


def publication(name: str, urn: str | None = "80487", published: str | None = "2019-07-01") -> ArchivedReport:
    """A publication of the file of that name."""
    return ArchivedReport(
        PublishedReport(
            source_path=f"{urn}/{name}.pdf",
            source_url=f"https://files.example/{name}",
            provider_urn=urn,
            authority_name=None,
            label="children's services inspection",
            published_date=day(published) if published else None,
        ),
        file_sha256=sha(name),
        reason=None,
        detail=None,
        first_seen_at=FIRST_SEEN,
    )


def frames_of(
    publications: Iterable[ArchivedReport],
    outcomes: Iterable[ParsedReport | RejectedReport],
    reference: Path = OWN_REFERENCE,
) -> dict[str, pl.DataFrame]:
    """Staged frames of publications and what became of their files."""
    archived = list(publications)
    names = (one.publication.source_path.rpartition("/")[2].removesuffix(".pdf") for one in archived)
    store = StoreOf({sha(name): read_report(name) for name in names}, {one.file_sha256: one for one in outcomes})
    return stage(archived, store, reference, corrections=()).whole()


def official_frames(told: Iterable[Told]) -> dict[str, pl.DataFrame]:
    """Staged frames of editions of Ofsted's own statistics, published a month after their date."""
    authorities = load_authorities(OWN_REFERENCE)
    made: dict[str, list[dict[str, object]]] = {name: [] for name in OFFICIAL_SCHEMAS}
    given = list(told)
    for as_at in sorted({one.as_at for one in given}):
        names = {"file_name": f"{as_at}.ods", "file_sha256": sha(as_at), "title": as_at, "as_at_date": day(as_at)}
        cut_off = {"published_by_date": day(as_at) + dt.timedelta(days=30), "n_rows": 1}
        sheets = {"sheets_read": ["history"], "sheets_left": [], "sheets_unknown": []}
        made["official_editions"].append({"edition_id": sha(as_at)[:16], **names, **cut_off, **sheets})
    for n, one in enumerate(given, start=1):
        start, published = (day(text) if text else None for text in (one.start, one.published))
        authority = authorities.named(one.authority, start or published)
        assert authority, one.authority
        key = sha(one.as_at)[:16]
        place = {
            "row_id": f"{key}:{one.sheet}:A{n}",
            "edition_id": key,
            "sheet": one.sheet or one.family,
            "row_number": n,
        }
        columns = dict(zip(ITEMS, "ABCDEFGHIJ", strict=False))
        made["official_rows"].append(
            {
                **place,
                "cell": f"A{n}",
                "is_abolished": False,
                "family": one.family,
                "activity_kind": one.activity_kind,
                "framework_family": one.framework_family,
                "inspection_kind": one.kind,
                "number": one.number,
                "is_inspected": True,
                "authority_id": authority.authority_id,
                "name": one.authority,
                "la_code": one.code,
                "region": one.region,
                "start_date": start,
                "published_date": published,
                "theme_code": one.theme,
                "theme_as_published": one.theme,
                "outcome_code": one.outcome,
                "outcome_as_published": one.outcome,
                "cells": {item: f"{column}{n}" for item, column in columns.items()},
            }
        )
        made["official_grades"] += [
            {**place, "area_code": area, "grade": grade, "grade_as_published": grade, "cell": f"K{n}"}
            for area, grade in one.grades.items()
        ]
    return {
        name: valid_frame(schema, ({**dict.fromkeys(schema.columns()), **row} for row in made[name]))
        for name, schema in OFFICIAL_SCHEMAS.items()
    }


class StoreOf:
    """A store of handmade lines and facts."""

    def __init__(self, lines: Mapping[str, ReadReport], facts: Mapping[str, ParsedReport | RejectedReport]) -> None:
        self._lines, self._facts = lines, facts

    def lines(self, file_sha256: str) -> ReadReport:
        return self._lines[file_sha256]

    def facts(self, file_sha256: str) -> ParsedReport | RejectedReport:
        return self._facts[file_sha256]

    def digest(self, file_sha256: str) -> str:
        return file_sha256


@contextmanager
def tables_of(
    frames: Mapping[str, pl.DataFrame], sql: Path = SQL_FOLDER, n_threads: int = 1
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table and macro of `sql` made of staged frames, in memory."""
    with duckdb.connect(config={"threads": n_threads}) as connection:
        connection.execute(f"create schema {STAGED}")
        build = pl.DataFrame({"source_name": ["test"], "fingerprint": ["0"]})
        stage_frames(connection, {**frames, "build": build})
        derive(connection, sql)
        yield connection


@contextmanager
def tables_in_file(frames: Mapping[str, pl.DataFrame], file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same in a new file, open for reading."""
    build = pl.DataFrame({"source_name": ["test"], "fingerprint": ["0"]})
    with write_warehouse(file) as connection:
        stage_frames(connection, {**frames, "build": build})
        derive(connection, SQL_FOLDER)
    with open_warehouse(file) as connection:
        yield connection


@contextmanager
def tables_of_history(
    inspections: Iterable[Inspection],
    visits: Iterable[Visited] = (),
    told: Iterable[Told] = (),
    printed: Mapping[str, str] | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same of inspections and visits in a few words, each from a report of its own: r0, r1 and so on, v0, v1.

    `told` are inspections that Ofsted's own statistics tell of; `printed` are dates that reports print, by authority.
    """
    publications, reports = [], []
    for n, (authority, urn, framework, start, published, grades) in enumerate(inspections):
        publications.append(publication(f"r{n}", urn or None, published))
        reports.append(
            parsed_report(f"r{n}", authority, framework, [(start, start)], grades, (), (printed or {}).get(authority))
        )
    for n, visited in enumerate(visits):
        publications.append(publication(f"v{n}", visited.urn or None, visited.published))
        reports.append(visit_report(f"v{n}", visited))
    with tables_of({**frames_of(publications, reports), **official_frames(told)}) as connection:
        yield connection
