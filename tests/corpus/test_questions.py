"""The questions 01 to 15 of `sql/examples` over the real reports, answered once more in plain Python from rows alone.

What counts, shares, ranks or measures time is compared whole; of plain listings the rows and what they rest on.
Runs without and with Ofsted's editions, where `../shared` lies beside the repository.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from statistics import median

import pytest

from tests.corpus.asked import SHOWN, Asked, items, latest, neighbours, told_of, years_before
from tests.corpus.record import PAUSE, SERVICES, Inspection, percent, survival

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


def test_01_timeline_has_every_event_of_the_authority(asked: Asked) -> None:
    record = asked.record
    (us,) = (one for one in record.current if one["authority_name"] == "Greenwich")
    activities = [row for row in record.rows("core.activities") if row["authority_id"] == us["authority_id"]]
    activities += [
        row
        for row in record.rows("official.activities")
        if row["authority_id"] == us["authority_id"] and not row["has_report"]
    ]
    found = asked.answer("01", "event_date", "published_date", "page_url is not null")
    assert Counter(found) == Counter((row["start_date"], row["published_date"], True) for row in activities)
    grades = {day: row for day, *row in asked.answer("01", "event_date", *SHOWN)}
    assert all(grades[one.start] == [one.grade(area) for area in SHOWN] for one in record.named("Greenwich"))


def test_02_our_grades_and_our_neighbours(asked: Asked) -> None:
    standing = {one.name: one for one in asked.record.standing(dt.date(2025, 3, 31)).values()}
    expected = []
    for rank, name in enumerate(["Greenwich", *neighbours(asked, "Greenwich")]):
        one = standing.get(name)
        expected.append((rank, name, *[one and one.grade(area) for area in SHOWN], one and one.start))
    assert asked.answer("02", "neighbour_rank", "authority_name", *SHOWN, "inspected") == expected


@pytest.mark.parametrize("authority", ["Greenwich", "Bradford", "Devon", "Kent"])
def test_03_next_inspection_is_that_of_the_survival_curve(asked: Asked, authority: str) -> None:
    def compared(one: Inspection, by_overall: bool) -> int | None:
        worst = max((rank for area in SERVICES if (rank := one.rank(area))), default=None)
        return one.rank("overall") if by_overall else worst

    us = next(iter(asked.record.named(authority)[-1:]), None)
    columns = "share_inspected::double", "last_inspection", "by_those_inspected_again", "n_intervals", "likely_by"
    counted = "n_comparable", "n_inspected_again", "n_still_observed"
    found = asked.answer("03", *columns, *counted, Greenwich=authority)
    if us is None or us.n_days is None:
        assert found == []
        return
    by_overall = us.rank("overall") is not None
    waits = [
        (one.n_days, one.after is not None)
        for one in asked.record.every_full
        if one.framework["framework_family"] == us.framework["framework_family"] and one.start > PAUSE[1]
        if compared(one, by_overall) == compared(us, by_overall)
        if one.n_days is not None and one.n_days > us.n_days
    ]
    windows = asked.record.rows("marts.next_inspection_windows")
    (window,) = (row for row in windows if row["authority_name"] == authority)
    expected = []
    for share, name in ((0.1, "opens_date"), (0.5, "expected_date"), (0.9, "closes_date")):
        days = next((days for days, left in survival(waits) if left <= 1 - share + 1e-9), None)
        n_left = sum(one >= days for one, _ in waits) if days else 0
        likely = us.start + dt.timedelta(days) if days else None
        counts = len(waits), sum(ended for _, ended in waits), n_left
        expected.append((share, us.start, window[name], window["n_intervals"], likely, *counts))
    assert found == expected


def test_04_points_that_came_back_are_of_two_inspections_in_a_row(asked: Asked) -> None:
    found = asked.answer(
        "04", "authority_name", "similarity", "earlier_start_date", "earlier_text", "later_start_date", "later_text"
    )
    assert [row[1] for row in found] == sorted((row[1] for row in found), reverse=True)
    assert found
    assert found[-1][1] >= 0.3
    for name, _, earlier, earlier_text, later, later_text in found:
        (one,) = (one for one in asked.record.named(name) if one.start == earlier)
        assert one.after
        assert one.after.start == later
        assert earlier_text in {row["text"] for row in told_of(asked, one)}
        assert later_text in {row["text"] for row in told_of(asked, one.after)}


def test_05_paragraphs_hold_the_words(asked: Asked) -> None:
    reports = asked.record.by("core.reports", "report_id")
    from_date = years_before(max(row["published_date"] for row in reports.values()), 2)
    holding = {
        row["text"]
        for row in asked.record.rows("core.paragraphs")
        if re.search(r"\bpre\b.*\bproceeding|\bproceeding.*\bpre\b", row["text"].casefold(), re.DOTALL)
        and reports[row["report_id"]]["published_date"] >= from_date
    }
    found = [text for (text,) in asked.answer("05", "text")]
    assert len(found) == min(50, len(holding))
    assert set(found) <= holding


def test_06_neighbours_that_are_ahead(asked: Asked) -> None:
    last = latest(asked)
    ours = last["Bradford"]
    expected = set()
    for rank, name in enumerate(neighbours(asked, "Bradford"), start=1):
        for area in SERVICES:
            one, own = last.get(name), ours.rank(area)
            their = one and one.rank(area)
            if one and own and their and their < own:
                expected.add((area, rank, name, one.grade(area), own - their, one.basis, one.page_url))
    columns = "area_code", "neighbour_rank", "neighbour_name", "neighbour_grade", "n_steps_ahead"
    found = asked.answer("06", *columns, "neighbour_basis", "page_url")
    assert set(found) == expected
    assert len(found) == len(expected)


def test_07_which_family_improved_before_overall(asked: Asked) -> None:
    record = asked.record
    comparable = {"improved", "declined", "same"}
    change = {(step.now.key, area): step for area in SHOWN for step in record.steps(area) if step.change in comparable}
    up = [
        one
        for one in record.every_full
        if one.number >= 3 and (one.key, "overall") in change and change[one.key, "overall"].change == "improved"
    ]
    expected = []
    for area in SERVICES:
        both = [
            (change[one.before.key, area], change[one.key, area])
            for one in up
            if one.before and (one.before.key, area) in change and (one.key, area) in change
        ]
        n_before = sum(before.change == "improved" for before, _ in both)
        n_with = sum(before.change != "improved" and now.change == "improved" for before, now in both)
        n_other = sum(bool(before.is_other_framework or now.is_other_framework) for before, now in both)
        share = percent(n_before, len(both))
        expected.append((area, len(both), n_before, n_with, len(both) - n_before - n_with, share, n_other, len(up)))
    columns = "area_code", "n_improvements", "n_improved_before_overall", "n_improved_with_overall", "n_not_by_then"
    found = asked.answer("07", *columns, "percent_before_overall", "n_with_other_framework", "n_improvements_in_all")
    assert sorted(found) == sorted(expected)


def test_08_judgements_beside_overall(asked: Asked) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in asked.record.every_full:
        overall = one.rank("overall")
        for area, grade in one.grades.items():
            if area != "overall" and overall and grade.rank:
                said = "better" if grade.rank < overall else "worse" if grade.rank > overall else "same"
                counts[one.framework["framework_code"], grade.code][said] += 1
    expected = {
        (*key, n.total(), n["better"], n["same"], n["worse"], percent(n["better"] + n["worse"], n.total()))
        for key, n in counts.items()
    }
    columns = "framework_code", "judgement_code", "n_inspections", "n_better", "n_same", "n_worse", "percent_different"
    assert set(asked.answer("08", *columns)) == expected


def test_09_spells_of_inadequate_by_result(asked: Asked) -> None:
    spells = asked.record.spells("overall", "inadequate")
    results: dict[str, list[int | None]] = defaultdict(list)
    for spell in spells:
        after = spell.first.after
        days = spell.first.n_days if after else None
        is_open = spell.end_reason == "censored_open"
        none_yet = "not yet" if is_open else "the authority ended first"
        results[(after.grade("overall") or "no overall grade given") if after else none_yet].append(days)
    n_again = sum(spell.first.after is not None for spell in spells)
    expected = set()
    for result, waits in results.items():
        known = [one for one in waits if one is not None]
        has_after = result not in ("not yet", "the authority ended first")
        share = percent(len(waits), n_again) if has_after else None
        middle = round(median(known)) if known else None
        times = min(known, default=None), middle, max(known, default=None)
        expected.add((result, len(waits), n_again, share, len(known), *times))
    columns = "result", "n_spells", "n_inspected_again", "percent_of_inspected_again", "n_with_known_days"
    assert set(asked.answer("09", *columns, "shortest_days", "median_days", "longest_days")) == expected
    assert set(asked.answer("09", "n_missing_reports")) == {(len(asked.record.missing()),)}


def test_10_items_by_outcome_and_region(asked: Asked) -> None:
    since = [one for one in asked.record.every_full if one.start >= dt.date(2025, 1, 1)]
    n_items: Counter[tuple[str, str]] = Counter()
    holding = defaultdict(set)
    for one in since:
        for row in items(asked)[one.key]:
            for reference in set(row["national_framework_refs"]):
                n_items[one.authority["region_name"], reference] += 1
                holding[one.authority["region_name"], reference].add(one.key)
    held = Counter((one.authority["region_name"], one.report is not None) for one in since)
    expected = [(*key, n, len(holding[key]), held[key[0], True], held[key[0], False]) for key, n in n_items.items()]
    columns = "region_name", "national_framework_ref", "n_items", "n_inspections_with_it", "n_inspections"
    assert asked.answer("10", *columns, "n_without_report") == sorted(expected)


def test_11_trend_of_all_and_of_the_same(asked: Asked) -> None:
    record = asked.record
    dates = [
        row["reference_date"]
        for row in record.rows("core.reference_dates")
        if row["reference_date"].month == 3 and row["reference_date"].year >= 2018
    ]
    expected = []
    for area in ("care", "help_and_protection", "leaders"):
        ranks = {date: {key: one.rank(area) for key, one in record.standing(date).items()} for date in dates}
        same = set.intersection(*({key for key, rank in of.items() if rank} for of in ranks.values()))
        for date in dates:
            n_graded = sum(bool(rank) for rank in ranks[date].values())
            good = {key for key, rank in ranks[date].items() if rank and rank <= 2}
            of_all = len(good), n_graded, len(record.existing(date)), record.n_missing(date)
            of_same = len(good & same), len(same), percent(len(good & same), len(same))
            expected.append((date, area, *of_all, percent(len(good), n_graded), *of_same))
    columns = "reference_date", "area_code", "n_good_or_outstanding", "n_graded", "n_existing", "n_missing_report"
    of_the_same = "n_good_of_the_same", "n_the_same", "share_percent_of_the_same"
    assert asked.answer("11", *columns, "share_percent", *of_the_same) == expected


def test_12_panel_has_what_was_true_and_what_was_known(asked: Asked) -> None:
    record = asked.record
    expected = {}
    for row in record.rows("core.reference_dates"):
        date = row["reference_date"]
        if date.month != 3:
            continue
        true, known, missing = record.standing(date, dt.date.max), record.standing(date), set(record.missing(date))
        for key in (one["authority_id"] for one in record.existing(date)):
            one, then = true.get(key), known.get(key)
            days = (date - one.start).days if one and not one.is_bound else None
            ranks = one and one.rank("overall"), one and one.rank("care"), then and then.rank("overall")
            expected[date, key] = (*ranks, days, one.basis if one else None, key in missing)
    columns = "overall_rank", "care_rank", "known_overall_rank", "days_since_inspection", "basis", "is_missing_report"
    found = {
        (date, key): tuple(row) for date, key, *row in asked.answer("12", "reference_date", "authority_id", *columns)
    }
    assert found == expected


def test_13_second_inspections_beside_first_ones(asked: Asked) -> None:
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for ones in asked.record.full.values():
        programme = [one for one in ones if one.framework["is_current_programme"]][:2]
        for which, one in zip(("first", "second"), programme, strict=False):
            rank, before = one.rank("overall"), programme[0].rank("overall")
            n = years[one.start.year]
            n[which] += 1
            n[f"{which} graded"] += rank is not None
            n[f"{which} good"] += rank is not None and rank <= 2
            if which == "second" and rank and before:
                n["improved" if rank < before else "declined" if rank > before else "same"] += 1
    expected = [
        (
            year,
            *(n[f"first{what}"] for what in ("", " graded", " good")),
            percent(n["first good"], n["first graded"]),
            *(n[f"second{what}"] for what in ("", " graded", " good")),
            percent(n["second good"], n["second graded"]),
            *(n[what] for what in ("improved", "same", "declined")),
        )
        for year, n in sorted(years.items())
    ]
    found = [row[:-1] for row in asked.answer("13", "*")]
    assert found == expected
    families = {"ilacs"}
    missing = [row for row in asked.record.rows("quality.coverage") if row["is_missing"]]
    n_missing = sum(row["framework_family"] in families for row in missing)
    assert {n for (n,) in asked.answer("13", "n_missing_reports")} == {n_missing}


def test_14_items_then_and_now(asked: Asked) -> None:
    expected = []
    for year in (2015, 2025):
        ones = [one for one in asked.record.every_full if one.start.year == year]
        held = [one for one in ones if one.report]
        words = [len(row["text"].split(" ")) for one in held for row in told_of(asked, one)]
        per_inspection = round(len(words) / len(held), 1), round(median(words)), round(sum(words) / len(held))
        expected.append((year, len(held), len(ones) - len(held), len(words), *per_inspection))
    columns = "year", "n_inspections", "n_without_report", "n_items", "items_an_inspection", "median_words_an_item"
    assert asked.answer("14", *columns, "words_an_inspection") == expected


def test_15_events_are_every_grade_and_every_change_of_an_authority(asked: Asked) -> None:
    record = asked.record
    expected = Counter((s.now.name, s.now.start, s.change or "first grade", s.n_steps) for s in record.steps("overall"))
    for row in record.rows("core.authorities"):
        if row["valid_from_date"]:
            expected[row["authority_name"], row["valid_from_date"], "authority began", None] += 1
        if row["valid_to_date"]:
            day = row["valid_to_date"] + dt.timedelta(1)
            expected[row["authority_name"], day, "authority ended", None] += 1
    assert Counter(asked.answer("15", "authority_name", "event_date", "event", "n_steps")) == expected
