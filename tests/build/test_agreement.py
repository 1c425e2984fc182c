"""The fast reader is held against the reference on a few reports drawn at random, within a limit of time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.build import agreement, stages
from pipelines.build.workspace import Workspace
from pipelines.reading.compare import Comparison, Difference
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from pipelines.workers.pool import Failed


@pytest.fixture
def archived(settings: Settings, three_reports: Path) -> Settings:
    with Workspace.open(settings) as workspace:
        stages.list_reports(workspace, Wanted(str(three_reports)))
        stages.archive_reports(workspace)
    return settings


@pytest.mark.slow
def test_a_seed_draws_the_same_reports_and_they_are_compared(archived: Settings) -> None:
    once, again = (list(agreement.compare_some(archived, "a run", 1, 600)) for _ in range(2))
    assert once == again
    ((_, comparison),) = once
    assert isinstance(comparison, Comparison)
    assert comparison.n_lines > 100
    assert len(comparison.differences) < 0.01 * comparison.n_lines


def test_differences_and_slow_reports_are_named(archived: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(_function: object, paths: dict[Path, str], *_: object) -> Iterator[tuple[Path, Comparison | Failed]]:
        first, second, third = paths
        yield first, Comparison(str(first), 1, 10, (Difference(3, "text", "fast", "reference"),))
        yield second, Comparison(str(second), 1, 10, ())
        yield third, Failed("it took longer than 1 seconds")

    monkeypatch.setattr(agreement, "run_locally", compared)
    found = dict(agreement.compare_some(archived, "a run", 5, 1))
    assert len(found) == 3
    assert sorted(type(outcome).__name__ for outcome in found.values()) == ["Comparison", "Comparison", "Failed"]


def test_nothing_archived_is_nothing_to_differ_on(settings: Settings) -> None:
    assert not list(agreement.compare_some(settings, "a run", 3, 1))
