"""What the letter or report of a visit states is found in its PDF: days, people, theme, lists, what must follow."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from pipelines.parsing.facts import ParsedReport
from pipelines.parsing.wording import plain, with_plain_quotes
from pipelines.report_kinds.registry import framework_of
from pipelines.sample.history import LABELS
from pipelines.sample.truth import ReportTruth
from pipelines.sample.visit_truth import ActivityTruth
from tests.readings import SampleReading

Visits = list[tuple[ReportTruth, ActivityTruth, ParsedReport]]


@pytest.fixture(scope="module")
def visits(sample_readings: list[SampleReading]) -> Visits:
    """The visits of the default sample, as stated and as read."""
    return [
        (reading.truth, reading.truth.activity, reading.parsed())
        for reading in sample_readings
        if reading.truth.activity is not None
    ]


def test_there_are_visits_of_every_sort(visits: Visits) -> None:
    kinds = Counter(framework_of(truth.framework_code).activity_kind for truth, _, _ in visits)
    assert kinds == {"focused_visit": 9, "monitoring_visit": 3, "jtai": 4, "area_send": 3}
    assert {activity.mode for _, activity, _ in visits} == {None, "on_site", "partly_remote", "remote"}
    statuses = {(one.list, one.status) for _, activity, _ in visits for one in activity.lists}
    assert {
        ("priority_action", status) for status in ("present", "none_stated", "carried_forward", "absent")
    } <= statuses
    assert {len(activity.people) for truth, activity, _ in visits if truth.framework_code == "focused_visit"} == {
        2,
        3,
        5,
    }
    assert {activity.outcome[0] for _, activity, _ in visits if activity.outcome} == {
        one.outcome_code for one in framework_of("area_send_2023").outcomes
    }
    assert any(
        p.page_first < p.page_last for truth, _, _ in visits for p in truth.paragraphs if p.kind == "recommendation"
    )


def test_a_visit_is_labelled_as_on_ofsteds_pages(visits: Visits) -> None:
    assert {(truth.framework_code, truth.label) for truth, _, _ in visits} <= set(LABELS.items())


def test_dates_themes_and_modes_come_back(visits: Visits) -> None:
    for truth, activity, report in visits:
        cover = report.cover
        assert cover.letter_date == activity.letter_date, truth.path
        found = (cover.theme.theme_code, cover.theme.theme_as_written) if cover.theme else (None, "")
        assert found == (activity.theme_code, plain(activity.theme or "")), truth.path
        assert cover.mode == activity.mode, truth.path
        assert cover.visit_ordinal == activity.visit_ordinal, truth.path
        assert cover.previous_inspection_as_written == activity.previous_inspection, truth.path


def test_people_inspectorates_and_partners_come_back(visits: Visits) -> None:
    for truth, activity, report in visits:
        people = [(one.role, one.name, one.position_as_written, one.inspectorate) for one in report.cover.people]
        assert people == [
            (one.role, one.name, one.position and with_plain_quotes(one.position), one.inspectorate)
            for one in activity.people
        ], truth.path
        assert report.cover.inspectorates == activity.inspectorates, truth.path
        partners = [(one.organisation_as_written, one.organisation_kind) for one in report.cover.partners]
        assert partners == list(activity.partners), truth.path


def test_outcomes_and_next_steps_come_back(visits: Visits) -> None:
    for truth, activity, report in visits:
        outcome = report.outcome and (report.outcome.outcome_code, report.outcome.outcome_as_written)
        assert outcome == activity.outcome, truth.path
        steps = [
            (one.kind, one.months, one.is_approximate, one.due_date, one.responsible_body) for one in report.next_steps
        ]
        assert steps == [
            (one.kind, one.months, one.is_approximate, one.due_date, one.responsible_body)
            for one in activity.next_steps
        ], truth.path


def test_lists_and_strengths_come_back(visits: Visits) -> None:
    for truth, activity, report in visits:
        lists = [(one.list, one.status, one.n_items, one.lead_in) for one in report.lists]
        assert lists == [(one.list, one.status, one.n_items, one.lead_in) for one in activity.lists], truth.path
        assert [one.text for one in report.strengths] == list(activity.strengths), truth.path
        assert [one.ordinal for one in report.strengths] == list(range(1, len(activity.strengths) + 1)), truth.path


def test_visits_stand_in_the_warehouse_under_their_authority_and_move_no_grade(
    visits: Visits, sample_readings: list[SampleReading], sample_warehouse: Path
) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        held = connection.execute(
            "select framework_code, provider_urn, start_date from core.activities where framework_code not in"
            " (select framework_code from core.judgement_areas)"
        ).fetchall()
        (graded,) = connection.execute("select count(*) from core.inspections").fetchall()
    assert sorted(held) == sorted(
        (truth.framework_code, truth.provider_urn, truth.start_date) for truth, _, _ in visits
    )
    assert graded[0] == sum(bool(reading.truth.judgements) for reading in sample_readings)
