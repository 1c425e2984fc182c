"""The complete record once more, in plain Python: from the rows of core and official tables alone, without a mart.

Belongs here: inspections and grades of both sources, their order, what was in force on a date, steps, waits and spells.
Stays out: SQL but for whole tables, and any question.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

import duckdb

FOR_EVER = dt.date.max
COUNTED_KINDS = {"standard", "short", "first", "reinspection"}
SERVICES = ("leaders", "help_and_protection", "care", "care_leavers")
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
PAUSE = dt.date(2020, 3, 17), dt.date(2021, 4, 30)

Row = dict[str, Any]


class Grade(NamedTuple):
    """A grade of one judgement; without a rank the family was not judged."""

    code: str
    grade: str
    rank: int | None


@dataclass(eq=False)
class Inspection:
    """A graded inspection. Those that count have a number, and know the one before and after."""

    key: str
    basis: str
    authority: Row
    framework: Row
    kind: str
    start: dt.date
    start_basis: str
    end: dt.date | None
    published: dt.date | None
    counted: dt.date | None
    report: Row | None
    known_until: dt.date
    grades: dict[str, Grade]
    number: int = 0
    before: "Inspection | None" = None
    after: "Inspection | None" = None

    @property
    def name(self) -> str:
        return str(self.authority["authority_name"])

    @property
    def is_bound(self) -> bool:
        return self.start_basis == "bound"

    @property
    def page_url(self) -> str | None:
        url: str | None = (self.report or {}).get("source_url") or self.authority["provider_url"]
        return url

    def rank(self, area: str) -> int | None:
        return self.grades[area].rank if area in self.grades else None

    def grade(self, area: str) -> str | None:
        return self.grades[area].grade if area in self.grades else None

    @property
    def censor_date(self) -> dt.date:
        return max(min(self.authority["valid_to_date"] or FOR_EVER, self.known_until), self.start)

    @property
    def n_days(self) -> int | None:
        """Days to the next inspection or to the end of what is known; None where a day is a bound."""
        if self.is_bound or (self.after and self.after.is_bound):
            return None
        return ((self.after.start if self.after else self.censor_date) - self.start).days

    @property
    def end_reason(self) -> str:
        ended = self.authority["valid_to_date"]
        if self.after:
            return "inspected"
        return "censored_authority_ended" if ended and ended <= self.known_until else "censored_open"


class Step(NamedTuple):
    """A grade, and the last one in the same family before it."""

    now: Inspection
    before: Inspection | None
    n_skipped: int
    change: str | None
    n_steps: int | None
    is_other_framework: bool | None


class Spell(NamedTuple):
    """Inspections in a row that gave one grade, and what ended it."""

    inspections: list[Inspection]
    rank: int
    end_reason: str
    end: dt.date
    n_days: int | None

    @property
    def first(self) -> Inspection:
        return self.inspections[0]


@dataclass(eq=False)
class Record:
    """All rows by table, every graded inspection, and those that count in the order of each authority."""

    connection: duckdb.DuckDBPyConnection
    inspections: list[Inspection] = field(default_factory=list)
    full: dict[str, list[Inspection]] = field(default_factory=lambda: defaultdict(list))
    _tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """A whole table as it stands."""
        if table not in self._tables:
            found = self.connection.execute(f"select * from {table}")
            names = [column[0] for column in found.description or ()]
            self._tables[table] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return self._tables[table]

    def by(self, table: str, key: str) -> dict[Any, Row]:
        return {row[key]: row for row in self.rows(table)}

    @property
    def every_full(self) -> Iterator[Inspection]:
        return (one for of_authority in self.full.values() for one in of_authority)

    @property
    def current(self) -> list[Row]:
        return [one for one in self.rows("core.authorities") if one["is_current"]]

    @property
    def last_published(self) -> dt.date:
        """The last day of publication of a graded inspection."""
        last: dt.date = max(row["published_date"] for row in self.rows("core.inspections"))
        return last

    def named(self, name: str) -> list[Inspection]:
        return [one for one in self.every_full if one.name == name]

    def missing(self, date: dt.date | None = None) -> list[str]:
        """Authorities whose report is known to be missing, once for each; with a date, of grades in force then."""
        return [
            row["authority_id"]
            for row in self.rows("quality.coverage")
            if row["is_missing"] and (date is None or row["known_by_date"] <= date <= (row["to_date"] or FOR_EVER))
        ]

    def existing(self, date: dt.date) -> list[Row]:
        return [one for one in self.rows("core.authorities") if lives(one, date)]

    def n_missing(self, date: dt.date, region: str | None = None) -> int:
        missing = set(self.missing(date))
        return sum(
            one["authority_id"] in missing and region in (None, one["region_name"]) for one in self.existing(date)
        )

    def standing(self, date: dt.date, published_by: dt.date | None = None) -> dict[str, Inspection]:
        """The inspection in force for each authority; without a cut-off by the date's own, where it has one."""
        own = {row["reference_date"]: row["published_by"] for row in self.rows("core.reference_dates")}.get(date)
        cut_off = published_by or own or FOR_EVER
        let_in = {
            row["authority_id"]: row["published_by"]
            for row in self.rows("core.reference_date_exceptions")
            if row["reference_date"] == date and cut_off == own
        }
        found = {}
        for authority in self.existing(date):
            key = authority["authority_id"]
            limit = max(cut_off, let_in.get(key, cut_off))
            begun = [
                one
                for one in self.full.get(key, ())
                if one.start <= date and (one.counted or (FOR_EVER if published_by else one.start)) <= limit
            ]
            if begun:
                found[key] = begun[-1]
        return found

    def steps(self, area: str) -> list[Step]:
        return [step for ones in self.full.values() for step in _steps_of(ones, area)]

    def spells(self, area: str, grade: str) -> list[Spell]:
        return [spell for ones in self.full.values() for spell in _spells_of(ones, area, grade)]


def lives(authority: Row, date: dt.date) -> bool:
    return bool((authority["valid_from_date"] or dt.date.min) <= date <= (authority["valid_to_date"] or FOR_EVER))


def percent(n: int, of: int) -> int | None:
    """Whole per cent, half up."""
    return (200 * n + of) // (2 * of) if of else None


def fair_percent(n: int, of: int, existing: int) -> int | None:
    """The same, where nine in ten of those that exist have a grade."""
    return percent(n, of) if 10 * of >= 9 * existing else None


def survival(waits: Iterable[tuple[int, bool]]) -> list[tuple[int, Fraction]]:
    """Kaplan and Meier: the share still waiting after each day on which a wait ended, from days and whether it did."""
    told, left, curve = list(waits), Fraction(1), []
    for day in sorted({days for days, has_ended in told if has_ended}):
        n_ended = sum(has_ended for days, has_ended in told if days == day)
        left *= 1 - Fraction(n_ended, sum(days >= day for days, _ in told))
        curve.append((day, left))
    return curve


def record_of(connection: duckdb.DuckDBPyConnection) -> Record:
    """Every inspection of reports, and of statistics where there is no report, in order and numbered."""
    record = Record(connection)
    record.inspections = sorted(
        [*_from_reports(record), *_from_statistics(record)], key=lambda one: (one.start, one.published or FOR_EVER)
    )
    seen = set()
    for one in record.inspections:
        family = one.authority["authority_id"], one.framework["framework_family"]
        if one.kind == "first" and family in seen:
            one.kind = "reinspection"
        seen.add(family)
        if one.kind in COUNTED_KINDS and lives(one.authority, one.start):
            of_authority = record.full[one.authority["authority_id"]]
            if of_authority:
                one.before, of_authority[-1].after = of_authority[-1], one
            of_authority.append(one)
            one.number = len(of_authority)
    return record


def _from_reports(record: Record) -> Iterator[Inspection]:
    authorities = record.by("core.authorities", "authority_id")
    frameworks = record.by("core.frameworks", "framework_code")
    reports = record.by("core.reports", "report_id")
    grades: dict[str, dict[str, Grade]] = defaultdict(dict)
    for row in record.rows("core.judgements"):
        grades[row["inspection_id"]][row["area_code"]] = Grade(row["judgement_code"], row["grade"], row["grade_rank"])
    for row in record.rows("core.inspections"):
        report = reports[row["report_id"]]
        printed, link = report["published_date_in_text"], row["published_date"]
        is_earlier = printed and link and max(link - dt.timedelta(31), row["end_date"]) <= printed <= link
        yield Inspection(
            row["inspection_id"],
            "report",
            authorities[row["authority_id"]],
            frameworks[row["framework_code"]],
            row["inspection_kind"],
            row["start_date"],
            "report",
            row["end_date"],
            link,
            printed if is_earlier else link,
            report,
            record.last_published,
            grades[row["inspection_id"]],
        )


def _from_statistics(record: Record) -> Iterator[Inspection]:
    authorities = record.by("core.authorities", "authority_id")
    frameworks = record.by("core.frameworks", "framework_code")
    editions = record.by("official.editions", "edition_id")
    rows = record.by("official.rows", "row_id")
    graded = {row["framework_code"] for row in record.rows("core.judgement_areas")}
    cells: dict[str, list[Row]] = defaultdict(list)
    for row in record.rows("official.grades"):
        cells[row["row_id"]].append(row)
    for activity in record.rows("official.activities"):
        if activity["has_report"] or activity["framework_code"] not in graded:
            continue
        framework = frameworks[activity["framework_code"]]
        # The latest edition counts, in it a history; of equals the row with the lowest key.
        in_order = sorted(activity["row_ids"], reverse=True)
        as_at = {key: editions[rows[key]["edition_id"]]["as_at_date"] for key in in_order}
        in_order.sort(key=lambda key: (as_at[key], rows[key]["family"] == "history"))
        told = {cell["area_code"]: cell["grade"] for key in in_order for cell in cells[key]}
        yield Inspection(
            activity["activity_id"],
            "official statistics",
            authorities[activity["authority_id"]],
            framework,
            activity["inspection_kind"],
            activity["start_date"],
            activity["start_date_basis"],
            None,
            activity["published_date"],
            activity["published_date"],
            None,
            as_at[activity["row_id"]],
            dict(_on_own_scale(record, framework, told)),
        )


def _on_own_scale(record: Record, framework: Row, told: dict[str, str]) -> Iterator[tuple[str, Grade]]:
    """Sheets print the third grade of every scale in the words of today's."""
    ranks = {row["grade"]: row["grade_rank"] for row in record.rows("core.grades")}
    for row in record.rows("core.judgement_areas"):
        if row["framework_code"] == framework["framework_code"] and row["area_code"] in told:
            grade = told[row["area_code"]]
            own = [one for one in framework["scale"] if ranks[one] == ranks[grade]]
            yield row["area_code"], Grade(row["judgement_code"], own[0] if own else grade, ranks[grade])


def _steps_of(inspections: list[Inspection], area: str) -> Iterator[Step]:
    before: Inspection | None = None
    for now in inspections:
        if area not in now.grades:
            continue
        if before is None:
            yield Step(now, None, 0, None, None, None)
        else:
            n_skipped = now.number - before.number - 1
            old, new = before.rank(area), now.rank(area)
            n_steps = None if n_skipped or old is None or new is None else old - new
            change = "not comparable"
            if n_steps is not None:
                change = "improved" if n_steps > 0 else "declined" if n_steps < 0 else "same"
            is_other = now.framework["framework_family"] != before.framework["framework_family"]
            yield Step(now, before, n_skipped, change, n_steps, is_other)
        before = now


def _spells_of(inspections: list[Inspection], area: str, grade: str) -> Iterator[Spell]:
    """Spells of one grade: an inspection that gave another, or none, ends it."""
    for first in inspections:
        if first.grade(area) != grade or (first.before and first.before.grade(area) == grade):
            continue
        row = [first]
        while row[-1].after and row[-1].after.grade(area) == grade:
            row.append(row[-1].after)
        last, rank = row[-1], first.rank(area)
        assert rank is not None
        if last.after is None:
            reason, end = last.end_reason, last.censor_date
        else:
            new = last.after.rank(area)
            reason = "censored_no_longer_judged" if new is None else "better" if new < rank else "worse"
            end = last.after.start - dt.timedelta(new is None)
        is_exact = not first.is_bound and not (last.after and last.after.is_bound)
        yield Spell(row, rank, reason, end, (end - first.start).days if is_exact else None)
