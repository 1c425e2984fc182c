"""Finding one report, for the commands that show a single report."""

import duckdb
import msgspec

from pipelines.errors import JudgementsError
from pipelines.warehouse.headers import read_query

_MOST_LISTED = 12


class UnknownReportError(JudgementsError):
    """No report, or more than one, is found; the message lists the candidates."""


class Report(msgspec.Struct, frozen=True):
    """One report of the warehouse."""

    report_id: str
    file_sha256: str
    title: str
    authority_name: str | None
    published_date: object
    source_path: str
    page_count: int

    @property
    def name(self) -> str:
        """The authority and the date of publication."""
        return f"{self.authority_name or 'unknown authority'}, published {self.published_date}"


def find_report(connection: duckdb.DuckDBPyConnection, text: str) -> Report:
    """The report with this id, hash, address, path or "authority date".

    Raises UnknownReportError unless exactly one is found.
    """
    rows = connection.execute(read_query("commands/find_report"), {"text": text}).fetchall()
    found = [Report(*row) for row in rows]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownReportError(
            f"No report has {text!r} in its id, path or address. `judgements show AUTHORITY` lists those of one"
            " authority, the table core.reports all of them."
        )
    listed = "\n".join(f"  {report.report_id}  {report.name}" for report in found[:_MOST_LISTED])
    more = f"\n  ... and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
    raise UnknownReportError(f"{len(found)} reports have {text!r} in them; say which by its id:\n{listed}{more}")
