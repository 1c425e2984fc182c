"""A fetch that is killed at any moment costs time and nothing else."""

import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive.ledger import Ledger
from tests.killing import Kill, run, started
from tests.sources.ofsted.conftest import small_world
from tests.sources.ofsted.site import Handler, OfstedSite
from tests.waiting import wait_until

FETCH = """
from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.settings import Settings
from pipelines.sources.published import OFSTED, Wanted
with Workspace.open(Settings()) as workspace:
    stages.list_reports(workspace, Wanted(OFSTED))
    stages.archive_reports(workspace, False)
"""
COMMAND = [sys.executable, "-c", FETCH]


@pytest.mark.slow
def test_after_any_kill_the_next_fetch_holds_what_a_clean_one_holds(tmp_path: Path) -> None:
    assert [kill.difference for kill in kills(tmp_path, 6, seed=1)] == [""] * 6


def kills(folder: Path, n_kills: int, seed: int) -> Iterator[Kill]:
    """Kill a first fetch of a small site, or one that finds every file reissued, at any request or soon after it."""
    chance = random.Random(seed)
    with OfstedSite(small_world()) as site:
        first = site.published
        reissued = [one._replace(content=b"%PDF-1.7 " + one.file_id.encode() + bytes(500)) for one in first]
        site.always = dict.fromkeys(("search", "provider", "file"), _slowly)
        clean = {True: folder / "first", False: folder / "reissued"}
        n_requests = {}
        for is_first, data in clean.items():
            site.published, n_before = first if is_first else reissued, len(site.log)
            run(COMMAND, folder, JUDGEMENTS_DATA=str(data), **site.environment())
            n_requests[is_first] = len(site.log) - n_before
        for _ in range(n_kills):
            is_first, data = chance.random() < 0.5, folder / "killed"
            site.published = first if is_first else reissued
            if not is_first:
                shutil.copytree(clean[True], data)
            where = _killed(site, folder, data, chance.randint(1, n_requests[is_first]), chance.uniform(0, 0.03))
            run(COMMAND, folder, JUDGEMENTS_DATA=str(data), **site.environment())
            yield Kill(f"{'first' if is_first else 'again'}, {where}", _differences(clean[is_first], data))
            shutil.rmtree(data)


def _killed(site: OfstedSite, folder: Path, data: Path, n_requests: int, pause: float) -> str:
    """Kill a fetch so long after so many requests; gives the kind of the last one."""
    site.log.clear()
    with started(COMMAND, folder, JUDGEMENTS_DATA=str(data), **site.environment()) as process:
        wait_until(lambda: len(site.log) >= n_requests or process.poll() is not None)
        time.sleep(pause)
        return "ended" if process.poll() is not None else site.log[-1].kind


def _slowly(handler: Handler) -> None:
    """Answer so slowly that a kill can hit between any two steps."""
    time.sleep(0.005)
    handler.server.site.answer(handler)


def _differences(clean: Path, killed: Path) -> str:
    """How what is held differs: what each publication serves, which files are kept, and what is left over."""
    served, names = [], []
    for data in (clean, killed):
        with Ledger.open(data / "raw" / "ledger.sqlite") as ledger:
            archived = ledger.archived_reports()
        served.append({(one.publication.source_path, one.file_sha256, one.reason) for one in archived})
        names.append({path.name for path in (data / "raw").rglob("*") if path.is_file()})
    left_over = {name for name in names[1] - names[0] if not name.endswith(".pdf")}
    return ", ".join(map(str, [*(served[0] ^ served[1]), *(names[0] - names[1]), *left_over]))
