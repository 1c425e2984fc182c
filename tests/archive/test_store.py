"""Files are kept once, whole, under what they hold; what can't be taken in says why."""

import hashlib
from pathlib import Path

import pytest

from pipelines.archive.store import StoredFile, archived_path, store_file
from pipelines.sources.published import QuarantinedFile


def test_a_file_is_kept_by_content_and_a_second_copy_is_not_written(tmp_path: Path) -> None:
    archive = tmp_path / "files"
    (tmp_path / "a.pdf").write_bytes(b"bytes")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    sha256 = hashlib.sha256(b"bytes").hexdigest()
    assert store_file(tmp_path / "a.pdf", archive) == StoredFile(sha256, 5)
    held = archived_path(archive, sha256)
    written = held.stat().st_ino, held.stat().st_mtime_ns
    assert store_file(tmp_path / "b.pdf", archive) == StoredFile(sha256, 5)
    assert (held.stat().st_ino, held.stat().st_mtime_ns) == written
    assert held.read_bytes() == b"bytes"


def test_a_held_file_that_lost_bytes_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"bytes")
    stored = store_file(tmp_path / "a.pdf", tmp_path / "files")
    assert isinstance(stored, StoredFile)
    archived_path(tmp_path / "files", stored.file_sha256).write_bytes(b"")
    assert store_file(tmp_path / "a.pdf", tmp_path / "files") == stored


def test_a_file_that_went_is_refused_in_the_words_of_the_system(tmp_path: Path) -> None:
    assert store_file(tmp_path / "gone.pdf", tmp_path / "files") == QuarantinedFile(
        "damaged_pdf", "No such file or directory"
    )


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"secret")

    def denied(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", denied)  # root may read everything, so a mode of 000 would not do
    assert store_file(tmp_path / "a.pdf", tmp_path / "files") == QuarantinedFile("damaged_pdf", "Permission denied")


def test_a_full_archive_is_no_fault_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"bytes")
    (tmp_path / "files").write_bytes(b"a file where the archive should be")
    with pytest.raises(OSError, match="files"):
        store_file(tmp_path / "a.pdf", tmp_path / "files")
