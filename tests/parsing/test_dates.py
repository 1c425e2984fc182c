"""Dates as covers write them: every form seen in real reports."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parsing.dates import mentions_date, parse_date, parse_stays, parse_visits
from pipelines.sample.dates import FORMS, print_visits


def visits_in(text: str) -> list[tuple[str, str]]:
    return [(visit.start_date.isoformat(), visit.end_date.isoformat()) for visit in parse_visits(text)]


@pytest.mark.parametrize(
    ("written", "visits"),
    [
        ("8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019",
         [("2019-07-08", "2019-07-12"), ("2019-08-07", "2019-08-08")]),
        ("19 November-11 December 2013 and 28 – 30 January 2014",
         [("2013-11-19", "2013-12-11"), ("2014-01-28", "2014-01-30")]),
        ("5–9 March and 19–23 March 2018", [("2018-03-05", "2018-03-09"), ("2018-03-19", "2018-03-23")]),
        ("5 to 9 March, 19 to 23 March and 3 April 2018",
         [("2018-03-05", "2018-03-09"), ("2018-03-19", "2018-03-23"), ("2018-04-03", "2018-04-03")]),
    ],
)  # fmt: skip
def test_every_visit_is_kept(written: str, visits: list[tuple[str, str]]) -> None:
    assert visits_in(written) == visits


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("9–24 November 2017", "2017-11-09", "2017-11-24"),
        ("9 – 24 November 2017", "2017-11-09", "2017-11-24"),
        ("18 Feb 2014 – 12 March 2014", "2014-02-18", "2014-03-12"),
        ("12/09/2016 to 06/10/2016", "2016-09-12", "2016-10-06"),
        ("12.09.16 - 06.10.16", "2016-09-12", "2016-10-06"),
        ("23 April 2018 to 04 May 2018", "2018-04-23", "2018-05-04"),
        ("23 April to 4 May 2018", "2018-04-23", "2018-05-04"),
        ("10 to 14 June 2024", "2024-06-10", "2024-06-14"),
        ("Monday 10 June until Friday 14 June 2024", "2024-06-10", "2024-06-14"),
        ("10th to 21st June, 2024", "2024-06-10", "2024-06-21"),
        ("2 Sept to 1 October 2014", "2014-09-02", "2014-10-01"),
        ("Mon 15 Sep to Fri 26 Sep 2025", "2025-09-15", "2025-09-26"),
        ("Thurs. 4 Sep to Weds 10 Sep 2025", "2025-09-04", "2025-09-10"),
        ("the 15th to the 26th of September 2025", "2025-09-15", "2025-09-26"),
        ("from Monday the 15th to Friday the 26th of September 2025", "2025-09-15", "2025-09-26"),
    ],
)
def test_a_stay_is_read_in_every_form(written: str, start: str, end: str) -> None:
    assert visits_in(written) == [(start, end)]


@pytest.mark.parametrize(
    "to",
    [
        "through",
        "through to",
        "until",
        "till",
        "up to",
        "to",
        "-",
        "–",
        "—",
        "\uff0d",
        "\ufe58",
        "\u2043",
        "\u02d7",
        "thru",
    ],
)
def test_any_word_for_to_makes_one_stay(to: str) -> None:
    assert visits_in(f"15 September 2025 {to} 26 September 2025") == [("2025-09-15", "2025-09-26")]
    assert visits_in(f"Monday 15 {to} Friday 26 September 2025") == [("2025-09-15", "2025-09-26")]


def test_between_one_day_and_another_is_one_stay() -> None:
    assert visits_in("Between 15 September 2025 and 26 September 2025") == [("2025-09-15", "2025-09-26")]
    assert visits_in("between 15 and 19 September and between 22 and 26 September 2025") == [
        ("2025-09-15", "2025-09-19"),
        ("2025-09-22", "2025-09-26"),
    ]


@pytest.mark.parametrize(
    "joint",
    [" and ", ", ", "; ", " / ", "/", " & ", " plus ", ", then ", " and again ", " and again from ", ", followed by ",
     " as well as ", " and, remotely, ", " (on site) and ", " and (off-site) ", ", and finally on "],
)  # fmt: skip
def test_two_stays_are_joined_by_any_word_for_and(joint: str) -> None:
    visits = [("2025-09-15", "2025-09-19"), ("2025-09-22", "2025-09-26")]
    assert visits_in(f"15 to 19 September 2025{joint}22 to 26 September 2025") == visits
    assert visits_in(f"15 to 19 September 2025{joint}22 to 26 September") == visits
    assert visits_in(f"15/09/2025 - 19/09/2025{joint}22.09.25 to 26-09-2025") == visits


@pytest.mark.parametrize(
    "rest",
    ["and week of 22 September", "and w/c 22 September 2025", "and the following week", "to date", "for two weeks",
     "with 22 to 26 September 2025", "22 to 26 September 2025", "and 22", "-", "and Monday"],
)  # fmt: skip
def test_what_is_not_understood_of_dates_is_handed_back(rest: str) -> None:
    visits, left = parse_stays(f"15 to 19 September 2025 {rest}")
    assert (len(visits), left) == (1, rest)
    assert mentions_date(left)


@pytest.mark.parametrize("rest", ["", "(short inspection)", "inclusive", "(off-site)"])
def test_words_that_are_no_dates_are_none(rest: str) -> None:
    assert not mentions_date(parse_stays(f"15 to 19 September 2025 {rest}")[1])


def test_days_on_both_sides_of_a_stroke_may_be_two_or_all_between() -> None:
    visits, left = parse_stays("15 September 2025 / 26 September 2025")
    assert (len(visits), left) == (1, "/ 26 September 2025")


@pytest.mark.parametrize(
    "written",
    ["13 May to 3 May 2024", "13 May 2024 to 3 May 2024", "13 October to 3 May 2024", "13 May 2022 to 3 June 2024",
     "9 to 13 December 2024 and 6 to 10 January", "w/c 15 September 2025", "15 to 31 September 2025"],
)  # fmt: skip
def test_dates_that_contradict_each_other_are_no_stay(written: str) -> None:
    assert parse_stays(written) == ((), written)


def test_a_stay_without_a_dash_between_its_days() -> None:
    assert visits_in("9 November 2017 24 November 2017") == [("2017-11-09", "2017-11-24")]


def test_a_one_day_inspection_starts_and_ends_on_it() -> None:
    assert visits_in("04 May 2018") == [("2018-05-04", "2018-05-04")]


def test_a_stay_over_new_year_takes_its_first_year_from_its_last() -> None:
    assert visits_in("9 December to 10 January 2020") == [("2019-12-09", "2020-01-10")]


def test_words_after_the_dates_are_left_alone() -> None:
    assert visits_in("4 to 15 March 2024 Lead inspector: Ann Lee, 3 Mill Lane") == [("2024-03-04", "2024-03-15")]


@pytest.mark.parametrize(
    "written", ["", "to be confirmed", "4 to 15 March", "30 February 2019", "12/13/2016", "20 May 2019 to 3 May 2019"]
)
def test_what_is_no_stay_is_not_guessed_at(written: str) -> None:
    assert visits_in(written) == []


def test_a_single_date_is_the_first_of_its_text() -> None:
    assert parse_date("04 May 2018 and more") == dt.date(2018, 5, 4)
    assert parse_date("soon") is None


DAYS = st.dates(dt.date(2013, 6, 1), dt.date(2026, 12, 31))
STAYS = st.tuples(DAYS, st.integers(0, 40)).map(lambda stay: (stay[0], stay[0] + dt.timedelta(days=stay[1])))

VISITS = st.lists(STAYS, min_size=2, max_size=3, unique_by=lambda stay: stay[0]).map(sorted)


@given(form=st.sampled_from(sorted(set(FORMS) - {"one_day"})), stay=STAYS)
def test_any_stay_printed_in_any_form_is_read_back(form: str, stay: tuple[dt.date, dt.date]) -> None:
    assert visits_in(print_visits((stay,), form)) == [(stay[0].isoformat(), stay[1].isoformat())]


@given(form=st.sampled_from([*sorted(set(FORMS) - {"one_day"}), "ragged"]), stays=VISITS)
def test_any_visits_printed_in_any_form_are_read_back(form: str, stays: list[tuple[dt.date, dt.date]]) -> None:
    assert visits_in(print_visits(tuple(stays), form)) == [(start.isoformat(), end.isoformat()) for start, end in stays]


@given(day=DAYS)
def test_any_day_printed_alone_is_read_back(day: dt.date) -> None:
    assert visits_in(print_visits(((day, day),), "one_day")) == [(day.isoformat(), day.isoformat())]
