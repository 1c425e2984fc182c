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


def selected(archived: Sequence[ArchivedReport], selection: Selection, warehouse: Path) -> Sequence[ArchivedReport]:
    """The selected reports. Raises NothingSelectedError when there is none."""
    if selection == EVERYTHING:
        return archived
    published = _published(warehouse)
    unknown = None, None
    found = [
        one
        for one in archived
        if one.file_sha256 and _is_meant(one, selection, *published.get(one.file_sha256, unknown))
    ]
    if not found:
        looked_for = []
        if selection.only is not None:
            looked_for.append(f"whose path, address or authority holds {selection.only!r}")
        if selection.framework_code is not None:
            codes = ", ".join(sorted({framework for _, framework in published.values() if framework}))
            known = f"(there is: {codes or 'nothing yet'})"
            looked_for.append(f"that is published under {selection.framework_code!r} {known}")
        raise NothingSelectedError(f"Of {len(archived):,} reports there is none {' and '.join(looked_for)}.")
    return found


def _is_meant(
    report: ArchivedReport, selection: Selection, authority_name: str | None, framework_code: str | None
) -> bool:
    if selection.framework_code not in (None, framework_code):
        return False
    listed = report.publication
    names = (listed.source_path, listed.source_url, listed.authority_name, authority_name)
    return any((selection.only or "").casefold() in name.casefold() for name in names if name)


def _published(warehouse: Path) -> dict[str, tuple[str | None, str | None]]:
    """The authority and framework of each file in the published warehouse, by hash; empty without a warehouse."""
    from pipelines.warehouse.connection import open_warehouse

    if not warehouse.is_file():
        return {}
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(
            "select file_sha256, authority_name, framework_code"
            " from core.reports left join core.authorities using (authority_id)"
        )
        return {sha256: (name, framework) for sha256, name, framework in rows.fetchall()}
