"""Whatever the site does, what is held stays, the counts name what failed, and the next run mends it."""

import io

import pytest

from pipelines.sources.http.client import HttpClient
from pipelines.sources.published import FetchError, SourceError, UnreachableSiteError, Validators
from tests.sources.ofsted import site as sites
from tests.sources.ofsted.conftest import Archive
from tests.sources.ofsted.site import Fault, OfstedSite
from tests.waiting import wait_until

PATH = "/v1/file/202303"
NAME = f"Authority 3: children's services inspection, 01 March 2023 (https://files.ofsted.gov.uk{PATH})"
REISSUED = b"%PDF-1.7 another issue" + b" " * 600

FAULTS: dict[str, tuple[Fault, str]] = {
    "500": (sites.status(500), "answered 500"),
    "503": (sites.status(503), "answered 503"),
    "429 without a time": (sites.status(429), "answered 429"),
    "403": (sites.status(403), "answered 403"),
    "404": (sites.status(404), "answered 404"),
    "a connection reset in the body": (sites.reset, "Could not read http"),
    "a body shorter than its length": (sites.short, "Could not read http"),
    "the wrong content type": (sites.pdf(REISSUED, "image/png"), "image/png where a PDF was expected"),
    "HTML with status 200": (sites.page("<p>We are mending the site.</p>"), "is no PDF"),
    "HTML that claims to be a PDF": (sites.pdf(b"<!DOCTYPE html><p>Sorry"), "is no PDF"),
    "the page for missing reports": (sites.pdf(sites.NOT_FOUND.encode(), "text/html"), "'Report not found'"),
    "a redirect loop": (sites.redirect(PATH), "redirects in a loop"),
    "an endless redirect": (sites.redirect_on, "too often"),
    "a redirect to no address": (sites.redirect("http://[bad"), "which is no address"),
    "a body of 2 MB": (sites.huge(2_000_000, declared=True), "2,000,000 bytes; the limit is 1,000,000"),
    "a body of 2 MB that does not say so": (sites.huge(2_000_000, declared=False), "more than 1,000,000 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_fails_costs_nothing_that_is_held(name: str, site: OfstedSite, held: Archive) -> None:
    held.limits = site.limits(max_download_bytes=1_000_000)
    before, files = held.served(), held.names()
    fault, words = FAULTS[name]
    site.replace("202303", content=REISSUED)
    site.always[PATH] = fault
    fetched = held.fetch()
    assert (len(fetched.failed), len(fetched.unchanged)) == (1, 23)
    assert fetched.failed[0].startswith(f"{NAME}: ")
    assert words in fetched.failed[0]
    assert (held.served(), held.names()) == (before, files)
    assert held.paths("failure is not null") == ["80403/202303"]
    del site.always[PATH]
    assert held.fetch().changed == [NAME]
    assert held.paths("failure is not null") == []
    assert len(held.names()) == len(files) + 1


@pytest.mark.parametrize(
    ("fault", "limit", "words"),
    [
        (sites.stall, "seconds_of_silence", "(?i)time"),
        (sites.dribble, "seconds_per_request", "was not whole after 1 seconds"),
        (sites.dribble_headers, "seconds_per_request", "was not whole after 1 seconds"),
    ],
)
def test_an_answer_that_does_not_end_is_left(fault: Fault, limit: str, words: str, site: OfstedSite) -> None:
    """The first request of all has the fault, so no other answer has to be quick; the limit not meant is far away."""
    site.always["robots"] = fault
    client = HttpClient(site.limits(tries=1, **{limit: 1}), (site.files_url,))
    with pytest.raises(FetchError, match=words):
        client.file(f"{site.files_url}{PATH}", Validators(), io.BytesIO())
    client.close()
    wait_until(lambda: len(site.log) > 0)
    assert len(site.log) == 1


@pytest.mark.parametrize("fault", [sites.status(500), sites.status(503), sites.reset, sites.short, sites.status(429)])
def test_a_burst_of_faults_is_retried_until_it_ends(fault: Fault, site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    for path in (PATH, "/provider/44/80403", "/robots.txt"):
        site.faults[path].extend([fault] * 3)
    fetched = held.fetch()
    assert (fetched.failed, len(fetched.changed)) == ([], 1)
    assert site.bodies() == [PATH]


@pytest.mark.parametrize("name", ["403", "404", "HTML with status 200", "the wrong content type", "a redirect loop"])
def test_what_will_not_pass_is_not_retried(name: str, site: OfstedSite, held: Archive) -> None:
    site.always[PATH] = FAULTS[name][0]
    assert len(held.fetch().failed) == 1
    assert len([one for one in site.asked("file") if one.path == PATH]) == 1


def test_a_redirect_to_another_host_is_not_followed(site: OfstedSite, held: Archive) -> None:
    before = held.served()
    with OfstedSite([]) as elsewhere:
        site.always[PATH] = sites.redirect(f"{elsewhere.files_url}{PATH}")
        (failed,) = held.fetch().failed
        assert elsewhere.log == []
    assert "which is on none of the sites that may be asked" in failed
    assert held.served() == before


def test_a_redirect_within_the_site_is_followed(site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    site.faults[PATH].append(sites.redirect(f"{PATH}?again"))
    site.faults[f"{PATH}?again"].append(sites.pdf(REISSUED))
    assert len(held.fetch().changed) == 1


def test_a_host_that_only_fails_is_soon_left_alone(site: OfstedSite, held: Archive) -> None:
    before = held.served()
    site.always["file"] = sites.status(500)
    fetched = held.fetch()
    assert len(fetched.failed) == 24
    assert "is left alone in this run because 5 requests in a row failed" in fetched.failed[-1]
    assert len(site.asked("file")) == 5 * 4
    assert held.served() == before


def test_a_host_that_asks_for_a_long_rest_gets_it(site: OfstedSite, held: Archive) -> None:
    site.always[PATH] = sites.status(429, {"Retry-After": "86400"})
    fetched = held.fetch()
    assert "It asked to be left alone for 86,400 seconds" in fetched.failed[0]
    assert site.asked("file")[-1].path == PATH
    assert len(fetched.failed) + len(fetched.unchanged) == 24


def test_a_site_that_gives_nothing_is_an_error_where_nothing_is_held(site: OfstedSite, archive: Archive) -> None:
    site.always["file"] = sites.status(500)
    with pytest.raises(UnreachableSiteError, match="None of 24 reports could be fetched"):
        archive.fetch()
    assert archive.reports() == {}
    assert len(archive.paths("failure is not null")) == 24


def test_a_file_that_is_too_large_and_was_never_held_has_that_for_a_reason(site: OfstedSite, archive: Archive) -> None:
    site.always[PATH] = sites.huge(60_000_000, declared=True)
    fetched = archive.fetch()
    assert (len(fetched.new), len(fetched.failed)) == (23, 1)
    assert archive.reports()["80403/202303"].reason == "too_large"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (sites.status(500), "answered 500"),
        (sites.status(404), "answered 404"),
        (sites.reset, "Could not read http"),
        (sites.pdf(b"%PDF-1.4"), "where a page of HTML was expected"),
        (sites.redirect("/provider/44/80403"), "redirects in a loop"),
        (lambda handler: handler.reply(200, b"<p>" * 3_000_000), "9,000,000 bytes; the limit is 5,000,000"),
    ],
)
def test_a_provider_page_that_fails_leaves_what_it_listed_last(
    fault: Fault, words: str, site: OfstedSite, held: Archive
) -> None:
    before = held.served()
    site.always["/provider/44/80403"] = fault
    listing, counts = held.list_site()
    assert (counts.n_published, listing.site.vanished) == (24, ())
    assert [one.status for one in listing.reports].count("assumed") == 2
    (failed,) = listing.site.failures
    assert f"{site.url}/provider/44/80403" in failed
    assert words in failed
    assert len(held.ingest().unchanged) == 24
    assert held.served() == before


@pytest.mark.parametrize(
    ("kind", "fault", "words"),
    [
        ("search", sites.status(500), "The search failed. .* answered 500 .* The last listing is kept"),
        ("search", sites.status(404), "The search failed"),
        ("search", sites.page("<ul><li><h3><a href='/contact'>Contact</a></h3></ul>"), "link to /provider/44/<URN>"),
        ("provider", sites.status(503), "15 pages of providers failed"),
        ("provider", sites.page("<h1>Authority</h1>"), r"there should be links \(a.publication-link\) to 3 publicat"),
        ("robots", sites.status(500), r"Could not read the robots.txt of 127.0.0.1. .* answered 500"),
        ("robots", sites.redirect("/other.txt"), "Could not read the robots.txt of 127.0.0.1: it redirects"),
    ],
)
def test_a_site_that_cannot_be_listed_leaves_the_last_listing(
    kind: str, fault: Fault, words: str, site: OfstedSite, held: Archive
) -> None:
    before, listings = held.reports(), held.rows("select * from listings")
    site.always[kind] = fault
    with pytest.raises(SourceError, match=words):
        held.list_site()
    assert site.asked("file") == []
    assert (held.reports(), held.rows("select * from listings")) == (before, listings)


def test_faults_at_random_are_mended_within_three_runs(site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    for path in held.files.rglob("*.pdf"):
        path.unlink()
    site.at_random = sites.faults_at_random(0.2, seed=4)
    for _run in range(3):
        try:
            fetched = held.fetch()
        except UnreachableSiteError:
            continue
    assert fetched.failed == []
    wanted = [one for one in site.published if "focused" not in one.label]
    assert len(held.names()) == len(held.served()) == len(wanted)
    assert len(site.bodies()) == len(set(site.bodies())) == len(wanted)
