"""The markup of Ofsted's pages is read as it is, and what is not as expected is said."""

import datetime as dt
import multiprocessing
import resource
import sys
import time
from pathlib import Path

import pytest

from pipelines.sources.http.answers import Page
from pipelines.sources.ofsted.addresses import fetch_address, published_address
from pipelines.sources.ofsted.labels import NEVER_SEEN, split_label, why_unread
from pipelines.sources.ofsted.pages import (
    MAX_LINKS,
    Link,
    PageChangedError,
    is_not_found_page,
    read_provider_page,
    read_search_page,
)
from pipelines.sources.published import Provider
from tests.sources.ofsted.site import NOT_FOUND

SITE = "https://reports.ofsted.gov.uk"
FILES = "https://files.ofsted.gov.uk"
DAY = dt.date(2020, 1, 27)


def provider_page(*links: str) -> Page:
    return Page(f"{SITE}/provider/44/80495", f"<ol>{''.join(links)}</ol>")


def link(href: str, words: str = "children's services inspection, pdf - 27 January 2020") -> str:
    return f'<a class="publication-link" href="{href}" target="_blank"><span class="nonvisual">{words}</span></a>'


def test_search_results_are_providers_of_local_authority_services_only() -> None:
    html = """<ul><li><h3><a href="/provider/44/80495">Greenwich</a></h3></li>
      <li><h3 class="t"><a href=" https://reports.ofsted.gov.uk/provider/44/80504 ">  St Helens &amp;
        <b>District</b></a></h3></li>
      <li><h3><a href="/provider/16/1">A children's home</a></h3></li>
      <li><h3><a href="https://elsewhere.example/provider/44/2">Elsewhere</a></h3></li>
      <li><h3><a href="/provider/44/../../etc">Odd</a></h3></li>
      <li><a href="/provider/44/3">No heading</a></li></ul>"""
    assert read_search_page(Page(f"{SITE}/search?start=0", html), SITE) == (
        Provider("80495", "Greenwich"),
        Provider("80504", "St Helens & District"),
    )


@pytest.mark.parametrize(
    "href",
    [
        "https://files.ofsted.gov.uk/v1/file/50143588",
        "https://files.api.ofsted.gov.uk/v1/file/50143588",
        "//files.ofsted.gov.uk/v1/file/50143588/",
        "http://127.0.0.1:8080/mirror/v1/file/50143588",
    ],
)
def test_a_file_is_known_by_its_digits_whichever_host_names_it(href: str) -> None:
    page = read_provider_page(provider_page(link(href)), "http://127.0.0.1:8080/mirror")
    assert page.links == (Link("50143588", "children's services inspection", DAY),)
    assert fetch_address("http://127.0.0.1:8080/mirror", published_address("50143588")) == (
        "http://127.0.0.1:8080/mirror/v1/file/50143588"
    )


@pytest.mark.parametrize(
    "href",
    [
        "https://elsewhere.example/v1/file/1",
        "https://files.ofsted.gov.uk.elsewhere.example/v1/file/1",
        "https://files.ofsted.gov.uk/v1/file/../../etc/passwd",
        "https://files.ofsted.gov.uk/v1/file/1%2e%2e",
        "https://files.ofsted.gov.uk/v1/file/١٢",
        "javascript:alert(1)",
        "http://[bad/v1/file/1",
        "",
    ],
)
def test_any_other_link_is_named_and_not_taken_for_a_file(href: str) -> None:
    good = link(f"{FILES}/v1/file/7")
    page = read_provider_page(provider_page(good, link(href)), FILES)
    assert [one.file_id for one in page.links] == ["7"]
    assert repr(href) in page.odd[0]
    with pytest.raises(PageChangedError, match=r"provider/44/80495 is not as expected: there should be links"):
        read_provider_page(provider_page(link(href)), FILES)


def test_a_file_linked_twice_on_a_page_is_one_publication() -> None:
    page = read_provider_page(provider_page(link(f"{FILES}/v1/file/7"), link(f"{FILES}/v1/file/7")), FILES)
    assert len(page.links) == 1


def test_more_links_than_can_be_true_are_not_believed() -> None:
    with pytest.raises(PageChangedError, match="at most 1,000 links"):
        read_provider_page(provider_page(*(link(f"{FILES}/v1/file/{n}") for n in range(MAX_LINKS + 1))), FILES)


MARKUP_THAT_COSTS_A_TREE = {
    "unclosed tags": "".join(f"<p><b id={n}>" for n in range(5_000)),
    "tables in unclosed tags": "".join(f"<b id={n}><table>" for n in range(4_000)),
    "attributes": "<a " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "depth and end tags": "<div>" * 12_000 + "</p>" * 12_000,
    "an attribute without end": "<a b='" * 20_000 + "x" * 1_000_000,
    "a comment without end": "<!--" * 20_000 + "x" * 1_000_000,
    "nothing": "",
    "nulls": "\0" * 100_000,
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize("kind", MARKUP_THAT_COSTS_A_TREE)
def test_odd_markup_costs_neither_time_nor_memory(kind: str) -> None:
    """In a process that may take 300 MB more than it has, and two seconds of a processor."""
    reader = multiprocessing.get_context("spawn").Process(target=read_within_limits, args=(kind,))
    reader.start()
    reader.join()
    assert reader.exitcode == 0


def read_within_limits(kind: str) -> None:
    page = Page(f"{SITE}/search", MARKUP_THAT_COSTS_A_TREE[kind])
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 300_000_000, resource.RLIM_INFINITY))
    started = time.process_time()
    assert read_search_page(page, SITE) == ()
    assert read_provider_page(page, FILES).links == ()
    assert not is_not_found_page(page.html.encode())
    assert time.process_time() - started < 2


def test_a_page_of_nothing_but_tags_is_not_read() -> None:
    with pytest.raises(PageChangedError, match="at most 50,000 tags"):
        read_provider_page(provider_page("<i><b>" * 25_001), FILES)
    assert not is_not_found_page(b"<i><b>" * 900_000)


def test_what_stands_in_a_page_before_or_after_odd_markup_is_read() -> None:
    page = provider_page(
        link(f"{FILES}/v1/file/7"), "".join(f"<p><b id={n}>" for n in range(500)), link(f"{FILES}/v1/file/8")
    )
    assert [one.file_id for one in read_provider_page(page, FILES).links] == ["7", "8"]


@pytest.mark.parametrize("words", ["," * 30_000, "a" + ", as pdf" * 4_000, "- " * 20_000])
def test_words_of_a_link_are_bounded_before_they_are_understood(words: str) -> None:
    started = time.process_time()
    page = read_provider_page(provider_page(link(f"{FILES}/v1/file/7"), link(f"{FILES}/v1/file/8", words)), FILES)
    assert time.process_time() - started < 2
    assert len(page.odd) == 1
    assert len(page.odd[0]) < 1_000


def test_words_can_do_no_more_than_be_read() -> None:
    (found,) = read_provider_page(
        provider_page(link(f"{FILES}/v1/file/7", "a\x1b[31mb\u202e<script>c</script>, pdf - 27 January 2020")), FILES
    ).links
    assert found.label.isprintable()


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("children's services inspection, pdf - 27 January 2020", "children's services inspection"),
        ("Children’s services inspection pdf - 27 january 2020", "Children’s services inspection"),
        ("children's services inspection,  PDF –\n 27 Jan 2020 ", "children's services inspection"),
        ("single inspection of la children's services as pdf - 27 January 2020",
         "single inspection of la children's services"),
        ("single inspection of la children's services as pdf, pdf - 27 January 2020",
         "single inspection of la children's services"),
        ("joint area review - progress inspection,  pdf - 27 January 2020", "joint area review - progress inspection"),
    ],
)  # fmt: skip
def test_labels_and_dates_are_read_with_and_without_their_commas(words: str, label: str) -> None:
    assert split_label(words) == (label, DAY)


@pytest.mark.parametrize(
    "words", ["", "pdf", "inspection, pdf", "inspection, pdf - 31 February 2020", "27 January 2020"]
)
def test_words_without_a_label_and_a_date_are_not_understood(words: str) -> None:
    assert split_label(words) is None


@pytest.mark.parametrize(
    ("label", "because"),
    [
        ("children's services inspection", None),
        ("CHILDREN’S SERVICES, INSPECTION", None),
        ("Single inspection of LA children's services as pdf", None),
        ("Children’s services focused visit", None),
        ("childrens services monitoring visit", None),
        ("Joint area child protection inspection, pdf", None),
        ("joint area review - progress inspection,  pdf", None),
        ("Joint area review – progress inspection", None),
        ("Area SEND full inspection", None),
        ("Area SEND monitoring inspection", "not understood yet"),
        ("joint local area SEND inspection as pdf", "not understood yet"),
        ("children's homes inspection", NEVER_SEEN),
        ("joint area review", NEVER_SEEN),
    ],
)
def test_a_label_says_whether_its_reports_are_read(label: str, because: str | None) -> None:
    why = why_unread(label)
    assert why is None if because is None else because in (why or "")


def test_the_page_for_missing_reports_is_known_by_its_title() -> None:
    assert is_not_found_page(NOT_FOUND.encode())
    assert not is_not_found_page(b"<title>Maintenance</title><p>Report not found")
    assert not is_not_found_page(b"%PDF-1.4 Report not found")
    assert not is_not_found_page(b"\xff\xfe\x00" * 99)
