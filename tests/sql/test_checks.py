"""Every rule of consistency finds the inspection that breaks it, and no other."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.warehouse.checks import read_checks, read_tests, run_check
from pipelines.warehouse.headers import SQL_FOLDER
from tests.histories import Inspection, Visited, day, frames_of, parsed_report, publication, sha, tables_of

History = Callable[..., duckdb.DuckDBPyConnection]

SIF = {"overall_effectiveness": "good", "leaders": "good", "help_and_protection": "good", "looked_after": "good"}
ILACS = {
    "overall_effectiveness": "good",
    "leaders": "good",
    "help_and_protection": "good",
    "in_care_and_care_leavers": "good",
}


def inspection(
    framework: str, grades: dict[str, str], start: str = "2017-02-06", published: str = "2017-04-01"
) -> Inspection:
    return ("Barnet", "80487", framework, start, published, grades)


BROKEN: dict[str, Inspection] = {
    "overall_lies_between_the_others": inspection("sif", {**SIF, "overall_effectiveness": "outstanding"}),
    "limiting_judgement_makes_overall_inadequate": inspection("sif", {**SIF, "looked_after": "inadequate"}),
    "overall_is_inadequate_only_with_a_limiting_judgement": inspection(
        "sif", {**SIF, "overall_effectiveness": "inadequate", "adoption": "inadequate"}
    ),
    "grades_stand_on_their_frameworks_scale": inspection("sif", {**SIF, "adoption": "adequate"}),
    "key_judgements_are_present": inspection("sif", {"overall_effectiveness": "good", "leaders": "good"}),
    "activities_end_before_publication": inspection("sif", SIF, published="2017-02-06"),
    "activities_fall_within_their_framework": inspection("ilacs_2018", ILACS),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_rule_finds_the_inspection_that_breaks_it(history: History, rule: str) -> None:
    sound = ("Bradford", "80449", "sif", "2014-02-17", "2014-04-01", SIF)
    connection = history([sound, BROKEN[rule]])
    check = next(one for one in read_tests() if one.name == rule)
    found = run_check(connection, check)
    assert {row["report_id"] for row in found.offending} == {sha("r1")[:16]}


def test_inadequate_care_makes_ilacs_inadequate(history: History) -> None:
    grades = {**ILACS, "in_care_and_care_leavers": "inadequate"}
    connection = history([inspection("ilacs_2018", grades, "2019-05-13", "2019-07-01")])
    check = next(one for one in read_tests() if one.name == "limiting_judgement_makes_overall_inadequate")
    assert len(connection.execute(check.query).fetchall()) == 1


def test_overall_can_be_inadequate_without_the_others_under_ilacs_alone(history: History) -> None:
    grades = {**ILACS, "overall_effectiveness": "inadequate", "leaders": "inadequate"}
    connection = history([inspection("ilacs_2018", grades, "2019-05-13", "2019-07-01")])
    failed = [one.name for one in read_checks() if not one.compares and not run_check(connection, one).passed]
    assert failed == []


def test_leaders_alone_do_not_make_ilacs_inadequate(history: History) -> None:
    grades = {**ILACS, "overall_effectiveness": "requires_improvement", "leaders": "inadequate"}
    connection = history([inspection("ilacs_2018", grades, "2019-05-13", "2019-07-01")])
    failed = [one.name for one in read_checks() if not one.compares and not run_check(connection, one).passed]
    assert failed == []


SPOILT: list[tuple[str, dict[str, object], str]] = [
    (
        "activities",
        {"visits": [{"start_date": day("2019-05-14"), "end_date": day("2019-05-24")}]},
        "visits_span_the_activity",
    ),
    ("activities", {"end_date": day("2019-05-12")}, "visits_span_the_activity"),
    (
        "activities",
        {"authority_id": "E06000059", "start_date": day("2018-05-14")},
        "authorities_existed_when_inspected",
    ),
    ("activity_people", {"role": "inspector"}, "silent_covers_have_an_issue"),
    ("activities", {"published_date": None}, "silent_covers_have_an_issue"),
    ("activities", {"framework_code": "focused_visit"}, "inspections_are_the_graded_activities"),
    ("inspections", {"inspection_id": "0" * 16}, "inspections_are_the_graded_activities"),
    ("lists", {"n_items": 2}, "lists_hold_their_items"),
    ("lists", {"status": "absent"}, "lists_hold_their_items"),
    ("lists", {"list": "strength"}, "lists_hold_their_items"),
    ("recommendations", {"kind": "priority_action"}, "lists_hold_their_items"),
    ("sections", {"part": "annex"}, "parts_report_on_their_judgement"),
    ("sections", {"part": "annex", "judgement_code": None}, "parts_report_on_their_judgement"),
    ("sections", {"part": "lscb"}, "parts_report_on_their_judgement"),
    ("sections", {"part": "lscb", "judgement_code": None}, "parts_report_on_their_judgement"),
    ("judgements", {"is_confirmed_by_heading": False}, "headings_confirm_grades"),
    ("judgements", {"judgement_code": "adoption"}, "judgements_belong_to_their_framework"),
    ("judgements", {"area_code": "leaders"}, "one_judgement_of_an_area"),
    ("judgements", {"grade": "excellent"}, "references_grade"),
    ("recommendations", {"addressed_to": "lscb"}, "inspections_say_what_to_improve"),
    ("reports", {"report_id": "0" * 16}, "reports_without_activity_have_an_issue"),
    ("tiles", {"column_number": 1}, "tiles_hold_one_authority"),
]


@pytest.mark.parametrize(("table", "change", "rule"), SPOILT)
def test_rule_finds_a_row_that_should_not_be(table: str, change: dict[str, object], rule: str) -> None:
    frames = frames_of([publication("a")], [parsed_report("a")])
    whole = frames[table]
    spoilt = whole.with_columns(
        pl.Series(column, [value] * whole.height, dtype=whole.schema[column]) for column, value in change.items()
    )
    with tables_of({**frames, table: spoilt}) as connection:
        check = next(one for one in read_checks() if one.name == rule)
        assert run_check(connection, check).n_offending > 0


@pytest.mark.parametrize("role", ["boilerplate", "cover", "contents", "table", "running_footer", "unknown"])
def test_text_in_no_paragraph_is_found_whatever_role_its_lines_have(role: str) -> None:
    frames = frames_of([publication("a")], [parsed_report("a")])
    moved = frames["lines"].with_columns(pl.lit(True).alias("is_running_text"), pl.lit(role).alias("role"))
    check = next(one for one in read_tests() if one.name == "text_is_accounted_for")
    with tables_of(frames) as connection:
        assert run_check(connection, check).passed
    lines = pl.concat([frames["lines"].head(1), moved.slice(1, 2)])
    with tables_of({**frames, "lines": lines}) as connection:
        assert check.is_blocking
        assert run_check(connection, check).n_offending == (role != "boilerplate")


QUARANTINED = """insert into quality.quarantined_reports (source_path, reason, detail, first_seen_at)
    values ('page.pdf', 'not_a_pdf', 'a page', '2026-01-01')"""
TOLD = """insert into quality.extraction_issues (report_id, severity, code, excerpt, message)
    select report_id, 'warning', '{}', '', 'told' from core.reports"""
OF_THE_BUILD = {
    "types_agree_with_codes": "update core.authorities set authority_type = 'County' where la_code_gss = 'E06000063'",
    "newer_files_are_usable": TOLD.format("newer_file_unusable"),
    "addresses_lead_to_their_own_file": TOLD.format("address_redirects"),
    "activities_are_not_in_the_future": "update core.activities set end_date = current_date + 1",
    "no_fewer_inspections": "delete from core.activities",
    "nothing_newly_quarantined": QUARANTINED,
    "few_are_quarantined": QUARANTINED,
}

VISITS = [
    Visited("Barnet", "80487", "focused_visit", "2019-05-13", "2019-07-01"),
    Visited("Barnet", "80487", "area_send_2023", "2024-05-13", "2024-07-01", outcome_code="inconsistent"),
]


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        ("delete from core.activity_outcomes", {"v1"}),
        ("update core.activity_outcomes set outcome_code = 'excellent'", {"v1"}),
        ("insert into core.activity_outcomes select i.report_id, o.* exclude (activity_id)"
         " from core.activity_outcomes o, core.inspections i", {"r0"}),
        ("select 1", set()),
    ],
)  # fmt: skip
def test_outcomes_are_where_the_framework_has_them(history: History, spoilt: str, found: set[str]) -> None:
    connection = history([inspection("sif", SIF)], VISITS)
    connection.execute(spoilt)
    check = next(one for one in read_tests() if one.name == "outcomes_belong_to_their_framework")
    assert {row["report_id"] for row in run_check(connection, check).offending} == {sha(name)[:16] for name in found}


def test_visits_break_no_rule(history: History) -> None:
    connection = history([inspection("sif", SIF)], VISITS)
    failed = [one.name for one in read_checks() if not one.compares and not run_check(connection, one).passed]
    assert failed == []


def test_every_rule_of_the_folder_is_tried_here() -> None:
    tried = {*BROKEN, *(rule for _, _, rule in SPOILT), *OF_THE_BUILD, "text_is_accounted_for", "spells_do_not_overlap"}
    tried |= {"known_breaks_still_break", "outcomes_belong_to_their_framework"}
    # In test_official.py
    tried |= {"official_differences_are_explained", "accepted_differences_still_differ", "no_inspection_twice"}
    tried |= {"official_rows_have_an_activity", "editions_are_given_once"}
    assert {one.name for one in read_tests()} <= tried


def test_spells_that_overlap_are_found(history: History) -> None:
    connection = history(
        [
            inspection("sif", SIF),
            ("Barnet", "80487", "sif_reinspection", "2017-02-06", "2017-05-01", dict.fromkeys(SIF, "inadequate")),
            ("Barnet", "80487", "ilacs_2018", "2017-02-06", "2017-06-01", ILACS),
        ]
    )
    check = next(one for one in read_tests() if one.name == "spells_do_not_overlap")
    assert not run_check(connection, check).passed


def test_a_break_is_a_row_with_its_report_page_and_link(history: History) -> None:
    connection = history([inspection("sif", {**SIF, "overall_effectiveness": "outstanding"})])
    rows = connection.execute(
        "select rule, report_id, page_number, authority_name, explanation, page_url from quality.consistency_breaks"
    ).fetchall()
    assert rows == [
        ("overall_lies_between_the_others", sha("r0")[:16], 1, "Barnet", None, "https://files.example/r0#page=1")
    ]


def test_a_known_break_is_explained_and_stays(tmp_path: Path) -> None:
    sql = tmp_path / "sql"
    shutil.copytree(SQL_FOLDER, sql)
    known = sql / "quality" / "known_breaks.sql"
    report = sha("a")[:16]
    rows = f"('overall_lies_between_the_others', '{report}', 'so printed'), ('no_nulls', '{report}', 'mended')"
    known.write_text(known.read_text("utf-8").replace("(null, null, null)", rows), "utf-8")
    grades = {**ILACS, "overall_effectiveness": "outstanding"}
    with tables_of(frames_of([publication("a")], [parsed_report("a", grades=grades)]), sql) as connection:
        explained = connection.execute("select rule, explanation from quality.consistency_breaks").fetchall()
        assert explained == [("overall_lies_between_the_others", "so printed")]
        check = next(one for one in read_tests(sql) if one.name == "known_breaks_still_break")
        assert [row["rule"] for row in run_check(connection, check).offending] == ["no_nulls"]
