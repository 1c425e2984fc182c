"""`judgements compare-readers`: a directory of PDFs read by both readers, and every line on which they differ."""

from collections import Counter
from pathlib import Path

from rich.progress import track

from pipelines.commands.terminal import Terminal
from pipelines.reading import compare
from pipelines.reading.compare import Comparison, compare_file
from pipelines.workers.pool import Failed, run_locally


def compare_directory(folder: Path, n_workers: int, seconds_per_report: float) -> int:
    """Print every difference and a count of each kind; returns the number of differing lines.

    Raises FileNotFoundError where the directory holds no PDF.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    if not paths:
        raise FileNotFoundError(f"{folder} holds no PDF.")
    console, progress = Terminal(), Terminal(stderr=True)
    kinds: Counter[str] = Counter()
    n_pages = n_lines = 0
    found = run_locally(compare_file, paths, n_workers, seconds_per_report, (compare.__name__,))
    for path, comparison in track(
        found, "Reading twice", len(paths), console=progress, disable=not progress.is_terminal
    ):
        if isinstance(comparison, Failed):
            console.print(f"{path}: {comparison.why}", markup=False)
            kinds["file"] += 1
            continue
        n_pages, n_lines = n_pages + comparison.n_pages, n_lines + comparison.n_lines
        kinds.update(difference.kind for difference in comparison.differences)
        _print(console, comparison)
    total = kinds.total()
    console.print(f"{len(paths)} files, {n_pages} pages, {n_lines} lines: {total} differences", markup=False)
    for kind, n in kinds.most_common():
        console.print(f"  {n:6} {kind}", markup=False)
    return total


def _print(console: Terminal, comparison: Comparison) -> None:
    for difference in comparison.differences:
        place = f"{comparison.path} page {difference.page_number}, {difference.kind}:"
        console.print(place, markup=False, soft_wrap=True)
        console.print(f"    fast       {difference.fast}", markup=False, soft_wrap=True)
        console.print(f"    reference  {difference.reference}", markup=False, soft_wrap=True)
