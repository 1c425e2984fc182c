"""The whole site of the sample as files: links, feeds, figures, and that the same warehouse gives the same bytes."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest
from lxml import etree, html

from pipelines.site.build import write_pages
from pipelines.site.writer import MANIFEST
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.questions import EXAMPLES
from pipelines.words import day
from tests.site.made import made_site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(sample_warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="module")
def as_built(sample_warehouse: Path, site: Path) -> tuple[Path, Path]:
    return sample_warehouse, site


@pytest.fixture(scope="module")
def altered(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A warehouse without an edition of statistics, where the inspection before each authority's latest is missing, and
    where some windows are over; and its site."""
    folder = tmp_path_factory.mktemp("altered")
    shutil.copy(sample_warehouse, folder / "altered.duckdb")
    (folder / "altered.duckdb").chmod(0o600)
    with duckdb.connect(str(folder / "altered.duckdb")) as connection:
        connection.execute("delete from official.editions")
        connection.execute(
            """insert into quality.coverage by name
               select authority_id, start_date - 300 as known_by_date, start_date - 1 as to_date, true as is_missing
               from marts.full_inspections where next_inspection_id is null"""
        )
        connection.execute(
            """update marts.next_inspection_windows set opens_date = opens_date - 1500,
               expected_date = expected_date - 1500, closes_date = closes_date - 1500"""
        )
    with open_warehouse(folder / "altered.duckdb") as connection:
        write_pages(connection, folder / "site")
    return folder / "altered.duckdb", folder / "site"


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
    for area, date, n_good, n_graded in expected:
        page = html.parse(site / "areas" / area / str(date) / "index.html").getroot()
        england = figures(page, "England")[0]
        assert (int(england[1]) + int(england[2]), int(england[5])) == (n_good, n_graded), (area, date)


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


def test_a_grade_is_held_since_the_first_of_the_inspections_that_gave_it(
    site: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    expected = connection.execute(
        """select a.authority_name, list((s.label, g.from_date, f.inspection_number = 1 and a.valid_from_date is null))
           from marts.grade_spells g
           join marts.full_inspections f using (inspection_id)
           join core.areas s using (area_code)
           join core.authorities a on a.authority_id = g.authority_id
           where g.end_reason = 'censored_open' and (s.is_overall or s.is_service) group by all"""
    ).fetchall()
    assert any(is_longer for _, spells in expected for *_, is_longer in spells)
    assert any(not is_longer for _, spells in expected for *_, is_longer in spells)
    for name, spells in expected:
        page = html.parse(site / "authorities" / name.lower().replace(" ", "-") / "index.html").getroot()
        shown = {row[0]: row[2] for row in figures(page, "Grades in force")}
        for label, date, is_longer in spells:
            assert shown[label] == (f"at least since {day(date)}" if is_longer else day(date)), (name, label)


def test_a_grade_is_not_held_across_an_inspection_that_is_missing(altered: tuple[Path, Path]) -> None:
    warehouse, site = altered
    with open_warehouse(warehouse) as connection:
        latest = connection.execute(
            """select authority_name, start_date from marts.full_inspections join core.authorities using (authority_id)
               where next_inspection_id is null and is_current"""
        ).fetchall()
    assert latest
    for name, start_date in latest:
        page = html.parse(site / "authorities" / name.lower().replace(" ", "-") / "index.html").getroot()
        shown = {row[2] for row in figures(page, "Grades in force")} - {""}
        assert shown == {f"at least since {day(start_date)}"}, name


@pytest.mark.parametrize("is_of_an_old_record", [False, True])
def test_the_next_inspection_is_that_of_the_mart_and_of_question_03(
    request: pytest.FixtureRequest, is_of_an_old_record: bool
) -> None:
    warehouse, site = request.getfixturevalue("altered" if is_of_an_old_record else "as_built")
    question = (EXAMPLES / "03_when_is_our_next_inspection_likely.sql").read_text()
    with open_warehouse(warehouse) as connection:
        windows = connection.execute(
            """select authority_name, opens_date, expected_date, closes_date, reference_date
               from marts.next_inspection_windows where expected_date is not null"""
        ).fetchall()
        assert any(closes < last for *_, closes, last in windows) == is_of_an_old_record
        for name, opens, expected, closes, last in windows:
            page = html.parse(site / "authorities" / name.lower().replace(" ", "-") / "index.html").getroot()
            said = page.xpath("string(//h2[starts-with(., 'When the next')]/following-sibling::p)")
            is_over = closes < last
            assert f"for {name} that {'was' if expected < last else 'is'} by {day(expected)}." in said
            assert (f"nine in ten had been by {day(closes)}" in said) == is_over
            assert (f"One in ten was by {day(opens)}, nine in ten by {day(closes)}" in said) != is_over
            asked = question.replace("'Greenwich'", f"'{name}'")
            rows = connection.execute(f"select by_those_inspected_again from ({asked}) order by share_inspected")
            assert [date for (date,) in rows.fetchall()] == [opens, expected, closes]


def test_a_page_with_a_feed_says_how_to_follow_it(site: Path) -> None:
    beside = [path.with_name("index.html") for path in site.rglob("feed.xml")]
    for path in beside:
        note = html.parse(path).xpath("string(//p[a/@href='feed.xml'])")
        assert "copy the address of this feed" in note, path
        assert "once the site is on a web server" in note, path


def test_the_front_page_names_statistics_only_where_there_are_some(site: Path, altered: tuple[Path, Path]) -> None:
    lead = html.parse(site / "index.html").xpath("string(//p[@class='lead'])")
    assert "full inspections of children’s services in England since November 2013," in lead
    assert "reports and letters and from Ofsted’s own statistics. Reports published" in lead
    lead = html.parse(altered[1] / "index.html").xpath("string(//p[@class='lead'])")
    assert "reports and letters. Reports published" in lead


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


@pytest.mark.slow
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


@pytest.mark.slow
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
