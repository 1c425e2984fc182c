"""Editions of Ofsted's own statistics are kept by content, once, and mended when they are given again."""

from pathlib import Path

import pytest

from pipelines.archive.editions import NoEditionsError, check_name, editions_in, is_sound, keep_edition, kept_editions


def given(folder: Path, name: str, content: bytes = b"an edition") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_same_bytes_are_kept_once_and_another_edition_beside_them(tmp_path: Path) -> None:
    archive = tmp_path / "statistics"
    for name, content in (("2023.ods", b"an edition"), ("copy.ods", b"an edition"), ("2025.XLSX", b"another")):
        keep_edition(given(tmp_path / "given", name, content), archive)
    kept = kept_editions(archive)
    assert sorted(path.name for path in kept) == ["2023.ods", "2025.XLSX"]
    assert all(map(is_sound, kept))


def test_an_edition_that_was_damaged_is_kept_again_when_it_is_given_again(tmp_path: Path) -> None:
    path = given(tmp_path / "given", "2023.ods")
    keep_edition(path, tmp_path / "statistics")
    (kept,) = kept_editions(tmp_path / "statistics")
    kept.write_bytes(b"damaged")
    assert not is_sound(kept)
    keep_edition(path, tmp_path / "statistics")
    assert [one.read_bytes() for one in kept_editions(tmp_path / "statistics")] == [b"an edition"]


def test_a_folder_gives_its_spreadsheets_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.ods", "a.xlsx", "~$a.xlsx", ".hidden.ods", "notes.txt", "below/c.XLS"):
        given((tmp_path / name).parent, Path(name).name)
    assert [path.relative_to(tmp_path).as_posix() for path in editions_in(tmp_path)] == [
        "a.xlsx",
        "b.ods",
        "below/c.XLS",
    ]
    with pytest.raises(NoEditionsError, match="There is no folder"):
        editions_in(tmp_path / "none")


@pytest.mark.parametrize("name", ["outcomes", "outcomes.txt", "~$outcomes.ods", ".outcomes.xlsx"])
def test_a_file_that_would_be_kept_and_not_found_is_refused(name: str) -> None:
    with pytest.raises(NoEditionsError, match=r"is no spreadsheet \(\.ods or \.xlsx\)"):
        check_name(Path(name))
