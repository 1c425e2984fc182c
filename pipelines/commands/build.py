"""`judgements build`: progress while it runs, and a summary at its end."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from pipelines.build.run import BuildSummary, Watch, build
from pipelines.build.stages import in_lines
from pipelines.commands.terminal import Terminal, printable, say
from pipelines.settings import Settings
from pipelines.sources import published

STAGES = {
    "list": "Listing publications",
    "archive": "Archiving files",
    "read": "Reading reports",
    "parse": "Parsing reports",
    "load": "Building the warehouse",
}
SECONDS_BETWEEN_LINES = 5.0


SHOWN_NAMES = 10
"""A longer list of names is left to --json."""


def run_build(settings: Settings, wanted: published.Wanted, *, force: bool, accept_fewer: bool, as_json: bool) -> None:
    """Build with progress on standard error and the summary on standard output.

    Fewer inspections than are published are refused unless `accept_fewer`; a person at a terminal is asked.
    """
    watcher = Terminal(stderr=True)
    bars = _bars(watcher)
    is_asked = not as_json and all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))

    def accept(sentence: str) -> bool:
        return accept_fewer or (is_asked and _ask(bars, sentence, settings))

    with watched(bars=bars) as watch:
        summary = build(settings, wanted, watch, force=force, accept_fewer_inspections=accept)
    for warning in summary.warnings:
        watcher.print(f"Warning: {warning}", style="yellow", markup=False, soft_wrap=True)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(summary)).decode() + "\n")
    else:
        _print_summary(Terminal(), summary, settings)


@contextmanager
def watched(names: Mapping[str, str] = STAGES, bars: Progress | None = None) -> Iterator[Watch]:
    """Progress on standard error: bars at a terminal, lines in a log. `names` has each stage in words."""
    bars = bars or _bars(Terminal(stderr=True))
    if not bars.console.is_terminal:
        yield lambda stage: _plain_lines(names[stage])
        return
    with bars:
        yield lambda stage: _bar(bars, names[stage])


def _bars(console: Terminal) -> Progress:
    times = TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn()
    columns = TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), *times
    return Progress(*columns, console=console, transient=True)


def _ask(bars: Progress, sentence: str, settings: Settings) -> bool:
    """Ask a person whether to go on, with the bars out of the way."""
    kept = " It is kept, and judgements restore brings it back." if settings.kept_warehouses else ""
    bars.stop()
    try:
        question = f"{sentence[0].upper()}{sentence[1:]}.\nReplace the published warehouse?{kept}"
        return typer.confirm(printable(question), default=False, err=True)
    finally:
        bars.start()


def _bar(bars: Progress, name: str) -> published.Progress:
    task = bars.add_task(name, total=None)
    return lambda n_done, n_in_all: bars.update(task, completed=n_done, total=n_in_all)


def _plain_lines(name: str) -> published.Progress:
    """A line when a stage begins, and then one every few seconds."""
    say(f"{name}\n", error=True)
    return in_lines(name, SECONDS_BETWEEN_LINES, lambda line: say(f"{line}\n", error=True))


def _print_summary(console: Terminal, summary: BuildSummary, settings: Settings) -> None:
    if summary.replaced_source:
        console.print(
            f"This replaced the warehouse built from {summary.replaced_source}.", markup=False, soft_wrap=True
        )
    if summary.selection:
        console.print(f"Partial: {summary.selection}. Build without it for the whole warehouse.", markup=False)
    if summary.kept_version and (summary.replaced_source or summary.selection):
        console.print(f"The one before is kept as {summary.kept_version}: judgements restore publishes it again.")
    if summary.is_unchanged:
        console.print("Nothing has changed since the last build: no PDF was read, and the warehouse is current.")
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    numbers = {head: len(summary.names[head]) for head in ("changed", "failed")}
    numbers["no longer listed"] = summary.n_gone
    changes = [f"{summary.n_new:,} new", *(f"{n:,} {what}" for what, n in numbers.items() if n)]
    table.add_row(f"{summary.n_published:,}", f"published reports ({', '.join(changes)})")
    table.add_row(f"{summary.n_read:,}", "read now")
    table.add_row(f"{summary.n_accepted:,}", f"accepted, {summary.n_with_issues:,} of them with issues")
    reasons = ", ".join(f"{n:,} {reason}" for reason, n in summary.quarantined.items())
    table.add_row(f"{summary.n_quarantined:,}", f"quarantined{': ' + reasons if reasons else ''}")
    seconds = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in summary.seconds.items())
    table.add_row(f"{sum(summary.seconds.values()):.1f}", f"seconds: {seconds}")
    console.print(table)
    for head in ("new", "changed", "vanished", "failed"):
        _print_names(console, head, summary.names[head])
    for failed in summary.failed_checks:
        console.print(f"Check failed: {failed.sentence}", markup=False, soft_wrap=True)
    if summary.unread:
        kinds = ", ".join(f"{n:,} {label}" for label, n in sorted(summary.unread.items()))
        console.print(f"Listed and not read: {kinds}", markup=False, soft_wrap=True)
    console.print(f"Published {settings.warehouse}", markup=False, soft_wrap=True)


def _print_names(console: Terminal, head: str, names: Sequence[str]) -> None:
    """The names in one list, or the first of them. For the new ones of a first build only their number is printed."""
    shown = names[:SHOWN_NAMES] if head != "new" or len(names) <= SHOWN_NAMES else []
    for name in shown:
        console.print(f"{head}: {name}", markup=False, soft_wrap=True)
    if shown and len(names) > len(shown):
        console.print(f"{head}: {len(names) - len(shown):,} more; --json names them all", markup=False)
