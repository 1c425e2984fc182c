"""Whole builds from the site: the same warehouse as from a directory, a summary with names, and a kill that costs time.

What a build lists and fetches is tested without a warehouse, in the modules beside this one.
"""

import csv
import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from pipelines import cli
from pipelines.settings import Settings
from pipelines.sources.named import REFERENCE_FILES
from pipelines.tables.frames import OWN_REFERENCE
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.models import read_models
from tests.reading.handmade import pdf, shown
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import UNREAD, Archive
from tests.sources.ofsted.site import NOT_FOUND, Fault, Handler, OfstedSite, from_catalogue

PATH = "/v1/file/202303"
REISSUED = b"%PDF-1.7 another issue" + b" " * 600
OF_THE_SOURCE = ("first_seen_at", "local_link_to_all_inspections", "source_path")
"""Columns that tell where reports came from and when, and so differ between a directory and the site."""
LONG = 600
"""Seconds for what is sure to happen, however busy the machine: a wait ends when it has."""


@pytest.fixture(autouse=True)
def _environment(site: OfstedSite, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead builds to the small site, and to the folder of the archive."""
    for name, value in (site.environment() | {"JUDGEMENTS_DATA": str(archive.raw.parent)}).items():
        monkeypatch.setenv(name, value)


def build(*options: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli.app, ["build", "--json", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    summary: dict[str, Any] = json.loads(result.stdout)
    return summary


def start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipelines", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def sample(site: OfstedSite, three_reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample as a folder and on the site: addresses as Ofsted's, and two reports that the site no longer has."""
    reference, folder = tmp_path / "reference", tmp_path / "reports"
    shutil.copytree(OWN_REFERENCE, reference)
    shutil.copytree(three_reports, folder)
    for name in REFERENCE_FILES:
        (folder / name).replace(reference / name)
    monkeypatch.setattr("pipelines.tables.frames.OWN_REFERENCE", reference)
    catalogue = folder / "catalogue.csv"
    rows = list(csv.DictReader(catalogue.read_text("utf-8").splitlines()))
    for number in (1, 2):
        lost = {"published_date": f"2012-0{number}-01", "source_url": f"x/{number}", "path": f"{number}.pdf"}
        rows.append(rows[0] | lost)
        (folder / f"{number}.pdf").write_text(NOT_FOUND, "utf-8")
    for row in rows:
        row["source_url"] = f"https://files.ofsted.gov.uk/v1/file/{row['source_url'].rpartition('/')[2]}"
    with catalogue.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    site.published = from_catalogue(catalogue, folder)
    return folder


def contents(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the warehouse, less what tells of the source and the build."""
    with open_warehouse(warehouse) as connection:
        tables = [model for model in read_models() if model.kind == "table" and model.layer != "meta"]
        return {
            model.full_name: sorted(
                connection.sql(f"select columns(lambda c: c not in {OF_THE_SOURCE}) from {model.full_name}").fetchall(),
                key=repr,
            )
            for model in tables
        }


@pytest.mark.slow
def test_a_warehouse_from_the_site_equals_one_from_the_directory(sample: Path, archive: Archive) -> None:
    summary = build("--source", "ofsted")
    assert (summary["n_new"], summary["n_accepted"], summary["quarantined"]) == (5, 3, {"not_a_pdf": 2})
    warehouse = archive.raw.parent / "warehouse" / "judgements.duckdb"
    from_site = contents(warehouse)
    assert build("--source", "ofsted")["is_unchanged"]
    assert build("--source", str(sample))["source"] == str(sample)
    assert contents(warehouse) == from_site
    assert sum(map(len, from_site.values())) > 1000


def focused_visit_to(authority: str) -> bytes:
    """A letter as Ofsted sends it after a focused visit: one page, set by hand."""
    lines = [
        (b"F1", "20 March 2025"),
        (b"F1", "Ann Lee, Director of Children's Services"),
        (b"F1", "Dear Ms Lee"),
        (b"F2", f"Focused visit to {authority} children's services"),
        (b"F1", "This letter summarises the findings of the focused visit on 18 and 19 February 2025."),
        (b"F1", "His Majesty's Inspectors for this visit were Bo Ek and Cy Moss."),
        (b"F1", "Inspectors looked at the local authority's arrangements for care leavers."),
        (b"F2", "Headline findings"),
        (b"F1", "Care leavers are supported well by personal advisers who know them."),
        (b"F2", "What needs to improve in this area of social work practice?"),
        (b"F1", "The timeliness of pathway plans."),
        (b"F1", "Yours sincerely"),
        (b"F1", "Bo Ek"),
        (b"F1", "His Majesty's Inspector"),
    ]
    return pdf(b"".join(shown(text.encode(), y=780 - 26 * n, font=font) for n, (font, text) in enumerate(lines)))


@pytest.mark.slow
def test_a_visit_arrives_from_its_page_as_an_activity_without_grades(
    sample: Path, site: OfstedSite, archive: Archive
) -> None:
    inspected = site.published[0]
    letter = focused_visit_to(inspected.authority.title())
    day = dt.date(2025, 3, 25)
    site.published.append(
        inspected._replace(label="Children’s services focused visit", date=day, file_id="777", content=letter)
    )
    summary = build("--source", "ofsted")
    assert (summary["n_accepted"], summary["unread"]) == (4, {})
    with open_warehouse(archive.raw.parent / "warehouse" / "judgements.duckdb") as connection:
        visits = connection.sql(
            "select activity_kind, provider_urn, theme_code, start_date, published_date, label_as_published"
            " from core.activities join core.reports using (report_id, provider_urn, published_date)"
            " where activity_id not in (select inspection_id from core.inspections)"
        ).fetchall()
    assert visits == [
        ("focused_visit", inspected.urn, "care_leavers", dt.date(2025, 2, 18), day, "Children’s services focused visit")
    ]


@pytest.mark.slow
def test_a_damaged_ledger_costs_no_report_that_the_site_no_longer_lists(
    sample: Path, site: OfstedSite, archive: Archive
) -> None:
    assert build("--source", "ofsted")["n_accepted"] == 3
    warehouse = archive.raw.parent / "warehouse" / "judgements.duckdb"
    before = contents(warehouse)
    inspected = [one for one in site.published if one.content and one.content.startswith(b"%PDF")]
    site.published.remove(inspected[0])
    archive.ledger.write_bytes(b"no ledger" * 1000)
    summary = build("--source", "ofsted")
    assert (summary["n_accepted"], summary["n_read"], len(summary["names"]["vanished"])) == (3, 0, 1)
    assert "was damaged" in summary["warnings"][-1]
    for table in ("core.inspections", "core.judgements", "core.paragraphs"):
        assert contents(warehouse)[table] == before[table]


@pytest.mark.slow
def test_a_summary_names_what_is_new_changed_vanished_and_failed(site: OfstedSite, held: Archive) -> None:
    site.published.append(site.published[0]._replace(file_id="555", content=b"%PDF-1.7 new"))
    site.replace("202303", content=REISSUED)
    site.published = [one for one in site.published if one.file_id != "201905"]
    site.always["/v1/file/202306"] = wrong.status(403)
    out, _errors = start("build", "--source", "ofsted").communicate(timeout=LONG)
    assert "24  published reports (1 new, 1 changed, 1 failed, 1 no longer listed)" in out
    for head, number in (("new", "555"), ("changed", "202303"), ("vanished", "201905"), ("failed", "202306")):
        assert any(line.startswith(f"{head}: Authority") and f"/v1/file/{number})" in line for line in out.splitlines())
    assert f"Listed and not read: 1 {UNREAD}" in out
    assert "     1  more that are no longer listed, and are kept" in out
    assert "     1  could not be fetched, and never were" not in out
    status, _errors = start("status").communicate(timeout=LONG)
    assert "1 of the listed reports could not be fetched" in status
    summary = build("--source", "ofsted")
    assert summary["is_unchanged"]
    counted = summary["n_accepted"] + summary["n_published_twice"] + summary["n_not_held"]
    counted += summary["n_quarantined"] - summary["n_newer_quarantined"]
    assert counted == summary["n_published"] + summary["n_kept"] == 25
    assert {head: len(names) for head, names in summary["names"].items()} == {
        "new": 0,
        "changed": 0,
        "vanished": 0,
        "failed": 1,
        "unchanged": 23,
    }


def half_a_body(reached: threading.Event) -> Fault:
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


@pytest.mark.slow
def test_a_build_killed_in_mid_download_goes_on_where_it_stopped_and_keeps_a_second_one_out(
    site: OfstedSite, archive: Archive
) -> None:
    reached = threading.Event()
    site.faults[PATH].append(half_a_body(reached))
    first = start("build", "--source", "ofsted")
    try:
        assert reached.wait(LONG)
        n_asked = len(site.log)
        second = start("build", "--source", "ofsted")
        _out, errors = second.communicate(timeout=LONG)
        assert second.returncode == 1
        assert f"is being written by process {first.pid} on" in errors
        assert len(site.log) == n_asked
        assert first.poll() is None
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()
    already = set(site.bodies())
    assert 0 < len(already) < 24
    site.log.clear()
    archive.now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    assert len(archive.fetch().new) == 24 - len(already)
    assert already.isdisjoint(site.bodies())
    assert len(archive.names()) == len(archive.served()) == 24


def test_a_dry_run_names_what_would_be_fetched_and_fetches_nothing(site: OfstedSite, held: Archive) -> None:
    before = held.reports()
    site.published.append(site.published[0]._replace(file_id="777"))
    plan = build("--source", "ofsted", "--dry-run")
    assert plan["n_held"] == 24
    assert plan["fetch"] == [
        "Authority 0: children's services inspection, 01 March 2019 (https://files.ofsted.gov.uk/v1/file/777)"
    ]
    assert plan["unread"] == {UNREAD: 1}
    assert site.asked(host="files") == []
    assert (held.reports(), held.paths("source_path like '%777'")) == (before, [])


@pytest.mark.parametrize(
    "address",
    [
        "reports.ofsted.gov.uk",
        "ftp://host",
        "https://user:word@host",
        "https://host?q=1",
        "https://",
        "http://[::1",
        "http://host:99999",
    ],
)
def test_a_site_must_be_a_plain_address(address: str) -> None:
    with pytest.raises(ValidationError, match="must be"):
        Settings(ofsted_url=address)


def test_every_limit_of_fetching_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_REQUESTS_PER_SECOND", "0.25")
    monkeypatch.setenv("JUDGEMENTS_CONTACT", "me@example.invalid")
    settings = Settings()
    assert (settings.requests_per_second, settings.contact) == (0.25, "me@example.invalid")
    assert os.environ["JUDGEMENTS_OFSTED_URL"] == settings.ofsted.pages
