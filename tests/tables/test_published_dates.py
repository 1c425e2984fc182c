"""The date of publication where listing, report and inspection contradict each other."""

import datetime as dt

import pytest

from pipelines.parsing.facts import Visit
from pipelines.tables.published_dates import choose_published_date
from tests.histories import frames_of, parsed_report, publication

VISITS = (Visit(dt.date(2019, 5, 13), dt.date(2019, 5, 24)),)


def chosen(listed: str | None, printed: str | None) -> tuple[str | None, list[str]]:
    dates = [dt.date.fromisoformat(date) if date else None for date in (listed, printed)]
    published, issues = choose_published_date(dates[0], dates[1], VISITS)
    return str(published) if published else None, [issue.code for issue in issues]


@pytest.mark.parametrize("absurd", ["9999-12-31", "1900-01-01", "2019-05-01", "2029-07-01"])
def test_a_listed_date_that_cant_be_gives_way_to_the_printed_one(absurd: str) -> None:
    assert chosen(absurd, "2019-07-01") == ("2019-07-01", ["published_date_doubtful"])


@pytest.mark.parametrize("absurd", ["9999-12-31", "1900-01-01"])
def test_a_date_years_away_from_the_inspection_is_never_used_alone(absurd: str) -> None:
    assert chosen(absurd, None) == (None, ["published_date_doubtful"])
    assert chosen(None, absurd) == (None, ["published_date_doubtful"])


def test_a_report_published_before_its_inspection_keeps_its_date_and_is_told() -> None:
    told = ["published_date_doubtful", "inspected_after_publication"]
    assert chosen("2018-07-01", None) == ("2018-07-01", told)
    assert chosen("2018-07-01", "2018-07-03") == ("2018-07-01", told)


def test_where_listing_and_report_agree_the_inspection_may_be_misprinted() -> None:
    told = ["published_date_doubtful", "inspected_after_publication"]
    assert chosen("2014-07-01", "2014-07-03") == ("2014-07-01", told)


def test_a_report_published_while_inspectors_were_on_site_is_told() -> None:
    assert chosen("2019-05-20", None) == ("2019-05-20", ["inspected_after_publication"])


def test_a_report_published_as_late_as_if_a_year_were_misprinted_is_told() -> None:
    assert chosen("2020-07-01", None) == ("2020-07-01", ["published_late"])


def test_listing_and_report_that_differ_by_more_than_a_month_are_a_warning() -> None:
    for printed, severity in (("2019-07-20", "info"), ("2019-09-01", "warning")):
        _, [issue] = choose_published_date(dt.date(2019, 7, 1), dt.date.fromisoformat(printed), VISITS)
        assert (issue.code, issue.severity) == ("published_date_differs", severity)


def test_dates_that_can_be_are_used_as_they_are() -> None:
    assert chosen("2019-07-01", "2019-07-01") == ("2019-07-01", [])
    assert chosen("2019-07-01", "2019-07-03") == ("2019-07-01", ["published_date_differs"])
    assert chosen(None, "2019-07-03") == ("2019-07-03", ["published_date_from_text"])
    assert chosen(None, None) == (None, ["no_published_date"])


def test_of_two_publications_of_a_file_the_one_whose_date_can_be_counts() -> None:
    publications = [publication("a", published="1900-01-01"), publication("a", published="2019-07-01")]
    frames = frames_of(publications, [parsed_report("a")])
    assert frames["reports"]["published_date"].to_list() == [dt.date(2019, 7, 1)]
