"""The questions of `sql/examples` from 16 to 29, answered once more in plain Python, as in `test_questions.py`."""

import datetime as dt
import re
from collections import Counter, defaultdict
from itertools import groupby
from statistics import median

import pytest

from tests.corpus.asked import SHOWN, Asked, items, known_when, latest, months_after, neighbours, told_of, years_before
from tests.corpus.record import Row, fair_percent

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


def test_16_share_good_or_outstanding(asked: Asked) -> None:
    record = asked.record
    expected = []
    for area in sorted(SHOWN):
        for years in (0, 1, 5, 10):
            date = years_before(record.last_published, years)
            standing = record.standing(date, date).values()
            ranks = [rank for one in standing if (rank := one.rank(area))]
            n_good = sum(rank <= 2 for rank in ranks)
            n_there, n_told = len(record.existing(date)), sum(area in one.grades and not one.report for one in standing)
            share = fair_percent(n_good, len(ranks), n_there)
            expected.append((years, date, area, n_good, len(ranks), n_there, n_told, record.n_missing(date), share))
    columns = "years_ago", "reference_date", "area_code", "n_good_or_outstanding", "n_graded", "n_existing"
    more = "n_from_official_statistics", "n_missing_report", "share_percent"
    assert asked.answer("16", *columns, *more) == expected


def test_17_inadequate_longest(asked: Asked) -> None:
    by_authority = defaultdict(list)
    for spell in asked.record.spells("overall", "inadequate"):
        by_authority[spell.first.name].append(spell)
    expected = []
    for name, spells in by_authority.items():
        days = []
        for spell in spells:
            after, known_begun = spell.inspections[-1].after, spell.first.published or spell.end
            at_least = None if after and after.is_bound else (spell.end - known_begun).days
            days.append(at_least if spell.n_days is None else spell.n_days)
        told = [one for one in days if one is not None]
        n_inspections, n_inexact = sum(len(s.inspections) for s in spells), sum(s.n_days is None for s in spells)
        last = spells[-1].end_reason
        times = (sum(told), max(told)) if told else (None, None)
        times = *times, n_inexact
        expected.append((name, len(spells), n_inspections, *times, spells[0].first.start, last))
    expected.sort(key=lambda row: (row[4] is None, -(row[4] or 0), row[0]))
    columns = "authority_name", "n_times", "n_inspections", "days_at_least", "longest_at_least", "n_times_inexact"
    assert asked.answer("17", *columns, "first_from", "last_end_reason") == expected
    of_how_many = len(expected), len(asked.record.full), len(asked.record.missing())
    assert set(asked.answer("17", "n_ever_inadequate", "n_inspected", "n_missing_reports")) == {of_how_many}


def test_18_two_grades_in_one_step(asked: Asked) -> None:
    expected = Counter(
        (s.now.name, area, s.n_steps, s.is_other_framework, s.now.start, s.now.basis, s.now.page_url)
        for area in (*SHOWN, "adoption", "lscb")
        for s in asked.record.steps(area)
        if s.n_steps is not None and abs(s.n_steps) >= 2
    )
    columns = "authority_name", "area_code", "n_steps", "is_other_framework", "start_date", "basis", "page_url"
    assert Counter(asked.answer("18", *columns)) == expected


def test_19_good_overall_with_a_service_below(asked: Asked) -> None:
    good = [one for one in latest(asked).values() if (one.rank("overall") or 9) <= 2]
    expected = Counter(
        (one.name, one.grade("overall"), grade.code, grade.grade, one.page_url, len(good), len(asked.record.current))
        for one in good
        for area, grade in one.grades.items()
        if area not in ("overall", "lscb") and (grade.rank or 0) > (one.rank("overall") or 9)
    )
    columns = "authority_name", "overall_grade", "judgement_code", "grade", "page_url", "n_good_overall", "n_existing"
    assert Counter(asked.answer("19", *columns)) == expected


def test_20_days_to_publication(asked: Asked) -> None:
    ones = sorted(asked.record.every_full, key=lambda one: (one.end or one.start).year)
    expected = []
    for year, group in groupby(ones, key=lambda one: (one.end or one.start).year):
        of_year = list(group)
        days = sorted((one.counted - one.end).days for one in of_year if one.end and one.counted)
        n_without = sum(one.report is None for one in of_year)
        place = 0.9 * (len(days) - 1)
        low, high = days[int(place)], days[min(int(place) + 1, len(days) - 1)]
        ninth = round(low + (place - int(place)) * (high - low))
        expected.append((year, len(days), n_without, days[0], round(median(days)), ninth, days[-1]))
    columns = "year", "n_reports", "n_without_report", "shortest_days", "median_days", "nine_in_ten_within_days"
    assert asked.answer("20", *columns, "longest_days") == expected


@pytest.mark.parametrize("region", ["London", "South West"])
def test_21_region_against_england(asked: Asked, region: str) -> None:
    record, date = asked.record, dt.date(2025, 3, 31)
    expected = []
    for area in sorted(SHOWN):
        row: list[int | None] = []
        for place in (region, None):
            ones = [one for one in record.standing(date).values() if place in (None, one.authority["region_name"])]
            ranks = [rank for one in ones if (rank := one.rank(area))]
            n_good = sum(rank <= 2 for rank in ranks)
            n_there = sum(place in (None, one["region_name"]) for one in record.existing(date))
            share = fair_percent(n_good, len(ranks), n_there)
            row += [n_good, len(ranks), n_there, record.n_missing(date, place), share]
        expected.append((area, *row))
    assert asked.answer("21", "*", London=region) == expected


def test_22_what_is_new(asked: Asked) -> None:
    since = years_before(asked.record.last_published, 1)
    changes: dict[str, Counter[str]] = defaultdict(Counter)
    ones = [one for one in asked.record.every_full if one.published and one.published > since]
    for area in (*SHOWN, "adoption", "lscb"):
        for step in asked.record.steps(area):
            changes[step.now.key][step.change or "not comparable"] += 1
    expected = Counter(
        (one.published, one.name, n["improved"], n["declined"], n["same"], n["not comparable"], one.page_url)
        for one in ones
        for n in (changes[one.key],)
    )
    columns = "published_date", "authority_name", "n_improved", "n_declined", "n_same", "n_not_compared", "page_url"
    assert Counter(asked.answer("22", *columns)) == expected


def test_23_words_are_counted_once_an_inspection(asked: Asked) -> None:
    record = asked.record
    families = {row["framework_code"]: row["framework_family"] for row in record.rows("core.frameworks")}
    reports, sections = record.by("core.reports", "report_id"), record.by("core.sections", "section_id")
    texts: dict[tuple[str, str], str] = defaultdict(str)
    for row in record.rows("core.paragraphs"):
        section = sections.get(row["section_id"], {"grade": None, "area_code": None})
        is_ours = families[reports[row["report_id"]]["framework_code"]] == "ilacs"
        if is_ours and section["area_code"] == "help_and_protection" and row["kind"] in ("numbered", "unnumbered"):
            texts[section["grade"], row["report_id"]] += " " + row["text"].casefold()
    found = {term: row for term, *row in asked.answer("23", "* exclude (leans_to_outstanding)")}
    plain = {"lack": "lack(s|ed|ing)?", **dict.fromkeys(("too", "enough", "without", "widespread"))}
    for term, word in plain.items():
        expected = []
        for grade in ("outstanding", "inadequate"):
            ours = [text for (one, _), text in texts.items() if one == grade]
            expected += [sum(bool(re.search(rf"\b({word or term})\b", text)) for text in ours), len(ours)]
        assert found[term] == expected, term


def test_24_what_neighbours_were_told(asked: Asked) -> None:
    since = years_before(asked.record.last_published, 3)
    expected: Counter[tuple[object, ...]] = Counter()
    for rank, name in enumerate(neighbours(asked, "Greenwich"), start=1):
        for one in asked.record.named(name):
            if one.start > since:
                for text in [row["text"] for row in told_of(asked, one)] or [None]:
                    expected[rank, name, one.start, one.grade("overall"), one.basis, text] += 1
    columns = "neighbour_rank", "authority_name", "start_date", "overall_grade", "basis", "text"
    assert Counter(asked.answer("24", *columns)) == expected
    assert all(url for (url,) in asked.answer("24", "page_url"))


@pytest.mark.parametrize("authority", ["Greenwich", "Oldham"])
def test_25_each_grade_stands_in_its_line(asked: Asked, authority: str) -> None:
    last = latest(asked).get(authority)
    found = asked.answer("25", "judgement_code", "grade", "line", "cell", "page_url", Greenwich=authority)
    grades = last.grades.values() if last else ()
    assert sorted((code, grade) for code, grade, *_ in found) == sorted((one.code, one.grade) for one in grades)
    for _, grade, line, cell, page_url in found:
        assert last
        assert page_url.startswith(last.page_url)
        assert grade.split("_")[0] in line.casefold() if last.report else cell


def test_26_items_of_focused_visits_by_grade(asked: Asked) -> None:
    themes = {row["theme_code"] for row in asked.record.rows("core.themes") if row["name"] == "Care leavers"}
    visits = [
        row
        for row in asked.record.rows("core.activities")
        if row["theme_code"] in themes and row["start_date"] >= dt.date(2021, 1, 1)
    ]
    grades = {row["activity_id"]: one and one.grade("overall") for row in visits for one in (known_when(asked, row),)}
    n_visits = Counter(grades.values())
    expected = Counter(
        (grade, n_visits[grade], len(visits), row["kind"], row["text"])
        for visit, grade in grades.items()
        for row in items(asked)[visit]
    )
    found = asked.answer("26", "grade_at_the_time", "n_visits", "n_visits_in_all", "kind", "text")
    assert Counter(found) == expected
    assert all(url for (url,) in asked.answer("26", "page_url"))


def test_27_priority_actions_that_nothing_later_looked_at(asked: Asked) -> None:
    record = asked.record
    frameworks = record.by("core.frameworks", "framework_code")
    kinds = {frameworks[row["framework_code"]]["activity_kind"] for row in record.rows("core.outcomes")}
    graded, current = {one.key for one in record.inspections}, {one["authority_id"] for one in record.current}
    known_until = max(row["published_date"] for row in record.rows("core.reports"))
    visits = [row for row in record.rows("core.activities") if row["activity_id"] not in graded]
    expected: Counter[tuple[object, ...]] = Counter()
    for visit in visits:
        key, kind, day = visit["authority_id"], visit["activity_kind"], visit["start_date"]
        later = [one["start_date"] for one in visits if (one["authority_id"], one["activity_kind"]) == (key, kind)]
        if kind not in kinds:
            later = [one.start for one in record.full.get(key, ())]
        if key in current and not any(one > day for one in later):
            for row in items(asked)[visit["activity_id"]]:
                if row["kind"] == "priority_action":
                    expected[kind, day, (known_until - visit["end_date"]).days, row["text"]] += 1
    assert Counter(asked.answer("27", "activity_kind", "start_date", "days_open", "text")) == expected


def test_28_area_send_inspections_that_are_due(asked: Asked) -> None:
    record = asked.record
    known_until = max(row["published_date"] for row in record.rows("core.reports"))
    ending = {row["activity_id"] for row in record.rows("core.activity_outcomes")}
    last: dict[str, Row] = {}
    for visit in sorted(record.rows("core.activities"), key=lambda row: row["start_date"]):
        if visit["activity_id"] in ending:
            last[visit["authority_id"]] = visit
    expected = set()
    for visit in last.values():
        for step in record.rows("core.next_steps"):
            if step["activity_id"] == visit["activity_id"] and step["kind"] in ("full_inspection", "monitoring"):
                due, either_way = step["due_date"], 0
                if due is None and step["months"] is not None:
                    due = months_after(visit["start_date"], step["months"])
                    either_way = (3 if step["months"] % 12 else 6) if step["is_approximate"] else 0
                if due:
                    kind, latest = step["kind"].removesuffix("_inspection"), months_after(due, either_way)
                    expected.add((visit["authority_id"], visit["start_date"], kind, due, latest < known_until))
    names = {one["authority_name"]: one["authority_id"] for one in record.rows("core.authorities")}
    found = asked.answer("28", "authority_name", "start_date", "next_inspection", "due_date", "is_past")
    assert {(names[name], *row) for name, *row in found} == expected
    assert len(found) == len(expected)


def test_29_grade_at_the_time_of_visits(asked: Asked) -> None:
    regions = {one["authority_id"]: one["region_name"] for one in asked.record.rows("core.authorities")}
    graded = {one.key for one in asked.record.inspections}
    expected: Counter[tuple[object, ...]] = Counter()
    told = (row for row in asked.record.rows("official.activities") if not row["has_report"])
    for visit in (*asked.record.rows("core.activities"), *told):
        if regions[visit["authority_id"]] == "South East" and visit["activity_id"] not in graded:
            one = known_when(asked, visit)
            days = (visit["start_date"] - one.start).days if one and not one.is_bound else None
            grades = [one and one.grade(area) for area in SHOWN]
            expected[visit["activity_kind"], visit["start_date"], days, *grades] += 1
    columns = "activity_kind", "start_date", "days_since_inspection", *(f"{area}_grade" for area in SHOWN)
    assert Counter(asked.answer("29", *columns)) == expected
