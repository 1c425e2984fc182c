"""Editions of Ofsted's statistics are kept once, by content, and what is kept is found again."""

from pathlib import Path

import pytest

from pipelines.archive.editions import NoEditionsError, check_name, keep_edition, kept_editions


def test_same_bytes_are_kept_once_under_the_first_name(tmp_path: Path) -> None:
    for name in ("first.ods", "second.xlsx"):
        (tmp_path / name).write_bytes(b"the same")
        keep_edition(tmp_path / name, tmp_path / "kept")
    assert [path.name for path in kept_editions(tmp_path / "kept")] == ["first.ods"]


@pytest.mark.parametrize("name", ["outcomes", "outcomes.txt", "~$outcomes.ods", ".outcomes.xlsx"])
def test_file_that_would_be_kept_and_not_found_is_refused(name: str) -> None:
    with pytest.raises(NoEditionsError, match=r"is not named as a spreadsheet: rename it to end in \.ods or \.xlsx"):
        check_name(Path(name))


@pytest.mark.parametrize("name", ["outcomes.ods", "Outcomes.XLSX"])
def test_spreadsheet_may_be_kept(name: str, tmp_path: Path) -> None:
    check_name(Path(name))
    (tmp_path / name).write_bytes(b"bytes")
    keep_edition(tmp_path / name, tmp_path / "kept")
    assert [path.name for path in kept_editions(tmp_path / "kept")] == [name]
