"""Every publication ends in a table or in quarantine, and every row that is left out in an issue."""

import datetime as dt
from collections.abc import Iterable

import msgspec
import polars as pl
import pytest

from pipelines.parsing.facts import Issue, Judgement, PlacedLine, RejectedReport
from pipelines.reading.lines import Box, ReadReport, UnreadableReport
from pipelines.tables.frames import LostReportError, stage
from pipelines.tables.schemas_reference import Grades
from pipelines.tables.staged import REPORT_FRAMES, Staged
from pipelines.tables.validation import frame_of
from tests.histories import FIRST_SEEN, StoreOf, frames_of, parsed_report, publication, read_report, sha


def codes(frames: dict[str, pl.DataFrame], report: str | None = None) -> list[str]:
    issues = frames["extraction_issues"]
    return (issues if report is None else issues.filter(report_id=sha(report)[:16]))["code"].to_list()


def test_report_fills_every_table_under_stable_keys() -> None:
    frames = frames_of([publication("a")], [parsed_report("a")])
    key = sha("a")[:16]
    assert frames["reports"]["report_id"].to_list() == [key]
    assert frames["paragraphs"]["paragraph_id"].to_list() == [f"{key}-p0001", f"{key}-p0002"]
    assert frames["paragraphs"]["section_id"].to_list() == [f"{key}-s001"] * 2
    assert frames["recommendations"]["recommendation_id"].to_list() == [f"{key}-r001"]
    assert frames["recommendations"]["paragraph_id"].to_list() == [f"{key}-p0002"]
    assert frames["judgements"]["area_code"].to_list() == ["overall", "leaders"]
    assert frames["lines"]["role"].to_list() == ["paragraph", "bullet", "boilerplate"]
    assert frames["lines"]["paragraph_id"].to_list() == [f"{key}-p0001", f"{key}-p0002", None]
    assert frames["inspections"]["inspection_kind_basis"].to_list() == ["10 weekdays on site"]
    assert codes(frames) == []


def test_file_that_never_came_unreadable_and_rejected_are_quarantined_with_their_reasons() -> None:
    lost = msgspec.structs.replace(publication("lost"), file_sha256=None, reason="too_large", detail="300 MB")
    unreadable = RejectedReport(sha("html"), "not_a_pdf", "begins with <!DOCTYPE")
    rejected = RejectedReport(sha("invoice"), "unknown_framework", "no title of a framework")
    frames = frames_of([lost, publication("html"), publication("invoice")], [unreadable, rejected])
    assert frames["quarantined_reports"]["reason", "first_seen_at"].rows() == [
        ("not_a_pdf", FIRST_SEEN),
        ("unknown_framework", FIRST_SEEN),
        ("too_large", FIRST_SEEN),
    ]
    assert frames["reports"].is_empty()


def test_report_of_nobody_known_is_quarantined_under_each_publication() -> None:
    publications = [publication("x", urn="999"), publication("x", urn=None)]
    frames = frames_of(publications, [parsed_report("x", authority="Ruritania County Council")])
    assert frames["quarantined_reports"]["reason"].to_list() == ["unknown_authority"] * 2
    assert "'Ruritania County Council'" in frames["quarantined_reports"]["detail"][0]


def test_listing_decides_where_the_cover_names_another_authority() -> None:
    frames = frames_of([publication("a", urn="80449")], [parsed_report("a", authority="Barnet")])
    assert frames["reports"]["authority_id"].to_list() == ["E08000032"]
    assert codes(frames) == ["authority_differs"]


def test_cover_decides_where_nothing_is_listed() -> None:
    frames = frames_of([publication("a", urn=None)], [parsed_report("a", authority="Barnet")])
    assert frames["reports"]["authority_id"].to_list() == ["E09000003"]
    assert codes(frames) == []


def test_former_authority_gets_the_urn_it_is_listed_under() -> None:
    report = parsed_report(
        "d", authority="Dorset County Council", visits=[("2016-04-25", "2016-05-18")], framework="sif"
    )
    frames = frames_of([publication("d", urn="80463", published="2016-07-01")], [report])
    county = frames["authorities"].filter(authority_id="E10000009")
    assert frames["activities"]["authority_id"].to_list() == ["E10000009"]
    assert county["provider_urn"].to_list() == ["80463"]
    assert codes(frames) == ["listing_urn_unknown"]


def test_inspection_before_the_authority_existed_is_a_warning() -> None:
    report = parsed_report("d", authority="Dorset Council", visits=[("2016-04-25", "2016-05-18")], framework="sif")
    frames = frames_of([publication("d", urn="2532283", published="2016-07-01")], [report])
    assert set(codes(frames)) == {"authority_differs", "authority_not_in_force"}


def test_same_file_published_twice_is_one_report_under_its_own_authority() -> None:
    publications = [
        publication("a", urn="80449", published="2019-06-01"),
        publication("a", urn="80487", published="2019-07-01"),
    ]
    frames = frames_of(publications, [parsed_report("a", authority="Barnet")])
    assert frames["reports"]["source_path"].to_list() == ["80487/a.pdf"]
    assert codes(frames) == ["published_twice"]


def test_earliest_publication_tells_of_a_file_published_twice_by_one_authority() -> None:
    publications = [publication("a", published="2019-08-01"), publication("a", published="2019-07-01")]
    frames = frames_of(publications, [parsed_report("a")])
    assert frames["reports"]["published_date"].to_list() == [dt.date(2019, 7, 1)]


def test_later_report_on_one_inspection_supersedes_the_earlier() -> None:
    publications = [publication("second", published="2019-09-01"), publication("first", published="2019-07-01")]
    frames = frames_of(publications, [parsed_report("first"), parsed_report("second")])
    assert frames["reports"].height == 2
    assert frames["paragraphs"].height == 4
    assert frames["inspections"]["inspection_id"].to_list() == [sha("second")[:16]]
    assert set(frames["judgements"]["inspection_id"]) == {sha("second")[:16]}
    assert set(frames["recommendations"]["inspection_id"]) == {sha("second")[:16]}
    assert codes(frames, "first") == ["superseded_report"]


def test_grade_outside_the_scale_goes_to_issues_and_the_rest_stays() -> None:
    report = parsed_report("a", grades={"overall_effectiveness": "excellent", "leaders": "good"})
    frames = frames_of([publication("a")], [report])
    assert frames["judgements"]["judgement_code"].to_list() == ["leaders"]
    issue = frames["extraction_issues"].row(0, named=True)
    assert (issue["severity"], issue["code"], issue["page_number"]) == ("error", "judgements_row_rejected", 1)
    assert '"excellent"' in issue["excerpt"]


def test_word_outside_a_vocabulary_goes_to_issues_with_the_words_that_may_stand_there() -> None:
    report = parsed_report("a")
    hearsay = tuple(msgspec.structs.replace(one, evidence="hearsay") for one in report.judgements[:1])
    frames = frames_of([publication("a")], [msgspec.structs.replace(report, judgements=hearsay)])
    message = frames["extraction_issues"]["message"][0]
    assert message.endswith("breaks a rule: evidence is one of cover, sentence, closing table, heading")
    assert frames["judgements"].is_empty()


def test_judgement_that_the_framework_does_not_make_goes_to_issues() -> None:
    report = parsed_report("a", framework="ilacs_2026", grades={"overall_effectiveness": "good", "leaders": "good"})
    frames = frames_of([publication("a")], [report])
    assert frames["judgements"]["judgement_code"].to_list() == ["leaders"]
    assert "area_code nullability" in frames["extraction_issues"]["message"][0]


def test_judgement_given_twice_is_left_out_both_times() -> None:
    report = parsed_report("a")
    again = Judgement("leaders", "inadequate", "Inadequate", "leaders", 2, Box(1, 2, 3, 4), "sentence")
    frames = frames_of([publication("a")], [msgspec.structs.replace(report, judgements=(*report.judgements, again))])
    assert frames["judgements"]["judgement_code"].to_list() == ["overall_effectiveness"]
    assert frames["extraction_issues"]["page_number"].to_list() == [1, 2]


def test_inspection_without_dates_takes_its_judgements_to_issues() -> None:
    frames = frames_of([publication("a")], [parsed_report("a", visits=())])
    assert frames["inspections"].is_empty()
    assert frames["judgements"].is_empty()
    assert frames["paragraphs"].height == 2
    assert {
        "activities_row_rejected",
        "inspections_row_rejected",
        "judgements_row_rejected",
        "recommendations_row_rejected",
    } <= set(codes(frames))


def test_line_of_a_paragraph_that_is_not_there_keeps_its_text() -> None:
    report = parsed_report("a")
    lines = (*report.lines[:2], PlacedLine(1, 3, "paragraph", 99, is_running_text=False))
    frames = frames_of([publication("a")], [msgspec.structs.replace(report, lines=lines)])
    assert frames["lines"].filter(text="© Nobody")["role", "paragraph_id"].rows() == [("paragraph", None)]


def test_reports_own_issues_come_first_and_are_numbered() -> None:
    noticed = Issue("warning", "numbering_gap", 2, "45 47", "paragraph 46 is missing")
    frames = frames_of([publication("a", published=None)], [parsed_report("a", issues=(noticed,))])
    assert frames["extraction_issues"]["issue_number", "code"].rows() == [
        (1, "numbering_gap"),
        (2, "no_published_date"),
    ]


def test_printed_date_stands_in_where_nothing_is_listed() -> None:
    frames = frames_of([publication("a", published=None)], [parsed_report("a", published_in_text="2019-07-03")])
    assert frames["activities"]["published_date"].to_list() == [dt.date(2019, 7, 3)]
    assert codes(frames) == ["published_date_from_text"]


class NotedStore(StoreOf):
    """A store of reports of these names, on an inspection each, that notes which lines are opened."""

    def __init__(self, names: Iterable[str], content: str = "") -> None:
        visits = {name: [(f"{1900 + int(name[1:])}-05-13", "2019-05-24")] for name in names}
        facts = {sha(name): parsed_report(name, visits=visits[name]) for name in visits}
        super().__init__({sha(name): read_report(name) for name in visits}, facts)
        self.content = content
        self.opened: list[str] = []

    def lines(self, file_sha256: str) -> ReadReport:
        self.opened.append(file_sha256)
        return super().lines(file_sha256)

    def digest(self, file_sha256: str) -> str:
        return file_sha256 + self.content


def staged(names: Iterable[str], store: StoreOf) -> Staged:
    return stage([publication(name, urn=None) for name in names], store)


def test_reports_are_opened_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.tables.staged.REPORTS_IN_A_PART", 2)
    names = [f"r{number}" for number in range(20)]
    store = NotedStore(names)
    parts = staged(names, store).parts
    assert store.opened == []
    for part in parts:
        before = len(store.opened)
        frames = part.frames()
        assert tuple(frames) == REPORT_FRAMES
        assert frames["reports"].height == part.n_reports == len(store.opened) - before
    assert len(parts) == 16
    assert store.opened == sorted(map(sha, names))


def test_a_new_report_changes_the_key_of_its_own_part_and_other_lines_that_of_every_part() -> None:
    names = [f"r{number}" for number in range(150)]

    def keys(names: list[str], content: str = "") -> list[str]:
        return [part.key for part in staged(names, NotedStore(names, content)).parts]

    before, after = keys(names[:-1]), keys(names)
    assert before == keys(names[-2::-1])
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
    assert set(before).isdisjoint(keys(names[:-1], content="other lines"))


def test_file_that_can_no_longer_be_opened_stops_the_load() -> None:
    class Lost(NotedStore):
        def lines(self, file_sha256: str) -> UnreadableReport:  # type: ignore[override]
            return UnreadableReport(file_sha256, "handmade", "1", "damaged_pdf", "it ends in the middle")

    with pytest.raises(LostReportError, match=r"None/r1\.pdf can't be opened any more"):
        staged(["r1"], Lost(["r1"])).whole()


def test_row_that_lacks_a_column_is_a_mistake_and_no_null() -> None:
    with pytest.raises(KeyError, match="label"):
        frame_of(Grades, [{"grade": "good", "grade_rank": 2}])
