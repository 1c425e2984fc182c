"""How long a build takes, stage by stage, beside the text extraction that no build can do without.

    python -m bench.whole_path REPORTS [--pages 300] [--rounds 3]

Over one directory of PDFs, in one run on one machine:
  bare       PDFium's bare text of every page, in one process: the limit
  stock      pdfplumber's lines of a sample of pages, in one process, taken up to all pages
  start-up   the command line saying its version
  cold       a build into an empty data folder, as a process of its own, start-up included
  again      the same build with nothing new
  one new    a build with one report more than the last
  rule       a build by a program of which a rule has changed

Each but `stock` is the least of the rounds, which take turns. Prints seconds, by stage too, and ratios to `bare` and
to `stock`. Nothing here is asserted: machines differ, ratios travel.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pdfplumber
import pypdfium2

from bench.builds import PROGRAM, Measured, build


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--pages", type=int, default=300, help="pages that stock pdfplumber reads")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    paths = sorted(path for path in args.reports.rglob("*.pdf") if path.read_bytes()[:5] == b"%PDF-")
    found: defaultdict[str, list[Measured]] = defaultdict(list)
    n_pages = 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports"
        shutil.copytree(args.reports, source)
        for _ in range(args.rounds):
            n_pages, bare = bare_text(paths)
            found["bare"].append(Measured(bare, {}, 0))
            found["start-up"].append(Measured(start_up(), {}, 0))
            for name, measured in builds(source, Path(folder) / "data").items():
                found[name].append(measured)
    found["stock"].append(Measured(stock_lines(paths, args.pages) * n_pages, {}, 0))
    print(f"{len(paths)} reports, {n_pages} pages; the least of {args.rounds} rounds")
    least = {name: min(rounds, key=lambda one: one.seconds) for name, rounds in found.items()}
    for name in ("bare", "stock", "start-up", "cold", "again", "one new", "rule"):
        print(described(name, least[name], least["bare"].seconds, least["stock"].seconds))
    return 0


def builds(source: Path, data: Path) -> dict[str, Measured]:
    """Builds after one another: of all but one report, which is not counted; of all; again; by another rule; cold."""
    shutil.rmtree(data, ignore_errors=True)
    held_back = max((path for path in source.rglob("*.pdf") if path.stat().st_size > 50_000), key=str)
    waiting = source.with_name("waiting.pdf")
    shutil.move(held_back, waiting)
    build(source, data)
    shutil.move(waiting, held_back)
    found = {"one new": build(source, data), "again": build(source, data)}
    found["rule"] = build(source, data, with_another_rule(data.with_name("program")))
    shutil.rmtree(data)
    return {**found, "cold": build(source, data)}


def with_another_rule(folder: Path) -> Path:
    """A copy of this program of which one file of rules has a line more."""
    if not folder.exists():
        for part in ("pipelines", "sql"):
            shutil.copytree(PROGRAM / part, folder / part)
        with (folder / "pipelines" / "parsing" / "titles.py").open("a", encoding="utf-8") as rules:
            rules.write("\n# Another rule.\n")
    return folder


def bare_text(paths: list[Path]) -> tuple[int, float]:
    """Pages, and the seconds PDFium takes for their text."""
    start = time.perf_counter()
    n_pages = 0
    for path in paths:
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                page.get_textpage().get_text_range()
                n_pages += 1
    return n_pages, time.perf_counter() - start


def stock_lines(paths: list[Path], n_sampled: int) -> float:
    """Seconds that pdfplumber's lines of a page take, over a sample drawn from whole reports."""
    chosen = random.Random(0).sample(paths, len(paths))
    start, n_read = time.perf_counter(), 0
    for path in chosen:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text_lines()
                page.close()
                n_read += 1
        if n_read >= n_sampled:
            break
    return (time.perf_counter() - start) / n_read


def start_up() -> float:
    """Seconds until the command line has said its version."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipelines", "--version"], check=True, capture_output=True)
    return time.perf_counter() - start


def described(name: str, measured: Measured, bare: float, stock: float) -> str:
    """One figure beside the two it is held against, and where its time went."""
    seconds = measured.seconds
    line = f"{name:10} {seconds:8.2f} s  {seconds / bare:6.2f} x bare, {stock / seconds:6.1f} times less than stock"
    if measured.peak_bytes:
        line += f", {measured.peak_bytes / 1e6:,.0f} MB"
    stages = ", ".join(f"{stage} {took:.2f}" for stage, took in measured.stages.items())
    return line + (f"\n{'':10} {stages}" if stages else "")


if __name__ == "__main__":
    sys.exit(main())
