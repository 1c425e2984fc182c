"""The whole of it as people have it: webserver, daemon, queue, sensors and notifications."""

from pathlib import Path

import pytest

from pipelines.warehouse.measures import row_counts
from tests.defs.dagster_dev import DagsterDev
from tests.defs.receiver import Receiver


@pytest.mark.slow
def test_a_wrong_source_is_told_and_a_right_one_is_fetched_and_built(tmp_path: Path, three_reports: Path) -> None:
    with (
        Receiver() as receiver,
        DagsterDev(
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
