"""A warehouse that lost inspections is not published unless that is meant, and what is newly set aside is named."""

import shutil
from pathlib import Path

import pytest

from pipelines.build import stages
from pipelines.settings import Settings
from pipelines.warehouse.build import BuildResult, RejectedBuildError
from pipelines.warehouse.changes import changes, contents
from pipelines.warehouse.checks import CheckOutcome
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.measures import measure, row_counts


def load(settings: Settings, source: Path, *, may_shrink: bool = False) -> BuildResult:
    stages.list_reports(settings, str(source))
    stages.archive_reports(settings)
    return stages.load_warehouse(settings, may_shrink)


def outcomes(checks: tuple[CheckOutcome, ...]) -> dict[str, CheckOutcome]:
    return {one.check.name: one for one in checks}


@pytest.fixture
def source(three_reports: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_reports, tmp_path / "reports"))


def test_a_lost_inspection_blocks_and_is_named(settings: Settings, source: Path) -> None:
    first = outcomes(load(settings, source).checks)
    assert all(first[name].passed for name in ("no_fewer_inspections", "nothing_newly_quarantined"))
    lost = min(source.rglob("*.pdf"))
    lost.write_bytes(b"<html>soon back</html>")
    with pytest.raises(RejectedBuildError, match="No fewer inspections") as rejected:
        load(settings, source)
    found = outcomes(rejected.value.checks)
    (row,) = found["no_fewer_inspections"].offending
    assert row["source_path"] == lost.relative_to(source).as_posix()
    (row,) = found["nothing_newly_quarantined"].offending
    assert (row["source_path"], row["reason"]) == (lost.relative_to(source).as_posix(), "not_a_pdf")
    assert found["few_are_quarantined"].n_offending == 1
    with open_warehouse(settings.warehouse) as connection:
        assert connection.execute("select count(*) from core.reports").fetchall() == [(3,)]


def test_a_loss_that_is_meant_is_published_and_still_said(settings: Settings, source: Path) -> None:
    load(settings, source)
    before = contents(settings.warehouse)
    lost = min(source.rglob("*.pdf"))
    lost.write_bytes(b"<html>gone</html>")
    build = load(settings, source, may_shrink=True)
    assert (row_counts(build.published)["core.reports"], outcomes(build.checks)["no_fewer_inspections"].passed) == (
        2,
        False,
    )
    found = changes(before, contents(settings.warehouse))
    assert (len(found.new), len(found.gone), len(found.regraded), len(found.released)) == (0, 1, 0, 0)
    (line,) = found.newly_quarantined
    assert (line.name, line.remark.split(":")[0]) == (lost.relative_to(source).as_posix(), "not_a_pdf")
    assert measure(settings.warehouse)["quality.quarantined_reports"]["share_quarantined"] == pytest.approx(1 / 3)
    again = outcomes(load(settings, source).checks)
    assert again["nothing_newly_quarantined"].passed
    assert not again["few_are_quarantined"].passed


def test_another_source_is_compared_with_nothing(settings: Settings, source: Path, tmp_path: Path) -> None:
    load(settings, source)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(min(source.rglob("*.pdf")), other)
    for name in ("authorities.csv", "authority_changes.csv"):
        shutil.copy(source / name, other)
    assert outcomes(load(settings, other).checks)["no_fewer_inspections"].passed


def test_a_grade_that_is_read_otherwise_and_a_file_published_anew_are_changes(settings: Settings, source: Path) -> None:
    assert changes(contents(settings.warehouse), contents(settings.warehouse)).new == ()
    load(settings, source)
    now = contents(settings.warehouse)
    (grade, line), report = now.grades[key := next(iter(now.grades))], next(iter(now.reports))
    before = contents(settings.warehouse)
    before.grades[key] = ("other", line)
    before.reports[report] = ("another file", before.reports[report][1])
    found = changes(before, now)
    assert [one.remark for one in found.regraded] == [f"other → {grade}"]
    assert found.replaced == (now.reports[report][1],)
    assert len(changes(contents(settings.data / "none"), now).new) == 3
