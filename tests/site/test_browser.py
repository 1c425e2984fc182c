"""Each kind of page in a browser: it works from a folder and over HTTP, by keyboard, and for those who can't see it."""

import csv
import datetime as dt
import io
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pipelines.commands.site import LOOPBACK, QuietHandler
from pipelines.site.pages import KINDS
from pipelines.warehouse.connection import open_warehouse
from tests.site.browser import NARROW, WIDE, opened_page

pytestmark = pytest.mark.slow

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "preload": False,  # it would fetch the style sheet, which a folder does not allow
}
OTHER_KINDS = (
    "search/index.html",
    "questions/index.html",
    "questions/01/index.html",
    "data/index.html",
    "data/dictionary/index.html",
    "data/dictionary/core.judgements/index.html",
)


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(sample_warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer((LOOPBACK, 0), partial(QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{LOOPBACK}:{server.server_port}"
    server.shutdown()
    server.server_close()


def one_of_each_kind(site: Path) -> list[str]:
    """The addresses of pages of each kind: of several the largest and the smallest. A redirect would move on."""
    patterns = {kind.address.replace("{page}", "*") for kind in KINDS if kind.template.endswith("html")}
    patterns = {pattern if pattern != "areas/*/index.html" else "areas/*/*/index.html" for pattern in patterns}
    found = [sorted(site.glob(pattern), key=lambda path: path.stat().st_size) for pattern in patterns]
    pages = sorted({str(path.relative_to(site)) for of_kind in found for path in (of_kind[0], of_kind[-1])})
    return [page for page in pages if not page.startswith("codes/")] + ["areas/care/index.html", *OTHER_KINDS]


def test_every_kind_of_page_works_from_a_folder_and_is_accessible(site: Path, browser: Browser) -> None:
    pages = one_of_each_kind(site)
    assert len(pages) > 18
    for address in pages:
        for width in (WIDE, NARROW):
            with opened_page(browser, site, address, width) as watched:
                page = watched.page
                found = Axe().run(page, options=WCAG).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (address, width)
                wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert wider == 0, (address, width)
                assert watched.complaints() == [], address


def test_every_kind_of_page_works_over_http(site: Path, served: str, browser: Browser) -> None:
    for address in one_of_each_kind(site):
        with opened_page(browser, served, address) as watched:
            assert watched.page.locator("h1").inner_text()
            assert watched.complaints() == [], address


def test_a_code_leads_to_its_authority(site: Path, browser: Browser) -> None:
    code = next(site.glob("codes/*/index.html"))
    with opened_page(browser, site, str(code.relative_to(site))) as watched:
        watched.page.wait_for_url("**/authorities/*/index.html")
        assert watched.complaints() == []


def counted(page: Page) -> dict[str, int]:
    """The counts beside the map."""
    rows = page.locator("#counts tbody tr")
    return {row.get_attribute("data-rank") or "": int(row.locator("td").inner_text()) for row in rows.all()}


def test_the_map_is_moved_by_keyboard_and_its_address_restores_it(site: Path, browser: Browser) -> None:
    with opened_page(browser, site, "index.html") as watched:
        page = watched.page
        now, latest = page.locator("#finding").inner_text(), page.input_value("#date")
        page.focus("#slider")
        for _ in range(3):
            page.keyboard.press("ArrowLeft")
        then, day = page.locator("#finding").inner_text(), page.input_value("#date")
        assert day < latest
        assert then != now
        assert str(page.get_attribute("#slider", "aria-valuetext")) in then
        page.select_option("#area", "care")
        counts, state = counted(page), page.evaluate("location.hash")
        assert state == f"#care@{day}"
    with opened_page(browser, site, f"index.html{state}") as watched:
        assert watched.page.input_value("#area") == "care"
        assert watched.page.input_value("#date") == day
        assert counted(watched.page) == counts
        assert watched.complaints() == []


def test_the_map_counts_as_the_macro_does_on_any_day(
    site: Path, browser: Browser, connection: duckdb.DuckDBPyConnection
) -> None:
    first, last = connection.execute(
        "select min(start_date), max(published_date) from marts.full_inspections"
    ).fetchall()[0]
    days = [first + dt.timedelta(days=n) for n in range(40, (last - first).days, 61)]
    days += [day for (day,) in connection.execute("from core.reference_dates select reference_date").fetchall()]
    rule = "day => standing(day).map(one => one && one[3])"
    with opened_page(browser, site, "index.html") as watched:
        page = watched.page
        page.evaluate("window.standing = judgements.standing")
        names = page.evaluate("RECORD.authorities.map(one => one[7])")
        areas = [area.replace("-", "_") for area, _ in page.evaluate("RECORD.areas")]
        for day in (day for day in days if day <= last):
            found = {
                (names[number], area): mark
                for number, marks in enumerate(page.evaluate(rule, str(day)))
                for area, mark in zip(areas, marks or "", strict=False)
                if mark != "-"
            }
            asked = (
                "select authority_id, area_code, coalesce(grade_rank, 0)::varchar from as_at($day) join core.areas a"
            )
            asked += " using (area_code) where a.is_overall or a.is_service"
            expected = {(name, area): rank for name, area, rank in connection.execute(asked, {"day": day}).fetchall()}
            assert found == expected, day


def test_an_authority_is_found_by_a_part_of_its_name(site: Path, browser: Browser) -> None:
    authority = next(site.glob("authorities/*/index.html")).parent.name
    with opened_page(browser, site, "index.html") as watched:
        page = watched.page
        page.fill("#authority", "no such place")
        page.keyboard.press("Enter")
        assert "no such place" in page.locator("#find-says").inner_text()
        wrong = authority.replace("a", "e", 1).replace("o", "u", 1)
        page.fill("#authority", wrong)
        page.keyboard.press("Enter")
        assert page.locator("#find-says a").count() > 0
        page.fill("#authority", authority[:-1].replace("-", " ").upper())
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/authorities/{authority}/index.html")
        assert watched.complaints() == []


def test_authorities_are_compared_with_their_neighbours_at_an_address(site: Path, browser: Browser) -> None:
    with opened_page(browser, site, "compare/index.html") as watched:
        page = watched.page
        page.fill("#add", page.evaluate("RECORD.authorities[0][0]"))
        page.keyboard.press("Enter")
        assert page.locator("#compared tbody tr").count() == 1
        page.click("#add-neighbours")
        n = page.locator("#compared tbody tr").count()
        assert n == 1 + page.evaluate("RECORD.authorities[0][6].length")
        page.fill("#date", "2024-03-31")
        page.dispatch_event("#date", "change")
        page.locator("#compared tbody tr button").last.click()
        state, rows = page.evaluate("location.hash"), page.locator("#compared tbody").inner_text()
    with opened_page(browser, site, f"compare/index.html{state}") as watched:
        assert watched.page.locator("#compared tbody").inner_text() == rows
        assert watched.page.locator("#compared tbody tr").count() == n - 1
        assert watched.page.input_value("#date") == "2024-03-31"
        assert watched.complaints() == []


def test_a_table_is_downloaded_as_csv_and_filtered_by_words(site: Path, browser: Browser) -> None:
    with opened_page(browser, site, "authorities/index.html") as watched:
        page = watched.page
        name = page.locator("#authorities tbody th").first.inner_text()
        page.fill("#filter", name)
        with page.expect_download() as download:
            page.locator("button", has_text="Download as CSV").first.click()
        text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert [row[0] for row in rows[1:]] == [name]
        assert rows[0][:2] == ["Authority", "Region"]
        assert watched.complaints() == []


def column(page: Page, heading: str) -> list[str]:
    """The words of a column of the page's first table, from top to bottom."""
    table = page.locator("main table").first
    at = table.locator("thead th").all_inner_texts().index(heading)
    return table.locator(f"tbody tr > :nth-child({at + 1})").all_inner_texts()


def as_day(text: str) -> float:
    return dt.datetime.strptime(text, "%d %B %Y").replace(tzinfo=dt.UTC).timestamp()


@pytest.mark.parametrize(
    ("address", "heading", "key"),
    [
        ("authorities/index.html", "Inspected", as_day),
        ("authorities/index.html", "Care", ["Outstanding", "Good", "Requires improvement", "Inadequate"].index),
        ("authorities/index.html", "Authority", str.lower),
        ("areas/care/index.html", "With a grade", float),
        ("areas/care/index.html", "On", as_day),
    ],
)
def test_a_long_table_is_sorted_by_a_heading(
    site: Path, browser: Browser, address: str, heading: str, key: Callable[[str], float | str]
) -> None:
    with opened_page(browser, site, address) as watched:
        page, table = watched.page, watched.page.locator("main table").first
        words, place = column(page, heading), table.bounding_box()
        known = [one for one in words if one and not one.startswith("Not judged")]
        assert len(set(known)) > 2
        button = table.locator("thead").get_by_role("button", name=heading, exact=True)
        button.focus()
        for direction in ("ascending", "descending"):
            page.keyboard.press("Enter")
            assert table.locator(f"[aria-sort={direction}]").all_inner_texts() == [heading]
            assert table.locator("[aria-sort]").count() == 1
            found = column(page, heading)
            assert found[: len(known)] == sorted(known, key=key, reverse=direction == "descending")
            assert sorted(found) == sorted(words)
        assert table.bounding_box() == place
        assert watched.complaints() == []


def test_short_tables_are_not_sorted_and_print_keeps_headings(site: Path, browser: Browser) -> None:
    with opened_page(browser, site, "authorities/index.html") as watched:
        watched.page.emulate_media(media="print")
        assert watched.page.locator("#authorities thead button").first.is_visible()
        tables = watched.page.locator("main table").all()
        assert {one.locator("tbody tr").count() > 10 for one in tables} == {True, False}
        for one in tables:
            assert (one.locator("thead button").count() > 0) == (one.locator("tbody tr").count() > 10)


def test_print_opens_what_is_folded(site: Path, browser: Browser) -> None:
    page_of = max(site.glob("authorities/*/index.html"), key=lambda path: path.stat().st_size)
    with opened_page(browser, site, str(page_of.relative_to(site))) as watched:
        assert watched.page.locator("details:not([open])").count() > 0
        watched.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert watched.page.locator("details:not([open])").count() == 0


def test_pages_say_the_same_without_their_script(site: Path, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "index.html").resolve().as_uri())
        assert page.locator(".tile").count() > 10
        assert not page.locator("#slider").is_visible()
        page.goto((site / "compare" / "index.html").resolve().as_uri())
        assert page.locator(".no-script").is_visible()
