"""Covers and imprints: whose report, when, and who led the inspection, in the forms real reports have."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parsing.cover import (
    names_in,
    read_lead_inspectors,
    read_published_date,
    title_lines,
)
from pipelines.parsing.inspection_dates import InspectionDates, read_inspection_dates
from pipelines.parsing.layout import measure
from pipelines.reading.lines import Line, Page
from tests.parsing.builders import LEFT, ilacs_report, page, parsed, row, running


def dates_on(*pages: Page) -> InspectionDates:
    return read_inspection_dates(pages, measure(pages))


def visits_on(*texts: str) -> list[tuple[str, str]]:
    found = dates_on(page(running(*texts))).visits
    return [(visit.start_date.isoformat(), visit.end_date.isoformat()) for visit in found]


def test_dates_that_wrap_are_read_on() -> None:
    assert visits_on("Inspection dates: 8 July 2019 to 12 July 2019 and 7 August", "2019 to 8 August 2019") == [
        ("2019-07-08", "2019-07-12"),
        ("2019-08-07", "2019-08-08"),
    ]


def not_understood_on(*texts: str) -> str:
    return dates_on(page(running(*texts))).not_understood


def test_dates_end_at_the_next_label_wherever_it_stands() -> None:
    for after in ("Lead inspector: Ann Lee, 3 Mill Lane", "Published 4 May 2024", "Previous inspection 1 May 2020"):
        assert visits_on("Inspection dates: 4 to 15 March 2024", after) == [("2024-03-04", "2024-03-15")]
        assert not_understood_on("Inspection dates: 4 to 15 March 2024", after) == ""
        assert not_understood_on(f"Inspection dates: 4 to 15 March 2024 {after}") == ""


def test_a_date_that_is_not_understood_is_told_also_in_a_line_of_its_own() -> None:
    dates = "Inspection dates: 15 to 19 September 2025"
    assert not_understood_on(f"{dates} and", "week of 22 September") == "and week of 22 September"
    below = [*running(dates), row(125.0, (LEFT, "22 to 26 September 2025")), row(160.0, (LEFT, "1. Ten children"))]
    assert dates_on(page(below)).not_understood == "22 to 26 September 2025"


def test_the_first_dates_in_print_decide_also_where_they_cant_be_understood() -> None:
    found = dates_on(page(running("Inspection dates: autumn week 3", "Inspection date: 4 May 2018")))
    assert (found.visits, found.written) == ((), "autumn week 3")
    assert visits_on("Previous inspection date: 3 May 2014", "Inspection date: 4 May 2018") == [
        ("2018-05-04", "2018-05-04")
    ]


@pytest.mark.parametrize(
    "label", ["Inspection dates:", "Inspection date:", "Inspection dates", "Review date:", "Dates of inspection:"]
)
def test_the_label_of_the_dates_in_every_form(label: str) -> None:
    assert visits_on(f"{label} 4 May 2018", "Lead inspector: Ann Lee") == [("2018-05-04", "2018-05-04")]


def test_the_raised_letters_of_a_day_are_no_footnote_mark() -> None:
    assert visits_on("Inspection dates: 4^th^ May 2018") == [("2018-05-04", "2018-05-04")]


def test_a_footnote_mark_after_the_dates_is_left_aside() -> None:
    assert visits_on("Inspection dates: 4 May 2018^2^") == [("2018-05-04", "2018-05-04")]


def test_a_running_header_with_other_dates_does_not_count() -> None:
    header = row(40.0, (LEFT, "Inspection of children’s services 11 to 15 March 2024"), size=9.0)
    cover = page([header, *running("Marrowby", "Inspection dates: 4 to 8 March 2024")])
    assert [visit.start_date for visit in dates_on(cover, page([header], 2)).visits] == [dt.date(2024, 3, 4)]


OTHER_DATES = "Inspection dates: 3 to 7 June 2019"


@pytest.mark.parametrize("n_pages", [1, 3], ids=["small", "running"])
def test_dates_in_a_margin_or_in_small_type_count_less_than_those_of_the_cover(n_pages: int) -> None:
    header = row(40.0 if n_pages > 1 else 85.0, (LEFT, OTHER_DATES), size=9.0)
    cover = page([header, *running("Marrowby", "Inspection dates: 4 to 8 March 2024", top=120.0)])
    others = [page([header, *running("1. Text.")], number) for number in range(2, n_pages + 1)]
    found = dates_on(cover, *others)
    assert [visit.start_date for visit in found.visits] == [dt.date(2024, 3, 4)]
    assert bool(found.contradiction) == (n_pages == 1)
    assert [line.text for line in title_lines([cover, *others], measure([cover, *others]))] == ["Marrowby"]


@pytest.mark.parametrize(
    "label",
    ["Previous ILACS inspection date:", "Previous full inspection dates:", "Last full inspection dates:",
     "Earlier inspection dates:", "Next inspection date:", "Monitoring inspection dates:", "Date of last inspection:",
     "Date of the previous inspection:", "Previous SEND inspection date:", "Date of inspection (previous):",
     "Inspection dates of the previous inspection:"],
)  # fmt: skip
@pytest.mark.parametrize("is_above", [True, False])
def test_the_days_of_another_inspection_are_not_this_ones_and_no_title(label: str, is_above: bool) -> None:
    lines = [f"{label} 3 to 14 June 2019", "Inspection dates: 4 to 15 March 2024"]
    cover = page(running("Marrowby", *(lines if is_above else reversed(lines)), "Lead inspector: Ann Lee"))
    found = dates_on(cover)
    assert [(visit.start_date, visit.end_date) for visit in found.visits] == [
        (dt.date(2024, 3, 4), dt.date(2024, 3, 15))
    ]
    assert found.contradiction == ""
    assert [line.text for line in title_lines([cover], measure([cover]))] == ["Marrowby"]


@pytest.mark.parametrize("label", ["Full inspection dates:", "ILACS inspection dates:", "Inspection date(s):"])
def test_known_words_may_stand_before_the_label(label: str) -> None:
    assert visits_on(f"{label} 4 May 2018") == [("2018-05-04", "2018-05-04")]
    beside = page([row(120.0, (LEFT, "Marrowby"), (300.0, f"{label} 4 May 2018"))])
    assert [visit.start_date for visit in dates_on(beside).visits] == [dt.date(2018, 5, 4)]


def test_a_label_of_another_inspection_may_have_a_wide_gap() -> None:
    apart = row(90.0, (LEFT, "Previous"), (300.0, "inspection dates: 3 May 2019"))
    cover = page([apart, *running("Inspection date: 4 May 2024", top=120.0)])
    assert [visit.start_date for visit in dates_on(cover).visits] == [dt.date(2024, 5, 4)]


def further(text: str, gap: float = 24.0) -> InspectionDates:
    """The dates of a cover that has another line apart under its field."""
    field: list[Line] = running("Inspection dates: 15 to 19 September 2025", top=120.0)
    return dates_on(page([*field, row(120.0 + gap, (LEFT, text)), row(190.0, (LEFT, "Lead inspector: Ann Lee"))]))


@pytest.mark.parametrize("label", ["Further inspection dates:", "Return visit", "Second on-site week:"])
def test_days_below_the_next_label_that_are_this_inspections_are_told(label: str) -> None:
    text = f"{label} 22 to 26 September 2025"
    cover = page(running("Inspection dates: 15 to 19 September 2025", "Lead inspector: Ann Lee", text))
    assert dates_on(cover).not_understood == text


def test_a_label_may_wrap_from_the_line_above() -> None:
    cover = page(
        running("Marrowby", "Date of our previous", "inspection dates: 3 May 2019", "Inspection date: 4 May 2024")
    )
    assert [visit.start_date for visit in dates_on(cover).visits] == [dt.date(2024, 5, 4)]


@pytest.mark.parametrize("gap", [14.4, 24.0, 36.0, 50.0])
def test_a_further_line_of_days_is_read_or_told(gap: float) -> None:
    assert [visit.end_date.day for visit in further("and remotely 22 to 26 September 2025", gap).visits] == [19, 26]
    for text in ("Further dates: 22 to 26 September 2025", "Return visit: 22 September 2025", "and then 22 to 26"):
        found = further(text, gap)
        assert (len(found.visits), found.not_understood) == (1, text)
    assert further("22 children met inspectors").not_understood == ""


def test_two_fields_that_contradict_each_other_are_told() -> None:
    cover = page(running("Marrowby", "Inspection dates: 4 to 15 March 2024", "Inspection dates: 4 to 15 March 2023"))
    assert dates_on(cover).contradiction == "4 to 15 March 2023"
    same = page(running("Marrowby", "Inspection dates: 4 to 15 March 2024", "Dates of inspection: 4–15 March 2024"))
    assert dates_on(same).contradiction == ""


@pytest.mark.parametrize(
    ("dates", "codes"),
    [
        ("Monday 4 to Friday 15 March 2024", []),
        ("Saturday 4 to Friday 15 March 2024", ["dates_contradict"]),
        ("4 to 15 March 2024 and 11 to 20 March 2024", ["unlikely_dates"]),
        ("4 to 15 March 2024 and 4 to 15 March 2024", ["unlikely_dates"]),
        ("4 to 15 March 2024 and 8 March 2024", ["unlikely_dates"]),
        ("4 to 15 March 2024 onwards", ["dates_understood_in_part"]),
        ("4 March 2024, last day of inspection 15 March 2024", ["dates_understood_in_part"]),
    ],
)
def test_dates_that_can_hardly_be_meant_are_told(dates: str, codes: list[str]) -> None:
    issues = parsed(ilacs_report(f"Inspection dates: {dates}")).issues
    assert [(issue.severity, issue.code) for issue in issues] == [("warning", code) for code in codes]


def test_a_running_header_above_the_title_is_none_of_it() -> None:
    header = row(40.0, (LEFT, "Inspection of children’s services in Elsewhere"), size=9.0)
    texts = running("Marrowby", "Inspection of local authority", "children’s services", "Inspection dates: 4 May 2018")
    pages = [page([header, *texts]), *(page([header, *running("1. Text.")], number) for number in (2, 3))]
    assert [line.text for line in title_lines(pages, measure(pages))] == [line.text for line in texts[:3]]


def test_a_title_without_dates_is_what_is_set_large() -> None:
    large, small = running("A letter about schools", size=20.0), running("Dear all,", top=160.0)
    pages = [page([*large, *small])]
    assert title_lines(pages, measure(pages)) == page(large).lines


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Lead inspector: Ann Lee, Her Majesty’s Inspector"], ("Ann Lee",)),
        (["Lead inspector: Ann Lee, His Majesty’s", "Inspector"], ("Ann Lee",)),
        (["Lead inspector: Ann Lee HMI"], ("Ann Lee",)),
        (["Lead inspector: Ann Lee (HMI)"], ("Ann Lee",)),
        (["Lead inspector: Ann Lee, Senior HMI"], ("Ann Lee",)),
        (["Lead inspector: Ann Lee"], ("Ann Lee",)),
        (["Lead inspector on site: Ann Lee HMI"], ("Ann Lee",)),
        (["Reporting inspector Ann Lee HMI"], ("Ann Lee",)),
        (["Lead inspector:", "Ann Lee, Ofsted Inspector"], ("Ann Lee",)),
        (["Lead inspectors: Ann Lee, Her Majesty’s Inspector, and Bo Ek,", "Her Majesty’s Inspector"],
         ("Ann Lee", "Bo Ek")),
        (["Lead inspectors: Ann Lee and Bo Ek, HMIs"], ("Ann Lee", "Bo Ek")),
        (["Lead inspector: Ann Lee-Jones HMI"], ("Ann Lee-Jones",)),
        (["Lead inspector: Ann Lee-", "Jones, Her Majesty’s Inspector"], ("Ann Lee-Jones",)),
        (["Lead inspector: Máire O’Neill, His Majesty’s Inspector"], ("Máire O'Neill",)),
        (["Lead inspector^1^: Ann Lee HMI"], ("Ann Lee",)),
        (["The lead inspector spoke to children."], ()),
        (["Nobody led this inspection."], ()),
    ],
)  # fmt: skip
def test_lead_inspectors_in_every_form(texts: list[str], names: tuple[str, ...]) -> None:
    assert read_lead_inspectors([page(running(*texts))]) == names


def test_a_lead_inspector_on_the_last_pages_is_found() -> None:
    closing = running(
        "The inspection team consisted of seven inspectors.", "", "Lead inspector: Ann Lee", "Team: Bo Ek"
    )
    pages = [page(running("text"), number) for number in range(1, 20)]
    assert read_lead_inspectors([*pages, page([line for line in closing if line.text], 20)]) == ("Ann Lee",)


def test_the_cover_names_the_lead_before_the_imprint_does() -> None:
    pages = [
        page(running(f"Lead inspector: {name}"), count) for count, name in enumerate(("A Lee", "B Ek", "C Ray"), 1)
    ]
    assert read_lead_inspectors(pages) == ("A Lee",)


@pytest.mark.parametrize("label", ["Report published:", "Published:", "Published date:", "Report published"])
def test_the_published_date_that_a_report_states(label: str) -> None:
    pages = [page(running("Inspection date: 4 May 2018", f"{label} 18 June 2018"))]
    assert read_published_date(pages) == dt.date(2018, 6, 18)


def test_a_report_without_a_lead_inspector_is_accepted_with_an_issue() -> None:
    whole = ilacs_report()
    first = [line for line in whole.pages[0].lines if not line.text.startswith("Lead inspector")]
    report = parsed(
        type(whole)(whole.file_sha256, "hand", "1", (page(first, 1, whole.pages[0].tables), *whole.pages[1:]))
    )
    assert report.cover.lead_inspectors == ()
    assert [issue.code for issue in report.issues] == ["no_lead_inspector"]


FIRST = st.sampled_from(["Ann", "Máire", "Jean-Luc", "Tara"])
LAST = st.sampled_from(["Lee", "O'Neill", "Thomson-Jones", "de Vries", "St. John"])
ROLE = st.sampled_from(
    ["", ", HMI", " HMI", " (HMI)", ", Senior HMI", ", Her Majesty's Inspector", ", Ofsted Inspector"]
)


@given(
    persons=st.lists(st.tuples(FIRST, LAST, ROLE), min_size=1, max_size=3, unique_by=lambda person: person[:2]),
    breaks=st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_names_come_back_whatever_their_roles_and_wherever_the_line_ends(
    persons: list[tuple[str, str, str]], breaks: list[bool]
) -> None:
    written = " and ".join(f"{first} {last}{role}" for first, last, role in persons)
    lines = [""]
    for piece, is_broken in zip(re.findall(r".+?(?:-|, | and |Her |Majesty's |$)", written), breaks, strict=False):
        lines[-1] = lines[-1] + piece
        if is_broken and len(lines) < 4:
            lines.append("")
    first, *following = (line.strip() for line in lines if line)
    assert names_in(first, following) == tuple(f"{first} {last}" for first, last, _ in persons)
