"""What tests of fetching share: a small site on loopback, and an archive that is filled from it."""

import datetime as dt
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from pipelines.archive.ingest import IngestCounts, ingest
from pipelines.archive.ledger import Ledger
from pipelines.archive.remembered import ListingCounts
from pipelines.archive.store import archived_path
from pipelines.sources.named import source_named
from pipelines.sources.ofsted.addresses import SiteAddresses
from pipelines.sources.published import ArchivedReport, Listing
from tests.sources.ofsted.site import OfstedSite, Published

READ = tuple(tomllib.loads((files("pipelines.sources.ofsted") / "labels.toml").read_text("utf-8"))["read"])
"""The labels of what is read, inspections first."""
INSPECTION = "children's services inspection"
UNREAD = "area send monitoring inspection"
NOW = dt.datetime(2026, 7, 1, 12)  # noqa: DTZ001 the ledger's times are UTC without a zone


def small_world() -> list[Published]:
    """Twelve authorities with two publications each, among them all kinds that are read, and one that is not read.

    Their files are PDFs by their first bytes only.
    """
    published = []
    for number in range(12):
        urn, name = str(80_400 + number), f"Authority {number}"
        for year, label in ((2019, READ[number % len(READ)]), (2023, INSPECTION)):
            file_id = f"{year}{number:02}"
            content = b"%PDF-1.4 " + f"{name} in {year}".encode() + b" " * 400
            published.append(Published(urn, name, label, dt.date(year, 3, 1), file_id, content))
    return [*published, Published("80400", "Authority 0", UNREAD, dt.date(2021, 3, 1), "99", b"%PDF-1.4")]


class Archive:
    """A folder that holds what was listed and fetched from a site; no warehouse is built of it."""

    def __init__(self, raw: Path, site: OfstedSite, **limits: object) -> None:
        self.raw, self.site = raw, site
        self.files = raw / "files"
        self.ledger = raw / "ledger.sqlite"
        self.limits = site.limits(**limits)
        self.now = NOW

    def list_site(
        self,
        *,
        accept_shrunken: bool = False,
        only: str | None = None,
        limit: int | None = None,
        progress: Callable[[int, int], None] = lambda n_done, n_in_all: None,
    ) -> tuple[Listing, ListingCounts]:
        """List the site and make that the current listing."""
        source = source_named("ofsted", self.raw, self.limits, self._addresses())
        with Ledger.open(self.ledger) as ledger:
            whole = source.list(ledger.remembered_site("ofsted"), accept_shrunken, progress)
            listing = whole.narrowed(only, limit)
            return listing, ledger.record_listing(listing, self.now)

    def ingest(self, *, force: bool = False) -> IngestCounts:
        """Fetch what the current listing holds and is due."""
        source = source_named("ofsted", self.raw, self.limits, self._addresses())
        with Ledger.open(self.ledger) as ledger, source.fetcher(self.now) as fetcher:
            return ingest(ledger, self.files, fetcher, self.now, force)

    def fetch(self, *, accept_shrunken: bool = False) -> IngestCounts:
        """List the site and fetch what is due."""
        self.list_site(accept_shrunken=accept_shrunken)
        return self.ingest()

    def reports(self) -> dict[str, ArchivedReport]:
        """Each publication of the current listing with what it serves, by path. Every file is whole on the disk."""
        with Ledger.open(self.ledger) as ledger:
            archived = ledger.archived_reports()
        for one in archived:
            assert one.file_sha256 is None or archived_path(self.files, one.file_sha256).is_file()
        return {one.publication.source_path: one for one in archived}

    def served(self) -> dict[str, str | None]:
        """Which file each publication of the current listing serves, by path."""
        return {path: one.file_sha256 for path, one in self.reports().items()}

    def names(self) -> list[str]:
        """The names of all files in the archive; nothing half done is among them or beside them."""
        assert list(self.raw.rglob("*.part")) == []
        return sorted(path.name for path in self.files.rglob("*") if path.is_file())

    def rows(self, statement: str) -> list[sqlite3.Row]:
        """What the ledger's own tables hold."""
        with closing(sqlite3.connect(self.ledger)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(statement).fetchall()

    def paths(self, condition: str) -> list[str]:
        """The publications for which a condition holds."""
        rows = self.rows(f"select source_path from publications where {condition} order by 1")
        return [row["source_path"] for row in rows]

    def _addresses(self) -> SiteAddresses:
        return SiteAddresses(self.site.url, self.site.files_url)


@pytest.fixture
def site() -> Iterator[OfstedSite]:
    """The small site, running."""
    with OfstedSite(small_world()) as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path, site: OfstedSite) -> Archive:
    """An archive of which nothing was fetched yet."""
    return Archive(tmp_path / "data" / "raw", site)


@pytest.fixture(scope="session")
def fetched_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything of the small site in it. Copied before use."""
    with OfstedSite(small_world()) as running:
        filled = Archive(tmp_path_factory.mktemp("fetched") / "raw", running)
        assert len(filled.fetch().new) == 24
    return filled.raw


@pytest.fixture
def held(fetched_once: Path, archive: Archive) -> Archive:
    """An archive in which everything of the small site is held."""
    shutil.copytree(fetched_once, archive.raw)
    return archive
