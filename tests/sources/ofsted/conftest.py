"""What tests of fetching share: a small site on loopback, builds from it through the command line, and what is held."""

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from pipelines import cli, stages
from pipelines.archive.database import open_ledger
from pipelines.archive.intake import ArchivedCounts
from pipelines.archive.ledger import archived_reports
from pipelines.archive.store import archived_path
from pipelines.settings import Settings
from tests.sources.ofsted.site import OfstedSite, Published

INSPECTION = "children's services inspection"


def small_world() -> list[Published]:
    """Twelve authorities with two inspections each, and one letter. Their files are PDFs by their first bytes only."""
    published = []
    for number in range(12):
        urn, name = str(80_400 + number), f"Authority {number}"
        for year in (2019, 2023):
            file_id = f"{year}{number:02}"
            content = b"%PDF-1.4 " + f"{name} in {year}".encode() + b" " * 400
            published.append(Published(urn, name, INSPECTION, dt.date(year, 3, 1), file_id, content))
    letter = Published("80400", "Authority 0", "children's services focused visit", dt.date(2021, 3, 1), "99", b"%PDF-")
    return [*published, letter]


class Built(NamedTuple):
    """How a build through the command line ended."""

    exit_code: int
    summary: dict[str, Any]
    errors: str


Build = Callable[..., Built]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[OfstedSite]:
    """The small site, running, with the environment that leads a fetcher to it."""
    with OfstedSite(small_world()) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """`judgements build --source ofsted` into this test's data folder."""

    def run(*options: str) -> Built:
        source = [] if "--source" in options else ["--source", "ofsted"]
        words = ["build", *source, "--data", str(tmp_path / "data"), "--json", *options]
        result = CliRunner().invoke(cli.app, words, catch_exceptions=False)
        return Built(result.exit_code, json.loads(result.stdout) if result.stdout else {}, result.stderr)

    return run


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with everything of the small site in it. Copied before use."""
    data = tmp_path_factory.mktemp("built") / "data"
    with OfstedSite(small_world()) as running, pytest.MonkeyPatch.context() as monkeypatch:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        result = CliRunner().invoke(cli.app, ["build", "--source", "ofsted", "--data", str(data)])
    assert result.exit_code == 0, result.output
    return data


@pytest.fixture
def held(built_once: Path, tmp_path: Path) -> Settings:
    """This test's data folder, in which everything of the small site is held."""
    shutil.copytree(built_once, tmp_path / "data")
    return Settings(data=tmp_path / "data")


def fetch(settings: Settings) -> ArchivedCounts:
    """List the site and fetch what is due, and build nothing. Settings of the environment count as in a build."""
    now = Settings(data=settings.data)
    stages.list_reports(now, "ofsted")
    return stages.archive_reports(now)


def served(settings: Settings) -> dict[str, str | None]:
    """Which file each publication of the current listing serves, by path. Every one of them is whole on the disk."""
    with open_ledger(settings.ledger) as ledger:
        archived = archived_reports(ledger)
    for one in archived:
        assert one.file_sha256 is None or archived_path(settings.archive, one.file_sha256).is_file()
    return {one.publication.source_path: one.file_sha256 for one in archived}


def files_held(settings: Settings) -> list[str]:
    """The names of everything in the archive, which leaves no room for half a file."""
    return sorted(path.name for path in settings.archive.rglob("*") if path.is_file())
