"""How long a build takes beside the text extraction that no build can do without, in one run on one machine.

    python bench/whole_path.py REPORTS [--pages 300]

Measures, over one directory of PDFs:
  bare       PDFium's bare text of every page, in one process: the limit
  stock      pdfplumber's lines of a sample of pages, in one process, taken up to all pages
  cold       a build into an empty data folder, as a process of its own, start-up included
  again      the same build with nothing new
  one new    a build with one report more than the last
  rule       a build after a change of rule: facts forgotten, lines kept

and prints seconds and ratios to `bare`. Nothing here is asserted: machines differ, ratios travel.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--pages", type=int, default=300, help="pages that stock pdfplumber reads")
    args = parser.parse_args()
    paths = sorted(path for path in args.reports.rglob("*.pdf") if path.read_bytes()[:5] == b"%PDF-")
    n_pages, bare = bare_text(paths)
    stock = stock_lines(paths, args.pages) * n_pages
    print(f"{len(paths)} reports, {n_pages} pages")
    print(f"{'bare':10} {bare:8.2f} s")
    print(f"{'stock':10} {stock:8.2f} s  {stock / bare:6.1f} x bare")
    with tempfile.TemporaryDirectory() as folder:
        data, source = Path(folder) / "data", Path(folder) / "reports"
        shutil.copytree(args.reports, source)
        held_back = max((path for path in source.rglob("*.pdf") if path.stat().st_size > 50_000), key=str)
        waiting = Path(folder) / "waiting.pdf"
        shutil.move(held_back, waiting)
        build(source, data)
        shutil.move(waiting, held_back)
        one_new = build(source, data)
        steps: dict[str, Callable[[], object]] = {
            "cold": lambda: shutil.rmtree(data),
            "again": lambda: None,
            "rule": lambda: shutil.rmtree(data / "parsed"),
        }
        for name, prepare in steps.items():
            prepare()
            report(name, build(source, data, force_load=name == "rule"), bare, stock)
        report("one new", one_new, bare, stock)
    return 0


def report(name: str, seconds: float, bare: float, stock: float) -> None:
    """Print one figure beside the two it is held against."""
    print(f"{name:10} {seconds:8.2f} s  {seconds / bare:6.1f} x bare, {stock / seconds:6.1f} times less than stock")


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


def build(source: Path, data: Path, force_load: bool = False) -> float:
    """Seconds of wall time of one build, as a process of its own.

    With `force_load` the ledger's record of the last build goes first, as a change of rule would make it stale.
    """
    if force_load:
        import sqlite3

        with sqlite3.connect(data / "raw" / "ledger.sqlite") as ledger:
            ledger.execute("delete from builds")
    command = [sys.executable, "-m", "pipelines.cli", "build", "--source", str(source), "--data", str(data)]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
