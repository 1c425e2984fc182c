"""Known errors in the sources, corrected from a file; a correction that no longer fits stops the build.

Our own reading errors are not corrected here: change the rule.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipelines.errors import JudgementsError
from pipelines.parsing.facts import Issue
from pipelines.tables.validation import Row, issue_row

OWN_CORRECTIONS = Path(__file__).with_name("corrections.yml")


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wrong value in a published report.

    `field` is `table.column`, or `judgements.<judgement_code>.<column>`; `expected` is the wrong value that must
    be there, `value` the right one. `why` gives the evidence; `status` says whether the publisher knows.
    """

    report_id: str
    field: str
    expected: Any
    value: Any
    why: str
    status: str


class CorrectionError(JudgementsError):
    """A correction that cannot be applied: its field is in no table."""


class OutdatedCorrectionError(CorrectionError):
    """A correction whose expected value is not there."""


def load_corrections(path: Path = OWN_CORRECTIONS) -> tuple[Correction, ...]:
    """Read a corrections file. A report may be named by the first 16 digits of its file's hash, or by all 64."""
    return tuple(msgspec.yaml.decode(path.read_bytes(), type=tuple[Correction, ...]) or ())


def correct_rows(rows: Mapping[str, list[Row]], corrections: Sequence[Correction]) -> list[Row]:
    """Apply corrections to the rows of each table, in place, and give an issue (info) for each one applied.

    A correction of a report that is not among the rows does nothing. Raises OutdatedCorrectionError when the report
    is there and the expected value is not, CorrectionError when there is no such field.
    """
    issues: list[Row] = []
    for one in corrections:
        report_id = one.report_id[:16]
        if all(row["report_id"] != report_id for row in rows["reports"]):
            continue
        matching, column = _address(one.field, report_id, rows)
        found = [row[column] for row in matching]
        if found != [one.expected]:
            raise OutdatedCorrectionError(
                f"correction of report {report_id}, {one.field}: expected {one.expected!r}, found {found!r}."
                " Either the source was corrected or it is read differently now: look at the report, then remove or"
                " change the row in corrections.yml"
            )
        matching[0][column] = one.value
        message = f"{one.field} is {one.value} instead of {one.expected}: {one.why}"
        issues.append(issue_row(report_id, Issue("info", "corrected", None, str(one.expected), message)))
    return issues


def _address(field: str, report_id: str, rows: Mapping[str, list[Row]]) -> tuple[list[Row], str]:
    """The rows and the column that a correction's field names. Most columns of an inspection are its activity's."""
    match field.split("."):
        case ["inspections", "inspection_kind" | "inspection_kind_basis" | "lead_inspector_name" as column]:
            matching = [row for row in rows["inspections"] if row["inspection_id"] == report_id]
        case ["inspections", column]:
            graded = {row["inspection_id"] for row in rows["inspections"]}
            own = (row for row in rows["activities"] if row["activity_id"] in graded)
            matching = [row for row in own if row["report_id"] == report_id]
        case ["reports" | "activities" as table, column]:
            matching = [row for row in rows[table] if row["report_id"] == report_id]
        case ["judgements" as table, code, column]:
            own = (row for row in rows[table] if row["inspection_id"] == report_id)
            matching = [row for row in own if row["judgement_code"] == code]
        case _:
            raise CorrectionError(f"corrections.yml: no such field {field!r}")
    if any(column not in row for row in matching):
        raise CorrectionError(f"corrections.yml: no such field {field!r}")
    return matching, column
