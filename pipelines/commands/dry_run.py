"""`judgements build --dry-run`: what a build would fetch."""

import sys

import msgspec
from rich.console import Console

from pipelines.build.plan import Plan, plan_build
from pipelines.build.workspace import Workspace
from pipelines.commands.build import watched
from pipelines.settings import Settings


def print_plan(
    settings: Settings, source: str, only: str | None, limit: int | None, accept_shrunken: bool, *, as_json: bool
) -> None:
    """Print each publication that would be fetched, and counts of the rest, on standard output."""
    with Workspace.open(settings) as workspace, watched() as watch:
        plan = plan_build(workspace, source, only, limit, accept_shrunken, watch("list"))
    for warning in plan.warnings:
        sys.stderr.write(f"Warning: {warning}\n")
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(plan)).decode() + "\n")
    else:
        _print(Console(highlight=False, soft_wrap=True), plan)


def _print(console: Console, plan: Plan) -> None:
    for head, names in (("would fetch", plan.fetch), ("vanished", plan.vanished), ("failed", plan.failed)):
        for name in names:
            console.print(f"{head}: {name}", markup=False)
    if plan.unread:
        kinds = ", ".join(f"{n:,} {label}" for label, n in sorted(plan.unread.items()))
        console.print(f"Listed and not read: {kinds}", markup=False)
    console.print(f"{len(plan.fetch):,} to fetch; {plan.n_held:,} held, to be asked about only. Nothing was fetched.")
