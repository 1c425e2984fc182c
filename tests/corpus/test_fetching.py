"""The real catalogue and files, served on loopback in the site's own markup, arrive whole, once, and only when new.

Belongs here: fetching what Ofsted has really published. Runs where the shared reports lie beside the repository, as
`../shared/reports`; skips otherwise.
"""

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive.database import open_ledger
from pipelines.archive.ledger import archived_reports
from pipelines.archive.store import archived_path
from pipelines.build import stages
from pipelines.settings import Settings
from pipelines.sources.published import ArchivedReport
from tests.sources.ofsted.conftest import fetch
from tests.sources.ofsted.site import OfstedSite, faults_at_random, from_catalogue

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
if not (REPORTS / "catalogue.csv").is_file():
    pytest.skip("no real reports in ../shared/reports beside the repository", allow_module_level=True)

pytestmark = pytest.mark.corpus

N_REPORTS = 261
N_FILES = 260
"""One page for missing reports stands under two addresses."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[OfstedSite]:
    with OfstedSite(from_catalogue(REPORTS / "catalogue.csv", REPORTS)) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


def archived(settings: Settings) -> tuple[ArchivedReport, ...]:
    with open_ledger(settings.ledger) as ledger:
        return archived_reports(ledger)


def known_of(reports: tuple[ArchivedReport, ...]) -> set[tuple[object, ...]]:
    """All that a warehouse is built from, less the path at the source and the time."""
    return {
        (
            one.publication.source_url,
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


def test_every_file_arrives_byte_for_byte_once_and_politely(
    site: OfstedSite, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGEMENTS_REQUESTS_PER_SECOND", "200")
    assert len(fetch(settings).new) == N_REPORTS
    wanted = {hashlib.sha256(one.content or b"").hexdigest() for one in site.published if "children's" in one.label}
    assert {path.stem for path in settings.archive.rglob("*.pdf")} == wanted
    assert len(wanted) == N_FILES
    for sha256 in wanted:
        assert hashlib.sha256(archived_path(settings.archive, sha256).read_bytes()).hexdigest() == sha256
    times = [one.at for one in site.log]
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 1 / 200
    assert [site.asked(host=host)[0].kind for host in ("pages", "files")] == ["robots", "robots"]

    site.log.clear()
    assert len(fetch(settings).unchanged) == N_REPORTS
    assert site.bodies() == []

    directory = Settings(data=tmp_path / "from directory")
    stages.list_reports(directory, str(REPORTS / "childrens-services"))
    stages.archive_reports(directory)
    assert known_of(archived(settings)) == known_of(archived(directory))

    newest = next(one for one in site.published if one.file_id == "50306548")
    site.published.append(newest._replace(file_id="50999999", content=b"%PDF-1.7 new"))
    assert len(fetch(settings).new) == 1
    assert site.bodies() == ["/v1/file/50999999"]


def test_with_a_fifth_of_all_answers_broken_everything_is_there_after_three_runs(
    site: OfstedSite, settings: Settings
) -> None:
    site.at_random = faults_at_random(0.2, seed=26)
    for _run in range(3):
        fetched = fetch(settings)
    assert fetched.failed == ()
    assert len(archived(settings)) == N_REPORTS
    assert len(site.bodies()) == len(set(site.bodies())) == N_REPORTS
    for path in settings.archive.rglob("*"):
        assert path.is_dir() or hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    assert len(list(settings.archive.rglob("*.pdf"))) == N_FILES
