"""A folder's state tells a changed file, a new one and one that went from a folder at rest, without opening any."""

import os
from pathlib import Path

from pipelines.sources.landing import folder_state


def test_a_folder_is_another_when_a_report_or_its_catalogue_is(tmp_path: Path) -> None:
    assert folder_state(tmp_path) is None
    assert folder_state(tmp_path / "not there") is None
    (tmp_path / "notes.txt").write_text("no report")
    assert folder_state(tmp_path) is None
    states = []
    report = tmp_path / "below" / "A.PDF"
    report.parent.mkdir()
    for size in (1, 2):
        report.write_bytes(b"x" * size)
        states.append(folder_state(tmp_path))
    os.utime(report, ns=(1, 1))
    states.append(folder_state(tmp_path))
    (tmp_path / "catalogue.csv").write_text("path")
    states.append(folder_state(tmp_path))
    assert len(set(states)) == 4
    (tmp_path / "more notes.txt").write_text("no report")
    assert folder_state(tmp_path) == states[-1]
