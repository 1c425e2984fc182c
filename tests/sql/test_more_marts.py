"""Marts that answer one question each, on histories short enough to count by hand."""

import datetime as dt
from collections.abc import Callable, Iterable

import duckdb
import msgspec

from pipelines.parsing.facts import Paragraph, Recommendation
from tests.histories import Inspection, day, frames_of, parsed_report, publication, tables_of

History = Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]


def grades(overall: str, leaders: str = "good", protection: str = "good", care: str = "good") -> dict[str, str]:
    return {
        "overall_effectiveness": overall,
        "leaders": leaders,
        "help_and_protection": protection,
        "in_care_and_care_leavers": care,
    }


BRADFORD: list[Inspection] = [
    ("Bradford", "80449", "sif", "2014-02-17", "2014-04-01", {"overall_effectiveness": "requires_improvement"}),
    ("Bradford", "80449", "ilacs_2018", "2018-09-17", "2018-10-29", grades("inadequate", "inadequate", "inadequate")),
    ("Bradford", "80449", "ilacs_2018", "2022-11-21", "2023-01-31", grades("inadequate", "inadequate", "inadequate")),
    (
        "Bradford",
        "80449",
        "ilacs_2023",
        "2026-01-12",
        "2026-03-31",
        grades("requires_improvement", "good", "inadequate"),
    ),
]
BARNSLEY: Inspection = ("Barnsley", "80426", "ilacs_2018", "2018-10-08", "2018-12-01", grades("good"))
LAST: list[Inspection] = [
    ("Northamptonshire County Council", "121939", "ilacs_2018", "2019-06-24", "2019-08-01", grades("inadequate"))
]


def test_transitions_show_what_share_of_those_who_left_a_grade_took_each_way(history: History) -> None:
    asked = history([*BRADFORD, ("Barnet", "80487", "sif", "2014-02-17", "2014-04-01", grades("requires_improvement")),
                     ("Barnet", "80487", "ilacs_2018", "2019-05-13", "2019-07-01", grades("good"))])  # fmt: skip
    rows = asked.execute(
        """select previous_grade, grade, n_steps, n_transitions, n_from_previous_grade, share_percent
           from marts.grade_transitions where area_code = 'overall'"""
    ).fetchall()
    assert rows == [
        ("inadequate", "requires_improvement", 1, 1, 2, 50),
        ("inadequate", "inadequate", 0, 1, 2, 50),
        ("requires_improvement", "good", 1, 1, 2, 50),
        ("requires_improvement", "inadequate", -1, 1, 2, 50),
    ]


def test_inadequate_spell_tells_next_inspection_and_when_it_was_better(history: History) -> None:
    asked = history([*BRADFORD, *LAST])
    rows = asked.execute(
        """select authority_name, from_date, next_start_date, next_grade, better_date, better_grade, days_to_better,
               n_inspections, is_open, ended_with_authority
           from marts.inadequate_spells where area_code in ('overall', 'help_and_protection')"""
    ).fetchall()
    assert rows == [
        ("Bradford", day("2018-09-17"), day("2022-11-21"), "inadequate", None, None, None, 3, True, False),
        (
            "Bradford", day("2018-09-17"), day("2022-11-21"), "inadequate", day("2026-01-12"), "requires_improvement",
            (dt.date(2026, 1, 12) - dt.date(2018, 9, 17)).days, 2, False, False,
        ),
        ("Northamptonshire", day("2019-06-24"), None, None, None, None, None, 1, False, True),
    ]  # fmt: skip


def test_neighbours_stand_beside_us_with_their_steps_ahead(history: History) -> None:
    asked = history([*BRADFORD, ("Kirklees", "80478", "ilacs_2023", "2024-07-08", "2024-08-28", grades("good"))])
    (row,) = asked.execute(
        """select grade, neighbour_name, neighbour_grade, n_steps_ahead from marts.neighbour_grades
           where authority_name = 'Bradford' and area_code = 'overall' and neighbour_grade is not null"""
    ).fetchall()
    assert row == ("requires_improvement", "Kirklees", "good", 1)
    ranks = asked.execute(
        """select list(neighbour_rank order by neighbour_rank) from marts.neighbour_grades
           where authority_name = 'Bradford' and area_code = 'overall'"""
    ).fetchall()[0][0]
    assert ranks == list(range(1, 11))


def test_gap_between_services_leaves_overall_out(history: History) -> None:
    asked = history(
        [
            (
                "Barnet",
                "80487",
                "ilacs_2018",
                "2019-05-13",
                "2019-07-01",
                grades("good", "outstanding", "requires_improvement"),
            )
        ]
    )
    assert asked.execute(
        "select overall_grade, best_areas, worst_grade, worst_areas, gap_steps, n_areas from marts.service_gaps"
    ).fetchall() == [("good", ["leaders"], "requires_improvement", ["help_and_protection"], 2, 3)]


def test_lag_counts_from_the_last_day_to_publication(history: History) -> None:
    asked = history([BARNSLEY])
    assert asked.execute("select days_to_publication from marts.report_lags").fetchall() == [(54,)]


def test_inspector_table_counts_with_its_denominator_and_its_warning(history: History) -> None:
    asked = history([*BRADFORD, BARNSLEY])
    (row,) = asked.execute(
        """select lead_inspector_name, n_inspections, n_authorities, n_with_overall, n_inadequate, health_warning
           from marts.lead_inspectors"""
    ).fetchall()
    assert row[:5] == ("Una Mossop", 5, 2, 5, 2)
    assert "compare nothing" in row[5]


def test_panel_has_every_authority_of_the_day_with_the_code_of_the_day(history: History) -> None:
    asked = history([BARNSLEY, ("Barnet", "80487", "ilacs_2023", "2026-01-12", "2026-04-30", grades("good"))])
    rows = asked.execute(
        """select year, la_code_gss, overall_rank, days_since_inspection, was_inspected_in_year
           from marts.authority_year_panel where authority_name = 'Barnsley' and year in (2018, 2019, 2025, 2026)"""
    ).fetchall()
    assert rows == [
        (2018, "E08000016", None, None, False),
        (2019, "E08000016", 2, 174, True),
        (2025, "E08000016", 2, 2366, False),
        (2026, "E08000038", 2, 2731, False),
    ]
    sizes = dict(asked.execute("select year, count(*) from marts.authority_year_panel group by year").fetchall())
    assert (sizes[2019], sizes[2020], sizes[2021], sizes[2022], sizes[2024]) == (152, 151, 151, 152, 153)


def test_d2i_summary_has_the_columns_order_and_forms_of_their_file(history: History) -> None:
    since = {
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "good",
        "care_leavers": "good",
    }
    bedford: Inspection = ("Bedford", "80428", "ilacs_2018", "2021-11-15", "2022-01-14", grades("good"))
    asked = history([bedford, ("Barnet", "80487", "ilacs_2026", "2026-05-11", "2026-07-07", since)])
    found = asked.execute("from marts.d2i_summary")
    columns = [column[0] for column in found.description or ()]
    barnet, bedford_row = (dict(zip(columns, row, strict=True)) for row in found.fetchall())
    assert columns == [
        "urn", "la_code", "region_code", "la_code_new", "stat_neighbours", "stat_neighbour_judgement",
        "local_authority", "inspection_link", "overall_effectiveness_grade", "inspection_framework", "inspector_name",
        "inspection_start_date", "inspection_end_date", "publication_date", "local_link_to_all_inspections",
        "impact_of_leaders_grade", "help_and_protection_grade", "in_care_grade", "care_leavers_grade",
        "inspectors_inspections_count",
    ]  # fmt: skip
    assert barnet["overall_effectiveness_grade"] == "not_reported_post_reform"
    assert (barnet["help_and_protection_grade"], barnet["care_leavers_grade"]) == ("requires improvement", "good")
    assert {**bedford_row, "stat_neighbour_judgement": None} == {
        "urn": "80428",
        "la_code": "822",
        "region_code": "E",
        "la_code_new": "E06000055",
        "stat_neighbours": "303, 826, 941, 311, 937, 839, 886, 935, 881, 866",
        "stat_neighbour_judgement": None,
        "local_authority": "bedford",
        "inspection_link": "https://files.example/r0",
        "overall_effectiveness_grade": "good",
        "inspection_framework": "short",
        "inspector_name": "una mossop",
        "inspection_start_date": "15/11/2021",
        "inspection_end_date": "15/11/2021",
        "publication_date": "14/01/22",
        "local_link_to_all_inspections": "80428",
        "impact_of_leaders_grade": "good",
        "help_and_protection_grade": "good",
        "in_care_grade": "good",
        "care_leavers_grade": "inspection_pre_dates_judgement",
        "inspectors_inspections_count": 2,
    }
    assert barnet["stat_neighbour_judgement"].startswith("[(320, 'Unknown'), (870, 'Unknown'), ")


def test_interval_knows_its_worst_grade_and_the_pause(history: History) -> None:
    asked = history(BRADFORD)
    rows = asked.execute(
        "select overall_grade, worst_grade, days_to_next, spans_pandemic from marts.inspection_intervals"
    ).fetchall()
    assert rows[0] == ("requires_improvement", None, 1673, False)
    assert rows[1] == ("inadequate", "inadequate", 1526, True)
    assert rows[3] == ("requires_improvement", "inadequate", None, False)


def test_second_ilacs_is_compared_with_the_first_and_no_third(history: History) -> None:
    asked = history(BRADFORD)
    rows = asked.execute("select area_code, change, n_steps from marts.second_inspections").fetchall()
    assert rows == [
        ("care", "same", 0),
        ("help_and_protection", "same", 0),
        ("leaders", "same", 0),
        ("overall", "same", 0),
    ]


def test_judgements_are_set_against_overall_where_there_is_one(history: History) -> None:
    asked = history([BRADFORD[-1], ("Barnet", "80487", "ilacs_2026", "2026-05-11", "2026-07-07", {"leaders": "good"})])
    rows = asked.execute("select judgement_code, steps_above_overall from marts.judgements_against_overall").fetchall()
    assert rows == [("help_and_protection", -1), ("leaders", 1)]


def test_events_hold_both_days_and_beginnings_and_ends(history: History) -> None:
    asked = history(LAST)
    rows = asked.execute(
        """select event_date, known_date, event, grade from marts.grade_events
           where authority_name like '%Northamptonshire' and (area_code = 'overall' or area_code is null)"""
    ).fetchall()
    assert rows == [
        (day("2019-06-24"), day("2019-08-01"), "first grade", "inadequate"),
        (day("2021-04-01"), day("2021-04-01"), "authority began", None),
        (day("2021-04-01"), day("2021-04-01"), "authority ended", None),
        (day("2021-04-01"), day("2021-04-01"), "authority began", None),
    ]


def test_points_come_back_by_their_words_and_not_by_their_reference() -> None:
    told = {
        "first": ("2018-10-08", ("The timeliness of return home interviews.", "Pathway planning.")),
        "second": (
            "2023-09-11",
            (
                "Return home interviews: their quality. (outcome 3, national framework)",
                "The oversight of managers (outcome 3, national framework).",
            ),
        ),
    }
    reports = [
        msgspec.structs.replace(
            parsed_report(name, "Barnsley", "ilacs_2018", [(start, start)]),
            paragraphs=tuple(Paragraph(n, 1, None, "bullet", text, 1, 1) for n, text in enumerate(texts, start=1)),
            lines=(),
            recommendations=tuple(
                Recommendation(n, n, "area_for_improvement", "authority", text, ())
                for n, text in enumerate(texts, start=1)
            ),
        )
        for name, (start, texts) in told.items()
    ]
    publications = [publication(name, "80426", start) for name, (start, _) in told.items()]
    with tables_of(frames_of(publications, reports)) as connection:
        rows = connection.execute(
            """select authority_name, earlier_start_date, earlier_text, later_start_date, later_text, shared_terms
               from marts.recurring_items"""
        ).fetchall()
    first, second = told["first"], told["second"]
    shared = ["home", "interview", "return"]
    assert rows == [("Barnsley", day(first[0]), first[1][0], day(second[0]), second[1][0], shared)]


def test_framework_items_carry_their_page(history: History) -> None:
    asked = history([BARNSLEY])
    rows = asked.execute(
        "select national_framework_ref, framework_part, meaning, page_url from marts.national_framework_items"
    ).fetchall()
    assert rows == [
        (
            "outcome 4",
            "outcome",
            "children in care and care leavers have stable, loving homes",
            "https://files.example/r0#page=1",
        )
    ]
