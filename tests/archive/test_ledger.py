"""The ledger remembers which address served which file, and what is gone."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive.database import open_ledger, transaction
from pipelines.archive.intake import ArchivedCounts, take_in_listed
from pipelines.archive.ledger import archived_reports, current_listing, holdings, record_listing
from pipelines.archive.store import RefusedFile, StoredFile, store_file
from pipelines.sources.folder import list_folder

NOON = dt.datetime(2026, 7, 1, 12)  # noqa: DTZ001 the ledger's times are UTC without a zone


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "raw" / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.pdf").write_bytes(name.encode())
    return folder


def take_in(ledger: sqlite3.Connection, folder: Path, at: dt.datetime, force: bool = False) -> ArchivedCounts:
    record_listing(ledger, list_folder(folder, str(folder), None), at)
    return take_in_listed(ledger, folder.parent / "files", 100, at, force, lambda n_done, n_in_all: None)


def test_new_and_gone_publications_are_counted_and_gone_ones_leave_the_listing(
    ledger: sqlite3.Connection, folder: Path
) -> None:
    first = record_listing(ledger, list_folder(folder, "here", None), NOON)
    assert (first.n_published, first.n_new, first.n_gone) == (2, 2, 0)
    (folder / "a.pdf").unlink()
    (folder / "c.pdf").write_bytes(b"c")
    second = record_listing(ledger, list_folder(folder, "here", None), NOON)
    assert (second.n_published, second.n_new, second.n_gone) == (2, 1, 1)
    assert [holding.path.name for holding in holdings(ledger)] == ["b.pdf", "c.pdf"]


def test_a_narrowed_listing_takes_nothing_for_gone(ledger: sqlite3.Connection, folder: Path) -> None:
    whole = list_folder(folder, "here", None)
    record_listing(ledger, whole, NOON)
    assert record_listing(ledger, whole.narrowed("a.pdf", None), NOON).n_gone == 0
    assert record_listing(ledger, whole, NOON).n_new == 0
    (folder / "a.pdf").unlink()
    record_listing(ledger, whole.narrowed("a.pdf", None), NOON)
    assert record_listing(ledger, list_folder(folder, "here", None), NOON).n_gone == 1


def test_sources_do_not_mix(ledger: sqlite3.Connection, folder: Path) -> None:
    record_listing(ledger, list_folder(folder, "here", None), NOON)
    record_listing(ledger, list_folder(folder, "there", folder), NOON)
    listing = current_listing(ledger)
    assert listing is not None
    assert (listing.source, listing.reference) == ("there", folder)
    assert len(holdings(ledger)) == 2


def test_an_address_that_serves_another_file_keeps_both_and_the_last_counts(
    ledger: sqlite3.Connection, folder: Path
) -> None:
    take_in(ledger, folder, NOON)
    first = archived_reports(ledger)[0]
    (folder / "a.pdf").write_bytes(b"corrected")
    assert take_in(ledger, folder, NOON + dt.timedelta(days=1)).n_changed == 1
    second = archived_reports(ledger)[0]
    assert second.file_sha256 != first.file_sha256
    assert second.first_seen_at == NOON + dt.timedelta(days=1)
    assert ledger.execute("select count(*) from servings").fetchone()[0] == 3
    (folder / "a.pdf").write_bytes(b"a")
    take_in(ledger, folder, NOON + dt.timedelta(days=2))
    assert archived_reports(ledger)[0] == first


def test_a_refused_file_has_its_reason_until_it_can_be_had(ledger: sqlite3.Connection, folder: Path) -> None:
    (folder / "a.pdf").unlink()
    (folder / "a.pdf").symlink_to(folder / "a.pdf")
    assert take_in(ledger, folder, NOON).n_refused == 1
    refused = archived_reports(ledger)[0]
    assert (refused.file_sha256, refused.reason) == (None, "damaged_pdf")
    (folder / "a.pdf").unlink()
    (folder / "a.pdf").write_bytes(b"mended")
    take_in(ledger, folder, NOON)
    assert archived_reports(ledger)[0].file_sha256


def test_unchanged_files_are_not_opened_again_unless_forced_or_missing(
    ledger: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(ledger, folder, NOON)
    stored: list[str] = []

    def noted(path: Path, archive: Path, max_bytes: int) -> StoredFile | RefusedFile:
        stored.append(path.name)
        return store_file(path, archive, max_bytes)

    monkeypatch.setattr("pipelines.archive.intake.store_file", noted)
    take_in(ledger, folder, NOON)
    assert stored == []
    for path in (folder.parent / "files").rglob("*.pdf"):
        path.unlink()
        break
    take_in(ledger, folder, NOON)
    assert len(stored) == 1
    take_in(ledger, folder, NOON, force=True)
    assert len(stored) == 3


def test_what_fails_halfway_leaves_no_trace(ledger: sqlite3.Connection, folder: Path) -> None:
    record_listing(ledger, list_folder(folder, "here", None), NOON)

    def interrupted() -> None:
        with transaction(ledger):
            ledger.execute("delete from publications")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(holdings(ledger)) == 2
