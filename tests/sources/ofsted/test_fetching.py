"""Everything arrives once and whole, what is held is not downloaded again, and nothing is lost."""

import datetime as dt
import hashlib
import resource
from collections.abc import Iterator

import pytest

from pipelines.archive.ingest import ArchiveError
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import UNREAD, Archive
from tests.sources.ofsted.site import NOT_FOUND, Fault, Handler, OfstedSite

REISSUED = b"%PDF-1.7 another issue" + b" " * 600


def test_everything_arrives_byte_for_byte(site: OfstedSite, archive: Archive) -> None:
    assert len(archive.fetch().new) == 24
    wanted = {one.content for one in site.published if one.label != UNREAD}
    assert {path.read_bytes() for path in archive.files.rglob("*.pdf")} == wanted
    assert len(archive.names()) == 24


def test_a_second_run_is_idempotent_and_asks_for_no_body_that_is_held(site: OfstedSite, held: Archive) -> None:
    held.now += dt.timedelta(days=1)
    before = held.reports()
    fetched = held.fetch()
    assert len(fetched.unchanged) == 24
    assert {one.status for one in site.asked("file")} == {304}
    assert held.reports() == before
    assert {row["last_seen_at"] for row in held.rows("select * from file_versions")} == {"2026-07-02 12:00:00"}


def test_a_server_that_knows_no_file_again_is_not_asked_for_any_until_it_is_due(
    site: OfstedSite, archive: Archive
) -> None:
    site.has_validators = False
    assert len(archive.fetch().new) == 24
    site.log.clear()
    site.replace("202303", content=REISSUED)
    archive.now += dt.timedelta(days=29)
    assert len(archive.fetch().unchanged) == 24
    assert site.asked("file") == []
    site.replace("202304", date=site.published[0].date)
    assert len(archive.fetch().unchanged) == 24
    assert site.bodies() == ["/v1/file/202304"]
    archive.now += dt.timedelta(days=1)
    assert len(archive.fetch().changed) == 1
    site.log.clear()
    assert len(archive.ingest(force=True).unchanged) == 24
    assert len(site.bodies()) == 24


def served_with_an_old_etag(site: OfstedSite) -> Fault:
    """Another file than before, from a server that takes it for the same whenever it is asked whether it is."""
    old = next(one for one in site.published if one.file_id == "202303").content
    etag = f'"{hashlib.sha256(old or b"").hexdigest()[:16]}"'

    def serve(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] == etag
        handler.reply(304 if known else 200, b"" if known else REISSUED, "application/pdf", {"ETag": etag})

    return serve


@pytest.mark.parametrize("why", ["by force", "listed differently", "after the time to look again"])
def test_no_server_is_believed_for_ever(why: str, site: OfstedSite, held: Archive) -> None:
    site.always["/v1/file/202303"] = served_with_an_old_etag(site)
    held.now += dt.timedelta(days=29)
    assert len(held.fetch().unchanged) == 24
    if why == "listed differently":
        site.replace("202303", date=site.published[0].date)
    held.now += dt.timedelta(days=1 if why == "after the time to look again" else 0)
    held.list_site()
    assert len(held.ingest(force=why == "by force").changed) == 1
    assert held.ingest().changed == []


def test_a_clock_that_was_years_ahead_skips_nothing_today(site: OfstedSite, held: Archive) -> None:
    site.has_validators = False
    held.now += dt.timedelta(days=3650)
    assert len(held.fetch().unchanged) == 24
    held.now -= dt.timedelta(days=3640)
    site.replace("202303", content=REISSUED)
    assert len(held.fetch().changed) == 1
    site.log.clear()
    held.now += dt.timedelta(days=1)
    assert len(held.fetch().unchanged) == 24
    assert site.asked("file") == [], "times are right again"


def test_a_redirect_to_another_file_of_the_site_is_told_until_it_ends(site: OfstedSite, held: Archive) -> None:
    site.always["/v1/file/202303"] = wrong.redirect("/v1/file/202304")
    held.now += dt.timedelta(days=30)
    assert len(held.fetch().changed) == 1
    redirected = {path: one.redirected_to for path, one in held.reports().items() if one.redirected_to}
    assert redirected == {"80403/202303": f"{site.files_url}/v1/file/202304"}
    del site.always["/v1/file/202303"]
    held.now += dt.timedelta(days=30)
    held.fetch()
    assert not any(one.redirected_to for one in held.reports().values())


def test_one_new_report_is_one_download(site: OfstedSite, held: Archive) -> None:
    site.published.append(site.published[0]._replace(file_id="555", content=b"%PDF-1.7 new"))
    fetched = held.fetch()
    assert fetched.new == [
        "Authority 0: children's services inspection, 01 March 2019 (https://files.ofsted.gov.uk/v1/file/555)"
    ]
    assert (fetched.n_published, len(fetched.new), len(fetched.unchanged)) == (25, 1, 24)
    assert site.bodies() == ["/v1/file/555"]


def test_a_file_re_issued_under_its_address_supersedes_the_old_one_which_stays(site: OfstedSite, held: Archive) -> None:
    before, files = held.served(), held.names()
    site.replace("202303", content=REISSUED)
    assert len(held.fetch().changed) == 1
    now = held.served()
    assert {path for path in now if now[path] != before[path]} == {"80403/202303"}
    assert set(files) < set(held.names())
    versions = held.rows(
        "select file_versions.* from file_versions join publications using (publication_id)"
        " where source_path = '80403/202303' order by is_current"
    )
    assert [one["file_sha256"] for one in versions] == [before["80403/202303"], now["80403/202303"]]
    assert all(one["etag"] and one["last_modified"] and one["first_seen_at"] for one in versions)
    assert versions[0]["etag"] != versions[1]["etag"]


def test_one_file_under_two_addresses_is_kept_once_and_known_under_both(site: OfstedSite, held: Archive) -> None:
    site.published.append(site.published[6]._replace(file_id="555", date=site.published[7].date))
    assert len(held.fetch().new) == 1
    assert held.served()["80403/555"] == held.served()["80403/201903"]
    assert len(held.names()) == 24


def test_one_address_on_two_pages_is_downloaded_once(site: OfstedSite, held: Archive) -> None:
    for urn in ("80400", "80401"):
        site.published.append(site.published[0]._replace(urn=urn, file_id="555", content=b"%PDF-1.7 both"))
    assert len(held.fetch().new) == 2
    site.replace("555", content=REISSUED)
    assert len(held.fetch().changed) == 2
    assert site.bodies() == ["/v1/file/555"] * 2


def test_the_page_for_missing_reports_may_change_and_is_taken_in_once(site: OfstedSite, archive: Archive) -> None:
    site.replace("201900", content=None)
    assert len(archive.fetch().new) == 24
    site.always["/v1/file/201900"] = wrong.pdf(NOT_FOUND.replace("Sorry", "We regret").encode(), "text/html")
    archive.now += dt.timedelta(days=30)
    fetched = archive.fetch()
    assert (len(fetched.unchanged), fetched.failed) == (24, [])
    del site.always["/v1/file/201900"]
    site.replace("201900", content=REISSUED)
    archive.now += dt.timedelta(days=30)
    assert len(archive.fetch().changed) == 1


def test_a_held_file_that_was_lost_is_downloaded_again(site: OfstedSite, held: Archive) -> None:
    lost = min(held.files.rglob("*.pdf"))
    lost.unlink()
    assert len(held.fetch().unchanged) == 24
    assert lost.is_file()
    assert len(held.names()) == 24


def test_what_was_fetched_before_an_interruption_is_not_fetched_again(site: OfstedSite, archive: Archive) -> None:
    def interrupt(_handler: Handler) -> None:
        already.extend(archive.paths("publication_id in (select publication_id from file_versions)"))
        raise ConnectionError

    already: list[str] = []
    site.faults["/v1/file/202303"].append(interrupt)
    archive.list_site()
    archive.ingest()
    assert already == sorted(f"{one.urn}/{one.file_id}" for one in site.published if one.path in site.bodies()[:7])
    assert len(already) == 7, "each file is in the ledger before the next is asked for"


def test_after_an_interruption_what_is_missing_comes_before_questions_about_what_is_held(
    site: OfstedSite, archive: Archive
) -> None:
    archive.list_site(limit=7)
    assert len(archive.ingest().new) == 7
    site.log.clear()
    fetched = archive.fetch()
    assert (len(fetched.new), len(fetched.unchanged)) == (17, 7)
    assert [one.status for one in site.asked("file")] == [200] * 17 + [304] * 7


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may have more than two megabytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_names_the_publication_and_costs_nothing_that_is_held(
    site: OfstedSite, held: Archive, small_disk: None
) -> None:
    before, files = held.served(), held.names()
    site.replace("202303", content=b"%PDF-1.7" + bytes(4_000_000))
    with pytest.raises(ArchiveError, match=r"Authority 3: .* could not be kept: File too large. What is held stays"):
        held.fetch()
    assert (held.served(), held.names()) == (before, files)
    site.replace("202303", content=REISSUED)
    assert len(held.fetch().changed) == 1
