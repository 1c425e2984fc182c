"""`judgements build --dry-run`: what a build would fetch, without fetching it."""

import msgspec

from pipelines.build.stages import look_at_source
from pipelines.build.workspace import Workspace
from pipelines.commands.build import watched
from pipelines.commands.terminal import Terminal, say
from pipelines.settings import Settings
from pipelines.sources.published import Wanted


class Plan(msgspec.Struct, frozen=True):
    """What a build would do now. `fetch` names what is not held; the `n_held` others are only asked about."""

    source: str
    fetch: tuple[str, ...]
    n_held: int
    vanished: tuple[str, ...]
    failed: tuple[str, ...]
    unread: dict[str, int]
    warnings: tuple[str, ...]


def print_plan(settings: Settings, wanted: Wanted, *, as_json: bool) -> None:
    """Print each publication that would be fetched, and counts of the rest, on standard output.

    The ledger stays as it is. Raises SourceError as a build does.
    """
    with Workspace.open(settings) as workspace, watched() as watch:
        listing = look_at_source(workspace, wanted, watch("list"))
        held = workspace.ledger.held_paths(listing.source)
    listed = [one.publication for one in listing.reports if one.status != "vanished"]
    plan = Plan(
        source=listing.source,
        fetch=tuple(one.name for one in listed if one.source_path not in held),
        n_held=sum(one.source_path in held for one in listed),
        vanished=tuple(one.name for one in listing.site.vanished),
        failed=listing.site.failures,
        unread=listing.site.unread_by_label,
        warnings=listing.warnings,
    )
    for warning in plan.warnings:
        say(f"Warning: {warning}\n", error=True)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(plan)).decode() + "\n")
    else:
        _print(Terminal(soft_wrap=True), plan)


def _print(console: Terminal, plan: Plan) -> None:
    for head, names in (("would fetch", plan.fetch), ("vanished", plan.vanished), ("failed", plan.failed)):
        for name in names:
            console.print(f"{head}: {name}", markup=False)
    if plan.unread:
        kinds = ", ".join(f"{n:,} {label}" for label, n in sorted(plan.unread.items()))
        console.print(f"Listed and not read: {kinds}", markup=False)
    console.print(f"{len(plan.fetch):,} to fetch; {plan.n_held:,} held, to be asked about only. Nothing was fetched.")
