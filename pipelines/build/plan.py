"""What a build would fetch, without fetching it.

Belongs here: comparing what a source lists now with what is held.
Stays out: listing and fetching (`stages.py`), and how a plan looks (`commands/`).
"""

from collections import Counter

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.build import stages
from pipelines.build.lock import only_writer
from pipelines.settings import Settings


class Plan(msgspec.Struct, frozen=True):
    """What a build would do now. `fetch` names what is not held; the `n_held` others are only asked about."""

    source: str
    fetch: tuple[str, ...]
    n_held: int
    vanished: tuple[str, ...]
    failed: tuple[str, ...]
    unread: dict[str, int]
    warnings: tuple[str, ...]


def plan_build(
    settings: Settings,
    source: str,
    only: str | None,
    limit: int | None,
    accept_shrunken: bool,
    progress: stages.Progress,
) -> Plan:
    """List a source and say what would be fetched; the ledger stays as it is. Raises SourceError as a build does."""
    with only_writer(settings), Ledger.open(settings.ledger) as ledger:
        listing = stages.look_at_source(ledger, settings, source, only, limit, accept_shrunken, progress)
        held = ledger.held_paths(listing.source)
    listed = [one.publication for one in listing.reports if one.status != "vanished"]
    site = listing.site
    return Plan(
        source=listing.source,
        fetch=tuple(one.name for one in listed if one.source_path not in held),
        n_held=sum(one.source_path in held for one in listed),
        vanished=tuple(one.name for one in site.vanished),
        failed=site.failures,
        unread=dict(Counter(one.publication.label or "" for one in site.unread)),
        warnings=listing.warnings,
    )
