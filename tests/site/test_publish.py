"""The site as builds and commands leave it: kept where nothing changed, replaced whole, and never over other files."""

import shutil
import threading
import urllib.request
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.build.run import build
from pipelines.commands.site import HEADERS, LOOPBACK, QuietHandler
from pipelines.exports import EXPORTS, publish
from pipelines.settings import Settings
from pipelines.sources.published import Wanted

DOCS = Path(__file__).parents[2] / "docs"


def run(settings: Settings, source: Path | str, limit: int | None = None) -> Path:
    """Build with the site; returns it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "EXPORTS", EXPORTS)
        build(settings, Wanted(str(source), None, limit), lambda stage: lambda n_done, n_in_all: None)
    return settings.exports.resolve() / "site"


def judgements(*words: str, settings: Settings) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, [*words, "--data", str(settings.data)])
    return result.exit_code, result.output


def nodes(site: Path) -> dict[str, int]:
    """Each page, with what tells whether it was written anew."""
    return {str(path.relative_to(site)): path.stat().st_ino for path in site.rglob("*.html")}


@pytest.fixture(scope="module")
def two_of_three(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> tuple[Settings, Path, Path]:
    """A data folder built from three reports but one, the folder of these, and the third."""
    source = tmp_path_factory.mktemp("published") / "reports"
    shutil.copytree(three_reports, source)
    third = max(source.rglob("*.pdf"))
    waiting = third.rename(source.parent / third.name)
    settings = Settings(data=source.parent / "data", workers=1)
    run(settings, source)
    shutil.move(waiting, source.parent / "third.pdf")
    return settings, source, third


@pytest.mark.slow
def test_one_new_report_writes_only_the_pages_that_it_touches(two_of_three: tuple[Settings, Path, Path]) -> None:
    settings, source, third = two_of_three
    site = settings.exports.resolve() / "site"
    before = nodes(site)
    shutil.copy(source.parent / "third.pdf", third)
    after = nodes(run(settings, source))
    new = after.keys() - before.keys()
    assert any(page.startswith("reports/") for page in new)
    kept = {page for page in before if after.get(page) == before[page]}
    reports = {page for page in before if page.startswith(("reports/", "codes/"))}
    assert len(reports) > 10
    assert reports <= kept
    assert "about/method/index.html" not in kept  # it says how many inspections each framework has
    assert {page.split("/")[0] for page in after.keys() - kept} <= {
        *("about", "areas", "authorities", "compare", "data", "index.html", "new", "questions", "regions", "reports"),
        *("search", "visits"),
    }
    assert sum(page.startswith("authorities/") for page in after.keys() - kept) < len(after) / 10


@pytest.mark.slow
def test_a_page_that_was_altered_is_damage_and_made_again(two_of_three: tuple[Settings, Path, Path]) -> None:
    settings, source, _ = two_of_three
    page = run(settings, source) / "compare" / "index.html"
    right = page.read_bytes()
    page.write_bytes(right + b"<!-- altered -->")
    code, output = judgements("verify", settings=settings)
    assert code == 1
    assert "compare/index.html" in output
    assert (run(settings, source) / "compare" / "index.html").read_bytes() == right
    assert judgements("verify", settings=settings)[0] == 0


@pytest.mark.slow
def test_a_folder_of_ones_own_is_replaced_whole_and_nobody_elses(
    two_of_three: tuple[Settings, Path, Path], tmp_path: Path
) -> None:
    settings, source, _ = two_of_three
    run(settings, source)
    out = tmp_path / "www"
    code, output = judgements("site", "--out", str(out), settings=settings)
    assert (code, "0 as before" in output) == (0, True), output
    code, output = judgements("site", "--out", str(out), settings=settings)
    assert (code, " 0 files written" in output) == (0, True), output
    assert (out / "data" / "judgements.duckdb").samefile(settings.warehouse)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["www"]
    (out / "CNAME").write_text("judgements.example.org")
    code, output = judgements("site", "--out", str(out), settings=settings)
    assert (code, "CNAME" in output, (out / "CNAME").exists()) == (2, True, True)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.docx").write_text("years of work")
    code, output = judgements("site", "--out", str(mine), settings=settings)
    assert (code, "thesis.docx" in output) == (2, True)
    assert (mine / "thesis.docx").exists()


@pytest.mark.slow
def test_pages_of_the_sample_are_not_kept_for_real_reports(three_reports: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, workers=1)

    def said(site: Path) -> set[bool]:
        pages = (page.read_text("utf-8") for page in site.glob("*/**/*.html") if "codes" not in page.parts)
        return {"Everything here is invented" in page for page in pages}

    assert said(run(settings, "sample", limit=3)) == {True}
    assert said(run(settings, str(three_reports))) == {False}


def test_it_is_served_with_the_headers_that_the_docs_advise(two_of_three: tuple[Settings, Path, Path]) -> None:
    settings, source, _ = two_of_three
    handler = partial(QuietHandler, directory=str(run(settings, source)))
    with ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://{LOOPBACK}:{server.server_port}/") as answer:
            assert b"<h1" in answer.read()
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        server.shutdown()
    advised = (DOCS / "site.md").read_text("utf-8")
    assert all(f'{name} "{value}"' in advised for name, value in HEADERS.items())


def test_without_a_site_it_says_how_to_make_one(tmp_path: Path) -> None:
    code, output = judgements("serve", settings=Settings(data=tmp_path))
    assert (code, "judgements build" in output) == (1, True)
