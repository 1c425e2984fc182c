"""A listing finds everything, remembers it, and is not believed when it can't be true."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.archive.database import open_ledger
from pipelines.archive.site_ledger import remembered_site
from pipelines.build import stages
from pipelines.settings import Settings
from tests.sources.ofsted import site as sites
from tests.sources.ofsted.conftest import INSPECTION, Build, fetch, files_held, served
from tests.sources.ofsted.site import OLDER_FILES, OfstedSite, Published

SURREY = Published("80999", "Surrey East", INSPECTION, dt.date(2027, 5, 1), "777", b"%PDF-1.7 new")


def listed(settings: Settings, *, accept_shrunken: bool = False) -> stages.ListedCounts:
    return stages.list_reports(Settings(data=settings.data), "ofsted", accept_shrunken=accept_shrunken)


def publications(settings: Settings, condition: str = "true") -> list[str]:
    with open_ledger(settings.ledger) as ledger:
        rows = ledger.execute(f"select source_path from publications where {condition} order by 1").fetchall()
    return [row["source_path"] for row in rows]


def test_the_search_is_paged_to_its_end(site: OfstedSite, settings: Settings) -> None:
    site.rows = 5  # fewer than are asked for
    assert listed(settings).n_published == 24
    assert [one.path.partition("start=")[2] for one in site.asked("search")] == [
        f"{start}&rows=100" for start in (0, 5, 10, 12)
    ]


def test_a_new_authority_is_found_and_one_without_reports_is_named(site: OfstedSite, held: Settings) -> None:
    site.published.append(SURREY)
    assert listed(held).n_new == 1
    site.published.append(SURREY._replace(urn="80998", authority="Surrey West", words="x"))
    site.faults["/provider/44/80998"].append(sites.page("<h1>Surrey West</h1>"))
    assert any("Surrey West (80998) has no publication" in warning for warning in listed(held).warnings)


def test_an_authority_that_left_the_search_is_visited_all_the_same(site: OfstedSite, held: Settings) -> None:
    cumbria = Published("135513", "Cumbria", INSPECTION, dt.date(2022, 11, 1), "555", b"%PDF-1.7 cumbria")
    site.published.append(cumbria)
    site.left_search = {"80403", "135513"}
    counts = listed(held)
    assert (counts.n_published, counts.n_new, counts.vanished) == (25, 1, ())
    assert "135513/555" in publications(held, "authority_name = 'Cumbria'")


def test_publications_that_are_not_read_are_recorded_with_the_reason(site: OfstedSite, held: Settings) -> None:
    counts = listed(held)
    assert counts.unread == {"children's services focused visit": 1}
    with open_ledger(held.ledger) as ledger:
        (one,) = remembered_site(ledger, "ofsted").unread
    assert (one.publication.source_url, one.because) == (
        "https://files.ofsted.gov.uk/v1/file/99",
        "a letter without grades",
    )
    fetch(held)
    assert not [request for request in site.log if request.path == "/v1/file/99"]


def test_a_label_never_seen_is_reported_and_costs_nothing_that_is_held(
    site: OfstedSite, build: Build, held: Settings
) -> None:
    before = served(held)
    site.published.append(SURREY._replace(label="Children's care inspection"))
    site.replace("202303", label="Children's care inspection")
    end = build()
    assert end.exit_code == 0
    (warning,) = end.summary["warnings"]
    assert 'The label "Children\'s care inspection" was never seen before: 2 under it' in warning
    assert end.summary["unread"]["Children's care inspection"] == 1
    assert (served(held), site.bodies()) == (before, [])


def test_a_link_that_cannot_be_understood_is_named(site: OfstedSite, held: Settings) -> None:
    odd = SURREY._replace(urn="80400", authority="Authority 0")
    site.published.append(odd._replace(words="Inspection, pdf"))
    site.published.append(odd._replace(href="https://elsewhere.example/v1/file/1"))
    warnings = listed(held).warnings
    assert "Authority 0: a link could not be understood: 'Inspection, pdf' at" in warnings[0]
    assert "https://elsewhere.example/v1/file/1" in warnings[1]


def test_the_older_host_serves_the_same_publications(site: OfstedSite, held: Settings) -> None:
    site.published = [one._replace(href=OLDER_FILES + one.path) for one in site.published]
    counts = listed(held)
    assert (counts.n_published, counts.n_new) == (24, 0)


def test_a_name_on_the_web_never_becomes_a_path(site: OfstedSite, settings: Settings) -> None:
    site.replace("202303", authority="../../../etc", label="children's services, inspection")
    fetch(settings)
    assert "80403/202303" in served(settings)
    assert {path.parent.parent for path in settings.archive.rglob("*.pdf")} == {settings.archive}


@pytest.mark.parametrize(
    ("n_gone", "words"), [(2, "lists 10 authorities where it listed 12"), (6, "lists 6 authorities where it listed 12")]
)
def test_a_search_that_lost_a_tenth_is_refused_unless_told_otherwise(
    n_gone: int, words: str, site: OfstedSite, build: Build, held: Settings
) -> None:
    before, warehouse = served(held), held.warehouse.read_bytes()
    site.left_search = {str(80_400 + number) for number in range(n_gone)}
    end = build()
    assert (end.exit_code, end.summary) == (1, {})
    assert words in end.errors
    assert "--accept-shrunken-listing" in end.errors
    assert site.asked("provider") == []
    assert (served(held), held.warehouse.read_bytes()) == (before, warehouse)
    assert build("--accept-shrunken-listing").exit_code == 0
    assert served(held) == before
    assert build().exit_code == 0


def test_pages_that_lost_a_tenth_of_the_reports_are_refused_unless_told_otherwise(
    site: OfstedSite, build: Build, held: Settings
) -> None:
    before, files = served(held), files_held(held)
    site.published = [one for one in site.published if one.date.year != 2019 or one.urn > "80402"]
    end = build()
    assert end.exit_code == 1
    assert "lists 22 reports where it listed 25 last time" in end.errors
    end = build("--accept-shrunken-listing")
    assert (end.exit_code, len(end.summary["names"]["vanished"])) == (0, 3)
    assert (served(held), files_held(held)) == (before, files)


def test_a_page_that_lost_all_its_reports_is_refused_unless_told_otherwise(
    site: OfstedSite, build: Build, held: Settings
) -> None:
    before = served(held)
    site.always["/provider/44/80403"] = sites.page("<h1>Authority 3</h1>")
    end = build()
    assert end.exit_code == 1
    assert (
        f"{site.url}/provider/44/80403 is not as expected: links (a.publication-link) to 2 publications" in end.errors
    )
    assert len(listed(held, accept_shrunken=True).vanished) == 2
    assert served(held) == before


def test_a_page_that_leads_to_another_providers_lends_it_no_reports(site: OfstedSite, held: Settings) -> None:
    site.always["/provider/44/80403"] = sites.redirect("/provider/44/80404")
    counts = listed(held)
    assert (counts.n_published, counts.n_new) == (24, 0)
    assert "redirects to the page of another provider" in counts.failed[0]


def test_what_vanishes_is_marked_and_kept_and_can_come_back(site: OfstedSite, build: Build, held: Settings) -> None:
    before, whole = served(held), list(site.published)
    site.published = [one for one in whole if one.file_id != "202303"]
    end = build()
    assert end.exit_code == 0
    assert end.summary["names"]["vanished"] == [
        "Authority 3: children's services inspection, 01 March 2023 (https://files.ofsted.gov.uk/v1/file/202303)"
    ]
    assert (end.summary["n_published"], end.summary["n_quarantined"]) == (23, 24)
    assert publications(held, "vanished_at is not null") == ["80403/202303"]
    assert served(held) == before
    assert listed(held).vanished == ()
    site.published = whole
    listed(held)
    assert publications(held, "vanished_at is not null") == []


def test_an_interrupted_listing_goes_on_where_it_stood(site: OfstedSite, held: Settings) -> None:
    def stop(n_done: int, _n_in_all: int) -> None:
        if n_done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stages.list_reports(Settings(data=held.data), "ofsted", progress=stop)
    seen = {one.path for one in site.asked("provider")}
    with (held.raw / "unfinished_listing.jsonl").open("ab") as notes:
        notes.write(b'{"provider_urn": "804')  # as a killed process leaves it
    site.log.clear()
    assert listed(held).n_published == 24
    assert seen
    assert seen.isdisjoint(one.path for one in site.asked("provider"))
    site.log.clear()
    listed(held)
    assert len(site.asked("provider")) == 15


def test_a_dry_run_names_what_would_be_fetched_and_fetches_nothing(
    site: OfstedSite, build: Build, held: Settings, tmp_path: Path
) -> None:
    ledger = served(held)
    site.published.append(SURREY)
    end = build("--dry-run")
    assert (end.exit_code, end.summary["n_held"]) == (0, 24)
    assert end.summary["fetch"] == [
        "Surrey East: children's services inspection, 01 May 2027 (https://files.ofsted.gov.uk/v1/file/777)"
    ]
    assert end.summary["unread"] == {"children's services focused visit": 1}
    assert site.asked(host="files") == []
    assert (served(held), publications(held, "source_path like '80999%'")) == (ledger, [])


def test_a_narrowed_build_fetches_only_its_part(site: OfstedSite, build: Build) -> None:
    end = build("--only", "authority 3", "--limit", "1")
    assert (end.exit_code, end.summary["n_published"]) == (0, 1)
    assert site.bodies() == ["/v1/file/201903"]
    assert end.summary["names"]["vanished"] == []
