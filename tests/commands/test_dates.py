"""The forms in which every command takes a day."""

import datetime as dt

import pytest

from pipelines.commands.dates import read_day, read_day_if_given
from pipelines.errors import UsageError


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01",
        "2025-3-1",
        "2025/03/01",
        "01/03/2025",
        "1/3/25",
        "01.03.2025",
        "1 March 2025",
        " 1st  march, 2025 ",
        "1-Mar-2025",
        "March 1, 2025",
    ],
)
def test_day_is_understood_in_its_usual_forms(text: str) -> None:
    assert read_day(text) == dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("sept 2024", "2024-09-01", "2024-09-30"),
        ("9 Sep 2024", "2024-09-09", "2024-09-09"),
    ],
)
def test_a_month_or_year_begins_with_its_first_day_and_ends_with_its_last(text: str, first: str, last: str) -> None:
    assert str(read_day(text, is_beginning=True)) == first
    assert str(read_day(text)) == last


@pytest.mark.parametrize(
    "text",
    ["", "25", "March", "1 March", "13/2025", "03/31/2025", "31/02/2025", "soon", "1 to 3 March 2025", "0000-01-01"],
)
def test_what_is_no_single_day_is_refused_with_what_would_be_one(text: str) -> None:
    with pytest.raises(
        UsageError, match=r"^--since '.*' can't be read as a day\. Write it as 2025-03-31, .* or yesterday\.$"
    ):
        read_day_if_given(text, "--since")


def test_today_is_the_real_one() -> None:
    before = dt.datetime.now(dt.UTC).astimezone().date()
    today, yesterday = read_day("Today"), read_day("yesterday")
    after = dt.datetime.now(dt.UTC).astimezone().date()
    assert before <= today <= after
    assert before <= yesterday + dt.timedelta(days=1) <= after


def test_option_that_is_not_given_is_no_day() -> None:
    assert read_day_if_given(None, "--since") is None
