"""Letters of visits: when and who, what was looked at, which lists there are, and what can't be told."""

import datetime as dt

import pytest
from msgspec.structs import replace

from pipelines.parsing.facts import ItemList, ParsedReport
from tests.parsing.builders import page, parsed, read, rejected, row, running
from tests.parsing.letter_builders import OPENING, SECTIONS, letter


def told(when: str) -> ParsedReport:
    """A letter whose visit was made on some days."""
    opening = OPENING[0].replace("on 5 and 6 October 2021", when), OPENING[1]
    return parsed(letter(opening=opening))


@pytest.mark.parametrize(
    ("when", "visits"),
    [
        ("on 5 and 6 October 2021", ["2021-10-05 2021-10-06"]),
        ("on 5 October 2021", ["2021-10-05 2021-10-05"]),
        ("on 5 to 6 October 2021", ["2021-10-05 2021-10-06"]),
        ("between 6 and 8 October 2021", ["2021-10-06 2021-10-08"]),
        ("on the 15 and 16 of May 2021", ["2021-05-15 2021-05-16"]),
        ("on 31 July and 1 August 2021", ["2021-07-31 2021-08-01"]),
        ("on 27 June to 28 June 2021", ["2021-06-27 2021-06-28"]),
        ("on 15, 16 and 21 July 2021", ["2021-07-15 2021-07-16", "2021-07-21 2021-07-21"]),
        ("on 29 and 30 September, and 1 October 2021", ["2021-09-29 2021-10-01"]),
        ("on 29 and 30 September 2021, and 1 October 2021", ["2021-09-29 2021-10-01"]),
        ("from Tuesday 5 October to Wednesday 6 October 2021", ["2021-10-05 2021-10-06"]),
        ("on 5 and 6 October", ["2021-10-05 2021-10-06"]),
        ("on 14 and 15 December", ["2020-12-14 2020-12-15"]),
        ("on 5 and 6 October 21", ["2021-10-05 2021-10-06"]),
        ("from 5 October 21 to 6 October 21", ["2021-10-05 2021-10-06"]),
        ("carried out 5 and 6 October 2021", ["2021-10-05 2021-10-06"]),
        ("(5 and 6 October 2021)", ["2021-10-05 2021-10-06"]),
        ("of two days on 5 and 6 October 2021 (2 days)", ["2021-10-05 2021-10-06"]),
        ("of 2 days on 5 and 6 October 2021", ["2021-10-05 2021-10-06"]),
        ("after the inspection (5 to 9 July 2021), on 5 and 6 October 2021", ["2021-10-05 2021-10-06"]),
    ],
)
def test_the_days_of_a_visit_in_every_spelling(when: str, visits: list[str]) -> None:
    assert [f"{visit.start_date} {visit.end_date}" for visit in told(when).cover.visits] == visits


def codes(report: ParsedReport) -> set[str]:
    return {issue.code for issue in report.issues}


def test_the_days_of_a_visit_behind_the_first_heading_or_at_the_start_of_a_sentence() -> None:
    below = ("Background", (OPENING[0],))
    assert str(parsed(letter(opening=("Thank you.",), sections=(below, *SECTIONS))).cover.visits[0].start_date) == (
        "2021-10-05"
    )
    near = "This letter summarises the findings of the focused visit on 5 and 6 October 2021."
    assert str(parsed(letter(opening=(near, OPENING[1]))).cover.visits[0].end_date) == "2021-10-06"
    first = "On 5 and 6 October 2021, inspectors visited Marrowby children’s services."
    assert str(parsed(letter(opening=(first, OPENING[1]))).cover.visits[0].end_date) == "2021-10-06"


def test_days_of_another_visit_in_the_findings_are_none_of_this_one() -> None:
    opening = OPENING[0].replace("on 5 and 6 October 2021", "over two days"), OPENING[1]
    found = ("Headline findings", ("At the focused visit on 20 and 21 July 2021, inspectors saw delay.",))
    assert rejected(letter(opening=opening, sections=(found, SECTIONS[2]))).reason == "unreadable_dates"


def test_a_year_that_is_not_printed_is_the_letters_and_told() -> None:
    assert "year_from_letter_date" in codes(told("on 5 and 6 October"))
    assert not codes(told("on 5 and 6 October 2021")) & {"year_from_letter_date", "year_mended", "unlikely_dates"}
    assert "year_from_letter_date" not in codes(told("on 5 and 6 October 21"))


@pytest.mark.parametrize(
    ("when", "letter_date", "start"),
    [
        ("on 24 October 2020 to 25 October 2021", "9 November 2021", "2021-10-24"),
        ("on 24 October 2020 to 25 October 2021", "9 November 2020", "2020-10-24"),
    ],
)
def test_a_year_that_cannot_be_is_mended_and_told(when: str, letter_date: str, start: str) -> None:
    opening = OPENING[0].replace("on 5 and 6 October 2021", when), OPENING[1]
    report = parsed(letter(date=letter_date, opening=opening))
    assert [str(visit.start_date) for visit in report.cover.visits] == [start]
    assert "year_mended" in codes(report)


@pytest.mark.parametrize("letter_date", ["9 September 2021", "9 November 2020", "9 November 2022"])
def test_a_letter_dated_before_its_visit_or_long_after_is_told(letter_date: str) -> None:
    assert "unlikely_dates" in codes(parsed(letter(date=letter_date)))


def test_days_that_are_understood_in_part_and_wrong_weekdays_are_told() -> None:
    assert "dates_understood_in_part" in codes(told("on 5 and 6 October 2021 with a return visit on 3 May"))
    assert "dates_contradict" in codes(told("from Monday 5 October to Tuesday 6 October 2021"))


@pytest.mark.parametrize("when", ["in the autumn", "on 31 June 2021", "on 5 and 6 of the month"])
@pytest.mark.parametrize("more", ["", " It follows the focused visit of 3 and 4 March 2019."])
def test_a_visit_without_days_that_can_be_is_set_aside(when: str, more: str) -> None:
    if more and when != "on 31 June 2021":
        more = ""  # it names no day at all: another sentence may
    refused = rejected(letter(opening=(OPENING[0].replace("on 5 and 6 October 2021", when) + more, OPENING[1])))
    assert refused.reason == "unreadable_dates"
    assert "Focused visit to Marrowby" in refused.detail


def test_days_of_another_inspection_are_none_of_the_visit() -> None:
    told_of = "The last inspection was on 3 to 14 May 2019."
    report = parsed(letter(opening=(told_of, *OPENING)))
    assert str(report.cover.visits[0].start_date) == "2021-10-05"


def test_the_letters_date() -> None:
    assert parsed(letter(date="9 November 2021")).cover.letter_date == dt.date(2021, 11, 9)
    undated = parsed(letter(date=""))
    assert undated.cover.letter_date is None
    assert "no_letter_date" in codes(undated)
    mistyped = parsed(letter(date="9 November 20215"))
    assert mistyped.cover.letter_date is None
    assert [issue.excerpt for issue in mistyped.issues if issue.code == "letter_date_not_understood"] == [
        "9 November 20215"
    ]


def test_without_a_date_on_the_letter_no_year_is_guessed() -> None:
    opening = OPENING[0].replace("on 5 and 6 October 2021", "on 5 and 6 October"), OPENING[1]
    assert rejected(letter(date="", opening=opening)).reason == "unreadable_dates"


@pytest.mark.parametrize(
    "sentence",
    [
        "Her Majesty’s Inspectors for this visit were Ann Lee and Bo Ek.",
        "The inspectors were Ann Lee, HMI, and Bo Ek, HMI.",
        "The inspectors were Ann Lee, Her Majesty’s Inspector and Bo Ek, Her Majesty’s Inspector.",
        "The visit was carried out by Her Majesty’s Inspectors Ann Lee and Bo Ek.",
        "The visit was conducted by Ann Lee and Bo Ek, two of Her Majesty’s Inspectors.",
        "The inspectors were Her Majesty’s Inspectors (HMI) Social Care, Ann Lee and Bo Ek.",
        "The inspectors were Ann Lee, Her Majesty’s Inspector, and Bo Ek, Senior Her Majesty’s Inspector.",
    ],
)
def test_who_inspected(sentence: str) -> None:
    opening = OPENING[0].split(" Her Majesty")[0] + " " + sentence, OPENING[1]
    people = parsed(letter(opening=opening)).cover.people
    assert [(person.role, person.name) for person in people] == [("lead_inspector", "Ann Lee"), ("inspector", "Bo Ek")]


def test_the_one_who_signs_leads_however_the_letter_closes() -> None:
    for signed in (
        ("Yours sincerely", "Bo Ek", "Her Majesty’s Inspector"),
        ("Your sincerely", "Bo Ek", "His Majesty’s Inspector"),
        ("Bo Ek", "Her Majesty’s Inspector"),
    ):
        assert parsed(letter(signed=signed)).cover.lead_inspectors == ("Bo Ek",)
    broken = parsed(letter(signed=("Yours sincerely", "Jenny- ellen Ek", "His Majesty’s Inspector")))
    assert broken.cover.lead_inspectors == ("Jenny-ellen Ek",)


@pytest.mark.parametrize(
    ("about", "theme"),
    [
        ("the local authority’s arrangements for the ‘front door’", "front_door"),
        ("arrangements for contacts and referrals, and decisions to step up from early help", "front_door"),
        ("the arrangements for children in need and those subject to a child protection plan", "in_need_or_plan"),
        ("the arrangements for children subject to child in need and child protection planning", "in_need_or_plan"),
        ("the arrangements for care-experienced young people", "care_leavers"),
        ("the arrangements for young people leaving care", "care_leavers"),
        ("the arrangements for children in care, including disabled children", "in_care"),
        ("the arrangements for placement decision-making for older children", "in_care"),
        ("the arrangements for planning and achieving permanence for children in care", "permanence"),
        ("the arrangements for the protection of children from extra-familial risk", "vulnerable_adolescents"),
        ("the arrangements for permanence, but not care leavers", "permanence"),
    ],
)
def test_the_theme_of_a_visit(about: str, theme: str) -> None:
    report = parsed(letter(opening=(OPENING[0], f"Inspectors looked at {about}.")))
    assert report.cover.theme is not None
    assert report.cover.theme.theme_code == theme


def test_evidence_is_no_theme_and_what_looks_at_everything_has_none() -> None:
    evidence = "Inspectors looked at a range of evidence, including children’s records."
    report = parsed(letter(opening=(OPENING[0], evidence)))
    assert report.cover.theme is None
    assert "no_theme" in codes(report)
    whole = "This visit looked at the quality and impact of key decision-making for children in need and in care."
    everything = parsed(letter(opening=(OPENING[0], whole))).cover.theme
    assert everything is not None
    assert (everything.theme_code, everything.theme_as_written[:11]) == (None, "the quality")


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("This visit was carried out fully by remote means.", "remote"),
        ("The visit was carried out remotely, using video calls.", "remote"),
        ("This visit was carried out partly by remote means. One inspector was on site.", "partly_remote"),
        ("Inspectors were on site, though used video calls for some discussions.", "on_site"),
        ("Inspectors were not on site.", "remote"),
        ("The visit took place remotely.", "remote"),
        ("The visit was carried out mainly remotely.", "partly_remote"),
        ("Two inspectors were on site and one worked remotely.", "partly_remote"),
        ("Inspectors were on site and met staff; one manager joined remotely.", "on_site"),
        ("Most social workers were working mainly remotely. Inspectors were on site.", "on_site"),
        ("Social work visits were carried out remotely.", None),
        ("They met leaders.", None),
    ],
)
def test_how_a_visit_was_made(sentence: str, mode: str | None) -> None:
    assert parsed(letter(opening=(*OPENING, sentence))).cover.mode == mode


def lists(*sections: tuple[str, tuple[str, ...]]) -> dict[str, ItemList]:
    """The lists of a letter with some sections before its findings."""
    return {one.list: one for one in parsed(letter(sections=(*sections, SECTIONS[2]))).lists}


def test_the_lists_of_a_visit() -> None:
    improving = "What needs to improve in this area of social work practice"
    action = "Areas for priority action"
    both = lists((action, ("■ The safety of plans.",)), (improving, ("■ The pace.", "– of visits", "■ The tone.")))
    assert (both["priority_action"].n_items, both["area_for_improvement"].n_items) == (1, 2)
    assert both["strength"].status == "absent"
    assert lists((action, ("There are no priority actions following this focused visit.",)))[
        "priority_action"
    ].status == ("none_stated")
    assert lists((action, ("■ There are no areas for priority action.",)))["priority_action"].n_items == 0
    for none in ("No priority actions.", "This visit did not result in any areas for priority action."):
        assert lists((action, (none,)))["priority_action"].status == "none_stated"
    for item in ("■ No management oversight of need.", "■ Social work visits do not lead to timely actions."):
        assert lists((action, (item,)))["priority_action"].n_items == 1
    earlier = lists(("Overview", ("At the last visit there were no priority actions.",)))["priority_action"]
    assert earlier.status == "absent"
    remains = "The areas for priority action set at the last focused visit in February 2020 remain."
    assert lists((action, (remains,)))["priority_action"].status == "carried_forward"
    assert lists((improving, ("The timeliness of help.",)))["area_for_improvement"].n_items == 1
    said = lists(("Overview", ("There are no priority actions.",)))["priority_action"]
    assert (said.status, said.n_items) == ("none_stated", 0)


def test_a_heading_in_plain_type_may_bear_a_footnotes_mark() -> None:
    heading = SECTIONS[1][0]
    report = letter(sections=((f"{heading}^1^", SECTIONS[1][1]), SECTIONS[2]))
    first = report.pages[0]
    plain = tuple(replace(line, is_bold=line.is_bold and "improve" not in line.text) for line in first.lines)
    made = parsed(replace(report, pages=(replace(first, lines=plain), *report.pages[1:])))
    assert [one.text for one in made.recommendations] == ["The quality of plans.", "The pace of visits."]


def test_a_list_that_comes_again_within_the_findings_is_none() -> None:
    again = ("Areas for improvement", ("■ The tone of letters.",))
    report = parsed(letter(sections=(*SECTIONS, again)))
    assert [one.text for one in report.recommendations] == ["The quality of plans.", "The pace of visits."]
    assert "list_again" in codes(report)


def test_a_list_whose_items_cannot_be_told_is_told() -> None:
    report = parsed(letter(sections=(("Areas for priority action", ()), SECTIONS[2])))
    assert "list_without_items" in codes(report)


def test_a_heading_that_may_be_a_lists_and_is_not_known_is_told() -> None:
    report = parsed(letter(sections=(("How practice must improve", ("■ The pace of visits.",)), SECTIONS[2])))
    assert [issue.excerpt for issue in report.issues if issue.code == "unknown_list_heading"] == [
        "How practice must improve"
    ]
    assert not codes(parsed(letter())) & {"unknown_list_heading", "list_may_go_on", "text_beside_rows"}


def test_what_a_visit_names_from_the_national_framework() -> None:
    items = ("■ The quality of plans (Outcome 4, national framework).",)
    report = parsed(letter(sections=((SECTIONS[1][0], items),)))
    assert report.recommendations[0].national_framework_refs == ("outcome 4",)


@pytest.mark.parametrize(
    "title",
    [
        "Focused visit: Marrowby children’s services",
        "Focussed visit to Marrowby children’s services",
        "Focused visit to the Marrowby Council of the County and City of Marrowby children’s services",
    ],
)
@pytest.mark.parametrize("greeting", ["Dear Cy", "Marrowby Council"])
def test_a_title_in_other_words_and_a_letter_that_greets_nobody(title: str, greeting: str) -> None:
    report = parsed(letter(title=title, greeting=greeting))
    assert (report.framework_code, str(report.cover.visits[0].start_date)) == ("focused_visit", "2021-10-05")


@pytest.mark.parametrize(
    "title",
    [
        "Area SEND monitoring inspection of Marrowby Local Area Partnership",
        "Monitoring inspection of the Marrowby local area partnership",
        "Monitoring visit to Marrowby SEND services",
    ],
)
def test_a_monitoring_inspection_of_send_is_none_of_childrens_services(title: str) -> None:
    assert rejected(letter(title=title)).reason == "unknown_framework"


def test_titles() -> None:
    trust = parsed(letter(title="Focused visit to Marrowby Children’s Trust"))
    assert [(one.organisation_as_written, one.organisation_kind) for one in trust.cover.partners] == [
        ("Marrowby Children's Trust", "trust")
    ]
    glued = parsed(letter(title="Focused BA14 8JN visit to Marrowby children’s services"))
    assert glued.cover.authority_as_written == "Marrowby"
    two = letter(head=("Focused visit to Elmstead children’s services",))
    assert rejected(two).reason == "unknown_framework"
    assert "more than one title" in rejected(two).detail


def test_a_monitoring_visit_says_which_it_is() -> None:
    opening = (
        "This letter summarises the findings of the monitoring visit to Marrowby children’s services on 4 and 5 October"
        " 2022. This was the second monitoring visit since the local authority was judged inadequate in December 2021."
        " His Majesty’s Inspectors for this visit were Ann Lee and Bo Ek.",
        "The focus of the monitoring visit was on care leavers.",
    )
    report = parsed(
        letter(title="Monitoring visit to Marrowby children’s services", opening=opening, date="1 November 2022")
    )
    assert (report.framework_code, report.cover.visit_ordinal) == ("monitoring_visit", 2)
    assert report.cover.previous_inspection_as_written == "December 2021"
    assert str(report.cover.visits[0].start_date) == "2022-10-04"
    assert report.cover.theme is not None
    assert report.cover.theme.theme_code == "care_leavers"


@pytest.mark.parametrize(
    ("said", "ordinal"),
    [
        ("It follows the first monitoring visit. This was the twelfth monitoring visit.", 12),
        ("This was the second and final monitoring visit.", 2),
        ("The visit was the fourth monitoring visit. It was the first monitoring visit on site.", 4),
        ("This was a monitoring visit.", None),
    ],
)
def test_a_monitoring_visit_is_which_it_says_of_itself(said: str, ordinal: int | None) -> None:
    opening = OPENING[0].replace("focused visit", "monitoring visit")
    report = parsed(letter(title="Monitoring visit to Marrowby children’s services", opening=(opening, said)))
    assert report.cover.visit_ordinal == ordinal
    assert ("no_visit_ordinal" in codes(report)) == (ordinal is None)


def test_a_lead_who_does_not_sign_is_told() -> None:
    report = parsed(letter(signed=("Yours sincerely", "Yvette Stanley", "National Director, Social Care")))
    assert report.cover.lead_inspectors == ("Ann Lee",)
    assert "lead_not_signed" in codes(report)
    assert "lead_not_signed" not in codes(parsed(letter()))


def test_a_monitoring_visit_may_tell_its_focus_below_a_heading() -> None:
    opening = OPENING[0].replace("focused visit", "monitoring visit")
    covered = ("Areas covered by the visit", ("The focus of this visit was care leavers.", "■ the quality of plans"))
    title = "Monitoring visit to Marrowby children’s services"
    theme = parsed(letter(title=title, opening=(opening,), sections=(covered, SECTIONS[2]))).cover.theme
    assert theme is not None
    assert (theme.theme_code, theme.theme_as_written) == ("care_leavers", "care leavers")


def test_text_below_the_one_who_signs_is_text() -> None:
    more = "Leaders told inspectors after the visit that all plans of care leavers had been looked at again and mended."
    report = parsed(letter(signed=("Yours sincerely", "Ann Lee", "Her Majesty’s Inspector", f"{more} {more}")))
    assert report.paragraphs[-1].text == f"{more} {more}"
    assert report.cover.lead_inspectors == ("Ann Lee",)


def test_no_line_of_a_letter_is_lost() -> None:
    report = letter()
    made = parsed(report)
    roles = {(line.page_number, line.line_number): line.role for line in made.lines}
    assert len(roles) == sum(len(page.lines) for page in report.pages)
    assert "unknown" not in roles.values()
    assert {"cover", "heading", "bullet", "paragraph", "signature"} <= set(roles.values())
    assert made.paragraphs[-1].text == SECTIONS[2][1][0]
    assert made.paragraphs[0].text == OPENING[0]


def test_a_page_number_above_the_margin_is_no_text() -> None:
    full = "Personal advisers know all of their care leavers well and meet them often."
    pages = [page([*running(*[full] * 40), row(743.0, (290.0, str(number)))], number) for number in (1, 2, 3)]
    assert not any(digit in one.text for one in read(pages, "focused_visit").paragraphs for digit in "123")


@pytest.mark.parametrize(("n_lines", "n_paragraphs"), [(45, 1), (44, 1), (42, 2)])
def test_a_paragraph_above_free_lines_ends_with_its_page(n_lines: int, n_paragraphs: int) -> None:
    full = "Personal advisers know all of their care leavers well and meet them often."
    pages = [page(running(*[full] * count), number) for number, count in ((1, 45), (2, n_lines), (3, 4))]
    texts = [paragraph.text for paragraph in read(pages, "focused_visit").paragraphs]
    assert len(texts) == n_paragraphs
