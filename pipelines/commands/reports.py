"""Finding one report, for the commands that show a single report."""

import datetime as dt
from typing import NamedTuple

import duckdb
import msgspec

from pipelines.commands.dates import read_day
from pipelines.commands.known import Known, known_value
from pipelines.errors import JudgementsError, UsageError
from pipelines.warehouse.headers import read_query
from pipelines.words import day

_MOST_LISTED = 12
_WORDS_OF_A_DATE = 3


class UnknownReportError(JudgementsError):
    """No report, or more than one, is found; the message lists the candidates."""


class Report(msgspec.Struct, frozen=True):
    """One report of the warehouse."""

    report_id: str
    file_sha256: str
    title: str
    authority_name: str | None
    published_date: dt.date | None
    source_path: str
    page_count: int
    is_whole: bool

    @property
    def name(self) -> str:
        """The authority and the date of publication."""
        published = day(self.published_date) or "on an unknown day"
        return f"{self.authority_name or 'unknown authority'}, published {published}"


class _Meant(NamedTuple):
    """An authority, and the days that a date after its name means: one, or those of a month or a year."""

    authority: Known
    first: dt.date | None
    last: dt.date | None


def find_report(connection: duckdb.DuckDBPyConnection, text: str) -> Report:
    """The report with this id, hash or address, with "authority date", or with this part of its path.

    Raises UnknownReportError unless exactly one is found.
    """
    if not text.strip():
        raise UnknownReportError(
            "Which report? Give its id or address, its authority with the date, or part of its path."
        )
    meant = _authority_and_days(connection, text)
    asked = {
        "text": text.strip(),
        "authority": meant.authority.value if meant else None,
        "from": meant.first if meant else None,
        "to": meant.last if meant else None,
    }
    found = [Report(*row) for row in connection.execute(read_query("commands/find_report"), asked).fetchall()]
    if len(found) == 1:
        return found[0]
    if not found:
        wanted = f"No report on {meant.authority.label} is of that date" if meant and meant.first else None
        wanted = wanted or (f"No report on {meant.authority.label} is held" if meant else None)
        raise UnknownReportError(
            f"{wanted or f'No report has {text!r} in its id, path or address'}. `judgements show AUTHORITY` lists those"
            " of one authority, the table core.reports all of them."
        )
    listed = "\n".join(f"  {report.report_id}  {report.name}: {report.title}" for report in found[:_MOST_LISTED])
    more = f"\n  ... and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
    raise UnknownReportError(f"{len(found)} reports fit {text!r}; say which by its id:\n{listed}{more}")


def _authority_and_days(connection: duckdb.DuckDBPyConnection, text: str) -> _Meant | None:
    """What "authority date" means, or an authority alone; None where the text is neither."""
    words = text.split()
    for n in range(min(_WORDS_OF_A_DATE, len(words) - 1), -1, -1):
        name, date = " ".join(words[: len(words) - n]), " ".join(words[len(words) - n :])
        try:
            days = (read_day(date, is_beginning=True), read_day(date)) if date else (None, None)
            return _Meant(known_value(connection, "authority", name), *days)
        except UsageError:
            continue
    return None
