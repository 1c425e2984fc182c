"""The selection: which archived reports to read or parse again. It never makes the warehouse smaller, as narrowing a
listing does (`sources/published.py`).
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipelines.errors import UsageError
from pipelines.sources.published import ArchivedReport


class NothingSelectedError(UsageError):
    """No archived report is selected; the message says what was looked for."""


class Selection(msgspec.Struct, frozen=True):
    """Reports whose path, address or authority holds `only`, in any case, and whose framework is `framework_code`.

    The framework is the one in the published warehouse. None selects every report.
    """

    only: str | None = None
    framework_code: str | None = None


EVERYTHING = Selection()


class _Known(msgspec.Struct, frozen=True):
    """What the published warehouse knows of a file."""

    authority_name: str | None
    framework_code: str | None


def selected(archived: Sequence[ArchivedReport], selection: Selection, warehouse: Path) -> Sequence[ArchivedReport]:
    """The selected reports. Raises NothingSelectedError when there is none."""
    if selection == EVERYTHING:
        return archived
    published = _published(warehouse)
    found = [one for one in archived if one.file_sha256 and _is_meant(one, selection, published.get(one.file_sha256))]
    if not found:
        looked_for = (
            [f"whose path, address or authority holds {selection.only!r}"] if selection.only is not None else []
        )
        if selection.framework_code is not None:
            codes = ", ".join(sorted({one.framework_code for one in published.values() if one.framework_code}))
            known = f"(there is: {codes or 'nothing yet'})"
            looked_for.append(f"that is published under {selection.framework_code!r} {known}")
        raise NothingSelectedError(f"Of {len(archived):,} reports there is none {' and '.join(looked_for)}.")
    return found


def _is_meant(report: ArchivedReport, selection: Selection, known: _Known | None) -> bool:
    if selection.framework_code is not None and (known is None or known.framework_code != selection.framework_code):
        return False
    publication = report.publication
    names = (
        publication.source_path,
        publication.source_url,
        publication.authority_name,
        known and known.authority_name,
    )
    return any((selection.only or "").casefold() in name.casefold() for name in names if name)


def _published(warehouse: Path) -> dict[str, _Known]:
    """What the published warehouse knows of each file, by hash; empty without a warehouse."""
    from pipelines.warehouse.connection import open_warehouse

    if not warehouse.is_file():
        return {}
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(
            "select file_sha256, authority_name, framework_code"
            " from core.reports left join core.authorities using (authority_id)"
        )
        return {sha256: _Known(name, framework) for sha256, name, framework in rows.fetchall()}
