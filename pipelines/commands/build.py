"""`judgements build`: progress while it runs, and a summary at its end."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import msgspec
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
from pipelines.commands.terminal import Terminal, say
from pipelines.errors import is_known, sentence
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


def run_build(settings: Settings, wanted: published.Wanted, *, force: bool, as_json: bool) -> None:
    """Build with progress on standard error and the summary on standard output."""
    watcher = Terminal(stderr=True)
    with _told_if_it_fails(settings), watched() as watch:
        summary = build(settings, wanted, watch, force=force)
    for warning in summary.warnings:
        watcher.print(f"Warning: {warning}", style="yellow", markup=False, soft_wrap=True)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(summary)).decode() + "\n")
    else:
        _print_summary(Terminal(), summary, settings)


@contextmanager
def _told_if_it_fails(settings: Settings) -> Iterator[None]:
    """Leave a notification of a known error for `judgements notify`: cron may have nobody who reads what it prints."""
    try:
        yield
    except Exception as error:
        if settings.notify_url and is_known(error):
            from pipelines.commands.notify import post_failed_build

            with suppress(OSError):  # a full disk: the error itself is what must be told
                post_failed_build(settings, sentence(error))
        raise


@contextmanager
def watched(names: Mapping[str, str] = STAGES) -> Iterator[Watch]:
    """Progress on standard error: bars at a terminal, lines in a log. `names` has each stage in words."""
    watcher = Terminal(stderr=True)
    if not watcher.is_terminal:
        yield lambda stage: _plain_lines(names[stage])
        return
    times = TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn()
    columns = TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), *times
    with Progress(*columns, console=watcher, transient=True) as bars:
        yield lambda stage: _bar(bars, names[stage])


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
