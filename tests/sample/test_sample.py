"""The invented sample: repeatable, true to its own facts, plainly invented, and as quirky as real reports are."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pdfplumber.utils.exceptions import PdfminerException

from pipelines.sample import bad_files
from pipelines.sample.grades import JUDGEMENTS, breaks_a_rule
from pipelines.sample.history import LABELS, MONITORING, make_plan
from pipelines.sample.make import DEFAULT_REPORTS, DEFAULT_SEED, make_report, make_sample
from pipelines.sample.schedule import SCHEDULE
from pipelines.sample.truth import ReportTruth, SampleTruth
from pipelines.sample.world import CORE, authority
from pipelines.sources.ofsted.labels import why_unread
from tests.sources.ofsted.site import from_catalogue

REAL_AUTHORITIES = """
Barking and Dagenham;Barnet;Barnsley;Bath and North East Somerset;Bedford;Bexley;Birmingham;Blackburn with Darwen;
Blackpool;Bolton;Bournemouth;Bournemouth, Christchurch and Poole;Bracknell Forest;Bradford;Brent;Brighton and Hove;
Bristol;Bromley;Buckinghamshire;Bury;Calderdale;Cambridgeshire;Camden;Central Bedfordshire;Cheshire East;
Cheshire West and Chester;City of London;Cornwall;Coventry;Croydon;Cumberland;Cumbria;Darlington;Derby;Derbyshire;
Devon;Doncaster;Dorset;Dudley;Durham;Ealing;East Riding of Yorkshire;East Sussex;Enfield;Essex;Gateshead;
Gloucestershire;Greenwich;Hackney;Halton;Hammersmith and Fulham;Hampshire;Haringey;Harrow;Hartlepool;Havering;
Herefordshire;Hertfordshire;Hillingdon;Hounslow;Isle of Wight;Isles of Scilly;Islington;Kensington and Chelsea;Kent;
Kingston Upon Hull;Kingston upon Thames;Kirklees;Knowsley;Lambeth;Lancashire;Leeds;Leicester;Leicestershire;Lewisham;
Lincolnshire;Liverpool;Luton;Manchester;Medway;Merton;Middlesbrough;Milton Keynes;Newcastle upon Tyne;Newham;Norfolk;
North East Lincolnshire;North Lincolnshire;North Northamptonshire;North Somerset;North Tyneside;North Yorkshire;
Northamptonshire;Northumberland;Nottingham;Nottinghamshire;Oldham;Oxfordshire;Peterborough;Plymouth;Poole;Portsmouth;
Reading;Redbridge;Redcar and Cleveland;Richmond upon Thames;Rochdale;Rotherham;Rutland;Salford;Sandwell;Sefton;
Sheffield;Shropshire;Slough;Solihull;Somerset;South Gloucestershire;South Tyneside;Southampton;Southend-on-Sea;
Southwark;St. Helens;Staffordshire;Stockport;Stockton-on-Tees;Stoke-on-Trent;Suffolk;Sunderland;Surrey;Sutton;Swindon;
Tameside;Telford and Wrekin;Thurrock;Torbay;Tower Hamlets;Trafford;Wakefield;Walsall;Waltham Forest;Wandsworth;
Warrington;Warwickshire;West Berkshire;West Northamptonshire;West Sussex;Westminster;Westmorland and Furness;Wigan;
Wiltshire;Windsor and Maidenhead;Wirral;Wokingham;Wolverhampton;Worcestershire;York
"""

QUIRKS = {
    "several_visits", "one_day", "singular_date_label", "two_leads", "no_lead", "name_wraps", "lead_on_site",
    "lead_lines", "suffix:hmi", "suffix:senior", "suffix:brackets", "suffix:none", "other_date_in_text",
    "header_before_title", "header_other_dates", "not_judged:adoption", "not_judged:in_care", "grade:first",
    "grade:middle", "grade:last", "wrapped_grade", "glued_footnote", "footnote_in_table", "children_care_leavers",
    "prose_improvements", "missing_improvements", "sub_bullets", "framework_refs", "bullets:wingdings",
    "bullets:unicode", "bullets:dingbats", "bullets:small", "number:no_space", "number:two_stops", "number:no_stop",
    "number:left_out", "digits_first", "no_heading_grades", "unnumbered", "lscb:cover", "lscb:head", "lscb:bound",
    "bound_lscb", "key_judgement_tables", "dot_leaders", "leadership_numbered_1", "board_missing",
    "alternating_numbers", "title:reinspection", "title:trust", "verdict:london", "december_2022", "january_2026",
    "date:full_to", "date:short_to", "date:mixed", "date:dash_full", "date:dash_short", "date:dash_tight",
    "date:hyphen", "date:no_dash", "date:abbreviated", "date:slashes", "date:zero_day", "date:one_day", "date:ragged",
    "bullets:none", "date:pair", "date:the_pair_of", "date:three_days", "date:no_year", "date:year_misprinted",
    "date:listed", "mode:remote", "mode:partly_remote", "mode:on_site", "inspectors:3", "inspectors:5", "roles_named",
    "your_sincerely", "title:council", "title:local_authority", "priority:present", "priority:none", "priority:said",
    "priority:carried", "improvements:none", "improvements:last", "ordinal:second", "ordinal:third", "study:strength",
    "study:area_for_improvement", "no_deadline", "probation", "outcome:typically_positive", "outcome:inconsistent",
    "outcome:systemic_failings", "torn_row", "no_inner_title", "not_inspected", "letter_date:earlier",
}  # fmt: skip


OVERALL = "overall_effectiveness"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleTruth:
    return make_sample(tmp_path_factory.mktemp("sample"))


def files_of(directory: Path) -> dict[str, str]:
    paths = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def words_of(report: ReportTruth) -> Iterator[str]:
    """Words that must stand on the cover."""
    yield from report.authority.split()
    yield str(report.start_date.year)
    if report.framework_code.startswith("ilacs") or report.framework_code == "tlac":
        yield from (part for name in report.lead_inspectors for part in re.split(r"[ -]", name))


def test_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    make_sample(tmp_path / "a", reports=6)
    make_sample(tmp_path / "b", reports=6)
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_bytes_do_not_depend_on_the_process(sample: SampleTruth) -> None:
    code = (
        "from pipelines.sample.make import make_report\n"
        f"print(*[make_report({DEFAULT_SEED}, k)[0].file_sha256 for k in (0, 7, 13, 60)])"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root,
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert run.stdout.split() == [make_report(DEFAULT_SEED, k)[0].file_sha256 for k in (0, 7, 13, 60)]


def test_another_seed_gives_other_reports() -> None:
    assert make_report(1, 0)[1] != make_report(2, 0)[1]


def test_a_report_is_the_same_in_a_larger_sample(tmp_path: Path) -> None:
    few = make_sample(tmp_path / "few", reports=4)
    n_reports = DEFAULT_REPORTS + 4
    more = make_sample(tmp_path / "more", reports=n_reports)
    assert more.reports[:4] == few.reports
    assert len({report.path for report in more.reports}) == n_reports


def test_the_site_of_the_tests_lists_every_report_of_the_sample_under_its_label(sample: SampleTruth) -> None:
    listed = from_catalogue(sample.directory / "catalogue.csv", sample.directory)
    of_reports = [one.label for one in sample.reports]
    assert [one.label for one in listed][: len(of_reports)] == of_reports
    assert [label for label in of_reports if why_unread(label)] == []


def test_making_again_leaves_files_alone_and_mends_broken_ones(tmp_path: Path) -> None:
    truth = make_sample(tmp_path, reports=2)
    whole, broken = (tmp_path / report.path for report in truth.reports)
    before = whole.stat().st_mtime_ns
    broken.write_bytes(b"half")
    make_sample(tmp_path, reports=2)
    assert whole.stat().st_mtime_ns == before
    assert hashlib.sha256(broken.read_bytes()).hexdigest() == truth.reports[1].file_sha256


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make_sample(tmp_path, reports=2, bad_files=False, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_no_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one report"):
        make_sample(tmp_path, reports=0)


def test_grades_keep_ofsteds_consistency_rules() -> None:
    for index in range(600):
        plan = make_plan(DEFAULT_SEED, index)
        if plan.framework in JUDGEMENTS:
            assert breaks_a_rule(plan.framework, dict(plan.grades)) is None, plan
        assert set(JUDGEMENTS.get(plan.framework, ())) <= set(dict(plan.grades))


def test_monitoring_visits_follow_an_inadequate_grade_whatever_the_seed() -> None:
    for seed in range(40):
        plans = [make_plan(seed, index) for index in range(len(SCHEDULE))]
        visits = [plan for plan in plans if plan.framework == MONITORING]
        assert visits
        for visit in visits:
            before = [
                plan for plan in plans
                if plan.authority == visit.authority and plan.end < visit.start and dict(plan.grades).get(OVERALL)
            ]  # fmt: skip
            last = max(before, key=lambda plan: plan.end)
            assert last.grade(OVERALL) == visit.standing == "inadequate"
            assert last.end == visit.inspected


def test_visits_move_no_grade() -> None:
    for index, entry in enumerate(SCHEDULE):
        assert (entry.framework in JUDGEMENTS) == bool(make_plan(DEFAULT_SEED, index).grades)


def test_every_inspection_falls_in_its_framework() -> None:
    for index in range(600):
        plan = make_plan(DEFAULT_SEED, index)
        day = plan.start.isoformat()
        first, last = {
            "tlac": ("2013-05", "2013-09"), "sif": ("2013-11", "2018-06"), "sif_reinspection": ("2016-02", "2018-08"),
            "lscb_review": ("2015-01", "2016-01"), "ilacs_2018": ("2018-01", "2023-01"),
            "ilacs_2023": ("2023-01", "2026-04"), "ilacs_2026": ("2026-04", "2026-08"),
            "focused_visit": ("2018-01", "2026-08"), "monitoring_visit": ("2018-08", "2026-08"),
            "jtai_2016": ("2016-01", "2020-04"), "jtai_2022": ("2022-01", "2025-12"),
            "area_send_2023": ("2023-01", "2025-12"),
        }[plan.framework]  # fmt: skip
        assert first <= day < last, plan
        assert plan.start <= plan.end < plan.published


def test_the_default_sample_has_every_framework_and_quirk(sample: SampleTruth) -> None:
    assert len(sample.reports) == len(SCHEDULE) == DEFAULT_REPORTS
    assert {report.framework_code for report in sample.reports} == {*JUDGEMENTS, *LABELS}
    assert {report.framework_code for report in sample.reports[:9]} == set(JUDGEMENTS)
    assert sorted(QUIRKS - {quirk for report in sample.reports for quirk in report.quirks}) == []


def test_framework_follows_the_inspection_and_not_the_publication(sample: SampleTruth) -> None:
    by_quirk = {quirk: report for report in sample.reports for quirk in report.quirks}
    december, january = by_quirk["december_2022"], by_quirk["january_2026"]
    assert (december.framework_code, december.published_date.year) == ("ilacs_2018", 2023)
    assert "in_care_and_care_leavers" in dict(december.judgements)
    assert january.published_date.isoformat() > "2026-04"
    assert "overall_effectiveness" in dict(january.judgements)
    for report in sample.reports:
        has_overall = OVERALL in JUDGEMENTS.get(report.framework_code, ())
        assert (OVERALL in dict(report.judgements)) == has_overall


def test_paragraph_numbers_run_on(sample: SampleTruth) -> None:
    for report in sample.reports:
        numbers = [p.number for p in report.paragraphs if p.number is not None]
        first_part = numbers[: report.last_paragraph_number - len(report.missing_paragraph_numbers)]
        wanted = set(range(1, report.last_paragraph_number + 1)) - set(report.missing_paragraph_numbers)
        assert first_part == sorted(wanted)
        assert bool(report.missing_paragraph_numbers) == ("number:left_out" in report.quirks)
        assert [p.order for p in report.paragraphs] == list(range(1, len(report.paragraphs) + 1))
        assert all(1 <= p.page_first <= p.page_last <= report.page_count for p in report.paragraphs)


def test_hardly_two_paragraphs_are_alike(sample: SampleTruth) -> None:
    texts = Counter(p.text for report in sample.reports for p in report.paragraphs if p.kind == "numbered")
    assert sum(texts.values()) > 1000
    assert len(texts) > 0.98 * sum(texts.values())


def test_truth_files_have_the_layout_of_the_expected_ones(sample: SampleTruth) -> None:
    out = sample.directory
    inspections = rows_of(out / "truth" / "inspections.csv")
    assert list(inspections[0]) == [
        "file_sha256", "path", "provider_urn", "authority", "framework_code", "start_date", "end_date", "label_date",
        "lead_inspector", "page_count", "last_paragraph_number", "missing_paragraph_numbers", "improvement_bullets",
        "source_url",
    ]  # fmt: skip
    for row in inspections:
        assert hashlib.sha256((out / row["path"]).read_bytes()).hexdigest() == row["file_sha256"]
    assert list(rows_of(out / "truth" / "judgements.csv")[0]) == ["file_sha256", "judgement_code", "grade"]
    graded = {report.file_sha256 for report in sample.reports if report.judgements}
    assert {row["file_sha256"] for row in inspections} == graded
    visits = [json.loads(line) for line in (out / "truth" / "activities.jsonl").read_text("utf-8").splitlines()]
    assert {one["file_sha256"] for one in visits} == {report.file_sha256 for report in sample.reports} - graded
    assert {"visits", "letter_date", "theme_code", "people", "partners", "next_steps", "lists"} <= set(visits[0])
    assert {row["reason"] for row in rows_of(out / "truth" / "rejected.csv")} == {"not_a_pdf", "damaged_pdf"}
    catalogue = rows_of(out / "catalogue.csv")
    assert list(catalogue[0]) == ["provider_urn", "authority", "label", "published_date", "source_url", "path"]
    assert {row["path"] for row in catalogue} == {str(p.relative_to(out)) for p in out.rglob("*.pdf")}
    lines = (out / "truth" / "recommendations.jsonl").read_text(encoding="utf-8").splitlines()
    refs = [ref for line in lines for ref in json.loads(line)["national_framework_refs"]]
    assert refs
    assert all(re.fullmatch(r"(outcome|enabler|principle) [1-4]", ref) for ref in refs)


def test_no_name_or_code_is_a_real_one() -> None:
    real = {name.strip().lower() for name in REAL_AUTHORITIES.replace("\n", "").split(";")}
    invented = [authority(index) for index in range(4100)]
    assert not real & {one.name.lower() for one in invented}
    for codes in (
        [o.name for o in invented],
        [o.urn for o in invented],
        [o.gss for o in invented],
        [o.dfe for o in invented],
    ):
        assert len(set(codes)) == len(codes)
    assert all(one.urn.startswith("99") and one.gss.startswith("X") and len(one.dfe) > 3 for one in invented)


def test_world_files_have_the_columns_of_the_reference(sample: SampleTruth) -> None:
    authorities = rows_of(sample.directory / "authorities.csv")
    assert list(authorities[0]) == [
        "provider_urn", "authority_name", "also_known_as", "la_code_gss", "la_code_dfe", "authority_type",
        "region_name", "ofsted_region_name", "statistical_neighbours_dfe", "is_current",
    ]  # fmt: skip
    assert len(authorities) == len(CORE) == 12
    known = {row["la_code_dfe"] for row in authorities}
    assert all(set(row["statistical_neighbours_dfe"].split()) <= known - {row["la_code_dfe"]} for row in authorities)
    changes = rows_of(sample.directory / "authority_changes.csv")
    assert list(changes[0]) == ["change_date", "kind", "from_name", "from_gss", "to_name", "to_gss", "note"]
    assert {row["kind"] for row in changes} == {"split", "recode"}
    assert {row["to_gss"] for row in changes} <= {row["la_code_gss"] for row in authorities}


def test_each_report_opens_with_its_cover_words_and_says_it_is_invented(sample: SampleTruth) -> None:
    for report in sample.reports:
        with pypdfium2.PdfDocument(sample.directory / report.path) as pdf:
            assert len(pdf) == report.page_count
            cover = pdf[0].get_textpage().get_text_range()
        assert "Invented sample report" in cover, report.path
        for word in words_of(report):
            assert word.lower() in cover.lower(), (report.path, word)


def test_bad_files_of_the_default_sample(sample: SampleTruth) -> None:
    page, same_page, cut, twin = sample.bad_files
    assert page.file_sha256 == same_page.file_sha256
    assert page.source_url != same_page.source_url
    assert cut.reason == "damaged_pdf"
    assert twin.file_sha256 == sample.reports[0].file_sha256


@pytest.mark.parametrize("kind", ["html_called_pdf", "empty_file", "encrypted_pdf"])
def test_bad_files_that_no_reader_opens(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bad_file.pdf"
    getattr(bad_files, kind)(path)
    with pytest.raises(PdfminerException), pdfplumber.open(path):
        pass
    first = path.read_bytes()
    path.unlink()
    getattr(bad_files, kind)(path)
    assert path.read_bytes() == first


def test_bad_files_that_open(tmp_path: Path) -> None:
    scanned, invoice, long = (tmp_path / name for name in ("scanned.pdf", "invoice.pdf", "long.pdf"))
    bad_files.scanned_pdf(scanned, pages=2)
    bad_files.invoice_pdf(invoice)
    bad_files.many_pages(long, 30)
    with pdfplumber.open(scanned) as pdf:
        assert [page.extract_text() for page in pdf.pages] == ["", ""]
        assert all(page.images for page in pdf.pages)
    with pdfplumber.open(invoice) as pdf:
        assert "INVOICE" in pdf.pages[0].extract_text()
    with pdfplumber.open(long) as pdf:
        assert len(pdf.pages) == 30


def test_a_cut_pdf_is_half_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    whole = make_report(DEFAULT_SEED, 0)[1]
    bad_files.cut_pdf(path, whole)
    assert path.read_bytes() == whole[: len(whole) // 2]
    with pytest.raises(PdfminerException), pdfplumber.open(path) as pdf:
        pdf.pages[0].extract_text()
