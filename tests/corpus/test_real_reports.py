"""Real reports against facts that people read from them, where a directory of both stands beside the repository.

Lines that a build has kept already are used; of the other reports only the chosen ones are read, to stay within a
minute. `make check-corpus` looks at all of them.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from pipelines.parsing.facts import ParsedReport, RejectedReport
from pipelines.parsing.report import parse_report
from pipelines.reading.cache import Cache
from pipelines.reading.lines import ReadReport
from pipelines.reading.readers import READERS, read_report
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

EVERY_OTHER = 16
"""Of the reports of kinds that are not read here, one in so many is opened to see it refused by name."""

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
OTHERS = sorted((REPORTS / "joint-area").rglob("*.pdf"))[::EVERY_OTHER]


def test_the_chosen_reports_are_there() -> None:
    assert set(CHOSEN) <= {row["path"] for row in INSPECTED}


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


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_a_joint_inspection_is_refused_by_name(path: Path) -> None:
    refused = read_and_parsed(path, "0" * 64)
    assert isinstance(refused, RejectedReport)
    assert refused.reason == "unknown_framework"
    assert refused.detail.startswith("a report of a kind that is not read here: ")
