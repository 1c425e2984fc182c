"""The folder sensor asks for one run each time the folder comes to rest in a new state, and else says why not."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.folder_sensor import build_when_reports_land


class Looks:
    """The sensor, looking again and again with the cursor it left."""

    def __init__(self) -> None:
        self.cursor: str | None = None

    def look(self) -> dg.SensorResult:
        found = build_when_reports_land(dg.build_sensor_context(cursor=self.cursor))
        assert isinstance(found, dg.SensorResult)
        self.cursor = found.cursor or self.cursor
        return found

    def said(self) -> str:
        found = self.look()
        return "run" if found.run_requests else str(getattr(found.skip_reason, "skip_message", found.skip_reason))


def test_without_a_folder_or_a_pdf_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "JUDGEMENTS_WATCHED_FOLDER" in Looks().said()
    monkeypatch.setenv("JUDGEMENTS_WATCHED_FOLDER", str(tmp_path))
    assert "holds no PDF" in Looks().said()


def test_each_state_at_rest_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_WATCHED_FOLDER", str(tmp_path))
    report, looks = tmp_path / "a.pdf", Looks()
    report.write_bytes(b"x")
    assert "until it is at rest" in looks.said()
    report.write_bytes(b"xx")
    assert "until it is at rest" in looks.said()
    asked = looks.look().run_requests
    assert asked is not None
    assert asked[0].run_config["ops"]["raw__published_reports"]["config"] == {"source": str(tmp_path)}
    assert "Nothing has changed" in looks.said()
    keys = {asked[0].run_key}
    for n_bytes in (3, 2):
        report.write_bytes(b"x" * n_bytes)
        assert "until it is at rest" in looks.said()
        again = looks.look().run_requests
        assert again is not None
        keys.add(again[0].run_key)
    assert len(keys) == 3
    report.unlink()
    assert "holds no PDF" in looks.said()


def test_it_is_off_until_switched_on() -> None:
    assert build_when_reports_land.default_status == dg.DefaultSensorStatus.STOPPED
