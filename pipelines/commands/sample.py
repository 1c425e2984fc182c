"""`judgements sample`: invented reports in any number."""

from pathlib import Path

from rich.progress import Progress

from pipelines.commands.terminal import Terminal
from pipelines.sample.make import DEFAULT_SEED, make_sample


def run_sample(out: Path, reports: int, seed: int | None) -> None:
    """Make the reports, their catalogue, authorities and statistics, and the truth about them under `out`."""
    watcher = Terminal(stderr=True)
    with Progress(console=watcher, transient=True, disable=not watcher.is_terminal) as bars:
        task = bars.add_task("Making reports", total=reports)
        made = make_sample(
            out,
            reports,
            DEFAULT_SEED if seed is None else seed,
            progress=lambda n_done, n_in_all: bars.update(task, completed=n_done, total=n_in_all),
        )
    console = Terminal(soft_wrap=True)
    console.print(
        f"{len(made.reports):,} invented reports and {len(made.bad_files):,} bad files in {out}", markup=False
    )
    console.print(f"Build a warehouse from them: judgements build --source {out}", markup=False)
