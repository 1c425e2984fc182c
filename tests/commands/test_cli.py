"""What a person at a terminal gets: answers, exit codes, and sentences that say what to do."""

import ast
import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from pipelines import cli
from pipelines.build.run import BuildSummary
from pipelines.commands.page import COLOURS
from pipelines.sample import bad_files
from pipelines.settings import Settings
from pipelines.words import day


def judgements(*words: object, data: Path | None = None) -> Result:
    options = ["--data", str(data)] if data else []
    return CliRunner().invoke(cli.app, [*map(str, words), *options])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Path:
    """A data folder with a warehouse of three reports, made by the command itself."""
    data = tmp_path_factory.mktemp("cli") / "data"
    result = judgements("build", "--source", three_reports, "--json", data=data)
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert {"n_published", "n_new", "n_read", "n_accepted", "n_with_issues", "n_quarantined", "seconds"} <= set(summary)
    return data


def test_a_build_with_nothing_new_says_so(data: Path, three_reports: Path) -> None:
    result = judgements("build", "--source", three_reports, data=data)
    assert result.exit_code == 0
    assert "no PDF was read" in result.stdout
    assert "3  published reports (0 new)" in result.stdout


def test_a_check_that_fails_shows_in_the_summary_of_every_build(three_reports: Path, tmp_path: Path) -> None:
    reports, data = tmp_path / "reports", tmp_path / "data"
    shutil.copytree(three_reports, reports)
    bad_files.invoice_pdf(reports / "invoice.pdf")
    for expected in ("Published", "no PDF was read"):
        result = judgements("build", "--source", reports, data=data)
        assert expected in result.stdout
        assert "To look at: quality.quarantined_reports: At most 5%" in result.stdout
        assert "1 row breaks this: source path invoice.pdf, reason unknown_framework" in result.stdout
    [failed] = json.loads(judgements("build", "--source", reports, "--json", data=data).stdout)["failed_checks"]
    assert (failed["name"], failed["n_rows"], failed["first"]["source_path"]) == (
        "few_are_quarantined",
        1,
        "invoice.pdf",
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["build"], 2, "Nothing was listed here yet: say --source ofsted, sample, or a directory of PDFs."),
        (["build", "--limit", "3"], 2, "name it, too"),
        (["build", "--source", "no/such/place"], 2, "There is no directory no/such/place"),
        (["build", "--source", "x", "--limit", "0"], 2, "--limit"),
        (["query", "select 1"], 1, "judgements build"),
        (["show", "anyone"], 1, "judgements build"),
        (["status"], 1, "judgements build"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(
    tmp_path: Path, words: list[str], code: int, sentence: str
) -> None:
    result = judgements(*words, data=tmp_path / "nothing here")
    assert (result.exit_code, sentence in result.output) == (code, True), result.output


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(cli.__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert judgements("--version").output == f"judgements {project['version']}\n"


def test_a_directory_without_reports_publishes_nothing(tmp_path: Path) -> None:
    result = judgements("build", "--source", tmp_path, data=tmp_path / "data")
    assert (result.exit_code, "holds no PDF" in result.output) == (1, True)


def test_an_unusable_setting_is_bad_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_WORKERS", "none")
    assert judgements("status", data=tmp_path).exit_code == 2


def test_answers_leave_in_the_form_asked_for(data: Path, tmp_path: Path) -> None:
    sql = "select grade, grade_rank from core.grades where grade_rank < 3 order by all"
    expected = [{"grade": "good", "grade_rank": 2}, {"grade": "outstanding", "grade_rank": 1}]
    (tmp_path / "grades.sql").write_text(sql)
    assert judgements("query", tmp_path / "grades.sql", "--format", "csv", data=data).stdout.splitlines() == [
        "grade,grade_rank",
        "good,2",
        "outstanding,1",
    ]
    assert json.loads(judgements("query", sql, "--format", "json", data=data).stdout) == expected
    parquet = judgements("query", sql, "--format", "parquet", data=data).stdout_bytes
    assert pl.read_parquet(io.BytesIO(parquet)).to_dicts() == expected


@pytest.mark.parametrize("sql", ["selct 1", "create table core.mine as select 1", "no such file.sql"])
def test_a_query_that_fails_is_a_sentence_and_changes_nothing(data: Path, sql: str) -> None:
    before = Settings(data=data).warehouse.read_bytes()
    result = judgements("query", sql, data=data)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert Settings(data=data).warehouse.read_bytes() == before


def test_status_says_from_what_the_warehouse_was_built(data: Path, three_reports: Path) -> None:
    out = judgements("status", data=data).stdout
    assert re.search(rf"^Source +{re.escape(str(three_reports))}$", out, re.MULTILINE)
    assert re.search(r"^Current +reports published up to \d+ \w+ 20\d\d$", out, re.MULTILINE)
    assert re.search(r"full inspection: \d, of 3 authorities, \d+ \w+ 20", out)


def test_an_authority_is_shown_by_name_part_or_urn(data: Path) -> None:
    (row,) = json.loads(
        judgements(
            "query",
            "select authority_name, provider_urn, start_date::varchar as start_date from core.inspections"
            " join core.authorities using (authority_id, provider_urn) order by start_date limit 1",
            "--format",
            "json",
            data=data,
        ).stdout
    )
    for wanted in (row["authority_name"].upper(), row["authority_name"][:-1], row["provider_urn"]):
        result = judgements("show", wanted, data=data)
        assert result.exit_code == 0, result.output
        assert day(dt.date.fromisoformat(row["start_date"])) in result.stdout
        assert "Leaders" in result.stdout


def test_unclear_and_unknown_names_list_whom_they_could_mean(data: Path) -> None:
    names = [
        row["authority_name"]
        for row in json.loads(judgements("query", "from core.authorities", "--format", "json", data=data).stdout)
    ]
    unclear = judgements("show", "e", data=data)
    assert unclear.exit_code == 2
    assert all(name in unclear.output for name in names if "e" in name.lower())
    assert f"Did you mean {names[0]}" in judgements("show", names[0][:-2] + "zz", data=data).output
    assert judgements("show", "qqqq", data=data).exit_code == 2


def test_sample_reports_can_be_made_in_any_number(tmp_path: Path) -> None:
    result = judgements("sample", "--reports", 2, "--out", tmp_path / "made")
    assert result.exit_code == 0
    assert len(list((tmp_path / "made").rglob("*.pdf"))) >= 2


def test_help_comes_without_the_heavy_libraries() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, pipelines.cli; print(sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(ast.literal_eval(loaded.stdout))
    assert not modules & {"dagster", "duckdb", "polars", "pdfplumber", "pydantic"}


def test_a_search_shows_paragraphs_with_their_page_and_link(data: Path) -> None:
    result = judgements("search", "children in care", "--limit", 2, data=data)
    assert result.exit_code == 0, result.output
    assert len(re.findall(r"page \d+  score [\d.]+", result.stdout)) == 2
    assert len(re.findall(r"#page=\d+|report [0-9a-f]{16}", result.stdout)) == 2
    found = json.loads(judgements("search", "care leavers", "--all-words", "--format", "json", data=data).stdout)
    assert found
    assert {"score", "authority_name", "grade", "paragraph_number", "page_first", "source_url", "page_url"} <= set(
        found[0]
    )


def test_a_search_is_narrowed_by_its_filters(data: Path) -> None:
    every = json.loads(judgements("search", "children", "--format", "json", "--limit", 500, data=data).stdout)
    name = every[0]["authority_name"]
    own = json.loads(
        judgements("search", "children", "--authority", name, "--format", "json", "--limit", 500, data=data).stdout
    )
    assert {row["authority_name"] for row in own} == {name}
    assert "No paragraph" in judgements("search", "children", "--to", "1999-01-01", data=data).stdout
    wrong = judgements("search", "children", "--from", "someday", data=data)
    assert (wrong.exit_code, "--from 'someday'" in wrong.output, "Traceback" in wrong.output) == (2, True, False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("the of", "no word to look for"), ("NOT children", "no word to look for"), ("care AND leavers", "--all-words")],
)
def test_a_search_that_asks_for_nothing_says_so(data: Path, words: str, sentence: str) -> None:
    result = judgements("search", words, data=data)
    assert (result.exit_code, sentence in result.output) == (2, True)
    assert "Traceback" not in result.output


@pytest.fixture(scope="module")
def whole(built_sample_data: tuple[Settings, BuildSummary]) -> Path:
    """A data folder with the whole sample, which has visits."""
    return built_sample_data[0].data


def test_visits_are_listed_latest_first_and_narrowed(whole: Path) -> None:
    every = json.loads(judgements("visits", "--format", "json", data=whole).stdout)
    days = [row["start_date"] for row in every]
    assert days == sorted(days, reverse=True)
    assert {"focused_visit", "monitoring_visit", "jtai", "area_send"} <= {row["activity_kind"] for row in every}
    on_leavers = ["visits", "--theme", "Care Leavers", "--since", "1 January 2020", "--format", "json"]
    some = json.loads(judgements(*on_leavers, data=whole).stdout)
    assert some
    assert {row["theme_name"] for row in some} == {"Care leavers"}
    assert all(row["start_date"] >= "2020-01-01" for row in some)
    name = every[0]["authority_name"]
    own = json.loads(judgements("visits", "--authority", name.upper(), "--format", "json", data=whole).stdout)
    assert own == [row for row in every if row["authority_name"] == name]
    assert name in judgements("visits", data=whole).stdout


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["visits", "--theme", "lanterns"], 2, "Front door"),
        (["visits", "--kind", "lanterns"], 2, "focused_visit"),
        (["visits", "--since", "soon"], 2, "--since 'soon' can't be read as a day"),
        (["visits", "--region", "lanterns"], 2, "lanterns"),
        (["visits", "--authority", "zzzz"], 2, "zzzz"),
        (["search", "plans", "--theme", "lanterns"], 2, "Front door"),
        (["search", "plans", "--kind", "lanterns"], 2, "focused_visit"),
        (["search", "plans", "--framework", "lanterns"], 2, "ilacs_2023"),
        (["search", "plans", "--grade", "lanterns"], 2, "inadequate"),
    ],
)
def test_filters_that_nothing_fits_are_a_sentence(whole: Path, words: list[str], code: int, sentence: str) -> None:
    result = judgements(*words, data=whole)
    assert (result.exit_code, sentence in result.output, "Traceback" in result.output) == (code, True, False)


def test_status_says_how_many_full_inspections_the_site_counts(whole: Path) -> None:
    counted = "select count(*) as n from marts.full_inspections where basis = 'report'"
    (expected,) = json.loads(judgements("query", counted, "--format", "json", data=whole).stdout)
    out = judgements("status", data=whole).stdout
    assert f"; {expected['n']} of them count towards grades\n" in out
    assert out.count("count towards grades") == 1, "visits give none"


def test_statistics_of_the_sample_are_reconciled_with_its_reports(whole: Path) -> None:
    result = judgements("reconcile", data=whole)
    assert result.exit_code == 0, result.output
    assert "QUARANTINED" in result.stdout
    assert "Unexplained differences" not in result.stdout
    assert re.fullmatch(r"No difference is unexplained; \d+ .*known without a report\.", result.stdout.splitlines()[-1])


def test_an_inspection_that_only_statistics_tell_of_is_shown_as_theirs(whole: Path) -> None:
    shown = judgements("show", "Isle of Farrowey", data=whole).stdout
    assert "No report is held" not in shown
    assert re.search(r"^From +official statistics +official statistics *$", shown, re.MULTILINE)
    assert re.search(r"^ +published \d+ \w+ ", shown, re.MULTILINE)


def test_every_command_works_on_visits_too(whole: Path, tmp_path: Path) -> None:
    visit = json.loads(judgements("visits", "--format", "json", data=whole).stdout)[0]
    shown = judgements("show", visit["authority_name"], data=whole).stdout
    assert "Between inspections" in shown
    assert day(dt.date.fromisoformat(visit["start_date"])) in shown
    assert "Focused visit to" in judgements("read", visit["report_id"], data=whole).stdout
    drawn = judgements("page", visit["report_id"], 1, "--png", tmp_path / "p.png", data=whole)
    assert "cover" in drawn.stdout
    search = [
        "search",
        "children",
        "--kind",
        visit["activity_kind"],
        "--theme",
        visit["theme_name"],
        "--format",
        "json",
    ]
    found = json.loads(judgements(*search, data=whole).stdout)
    assert {(row["activity_kind"], row["theme_name"]) for row in found} == {("focused_visit", visit["theme_name"])}


def test_grades_as_at_a_date_come_with_their_denominator(data: Path) -> None:
    rows = json.loads(judgements("as-at", "2026-12-31", "--format", "json", data=data).stdout)
    leaders = next(row for row in rows if row["area_code"] == "leaders")
    grades = ("outstanding", "good", "requires_improvement", "inadequate")
    assert sum(leaders[grade] for grade in grades) == leaders["n_graded"] > 0
    each = json.loads(judgements("as-at", "2026-12-31", "--authorities", "--format", "json", data=data).stdout)
    assert sum(row["area_code"] == "leaders" for row in each) == leaders["n_graded"]


def test_a_family_has_a_row_as_at_a_date_only_while_it_is_judged_or_held(data: Path) -> None:
    def graded(day: str) -> dict[str, int]:
        rows = json.loads(judgements("as-at", day, "--format", "json", data=data).stdout)
        return {row["area_code"]: row["n_graded"] for row in rows}

    assert graded("2012") == {}
    assert graded("1 November 2013")["adoption"] == 0
    assert "leaders" in graded("2098")
    assert 0 not in graded("2098").values()


def test_as_at_says_what_a_date_before_and_after_all_grades_means(data: Path) -> None:
    early = judgements("as-at", "2012", data=data).stderr
    assert "No grades of this kind were given before November 2013" in early
    assert "not inspected" not in early
    late = judgements("as-at", "2098", data=data).stderr
    assert re.search(r"^31 December 2098 is in the future; reports published up to \d+ \w+ 20\d\d are held", late, re.M)
    counted = judgements("as-at", "2024-03-31", data=data).stderr
    assert re.findall(r"\d{4}-\d\d-\d\d", counted) == ["9999-12-31"], "it is typed; dates that are told are in words"


def test_a_region_counts_once_by_either_map(data: Path) -> None:
    (region,) = json.loads(
        judgements(
            "query",
            "select region_name from as_at('2026-12-31') where area_code = 'leaders' order by 1 limit 1",
            "--format",
            "json",
            data=data,
        ).stdout
    )
    name = region["region_name"]
    position = json.loads(
        judgements("as-at", "2026-12-31", "--region", name.upper(), "--format", "json", data=data).stdout
    )
    each = json.loads(
        judgements("as-at", "2026-12-31", "--region", name, "--authorities", "--format", "json", data=data).stdout
    )
    leaders = next(row for row in position if row["area_code"] == "leaders")
    assert leaders["n_graded"] == sum(row["area_code"] == "leaders" for row in each)


@pytest.mark.parametrize(
    "words", [["2025-13-31"], ["2025-03-31", "--region", "Narnia"], ["2025-03-31", "--published-by", "x"]]
)
def test_what_is_no_date_or_region_is_a_sentence(data: Path, words: list[str]) -> None:
    result = judgements("as-at", *words, data=data)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def test_the_first_answers_of_the_readme_come_from_the_exports(data: Path) -> None:
    exports = Settings(data=data).exports
    assert pl.read_parquet(exports / "core" / "judgements.parquet").height > 0
    assert (exports / "marts" / "latest_judgements.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_asking_the_warehouse_imports_no_dagster_and_no_frames() -> None:
    asked = "import sys; from pipelines.commands import as_at, query, search, show"
    loaded = subprocess.run(
        [sys.executable, "-c", f"{asked}; print(sorted(sys.modules))"], capture_output=True, text=True, check=True
    )
    assert not set(ast.literal_eval(loaded.stdout)) & {"dagster", "polars", "pdfplumber", "pyarrow"}


@pytest.mark.parametrize(
    "sql",
    [
        "from read_text('/etc/passwd')",
        "from '{folder}/there.csv'",
        "copy core.grades to '{folder}/written.csv'",
        "export database '{folder}/written'",
        "attach '{folder}/written.db'",
        "install httpfs",
        "load httpfs",
        "from read_csv('https://example.invalid/x.csv')",
        "set enable_external_access = true",
        "reset lock_configuration",
        "from settings",
    ],
)
def test_a_query_reads_the_warehouse_and_nothing_else(data: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "there.csv").write_text("a\n1\n")
    result = judgements("query", sql.format(folder=tmp_path), data=data)
    assert (result.exit_code, result.stdout, "Traceback" in result.output) == (1, "", False)
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]
    if "Permission" in result.stderr:
        assert "with --unsafe it may also read and write files" in result.stderr


def test_a_query_that_is_trusted_may_read_and_write_files(data: Path, tmp_path: Path) -> None:
    written = tmp_path / "written.csv"
    assert judgements("query", "--unsafe", f"copy core.grades to '{written}'", data=data).exit_code == 0
    assert "outstanding" in judgements("query", "--unsafe", f"from '{written}'", data=data).stdout


def test_answers_leave_by_a_temporary_folder_of_any_name(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / 'it\'s "here"; é'
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    for form in ("csv", "json", "parquet"):
        result = judgements("query", "select 1 as a, 2 as a", "--format", form, data=data)
        assert (result.exit_code, len(result.stdout_bytes) > 5) == (0, True), result.output
    assert list(odd.iterdir()) == []


def test_text_in_csv_is_never_a_formula(data: Path) -> None:
    sql = (
        "select * from (values ('=1+1', -1, date '2024-07-31', ['=a']), ('@x', 2, null, []), ('+x', 3, null, []),"
        " ('-x', 4, null, []), (chr(9) || 'x', 5, null, []), (chr(27) || '[2J', 6, null, []), ('a=b', 7, null, []),"
        " (chr(10) || '=1', 8, null, []), ('＝1', 9, null, []))"
        " rows(text, number, day, list)"
    )
    rows = list(csv.DictReader(io.StringIO(judgements("query", sql, "--format", "csv", data=data).stdout)))
    texts = ["'=1+1", "'@x", "'+x", "'-x", "'\tx", "\ufffd[2J", "a=b", "'\n=1", "'＝1"]
    assert [row["text"] for row in rows] == texts
    assert (rows[0]["number"], rows[0]["day"], rows[0]["list"]) == ("-1", "2024-07-31", "['=a']")
    as_json = json.loads(judgements("query", sql, "--format", "json", data=data).stdout)
    assert as_json[0]["text"] == "=1+1", "no other form runs formulas"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_is_not_utf_8_shows_what_it_can(data: Path, encoding: str) -> None:
    for words in (["query", "select 'Môn — 中' as name"], ["status"], ["show", "no such é"]):
        command = [sys.executable, "-m", "pipelines", *words, "--data", str(data)]
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        shown = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert b"Traceback" not in shown.stderr
        assert shown.returncode == (2 if words[0] == "show" else 0)


def test_names_that_are_not_utf_8_are_a_sentence(tmp_path: Path, three_reports: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    odd.mkdir()
    shutil.copytree(three_reports, odd / "reports")
    for words in (["build", "--source", odd / "reports", "--data", tmp_path / "data"], ["status", "--data", odd]):
        result = judgements(*words)
        assert (result.exit_code, "UTF-8" in result.output, "Traceback" in result.output) == (2, True, False)
    assert list(odd.iterdir()) == [odd / "reports"]


@pytest.mark.parametrize("words", [["search"], ["show"], ["query", "02", "--set"], ["query"], ["sample", "--reports"]])
def test_an_argument_that_is_no_text_is_a_sentence(data: Path, words: list[str]) -> None:
    result = judgements(*words, "caf\udce9", data=data)
    assert result.output.startswith("'caf\ufffd' can't be read as text")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


def test_every_role_of_a_line_has_a_colour(whole: Path) -> None:
    roles = json.loads(
        judgements("query", "select distinct role from core.lines", "--format", "json", data=whole).stdout
    )
    assert {row["role"] for row in roles} >= {"signature", "bullet"}
    assert not {row["role"] for row in roles} - set(COLOURS)


def test_a_page_of_a_report_is_drawn_with_its_lines(data: Path, tmp_path: Path) -> None:
    sql = "select report_id from core.reports order by 1 limit 1"
    (report,) = json.loads(judgements("query", sql, "--format", "json", data=data).stdout)
    png = tmp_path / "new" / "page.png"
    result = judgements("page", report["report_id"], 1, "--png", png, data=data)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{png}: ")
    assert "cover" in result.stdout
    assert png.read_bytes().startswith(b"\x89PNG")
