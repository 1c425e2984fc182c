"""Builds from the site: everything arrives once and whole, what is held is not fetched again, and nothing is lost."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive.database import open_ledger
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import read_models
from tests.sources.ofsted import site as sites
from tests.sources.ofsted.conftest import Build, fetch, files_held, served
from tests.sources.ofsted.site import NOT_FOUND, Handler, OfstedSite, from_catalogue

PATH = "/v1/file/202303"
REISSUED = b"%PDF-1.7 another issue" + b" " * 600
OF_THE_SOURCE = {"source_path", "first_seen_at"}
"""Columns that tell where reports came from and when, and so differ between a directory and the site."""


def as_published(three_reports: Path, folder: Path) -> None:
    """Copy the sample, with addresses as Ofsted's, and two reports that the site no longer has."""
    shutil.copytree(three_reports, folder)
    rows = list(csv.DictReader((folder / "catalogue.csv").read_text("utf-8").splitlines()))
    for number in (1, 2):
        rows.append(
            rows[0] | {"published_date": f"2012-0{number}-01", "source_url": f"x/{number}", "path": f"{number}.pdf"}
        )
        (folder / f"{number}.pdf").write_text(NOT_FOUND, "utf-8")
    for row in rows:
        row["source_url"] = f"https://files.ofsted.gov.uk/v1/file/{row['source_url'].rpartition('/')[2]}"
    with (folder / "catalogue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    for name in ("authorities.csv", "authority_changes.csv"):
        (folder / name).unlink()


def contents(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the warehouse, less what tells of the source and the build."""
    with open_warehouse(warehouse) as connection:
        tables = [model for model in read_models() if model.kind == "table" and model.layer != "meta"]
        return {
            model.full_name: sorted(
                connection.sql(
                    f"select {', '.join(column for column in model.columns if column not in OF_THE_SOURCE)}"
                    f" from {model.full_name}"
                ).fetchall(),
                key=repr,
            )
            for model in tables
        }


def test_a_warehouse_from_the_site_equals_one_from_the_directory(
    site: OfstedSite, build: Build, three_reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.tables.frames.OWN_REFERENCE", three_reports)
    folder = tmp_path / "reports"
    as_published(three_reports, folder)
    site.published = from_catalogue(folder / "catalogue.csv", folder)
    end = build()
    assert (end.exit_code, end.summary["n_new"], end.summary["n_accepted"]) == (0, 5, 3)
    assert end.summary["quarantined"] == {"not_a_pdf": 2}
    for path in folder.rglob("*.pdf"):
        assert path.read_bytes() in [held.read_bytes() for held in (tmp_path / "data" / "raw").rglob("*.pdf")]
    from_site = contents(tmp_path / "data" / "warehouse" / "judgements.duckdb")
    end = build("--source", str(folder))
    assert end.summary["source"] == str(folder)
    assert contents(tmp_path / "data" / "warehouse" / "judgements.duckdb") == from_site
    assert sum(map(len, from_site.values())) > 1000


def test_a_second_run_asks_for_no_body_that_is_held(site: OfstedSite, build: Build, held: Settings) -> None:
    end = build()
    assert (end.summary["is_unchanged"], end.summary["n_unchanged"], end.summary["n_read"]) == (True, 24, 0)
    assert {one.status for one in site.asked("file")} == {304}


def test_a_server_that_knows_no_file_again_is_not_asked_for_any_until_it_is_due(
    site: OfstedSite, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.has_validators = False
    assert len(fetch(settings).new) == 24
    site.log.clear()
    site.replace("202303", content=REISSUED)
    assert len(fetch(settings).unchanged) == 24
    assert site.asked("file") == []
    site.replace("202304", date=site.published[0].date)
    assert fetch(settings).unchanged
    assert site.bodies() == ["/v1/file/202304"]
    monkeypatch.setenv("JUDGEMENTS_RECHECK_DAYS", "0")
    assert len(fetch(settings).changed) == 1


def test_one_new_report_is_one_download(site: OfstedSite, build: Build, held: Settings) -> None:
    site.published.append(site.published[0]._replace(file_id="555", content=b"%PDF-1.7 new"))
    end = build()
    assert (end.summary["n_new"], end.summary["n_read"], end.summary["n_unchanged"]) == (1, 1, 24)
    assert end.summary["names"]["new"] == [
        "Authority 0: children's services inspection, 01 March 2019 (https://files.ofsted.gov.uk/v1/file/555)"
    ]
    assert site.bodies() == ["/v1/file/555"]


def test_a_file_re_issued_under_its_address_supersedes_the_old_one_which_stays(
    site: OfstedSite, build: Build, held: Settings
) -> None:
    before, files = served(held), files_held(held)
    site.replace("202303", content=REISSUED)
    end = build()
    assert (end.summary["n_changed"], end.summary["n_read"], end.summary["n_quarantined"]) == (1, 1, 24)
    now = served(held)
    assert {path for path in now if now[path] != before[path]} == {"80403/202303"}
    assert set(files) < set(files_held(held))
    with open_ledger(held.ledger) as ledger:
        versions = ledger.execute(
            "select file_sha256, etag, last_modified, servings.first_seen_at, servings.last_seen_at, is_current"
            " from servings join publications using (publication_id) where source_path = '80403/202303' order by 6"
        ).fetchall()
    assert [one["file_sha256"] for one in versions] == [before["80403/202303"], now["80403/202303"]]
    assert all(one["etag"] and one["last_modified"] and one["first_seen_at"] for one in versions)
    assert versions[0]["etag"] != versions[1]["etag"]


def test_one_file_under_two_addresses_is_kept_once_and_known_under_both(
    site: OfstedSite, build: Build, held: Settings
) -> None:
    site.published.append(site.published[6]._replace(file_id="555", date=site.published[7].date))
    end = build()
    assert (end.exit_code, end.summary["n_new"]) == (0, 1)
    assert served(held)["80403/555"] == served(held)["80403/201903"]
    assert len(files_held(held)) == 24


def test_one_address_on_two_pages_is_fetched_once(site: OfstedSite, held: Settings) -> None:
    for urn in ("80400", "80401"):
        site.published.append(site.published[0]._replace(urn=urn, file_id="555", content=b"%PDF-1.7 both"))
    assert len(fetch(held).new) == 2
    assert site.bodies() == ["/v1/file/555"]


def test_the_page_for_missing_reports_may_change_and_is_taken_in_once(site: OfstedSite, settings: Settings) -> None:
    site.replace("201900", content=None)
    assert len(fetch(settings).new) == 24
    site.always["/v1/file/201900"] = sites.pdf(NOT_FOUND.replace("Sorry", "We regret").encode(), "text/html")
    os.environ["JUDGEMENTS_RECHECK_DAYS"] = "0"
    try:
        fetched = fetch(settings)
    finally:
        del os.environ["JUDGEMENTS_RECHECK_DAYS"]
    assert (len(fetched.unchanged), fetched.failed) == (24, ())
    del site.always["/v1/file/201900"]
    site.replace("201900", content=REISSUED)
    with open_ledger(settings.ledger) as ledger:
        ledger.execute("update servings set last_seen_at = '2020-01-01 00:00:00'")
    assert len(fetch(settings).changed) == 1


def test_a_held_file_that_was_lost_is_fetched_again(site: OfstedSite, held: Settings) -> None:
    min(held.archive.rglob("*.pdf")).unlink()
    fetched = fetch(held)
    assert (len(fetched.unchanged), fetched.n_new_files) == (24, 1)
    assert len(files_held(held)) == 24


PATIENCE = 600
"""Seconds for what is sure to happen, however busy the machine: a wait ends when it has."""

PROGRAM = ("-m", "pipelines")
WITH_FILES_OF_TWO_MEGABYTES = (
    "-c",
    "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000));"
    " runpy.run_module('pipelines', run_name='__main__', alter_sys=True)",
)


def start(settings: Settings, program: tuple[str, ...] = PROGRAM) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *program, "build", "--source", "ofsted", "--json"],
        env={**os.environ, "JUDGEMENTS_DATA": str(settings.data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def half_a_body(reached: threading.Event) -> sites.Fault:
    """Send half a file, tell the test, and then nothing."""

    def send(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        handler.wfile.write(b"%PDF-1.7" + bytes(500_000))
        reached.set()
        handler.server.site.stopped.wait()

    return send


def test_a_build_killed_in_mid_download_goes_on_where_it_stood(site: OfstedSite, settings: Settings) -> None:
    reached = threading.Event()
    site.faults[PATH].append(half_a_body(reached))
    process = start(settings)
    try:
        assert reached.wait(PATIENCE)
        _wait_for(lambda: any(path.stat().st_size for path in settings.archive.rglob("*.part")))
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    already = set(site.bodies())
    assert 0 < len(already) < 24
    site.log.clear()
    assert len(fetch(settings).new) == 24 - len(already)
    assert already.isdisjoint(site.bodies())
    assert len(files_held(settings)) == len(served(settings)) == 24


def test_the_second_of_two_builds_says_so_and_leaves(site: OfstedSite, settings: Settings) -> None:
    reached = threading.Event()
    site.faults[PATH].append(half_a_body(reached))
    first = start(settings)
    try:
        assert reached.wait(PATIENCE)
        n_asked = len(site.log)
        second = start(settings)
        _out, errors = second.communicate(timeout=PATIENCE)
        assert second.returncode == 1
        assert f"is being written by process {first.pid} on" in errors
        assert len(site.log) == n_asked
        assert first.poll() is None
    finally:
        first.kill()
        first.communicate()


def test_a_full_disk_stops_the_build_and_costs_nothing_that_is_held(site: OfstedSite, held: Settings) -> None:
    before, files, warehouse = served(held), files_held(held), held.warehouse.read_bytes()
    site.replace("202303", content=b"%PDF-1.7" + bytes(4_000_000))
    process = start(held, WITH_FILES_OF_TWO_MEGABYTES)
    out, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert "Authority 3: children's services inspection, 01 March 2023" in errors
    assert "could not be kept: File too large. What is held stays" in errors
    assert "Traceback" not in errors
    assert (served(held), files_held(held), held.warehouse.read_bytes()) == (before, files, warehouse)
    assert len(fetch(held).changed) == 1


def test_a_summary_at_a_terminal_names_what_is_new_changed_vanished_and_failed(
    site: OfstedSite, held: Settings
) -> None:
    site.published.append(site.published[0]._replace(file_id="555", content=b"%PDF-1.7 new"))
    site.replace("202303", content=REISSUED)
    site.published = [one for one in site.published if one.file_id != "201905"]
    site.always["/v1/file/202306"] = sites.status(403)
    command = [sys.executable, "-m", "pipelines", "build", "--source", "ofsted", "--data", str(held.data)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "24  published reports (1 new, 1 changed, 1 no longer listed, 1 failed)" in out
    for head, number in (("new", "555"), ("changed", "202303"), ("vanished", "201905"), ("failed", "202306")):
        assert any(line.startswith(f"{head}: Authority") and f"/v1/file/{number})" in line for line in out.splitlines())
    assert "Listed and not read: 1 children's services focused visit" in out
    status = [*command[:3], "status", "--data", str(held.data)]
    assert (
        "1 of the listed reports could not be fetched"
        in subprocess.run(status, capture_output=True, text=True, check=True).stdout
    )


def _wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_the_summary_is_json_with_every_name(site: OfstedSite, held: Settings) -> None:
    process = start(held)
    out, _errors = process.communicate(timeout=PATIENCE)
    names = json.loads(out)["names"]
    assert {head: len(names[head]) for head in names} == {
        "new": 0,
        "changed": 0,
        "vanished": 0,
        "failed": 0,
        "unchanged": 24,
    }
