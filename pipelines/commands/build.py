"""`judgements build`: progress while it runs; `summary.py` has what is printed at its end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from pipelines.build.run import Watch, build
from pipelines.build.stages import in_lines
from pipelines.commands.summary import print_summary
from pipelines.commands.terminal import Terminal, say
from pipelines.settings import Settings
from pipelines.sources import published

STAGES = {
    "list": "Listing publications",
    "archive": "Archiving files",
    "read": "Reading reports",
    "parse": "Parsing reports",
    "load": "Building the warehouse",
    "export": "Writing the exports",
}
SECONDS_BETWEEN_LINES = 5.0


def run_build(settings: Settings, wanted: published.Wanted, *, force: bool, as_json: bool) -> None:
    """Build with progress on standard error and the summary on standard output."""
    watcher = Terminal(stderr=True)
    with watched() as watch:
        summary = build(settings, wanted, watch, force=force)
    for warning in summary.warnings:
        watcher.print(f"Warning: {warning}", style="yellow", markup=False, soft_wrap=True)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(summary)).decode() + "\n")
    else:
        print_summary(Terminal(), summary, settings)


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
