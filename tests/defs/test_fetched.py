"""Dagster shows what a fetch found, asks again when the site can't be had, and visits it daily once switched on."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs
from pipelines.defs.fetched import retried
from pipelines.sources.published import SourceError, UnreachableSiteError
from tests.sources.ofsted import site as sites
from tests.sources.ofsted.conftest import small_world
from tests.sources.ofsted.site import OfstedSite

REPOSITORY = defs.get_repository_def()


def test_a_fetch_leaves_its_names_on_the_assets_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with OfstedSite(small_world()) as site, dg.DagsterInstance.ephemeral() as instance:
        for name, value in site.environment().items():
            monkeypatch.setenv(name, value)
        site.always["/v1/file/202303"] = sites.status(403)
        run = REPOSITORY.get_job("fetch_reports").execute_in_process(
            instance=instance,
            run_config={
                "ops": {"raw__published_reports": {"config": {"source": "ofsted"}}},
                "resources": {"data_folder": {"config": {"path": str(tmp_path / "data")}}},
            },
        )
        assert run.success
        listing, files = (
            run.asset_materializations_for_node(f"raw__{name}")[0].metadata
            for name in ("published_reports", "report_files")
        )
    assert listing["dagster/row_count"].value == 24
    assert listing["unread"].value == {"children's services focused visit": 1}
    assert (files["n_new"].value, files["n_failed"].value) == (23, 1)
    failed = files["failed"].value
    assert isinstance(failed, list)
    assert "answered 403" in failed[0]


def test_only_a_site_that_cannot_be_had_is_tried_again() -> None:
    with pytest.raises(dg.RetryRequested), retried():
        raise UnreachableSiteError("not now")
    with pytest.raises(SourceError), retried():
        raise SourceError("not so")


def test_the_daily_fetch_is_in_london_time_and_off() -> None:
    schedule = REPOSITORY.get_schedule_def("fetch_from_ofsted_daily")
    assert schedule.execution_timezone == "Europe/London"
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    tick = schedule.evaluate_tick(dg.build_schedule_context())
    assert tick.run_requests is not None
    (request,) = tick.run_requests
    assert request.run_config["ops"]["raw__published_reports"]["config"] == {"source": "ofsted"}
