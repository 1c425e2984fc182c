"""Which warehouse was published from what: how a build knows that there is nothing to do.

Belongs here: one row a published warehouse, in the ledger. Times live there and never in the warehouse.
Stays out: what a build depends on and how it runs (`stages.py`).
"""

import datetime as dt
import sqlite3

import msgspec

from pipelines.archive.database import to_text, transaction


class PublishedBuild(msgspec.Struct, frozen=True):
    """A warehouse that was published. `inputs` is a hash of all it depends on; `published_at` is UTC."""

    source: str
    selection: str
    inputs: str
    warehouse_fingerprint: str
    published_at: dt.datetime


def record_build(ledger: sqlite3.Connection, build: PublishedBuild) -> None:
    """Note that a warehouse was published."""
    with transaction(ledger):
        ledger.execute(
            "insert into builds (source, selection, inputs, warehouse_fingerprint, published_at)"
            " values (?, ?, ?, ?, ?)",
            (
                build.source,
                build.selection,
                build.inputs,
                build.warehouse_fingerprint,
                to_text(build.published_at),
            ),
        )


def last_build(ledger: sqlite3.Connection) -> PublishedBuild | None:
    """The build that was published last; None when none was."""
    row = ledger.execute("select * from builds order by build_id desc limit 1").fetchone()
    if row is None:
        return None
    return PublishedBuild(
        row["source"],
        row["selection"],
        row["inputs"],
        row["warehouse_fingerprint"],
        dt.datetime.fromisoformat(row["published_at"]),
    )
