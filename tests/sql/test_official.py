"""Beside Ofsted's own statistics: the complete record, what agrees, and why the rest differs."""

from collections.abc import Callable, Iterator

import duckdb
import pytest

from pipelines.tables.authorities import load_authorities
from pipelines.tables.frames import OWN_REFERENCE
from pipelines.warehouse.checks import read_tests, run_check
from tests.histories import Inspection, Told, Visited, day, tables_of_history

History = Callable[..., duckdb.DuckDBPyConnection]
Rows = list[tuple[object, ...]]

GOOD = {
    "overall_effectiveness": "good",
    "leaders": "good",
    "help_and_protection": "good",
    "in_care_and_care_leavers": "good",
}
SIF = {
    "overall_effectiveness": "requires_improvement",
    "leaders": "good",
    "help_and_protection": "good",
    "looked_after": "good",
    "adoption": "good",
    "care_leavers": "good",
}
FOUR = {"overall": "good", "leaders": "good", "help_and_protection": "good", "care": "good"}
BARNET: Inspection = ("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD)
OF_BARNET = Told("Barnet", "ilacs", "short", "2019-05-13", "2019-07-01", FOUR)


def rows(asked: duckdb.DuckDBPyConnection, query: str) -> Rows:
    return asked.execute(query).fetchall()


def test_a_report_wins_and_an_official_row_goes_the_day_its_report_is_read(history: History) -> None:
    told = [OF_BARNET, Told("Leeds", "sif", "first", None, "2015-03-20", {"overall": "good"})]
    columns = "select authority_id, basis, start_date, start_date_basis, published_date from marts.all_inspections"
    without = history([("Bexley", "80488", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD)], (), told)
    assert rows(without, f"{columns} where authority_id <> 'E09000004'") == [
        ("E08000035", "official statistics", day("2015-01-17"), "bound", day("2015-03-20")),
        ("E09000003", "official statistics", day("2019-05-13"), "official statistics", day("2019-07-01")),
    ]
    leeds: Inspection = ("Leeds", "80481", "sif", "2015-01-20", "2015-03-20", SIF)
    with_both = history([BARNET, leeds], (), told)
    assert rows(with_both, columns) == [
        ("E08000035", "report", day("2015-01-20"), "report", day("2015-03-20")),
        ("E09000003", "report", day("2019-05-13"), "report", day("2019-07-01")),
    ]
    assert rows(with_both, "select has_report, matched_by from official.activities order by start_date") == [
        (True, "published date"),
        (True, "start date"),
    ]


def test_rows_of_several_sheets_and_editions_are_one_inspection(history: History) -> None:
    told = [
        OF_BARNET._replace(published=None, family="snapshot", as_at="2023-03-31"),
        OF_BARNET._replace(start=None, published="2019-09-01", as_at="2023-03-31", grades={"overall": "inadequate"}),
        OF_BARNET,
        Told("Barnet", "ilacs", "short", "2021-03-01", "2021-04-12", FOUR),
    ]
    asked = history([("Bexley", "80488", "ilacs_2018", "2022-05-16", "2022-07-01", GOOD)], (), told)
    first, second = rows(
        asked,
        "select inspection_id, start_date, published_date, cell from marts.all_inspections"
        " where basis <> 'report' order by start_date",
    )
    assert first[1:] == (day("2019-05-13"), day("2019-07-01"), "D3")
    assert second[1] == day("2021-03-01")
    latest = f"select grade from marts.all_judgements where inspection_id = '{first[0]}' and area_code = 'overall'"
    assert rows(asked, latest) == [("good",)], "what the latest edition says"


def test_scale_of_the_time_and_earlier_inspections_apart(history: History) -> None:
    told = [
        Told("Barnet", "slac", "first", None, "2012-02-24", {"help_and_protection": "requires_improvement"}),
        Told("Barnet", "cpi", "first", None, "2013-03-20", {"overall": "inadequate"}),
        Told("Barnet", "cpi", "reinspection", None, "2013-07-26", {"overall": "requires_improvement"}),
    ]
    asked = history([BARNET], (), told)
    assert rows(
        asked,
        "select framework_code, kind_as_published, overall, help_and_protection from marts.earlier_inspections",
    ) == [
        ("slac", "first", None, "adequate"),
        ("cpi", "first", "inadequate", None),
        ("cpi", "reinspection", "adequate", None),
    ]
    assert rows(asked, "select count(*) from marts.full_inspections") == [(1,)]
    assert rows(asked, "select previous_grade from marts.judgement_history where area_code = 'overall'") == [(None,)]
    assert rows(
        asked, "select event_date_basis from marts.authority_timeline where activity_id is not null order by event_date"
    ) == [
        ("bound",),
        ("bound",),
        ("bound",),
        ("report",),
    ]


def test_a_second_inspection_in_the_form_of_a_first_is_a_reinspection_also_after_an_official_one(
    history: History,
) -> None:
    told = [Told("Barnet", "sif", "first", None, "2014-07-07", {"overall": "inadequate"})]
    asked = history([("Barnet", "80487", "sif", "2017-05-08", "2017-07-07", SIF)], (), told)
    assert rows(asked, "select basis, inspection_kind from marts.all_inspections order by start_date") == [
        ("official statistics", "first"),
        ("report", "reinspection"),
    ]


def test_visits_and_outcomes_without_letter_are_activities_with_their_basis(history: History) -> None:
    told = [
        Told("Barnet", "focused_visit", None, "2022-05-04", None, {}, "in_year", activity_kind="focused_visit"),
        Told("Barnet", "monitoring_visit", None, "2022-09-14", None, {}, "in_year", activity_kind="monitoring_visit"),
        Told("Barnet", "area_send", None, "2017-03-27", "2017-06-29", {}, "snapshot", "2022-08-31", "area_send",
             outcome="wsoa_required"),
    ]  # fmt: skip
    asked = history(
        [BARNET], [Visited("Barnet", "80487", "focused_visit", "2022-05-04", "2022-06-01", "front_door")], told
    )
    assert rows(asked, "select activity_kind, basis, outcome_code from marts.all_activities order by start_date") == [
        ("area_send", "official statistics", "wsoa_required"),
        ("full_inspection", "report", None),
        ("focused_visit", "report", None),
        ("monitoring_visit", "official statistics", None),
    ]


def of(name: str, framework: str, start: str, published: str, grades: dict[str, str]) -> Inspection:
    authority = load_authorities(OWN_REFERENCE).named(name, None)
    assert authority, name
    return (name, authority.provider_urn or "", framework, start, published, grades)


def told_of(name: str, start: str | None = "2019-05-13", published: str | None = "2019-07-01", **said: object) -> Told:
    whole: dict[str, object] = {"grades": FOUR, **said}
    return Told(name, "ilacs", "short", start, published, whole.pop("grades"), **whole)  # type: ignore[arg-type]


REASONS: dict[str, tuple[Inspection | None, list[Told], tuple[str, str | None, str | None, str]]] = {
    "NO_REPORT_HELD": (None, [told_of("Bexley")], ("inspection", "2019-05-13", None, "theirs only")),
    "NO_REPORT_ABOLISHED_AUTHORITY": (
        None,
        [Told("Poole", "sif", "first", None, "2017-11-24", {"overall": "good"}, sheet="ended")],
        ("inspection", "2017-11-24", None, "theirs only"),
    ),
    "OUT_OF_SCOPE_FRAMEWORK": (
        None,
        [Told("Kent", "cpi", "first", None, "2013-03-20", {"overall": "good"}, sheet="older")],
        ("inspection", "2013-03-20", None, "theirs only"),
    ),
    "AFTER_REFERENCE_DATE": (
        of("Barnet", "ilacs_2018", "2022-05-16", "2022-07-01", GOOD),
        [told_of("Barnet", as_at="2021-03-31")],
        ("inspection", None, "2022-05-16", "ours only"),
    ),
    "PUBLISHED_AFTER_CUT_OFF": (
        of("Brent", "ilacs_2018", "2021-03-15", "2021-05-04", GOOD),
        [told_of("Brent", as_at="2021-03-31")],
        ("inspection", None, "2021-03-15", "ours only"),
    ),
    "SCALE_ADEQUATE_PRINTED_AS_RI": (
        of("Norfolk", "tlac", "2013-07-08", "2013-08-20", {"overall_effectiveness": "adequate"}),
        [Told("Norfolk", "tlac", None, None, "2013-08-20", {"overall": "requires_improvement"}, sheet="older")],
        ("grade:overall", "requires_improvement", "adequate", "differs"),
    ),
    "NOT_JUDGED_BLANK": (
        of("Croydon", "sif", "2016-04-25", "2016-07-07", {**SIF, "adoption": "not_judged"}),
        [
            Told(
                "Croydon",
                "sif",
                "first",
                None,
                "2016-07-07",
                {"overall": "requires_improvement"},
                number=1,
                sheet="older",
            ),
            Told("Bexley", "sif", "first", None, "2016-07-07", {"adoption": "good"}, number=1, sheet="older"),
        ],
        ("grade:adoption", None, "not_judged", "ours only"),
    ),
    "COMBINED_GRADE_RELABELLED": (
        of("Ealing", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
        [told_of("Ealing", grades={**FOUR, "care_leavers": "good"})],
        ("grade:care_leavers", "good", None, "theirs only"),
    ),
    "LINK_DATE_LATER_THAN_PRINTED": (
        of("Hackney", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
        [told_of("Hackney", published="2019-06-28")],
        ("published_date", "2019-06-28", "2019-07-01", "differs"),
    ),
    "DATE_WITHIN_A_DAY": (
        of("Harrow", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
        [told_of("Harrow", start="2019-05-14")],
        ("start_date", "2019-05-14", "2019-05-13", "differs"),
    ),
    "CODE_IN_FORCE_AT_REFERENCE_DATE": (
        None,
        [told_of("Barnsley", code="E08000016")],
        ("la_code_gss", "E08000016", "E08000038", "differs"),
    ),
    "CODE_OF_ANOTHER_TIME": (
        None,
        [told_of("Buckinghamshire", code="E10000002")],
        ("la_code_gss", "E10000002", "E06000060", "differs"),
    ),
    "REGION_SCHEME_OF_NINE": (
        None,
        [told_of("Leeds", region="Yorkshire and The Humber")],
        ("region", "Yorkshire and The Humber", "North East, Yorkshire and the Humber", "differs"),
    ),
    "NAME_SPELLING": (
        None,
        [told_of("Kingston upon Hull")],
        ("authority_name", "Kingston upon Hull", "Kingston Upon Hull, City of", "differs"),
    ),
    "REVISED_BY_OFSTED": (
        of("Merton", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
        [told_of("Merton"), told_of("Merton", as_at="2023-03-31", grades={**FOUR, "leaders": "outstanding"})],
        ("grade:leaders", "outstanding", "good", "differs"),
    ),
    "UNEXPLAINED": (
        of("Newham", "ilacs_2018", "2019-05-13", "2019-07-01", GOOD),
        [told_of("Newham", as_at="2023-03-31"), told_of("Newham", grades={**FOUR, "leaders": "outstanding"})],
        ("grade:leaders", "outstanding", "good", "differs"),
    ),
}


@pytest.fixture(scope="module")
def with_reasons() -> Iterator[duckdb.DuckDBPyConnection]:
    inspections = [inspection for inspection, _, _ in REASONS.values() if inspection]
    told = [one for _, rows, _ in REASONS.values() for one in rows]
    with tables_of_history(inspections, (), told, printed={"Hackney": "2019-06-27"}) as connection:
        yield connection


@pytest.mark.parametrize("reason", REASONS)
def test_a_difference_has_its_reason_by_rule(with_reasons: duckdb.DuckDBPyConnection, reason: str) -> None:
    *_, expected = REASONS[reason]
    query = "select item, official_value, our_value, side from quality.official_differences where reason_code = "
    assert expected in rows(with_reasons, f"{query}'{reason}'")


def test_what_nothing_explains_fails_a_check(with_reasons: duckdb.DuckDBPyConnection) -> None:
    check = next(one for one in read_tests() if one.name == "official_differences_are_explained")
    grades = [row for row in run_check(with_reasons, check).offending if str(row["item"]).startswith("grade:")]
    assert [(row["authority_name"], row["cell"]) for row in grades] == [("Newham", "K19")]


def test_every_reason_by_rule_is_tried_here(history: History) -> None:
    asked = history([BARNET])
    by_rule = rows(asked, "select reason_code from official.difference_reasons where is_by_rule")
    elsewhere = {"QUARANTINED", "LSCB_REVIEWED_APART", "THEME_NOT_IN_LETTER", "THEME_OTHERWISE_IN_LETTER"}
    assert {reason for (reason,) in by_rule} == {*REASONS, *elsewhere}


def test_a_theme_that_no_letter_names_and_a_board_reviewed_apart_are_explained(history: History) -> None:
    board = ("Barnet", "80487", "lscb_review", "2015-06-01", "2015-09-01", {"lscb": "good"})
    first: Inspection = ("Barnet", "80487", "sif", "2015-05-11", "2015-07-07", SIF)
    grades = {"overall": "requires_improvement", "lscb": "good"}
    told = [
        Told("Barnet", "sif", "first", None, "2015-07-07", grades),
        Told("Barnet", "focused_visit", None, "2021-05-04", None, {}, "in_year", "2022-03-31", "focused_visit",
             "assurance_visit"),
    ]  # fmt: skip
    visit = Visited("Barnet", "80487", "focused_visit", "2021-05-04", "2021-06-01", "front_door")
    asked = history([first, board], [visit], told)
    assert rows(
        asked, "select item, reason_code from quality.official_differences where side <> 'ours only' order by item"
    ) == [
        ("grade:lscb", "LSCB_REVIEWED_APART"),
        ("theme", "THEME_NOT_IN_LETTER"),
    ]


def test_agreement_counts_what_is_equal_and_what_is_not(history: History) -> None:
    asked = history([BARNET], (), [OF_BARNET._replace(grades={**FOUR, "leaders": "outstanding"}, region="london")])
    agreed = rows(asked, "select item, n_compared, n_equal, n_explained, n_unexplained from quality.official_agreement")
    assert agreed == [
        ("authority_name", 1, 1, 0, 0),
        ("grade:care", 1, 1, 0, 0),
        ("grade:help_and_protection", 1, 1, 0, 0),
        ("grade:leaders", 1, 0, 0, 1),
        ("grade:overall", 1, 1, 0, 0),
        ("inspection", 1, 1, 0, 0),
        ("inspection_kind", 1, 1, 0, 0),
        ("published_date", 1, 1, 0, 0),
        ("region", 1, 1, 0, 0),
        ("start_date", 1, 1, 0, 0),
    ]


ACCEPT = """insert into official.accepted_differences
    values ('2025-03-31', 'history', 'E09000003', 'grade:leaders', '{official}', 'good', 'OFFICIAL_ERROR', 'w', 'e')"""


@pytest.mark.parametrize(("official", "is_stale"), [("outstanding", False), ("inadequate", True)])
def test_an_accepted_difference_that_no_longer_occurs_is_stale(history: History, official: str, is_stale: bool) -> None:
    asked = history([BARNET], (), [OF_BARNET._replace(grades={**FOUR, "leaders": "outstanding"})])
    asked.execute(ACCEPT.format(official=official))
    check = next(one for one in read_tests() if one.name == "accepted_differences_still_differ")
    assert run_check(asked, check).passed != is_stale


def test_an_accepted_difference_of_an_edition_that_is_not_at_hand_is_not_stale(history: History) -> None:
    asked = history([BARNET], (), [OF_BARNET._replace(as_at="2024-03-31")])
    asked.execute(ACCEPT.format(official="outstanding"))
    check = next(one for one in read_tests() if one.name == "accepted_differences_still_differ")
    assert run_check(asked, check).passed


def test_an_official_row_without_activity_and_an_inspection_twice_are_found(history: History) -> None:
    asked = history([BARNET], (), [OF_BARNET])
    checks = [one for one in read_tests() if one.name in ("official_rows_have_an_activity", "no_inspection_twice")]
    assert [run_check(asked, one).passed for one in checks] == [True, True]
    asked.execute("update official.activities set row_ids = []")
    asked.execute(
        "insert into marts.all_inspections select * replace ('twice' as inspection_id, 'official statistics' as basis,"
        " start_date + 20 as start_date) from marts.all_inspections"
    )
    assert [run_check(asked, one).n_offending for one in checks] == [1, 1]


def test_coverage_names_what_is_known_to_be_missing_and_official_rows_fill_it(history: History) -> None:
    columns = "select framework_family, basis, is_missing, known_by_date, to_date from quality.coverage"
    columns += " where authority_name = "
    last: Inspection = ("Leeds", "80481", "ilacs_2023", "2025-06-02", "2025-08-04", {"leaders": "good"})
    asked = history([BARNET, last])
    assert rows(asked, f"{columns}'Barnet'") == [
        ("sif", "inspection round", True, day("2017-10-31"), day("2019-05-12"))
    ]
    assert rows(asked, f"{columns}'Poole'") == [("sif", "known inspection", True, day("2017-11-24"), day("2019-03-31"))]
    assert rows(asked, f"{columns}'North Northamptonshire'") == [
        ("ilacs", "inspection round", True, day("2023-03-31"), None)
    ]
    told = [
        Told("Barnet", "sif", "first", None, "2017-07-07", {"overall": "inadequate"}),
        Told("Poole", "sif", "first", None, "2017-11-24", {"overall": "good"}),
    ]
    filled = history([BARNET, last], (), told)
    assert rows(filled, f"{columns}'Barnet'") == [
        ("sif", "official statistics", False, day("2017-07-07"), day("2019-05-12"))
    ]
    assert rows(filled, f"{columns}'Poole'") == [
        ("sif", "official statistics", False, day("2017-11-24"), day("2019-03-31"))
    ]


def test_a_sheet_with_a_mistyped_date_tells_of_the_same_full_inspection(history: History) -> None:
    asked = history([BARNET], (), [OF_BARNET._replace(start="2019-08-04", published="2019-09-20")])
    assert rows(asked, "select has_report, matched_by from official.activities") == [(True, "published date")]
    assert rows(asked, "select count(*) from marts.full_inspections") == [(1,)]
    differing = rows(
        asked, "select item from quality.official_differences where reason_code = 'UNEXPLAINED' order by 1"
    )
    assert differing == [("published_date",), ("start_date",)]


def test_dates_and_grades_of_one_inspection_come_from_one_edition(history: History) -> None:
    told = [
        OF_BARNET._replace(start="2019-05-20", as_at="2025-03-31", grades={"overall": "inadequate"}),
        OF_BARNET._replace(as_at="2025-03-31", sheet="revised"),
    ]
    asked = history([("Bexley", "80488", "ilacs_2018", "2022-05-16", "2022-07-01", GOOD)], (), told)
    ((start, sheet, grade, graded_in),) = rows(
        asked,
        """select i.start_date, i.sheet, j.grade, j.sheet from marts.all_inspections i
           join marts.all_judgements j using (inspection_id) where i.basis <> 'report' and j.area_code = 'overall'""",
    )
    assert (start, grade) in {(day("2019-05-20"), "inadequate"), (day("2019-05-13"), "good")}
    assert sheet == graded_in


def test_an_official_visit_ends_a_wait_and_an_official_inspection_stands_in_the_summary(history: History) -> None:
    told = [
        Told("Barnet", "monitoring_visit", None, "2024-09-10", None, {}, "in_year", activity_kind="monitoring_visit"),
        Told("Barnet", "ilacs", "short", "2023-10-02", "2023-11-27", FOUR),
    ]
    asked = history([BARNET], (), told)
    waits = "select activity_kind, activity_basis, days_since_activity from waiting_times_as_at('2025-03-31')"
    assert rows(asked, waits) == [("monitoring_visit", "official statistics", 202)]
    summary = "select local_authority, inspection_start_date, inspector_name, inspection_link from marts.d2i_summary"
    ((name, started, inspector, link),) = rows(asked, summary)
    assert (name, started, inspector) == ("barnet", "02/10/2023", None)
    assert str(link).endswith("/provider/44/80487")


def test_an_inspection_of_the_programme_before_ends_no_gap(history: History) -> None:
    again = (
        "Barnet",
        "80487",
        "sif_reinspection",
        "2018-05-14",
        "2018-07-20",
        {**SIF, "overall_effectiveness": "inadequate"},
    )
    first = ("Barnet", "80487", "sif", "2017-04-24", "2017-07-07", {**SIF, "overall_effectiveness": "inadequate"})
    last = ("Leeds", "80481", "ilacs_2023", "2025-06-02", "2025-08-04", {"leaders": "good"})
    asked = history([first, again, last])
    gap = "select framework_family, known_by_date, to_date from quality.coverage where authority_name = 'Barnet'"
    assert rows(asked, gap) == [("ilacs", day("2023-03-31"), None)]
    missing = "select is_missing_report from marts.authority_year_panel where authority_name = 'Barnet' and year in "
    assert rows(asked, f"{missing} (2022, 2024) order by year") == [(False,), (True,)]
    note = "select distinct coverage_note from position_as_at('2024-03-31') where region_name = 'London'"
    ((words,),) = rows(asked, note)
    assert "0 of 33 authorities; no report on " in str(words)


def test_a_report_without_a_date_of_publication_counts_in_every_mart_alike(history: History) -> None:
    last = ("Leeds", "80481", "ilacs_2023", "2025-06-02", "2025-08-04", {"leaders": "good"})
    asked = history([("Barnet", "80487", "ilacs_2018", "2019-05-13", "", GOOD), last])
    counted = "select n_authorities from {} where scope = 'England' and area_code = 'overall' and grade = 'good'"
    assert rows(asked, counted.format("position_as_at('2020-03-31')")) == [(1,)]
    over_time = counted.format("marts.position_over_time") + " and reference_date = '2020-03-31'"
    assert rows(asked, over_time) == [(1,)]
    snapshot = """select "Overall effectiveness" from marts.ofsted_yearly_snapshot where "As at" = '2020-03-31'"""
    assert rows(asked, snapshot) == [("Good",)]


def test_one_edition_in_two_forms_fails_a_check(history: History) -> None:
    asked = history([BARNET], (), [OF_BARNET])
    check = next(one for one in read_tests() if one.name == "editions_are_given_once")
    assert run_check(asked, check).passed
    asked.execute("insert into official.editions select * replace ('again' as edition_id) from official.editions")
    assert run_check(asked, check).n_offending == 1
