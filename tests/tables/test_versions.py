"""A usable report gives way only to a usable report about the same authority; what else is served is told."""

import polars as pl
import pytest
from msgspec import structs

from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.sources.published import ArchivedReport
from tests.histories import frames_of, parsed_report, publication, sha

CUT = RejectedReport(sha("new"), "damaged_pdf", "the file is cut short")
BARNET, HULL = "London Borough of Barnet", "Kingston upon Hull City Council"


def served(name: str = "new", *earlier: str, urn: str | None = "80487") -> ArchivedReport:
    return structs.replace(publication(name, urn), earlier=tuple(map(sha, earlier)))


def frames(one: ArchivedReport, *outcomes: ParsedReport | RejectedReport) -> dict[str, pl.DataFrame]:
    from pipelines.tables.frames import OWN_REFERENCE, stage
    from tests.histories import StoreOf, read_report

    names = ("new", "old", "older")
    store = StoreOf({sha(name): read_report(name) for name in names}, {each.file_sha256: each for each in outcomes})
    return stage([one], store, OWN_REFERENCE, corrections=()).whole()


def accepted(found: dict[str, pl.DataFrame]) -> list[str]:
    return found["reports"]["file_sha256"].to_list()


def quarantined(found: dict[str, pl.DataFrame]) -> list[tuple[str | None, str]]:
    return found["quarantined_reports"].select("file_sha256", "reason").rows()


def test_a_damaged_download_leaves_the_report_that_is_held_and_is_told() -> None:
    found = frames(served("new", "old"), CUT, parsed_report("old"))
    assert (accepted(found), quarantined(found)) == ([sha("old")], [(sha("new"), "damaged_pdf")])
    assert found["quarantined_reports"]["detail"].to_list() == ["the file is cut short; the report held before stays"]
    issues = found["extraction_issues"].filter(pl.col("code") == "newer_file_unusable")
    assert issues["report_id"].to_list() == [sha("old")[:16]]
    assert "damaged_pdf: the file is cut short" in issues["message"][0]


def test_the_last_usable_file_stays_however_many_damaged_ones_follow() -> None:
    damaged = RejectedReport(sha("old"), "no_text", "no page has text")
    found = frames(served("new", "old", "older"), CUT, damaged, parsed_report("older"))
    assert (accepted(found), quarantined(found)) == ([sha("older")], [(sha("new"), "damaged_pdf")])


def test_what_could_not_even_be_taken_in_takes_no_place_either() -> None:
    refused = structs.replace(served("new", "old"), file_sha256=None, reason="too_large", detail="300 MB")
    found = frames(refused, parsed_report("old"))
    assert (accepted(found), quarantined(found)) == ([sha("old")], [(None, "too_large")])


def test_a_readable_report_takes_the_place_of_a_readable_one() -> None:
    found = frames(served("new", "old"), parsed_report("new"), parsed_report("old"))
    assert (accepted(found), quarantined(found)) == ([sha("new")], [])
    assert found["extraction_issues"].is_empty() or "newer_file_unusable" not in found["extraction_issues"]["code"]


def test_where_nothing_usable_was_held_the_damaged_file_is_quarantined_as_ever() -> None:
    older = RejectedReport(sha("old"), "not_a_pdf", "a web page")
    found = frames(served("new", "old"), CUT, older)
    assert (accepted(found), quarantined(found)) == ([], [(sha("new"), "damaged_pdf")])


def test_a_link_that_serves_another_authoritys_report_counts_for_neither() -> None:
    found = frames(served("new", "old"), parsed_report("new", HULL), parsed_report("old", BARNET))
    assert (accepted(found), quarantined(found)) == ([sha("old")], [(sha("new"), "other_authority")])
    assert set(found["judgements"]["inspection_id"]) == {sha("old")[:16]}


def test_the_other_authoritys_own_link_counts() -> None:
    from pipelines.tables.frames import OWN_REFERENCE, stage
    from tests.histories import StoreOf, read_report

    facts = {one.file_sha256: one for one in (parsed_report("new", HULL), parsed_report("old", BARNET))}
    own = structs.replace(served("new", urn="80562"), publication=publication("own", None).publication)
    store = StoreOf({sha(name): read_report(name) for name in ("new", "old")}, facts)
    found = stage([served("new", "old"), own], store, OWN_REFERENCE, corrections=()).whole()
    names = dict(found["authorities"].select("authority_id", "authority_name").iter_rows())
    by_file = dict(found["reports"].select("file_sha256", "authority_id").iter_rows())
    assert {file: names[authority] for file, authority in by_file.items()} == {
        sha("new"): "Kingston Upon Hull, City of",
        sha("old"): "Barnet",
    }


def test_a_cover_that_always_named_another_authority_is_as_the_listing_decides() -> None:
    found = frames(served("new", "old"), parsed_report("new", HULL), parsed_report("old", HULL))
    assert (accepted(found), quarantined(found)) == ([sha("new")], [])


@pytest.mark.parametrize("urn", ["80487", None])
def test_a_report_of_nobody_takes_no_place(urn: str | None) -> None:
    found = frames(served("new", "old", urn=urn), parsed_report("new", "Atlantis"), parsed_report("old", BARNET))
    assert accepted(found) == [sha("old" if urn is None else "new")]


def test_a_redirect_to_another_file_is_an_issue_of_the_report() -> None:
    one = structs.replace(publication("new"), redirected_to="https://files.example/v1/file/9")
    found = frames_of([one], [parsed_report("new")])
    issues = found["extraction_issues"].filter(pl.col("code") == "address_redirects")
    assert "https://files.example/v1/file/9" in issues["message"][0]
