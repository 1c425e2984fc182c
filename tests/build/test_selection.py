"""A person says which reports to do again by authority, path or framework, and is told when none is meant."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.build import stages
from pipelines.build.selection import EVERYTHING, NothingSelectedError, Selection, selected
from pipelines.build.workspace import Workspace
from pipelines.settings import Settings
from pipelines.sources.published import ArchivedReport, PublishedReport, Wanted
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.measures import row_counts

SEEN = dt.datetime(2026, 1, 1)  # noqa: DTZ001 as the ledger has it


def archived(name: str, *, sha256: str | None = "0" * 64) -> ArchivedReport:
    publication = PublishedReport(f"{name}.pdf", f"https://files.example.invalid/{name}", authority_name=name.title())
    return ArchivedReport(publication, sha256, None if sha256 else "not_a_pdf", None if sha256 else "a page", SEEN)


REPORTS = (archived("marrowby"), archived("velmouth", sha256="1" * 64), archived("broken", sha256=None))


@pytest.mark.parametrize("only", ["MARROWBY", "marrowby.pdf", "invalid/marrowby"])
def test_a_report_is_meant_by_authority_path_or_address(only: str, tmp_path: Path) -> None:
    assert selected(REPORTS, Selection(only), tmp_path / "none") == [REPORTS[0]]


def test_without_a_selection_all_are_meant(tmp_path: Path) -> None:
    assert selected(REPORTS, EVERYTHING, tmp_path / "none") == REPORTS


@pytest.mark.parametrize("selection", [Selection("nowhere"), Selection("broken"), Selection(framework_code="sif")])
def test_nobody_is_left_to_think_that_something_was_done(selection: Selection, tmp_path: Path) -> None:
    with pytest.raises(NothingSelectedError, match="Of 3 reports there is none"):
        selected(REPORTS, selection, tmp_path / "none")


def test_a_selection_is_done_again_and_the_warehouse_stays_whole(settings: Settings, three_reports: Path) -> None:
    path = min(three_reports.rglob("*.pdf")).name
    with Workspace.open(settings) as workspace:
        stages.list_reports(workspace, Wanted(str(three_reports)))
        stages.archive_reports(workspace)
        assert row_counts(stages.load_warehouse(workspace).published)["core.reports"] == 3
        with open_warehouse(settings.warehouse) as connection:
            frameworks = connection.execute("select framework_code, count(*) from core.reports group by all").fetchall()
        for code, n in frameworks:
            again = stages.parse_reports(workspace, force=True, selection=Selection(framework_code=code))
            assert (again.n_files, again.n_done) == (n, n)
        assert stages.read_reports(workspace, force=True, selection=Selection(path)).n_done == 1
        whole = stages.load_warehouse(workspace)
        assert row_counts(whole.published)["core.reports"] == 3
        with pytest.raises(NothingSelectedError, match="there is: "):
            stages.read_reports(workspace, selection=Selection(framework_code="of another country"))
