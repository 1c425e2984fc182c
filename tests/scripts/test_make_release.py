"""A release: everything in it, the same bytes twice, and no release of what should not be released."""

import zipfile
from pathlib import Path

import pytest

from pipelines.build.run import build
from pipelines.exports import EXPORTS
from pipelines.files import sha256_of
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from scripts.make_release import ReleaseError, main, release


def run(settings: Settings, wanted: Wanted) -> Settings:
    build(settings, wanted, lambda _stage: lambda _n_done, _n_in_all: None)
    return settings


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Settings:
    """A data folder built from a directory of reports, with its site."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipelines.exports.publish.EXPORTS", EXPORTS)
        return run(Settings(data=tmp_path_factory.mktemp("release") / "data"), Wanted(str(three_reports)))


@pytest.mark.slow
def test_a_release_holds_everything_and_twice_the_same_bytes(built: Settings, tmp_path: Path) -> None:
    first, second = (release(built, tmp_path / name) for name in ("one", "two"))
    names = sorted(path.name for path in first.iterdir())
    stem = first.name
    assert names[0] == "SHA256SUMS"
    assert names[1].endswith("-py3-none-any.whl")
    assert names[2:] == [f"{stem}{ending}" for ending in ("-data.zip", "-site.zip", ".duckdb", ".xlsx")]
    assert [(first / name).read_bytes() for name in names] == [(second / name).read_bytes() for name in names]
    sums = (first / "SHA256SUMS").read_text().splitlines()
    assert sums == [f"{sha256_of(first / name)}  {name}" for name in names[1:]]
    site, data = (zipfile.ZipFile(first / f"{stem}-{part}.zip") for part in ("site", "data"))
    assert f"{stem}-site/index.html" in site.namelist()
    in_data = {f"{stem}-data/{name}" for name in ("datapackage.json", "marts/latest_judgements.csv")}
    assert in_data <= set(data.namelist())
    assert {entry.external_attr >> 16 for entry in site.infolist()} == {0o100644}
    assert not any("/site/" in name for name in data.namelist())


@pytest.mark.slow
def test_a_release_takes_the_place_of_the_one_before(built: Settings, tmp_path: Path) -> None:
    made = release(built, tmp_path)
    (made / "left over").write_text("x")
    release(built, tmp_path)
    assert not (made / "left over").exists()
    assert list(tmp_path.iterdir()) == [made]


@pytest.mark.slow
def test_what_is_partial_or_invented_is_released_only_when_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.exports.publish.EXPORTS", EXPORTS)
    run(settings, Wanted("sample", limit=2))
    with pytest.raises(ReleaseError, match=r"partial.*PARTIAL=1"):
        release(settings, tmp_path / "dist")
    with pytest.raises(ReleaseError, match="SAMPLE=1"):
        release(settings, tmp_path / "dist", accept_partial=True)
    assert not (tmp_path / "dist").exists()
    made = release(settings, tmp_path / "dist", accept_partial=True, accept_sample=True)
    assert made.name.startswith("invented-sample-")


def test_what_is_missing_old_or_damaged_is_not_released(
    settings: Settings,
    three_reports: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["make_release.py", "--data", str(settings.data), "--out", str(tmp_path / "dist")])
    assert (main(), "There is no warehouse" in capsys.readouterr().err) == (1, True)
    run(settings, Wanted(str(three_reports)))
    with monkeypatch.context() as newer:
        newer.setattr("pipelines.build.state.SHAPES_OUTPUT", (Path(__file__),))
        assert (main(), "build again first" in capsys.readouterr().err) == (1, True)
    (settings.exports / "judgements.xlsx").write_bytes(b"altered")
    assert (main(), "judgements.xlsx: it is not as it was published" in capsys.readouterr().err) == (1, True)
    assert not (tmp_path / "dist").exists()
