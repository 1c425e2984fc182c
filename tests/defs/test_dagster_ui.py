"""The whole of it as people have it: webserver, daemon, queue, sensors and notifications."""

import sqlite3
import urllib.error
from pathlib import Path

import pytest

from pipelines.warehouse.measures import row_counts
from tests.defs.dagster_ui import DagsterUi
from tests.notifications.receiver import Receiver
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import small_world
from tests.sources.ofsted.site import OfstedSite


@pytest.mark.slow
def test_a_wrong_source_is_told_and_a_right_one_is_fetched_and_built(tmp_path: Path, three_reports: Path) -> None:
    with (
        Receiver() as receiver,
        DagsterUi(
            tmp_path / "home",
            JUDGEMENTS_SOURCE=str(three_reports),
            JUDGEMENTS_NOTIFY_URL=receiver.url,
            NO_PROXY="127.0.0.1",
        ) as dagster,
    ):
        wrong = dagster.launch("fetch_reports", raw__published_reports={"source": "no/such/folder"})
        right = dagster.launch("fetch_reports")
        assert dagster.end(runIds=[wrong]) == "FAILURE"
        (sentence,) = dagster.failures(wrong)
        assert sentence.startswith("There is no directory no/such/folder.")
        assert dagster.end(runIds=[right]) == "SUCCESS"
        assert dagster.end(pipelineName="build_warehouse") == "SUCCESS", "it starts by itself"
        assert row_counts(dagster.data / "warehouse" / "judgements.duckdb")["core.reports"] == 3
        dagster.wait("a notification", lambda: receiver.received or None)
        (told,) = receiver.received
        assert wrong in told["message"]
        assert "secret" not in dagster.log.read_text("utf-8")


@pytest.mark.slow
def test_a_page_of_another_site_starts_nothing_and_the_end_leaves_nothing_behind(tmp_path: Path) -> None:
    with OfstedSite(small_world()) as site:
        settings = {**site.environment(), "JUDGEMENTS_SOURCE": "ofsted", "NO_PROXY": "127.0.0.1"}
        site.always["search"] = wrong.stall
        with DagsterUi(tmp_path / "home", **settings) as dagster:
            for foreign in ({"Origin": "http://127.0.0.1:8000"}, {"Host": "evil.example"}, {"Origin": "null"}):
                with pytest.raises(urllib.error.HTTPError, match="403"):
                    dagster.ask("{ version }", foreign)
            cut_short = dagster.launch("fetch_reports")
            dagster.wait("the run to be in the middle", lambda: site.asked("search") or None)
            assert dagster.stop() == [], "also of the run, which hangs"
        for history in (dagster.data / "dagster").rglob("*.db"):
            with sqlite3.connect(history) as database:
                assert database.execute("pragma integrity_check").fetchall() == [("ok",)], history
            database.close()
        site.always.clear()
        with DagsterUi(tmp_path / "home", **settings) as again:
            assert again.end(runIds=[cut_short]) in ("FAILURE", "CANCELED")
            assert again.end(runIds=[again.launch("fetch_reports")]) == "SUCCESS"
