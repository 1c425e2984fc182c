"""Finding the one report a person means, for the commands that show a single report.

Belongs here: what may be typed for a report. Stays out: what is then shown of it (`page.py`, `read.py`).
"""

import duckdb
import msgspec

_MOST_LISTED = 12

_FIND = """
    select r.report_id, r.file_sha256, r.title, a.authority_name, r.published_date, r.source_path, r.page_count
    from core.reports r left join core.authorities a using (authority_id)
    where starts_with(r.report_id, lower($text)) or starts_with(r.file_sha256, lower($text))
        or contains(lower(r.source_path), lower($text)) or r.source_url = $text
        or lower(a.authority_name || ' ' || strftime(r.published_date, '%Y-%m-%d')) = lower($text)
    order by a.authority_name, r.published_date
"""


class UnknownReportError(Exception):
    """No report, or more than one, is meant; the message lists which it could be."""


class Report(msgspec.Struct, frozen=True):
    """One report of the warehouse, by what people call it."""

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
    """The report whose id, hash, address, path or "authority date" is meant.

    Raises UnknownReportError where none is or several are.
    """
    found = [Report(*row) for row in connection.execute(_FIND, {"text": text}).fetchall()]
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
