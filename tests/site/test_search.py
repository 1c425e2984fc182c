"""The search page in a browser: it ranks and filters as `search_paragraphs`, and its address holds its state."""

import csv
import io
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import msgspec
import pytest
from playwright.sync_api import Browser, Page

from pipelines.parsing.facts import Paragraph, Section
from tests.histories import frames_of, parsed_report, publication, tables_in_file
from tests.site.browser import NARROW, Watched, opened_page
from tests.site.made import made_site

pytestmark = pytest.mark.slow

PAGE = "search/index.html"
QUERIES = [
    "drift",
    "PLANS",
    "children",
    "pathway plans",
    "private fostering arrangements",
    "the oversight of health assessments by reviewing officers",
    "'Dip' samples; (clear)!",
    "adopters’ assessments",
    "adopters' assessments",
    '"pathway plans"',
    "“Pathway  PLANS”",
    '"plans pathway"',
    '"front door" thresholds',
    '"front door" "early help"',
    '"the front door"',
    '"of the"',
    '"drift is rare"',
    '"well being"',
    '"wellbeing is kept"',
    '"life story library"',
    "well-being",
    "wellbeing",
    "well being",
    "life-story",
    "lifestory",
    '"lifestory work"',
    '"life story work"',
    '"wellbeing of children"',
    '"well being is kept"',
    '"multi agency"',
    "Multi‑agency response",
    "return-home -late",
    "decision-making swift",
    "plans-pathway",
    "the-plans",
    "plans -drift",
    "plans NOT drift",
    'plans -"pathway plans"',
    "plans -well-being",
    "-plans",
    "plans - drift",
    "superv",
    "drif",
    "dri",
    "xyzzy",
    "xyzzy plans",
    '"xyzzy plans"',
    "the of and",
    "a 1 section 47",
    "plans OR drift AND rare",
    'plans "drift',
    "Sandhu-Lake Ünaccompanied",
    "",
]
FILTERED: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": ["focused_visit"]}, "activity_kind := 'focused_visit'", "true"),
    ({"kind": ["jtai", "area_send"]}, "", "activity_kind in ('jtai', 'area_send')"),
    ({"theme": ["front_door"]}, "theme := 'front_door'", "true"),
    ({"area": ["care_leavers"]}, "section := 'care_leavers'", "true"),
    ({"grade": ["good"]}, "grade := 'good'", "true"),
    ({"grade": ["good", "outstanding"]}, "", "section_grade in ('good', 'outstanding')"),
    ({"authority-grade": ["inadequate"]}, "", "overall_grade = 'inadequate'"),
    ({"region": ["south-east"]}, "", "region_name = 'South East'"),
    ({"since": "2018-03-01", "until": "2022-12-31"}, "from_date := '2018-03-01', to_date := '2022-12-31'", "true"),
    ({"grade": ["inadequate"], "authority-grade": ["inadequate"], "allWords": True}, "all_words := true",
     "section_grade = 'inadequate' and overall_grade = 'inadequate'"),
]  # fmt: skip


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # one thread: fractions are added up in one order
    with duckdb.connect(str(sample_warehouse), read_only=True, config={"threads": 1}) as opened:
        yield opened


@pytest.fixture(scope="module")
def search(site: Path, browser: Browser) -> Iterator[Callable[..., list[tuple[str, float]]]]:
    """The engine without the page's form: ids and scores in their order."""
    asked = """async ([query, filters]) => {
        window.opened = window.opened || await openSearchIndex("./");
        const found = await window.opened.search(query, filters);
        return found.rows.map((row, at) => [window.opened.idOf(row), found.scores[at]]);
    }"""
    with opened_page(browser, site, PAGE) as watched:
        yield lambda query, **filters: [tuple(one) for one in watched.page.evaluate(asked, [query, filters])]
        assert watched.complaints() == []


@pytest.fixture
def shown(site: Path, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open the page at a hash, and wait for its answer. What it complains of fails the test."""
    opened: list[Any] = []

    def show(state: str) -> Page:
        watching = opened_page(browser, site, PAGE + state)
        watched = watching.__enter__()
        opened.append((watching, watched))
        wait(watched.page)
        return watched.page

    yield show
    complaints = [complaint for _, watched in opened for complaint in watched.complaints()]
    for watching, _ in opened:
        watching.__exit__(None, None, None)
    assert complaints == []


def wait(page: Page, words: str = "") -> str:
    """What the page says of the answer, once it is there and has these words."""
    ready = """words => {
        const said = document.getElementById("search-status").textContent;
        const failed = document.getElementById("search-error").textContent;
        return (said && !said.endsWith("…") && said.includes(words)) || failed;
    }"""
    page.wait_for_function(ready, arg=words)
    return page.inner_text("#search-status")


@pytest.mark.parametrize("query", QUERIES)
def test_ranks_as_the_macro_does(
    connection: duckdb.DuckDBPyConnection, search: Callable[..., list[tuple[str, float]]], query: str
) -> None:
    for all_words in (False, True):
        asked = "select paragraph_id, score from search_paragraphs($query, all_words := $all_words)"
        expected = connection.execute(asked, {"query": query, "all_words": all_words}).fetchall()
        found = search(query, allWords=all_words)
        assert [paragraph_id for paragraph_id, _ in found] == [paragraph_id for paragraph_id, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=0.00051)


def test_most_of_the_queries_find_something(search: Callable[..., list[tuple[str, float]]]) -> None:
    assert sum(bool(search(query)) for query in QUERIES) > 35


@pytest.mark.parametrize(("filters", "parameters", "condition"), FILTERED)
def test_filters_as_the_macro_does(
    connection: duckdb.DuckDBPyConnection,
    search: Callable[..., list[tuple[str, float]]],
    filters: dict[str, Any],
    parameters: str,
    condition: str,
) -> None:
    named = f"'pathway plans drift'{', ' if parameters else ''}{parameters}"
    expected = connection.execute(
        f"select paragraph_id from search_paragraphs({named})"
        f" join marts.paragraphs m using (paragraph_id, activity_kind, region_name) where {condition}"
        " order by score desc, paragraph_id"
    ).fetchall()
    found = [paragraph_id for paragraph_id, _ in search("pathway plans drift", **filters)]
    assert sorted(found) == sorted(paragraph_id for (paragraph_id,) in expected)
    assert expected


def test_a_link_restores_the_search_and_the_back_button_the_one_before(
    connection: duckdb.DuckDBPyConnection, shown: Callable[[str], Page]
) -> None:
    page = shown("#q=pathway+plans&authority-grade=good&region=south-east&since=2016&until=31%2F12%2F2023")
    n_paragraphs, n_reports, n_authorities = connection.execute(
        "select count(*), count(distinct report_id), count(distinct m.authority_name)"
        " from search_paragraphs('pathway plans', from_date := '2016-01-01', to_date := '2023-12-31') s"
        " join marts.paragraphs m using (paragraph_id, report_id)"
        " where m.overall_grade = 'good' and m.region_name = 'South East'"
    ).fetchall()[0]
    assert n_paragraphs > 10
    told = page.inner_text("#search-status")
    assert told.startswith(f"{n_paragraphs:,} paragraphs in {n_reports} report")
    assert f" of {n_authorities} authorit" in told
    assert page.input_value("#search-q") == "pathway plans"
    assert page.is_checked("[name=authority-grade][value=good]")
    assert page.input_value("[name=region]") == "south-east"
    assert page.inner_text("summary") == "Filters: 4 in use"

    page.fill("#search-q", "drift")
    page.select_option("[name=region]", "")
    page.press("#search-q", "Enter")
    page.wait_for_function("location.hash.startsWith('#q=drift')")
    assert page.evaluate("location.hash") == "#q=drift&authority-grade=good&since=2016&until=31%2F12%2F2023"
    assert wait(page) != told
    page.go_back()
    assert wait(page, told) == told
    assert page.input_value("#search-q") == "pathway plans"


def test_a_result_has_its_place_its_grade_and_marks(
    connection: duckdb.DuckDBPyConnection, shown: Callable[[str], Page]
) -> None:
    page = shown("#q=%22pathway+plans%22+-drift&grade=good")
    best = connection.execute(
        "select paragraph_id, authority_name, heading, text"
        " from search_paragraphs('\"pathway plans\" -drift', grade := 'good') limit 11"
    ).fetchall()
    assert page.locator("#search-results li").count() == 10
    first = page.locator("#search-results li").first
    report_id, ordinal = best[0][0].split("-p")
    assert first.locator("a").get_attribute("href") == f"../reports/{report_id}/index.html#p-{ordinal}"
    assert first.locator("a").inner_text().startswith(f"{best[0][1]}: ")
    assert best[0][2] in first.locator(".search-about").inner_text()
    assert first.locator(".search-text").text_content() == best[0][3]
    assert {text.lower() for text in page.locator("mark").all_inner_texts()} == {"pathway plans"}
    page.click("#search-more")
    page.wait_for_function("document.querySelectorAll('#search-results li').length > 10")
    focused = page.locator("#search-results li:has(a:focus) .search-text")
    assert focused.text_content() == best[10][3]


def test_counts_beside_the_filters_are_under_the_other_filters(
    connection: duckdb.DuckDBPyConnection, shown: Callable[[str], Page]
) -> None:
    page = shown("#q=plans&grade=good&kind=full_inspection")
    told = {
        value: int(page.locator(f"label:has([name=grade][value={value}]) .search-tally").inner_text().replace(",", ""))
        for value in ("outstanding", "good", "inadequate")
    }
    expected = connection.execute(
        "select grade, count(*) from search_paragraphs('plans', activity_kind := 'full_inspection')"
        " where grade in ('outstanding', 'good', 'inadequate') group by grade"
    ).fetchall()
    assert told == dict(expected)
    assert page.inner_text("#search-status").startswith(f"{told['good']:,} paragraphs")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("#q=xyzzy", "No paragraph holds “xyzzy”"),
        ("#q=the+of", "There is no word to search for"),
        ("#q=plans+-drift+-plans", "left out by a minus"),
        ("#q=plans&kind=full_inspection&until=1999", "would be found without the filter “Until”"),
        ("#q=superv", "words that begin with it"),
        ("#q=plans+AND+drift", "AND and OR are passed over"),
        ("#q=quinquereme+plans&all-words=yes", "No paragraph holds “quinquereme”"),
    ],
)
def test_says_why_nothing_was_found_or_what_was_passed_over(
    shown: Callable[[str], Page], state: str, words: str
) -> None:
    assert words in shown(state).inner_text("#search-notes")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("#q=plans&since=20222", "“20222” is no date"),
        ("#q=plans&until=2022-02-30", "“2022-02-30” is no date"),
        ("#q=plans&grade=excellent", "asks for what there is not: grade=excellent"),
        ("#q=plans&colour=red", "asks for what there is not: colour=red"),
    ],
)
def test_what_an_address_can_not_ask_is_said(shown: Callable[[str], Page], state: str, words: str) -> None:
    page = shown(state)
    page.wait_for_selector("#search-error:not([hidden])")
    assert words in page.inner_text("#search-error")


def test_a_missing_shard_is_said_and_tried_again(site: Path, browser: Browser) -> None:
    with opened_page(browser, site, PAGE) as watched:
        aside = [shard.rename(shard.with_suffix(".aside")) for shard in site.glob("search/postings-*.js")]
        try:
            watched.page.evaluate("location.hash = '#q=plans'")
            watched.page.wait_for_selector("#search-error:not([hidden])")
            assert "could not be read (postings-" in watched.page.inner_text("#search-error")
        finally:
            for shard in aside:
                shard.rename(shard.with_suffix(".js"))
        watched.page.click("button >> text=Search >> nth=0")
        assert wait(watched.page)
        assert watched.requests_elsewhere == []


def downloaded(page: Page) -> list[dict[str, str]]:
    """The rows of the CSV that the button gives."""
    with page.expect_download() as download:
        page.click("#search-csv")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_csv_has_every_paragraph_found(connection: duckdb.DuckDBPyConnection, shown: Callable[[str], Page]) -> None:
    rows = downloaded(shown("#q=pathway+plans&grade=outstanding"))
    asked = connection.execute("from search_paragraphs('pathway plans', grade := 'outstanding')")
    columns = [column[0] for column in asked.description or ()]
    answer = [dict(zip(columns, row, strict=True)) for row in asked.fetchall()]
    expected = [{name: "" if value is None else str(value) for name, value in row.items()} for row in answer]
    assert len(expected) > 20
    grades = dict(connection.execute("select paragraph_id, overall_grade from marts.paragraphs").fetchall())
    assert all(row.pop("overall_grade") == (grades[row["paragraph_id"]] or "") for row in rows)
    scores = [[float(row.pop("score")) for row in table] for table in (rows, expected)]
    assert rows == expected
    assert scores[0] == pytest.approx(scores[1], abs=0.0011)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Path]:
    """A site of one report whose text would be a formula in a spreadsheet, or markup in a page."""
    markup = "<img src=x onerror=alert(1)> quinquereme</script>"
    yield from site_saying(tmp_path, '=HYPERLINK("x"), a quinquereme', markup, "Café quinquere\u0301me")


@pytest.fixture
def spelt(tmp_path: Path) -> Iterator[Path]:
    """A site of one report that writes a word in three ways."""
    yield from site_saying(tmp_path, "Wellbeing is kept.", "Their well-being, too.", "The well being of all.")


def site_saying(tmp_path: Path, *texts: str) -> Iterator[Path]:
    report = msgspec.structs.replace(
        parsed_report("a", "Barnet"),
        sections=(Section(1, "<b>Leaders</b>", 1, "authority", "leaders", "good", 1),),
        paragraphs=tuple(Paragraph(n, 1, n, "numbered", text, 1, 1) for n, text in enumerate(texts, start=1)),
        recommendations=(),
        lines=(),
    )
    with tables_in_file(frames_of([publication("a")], [report]), tmp_path / "judgements.duckdb") as connection:
        yield made_site(connection, tmp_path / "made")


def test_texts_are_neither_markup_nor_formulas(hostile: Path, browser: Browser) -> None:
    with opened_page(browser, hostile, PAGE + "#q=quinquereme") as watched:
        assert wait(watched.page) == "3 paragraphs in 1 report of 1 authority"
        assert watched.page.locator("#search-results img, #search-results b").count() == 0
        assert watched.page.locator("mark").all_inner_texts().count("quinquere\u0301me") == 1
        rows = downloaded(watched.page)
        assert sorted(row["text"][:12] for row in rows) == ["'=HYPERLINK(", "<img src=x o", "Café quinque"]
        assert watched.complaints() == []
    for page in (*hostile.glob("reports/*/*.html"), *hostile.glob("authorities/barnet/*.html")):
        with opened_page(browser, hostile, str(page.relative_to(hostile))) as watched:
            assert watched.page.locator("main img, main b").count() == 0
            assert watched.complaints() == []


@pytest.mark.parametrize("query", ["wellbeing", "well-being", '"wellbeing"', '"well being"', '"well-being"'])
def test_every_spelling_is_found_and_marked(spelt: Path, browser: Browser, query: str) -> None:
    with opened_page(browser, spelt, f"{PAGE}#q={quote(query)}") as watched:
        assert wait(watched.page) == "3 paragraphs in 1 report of 1 authority"
        assert set(watched.page.locator("mark").all_inner_texts()) == {"Wellbeing", "well-being", "well being"}
        assert watched.complaints() == []


def test_works_on_a_narrow_screen_and_by_keyboard(site: Path, browser: Browser) -> None:
    with opened_page(browser, site, PAGE, NARROW) as watched:
        page = watched.page
        page.focus("#search-q")
        page.keyboard.type("pathway plans")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert "paragraphs" in wait(page)
        page.focus("summary")
        page.keyboard.press("Enter")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
        small = """[...document.querySelectorAll("button, input, select, summary, #search-clear")].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.width < 24 || box.height < 24);
        }).map((one) => one.outerHTML)"""
        assert page.evaluate(small) == []
        assert watched.complaints() == []


def test_works_from_a_web_server_too(site: Path, browser: Browser) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            with opened_page(browser, address, PAGE + "#q=%22pathway+plans%22") as watched:
                assert isinstance(watched, Watched)
                assert "paragraphs" in wait(watched.page)
                assert watched.complaints() == []
        finally:
            server.shutdown()
