"""Whatever the site does, what is held stays, the counts name what failed, and the next run mends it."""

import io
import re
from pathlib import Path

import pytest

from pipelines.sources.http.client import HttpClient
from pipelines.sources.published import FetchError, SourceError, UnreachableSiteError, Validators
from tests.faults.catalogue import FAULTS, REISSUED, NamedFault, Outcome, table
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import UNREAD, Archive
from tests.sources.ofsted.site import Fault, OfstedSite
from tests.waiting import wait_until

PATH = "/v1/file/202303"
NAME = f"Authority 3: children's services inspection, 01 March 2023 (https://files.ofsted.gov.uk{PATH})"
OF_TIME = ("stall", "dribble", "dribble-headers", "long-rest")
"""Faults that take time, or end more than one request: each has a test of its own."""


def named(outcome: Outcome) -> list[str]:
    return [name for name, fault in FAULTS.items() if fault.outcome == outcome and name not in OF_TIME]


def install(name: str, site: OfstedSite) -> NamedFault:
    victim = next(one for one in site.published if one.path == PATH)
    FAULTS[name].install(site, victim)
    return FAULTS[name]


@pytest.mark.parametrize("name", named("file failed"))
def test_a_file_that_fails_costs_nothing_that_is_held(name: str, site: OfstedSite, held: Archive) -> None:
    before, files = held.served(), held.names()
    site.replace("202303", content=REISSUED)
    words = install(name, site).words
    fetched = held.fetch()
    assert (len(fetched.failed), len(fetched.unchanged)) == (1, 23)
    assert fetched.failed[0].startswith(f"{NAME}: ")
    assert re.search(words, fetched.failed[0])
    assert (held.served(), held.names()) == (before, files)
    assert held.paths("failure is not null") == ["80403/202303"]
    site.always.clear()
    assert held.fetch().changed == [NAME]
    assert held.paths("failure is not null") == []
    assert len(held.names()) == len(files) + 1


@pytest.mark.parametrize("name", named("nothing"))
def test_a_header_that_can_not_be_used_counts_as_none(name: str, site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    install(name, site)
    fetched = held.fetch()
    assert (fetched.failed, fetched.changed) == ([], [NAME])
    install(name, site)
    assert (held.list_site()[0].site.failures, len(held.ingest().unchanged)) == ((), 24)


@pytest.mark.parametrize("name", named("page failed"))
def test_a_provider_page_that_fails_leaves_what_it_listed_last(name: str, site: OfstedSite, held: Archive) -> None:
    before = held.served()
    words = install(name, site).words
    listing, counts = held.list_site()
    assert (counts.n_published, listing.site.vanished) == (24, ())
    assert [one.status for one in listing.reports].count("assumed") == 2
    (failed,) = listing.site.failures
    assert f"{site.url}/provider/44/80403" in failed
    assert re.search(words, failed)
    assert len(held.ingest().unchanged) == 24
    assert held.served() == before


@pytest.mark.parametrize("name", named("no listing"))
def test_a_site_that_cannot_be_listed_leaves_the_last_listing(name: str, site: OfstedSite, held: Archive) -> None:
    before, listings = held.reports(), held.rows("select * from listings")
    words = install(name, site).words
    with pytest.raises(SourceError, match=words):
        held.list_site()
    assert site.asked("file") == []
    assert (held.reports(), held.rows("select * from listings")) == (before, listings)


def test_most_pages_that_fail_are_no_listing(site: OfstedSite, held: Archive) -> None:
    site.always["provider"] = wrong.status(503)
    with pytest.raises(UnreachableSiteError, match="15 pages of providers failed"):
        held.list_site()


def test_the_documentation_lists_every_fault() -> None:
    assert table() in (Path(__file__).parents[2] / "docs" / "fetching.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "limit"),
    [("stall", "seconds_of_silence"), ("dribble", "seconds_per_request"), ("dribble-headers", "seconds_per_request")],
)
def test_an_answer_that_does_not_end_is_left(name: str, limit: str, site: OfstedSite) -> None:
    """The first request of all has the fault, so no other answer has to be quick; the limit not meant is far away."""
    site.always["robots"] = FAULTS[name].make()
    client = HttpClient(site.limits(tries=1, **{limit: 1}), (site.files_url,))
    with pytest.raises(FetchError, match=FAULTS[name].words):
        client.file(f"{site.files_url}{PATH}", Validators(), io.BytesIO())
    client.close()
    wait_until(lambda: len(site.log) > 0)
    assert len(site.log) == 1


@pytest.mark.parametrize("fault", [wrong.status(500), wrong.status(503), wrong.reset, wrong.short, wrong.status(429)])
def test_a_burst_of_faults_is_retried_until_it_ends(fault: Fault, site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    for path in (PATH, "/provider/44/80403", "/robots.txt"):
        site.faults[path].extend([fault] * 3)
    fetched = held.fetch()
    assert (fetched.failed, len(fetched.changed)) == ([], 1)
    assert site.bodies() == [PATH]


@pytest.mark.parametrize("name", ["status-403", "status-404", "html-200", "wrong-type", "redirect-loop", "zstd"])
def test_what_will_not_pass_is_not_retried(name: str, site: OfstedSite, held: Archive) -> None:
    install(name, site)
    assert len(held.fetch().failed) == 1
    assert len([one for one in site.asked("file") if one.path == PATH]) == 1


def test_a_redirect_to_another_host_is_not_followed(site: OfstedSite, held: Archive) -> None:
    before = held.served()
    with OfstedSite([]) as elsewhere:
        site.always[PATH] = wrong.redirect(f"{elsewhere.files_url}{PATH}")
        (failed,) = held.fetch().failed
        assert elsewhere.log == []
    assert "which is on none of the sites that may be asked" in failed
    assert held.served() == before


def test_a_redirect_within_the_site_is_followed(site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    site.faults[PATH].append(wrong.redirect(f"{PATH}?again"))
    site.faults[f"{PATH}?again"].append(wrong.pdf(REISSUED))
    assert len(held.fetch().changed) == 1


def test_a_host_that_only_fails_is_soon_left_alone(site: OfstedSite, held: Archive) -> None:
    before = held.served()
    site.always["file"] = wrong.status(500)
    fetched = held.fetch()
    assert len(fetched.failed) == 24
    assert "is left alone in this run because 5 requests in a row failed" in fetched.failed[-1]
    assert len(site.asked("file")) == 5 * 4
    assert held.served() == before


def test_a_host_that_asks_for_a_long_rest_gets_it(site: OfstedSite, held: Archive) -> None:
    fault = install("long-rest", site)
    fetched = held.fetch()
    assert fault.words in fetched.failed[0]
    assert site.asked("file")[-1].path == PATH
    assert len(fetched.failed) + len(fetched.unchanged) == 24


def test_a_site_that_gives_nothing_is_an_error_where_nothing_is_held(site: OfstedSite, archive: Archive) -> None:
    site.always["file"] = wrong.status(500)
    with pytest.raises(UnreachableSiteError, match="None of 24 reports could be fetched"):
        archive.fetch()
    assert archive.reports() == {}
    assert len(archive.paths("failure is not null")) == 24


def test_a_file_that_is_too_large_and_was_never_held_has_that_for_a_reason(site: OfstedSite, archive: Archive) -> None:
    install("large", site)
    fetched = archive.fetch()
    assert (len(fetched.new), len(fetched.failed)) == (23, 1)
    assert archive.reports()["80403/202303"].reason == "too_large"


def test_faults_at_random_are_mended_within_three_runs(site: OfstedSite, held: Archive) -> None:
    site.replace("202303", content=REISSUED)
    for path in held.files.rglob("*.pdf"):
        path.unlink()
    site.at_random = wrong.faults_at_random(0.2, seed=4)
    for _run in range(3):
        try:
            fetched = held.fetch()
        except UnreachableSiteError:
            continue
    assert fetched.failed == []
    wanted = [one for one in site.published if one.label != UNREAD]
    assert len(held.names()) == len(held.served()) == len(wanted)
    assert len(site.bodies()) == len(set(site.bodies())) == len(wanted)
