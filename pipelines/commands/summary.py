"""What `judgements build` prints at its end: how the reports add up, what needs a look, and what to do next."""

import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.build.run import BuildSummary
from pipelines.build.state import FailedCheck
from pipelines.commands.terminal import Terminal
from pipelines.exports.package import SITE
from pipelines.settings import Settings
from pipelines.sources.named import SAMPLE

SHOWN_NAMES = 10
"""A longer list of names is left to --json."""
ON_PURPOSE = "The sample is invented, and holds such cases on purpose, to show what is said of them. Nothing is broken."


def print_summary(console: Terminal, summary: BuildSummary, settings: Settings) -> None:
    """Print a build's summary for people."""
    for line in _lines(summary, settings):
        console.print(line, markup=False, soft_wrap=True)


def _lines(summary: BuildSummary, settings: Settings) -> Iterator[str]:
    if summary.replaced_source:
        yield f"This replaced the warehouse built from {summary.replaced_source}."
    if summary.selection:
        yield f"Partial: {summary.selection}. Build without it for the whole warehouse."
    if summary.kept_version and (summary.replaced_source or summary.selection):
        yield f"The one before is kept as {summary.kept_version}: judgements restore publishes it again."
    if summary.is_unchanged:
        yield "Nothing has changed since the last build: no PDF was read, and the warehouse is current."
    yield from _numbers(summary)
    for head in ("new", "changed", "vanished", "failed"):
        yield from _names(head, summary.names[head])
    for check in summary.failed_checks:
        yield _of_check(check)
    if summary.source == SAMPLE and (summary.failed_checks or summary.n_quarantined):
        yield ON_PURPOSE
    if summary.unread:
        yield f"Listed and not read: {', '.join(f'{n:,} {label}' for label, n in sorted(summary.unread.items()))}"
    yield f"Published {settings.warehouse}"
    yield ""
    yield from _next(summary, settings)


def _of_check(check: FailedCheck) -> str:
    """What needs a look; of fewer inspections, which were accepted, how many there are less."""
    n_fewer = check.first.get("n_fewer")
    if n_fewer is None:
        return f"To look at: {check.sentence}"
    fewer = "1 inspection or visit fewer" if n_fewer == 1 else f"{n_fewer:,} fewer inspections and visits"
    return f"As accepted: {fewer} than in the warehouse before"


def _numbers(summary: BuildSummary) -> Iterator[str]:
    """Every publication in one line of a sum, then the files that they serve, and the time."""
    of_names = {head: len(summary.names[head]) for head in ("changed", "failed")}
    of_names["no longer listed"] = summary.n_gone
    changes = [f"{summary.n_new:,} new", *(f"{n:,} {what}" for what, n in of_names.items() if n)]
    reasons = ", ".join(f"{n:,} {reason}" for reason, n in summary.quarantined.items())
    quarantined = f"quarantined{': ' + reasons if reasons else ''}"
    if summary.n_newer_quarantined:
        quarantined += f" ({summary.n_newer_quarantined:,} a newer file of a publication that is counted already)"
    same = f", and {summary.n_same_file:,} the same as another" if summary.n_same_file else ""
    rows: list[tuple[int, str, bool]] = [
        (summary.n_published, f"published reports ({', '.join(changes)})", True),
        (summary.n_kept, "more that are no longer listed, and are kept", False),
        (summary.n_accepted, f"accepted, {summary.n_with_issues:,} of them with issues", True),
        (summary.n_published_twice, "published a second time: the same file as one that is accepted", False),
        (summary.n_quarantined, quarantined, True),
        (summary.n_not_held, "could not be fetched, and never were", False),
        (summary.n_files, f"different files{same}; {summary.n_read:,} read now", True),
    ]
    for n, what, is_always_shown in rows:
        if n or is_always_shown:
            yield f"{n:>6,}  {what}"
    by_stage = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in summary.seconds.items())
    yield f"{sum(summary.seconds.values()):>6.1f}  seconds: {by_stage}"


def _names(head: str, names: Sequence[str]) -> Iterator[str]:
    """The names in one list, or the first of them. For the new ones of a first build only their number is printed."""
    shown = names[:SHOWN_NAMES] if head != "new" or len(names) <= SHOWN_NAMES else []
    for name in shown:
        yield f"{head}: {name}"
    if shown and len(names) > len(shown):
        yield f"{head}: {len(names) - len(shown):,} more; --json names them all"


def _next(summary: BuildSummary, settings: Settings) -> Iterator[str]:
    """What can be done now, as commands that work as they are typed."""
    command = started_as(sys.argv[0], sys.executable)
    data = "" if settings.data == Settings().data else f" --data {shlex.quote(str(settings.data))}"
    yield "What next:"
    yield f"  open the site         {settings.exports / SITE / 'index.html'}"
    yield f"  ask a question        {command} as-at today{data}"
    if summary.source == SAMPLE:
        yield f"  use your own reports  {command} build --source path/to/reports{data}"


def started_as(argument: str, python: str) -> str:
    """How to start this program again: by name where the PATH finds it, else by its path or as a module.

    >>> started_as("/somewhere/pipelines/__main__.py", "/usr/bin/python3")
    '/usr/bin/python3 -m pipelines'
    """
    program = Path(argument)
    if program.stem == "__main__":
        return f"{shlex.quote(_from_here(Path(python)))} -m pipelines"
    found = shutil.which(program.name)
    return program.name if found and Path(found).absolute() == program.absolute() else shlex.quote(_from_here(program))


def _from_here(path: Path) -> str:
    """A path as it is typed in the current folder."""
    absolute, here = path.absolute(), Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)
