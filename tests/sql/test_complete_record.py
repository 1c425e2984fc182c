"""Marts that are honest by default: what is bound, skipped, censored, missing or told by official statistics alone."""

from collections.abc import Callable, Iterator

import duckdb
import pytest

from tests.histories import Inspection, Told, Visited, day, tables_of_history

History = Callable[..., duckdb.DuckDBPyConnection]
Rows = list[tuple[object, ...]]


def sif(overall: str, leavers: str = "good", adoption: str = "good") -> dict[str, str]:
    return {"overall_effectiveness": overall, "care_leavers": leavers, "adoption": adoption}


def ilacs(overall: str, leavers: str | None = None) -> dict[str, str]:
    if leavers is None:
        return {"overall_effectiveness": overall, "in_care_and_care_leavers": "good"}
    return {"overall_effectiveness": overall, "in_care": "good", "care_leavers": leavers}


BARNET: list[Inspection] = [
    ("Barnet", "80487", "sif", "2017-04-25", "2017-07-07", sif("inadequate", "inadequate")),
    ("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", ilacs("good")),
    ("Barnet", "80487", "ilacs_2023", "2024-04-08", "2024-05-28", ilacs("outstanding", "good")),
]
LATER: Inspection = ("Leeds", "80481", "ilacs_2023", "2025-06-02", "2025-08-04", ilacs("good", "good"))
# Poole ended on 31 March 2019; its date of publication alone is known. Kirklees was inspected again, on known days.
TOLD = [
    Told("Poole", "sif", "first", None, "2018-01-15", {"overall": "inadequate", "adoption": "good"}),
    Told("Kirklees", "sif", "first", None, "2016-08-01", {"overall": "inadequate", "adoption": "not_judged"}),
    Told("Kirklees", "ilacs", "standard", "2019-06-10", "2019-07-31", {"overall": "requires_improvement"}),
    Told("Kirklees", "ilacs", "standard", "2023-10-02", "2023-11-27", {"overall": "good"}),
]


@pytest.fixture(scope="module")
def asked() -> Iterator[duckdb.DuckDBPyConnection]:
    with tables_of_history([*BARNET, LATER], (), TOLD) as connection:
        yield connection


def rows(asked: duckdb.DuckDBPyConnection, columns: str, of: str, where: str = "true") -> Rows:
    return asked.execute(f"select {columns} from {of} where {where}").fetchall()


def test_no_change_is_told_across_an_inspection_that_did_not_judge_the_family(history: History) -> None:
    asked = history(BARNET)
    columns = "previous_grade, change, n_steps, n_inspections_skipped, is_other_framework"
    assert rows(asked, columns, "marts.judgement_history", "area_code = 'care_leavers'") == [
        (None, None, None, None, None),
        ("inadequate", "not comparable", None, 1, True),
    ]
    assert rows(asked, columns, "marts.judgement_history", "area_code = 'overall'") == [
        (None, None, None, None, None),
        ("inadequate", "improved", 2, 0, True),
        ("good", "improved", 1, 0, False),
    ]
    events = "event, n_inspections_skipped, is_other_framework, event_date_basis, basis"
    assert rows(asked, events, "marts.grade_events", "area_code = 'care_leavers'") == [
        ("first grade", None, None, "report", "report"),
        ("not comparable", 1, True, "report", "report"),
    ]


def test_transitions_are_of_neighbouring_inspections_and_split_by_framework(history: History) -> None:
    asked = history([*BARNET, ("Leeds", "80481", "ilacs_2018", "2022-02-21", "2022-05-09", ilacs("good")), LATER])
    columns = "is_other_framework, previous_grade, grade, n_transitions, n_from_previous_grade, share_percent"
    assert rows(asked, columns, "marts.grade_transitions", "area_code = 'overall'") == [
        (False, "good", "outstanding", 1, 2, 50),
        (False, "good", "good", 1, 2, 50),
        (True, "inadequate", "good", 1, 1, 100),
    ]
    assert rows(asked, columns, "marts.grade_transitions", "area_code = 'care_leavers'") == []


def test_a_bound_day_feeds_no_interval_and_no_length(history: History) -> None:
    asked = history([LATER], (), TOLD)
    kirklees = "authority_name = 'Kirklees' and area_code = 'overall'"
    changes = "start_date_basis, previous_start_date_basis, change, days_since_previous"
    assert rows(asked, changes, "marts.judgement_history", kirklees) == [
        ("bound", None, None, None),
        ("official statistics", "bound", "improved", None),
        ("official statistics", "official statistics", "improved", 1575),
    ]
    assert rows(asked, "grade, from_date_basis, to_date_basis, end_reason, n_days", "marts.grade_spells", kirklees) == [
        ("inadequate", "bound", "official statistics", "better", None),
        ("requires_improvement", "official statistics", "official statistics", "better", 1575),
        ("good", "official statistics", None, "censored_open", 546),
    ]
    until_better = "from_date_basis, better_date, days_to_next, days_to_better, is_open"
    assert rows(asked, until_better, "marts.inadequate_spells", kirklees) == [
        ("bound", day("2019-06-10"), None, None, False)
    ]
    assert rows(asked, "days_to_next, n_days", "marts.inspection_intervals", "authority_name = 'Kirklees'") == [
        (None, None),
        (1575, 1575),
        (None, 546),
    ]
    assert rows(
        asked, "previous_grade, n_transitions, n_from_official_statistics, n_with_days, median_days",
        "marts.grade_transitions",
    ) == [("requires_improvement", 1, 1, 1, 1575), ("inadequate", 1, 1, 0, None)]  # fmt: skip


def test_spell_says_why_it_ended_and_when_it_was_censored(history: History) -> None:
    worse: Inspection = ("Bradford", "80449", "ilacs_2018", "2018-09-17", "2018-10-29", ilacs("good"))
    asked = history(
        [
            *BARNET,
            worse,
            ("Bradford", "80449", "ilacs_2018", "2022-11-21", "2023-01-31", ilacs("inadequate")),
            ("Northamptonshire County Council", "121939", "ilacs_2018", "2019-06-24", "2019-08-01", ilacs("good")),
            LATER,
        ]
    )
    columns = "authority_name, grade, end_reason, is_censored, to_date, censor_date, n_days"
    assert rows(asked, columns, "marts.grade_spells", "area_code = 'overall' and authority_name <> 'Leeds'") == [
        ("Barnet", "inadequate", "better", False, day("2019-05-12"), None, 748),
        ("Barnet", "good", "better", False, day("2024-04-07"), None, 1792),
        ("Barnet", "outstanding", "censored_open", True, None, day("2025-08-04"), 483),
        ("Bradford", "good", "worse", False, day("2022-11-20"), None, 1526),
        ("Bradford", "inadequate", "censored_open", True, None, day("2025-08-04"), 987),
        ("Northamptonshire", "good", "censored_authority_ended", True, day("2021-03-31"), day("2021-03-31"), 646),
    ]
    assert rows(asked, columns, "marts.grade_spells", "area_code = 'adoption'") == [
        ("Barnet", "good", "censored_no_longer_judged", True, day("2019-05-12"), day("2019-05-12"), 747)
    ]


def test_not_judged_parts_two_spells_and_is_none_itself(history: History) -> None:
    asked = history(
        [
            ("Isles of Scilly", "", "ilacs_2018", "2019-10-14", "2019-12-09", ilacs("good")),
            ("Isles of Scilly", "", "ilacs_2018", "2022-06-13", "2022-08-01", ilacs("not_judged")),
            ("Isles of Scilly", "", "ilacs_2023", "2025-06-02", "2025-08-04", ilacs("good", "good")),
        ]
    )
    assert rows(asked, "grade, end_reason, is_censored, n_days", "marts.grade_spells", "area_code = 'overall'") == [
        ("good", "censored_no_longer_judged", True, 972),
        ("not_judged", None, None, None),
        ("good", "censored_open", True, 63),
    ]
    assert rows(asked, "event, event_code, grade, previous_grade", "marts.risk_spells", "area_code = 'overall'") == [
        ("censored", 0, "good", None),
        ("censored", 0, "good", None),
    ]


def test_interval_of_the_latest_inspection_is_censored_where_its_record_ends(history: History) -> None:
    visit = Visited("Leeds", "80481", "focused_visit", "2026-02-03", "2026-03-04")
    ended: Inspection = (
        "Northamptonshire County Council", "121939", "ilacs_2018", "2019-06-24", "2019-08-01", ilacs("good"),
    )  # fmt: skip
    waiting: Inspection = ("Wirral", "80581", "ilacs_2018", "2019-06-10", "2019-07-29", ilacs("good"))
    asked = history([ended, waiting, LATER], [visit], TOLD)
    columns = "authority_name, end_reason, censor_date, n_days, spans_pandemic"
    assert rows(asked, columns, "marts.inspection_intervals", "is_censored") == [
        ("Kirklees", "censored_open", day("2025-03-31"), 546, False),
        ("Leeds", "censored_open", day("2025-08-04"), 63, False),
        ("Northamptonshire", "censored_authority_ended", day("2021-03-31"), 646, False),
        ("Poole", "censored_authority_ended", day("2019-03-31"), None, False),
        ("Wirral", "censored_open", day("2025-08-04"), 2247, True),
    ], "the edition's date for Kirklees, and no letter moves an interval"


def test_risk_spells_start_and_stop_and_leave_bound_days_out(asked: duckdb.DuckDBPyConnection) -> None:
    whole = "area_code = 'overall' and authority_name <> 'Leeds'"
    assert rows(asked, "authority_name, from_date, to_date, n_days, grade, basis", "marts.risk_spells", whole) == [
        ("Barnet", day("2017-04-25"), day("2019-05-13"), 748, "inadequate", "report"),
        ("Barnet", day("2019-05-13"), day("2024-04-08"), 1792, "good", "report"),
        ("Barnet", day("2024-04-08"), day("2025-08-04"), 483, "outstanding", "report"),
        ("Kirklees", day("2019-06-10"), day("2023-10-02"), 1575, "requires_improvement", "official statistics"),
        ("Kirklees", day("2023-10-02"), day("2025-03-31"), 546, "good", "official statistics"),
    ]
    ends = "previous_grade, event, event_code, end_reason, is_other_framework, spans_pandemic"
    assert rows(asked, ends, "marts.risk_spells", whole) == [
        (None, "improved", 1, "inspected", True, False),
        ("inadequate", "improved", 1, "inspected", False, True),
        ("good", "censored", 0, "censored_open", None, False),
        ("inadequate", "improved", 1, "inspected", False, True),
        ("requires_improvement", "censored", 0, "censored_open", None, False),
    ]
    leavers = rows(asked, "from_date, to_date, event, end_reason, previous_grade", "marts.risk_spells",
                   "area_code = 'care_leavers' and authority_name = 'Barnet'")  # fmt: skip
    assert leavers == [
        (day("2017-04-25"), day("2019-05-12"), "censored", "censored_no_longer_judged", None),
        (day("2024-04-08"), day("2025-08-04"), "censored", "censored_open", None),
    ]


def test_month_panel_holds_the_state_of_the_first_day_and_what_began_in_the_month(
    asked: duckdb.DuckDBPyConnection,
) -> None:
    columns = "month_date::varchar, overall_rank, months_since_inspection, was_inspected_in_month, basis"
    months = "month_date in ('2013-12-01', '2019-05-01', '2019-06-01', '2025-08-01')"
    assert rows(asked, columns, "marts.authority_month_panel", f"authority_name = 'Barnet' and {months}") == [
        ("2013-12-01", None, None, False, None),
        ("2019-05-01", 4, 24, True, "report"),
        ("2019-06-01", 2, 0, False, "report"),
        ("2025-08-01", 1, 15, False, "report"),
    ]
    bound = "authority_name = 'Kirklees' and month_date between '2016-01-01' and '2016-09-01'"
    assert rows(asked, columns, "marts.authority_month_panel", bound) == [
        ("2016-01-01", None, None, False, None),
        *((f"2016-0{n}-01", None, None, None, None) for n in range(2, 6)),
        ("2016-06-01", 4, None, None, "official statistics"),
        ("2016-07-01", 4, None, None, "official statistics"),
        ("2016-08-01", 4, None, None, "official statistics"),
        ("2016-09-01", 4, None, False, "official statistics"),
    ]
    last = rows(asked, "max(month_date)", "marts.authority_month_panel", "authority_name = 'Poole'")
    assert last == [(day("2019-03-01"),)]


def test_position_has_every_grade_and_a_share_only_where_nine_in_ten_have_one(history: History) -> None:
    north_east = [
        "Durham",
        "Darlington",
        "Gateshead",
        "Hartlepool",
        "Middlesbrough",
        "Newcastle upon Tyne",
        "Northumberland",
    ]
    north_east += ["North Tyneside", "Redcar and Cleveland", "South Tyneside", "Stockton-on-Tees"]
    ours: list[Inspection] = [
        (name, "", "ilacs_2018", "2019-05-13", "2019-07-01", ilacs("good")) for name in north_east
    ]
    sunderland = Told("Sunderland", "ilacs", "standard", "2019-06-10", "2019-07-31", {"overall": "inadequate"})
    columns = (
        "area_code, grade, n_authorities, n_from_official_statistics, n_graded, n_existing, share_percent, share_note"
    )
    of = "position_as_at('2020-03-31')"
    where = "scope = 'ONS region' and region_name = 'North East' and area_code in ('overall', 'adoption')"
    note = "fewer than 90% of the authorities have a grade"
    assert rows(history(ours, (), [sunderland]), columns, of, where) == [
        *(("adoption", grade, 0, 0, 0, 12, None, note) for grade in ("outstanding", "good", "requires_improvement")),
        ("adoption", "inadequate", 0, 0, 0, 12, None, note),
        ("overall", "outstanding", 0, 0, 12, 12, 0, None),
        ("overall", "good", 11, 0, 12, 12, 92, None),
        ("overall", "requires_improvement", 0, 0, 12, 12, 0, None),
        ("overall", "inadequate", 1, 1, 12, 12, 8, None),
    ]
    overall = f"{where} and area_code = 'overall' and grade = 'good'"
    assert rows(history(ours[1:], (), []), columns, of, overall) == [("overall", "good", 10, 0, 10, 12, None, note)]


def test_position_over_time_has_as_many_rows_on_every_date(asked: duckdb.DuckDBPyConnection) -> None:
    counts = asked.execute(
        """select reference_date, count(*) filter (where grade_rank is not null) from marts.position_over_time
           where scope = 'England' group by reference_date"""
    ).fetchall()
    assert len(counts) > 20
    assert {n for _, n in counts} == {7 * 4}


def test_year_panel_tells_gaps_from_authorities_without_a_grade(asked: duckdb.DuckDBPyConnection) -> None:
    columns = "year, overall_rank, is_missing_report, start_date_basis, days_since_inspection"
    assert rows(asked, columns, "marts.authority_year_panel", "authority_name = 'Leeds' and year in (2017, 2018)") == [
        (2017, None, False, None, None),
        (2018, None, True, None, None),
    ]
    dorset = rows(asked, columns, "marts.authority_year_panel", "authority_name = 'Dorset' and year in (2023, 2024)")
    assert dorset == [(2023, None, True, None, None), (2024, None, True, None, None)]
    assert rows(asked, columns, "marts.authority_year_panel", "authority_name = 'Poole' and year = 2018") == [
        (2018, 4, False, "bound", None)
    ]


def test_those_who_existed_and_whose_report_is_missing_are_told_for_each_date(asked: duckdb.DuckDBPyConnection) -> None:
    # Also where the date is another table's, which DuckDB works out in another way.
    found = asked.execute(
        """select d.reference_date, e.authority_id, e.is_missing_report
           from core.reference_dates d, authorities_as_at(d.reference_date) e
           where month(d.reference_date) = 3 order by all"""
    ).fetchall()
    panel = "select reference_date, authority_id, is_missing_report from marts.authority_year_panel order by all"
    assert found == asked.execute(panel).fetchall()
    assert {is_missing for *_, is_missing in found} == {True, False}


def test_year_panel_holds_what_was_known_beside_what_was_true(history: History) -> None:
    asked = history([*BARNET[:2], ("Barnet", "80487", "ilacs_2018", "2021-03-01", "2021-06-01", ilacs("outstanding"))])
    columns = "year, overall_rank, known_overall_rank, inspection_id = known_inspection_id"
    assert rows(asked, columns, "marts.authority_year_panel", "authority_name = 'Barnet' and year in (2020, 2021)") == [
        (2020, 2, 2, True),
        (2021, 1, 2, False),
    ]


VISITED = [
    Visited("Kirklees", "80478", "focused_visit", "2018-05-01", "2018-06-01"),
    Visited("Kirklees", "80478", "focused_visit", "2021-05-04", "2021-06-01"),
]


def test_visit_stands_between_inspections_of_official_statistics(history: History) -> None:
    columns = """overall_grade, basis, inspection_start_date_basis, days_since_inspection, next_start_date_basis,
                 days_to_next"""
    assert rows(history([LATER], VISITED, TOLD), columns, "marts.visits_between_inspections") == [
        ("inadequate", "official statistics", "bound", None, "official statistics", 405),
        ("requires_improvement", "official statistics", "official statistics", 694, "official statistics", 881),
    ]


def test_waits_are_counted_from_days_of_official_statistics_and_not_from_bounds(
    asked: duckdb.DuckDBPyConnection,
) -> None:
    columns = "authority_name, activity_basis, basis, days_since_activity, days_since_inspection, england_rank"
    assert rows(asked, columns, "waiting_times_as_at('2018-12-31')") == [
        ("Kirklees", "official statistics", "official statistics", None, None, None),
        ("Barnet", "report", "report", 615, 615, 1),
        ("Poole", "official statistics", "official statistics", None, None, None),
    ]
    assert rows(asked, columns, "waiting_times_as_at('2024-12-31')") == [
        ("Kirklees", "official statistics", "official statistics", 456, 456, 1),
        ("Barnet", "report", "report", 267, 267, 2),
    ]


def test_no_window_is_reckoned_from_a_bound_and_no_wait_seen_to_one(history: History) -> None:
    wirral: Inspection = ("Wirral", "80581", "sif", "2016-07-04", "2016-09-20", sif("inadequate"))
    asked = history([*BARNET, wirral, LATER], (), TOLD)
    columns = "authority_name, inspection_start_date_basis, expected_date, n_intervals"
    assert rows(asked, columns, "next_inspection_windows_as_at('2018-12-31')", "authority_name = 'Poole'") == [
        ("Poole", "bound", None, 0)
    ]
    assert rows(asked, columns, "next_inspection_windows_as_at('2019-12-31')", "authority_name = 'Wirral'") == [
        ("Wirral", "report", day("2016-07-04") + (day("2019-05-13") - day("2017-04-25")), 1)
    ], "the wait of Kirklees began on a bound"


def test_marts_hold_rows_of_either_basis(history: History) -> None:
    told = [
        Told("Kirklees", "ilacs", "standard", "2019-06-10", "2019-07-31", {"leaders": "good", "overall": "inadequate"})
    ]
    ours = {"leaders": "good", "overall_effectiveness": "inadequate"}
    asked = history([("Leeds", "80481", "ilacs_2018", "2022-02-21", "2022-05-09", ours)], (), told)
    marts = """judgement_history grade_events grade_spells inadequate_spells inspection_intervals risk_spells
               latest_judgements judgements_against_overall service_gaps neighbour_grades next_inspection_windows
               waiting_times authority_year_panel authority_month_panel"""
    for name in marts.split():
        found = rows(asked, "distinct basis", f"marts.{name}", "basis is not null")
        assert sorted(found) == [("official statistics",), ("report",)], name


def test_second_inspections_say_the_basis_of_both(history: History) -> None:
    told = [Told("Leeds", "ilacs", "standard", "2019-06-10", "2019-07-31", {"overall": "inadequate"})]
    asked = history([LATER], (), told)
    assert rows(asked, "area_code, first_basis, second_basis, change", "marts.second_inspections") == [
        ("overall", "official statistics", "report", "improved")
    ]
