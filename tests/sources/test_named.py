"""`--source` names the sample or a directory."""

from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.sources.named import list_source
from pipelines.sources.published import UnknownSourceError


def test_a_directory_with_authorities_of_its_own_is_matched_to_those(three_reports: Path, settings: Settings) -> None:
    assert list_source(str(three_reports), settings).reference == three_reports
    assert list_source(str(three_reports / "truth"), settings).reference is None


@pytest.mark.parametrize("name", ["no/such/place", "ofsted.gov.uk"])
def test_an_unknown_source_is_refused_with_what_to_do(settings: Settings, name: str) -> None:
    with pytest.raises(UnknownSourceError, match="directory"):
        list_source(name, settings)


def test_the_sample_is_made_once_and_made_again_when_it_was_left_unfinished(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.sample.make.DEFAULT_REPORTS", 2)
    first = list_source("sample", settings)
    assert first.reference == settings.sample
    paths = [report.path for report in first.reports if report.path]
    made = [path.stat().st_mtime_ns for path in paths]
    assert list_source("sample", settings).reports == first.reports
    assert [path.stat().st_mtime_ns for path in paths] == made
    (settings.sample / "made-by.json").unlink()
    paths[0].unlink()
    assert list_source("sample", settings).reports == first.reports
