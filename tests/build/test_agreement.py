"""The fast reader is held against the reference on a few reports drawn by lot, within a limit of time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.build import agreement, stages
from pipelines.build.workspace import Workspace
from pipelines.reading.compare import Comparison, Difference
from pipelines.settings import Settings
from pipelines.workers.pool import Failed


@pytest.fixture
def archived(settings: Settings, three_reports: Path) -> Settings:
    with Workspace.open(settings) as workspace:
        stages.list_reports(workspace, str(three_reports))
        stages.archive_reports(workspace)
    return settings


@pytest.mark.slow
def test_a_seed_draws_the_same_reports_and_they_are_compared(archived: Settings) -> None:
    once, again = (agreement.compare_some(archived, "a run", 1, 600) for _ in range(2))
    assert once == again
    assert (once.n_reports, once.n_lines > 100, once.too_slow) == (1, True, ())
    assert once.share_differing < 0.01


def test_differences_and_slow_reports_are_named(archived: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(_function: object, paths: dict[Path, str], *_: object) -> Iterator[tuple[Path, Comparison | Failed]]:
        first, second, third = paths
        yield first, Comparison(str(first), 1, 10, (Difference(3, "text", "fast", "reference"),))
        yield second, Comparison(str(second), 1, 10, ())
        yield third, Failed("it took longer than 1 seconds")

    monkeypatch.setattr(agreement, "run_locally", compared)
    found = agreement.compare_some(archived, "a run", 5, 1)
    assert (found.n_reports, found.n_lines, found.share_differing) == (2, 20, 0.05)
    assert len({found.disagreements[0].report, *found.too_slow}) == 2


def test_nothing_archived_is_nothing_to_differ_on(settings: Settings) -> None:
    assert agreement.compare_some(settings, "a run", 3, 1).share_differing == 0
