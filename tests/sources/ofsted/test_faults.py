"""Whatever the site does, what is held stays, the summary names what failed, and the next run mends it."""

import pytest

from pipelines.settings import Settings
from tests.sources.ofsted import site as sites
from tests.sources.ofsted.conftest import Build, fetch, files_held, served
from tests.sources.ofsted.site import Fault, OfstedSite

PATH = "/v1/file/202303"
REISSUED = b"%PDF-1.7 another issue" + b" " * 600

FAULTS: dict[str, tuple[Fault, str]] = {
    "500": (sites.status(500), "answered 500"),
    "503": (sites.status(503), "answered 503"),
    "429 without a time": (sites.status(429), "answered 429"),
    "403": (sites.status(403), "answered 403"),
    "404": (sites.status(404), "answered 404"),
    "a connection reset in the body": (sites.reset, "could not be had"),
    "a body shorter than its length": (sites.short, "could not be had"),
    "a body that stalls": (sites.stall, "could not be had: ReadTimeout"),
    "a body that dribbles": (sites.dribble, "was not whole after 2 seconds"),
    "headers that dribble": (sites.dribble_headers, "was not whole after 2 seconds"),
    "the wrong content type": (sites.pdf(REISSUED, "image/png"), "image/png where a PDF was expected"),
    "HTML with status 200": (sites.page("<p>We are mending the site.</p>"), "is no PDF"),
    "HTML that claims to be a PDF": (sites.pdf(b"<!DOCTYPE html><p>Sorry"), "is no PDF"),
    "the page for missing reports": (sites.pdf(sites.NOT_FOUND.encode(), "text/html"), "'Report not found'"),
    "a redirect loop": (sites.redirect(PATH), "redirects in a loop"),
    "an endless redirect": (sites.redirect_on, "too often"),
    "a redirect to no address": (sites.redirect("http://[bad"), "which is no address"),
    "a body of 200 MB": (sites.huge(200_000_000, declared=True), "the limit is 50,000,000"),
    "a body of 200 MB that does not say so": (sites.huge(200_000_000, declared=False), "more than 50,000,000 bytes"),
}
SILENCE, WHOLE = "JUDGEMENTS_SECONDS_OF_SILENCE", "JUDGEMENTS_SECONDS_PER_REQUEST"
SLOW = {"a body that stalls": SILENCE, "a body that dribbles": WHOLE, "headers that dribble": WHOLE}
"""Which limit of time a fault is to reach."""


def be_impatient(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Set the one limit that a fault is sure to reach, and the other answers of a busy machine, at each try, are not.

    The limit that is not meant stays far away: which of the two is reached must not depend on the machine.
    """
    monkeypatch.setenv("JUDGEMENTS_TRIES", "3")
    monkeypatch.setenv(limit, "2")


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_had_costs_nothing_that_is_held(
    name: str, site: OfstedSite, build: Build, held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, files = served(held), files_held(held)
    fault, words = FAULTS[name]
    site.replace("202303", content=REISSUED)
    site.always[PATH] = fault
    with monkeypatch.context() as hurried:
        if name in SLOW:
            be_impatient(hurried, SLOW[name])
        end = build()
    assert (end.exit_code, end.summary["n_failed"], end.summary["n_unchanged"]) == (0, 1, 23)
    (failed,) = end.summary["names"]["failed"]
    assert failed.startswith(
        f"Authority 3: children's services inspection, 01 March 2023 (https://files.ofsted.gov.uk{PATH})"
    )
    assert words in failed
    assert (served(held), files_held(held)) == (before, files)
    del site.always[PATH]
    assert fetch(held).changed == (failed.partition(": http")[0],)
    assert len(files_held(held)) == len(files) + 1


@pytest.mark.parametrize("fault", [sites.status(500), sites.status(503), sites.reset, sites.short, sites.status(429)])
def test_a_burst_of_faults_is_sat_out(fault: Fault, site: OfstedSite, held: Settings) -> None:
    site.replace("202303", content=REISSUED)
    for path in (PATH, "/provider/44/80403", "/robots.txt"):
        site.faults[path].extend([fault] * 3)
    fetched = fetch(held)
    assert (fetched.failed, len(fetched.changed)) == ((), 1)
    assert site.bodies() == [PATH]


@pytest.mark.parametrize("name", ["403", "404", "HTML with status 200", "the wrong content type", "a redirect loop"])
def test_what_will_not_pass_is_not_tried_again(name: str, site: OfstedSite, held: Settings) -> None:
    site.always[PATH] = FAULTS[name][0]
    assert len(fetch(held).failed) == 1
    assert len([one for one in site.asked("file") if one.path == PATH]) == 1


def test_a_redirect_to_another_host_is_not_followed(site: OfstedSite, build: Build, held: Settings) -> None:
    before = served(held)
    with OfstedSite([]) as elsewhere:
        site.always[PATH] = sites.redirect(f"{elsewhere.files_url}{PATH}")
        end = build()
        assert elsewhere.log == []
    assert end.exit_code == 0
    assert "which is none of the sites to be asked" in end.summary["names"]["failed"][0]
    assert served(held) == before


def test_a_redirect_within_the_site_is_followed(site: OfstedSite, held: Settings) -> None:
    site.replace("202303", content=REISSUED)
    site.faults[PATH].append(sites.redirect(f"{PATH}?again"))
    site.faults[f"{PATH}?again"].append(sites.pdf(REISSUED))
    assert len(fetch(held).changed) == 1


def test_a_host_that_only_fails_is_soon_left_alone(site: OfstedSite, build: Build, held: Settings) -> None:
    before = served(held)
    site.always["file"] = sites.status(500)
    end = build()
    assert (end.exit_code, end.summary["n_failed"]) == (0, 24)
    assert "left alone in this run" in end.summary["names"]["failed"][-1]
    assert len(site.asked("file")) == 5 * 4
    assert served(held) == before


def test_a_host_that_asks_for_a_long_rest_gets_it(site: OfstedSite, held: Settings) -> None:
    site.always[PATH] = sites.status(429, {"Retry-After": "86400"})
    fetched = fetch(held)
    assert "It asked to be left alone for 86,400 seconds" in fetched.failed[0]
    assert site.asked("file")[-1].path == PATH
    assert len(fetched.failed) + len(fetched.unchanged) == 24


def test_a_site_that_gives_nothing_leaves_no_warehouse(site: OfstedSite, build: Build) -> None:
    site.always["file"] = sites.status(500)
    end = build()
    assert (end.exit_code, end.summary) == (1, {})
    assert "None of 24 reports could be fetched" in end.errors


def test_a_file_that_is_too_large_and_never_held_is_quarantined_as_such(site: OfstedSite, build: Build) -> None:
    site.always[PATH] = FAULTS["a body of 200 MB"][0]
    end = build()
    assert (end.exit_code, end.summary["n_failed"]) == (0, 1)
    assert end.summary["quarantined"]["too_large"] == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (sites.status(500), "answered 500"),
        (sites.status(404), "answered 404"),
        (sites.reset, "could not be had"),
        (sites.pdf(b"%PDF-1.4"), "where a page of HTML was expected"),
        (sites.redirect("/provider/44/80403"), "redirects in a loop"),
        (lambda handler: handler.reply(200, b"<p>" * 3_000_000), "more than 5,000,000 bytes"),
    ],
)
def test_a_provider_page_that_cannot_be_had_leaves_what_it_listed_last(
    fault: Fault, words: str, site: OfstedSite, build: Build, held: Settings
) -> None:
    before = served(held)
    site.always["/provider/44/80403"] = fault
    end = build()
    assert (end.exit_code, end.summary["n_failed"], end.summary["n_published"]) == (0, 1, 24)
    (failed,) = end.summary["names"]["failed"]
    assert f"{site.url}/provider/44/80403" in failed
    assert words in failed
    assert end.summary["names"]["vanished"] == []
    assert served(held) == before


@pytest.mark.parametrize(
    ("kind", "fault", "words"),
    [
        ("search", sites.status(500), "The search could not be had"),
        ("search", sites.status(404), "The search could not be had"),
        ("search", sites.page("<ul><li><h3><a href='/contact'>Contact</a></h3></ul>"), "link to /provider/44/<URN>"),
        ("search", sites.dribble, "was not whole after"),
        ("provider", sites.status(503), "15 pages of providers could not be had"),
        ("provider", sites.page("<h1>Authority</h1>"), "(a.publication-link) to 3 publications should stand there"),
        ("robots", sites.status(500), "its robots.txt could not be read"),
        ("robots", sites.redirect("/other.txt"), "its robots.txt redirects"),
    ],
)
def test_a_site_that_cannot_be_listed_leaves_the_last_listing(
    kind: str,
    fault: Fault,
    words: str,
    site: OfstedSite,
    build: Build,
    held: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if fault is sites.dribble:
        be_impatient(monkeypatch, WHOLE)
    before, warehouse = served(held), held.warehouse.read_bytes()
    site.always[kind] = fault
    end = build()
    assert (end.exit_code, end.summary) == (1, {})
    assert words in end.errors
    assert site.asked("file") == []
    assert (served(held), held.warehouse.read_bytes()) == (before, warehouse)


def test_faults_at_random_are_mended_within_three_runs(site: OfstedSite, build: Build, held: Settings) -> None:
    site.replace("202303", content=REISSUED)
    for path in held.archive.rglob("*.pdf"):
        path.unlink()
    site.at_random = sites.faults_at_random(0.2, seed=4)
    failures = [build().summary.get("n_failed") for _ in range(3)]
    assert failures[-1] == 0
    wanted = [one for one in site.published if "focused" not in one.label]
    assert len(files_held(held)) == len(served(held)) == len(wanted)
    assert len(site.bodies()) == len(set(site.bodies())) == len(wanted)
