"""What a build would fetch, without fetching it: what a source lists now beside what is held."""

from collections import Counter

import msgspec

from pipelines.build.stages import Progress, look_at_source
from pipelines.build.workspace import Workspace


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
    workspace: Workspace, source: str, only: str | None, limit: int | None, accept_shrunken: bool, progress: Progress
) -> Plan:
    """List a source and say what would be fetched; the ledger stays as it is. Raises SourceError as a build does."""
    listing = look_at_source(workspace, source, only, limit, accept_shrunken, progress)
    held = workspace.ledger.held_paths(listing.source)
    listed = [one.publication for one in listing.reports if one.status != "vanished"]
    return Plan(
        source=listing.source,
        fetch=tuple(one.name for one in listed if one.source_path not in held),
        n_held=sum(one.source_path in held for one in listed),
        vanished=tuple(one.name for one in listing.site.vanished),
        failed=listing.site.failures,
        unread=dict(Counter(one.publication.label or "" for one in listing.site.unread)),
        warnings=listing.warnings,
    )
