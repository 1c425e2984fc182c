"""The frameworks as data: what their files must hold together."""

import datetime as dt
from itertools import pairwise

import msgspec
import pytest

from pipelines.report_kinds.registry import (
    Framework,
    framework_of,
    load_frameworks,
    load_grades,
    load_national_framework,
    load_themes,
    load_vocabulary,
)

CODES = [
    "overall_effectiveness", "leaders", "help_and_protection", "in_care", "care_leavers", "in_care_and_care_leavers",
    "looked_after", "adoption", "lscb", "capacity_to_improve", "outcomes", "quality_of_provision",
]  # fmt: skip
AREAS = ["overall", "leaders", "help_and_protection", "care", "care_leavers", "adoption", "lscb", "other"]


@pytest.mark.parametrize("one", load_frameworks(), ids=lambda one: one.framework_code)
def test_a_framework_file_holds_together(one: Framework) -> None:
    codes = [kind.judgement_code for kind in one.judgements]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(CODES)
    assert {kind.area_code for kind in one.judgements} <= set(AREAS)
    assert any(kind.is_key for kind in one.judgements) or not one.judgements
    assert bool(one.judgements) == bool(one.scale)
    assert not (one.judgements and one.outcomes)
    assert one.remit is None or one.remit in {theme.remit for theme in load_themes()}
    assert all(kind.spelling or kind.sentences for kind in one.judgements)
    assert set(one.scale) < {grade.grade for grade in load_grades()}
    assert {one.begins_in, *(part.part for part in one.parts)} <= set(load_vocabulary().addressees)
    assert {part.judgement_code for part in one.parts} <= set(CODES)
    assert one.overall_limit is None or any(kind.limits_overall for kind in one.judgements)
    assert {area for kind in one.judgements for area in kind.also_covers} <= set(AREAS)
    assert one.last_inspection_date is None or one.first_inspection_date < one.last_inspection_date


def test_frameworks_of_one_title_follow_each_other_without_a_gap() -> None:
    ilacs = [one for one in load_frameworks() if one.framework_code.startswith("ilacs")]
    for before, after in pairwise(ilacs):
        assert before.last_inspection_date is not None
        assert after.first_inspection_date - before.last_inspection_date == dt.timedelta(days=1)
    assert ilacs[-1].last_inspection_date is None


def test_overall_effectiveness_does_not_exist_from_april_2026() -> None:
    without = {one.framework_code for one in load_frameworks() if "overall_effectiveness" not in {
        kind.judgement_code for kind in one.judgements
    } and one.judgements}  # fmt: skip
    assert without == {"lscb_review", "ilacs_2026"}


def test_areas_are_those_of_the_contract_and_one_is_overall() -> None:
    assert [area.area_code for area in load_vocabulary().areas] == AREAS
    assert [area.area_code for area in load_vocabulary().areas if area.is_overall] == ["overall"]
    assert load_vocabulary().addressees == ("authority", "lscb", "partnership")


def test_what_a_kind_extends_comes_after_its_own_and_gives_way_to_it() -> None:
    sif, review = framework_of("sif"), framework_of("lscb_review")
    assert (sif.table, review.table) == ("cover", "none")
    assert sif.sections == review.sections
    (shared,) = [kind for kind in sif.judgements if kind.judgement_code == "lscb"]
    (board,) = review.judgements
    assert (shared.is_key, board.is_key) == (False, True)
    assert board.sentences[1:] == shared.sentences
    assert board.label == shared.label
    makes = ["leaders", "help_and_protection", "in_care", "care_leavers"]
    assert [kind.judgement_code for kind in framework_of("ilacs_2026").judgements] == makes


def test_days_in_force_and_away_from_it() -> None:
    one = framework_of("ilacs_2018")
    for day, covered, away in (
        ("2018-01-01", True, 0),
        ("2022-12-31", True, 0),
        ("2017-12-30", False, 2),
        ("2023-01-05", False, 5),
    ):
        date = dt.date.fromisoformat(day)
        assert (one.covers(date), one.days_away(date)) == (covered, away)
    assert framework_of("ilacs_2026").covers(dt.date(2099, 1, 1))


def test_a_word_that_no_framework_file_knows_is_refused() -> None:
    raw = msgspec.to_builtins(framework_of("tlac")) | {"titels": []}
    with pytest.raises(msgspec.ValidationError, match="titels"):
        msgspec.convert(raw, Framework)


def test_ranks_run_from_best_to_worst_and_adequate_ranks_with_requires_improvement() -> None:
    assert {grade.grade: grade.grade_rank for grade in load_grades()} == {
        "outstanding": 1, "good": 2, "requires_improvement": 3, "adequate": 3, "inadequate": 4, "not_judged": None,
    }  # fmt: skip


def test_the_national_framework_has_four_outcomes_and_three_enablers() -> None:
    codes = [reference.code for reference in load_national_framework()]
    assert len(set(codes)) == len(codes)
    assert {f"outcome {n}" for n in range(1, 5)} | {f"enabler {n}" for n in range(1, 4)} <= set(codes)


def test_themes_of_focused_visits_bear_the_names_of_ofsteds_sheets() -> None:
    assert {theme.name for theme in load_themes() if theme.remit == "focused_visit"} == {
        "Front door", "Children in need/subject to a plan", "Children in care", "Care leavers", "Achieving permanence",
        "Vulnerable adolescents", "Placement decision-making", "Assurance visit",
    }  # fmt: skip
    codes = [theme.theme_code for theme in load_themes()]
    assert len(set(codes)) == len(codes)
