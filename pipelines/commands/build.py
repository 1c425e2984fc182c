"""`judgements build`: progress while it runs; `summary.py` has what is printed at its end."""

from collections.abc import Iterator, Mapping
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

from pipelines.build.run import Watch, build
from pipelines.build.stages import in_lines
from pipelines.build.workspace import LockedError
from pipelines.commands.summary import print_summary
from pipelines.commands.terminal import Terminal, can_ask, printable, say
from pipelines.errors import is_known, sentence
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


def run_build(
    settings: Settings, wanted: published.Wanted | None, *, force: bool, accept_fewer: bool, as_json: bool
) -> None:
    """Build with progress on standard error and the summary on standard output.

    Fewer inspections than are published are refused unless `accept_fewer`; a person at a terminal is asked.
    """
    watcher = Terminal(stderr=True)
    bars = _bars(watcher)
    is_asked = not as_json and can_ask()

    def accept(why: str) -> bool:
        return accept_fewer or (is_asked and _ask(bars, why, settings))

    with _told_if_it_fails(settings), watched(bars=bars) as watch:
        summary = build(settings, wanted, watch, force=force, accept_fewer_inspections=accept)
    for warning in summary.warnings:
        watcher.print(f"Warning: {warning}", style="yellow", markup=False, soft_wrap=True)
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(summary)).decode() + "\n")
    else:
        print_summary(Terminal(), summary, settings)


@contextmanager
def _told_if_it_fails(settings: Settings) -> Iterator[None]:
    """Leave a notification of a known error for `judgements notify`: cron may have nobody who reads what it prints.

    A person at a terminal reads it. Another build that is at it is no failure.
    """
    try:
        yield
    except Exception as error:
        is_to_be_told = is_known(error) and not isinstance(error, LockedError) and not can_ask()
        if settings.notify_url and is_to_be_told:
            from pipelines.commands.notify import post_failed_build
            from pipelines.notifications.outbox import NotSentError

            try:
                post_failed_build(settings, sentence(error))
            except NotSentError as unsent:  # the error of the build itself is the one to end with
                say(f"{unsent}\n", error=True)
        raise


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
