"""Known errors in the sources, mended from a file of corrections; a correction that no longer fits fails the build.

Belongs here: the shape of a correction, its guard, and applying it.
Stays out: errors of our own reading, which are mended where they are made.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

OWN_CORRECTIONS = Path(__file__).with_name("corrections.yml")


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wrong value in a published report.

    `field` is `table.column`, or `judgements.<judgement_code>.<column>`; `expected` is the wrong value that must
    stand there, `value` the right one. `why` gives the evidence; `status` says whether the publisher was told.
    """

    report_id: str
    field: str
    expected: Any
    value: Any
    why: str
    status: str


class OutdatedCorrectionError(ValueError):
    """A correction does not find the value it was written for."""


def load_corrections(path: Path = OWN_CORRECTIONS) -> tuple[Correction, ...]:
    """Read a corrections file. A report may be named by the first 16 digits of its file's hash, or by all 64."""
    return tuple(msgspec.yaml.decode(path.read_bytes(), type=tuple[Correction, ...]) or ())


def correct_frames(
    frames: dict[str, pl.DataFrame], corrections: Sequence[Correction]
) -> tuple[dict[str, pl.DataFrame], list[tuple[str, str, str, None, str, str]]]:
    """Apply corrections to frames by name; also gives an issue row (info) for each one applied.

    A correction of a report that is not in the frames is idle. Raises OutdatedCorrectionError when the report is
    there and the expected value is not.
    """
    corrected = dict(frames)
    issues: list[tuple[str, str, str, None, str, str]] = []
    for one in corrections:
        report_id = one.report_id[:16]
        if corrected["reports"].filter(report_id=report_id).is_empty():
            continue
        table, column, which = _address(one.field, report_id, corrected)
        found = corrected[table].filter(which)[column].to_list()
        if found != [one.expected]:
            raise OutdatedCorrectionError(
                f"correction of report {report_id}, {one.field}: expected {one.expected!r}, found {found!r}."
                " Either the source was mended or it is read differently now: look at the report, then remove or"
                " change the row in corrections.yml"
            )
        mended = pl.when(which).then(pl.lit(one.value)).otherwise(pl.col(column))
        corrected[table] = corrected[table].with_columns(mended.cast(corrected[table].schema[column]).alias(column))
        message = f"{one.field} is {one.value} instead of {one.expected}: {one.why}"
        issues.append((report_id, "info", "corrected", None, str(one.expected), message))
    return corrected, issues


def _address(field: str, report_id: str, frames: dict[str, pl.DataFrame]) -> tuple[str, str, pl.Expr]:
    """The table, the column and the row that a correction's field means."""
    table, *inside, column = field.split(".")
    if table not in ("reports", "inspections", "judgements") or column not in frames[table].columns:
        raise ValueError(f"corrections.yml: no such field {field!r}")
    key = "report_id" if table != "judgements" else "inspection_id"
    which = pl.col(key) == report_id
    if table == "judgements":
        which &= pl.col("judgement_code") == inside[0]
    return table, column, which
