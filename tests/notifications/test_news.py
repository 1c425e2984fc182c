"""What is told as new: a new report and what it changed; and what is not: all else that makes rows change."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from pipelines.archive.ledger import Ledger
from pipelines.notifications import news
from pipelines.notifications.due import statistics_due
from pipelines.notifications.messages import Message
from pipelines.notifications.news import Known, look, remember
from pipelines.settings import Settings
from pipelines.sources.published import ListedReport, Listing, PublishedReport
from pipelines.warehouse.connection import open_warehouse
from pipelines.words import day

PAGE = "https://dagster.example.invalid/changes"

IMPROVED = """
    select
        h.authority_name, h.judgement_code, b.label, g.label, h.start_date, h.published_date,
        r.file_sha256, r.source_url
    from marts.judgement_history h
    join marts.latest_judgements l using (inspection_id, judgement_code)
    join core.reports r on r.report_id = h.inspection_id
    join core.grades g on g.grade = h.grade
    join core.grades b on b.grade = h.previous_grade
    where h.change = 'improved'
    order by h.inspection_id, h.judgement_code
"""


@pytest.fixture
def known(of_sample: Settings) -> Known:
    """All of the sample is known, of another build."""
    return msgspec.structs.replace(look(of_sample).now, fingerprint="of another build")


def told(settings: Settings, known: Known) -> dict[str, Message]:
    """The messages by kind, where so much was known."""
    remember(settings, known)
    return {message.kind: message for message in look(settings).messages(PAGE)}


def without(known: Known, *files: str, grades: dict[str, dict[str, str]] | None = None) -> Known:
    return msgspec.structs.replace(known, files=known.files - {*files}, grades={} if grades is None else grades)


def asked(settings: Settings, query: str, *given: object) -> Sequence[tuple[object, ...]]:
    with open_warehouse(settings.warehouse) as connection:
        return connection.execute(query, given).fetchall()


def test_the_first_look_tells_nothing_and_a_new_report_later_what_it_changed(of_sample: Settings, known: Known) -> None:
    assert list(look(of_sample).messages(PAGE)) == []
    authority, judgement, before, now, start, published, file, link = asked(of_sample, IMPROVED)[0]
    messages = told(of_sample, without(known, str(file)))
    assert messages["new_reports"].title == f"{authority}: new report"
    (line, page) = messages["new_reports"].body.splitlines()
    assert line.startswith(f"- {authority}: ")
    assert isinstance(start, dt.date)
    assert isinstance(published, dt.date)
    assert f"(inspected {day(start)}, published {day(published)})" in line
    assert line.endswith(f" {link}")
    assert page == PAGE
    assert messages["changed_grades"].title == f"{authority}: changed grades"
    words = [str(grade).lower().replace(" to be good", "") for grade in (before, now)]
    assert f"{str(judgement).replace('_', ' ')} {words[0]} → {words[1]}" in messages["changed_grades"].body


def test_many_new_reports_are_one_message_the_latest_first(of_sample: Settings, known: Known) -> None:
    with open_warehouse(of_sample.warehouse) as connection:
        reports = news._rows(connection, "reports_for_news", news.Report)[:30]
    messages = told(of_sample, without(known, *(one.file_sha256 for one in reports)))
    lines = messages["new_reports"].body.splitlines()
    assert messages["new_reports"].title == "30 new reports"
    assert [line.partition(":")[0] for line in lines[:10]] == [f"- {one.authority_name}" for one in reports[:10]]
    assert lines[10:] == ["- and 20 more", PAGE]


def test_an_old_report_that_is_new_here_changes_no_grade_in_force(of_sample: Settings, known: Known) -> None:
    ((file,),) = asked(
        of_sample,
        """select r.file_sha256 from marts.judgement_history h join core.reports r on r.report_id = h.inspection_id
        where h.change = 'improved' and h.inspection_id not in (select inspection_id from marts.latest_judgements)
        order by all limit 1""",
    )
    assert set(told(of_sample, without(known, str(file)))) == {"new_reports"}


def test_grades_that_a_rule_reads_otherwise_are_no_news(of_sample: Settings, known: Known) -> None:
    otherwise = {name: dict.fromkeys(grades, "adequate") for name, grades in known.grades.items()}
    assert told(of_sample, msgspec.structs.replace(known, grades=otherwise)) == {}


def test_another_source_or_part_of_one_is_no_news(of_sample: Settings, known: Known) -> None:
    nothing = msgspec.structs.replace(known, files=frozenset(), grades={}, source="ofsted")
    assert told(of_sample, nothing) == {}
    assert told(of_sample, msgspec.structs.replace(nothing, source="a part of the sample")) == {}
    remember(of_sample, look(of_sample).now)
    assert list(look(of_sample).messages(PAGE)) == []


def test_a_report_that_is_issued_again_tells_only_the_grades_that_it_corrects(
    of_sample: Settings, known: Known
) -> None:
    *_, file, _ = asked(of_sample, IMPROVED)[0]
    same = told(of_sample, without(known, str(file), grades=known.grades))
    assert set(same) == {"new_reports"}
    assert ": issued again: " in same["new_reports"].body
    (report,) = [one for one in look(of_sample).reports if one.file_sha256 == file]
    corrected = {**known.grades[report.activity], report.grades[0].judgement: "inadequate"}
    assert report.grades[0].grade != "inadequate"
    messages = told(of_sample, without(known, str(file), grades={**known.grades, report.activity: corrected}))
    said = f": corrected: {report.grades[0].judgement} inadequate → {report.grades[0].grade} ("
    assert said in messages["changed_grades"].body


def test_a_file_that_could_not_be_read_is_told_and_told_as_new_when_it_can_be(
    of_sample: Settings, known: Known
) -> None:
    *_, file, _ = asked(of_sample, IMPROVED)[0]
    one = news.Quarantined(
        str(file), "a/path.pdf", "unknown framework: no title is known", "https://files.example.invalid"
    )
    before = without(known, str(file))
    (message,) = news.Look(before, known, quarantined=(one,)).messages(PAGE)
    assert message.title == "a/path.pdf: new report"
    assert "a/path.pdf: could not be read: unknown framework: no title is known https://files" in message.body
    kept = msgspec.structs.replace(before, files=before.files | {one.key})
    assert list(news.Look(kept, known, quarantined=(one,)).messages(PAGE)) == []
    assert "new_reports" in told(of_sample, kept)


def test_what_is_known_outlives_a_report_that_goes_and_comes_back(of_sample: Settings, known: Known) -> None:
    remember(of_sample, msgspec.structs.replace(known, files=known.files | {"of a report that is gone"}))
    assert "of a report that is gone" in look(of_sample).now.files


def test_statistics_are_due_from_july_until_they_are_held(of_sample: Settings) -> None:
    """The editions of the sample tell of an invented world; only their dates are looked at here."""
    held = max(
        as_at for (as_at,) in asked(of_sample, "select as_at_date from official.editions where month(as_at_date) = 3")
    )  # type: ignore[type-var]
    assert isinstance(held, dt.date)
    next_year = held.year + 1
    assert statistics_due(of_sample, dt.date(next_year, 7, 1)) is None, "nothing was listed"
    of_sample.raw.mkdir()
    report = ListedReport(PublishedReport(source_path="a.pdf"), "a.pdf")
    for reference, due in ((None, dt.date(next_year, 3, 31)), (Path("of/its/own"), None)):
        with Ledger.open(of_sample.ledger) as ledger:
            ledger.record_listing(Listing("reports", reference, (report,)), dt.datetime(2026, 1, 1))  # noqa: DTZ001
        assert statistics_due(of_sample, dt.date(next_year, 6, 30)) is None
        assert statistics_due(of_sample, dt.date(next_year, 7, 1)) == due
        assert statistics_due(of_sample, dt.date(next_year + 1, 2, 1)) == due
