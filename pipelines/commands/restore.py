"""`judgements restore`: an earlier warehouse is published again."""

from pipelines.build.restore import restore
from pipelines.commands.terminal import say
from pipelines.settings import Settings
from pipelines.sources.named import SAMPLE


def run_restore(settings: Settings, wanted: str | None) -> None:
    """Restore a version and say what was done. Raises UnknownVersionError or UnusableVersionError."""
    done = restore(settings, wanted, lambda what: say(f"{what}\n", error=True))
    for warning in done.warnings:
        say(f"Warning: {warning}\n", error=True, colour="yellow")
    now = done.now
    say(f"Published again: {now.version}, {now.n_reports:,} reports from {now.source}\n")
    if done.replaced and done.is_replaced_kept:
        say(f"Kept: {done.replaced.version}. To undo this: judgements restore {done.replaced.version}\n")
    elif done.replaced and done.replaced.source == SAMPLE:
        say("The sample that it replaced is not kept: judgements build --source sample makes it again\n")
    say("The next build, also one that a schedule starts, replaces it again\n")
