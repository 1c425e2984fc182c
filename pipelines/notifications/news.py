"""What is new in the published warehouse: reports, and grades that changed by them.

News is measured against what was known when it was looked at last, kept in `data/notifications/known.json`. A report is
new when its file was never known; a grade has changed when a new report gave it. So a parsing rule that reads old files
otherwise is no news, whatever it changes. Nothing is news the first time, nor when the warehouse has another source or
another part of one: then all that is there is taken as known.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeVar

import duckdb
import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import LedgerError
from pipelines.files import atomic_write
from pipelines.notifications.messages import Message, compose, key_of
from pipelines.notifications.outbox import read_kept
from pipelines.settings import Settings
from pipelines.warehouse.changes import Line
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query
from pipelines.words import day

Row = TypeVar("Row", bound=msgspec.Struct)


class Grade(msgspec.Struct, frozen=True):
    """A judgement in words. `before` is the grade in force until then, where that is another."""

    judgement: str
    grade: str
    before: str | None


class Report(msgspec.Struct, frozen=True):
    """A row of `commands/reports_for_news`. `activity` is the same for two issues of one report."""

    file_sha256: str
    activity: str
    authority_name: str
    what: str
    theme: str | None
    start_date: dt.date
    published_date: dt.date | None
    link: str | None
    grades: tuple[Grade, ...]

    def dates(self) -> str:
        """When the inspection was, and when its report came out."""
        inspected = f"inspected {day(self.start_date)}"
        return f"{inspected}, published {day(self.published_date)}" if self.published_date else inspected


class Quarantined(msgspec.Struct, frozen=True):
    """A row of `commands/quarantined`."""

    file_sha256: str | None
    source_path: str
    why: str
    link: str | None

    @property
    def key(self) -> str:
        """What is known of it: a file that is read one day is news then."""
        return f"quarantined {self.file_sha256 or ''} {self.source_path}"


class Known(msgspec.Struct, frozen=True):
    """What was known when the warehouse was looked at last.

    `files` has the SHA-256 of each report and a key for each quarantined publication, also of those long gone;
    `grades` those of each activity by judgement; `failing` the checks that failed.
    """

    source: str
    fingerprint: str
    files: frozenset[str] = frozenset()
    grades: dict[str, dict[str, str]] = {}
    failing: frozenset[str] = frozenset()


class Look(msgspec.Struct, frozen=True):
    """The warehouse as it is now, and what was known before; `before` is None where nothing is news."""

    before: Known | None
    now: Known
    reports: tuple[Report, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()

    def messages(self, page: str | None) -> Iterator[Message]:
        """A message on reports and one on grades, where there is something to tell."""
        if self.before is None:
            return
        new = [one for one in self.reports if one.file_sha256 not in self.before.files]
        unread = [one for one in self.quarantined if not {one.file_sha256, one.key} & self.before.files]
        if new or unread:
            lines = [*map(self._new, new), *map(_not_read, unread)]
            key = key_of(("new", *(one.file_sha256 for one in new), *(one.key for one in unread)))
            yield compose("new_reports", key, _title(lines, "new report", "new reports"), lines, page)
        changed = [Line(one.authority_name, f"{words} ({one.dates()})", one.link) for one, words in self._changed(new)]
        if changed:
            key = key_of(("changed", *(one.file_sha256 for one in new)))
            yield compose(
                "changed_grades",
                key,
                _title(changed, "changed grades", "authorities with changed grades"),
                changed,
                page,
            )

    def _new(self, report: Report) -> Line:
        again = "issued again: " if self._known_grades(report) is not None else ""
        grades = "; ".join(f"{one.judgement} {one.grade}" for one in report.grades)
        what = f"{report.what}, {report.theme}" if report.theme else report.what
        return Line(
            report.authority_name, f"{again}{what} ({report.dates()}){f': {grades}' if grades else ''}", report.link
        )

    def _changed(self, new: Sequence[Report]) -> Iterator[tuple[Report, str]]:
        """New reports with what they change: from the inspection before, or from an earlier issue of themselves."""
        for report in new:
            issued = self._known_grades(report)
            steps = [
                f"{one.judgement} {before} → {one.grade}"
                for one in report.grades
                if (before := one.before if issued is None else issued.get(one.judgement)) and before != one.grade
            ]
            if steps:
                yield report, ("corrected: " if issued is not None else "") + ", ".join(steps)

    def _known_grades(self, report: Report) -> dict[str, str] | None:
        """The grades of an earlier issue of a report; None where there was none."""
        return self.before.grades.get(report.activity) if self.before else None


def look(settings: Settings) -> Look:
    """Compare the published warehouse with what was known. Raises MissingWarehouseError where there is none."""
    path = settings.notifications / "known.json"
    before = read_kept(path, Known) if path.is_file() else None
    with open_warehouse(settings.warehouse) as connection:
        ((source_name, fingerprint),) = connection.execute("select source_name, fingerprint from meta.build").fetchall()
        source = _source(settings, source_name, fingerprint, before)
        if before and (before.source, before.fingerprint) == (source, fingerprint):
            return Look(before, before)
        reports = _rows(connection, "reports_for_news", Report)
        quarantined = _rows(connection, "quarantined", Quarantined)
    files = {one.file_sha256 for one in reports} | {one.key for one in quarantined}
    is_comparable = before is not None and before.source == source
    if before and is_comparable:
        files |= before.files
    else:  # what is quarantined now may be read by a later rule: no news
        files |= {one.file_sha256 for one in quarantined if one.file_sha256}
    grades = {one.activity: {grade.judgement: grade.grade for grade in one.grades} for one in reports}
    now = Known(source, fingerprint, frozenset(files), grades, before.failing if before else frozenset())
    return Look(before if is_comparable else None, now, tuple(reports), tuple(quarantined))


def remember(settings: Settings, known: Known) -> None:
    """Take what was found as known. Call it when its messages are in the outbox."""
    with atomic_write(settings.notifications / "known.json", sync=True) as file:
        file.write(msgspec.json.encode(known))


def _source(settings: Settings, source_name: str, fingerprint: str, before: Known | None) -> str:
    """The source of the warehouse and the part of it that was asked for.

    The ledger tells of the part only. Where it does not know this warehouse, which is so for a moment while a build is
    published, the part is taken to be as before.
    """
    try:
        with Ledger.open_read_only(settings.ledger) as ledger:
            build = ledger.last_build()
    except LedgerError:
        build = None
    if build is not None and build.warehouse_fingerprint == fingerprint:
        return f"{source_name} {build.selection}".strip()
    return before.source if before and f"{before.source} ".startswith(f"{source_name} ") else source_name


def _rows(connection: duckdb.DuckDBPyConnection, query: str, shape: type[Row]) -> list[Row]:
    answer = connection.execute(read_query(f"commands/{query}"))
    names = [column[0] for column in answer.description or ()]
    return [msgspec.convert(dict(zip(names, row, strict=True)), shape) for row in answer.fetchall()]


def _not_read(one: Quarantined) -> Line:
    return Line(one.source_path, f"could not be read: {one.why}", one.link)


def _title(lines: Sequence[Line], one: str, many: str) -> str:
    return f"{lines[0].name}: {one}" if len(lines) == 1 else f"{len(lines):,} {many}"
