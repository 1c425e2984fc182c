"""The questions of `sql/examples` from 30 on, answered once more in plain Python, as in `test_questions.py`."""

import datetime as dt
from collections import Counter, defaultdict

import pytest

from tests.corpus.asked import STATEMENTS, Asked
from tests.corpus.record import GRADES, PAUSE, SERVICES, Inspection, fair_percent, percent, survival

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

ELECTIONS = dt.date(2015, 5, 7), dt.date(2017, 6, 8), dt.date(2019, 12, 12), dt.date(2024, 7, 4)


def test_30_grades_at_elections(asked: Asked) -> None:
    record = asked.record
    expected = []
    for date in ELECTIONS:
        n_there = len(record.existing(date))
        counts = [
            Counter(one.grade("overall") for one in record.standing(date, published_by).values() if one.rank("overall"))
            for published_by in (date, dt.date.max)
        ]
        true_then = record.standing(date, dt.date.max).values()
        for grade in GRADES:
            row = [(n[grade], n.total(), fair_percent(n[grade], n.total(), n_there)) for n in counts]
            good = [fair_percent(n["outstanding"] + n["good"], n.total(), n_there) for n in counts]
            told = sum(one.grade("overall") == grade and not one.report for one in true_then)
            rows = *row[0], good[0], *row[1], good[1], told
            expected.append((date, grade, *rows, n_there, record.n_missing(date)))
    assert asked.answer("30", "*") == expected


def test_31_never_good(asked: Asked) -> None:
    missing, graded = set(asked.record.missing()), 0
    expected = set()
    for key, ones in asked.record.full.items():
        held = [one for one in ones if any(one.rank(area) for area in SERVICES)]
        ranks = [rank for one in held for area in SERVICES if (rank := one.rank(area))]
        graded += bool(ranks)
        if ranks and min(ranks) > 2:
            dates = held[0].start, held[-1].start
            expected.add((held[0].name, len(held), len(ranks), GRADES[min(ranks) - 1], *dates, key in missing))
    columns = "authority_name", "n_inspections", "n_grades", "best_grade", "first_inspection", "last_inspection"
    assert set(asked.answer("31", *columns, "is_missing_report")) == expected
    assert set(asked.answer("31", "n_inspected")) == {(graded,)}


@pytest.mark.parametrize("area", ["overall", "care"])
def test_32_time_to_better(asked: Asked, area: str) -> None:
    spells = asked.record.spells(area, "inadequate")
    waits = [(spell.n_days, spell.end_reason == "better") for spell in spells if spell.n_days is not None]
    curve = survival(waits)
    middle = next((days for days, left in curve if left <= 0.5), None)
    expected = []
    for years in range(6):
        days = years * 365.25
        left = min((share for day, share in curve if day <= days), default=1)
        n_better = sum(is_better and one <= days for one, is_better in waits)
        n_censored = sum(not is_better and one < days for one, is_better in waits)
        row = years, sum(one >= days for one, _ in waits), n_better, n_censored, round(float(left), 3), middle
        n_left_out_better = sum(spell.n_days is None and spell.end_reason == "better" for spell in spells)
        left_out = len(spells) - len(waits), n_left_out_better
        expected.append((*row, len(waits), *left_out, len(asked.record.missing())))
    assert asked.answer("32", "*", overall=area) == expected


@pytest.mark.parametrize("area", ["help_and_protection", "care_leavers"])
def test_33_share_improved_by_region(asked: Asked, area: str) -> None:
    record = asked.record
    last = {step.now.authority["authority_id"]: step for step in record.steps(area) if step.now.after is None}
    missing = set(record.missing())
    regions = ["England", *sorted({one["region_name"] for one in record.current})]
    expected = []
    for region in regions:
        ours = [one["authority_id"] for one in record.current if region in ("England", one["region_name"])]
        steps = [last[key] for key in ours if key in last and last[key].n_steps is not None]
        n = Counter(step.change for step in steps)
        changes = n["improved"], n["same"], n["declined"], percent(n["improved"], len(steps))
        n_other = sum(bool(step.is_other_framework) for step in steps)
        expected.append((region, len(steps), *changes, n_other, len(ours), sum(key in missing for key in ours)))
    assert asked.answer("33", "*", help_and_protection=area) == expected


def test_34_before_and_after(asked: Asked) -> None:
    record = asked.record
    authorities = record.by("core.authorities", "authority_id")
    codes = {row["la_code_gss"]: authorities[row["authority_id"]] for row in record.rows("core.authority_codes")}
    expected = set()
    for change in record.rows("core.authority_changes"):
        old, new = codes[change["from_gss"]], codes[change["to_gss"]]
        if change["kind"] in ("merge", "split") and not old["is_current"]:
            last, first = (record.full.get(one["authority_id"], []) for one in (old, new))
            for area in ("overall", *SERVICES):
                grades = last[-1].grade(area) if last else None, first[0].grade(area) if first else None
                expected.add((change["change_date"], old["authority_name"], new["authority_name"], area, *grades))
    columns = "change_date", "former_authority", "successor", "area_code", "last_grade", "first_grade"
    found = asked.answer("34", *columns)
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("authority", ["Greenwich", "Sandwell"])
def test_35_wording_of_a_judgement(asked: Asked, authority: str) -> None:
    record = asked.record
    sections = {
        row["section_id"]: row["report_id"] for row in record.rows("core.sections") if row["area_code"] == "leaders"
    }
    texts = defaultdict(list)
    for row in sorted(record.rows("core.paragraphs"), key=lambda row: row["ordinal"]):
        if row["section_id"] in sections and row["kind"] in ("numbered", "unnumbered"):
            texts[row["report_id"]].append(row)
    expected = []
    for one in record.named(authority):
        held = texts[one.report["report_id"]] if one.report else []
        first = held[0]["text"] if held else None
        n_words = sum(row["n_words"] for row in held) or None
        expected.append((one.start, one.grade("leaders"), first, len(held) or None, n_words, one.basis))
    columns = "start_date", "grade", "first_paragraph", "n_paragraphs", "n_words", "basis"
    assert asked.answer("35", *columns, Greenwich=authority) == expected


def test_36_inspections_without_a_report(asked: Asked) -> None:
    record = asked.record
    names = {one["authority_id"]: one["authority_name"] for one in record.rows("core.authorities")}
    years: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for one in record.inspections:
        years[one.name, one.start.year].update([one.basis, (one.start_basis == "bound" and "bound") or "day"])
    for row in record.rows("quality.coverage"):
        if row["is_missing"]:
            years[names[row["authority_id"]], row["known_by_date"].year]["missing"] += 1
    expected = [
        (*key, n["report"], n["official statistics"], n["bound"], n["missing"])
        for key, n in sorted(years.items())
        if n["official statistics"] + n["missing"]
    ]
    columns = "authority_name", "year", "n_from_report", "n_from_statistics", "n_with_bound_day", "n_missing"
    assert sorted(asked.answer("36", *columns)) == expected


@pytest.mark.parametrize("date", [dt.date(2025, 3, 31), dt.date(2023, 3, 31)], ids=str)
def test_37_published_figures(asked: Asked, date: dt.date) -> None:
    record = asked.record
    editions = {row["edition_id"] for row in record.rows("official.editions") if row["as_at_date"] == date}
    rows = {
        row["row_id"]: row["authority_id"]
        for row in record.rows("official.rows")
        if row["edition_id"] in editions and row["family"] == "snapshot"
    }
    regions = {one["authority_id"]: one["ofsted_region_name"] for one in record.rows("core.authorities")}
    theirs = Counter(
        (regions[rows[cell["row_id"]]], cell["grade"])
        for cell in record.rows("official.grades")
        if cell["row_id"] in rows and cell["area_code"] == "overall"
    )
    standing = record.standing(date).values() if rows else ()
    judged = [(one.authority["ofsted_region_name"], one.grade("overall"), one) for one in standing]
    ours = Counter((region, grade) for region, grade, _ in judged if grade)
    told = Counter((region, grade) for region, grade, one in judged if grade and not one.report)
    expected = {(*key, theirs[key], ours[key], told[key]) for key in theirs.keys() | ours.keys()}
    columns = "ofsted_region_name", "grade", "n_published", "n_ours", "n_ours_from_statistics"
    assert set(asked.answer("37", *columns, **{"2025-03-31": date.isoformat()})) == expected
    if rows:
        assert sum(theirs.values()) >= 150


def test_38_area_send_then_and_now(asked: Asked) -> None:
    record = asked.record
    labels = {row["outcome_code"]: row["label"] for row in record.rows("core.outcomes")}
    then: dict[str, tuple[dt.date, str]] = {}
    revisits: dict[str, str] = {}
    for row in record.rows("official.rows"):
        if row["outcome_code"]:
            is_revisit = row["activity_kind"].endswith("revisit")
            if is_revisit:
                revisits[row["authority_id"]] = labels[row["outcome_code"]]
            else:
                then[row["authority_id"]] = row["start_date"], labels[row["outcome_code"]]
    since: dict[str, tuple[dt.date, str]] = {}
    outcomes = record.by("core.activity_outcomes", "activity_id")
    for row in sorted(record.rows("core.activities"), key=lambda row: row["start_date"]):
        if row["activity_id"] in outcomes:
            since[row["authority_id"]] = row["start_date"], labels[outcomes[row["activity_id"]]["outcome_code"]]
    names = {one["authority_id"]: one["authority_name"] for one in record.rows("core.authorities")}
    none = None, None
    expected = set()
    for key in then.keys() | since.keys():
        alike = [one for one in then.keys() | since.keys() if then.get(one, none)[1] == then.get(key, none)[1]]
        n_since = sum(one in since for one in alike)
        expected.add((names[key], *then.get(key, none), revisits.get(key), *since.get(key, none), len(alike), n_since))
    columns = "authority_name", "inspected_then", "outcome_then", "revisit_found", "inspected_since", "outcome_since"
    found = asked.answer("38", *columns, "n_same_then", "n_of_these_inspected_since")
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("area", ["overall", "care_leavers"])
def test_39_risk_spells(asked: Asked, area: str) -> None:
    def event(one: Inspection) -> str:
        old, new = one.rank(area), one.after.rank(area) if one.after else None
        if old is None or new is None:
            return "censored"
        return "improved" if new < old else "declined" if new > old else "same"

    expected = {}
    for one in asked.record.every_full:
        if one.rank(area) and one.n_days is not None:
            said, to_date = event(one), one.after.start if one.after else one.censor_date
            if one.after and said == "censored":
                to_date -= dt.timedelta(1)
            spans = one.start <= PAUSE[0] and (one.after.start if one.after else one.censor_date) >= PAUSE[1]
            code = ["censored", "improved", "declined", "same"].index(said)
            key = one.authority["authority_id"], one.start
            expected[key] = (to_date, (to_date - one.start).days, said, code, one.grade(area), spans, one.basis)
    columns = "authority_id", "from_date", "to_date", "n_days", "event", "event_code", "grade", "spans_pandemic"
    found = asked.answer("39", *columns, "basis", overall=area)
    assert {(key, start): tuple(row) for key, start, *row in found} == expected
    assert len(found) == len(expected)


def test_a_page_is_there_wherever_the_authority_has_one(asked: Asked) -> None:
    homes = {one["authority_name"]: one["provider_url"] for one in asked.record.rows("core.authorities")}
    n_asked = 0
    for number in STATEMENTS:
        columns = {column[0] for column in asked.connection.sql(STATEMENTS[number]).description}
        name = next((one for one in ("neighbour_name", "authority_name") if one in columns), None)
        if name and "page_url" in columns:
            n_asked += 1
            for authority, page_url in asked.answer(number, name, "page_url"):
                assert page_url or not homes[authority], number
    assert n_asked >= 10
