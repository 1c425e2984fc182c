"""The ledger remembers what was listed, which publication served which file, and what is gone."""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from pipelines.archive.ingest import IngestCounts, ingest
from pipelines.archive.ledger import Ledger
from pipelines.archive.ledger_file import LedgerError
from pipelines.archive.remembered import PublishedBuild
from pipelines.archive.store import StoredFile, store_file
from pipelines.sources.folder import list_folder
from pipelines.sources.named import source_named
from pipelines.sources.published import QuarantinedFile, RememberedSite

NOON = dt.datetime(2026, 7, 1, 12)  # noqa: DTZ001 the ledger's times are UTC without a zone


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "raw" / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.pdf").write_bytes(name.encode())
    return folder


def take_in(ledger: Ledger, folder: Path, at: dt.datetime, force: bool = False) -> IngestCounts:
    source = source_named(str(folder), folder.parent / "raw", max_file_bytes=100)
    ledger.record_listing(source.list(RememberedSite(), False, lambda n_done, n_in_all: None), at)
    with source.fetcher(at) as fetcher:
        return ingest(ledger, folder.parent / "files", fetcher, at, force)


def last_seen(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder.parent / "raw" / "ledger.sqlite")) as database:
        return {at for (at,) in database.execute("select last_seen_at from file_versions where is_current")}


def test_new_and_gone_publications_are_counted_and_gone_ones_leave_the_listing(ledger: Ledger, folder: Path) -> None:
    first = ledger.record_listing(list_folder(folder, "here", None), NOON)
    assert (first.n_published, first.n_new, first.n_gone) == (2, 2, 0)
    (folder / "a.pdf").unlink()
    (folder / "c.pdf").write_bytes(b"c")
    second = ledger.record_listing(list_folder(folder, "here", None), NOON)
    assert (second.n_published, second.n_new, second.n_gone) == (2, 1, 1)
    assert [holding.location for holding in ledger.holdings()] == [str(folder / "b.pdf"), str(folder / "c.pdf")]


def test_the_first_ledgers_keep_what_they_hold(ledger: Ledger, folder: Path) -> None:
    take_in(ledger, folder, NOON)
    held = ledger.archived_reports()
    path = folder.parent / "raw" / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "drop view current_publications; drop index file_versions_key;"
            "alter table file_versions rename column file_version_id to serving_id;"
            "alter table file_versions rename to servings;"
            "create unique index servings_key on servings"
            " (publication_id, coalesce(file_sha256, ''), coalesce(reason, ''))"
        )
    with Ledger.open(path) as upgraded:
        assert len(held) == 2
        assert upgraded.archived_reports() == held


def test_a_ledger_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(LedgerError, match=r"ledger\.sqlite can't be used"), Ledger.open(tmp_path / "ledger.sqlite"):
        pass


def test_a_narrowed_listing_takes_nothing_for_gone(ledger: Ledger, folder: Path) -> None:
    whole = list_folder(folder, "here", None)
    ledger.record_listing(whole, NOON)
    assert ledger.record_listing(whole.narrowed("a.pdf", None), NOON).n_gone == 0
    assert ledger.record_listing(whole, NOON).n_new == 0
    (folder / "a.pdf").unlink()
    ledger.record_listing(whole.narrowed("a.pdf", None), NOON)
    assert ledger.record_listing(list_folder(folder, "here", None), NOON).n_gone == 1


def test_sources_do_not_mix(ledger: Ledger, folder: Path) -> None:
    assert (ledger.current_listing(), ledger.last_listed_at(), ledger.holdings()) == (None, None, ())
    ledger.record_listing(list_folder(folder, "here", None), NOON)
    ledger.record_listing(list_folder(folder, "there", folder), NOON)
    listing = ledger.current_listing()
    assert listing is not None
    assert (listing.source, listing.reference) == ("there", folder)
    assert ledger.last_listed_at() == NOON
    assert len(ledger.holdings()) == 2


def test_a_name_that_is_no_text_is_found_again(ledger: Ledger, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf")
    Path(path).write_bytes(b"a report")
    ledger.record_listing(list_folder(tmp_path, "here", None), NOON)
    assert [holding.location for holding in ledger.holdings()] == [path]


def test_an_address_that_serves_another_file_keeps_both_and_the_last_counts(ledger: Ledger, folder: Path) -> None:
    take_in(ledger, folder, NOON)
    first = ledger.archived_reports()[0]
    (folder / "a.pdf").write_bytes(b"corrected")
    assert len(take_in(ledger, folder, NOON + dt.timedelta(days=1)).changed) == 1
    second = ledger.archived_reports()[0]
    assert second.file_sha256 != first.file_sha256
    assert second.first_seen_at == NOON + dt.timedelta(days=1)
    with closing(sqlite3.connect(folder.parent / "raw" / "ledger.sqlite")) as database:
        assert database.execute("select count(*) from file_versions").fetchone() == (3,)
    (folder / "a.pdf").write_bytes(b"a")
    take_in(ledger, folder, NOON + dt.timedelta(days=2))
    assert ledger.archived_reports()[0] == structs.replace(first, earlier=(second.file_sha256,))


def test_a_refused_file_has_its_reason_until_it_can_be_taken_in(ledger: Ledger, folder: Path) -> None:
    (folder / "a.pdf").unlink()
    (folder / "a.pdf").symlink_to(folder / "a.pdf")
    assert len(take_in(ledger, folder, NOON).failed) == 1
    refused = ledger.archived_reports()[0]
    assert (refused.file_sha256, refused.reason) == (None, "damaged_pdf")
    (folder / "a.pdf").unlink()
    (folder / "a.pdf").write_bytes(b"mended")
    take_in(ledger, folder, NOON)
    assert ledger.archived_reports()[0].file_sha256


def test_unchanged_files_are_not_opened_again_unless_forced_or_missing(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(ledger, folder, NOON)
    stored: list[str] = []

    def noted(path: Path, archive: Path) -> StoredFile | QuarantinedFile:
        stored.append(path.name)
        return store_file(path, archive)

    monkeypatch.setattr("pipelines.archive.ingest.store_file", noted)
    later = NOON + dt.timedelta(days=1)
    assert len(take_in(ledger, folder, later).unchanged) == 2
    assert stored == []
    assert last_seen(folder) == {str(later)}
    min((folder.parent / "files").rglob("*.pdf")).unlink()
    take_in(ledger, folder, NOON)
    assert len(stored) == 1
    take_in(ledger, folder, NOON, force=True)
    assert len(stored) == 3


def test_a_write_that_fails_halfway_leaves_no_trace(ledger: Ledger, folder: Path) -> None:
    whole = list_folder(folder, "here", None)
    ledger.record_listing(whole, NOON)
    # Reports are read from the listing as they are written: here the second can't be.
    broken = whole.__class__("here", None, (whole.reports[0], None))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        ledger.record_listing(broken, NOON + dt.timedelta(days=1))
    assert ledger.last_listed_at() == NOON
    assert len(ledger.holdings()) == 2


def test_the_last_build_is_remembered(ledger: Ledger) -> None:
    assert ledger.last_build() is None
    builds = [PublishedBuild("here", "", inputs, "f", NOON) for inputs in ("a", "b")]
    for build in builds:
        ledger.record_build(build)
    assert ledger.last_build() == builds[-1]


def test_a_ledger_that_cannot_be_used_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(LedgerError, match="unable to open database file"), Ledger.open(tmp_path / "ledger.sqlite"):
        pass
