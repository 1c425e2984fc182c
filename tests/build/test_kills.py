"""A killed build costs time and nothing else; `python -m tests.build.kills` tries it as often as you like."""

from pathlib import Path

import pytest

from tests.build.kills import kill_builds


@pytest.mark.slow
def test_after_any_kill_the_next_build_is_as_a_clean_one(three_reports: Path, tmp_path: Path) -> None:
    assert sum(kill_builds(str(three_reports), tmp_path, 6, seed=16).values()) > 0
