"""What a build costs a report, and what a question costs, against the number of reports.

    python -m bench.scale [--reports 1000 4000 16000] [--keep FOLDER]

Typesets so many sample reports, builds a warehouse from them into an empty data folder as a process of its own, and
asks it every mart, macro and question. Prints each size, compared with the first. Needs
about 0.3 MB of disk per report, and for 16,000 reports about a quarter of an hour on two cores. With --keep the reports
and data folders stay, and are used again.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.answers import answers
from bench.builds import Measured, build
from pipelines.sample.make import make_sample


class Size(NamedTuple):
    """One number of reports, measured. Bytes are on disk; `slowest` names the slowest question, in seconds."""

    n_reports: int
    cold: Measured
    again: Measured
    one_new: Measured
    archive_bytes: int
    cache_bytes: int
    warehouse_bytes: int
    exports_bytes: int
    slowest: str
    slowest_seconds: float


def main() -> int:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1000, 4000, 16000])
    parser.add_argument("--keep", type=Path, help="where reports and data folders stay")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        sizes = []
        for n_reports in args.reports:
            sizes.append(measure(folder, n_reports))
            print(described(sizes[-1], sizes[0]), flush=True)
    return 0


def measure(folder: Path, n_reports: int) -> Size:
    """Make the reports if they are not there, and build from them: cold, again, and with one report more."""
    source, data = folder / f"reports-{n_reports}", folder / f"data-{n_reports}"
    if not (source / "catalogue.csv").is_file():
        make_sample(source, n_reports)
    shutil.rmtree(data, ignore_errors=True)
    held_back = min(source.rglob("*.pdf"))
    waiting = folder / "waiting.pdf"
    shutil.move(held_back, waiting)
    try:
        cold = build(source, data)
        again = build(source, data)
    finally:
        shutil.move(waiting, held_back)
    one_new = build(source, data)
    warehouse = data / "warehouse" / "judgements.duckdb"
    slowest = max(answers(warehouse), key=lambda one: one.seconds)
    return Size(
        n_reports,
        cold,
        again,
        one_new,
        n_bytes(data / "raw"),
        sum(n_bytes(data / name) for name in ("read", "parsed", "rows")),
        warehouse.stat().st_size,
        n_bytes((data / "warehouse" / "exports").resolve()),
        slowest.name,
        slowest.seconds,
    )


def n_bytes(folder: Path) -> int:
    """The size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def described(size: Size, first: Size) -> str:
    """A size in words and figures, beside the first one."""
    each, each_first = size.cold.seconds / size.n_reports, first.cold.seconds / first.n_reports
    by_stage = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in size.cold.stages.items())
    on_disk = {
        "archive": size.archive_bytes,
        "caches": size.cache_bytes,
        "warehouse": size.warehouse_bytes,
        "exports": size.exports_bytes,
    }
    disk = ", ".join(f"{name} {n / 1e6:,.0f}" for name, n in on_disk.items())
    return "\n".join((
        f"{size.n_reports:,} reports",
        f"  cold       {size.cold.seconds:8.1f} s, {each * 1000:6.1f} ms a report ({each / each_first:.2f} x)",
        f"             {by_stage}",
        f"  memory     {size.cold.peak_bytes / 1e6:8,.0f} MB at its peak"
        f" ({size.cold.peak_bytes / first.cold.peak_bytes:.2f} x)",
        f"  again      {size.again.seconds:8.1f} s",
        f"  one new    {size.one_new.seconds:8.1f} s, {size.one_new.peak_bytes / 1e6:,.0f} MB",
        f"  disk, MB   {disk}",
        f"  slowest    {size.slowest_seconds * 1000:8.1f} ms: {size.slowest}",
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
