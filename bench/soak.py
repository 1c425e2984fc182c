"""Whether Dagster runs for hours as it should: fetches again and again from a site on loopback that never rests.

    python -m bench.soak [--minutes 60] [--every 120] [--seed 1] [--reports DIR] [--csv FILE] [--keep FOLDER]

Starts what `make ui` starts on an empty data folder and launches `fetch_reports` every so many seconds. The site
re-issues, adds and removes reports and breaks (`bench/soak_site.py`); a receiver of notifications is down now and then.
At the end it prints what was done, and a line for each thing that must hold; it exits with 1 where one does not.
DIR holds reports and their catalogue.csv as Ofsted's; without it they are sixty of the sample.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from bench.soak_proofs import (
    Fetch,
    Held,
    builds_went_through,
    equals_one_from_scratch,
    fetches_are_told,
    is_flat,
    listed_is_current,
    notified_once,
    served_is_archived,
)
from bench.soak_samples import Sampler, n_rows, size_of, write_csv
from bench.soak_site import FINE, SoakSite, Weather
from pipelines.archive.ledger import Ledger
from pipelines.build.state import current_build
from pipelines.notifications.outbox import waiting
from pipelines.sample.make import make_sample
from pipelines.settings import Settings
from pipelines.sources.named import REFERENCE_FILES
from pipelines.tables import frames
from tests.defs.dagster_ui import DagsterUi
from tests.notifications.receiver import Receiver
from tests.waiting import wait_until

SAMPLE_REPORTS = 60

SECONDS_OF_A_LOOK = 70
"""Within so long the sensor of notifications looks once at least: every 30 seconds, when the daemon comes to it."""

RUNS = """
query ($filter: RunsFilter) {
  runsOrError(filter: $filter, limit: 10000) { ... on Runs { results { runId jobName status } } }
}"""


def main() -> int:
    """Soak, print what was found, and say by the exit code whether all holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=120, help="seconds from one fetch to the next")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=Path, help="reports with a catalogue.csv; else the sample's")
    parser.add_argument("--csv", type=Path, help="where to write every sample of memory and open files")
    parser.add_argument("--keep", type=Path, help="an empty folder, where all of it stays")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        reports = given.reports or _sample(folder)
        held = _soak(folder, reports, given)
    for one in held:
        print(f"{'holds' if one.holds else 'FAILS':6}  {one.what}: {one.found}")
    return 0 if all(one.holds for one in held) else 1


def _sample(folder: Path) -> Path:
    """The sample's reports as a site lists them: its authorities stand for the real ones, in a folder of their own."""
    reports, reference = folder / "reports", folder / "reference"
    make_sample(reports, reports=SAMPLE_REPORTS, bad_files=False)
    shutil.copytree(frames.OWN_REFERENCE, reference)
    for name in REFERENCE_FILES:
        (reports / name).replace(reference / name)
    os.environ["SOAK_REFERENCE"] = str(reference.absolute())
    frames.OWN_REFERENCE = reference
    return reports


def _soak(folder: Path, reports: Path, given: argparse.Namespace) -> list[Held]:
    with SoakSite(reports, given.seed) as site, Receiver() as receiver:
        limits = {"JUDGEMENTS_TRIES": "2", "JUDGEMENTS_SECONDS_OF_SILENCE": "2", "JUDGEMENTS_SECONDS_PER_REQUEST": "10"}
        settings = {**site.environment(), **limits, "JUDGEMENTS_SOURCE": "ofsted", "NO_PROXY": "127.0.0.1"}
        settings["JUDGEMENTS_NOTIFY_URL"] = receiver.url
        with DagsterUi(folder / "home", "--module", "bench.soak_definitions", **settings) as dagster:
            sampler = Sampler(dagster.pid)
            sampler.start()
            fetches, sizes = [], []
            for fetch in _fetches(site, receiver, dagster, given):
                fetches.append(fetch)
                sizes.append(size_of(dagster.data / "dagster"))
            _come_to_rest(dagster)
            sampler.stop()
            runs = dagster.ask(RUNS, filter={})["runsOrError"]["results"]
            left = dagster.stop()
        if given.csv:
            write_csv(given.csv, sampler.samples)
        data = Settings(data=dagster.data)
        _print_what_was_done(site, fetches, sizes, data)
        return [
            served_is_archived(site, data),
            listed_is_current(site, data),
            fetches_are_told(fetches),
            builds_went_through(runs),
            *is_flat(sampler.samples),
            *notified_once(site, receiver, fetches),
            equals_one_from_scratch(data, folder / "scratch"),
            Held("nothing of Dagster is left running", f"{len(left)} processes", not left),
        ]


def _print_what_was_done(site: SoakSite, fetches: list[Fetch], sizes: list[int], data: Settings) -> None:
    print(f"\n{len(fetches)} fetches, {site.n_reissued} re-issued, {len(site.added)} added, {site.n_removed} removed")
    print(f"data/dagster: {sizes[0] / 1e6:.1f} MB after the first fetch, {sizes[-1] / 1e6:.1f} MB after the last")
    for path in (
        data.ledger,
        *sorted((data.data / "dagster").rglob("*.db"), key=lambda path: path.stat().st_size)[-3:],
    ):
        rows = ", ".join(f"{name} {number:,}" for name, number in n_rows(path).items() if number)
        print(f"{path.relative_to(data.data)}: {rows}")
    print()


def _fetches(site: SoakSite, receiver: Receiver, dagster: DagsterUi, given: argparse.Namespace) -> Iterator[Fetch]:
    """Fetch every so many seconds until the time is over, and twice more while nothing is wrong."""
    began = time.monotonic()
    for number in count():
        started = time.monotonic()
        if started - began > given.minutes * 60:
            break
        receiver.status = 500 if number % 4 == 3 else 200
        yield _fetch(site.next_round(), dagster, started - began)
        time.sleep(max(0.0, given.every - (time.monotonic() - started)))
    receiver.status = 200
    for _ in range(2):
        site.clear_up()
        yield _fetch(FINE, dagster, time.monotonic() - began)


def _fetch(weather: Weather, dagster: DagsterUi, at: float) -> Fetch:
    """Launch a fetch, wait for its end, and print how it went."""
    run_id = dagster.launch("fetch_reports")
    try:
        status = dagster.end(runIds=[run_id])
    except AssertionError:
        status = "HANGS"
    sentence = " ".join(dagster.failures(run_id)) if status == "FAILURE" else ""
    with Ledger.open_read_only(Settings(data=dagster.data).ledger) as ledger:
        fetch = Fetch(weather, status, sentence, ledger.site_counts().n_failed)
    told = "" if fetch.is_true else f"  NOT AS EXPECTED {sentence}"
    print(f"{at:6.0f} s  {weather.name:18} {status:8} {fetch.n_failed} files failed{told}", flush=True)
    return fetch


def _come_to_rest(dagster: DagsterUi) -> None:
    """Wait until what was fetched is built, each run has ended, and every notification is sent."""
    settings = Settings(data=dagster.data)

    def is_at_rest() -> bool:
        runs = dagster.ask(RUNS, filter={"statuses": ["QUEUED", "STARTING", "STARTED"]})["runsOrError"]["results"]
        with Ledger.open_read_only(settings.ledger) as ledger:
            return not runs and current_build(ledger, settings) is not None and not waiting(settings)

    wait_until(is_at_rest)
    time.sleep(SECONDS_OF_A_LOOK)  # the sensor may not have looked at the last build yet
    wait_until(is_at_rest)


if __name__ == "__main__":
    sys.exit(main())
