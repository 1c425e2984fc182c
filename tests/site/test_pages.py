"""The whole site of the sample as files: links, feeds, figures, and that the same warehouse gives the same bytes."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest
from lxml import etree, html

from pipelines.site.writer import MANIFEST
from pipelines.warehouse.connection import open_warehouse
from tests.site.made import made_site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(sample_warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}


def figures(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """The body of the table whose caption begins so, as words."""
    table = next(one for one in page.iter("table") if one.findtext("caption", "").startswith(caption))
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.iterfind("tbody/tr")]


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, html.HtmlElement]) -> None:
    anchors = {path.resolve(): set(page.xpath("//@id")) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for address in {str(one) for one in page.xpath("//@href | //@src")}:
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "data"), f"{path}: {address}"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            is_state = target.parent.name == "compare"  # its hash is what was chosen
            if not target.is_file() or (parts.fragment and not is_state and parts.fragment not in anchors[target]):
                broken.append(f"{path.relative_to(site)}: {address}")
            assert target.is_relative_to(site.resolve())
    assert len(pages) > 400
    assert broken == []


def test_every_paragraph_has_its_anchor(site: Path, connection: duckdb.DuckDBPyConnection) -> None:
    expected = connection.execute("select report_id, list(paragraph_id) from core.paragraphs group by all").fetchall()
    for report_id, paragraph_ids in expected:
        page = html.parse(site / "reports" / report_id / "index.html")
        anchors = {f"{report_id}-{anchor.replace('-', '')}" for anchor in page.xpath("//p/@id") if anchor[:2] == "p-"}
        assert anchors == set(paragraph_ids)


def test_names_of_pages_are_unique_and_no_id_occurs_twice(pages: dict[Path, html.HtmlElement]) -> None:
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert len(page.xpath("//h1")) == 1, path
        assert page.findtext(".//title"), path


def test_nothing_is_asked_of_another_site(pages: dict[Path, html.HtmlElement]) -> None:
    loaded = "//script/@src | //link[@rel='stylesheet']/@href | //img/@src | //iframe/@src | //@srcset"
    assert [one for page in pages.values() for one in page.xpath(loaded) if urlsplit(one).netloc] == []


def test_the_sample_says_on_every_page_that_it_is_invented(pages: dict[Path, html.HtmlElement], site: Path) -> None:
    framed = [page for path, page in pages.items() if path.relative_to(site).parts[0] != "codes"]
    assert all(page.xpath("//p[@class='invented']") for page in framed)


def test_shares_are_those_of_the_macro(site: Path, connection: duckdb.DuckDBPyConnection) -> None:
    asked = """
        select replace(area_code, '_', '-'), d.reference_date,
            count(*) filter (where g.grade_rank <= 2), count(g.grade_rank)
        from core.reference_dates d, as_at(d.reference_date) g
        join core.areas a using (area_code)
        where (a.is_overall or a.is_service) and d.reference_date <= (select max(published_date) from core.inspections)
        group by all"""
    expected = connection.execute(asked).fetchall()
    assert expected
    for area, day, n_good, n_graded in expected:
        page = html.parse(site / "areas" / area / str(day) / "index.html").getroot()
        england = figures(page, "England")[0]
        assert (int(england[1]) + int(england[2]), int(england[5])) == (n_good, n_graded), (area, day)


def test_grades_of_an_authority_are_those_in_force(site: Path, connection: duckdb.DuckDBPyConnection) -> None:
    expected = connection.execute(
        "select authority_name, list((s.label, replace(g.label, ' to be good', '')) order by s.sort_order)"
        " from marts.latest_judgements j join core.areas s using (area_code) join core.grades g using (grade)"
        " where (s.is_overall or s.is_service) and j.grade_rank is not null group by all"
    ).fetchall()
    assert expected
    for name, grades in expected:
        page = html.parse(site / "authorities" / name.lower().replace(" ", "-") / "index.html").getroot()
        shown = {(row[0], row[1]) for row in figures(page, "Grades in force")}
        assert shown >= set(grades), name


def test_feeds_are_atom_with_a_sentence_an_entry(site: Path) -> None:
    feeds = sorted(site.rglob("feed.xml"))
    assert len(feeds) > 12
    for path in feeds:
        feed = etree.parse(str(path)).getroot()
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        for one in (feed, *entries):
            assert all(one.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")), path
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.findtext(f"{ATOM}updated"))
        ids = [one.findtext(f"{ATOM}id") for one in entries]
        assert len(ids) == len(set(ids))
        for link in feed.iter(f"{ATOM}link"):
            assert (path.parent / link.get("href")).resolve().is_file()
    everything = etree.parse(str(site / "new" / "feed.xml"))
    titles = [one.text for one in everything.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert any(re.search(r": .*\b(good|outstanding|improvement|inadequate) to ", title) for title in titles)


def test_the_timeline_of_an_authority_is_a_csv_without_formulas(site: Path) -> None:
    paths = sorted(site.glob("authorities/*/*.csv"))
    assert paths
    for path in paths:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows[0]["event_date"]
        assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values() if value)


def test_the_same_warehouse_gives_the_same_bytes_and_writes_nothing_twice(
    site: Path, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    again = made_site(connection, tmp_path / "again", site.parent)
    for path in site.rglob("*"):
        if path.is_file() and "data" not in path.relative_to(site).parts:
            other = again / path.relative_to(site)
            assert other.read_bytes() == path.read_bytes(), path
            assert other.name == MANIFEST or other.samefile(path), path
    assert json.loads((again / MANIFEST).read_text()) == json.loads((site / MANIFEST).read_text())


def test_two_sites_made_from_nothing_are_equal(
    site: Path, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    anew = made_site(connection, tmp_path / "anew")
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(anew) for path in anew.rglob("*") if path.is_file()}
    for path in files:
        if path.parts[0] != "data":
            assert (anew / path).read_bytes() == (site / path).read_bytes(), path
            assert not (anew / path).samefile(site / path)


def test_a_page_that_was_altered_is_made_again(
    site: Path, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    before = made_site(connection, tmp_path / "before", site.parent)
    page = before / "regions" / "index.html"
    right = page.read_bytes()
    page.unlink()
    page.write_text("somebody wrote this")
    again = made_site(connection, tmp_path / "again", before.parent)
    assert (again / "regions" / "index.html").read_bytes() == right
