"""The real catalogue and files, served on loopback in the site's own markup, arrive whole, once, and only when new.

Belongs here: fetching what Ofsted has really published. Runs where the shared reports lie beside the repository, as
`../shared/reports`; skips otherwise.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipelines.archive.ingest import ingest
from pipelines.archive.ledger import Ledger
from pipelines.archive.store import archived_path
from pipelines.sources.named import source_named
from pipelines.sources.ofsted.labels import why_unread
from pipelines.sources.published import ArchivedReport, RememberedSite
from tests.sources.ofsted.conftest import NOW, Archive
from tests.sources.ofsted.site import OfstedSite, from_catalogue
from tests.sources.ofsted.wrong_answers import faults_at_random

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
if not (REPORTS / "catalogue.csv").is_file():
    pytest.skip("no real reports in ../shared/reports beside the repository", allow_module_level=True)

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

with (REPORTS / "catalogue.csv").open(encoding="utf-8-sig", newline="") as _file:
    ADDRESSES = frozenset(row["source_url"] for row in csv.DictReader(_file))
"""Of visits none is known: the site makes one up."""
N_REPORTS = 509
N_FILES = 508
"""One page for missing reports stands under two addresses."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with OfstedSite(from_catalogue(REPORTS / "catalogue.csv", REPORTS)) as site:
        yield Archive(tmp_path / "raw", site)


def from_directory(raw: Path) -> Iterable[ArchivedReport]:
    """The same reports, taken in from the directory."""
    source = source_named(str(REPORTS), raw)
    with Ledger.open(raw / "ledger.sqlite") as ledger, source.fetcher(NOW) as fetcher:
        ledger.record_listing(source.list(RememberedSite(), False, lambda n_done, n_in_all: None), NOW)
        ingest(ledger, raw / "files", fetcher, NOW)
        return ledger.archived_reports()


def known_of(reports: Iterable[ArchivedReport]) -> set[tuple[object, ...]]:
    """All that a warehouse is built from, less the path at the source, the time, and the addresses made up here."""
    return {
        (
            one.publication.source_url if one.publication.source_url in ADDRESSES else None,
            one.publication.provider_urn,
            one.publication.authority_name,
            one.publication.label,
            one.publication.published_date,
            one.file_sha256,
            one.reason,
            one.detail,
        )
        for one in reports
    }


def test_every_file_arrives_byte_for_byte_once_and_within_the_rate_limit(archive: Archive, tmp_path: Path) -> None:
    site = archive.site
    archive.limits = site.limits(requests_per_second=200)
    assert len(archive.fetch().new) == N_REPORTS
    read = [one for one in site.published if why_unread(one.label) is None]
    wanted = {hashlib.sha256(one.content or b"").hexdigest() for one in read}
    assert {path.stem for path in archive.files.rglob("*.pdf")} == wanted
    assert len(wanted) == N_FILES
    for sha256 in wanted:
        assert hashlib.sha256(archived_path(archive.files, sha256).read_bytes()).hexdigest() == sha256
    # in all: between two of them a busy machine takes the first one late and the second at once
    assert site.log[-1].at - site.log[0].at >= (len(site.log) - 2) / 200
    assert [site.asked(host=host)[0].kind for host in ("pages", "files")] == ["robots", "robots"]

    site.log.clear()
    assert len(archive.fetch().unchanged) == N_REPORTS
    assert site.bodies() == []
    assert known_of(archive.reports().values()) == known_of(from_directory(tmp_path / "from directory"))

    newest = next(one for one in site.published if one.file_id == "50306548")
    site.published.append(newest._replace(file_id="50999999", content=b"%PDF-1.7 new"))
    assert len(archive.fetch().new) == 1
    assert site.bodies() == ["/v1/file/50999999"]


def test_with_a_fifth_of_all_answers_broken_everything_is_there_after_three_runs(archive: Archive) -> None:
    archive.site.at_random = faults_at_random(0.2, seed=26)
    for _run in range(3):
        archive.fetch()
    assert len(archive.reports()) == N_REPORTS, "a question about a file that is held may fail, and costs nothing"
    assert len(archive.site.bodies()) == len(set(archive.site.bodies())) == N_REPORTS
    for path in archive.files.rglob("*.pdf"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    assert len(archive.names()) == N_FILES
