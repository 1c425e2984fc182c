"""`--source` names the sample or a directory."""

from pathlib import Path

import pytest

from pipelines.sources.named import source_named
from pipelines.sources.published import Listing, RememberedSite, UnknownSourceError


def listed(name: str, work_folder: Path) -> Listing:
    return source_named(name, work_folder).list(RememberedSite(), False, lambda n_done, n_in_all: None)


def test_a_directory_with_authorities_of_its_own_is_matched_to_those(three_reports: Path, tmp_path: Path) -> None:
    assert listed(str(three_reports), tmp_path).reference == three_reports
    assert listed(str(three_reports / "truth"), tmp_path).reference is None


@pytest.mark.parametrize("name", ["no/such/place", "ofsted.gov.uk"])
def test_an_unknown_source_is_bad_usage_and_says_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownSourceError, match="directory") as raised:
        source_named(name, tmp_path)
    assert raised.value.exit_code == 2


def test_a_listings_source_is_found_again_by_its_name(three_reports: Path, tmp_path: Path) -> None:
    first = listed(str(three_reports), tmp_path)
    assert listed(first.source, tmp_path) == first


def test_the_sample_is_made_once_and_made_again_when_it_was_left_unfinished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.sample.make.DEFAULT_REPORTS", 2)
    first = listed("sample", tmp_path)
    assert first.reference == tmp_path / "sample"
    paths = [Path(report.location) for report in first.reports]
    made = [path.stat().st_mtime_ns for path in paths]
    assert listed("sample", tmp_path).reports == first.reports
    assert [path.stat().st_mtime_ns for path in paths] == made
    (tmp_path / "sample" / "made-by.json").unlink()
    paths[0].unlink()
    assert listed("sample", tmp_path).reports == first.reports
