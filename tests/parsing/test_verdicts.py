"""Sentences and headings that state a grade, in every wording of 2013 to 2026."""

import pytest

from pipelines.parsing.headings import confirm
from pipelines.parsing.verdicts import read_verdicts
from pipelines.reading.lines import ReadReport
from tests.parsing.builders import (
    ILACS_ROWS,
    framework,
    headings_grades,
    ilacs_report,
    judgement_table,
    page,
    parsed,
    rejected,
    running,
    wrap,
)  # fmt: skip


def verdict(text: str, judgement: str, code: str = "sif", width: float = 300.0) -> str | None:
    kind = next(one for one in framework(code).judgements if one.judgement_code == judgement)
    found = next(read_verdicts(page(running(*wrap(text, width))).lines, 1, kind), None)
    return found.grade if found else None


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("Children’s services in Marrowby require improvement to be good", "requires_improvement"),
        ("Children’s services in the Royal Borough of Marrowby and Stain are inadequate", "inadequate"),
        ("Children’s services in Marrowby requires improvement", "requires_improvement"),
        ("The overall judgement is that children’s services are inadequate", "inadequate"),
        ("The overall judgement is that children’s services require improvement", "requires_improvement"),
        ("The overall judgement is good.", "good"),
        ("The overall judgment is requires improvement", "requires_improvement"),
        ("The overall judgement is that the local authority’s children’s services are outstanding", "outstanding"),
        ("Children’s services in St. Marrowby and Stain-on-Sea are good, having been inadequate in 2012", "good"),
        ("Children’s services in Marrowby require improvement and are not yet good because", "requires_improvement"),
        ("Children’s services in Good Easter require improvement to become good", "requires_improvement"),
    ],
)
def test_overall_effectiveness_is_a_sentence_until_2018(sentence: str, grade: str) -> None:
    assert verdict(sentence, "overall_effectiveness") == grade
    assert verdict(f"Some words before it. {sentence}", "overall_effectiveness", width=150.0) == grade


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The Local Safeguarding Children Board requires improvement", "requires_improvement"),
        ("The Local Safeguarding Children Board (LSCB) is good.", "good"),
        ("The Local Safeguarding Children is inadequate", "inadequate"),
        ("The effectiveness of the LSCB is outstanding", "outstanding"),
        ("The judgement for the effectiveness of the Local Safeguarding Children Board (LSCB) is requires improvement.",
         "requires_improvement"),
        ("The Local Safeguarding Children’s Board is inadequate", "inadequate"),
        ("The Local Safeguarding Children Board: good", "good"),
        ("Marrowby Safeguarding Children Board (MSCB) is good", "good"),
        ("The Marrowby LSCB was judged to be good", "good"),
    ],
)  # fmt: skip
def test_the_board_is_graded_in_a_sentence_even_without_its_last_word(sentence: str, grade: str) -> None:
    assert verdict(sentence, "lscb") == grade
    assert verdict(sentence, "lscb", "lscb_review") == grade


@pytest.mark.parametrize(
    "sentence",
    [
        "Children’s services in Marrowby were inspected in May",
        "The overall judgement is given on the next page. Good practice is shared",
        "Children’s services in Marrowby have changed. Good plans are made",
    ],
)
def test_a_sentence_that_grades_nothing_is_no_verdict(sentence: str) -> None:
    assert verdict(sentence, "overall_effectiveness") is None


def test_a_verdict_at_the_end_of_a_line_needs_no_stop() -> None:
    kind = framework("sif").judgements[0]
    lines = page(running("The overall judgement is requires improvement", "There are no serious failures. It is good"))
    assert [one.grade for one in read_verdicts(lines.lines, 1, kind)] == ["requires_improvement"]


DOUBTFUL = [
    "are no longer inadequate and require improvement",
    "are not yet good and require improvement",
    "were inadequate and are now good",
    "were judged inadequate in 2012 and are now good",
    ", once outstanding, require improvement",
    "are neither outstanding nor inadequate but good",
    "are less than good",
    "are almost good",
    "aren’t good",
    "cannot be judged good",
    "are good or outstanding",
    "are good in part",
    "are inadequate because leaders are good",
    "that were good are inadequate",
    "inadequate in 2012",
]


@pytest.mark.parametrize("said", DOUBTFUL)
@pytest.mark.parametrize(
    ("subject", "judgement"),
    [
        ("Children’s services in Marrowby", "overall_effectiveness"),
        ("CHILDREN’S SERVICES IN MARROWBY", "overall_effectiveness"),
        ("The overall judgement is that services", "overall_effectiveness"),
        ("The Local Safeguarding Children Board", "lscb"),
        ("The LSCB for Marrowby", "lscb"),
    ],
)
def test_a_grade_that_its_own_sentence_puts_in_doubt_is_none(subject: str, judgement: str, said: str) -> None:
    sentence = f"{subject} {said}"
    assert verdict(sentence.upper() if subject.isupper() else sentence, judgement) is None


@pytest.mark.parametrize(
    "before",
    [
        "At the last inspection children’s services in Marrowby were inadequate.",
        "In 2012 the overall judgement was good.",
        "The previous overall judgement is inadequate.",
        "Previous judgement: children’s services inadequate.",
    ],
)
def test_what_was_found_before_is_no_verdict_and_hides_none(before: str) -> None:
    assert verdict(before, "overall_effectiveness") is None
    assert verdict(f"{before} The overall judgement is good.", "overall_effectiveness") == "good"


def sif_report(*said: str, board: str = "The Local Safeguarding Children Board is good") -> ReadReport:
    """A report of the single inspection whose cover says what is given, in paragraphs of their own."""
    grades = ["Children who need help and protection", "Children looked after and achieving permanence"]
    title = "Inspection of services for children in need of help and protection, children looked after and care leavers"
    whole = ilacs_report(
        "Inspection dates: 4 to 26 March 2015",
        title=title,
        rows=[(label, "Good") for label in (*grades, "Leadership, management and governance")],
        body=[("1.", "Children are seen."), ("#", "The effectiveness of the LSCB"), ("#", board), ("2.", "It met.")],
        improvements=[],
    )
    below = [line for count, text in enumerate(said) for line in running(text, top=500.0 + 40 * count)]
    cover = page([*whole.pages[0].lines, *below], 1, whole.pages[0].tables)
    return ReadReport(whole.file_sha256, "hand", "1", (cover, *whole.pages[1:]))


def test_a_report_whose_verdict_is_in_doubt_is_refused_with_its_sentence() -> None:
    refused = rejected(sif_report("Children’s services in Marrowby are almost good"))
    assert refused.reason == "unreadable_judgements"
    assert refused.detail == (
        "no 'Overall effectiveness' found; this is not understood: \"Children's services in Marrowby are almost good\""
    )


def test_verdicts_that_contradict_each_other_refuse_the_report() -> None:
    refused = rejected(sif_report("The overall judgement is good", "Children’s services in Marrowby are inadequate"))
    assert refused.detail.startswith("the verdicts on 'Overall effectiveness' contradict each other: page 1: ")


def test_a_part_of_the_board_without_a_grade_is_told() -> None:
    graded = parsed(sif_report("The overall judgement is good"))
    assert [one.grade for one in graded.judgements if one.judgement_code == "lscb"] == ["good"]
    assert "board_without_grade" not in {issue.code for issue in graded.issues}
    silent = parsed(sif_report("The overall judgement is good", board="The LSCB is no longer good"))
    assert [issue.severity for issue in silent.issues if issue.code == "board_without_grade"] == ["warning"]


def headings_on(*texts: str, code: str = "ilacs_2023") -> list[tuple[str, str]]:
    pages = [page(running(*texts, bold=True), 3)]
    return [(one.judgement_code, one.grade.grade) for one in headings_grades(pages, code) if one.grade]


@pytest.mark.parametrize(
    ("texts", "stated", "code"),
    [
        (["The experiences and progress of children who need", "help and protection: good"],
         ("help_and_protection", "good"), "ilacs_2023"),
        (["The experiences and progress of care leavers are: requires", "improvement to be good"],
         ("care_leavers", "requires_improvement"), "ilacs_2023"),
        (["The impact of leaders on social work practice with", "children and families is inadequate"],
         ("leaders", "inadequate"), "ilacs_2018"),
        (["Leadership, management and governance requires", "improvement"], ("leaders", "requires_improvement"), "sif"),
        (["The graded judgement for adoption performance is that", "it requires improvement"],
         ("adoption", "requires_improvement"), "sif"),
        (["Capacity to improve Grade 2 (Good)"], ("capacity_to_improve", "good"), "tlac"),
        (["The experiences and progress of care leavers: 2. Good"], ("care_leavers", "good"), "ilacs_2023"),
        (["The experiences and progress of care leavers: good (grade 2)"], ("care_leavers", "good"), "ilacs_2023"),
    ],
)  # fmt: skip
def test_headings_that_repeat_a_grade(texts: list[str], stated: tuple[str, str], code: str) -> None:
    assert headings_on(*texts, code=code) == [stated]


def test_a_heading_over_a_page_break_states_its_grade() -> None:
    pages = [
        page(running("The experiences and progress of children in", bold=True), 3),
        page(running("care: good", bold=True), 4),
    ]
    assert [(one.judgement_code, one.page_number) for one in headings_grades(pages, "ilacs_2023")] == [("in_care", 3)]


def test_a_ruled_strip_at_the_head_of_a_section_states_its_grade() -> None:
    strip = judgement_table([(["Leadership, management and governance"], [(0, "Inadequate")])])
    assert [one.grade.grade for one in headings_grades([strip], "sif") if one.grade] == ["inadequate"]


def test_headings_without_grades_state_nothing() -> None:
    assert headings_on("The experiences and progress of children in care", "What needs to improve: much") == []


def with_heading(grade: str) -> list[tuple[str, str]]:
    return [("#", f"The experiences and progress of care leavers: {grade}"), ("1.", "Care leavers are met with.")]


def test_a_heading_that_agrees_confirms_a_judgement_and_silence_says_nothing() -> None:
    report = parsed(ilacs_report(body=with_heading("outstanding")))
    assert {one.judgement_code: one.is_confirmed_by_heading for one in report.judgements} == {
        "leaders": None,
        "help_and_protection": None,
        "in_care": None,
        "care_leavers": True,
        "overall_effectiveness": None,
    }
    assert report.issues == ()


def test_a_heading_that_contradicts_the_cover_is_an_issue_and_the_cover_is_kept() -> None:
    report = parsed(ilacs_report(body=with_heading("good")))
    leavers = next(one for one in report.judgements if one.judgement_code == "care_leavers")
    assert (leavers.grade, leavers.is_confirmed_by_heading) == ("outstanding", False)
    assert [(issue.severity, issue.code, issue.page_number) for issue in report.issues] == [
        ("warning", "heading_contradicts_grade", 2)
    ]
    assert "good" in report.issues[0].message
    assert "outstanding, which is kept" in report.issues[0].message


def test_a_heading_whose_rank_is_not_that_of_its_word_is_an_issue() -> None:
    report = parsed(ilacs_report(body=with_heading("outstanding (grade 2)")))
    assert [(issue.code, issue.excerpt[-21:]) for issue in report.issues] == [
        ("heading_contradicts_grade", "outstanding (grade 2)")
    ]


def test_a_sentence_whose_rank_is_not_that_of_its_word_gives_no_grade() -> None:
    assert verdict("The overall judgement is good (grade 2).", "overall_effectiveness") == "good"
    assert verdict("The overall judgement is good (grade 3).", "overall_effectiveness") == ""


def test_a_heading_about_a_judgement_that_the_framework_does_not_make_is_an_issue() -> None:
    body = [("#", "Overall effectiveness: inadequate"), ("1.", "Children wait.")]
    report = parsed(ilacs_report("Inspection dates: 11 to 22 May 2026", rows=ILACS_ROWS[:-1], body=body))
    assert [(issue.severity, issue.code, issue.excerpt) for issue in report.issues if issue.severity != "info"] == [
        ("warning", "framework_contradicts_judgements", "Overall effectiveness: inadequate")
    ]


def test_the_cover_itself_is_no_second_evidence() -> None:
    report = parsed(ilacs_report())
    stated = headings_grades(ilacs_report().pages[:1], "ilacs_2023")
    assert len(stated) == 5
    confirmed, issues = confirm(report.judgements, stated)
    assert {one.is_confirmed_by_heading for one in confirmed} == {None}
    assert issues == ()


def test_a_grade_outside_the_scale_refuses_the_report_and_says_what_it_reads() -> None:
    rows = [(label, "Excellent" if label == "Overall effectiveness" else grade) for label, grade in ILACS_ROWS]
    refused = rejected(ilacs_report(rows=rows))
    assert refused.reason == "unreadable_judgements"
    assert "'Overall effectiveness' reads 'Excellent'" in refused.detail
    assert "page 1" in refused.detail


def test_a_grade_of_another_frameworks_scale_refuses_the_report() -> None:
    rows = [(label, "Adequate" if label == "Overall effectiveness" else grade) for label, grade in ILACS_ROWS]
    assert rejected(ilacs_report(rows=rows)).detail == "page 1: the grade of 'Overall effectiveness' reads 'Adequate'"


def test_a_key_judgement_that_is_missing_refuses_the_report() -> None:
    refused = rejected(ilacs_report(rows=ILACS_ROWS[:-1]))
    assert (refused.reason, refused.detail) == ("unreadable_judgements", "no 'Overall effectiveness' found")


def test_from_april_2026_no_overall_effectiveness_is_looked_for() -> None:
    report = parsed(ilacs_report("Inspection dates: 11 to 22 May 2026", rows=ILACS_ROWS[:-1]))
    assert report.framework_code == "ilacs_2026"
    assert [one.judgement_code for one in report.judgements] == [
        "leaders",
        "help_and_protection",
        "in_care",
        "care_leavers",
    ]
