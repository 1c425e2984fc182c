"""A listing finds everything, remembers it, and is not accepted when it can't be true."""

import datetime as dt

import msgspec
import pytest

from pipelines.sources.ofsted.addresses import SiteAddresses
from pipelines.sources.ofsted.labels import why_unread
from pipelines.sources.ofsted.listing import ShrunkenListingError
from pipelines.sources.ofsted.pages import PageChangedError
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import INSPECTION, READ, UNREAD, Archive
from tests.sources.ofsted.site import OLDER_FILES, OfstedSite, Published

SURREY = Published("80999", "Surrey East", INSPECTION, dt.date(2027, 5, 1), "777", b"%PDF-1.7 new")


def test_the_search_is_paged_to_its_end(site: OfstedSite, archive: Archive) -> None:
    site.rows = 5  # fewer than are asked for
    _listing, counts = archive.list_site()
    assert counts.n_published == 24
    assert [one.path.partition("start=")[2] for one in site.asked("search")] == [
        f"{start}&rows=100" for start in (0, 5, 10, 12)
    ]


def test_a_new_authority_is_found_and_one_without_reports_is_named(site: OfstedSite, held: Archive) -> None:
    site.published.append(SURREY)
    _listing, counts = held.list_site()
    assert counts.n_new == 1
    site.published.append(SURREY._replace(urn="80998", authority="Surrey West", words="x"))
    site.faults["/provider/44/80998"].append(wrong.page("<h1>Surrey West</h1>"))
    listing, _counts = held.list_site()
    assert any("Surrey West (80998) has no publication" in warning for warning in listing.warnings)


def test_an_authority_that_left_the_search_is_visited_all_the_same(site: OfstedSite, held: Archive) -> None:
    cumbria = Published("135513", "Cumbria", INSPECTION, dt.date(2022, 11, 1), "555", b"%PDF-1.7 cumbria")
    site.published.append(cumbria)
    site.left_search = {"80403", "135513"}
    listing, counts = held.list_site()
    assert (counts.n_published, counts.n_new, listing.site.vanished) == (25, 1, ())
    assert "135513/555" in held.paths("authority_name = 'Cumbria'")


def spelt(label: str) -> list[str]:
    """A label in the ways in which Ofsted's pages spell labels."""
    as_a_title = label.capitalize().replace("'", "’")
    return [
        f"{label}, pdf - 01 May 2023",
        f"{label},  pdf - 01 May 2023",
        f"{label} as pdf - 1 May 2023",
        f"{as_a_title} PDF – 01 may 2023",
    ]


@pytest.mark.parametrize("label", READ)
def test_a_label_that_is_read_is_read_however_it_is_spelt(label: str, site: OfstedSite, archive: Archive) -> None:
    visit = SURREY._replace(label=label)
    site.published = [visit._replace(file_id=f"77{n}", words=words) for n, words in enumerate(spelt(label))]
    listing, counts = archive.list_site()
    assert (counts.n_published, listing.site.unread, listing.warnings) == (4, (), ())
    published = [one.publication for one in listing.reports]
    assert {(one.label or "").lower().replace("’", "'") for one in published} == {label}
    assert {one.published_date for one in published} == {dt.date(2023, 5, 1)}


def test_publications_that_are_not_read_are_recorded_with_the_reason(site: OfstedSite, held: Archive) -> None:
    because = why_unread(UNREAD) or ""
    assert "not understood yet" in because
    for _visit in range(2):
        listing, _counts = held.list_site()
        (one,) = listing.site.unread
        assert (one.publication.source_url, one.because) == ("https://files.ofsted.gov.uk/v1/file/99", because)
    (row,) = held.rows("select * from unread_publications")
    assert (row["source_path"], row["because"]) == ("80400/99", because)
    held.ingest()
    assert not [request for request in site.log if request.path == "/v1/file/99"]


def test_what_was_not_read_is_fetched_by_the_first_visit_that_reads_its_label(
    site: OfstedSite, held: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.sources.ofsted.sorting.why_unread", lambda label: None)
    listing, counts = held.list_site()
    assert (counts.n_new, listing.site.unread) == (1, ())
    assert held.rows("select * from unread_publications") == []
    assert len(held.ingest().new) == 1
    assert site.bodies() == ["/v1/file/99"]


def test_a_label_never_seen_is_reported_and_costs_nothing_that_is_held(site: OfstedSite, held: Archive) -> None:
    before = held.served()
    site.published.append(SURREY._replace(label="Children's care inspection"))
    site.replace("202303", label="Children's care inspection")
    listing, _counts = held.list_site()
    (warning,) = listing.warnings
    assert 'The label "Children\'s care inspection" was never seen before: 2 under it' in warning
    assert [one.publication.source_path for one in listing.site.unread] == ["80400/99", "80999/777"]
    held.ingest()
    assert (held.served(), site.bodies()) == (before, ["/v1/file/202303"]), "what is listed differently is got whole"


def test_a_link_that_cannot_be_understood_is_named(site: OfstedSite, held: Archive) -> None:
    odd = SURREY._replace(urn="80400", authority="Authority 0")
    site.published.append(odd._replace(words="Inspection, pdf"))
    site.published.append(odd._replace(href="https://elsewhere.example/v1/file/1"))
    listing, _counts = held.list_site()
    assert "Authority 0: a link could not be understood: 'Inspection, pdf' at" in listing.warnings[0]
    assert "https://elsewhere.example/v1/file/1" in listing.warnings[1]


def test_the_older_host_serves_the_same_publications(site: OfstedSite, held: Archive) -> None:
    site.published = [one._replace(href=OLDER_FILES + one.path) for one in site.published]
    _listing, counts = held.list_site()
    assert (counts.n_published, counts.n_new) == (24, 0)


def test_a_name_on_the_web_never_becomes_a_path(site: OfstedSite, archive: Archive) -> None:
    site.replace("202303", authority="../../../etc", label="children's services, inspection")
    archive.fetch()
    assert "80403/202303" in archive.served()
    assert {path.parent.parent for path in archive.files.rglob("*.pdf")} == {archive.files}


@pytest.mark.parametrize(("n_gone", "n_left"), [(2, 10), (6, 6)])
def test_a_search_that_lost_a_tenth_is_an_error_unless_told_otherwise(
    n_gone: int, n_left: int, site: OfstedSite, held: Archive
) -> None:
    before, listings = held.reports(), held.rows("select * from listings")
    site.left_search = {str(80_400 + number) for number in range(n_gone)}
    with pytest.raises(ShrunkenListingError, match=f"lists {n_left} authorities where it listed 12.* --accept-shrunk"):
        held.list_site()
    assert site.asked("provider") == []
    assert (held.reports(), held.rows("select * from listings")) == (before, listings)
    held.list_site(accept_shrunken=True)
    assert held.reports() == before
    held.list_site()


def test_pages_that_lost_a_tenth_of_the_reports_are_an_error_unless_told_otherwise(
    site: OfstedSite, held: Archive
) -> None:
    before, files = held.served(), held.names()
    site.published = [one for one in site.published if one.date.year != 2019 or one.urn > "80402"]
    with pytest.raises(ShrunkenListingError, match="lists 22 reports where it listed 25 last time"):
        held.list_site()
    listing, _counts = held.list_site(accept_shrunken=True)
    assert len(listing.site.vanished) == 3
    assert (held.served(), held.names()) == (before, files)


def test_a_page_that_lost_all_its_reports_is_an_error_unless_told_otherwise(site: OfstedSite, held: Archive) -> None:
    before = held.served()
    site.always["/provider/44/80403"] = wrong.page("<h1>Authority 3</h1>")
    with pytest.raises(PageChangedError, match=r"/80403 is not as expected: .* to 2 publications"):
        held.list_site()
    listing, _counts = held.list_site(accept_shrunken=True)
    assert len(listing.site.vanished) == 2
    assert held.served() == before


def test_a_page_that_leads_to_another_providers_lends_it_no_reports(site: OfstedSite, held: Archive) -> None:
    site.always["/provider/44/80403"] = wrong.redirect("/provider/44/80404")
    listing, counts = held.list_site()
    assert (counts.n_published, counts.n_new) == (24, 0)
    assert "redirects to the page of another provider" in listing.site.failures[0]


def test_what_vanishes_is_marked_and_kept_not_asked_for_and_can_come_back(site: OfstedSite, held: Archive) -> None:
    before, whole = held.served(), list(site.published)
    site.published = [one for one in whole if one.file_id != "202303"]
    listing, counts = held.list_site()
    assert [one.name for one in listing.site.vanished] == [
        "Authority 3: children's services inspection, 01 March 2023 (https://files.ofsted.gov.uk/v1/file/202303)"
    ]
    assert (counts.n_published, counts.n_gone) == (23, 1)
    assert held.paths("vanished_at is not null") == ["80403/202303"]
    assert held.ingest().n_published == 23
    assert "/v1/file/202303" not in [one.path for one in site.log]
    assert held.served() == before
    listing, counts = held.list_site()
    assert (listing.site.vanished, counts.n_gone) == ((), 0)
    site.published = whole
    held.list_site()
    assert held.paths("vanished_at is not null") == []


def test_an_interrupted_listing_goes_on_from_its_checkpoint(site: OfstedSite, held: Archive) -> None:
    def stop(n_done: int, _n_in_all: int) -> None:
        if n_done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        held.list_site(progress=stop)
    checkpoint = held.raw / "unfinished_listing.jsonl"
    seen = {one.path for one in site.asked("provider")}
    with checkpoint.open("ab") as file:
        file.write(b'\n{"provider_urn": "804')  # as a killed process leaves it
    site.log.clear()
    _listing, counts = held.list_site()
    assert counts.n_published == 24
    assert len(seen) >= 5
    assert seen.isdisjoint(one.path for one in site.asked("provider"))
    assert not checkpoint.exists()
    site.log.clear()
    held.list_site()
    assert len(site.asked("provider")) == 15


@pytest.mark.parametrize("hours", [-1, 7])
def test_a_checkpoint_of_another_time_is_not_used(hours: int, site: OfstedSite, held: Archive) -> None:
    visited = {
        "site": site.url,
        "visited_at": dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours),
        "provider_urn": "80403",
        "page": {"links": [], "odd": []},
    }
    (held.raw / "unfinished_listing.jsonl").write_bytes(msgspec.json.encode(visited))
    held.list_site()
    assert "/provider/44/80403" in [one.path for one in site.asked("provider")]


def test_a_narrowed_listing_fetches_only_its_part(site: OfstedSite, archive: Archive) -> None:
    listing, counts = archive.list_site(only="authority 3", limit=1)
    assert (counts.n_published, listing.site.vanished) == (1, ())
    assert archive.ingest().n_published == 1
    assert site.bodies() == ["/v1/file/201903"]


def test_who_visits_the_live_site_without_a_contact_is_told(
    site: OfstedSite, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.sources.ofsted.source.LIVE_SITE", SiteAddresses(site.url, site.files_url))
    listing, _counts = archive.list_site()
    assert listing.warnings == ()
    archive.limits = site.limits(contact="")
    listing, _counts = archive.list_site()
    assert "Set JUDGEMENTS_CONTACT" in listing.warnings[0]
