"""Real reports against facts that people read from them, where a directory of both stands beside the repository.

Lines that a build has kept already are used; of the other reports only the chosen ones are read, to stay within a
minute. `make check-corpus` looks at all of them.
"""

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.cache import Cache
from pipelines.reading.lines import ReadReport
from pipelines.reading.readers import READERS, read_report
from pipelines.report_kinds.registry import framework_of, load_themes
from pipelines.settings import Settings
from pipelines.workers.tasks import LINES

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
if not (REPORTS / "expected").is_dir():
    pytest.skip("no real reports in ../shared/reports beside the repository", allow_module_level=True)

pytestmark = pytest.mark.corpus

Row = dict[str, str]

CHOSEN = (
    "80418_norfolk/children's services inspection,  pdf - 16 august 2013.pdf",
    "80460_derbyshire/children's services inspection - 11 february 2014.pdf",
    "80533_nottingham/children's services inspection - 14 may 2014.pdf",
    "80477_kingston upon hull/single inspection of la children's services as pdf - 10 february 2015.pdf",
    "80478_kirklees/children's services inspection - 25 november 2016.pdf",
    "80512_redbridge/children's services inspection - 25 november 2016.pdf",
    "80496_hackney/children's services inspection - 20 december 2019.pdf",
    "80533_nottingham/children's services inspection - 05 september 2022.pdf",
    "80449_bradford/children's services inspection - 31 january 2023.pdf",
    "80478_kirklees/children's services inspection - 28 august 2024.pdf",
    "2637539_north northamptonshire/children's services inspection - 07 july 2026.pdf",
)
"""Those with the rarest ways, of each manner of reporting: read even where no build has kept their lines."""

CHOSEN_VISITS = (
    "focused-visits/80428_bedford/children's services focused visit - 04 january 2019.pdf",
    "focused-visits/80456_coventry/children's services focused visit - 22 february 2018.pdf",
    "focused-visits/80456_coventry/children's services focused visit - 21 march 2019.pdf",
    "focused-visits/80477_kingston upon hull/children's services focused visit - 28 august 2025.pdf",
    "focused-visits/80533_nottingham/children's services focused visit - 09 august 2021.pdf",
    "focused-visits/80580_wiltshire/children's services focused visit - 28 february 2022.pdf",
    "joint-area/80460_derbyshire/area send full inspection - 14 november 2024.pdf",
    "joint-area/80471_halton/area send full inspection - 26 january 2024.pdf",
    "joint-area/80494_enfield/area send full inspection - 02 august 2023.pdf",
    "joint-area/80485_liverpool/joint area child protection inspection - 03 august 2016.pdf",
    "joint-area/80495_greenwich/joint area child protection inspection - 09 may 2018.pdf",
    "joint-area/80572_torbay/joint area child protection inspection - 30 january 2024.pdf",
)
"""Visits and joint inspections with the rarest ways, likewise."""

READER = READERS[Settings().reader]
KEPT = Cache(Settings().read / f"{READER.name}-{READER.version}", LINES)


def rows_of(name: str) -> list[Row]:
    with (REPORTS / "expected" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def judgements() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of("judgements.csv"):
        found[row["file_sha256"]][row["judgement_code"]] = row["grade"]
    return found


def read_and_parsed(path: Path, file_sha256: str) -> ParsedReport | RejectedReport:
    lines = KEPT.get(file_sha256) or read_report(READER, path.read_bytes(), file_sha256)
    assert isinstance(lines, ReadReport), lines
    return parse_report(lines)


INSPECTED = [row for row in rows_of("inspections.csv") if row["path"] in CHOSEN or row["file_sha256"] in KEPT]
VISITED = [row for row in rows_of("activities.csv") if row["path"] in CHOSEN_VISITS or row["file_sha256"] in KEPT]


def test_the_chosen_reports_are_there() -> None:
    assert set(CHOSEN) <= {row["path"] for row in INSPECTED}
    assert set(CHOSEN_VISITS) <= {row["path"] for row in VISITED}


@pytest.mark.parametrize("row", INSPECTED, ids=lambda row: row["path"])
def test_a_real_report_says_what_people_read_in_it(row: Row) -> None:
    report = read_and_parsed(REPORTS / "childrens-services" / row["path"], row["file_sha256"])
    assert isinstance(report, ParsedReport), report
    assert {one.judgement_code: one.grade for one in report.judgements} == judgements()[row["file_sha256"]]
    assert {
        "framework_code": report.framework_code,
        "start_date": report.cover.visits[0].start_date.isoformat(),
        "end_date": report.cover.visits[-1].end_date.isoformat(),
        "lead_inspector": "; ".join(report.cover.lead_inspectors),
        "page_count": str(report.page_count),
    }.items() <= row.items()
    gone = {int(number) for number in row["missing_paragraph_numbers"].split()}
    numbers = [one.paragraph_number for one in report.paragraphs if one.paragraph_number is not None]
    assert numbers == [n for n in range(1, int(row["last_paragraph_number"]) + 1) if n not in gone]
    if int(row["improvement_bullets"] or 0):
        areas = [one for one in report.recommendations if one.kind == "area_for_improvement"]
        assert len(areas) == int(row["improvement_bullets"])


@pytest.mark.parametrize("row", VISITED, ids=lambda row: row["path"])
def test_a_real_visit_says_what_people_read_in_it(row: Row) -> None:
    report = read_and_parsed(REPORTS / row["path"], row["file_sha256"])
    assert isinstance(report, ParsedReport), report
    assert not report.judgements
    kind = framework_of(report.framework_code).activity_kind
    names = {theme.theme_code: theme.name for theme in load_themes()}
    due = [step.due_date for step in report.next_steps if step.kind == "written_statement"]
    assert {
        "kind": kind,
        "start_date": report.cover.visits[0].start_date.isoformat(),
        "end_date": report.cover.visits[-1].end_date.isoformat(),
        "letter_date": report.cover.letter_date.isoformat() if report.cover.letter_date else "",
        "page_count": str(report.page_count),
        "outcome": report.outcome.outcome_code if report.outcome else "",
        "statement_due_date": due[0].isoformat() if due and due[0] else "",
    }.items() <= row.items()
    leads = {(one.inspectorate, letters(one.name)) for one in report.cover.people if one.role == "lead_inspector"}
    assert leads == {
        (inspectorate, letters(name))
        for inspectorate, column in (("Ofsted", "lead_inspectors_ofsted"), ("CQC", "lead_inspectors_cqc"))
        for name in row[column].split("; ")
        if name
    }
    if row["theme_official"] not in ("", "Assurance visit") and row["theme_official"] in names.values():
        assert report.cover.theme is not None
        assert names[report.cover.theme.theme_code or ""] == row["theme_official"]
    counted = {
        "n_priority_actions": sum(one.kind == "priority_action" for one in report.recommendations),
        "n_improvements": sum(one.kind == "area_for_improvement" for one in report.recommendations),
        "n_strengths": len(report.strengths),
    }
    assert {name: str(count) for name, count in counted.items() if row[name]}.items() <= row.items()


def letters(text: str) -> str:
    """A text by its letters alone: the facts were read by another hand, with other spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
