"""What an edition of Ofsted's statistics holds is read once, and kept by its content and name."""

from pathlib import Path

import pytest

from pipelines.build.editions import editions_cache, read_editions
from pipelines.settings import Settings
from pipelines.statistics import edition
from pipelines.statistics.rows import Edition, RefusedEdition
from tests.statistics.books import as_ods
from tests.statistics.editions import edition_2025


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened by the reader."""
    names: list[str] = []
    read = edition.read_edition

    def noted(content: bytes, file_name: str) -> Edition:
        names.append(file_name)
        return read(content, file_name)

    monkeypatch.setattr(edition, "read_edition", noted)
    return names


def test_an_edition_is_read_once_until_its_bytes_or_its_name_change(tmp_path: Path, opened: list[str]) -> None:
    settings = Settings(data=tmp_path / "data")
    good, bad = tmp_path / "2025-03-31.ods", tmp_path / "bad.ods"
    good.write_bytes(as_ods(edition_2025()))
    bad.write_bytes(b"<html>")
    first = read_editions([good, bad], settings)
    assert [type(one) for one in first] == [Edition, RefusedEdition]
    assert read_editions([good, bad], settings) == first
    assert opened == [good.name, bad.name]
    assert read_editions([good, bad], settings, force=True) == first
    other = good.rename(tmp_path / "2024-03-31.ods")
    assert read_editions([other], settings)[0].file_name == other.name
    assert opened[2:] == [good.name, bad.name, other.name]


def test_a_damaged_entry_is_made_again(tmp_path: Path, opened: list[str]) -> None:
    settings, path = Settings(data=tmp_path / "data"), tmp_path / "2025-03-31.ods"
    path.write_bytes(as_ods(edition_2025()))
    first = read_editions([path], settings)
    entry = editions_cache(settings).path(first[0].file_sha256)
    entry.write_bytes(entry.read_bytes()[:-9] + b"something")
    assert read_editions([path], settings) == first
    assert opened == [path.name] * 2
