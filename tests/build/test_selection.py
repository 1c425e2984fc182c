"""A person says which reports to do again by authority, path or framework, and is told when none is meant."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.build import stages
from pipelines.build.selection import EVERYTHING, Choice, NothingChosenError, chosen
from pipelines.settings import Settings
from pipelines.sources.published import ArchivedReport, PublishedReport
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.measures import row_counts

SEEN = dt.datetime(2026, 1, 1)  # noqa: DTZ001 as the ledger has it


def archived(name: str, *, sha256: str | None = "0" * 64) -> ArchivedReport:
    publication = PublishedReport(f"{name}.pdf", f"https://files.example.invalid/{name}", authority_name=name.title())
    return ArchivedReport(publication, sha256, None if sha256 else "not_a_pdf", None if sha256 else "a page", SEEN)


REPORTS = (archived("marrowby"), archived("velmouth", sha256="1" * 64), archived("broken", sha256=None))


@pytest.mark.parametrize("only", ["MARROWBY", "marrowby.pdf", "invalid/marrowby"])
def test_a_report_is_meant_by_authority_path_or_address(only: str, tmp_path: Path) -> None:
    assert chosen(REPORTS, Choice(only), tmp_path / "none") == [REPORTS[0]]


def test_without_a_choice_all_are_meant(tmp_path: Path) -> None:
    assert chosen(REPORTS, EVERYTHING, tmp_path / "none") == REPORTS


@pytest.mark.parametrize("choice", [Choice("nowhere"), Choice("broken"), Choice(framework_code="sif")])
def test_nobody_is_left_to_think_that_something_was_done(choice: Choice, tmp_path: Path) -> None:
    with pytest.raises(NothingChosenError, match="Of 3 reports there is none"):
        chosen(REPORTS, choice, tmp_path / "none")


def test_a_choice_is_done_again_and_the_warehouse_stays_whole(settings: Settings, three_reports: Path) -> None:
    stages.list_reports(settings, str(three_reports))
    stages.archive_reports(settings)
    assert row_counts(stages.load_warehouse(settings).published)["core.reports"] == 3
    with open_warehouse(settings.warehouse) as connection:
        frameworks = connection.execute("select framework_code, count(*) from core.reports group by all").fetchall()
    for code, n in frameworks:
        assert stages.parse_reports(settings, force=True, choice=Choice(framework_code=code)).n_parsed == n
    path = min(three_reports.rglob("*.pdf")).name
    assert stages.read_reports(settings, force=True, choice=Choice(path)).n_read == 1
    assert row_counts(stages.load_warehouse(settings, may_shrink=False).published)["core.reports"] == 3
    with pytest.raises(NothingChosenError, match="there is: "):
        stages.read_reports(settings, choice=Choice(framework_code="of another country"))
