"""Which of the archived reports a person means, when not all are to be read or interpreted again.

Belongs here: matching a name, a path or a framework against what is archived and what is published.
Stays out: narrowing what is listed (`sources/published.py`), for that makes a smaller warehouse; a choice never does.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipelines.sources.published import ArchivedReport


class NothingChosenError(Exception):
    """No archived report is meant; the message says what was looked for."""


class Choice(msgspec.Struct, frozen=True):
    """Reports whose path, address or authority holds `only`, in any case, and that stand under `framework_code`.

    The framework is the one that the published warehouse has for a report. None leaves it open.
    """

    only: str | None = None
    framework_code: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it."""
        return self.only is None and self.framework_code is None


EVERYTHING = Choice()


class _Known(msgspec.Struct, frozen=True):
    """What the published warehouse knows of a file."""

    authority_name: str | None
    framework_code: str | None


def chosen(archived: Sequence[ArchivedReport], choice: Choice, warehouse: Path) -> Sequence[ArchivedReport]:
    """The archived reports that are meant. Raises NothingChosenError when none is."""
    if choice.is_everything:
        return archived
    published = _published(warehouse)
    found = [one for one in archived if one.file_sha256 and _is_meant(one, choice, published.get(one.file_sha256))]
    if not found:
        looked_for = [f"whose path, address or authority holds {choice.only!r}"] if choice.only is not None else []
        if choice.framework_code is not None:
            codes = ", ".join(sorted({one.framework_code for one in published.values() if one.framework_code}))
            looked_for.append(f"that is published under {choice.framework_code!r} (there is: {codes or 'nothing yet'})")
        raise NothingChosenError(f"Of {len(archived):,} reports there is none {' and '.join(looked_for)}.")
    return found


def _is_meant(report: ArchivedReport, choice: Choice, known: _Known | None) -> bool:
    if choice.framework_code is not None and (known is None or known.framework_code != choice.framework_code):
        return False
    publication = report.publication
    names = (
        publication.source_path,
        publication.source_url,
        publication.authority_name,
        known and known.authority_name,
    )
    return any((choice.only or "").casefold() in name.casefold() for name in names if name)


def _published(warehouse: Path) -> dict[str, _Known]:
    """What is published of each file, by its hash; nothing where there is no warehouse."""
    from pipelines.warehouse.connection import open_warehouse

    if not warehouse.is_file():
        return {}
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(
            "select file_sha256, any_value(authority_name), any_value(r.framework_code)"
            " from core.reports r left join core.authorities using (authority_id) group by all"
        )
        return {sha256: _Known(name, framework) for sha256, name, framework in rows.fetchall()}
