"""The fast reader is held against the reference on a few reports drawn by lot, within a limit of time."""

from pathlib import Path

import pytest

from pipelines.build import stages
from pipelines.reading import agreement
from pipelines.reading.compare import Comparison, Difference
from pipelines.settings import Settings
from pipelines.workers.pool import Died


@pytest.fixture
def taken_in(settings: Settings, three_reports: Path) -> Settings:
    stages.list_reports(settings, str(three_reports))
    stages.archive_reports(settings)
    return settings


def test_a_seed_draws_the_same_reports_and_they_are_compared(taken_in: Settings) -> None:
    once, again = (agreement.compare_some(taken_in, "a run", 1, 600) for _ in range(2))
    assert once == again
    assert (once.n_reports, once.n_lines > 100, once.too_slow) == (1, True, ())
    assert once.share_differing < 0.01


def test_differences_and_slow_reports_are_named(taken_in: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def over(_function: object, paths: dict[Path, str], _workers: object) -> list[object]:
        first, second, third = paths
        difference = Difference(3, "text", "fast", "reference")

        class Done:
            def __init__(self, item: Path, *differences: Difference) -> None:
                self.item, self.result = item, Comparison(str(item), 1, 10, differences)

        return [Done(first, difference), Done(second), Died(third, "it took longer than 1 seconds")]

    monkeypatch.setattr(agreement, "over", over)
    found = agreement.compare_some(taken_in, "a run", 5, 1)
    assert (found.n_reports, found.n_lines, found.share_differing) == (2, 20, 0.05)
    assert found.disagreements[0].report.endswith(".pdf") or "http" in found.disagreements[0].report
    assert len(found.too_slow) == 1


def test_nothing_taken_in_is_nothing_to_differ_on(settings: Settings) -> None:
    assert agreement.compare_some(settings, "a run", 3, 1).share_differing == 0
