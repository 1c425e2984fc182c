"""What must hold after a soak, each with what was found."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from bench.soak_samples import Sample, growths
from bench.soak_site import SoakSite, Weather
from pipelines.archive.ledger import Ledger
from pipelines.archive.store import archived_path
from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.files import sha256_of
from pipelines.settings import Settings
from tests.defs.dagster_ui import REPOSITORY
from tests.notifications.receiver import Receiver

MOST_GROWTH = 0.15
"""Of memory or open files, from the first quarter to the last. Less than 20 MB or 10 files is none."""
LEAST_GROWTH = {"MB": 20, "open files": 10}


class Fetch(NamedTuple):
    """One fetch: what was wrong with the site, and how the run ended."""

    weather: Weather
    status: str
    sentence: str
    n_failed: int

    @property
    def is_true(self) -> bool:
        """Whether the run was told as what was wrong should make it."""
        if self.weather.outcome == "no listing":
            return self.status == "FAILURE" and re.search(self.weather.words, self.sentence) is not None
        return self.status == "SUCCESS" and self.n_failed == self.weather.n_failed


class Held(NamedTuple):
    """One thing that must hold, what was found, and whether it does."""

    what: str
    found: str
    holds: bool


def served_is_archived(site: SoakSite, data: Settings) -> Held:
    """Every PDF that the site ever sent whole is in the archive, byte for byte."""
    paths = {file_sha256: archived_path(data.archive, file_sha256) for file_sha256 in site.served}
    lost = [one for one, path in paths.items() if not path.is_file() or sha256_of(path) != one]
    return Held("every version served is archived", f"{len(site.served)} served, {len(lost)} lost", not lost)


def listed_is_current(site: SoakSite, data: Settings) -> Held:
    """What the site publishes at the end is what the ledger has as current."""
    published = {one.file_id: hashlib.sha256(one.content or b"").hexdigest() for one in site.published}
    with Ledger.open_read_only(data.ledger) as ledger:
        current = {one.publication.source_path.rpartition("/")[2]: one.file_sha256 for one in ledger.holdings()}
    wrong = {name for name in published.keys() | current.keys() if published.get(name) != current.get(name)}
    return Held("what is listed last is current", f"{len(published)} listed, {len(wrong)} otherwise", not wrong)


def fetches_are_told(fetches: list[Fetch]) -> Held:
    """Each fetch ended as what was wrong with the site should make it."""
    counts = Counter(one.status for one in fetches)
    wrong = [one.weather.name for one in fetches if not one.is_true]
    ended = ", ".join(f"{number} {status}" for status, number in counts.items())
    return Held("each fetch is told as it was", f"{ended}; not: {', '.join(wrong) or 'none'}", not wrong)


def builds_went_through(runs: list[dict[str, Any]]) -> Held:
    """Whatever was fetched was built; no run is left in the queue."""
    counts = Counter(one["status"] for one in runs if one["jobName"] == "build_warehouse")
    ended = {one["status"] for one in runs} <= {"SUCCESS", "FAILURE", "CANCELED"}
    found = ", ".join(f"{number} {status}" for status, number in counts.items())
    return Held("each build went through", found, ended and counts.keys() == {"SUCCESS"})


def is_flat(samples: list[Sample]) -> list[Held]:
    """Memory and open files of each service do not grow."""
    return [
        Held(
            f"{one.what} of the {one.service}",
            f"{one.first:.0f} in the first quarter, {one.last:.0f} in the last ({one.share:+.0%})",
            one.share <= MOST_GROWTH or one.last - one.first < LEAST_GROWTH[one.what],
        )
        for one in growths(samples)
    ]


def notified_once(site: SoakSite, receiver: Receiver, fetches: list[Fetch]) -> list[Held]:
    """Each failed fetch and each report that was added is told once, although the receiver was down now and then."""
    n_failed = sum(one.status == "FAILURE" for one in fetches)
    taken = [one for one in receiver.received if one["taken"]]
    n_told = sum(one["title"] == "fetch_reports failed" for one in taken)
    lines = [line for one in taken for line in one["message"].splitlines() if "new report" in one["title"]]
    first = [line for line in lines if "issued again" not in line]
    told = Counter(line.rpartition("/")[2] for line in first)
    times = Counter(told[name] for name in site.added)
    found = ", ".join(f"{number} told {n} times" for n, number in sorted(times.items()))
    return [
        Held("each failed fetch is notified once", f"{n_failed} failed, {n_told} notified", n_failed == n_told),
        Held("each added report is notified once", found, times.keys() <= {1}),
    ]


def equals_one_from_scratch(data: Settings, folder: Path) -> Held:
    """The warehouse, changed step by step, has the rows of one that is built at once from the same archive."""
    shutil.copytree(data.raw, folder / "raw")
    settings = Settings(data=folder)
    with Workspace.open(settings) as workspace:
        stages.read_reports(workspace)
        stages.parse_reports(workspace)
        stages.load_warehouse(workspace)
    command = [sys.executable, "scripts/compare_warehouses.py", str(data.warehouse), str(settings.warehouse)]
    compared = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = (compared.stdout + compared.stderr).splitlines()
    return Held("the warehouse equals one from scratch", said[-1] if said else "", compared.returncode == 0)
