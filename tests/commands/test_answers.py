"""What commands answer: in words, in every form and encoding, and why there is nothing where nothing is found."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from pipelines import cli


def ask(data: Path, *words: object) -> Result:
    return CliRunner().invoke(cli.app, [*map(str, words), "--data", str(data)])


def rows(data: Path, *words: object) -> list[dict[str, str]]:
    answer = ask(data, *words, "--format", "json")
    assert answer.exit_code == 0, answer.output
    found: list[dict[str, str]] = json.loads(answer.stdout)
    return found


@pytest.fixture(scope="module")
def held(sample_warehouse: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(sample_warehouse), read_only=True)


def test_a_search_says_of_how_many_and_gives_all(data: Path, held: duckdb.DuckDBPyConnection) -> None:
    (n,) = held.execute("select count(*) from search_paragraphs('plans')").fetchall()[0]
    assert n > 100
    assert f"10 of {n:,} paragraphs, the best first; --limit 0 gives all." in ask(data, "search", "plans").stdout
    assert len(rows(data, "search", "plans", "--limit", 0)) == n
    (one,) = held.execute("select paragraph_id from search_paragraphs('plans') limit 1").fetchall()[0]
    few = ask(data, "search", "plans", "--limit", 1, "--format", "csv")
    assert (few.stdout.count(one), f"1 of {n:,}" in few.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["the plans of"], "Not indexed, and so not asked for: of, the."),
        (["plans xyzzy"], r"^No paragraph holds 'xyzzy'\.$"),
        (["plnas"], r"^No paragraph holds 'plnas'\. Did you mean plans\?$"),
        (["plans"], r"the best first; --limit 0 gives all\. Annexes are not searched\.$"),
        (["ngozi"], r"No paragraph on 'ngozi'; [\d,]+ in annexes, which SQL alone searches"),
        (["plans -plans"], "No paragraph on 'plans -plans': some hold these words, but none together"),
        (["plans", "--to", "1999"], r"No paragraph on 'plans' with --to 1999-12-31; without --to there are [\d,]+\.$"),
        (
            ["plans", "--grade", "GOOD", "--from", "31/12/2098"],
            r"No paragraph on 'plans' with --grade good --from 2098-12-31; without --from there are [\d,]+\.$",
        ),
        (
            ["plans", "--to", "1999", "--kind", "jtai", "--from", "1998"],
            r"with --kind jtai --from 1998-01-01 --to 1999-12-31; without --to there are [\d,]+\.$",
        ),
        (
            ["plans", "--to", "1999", "--theme", "front door", "--kind", "jtai"],
            r"; without --kind, --theme, --to there are [\d,]+\.$",
        ),
    ],
)
def test_a_search_says_what_was_passed_over_and_why_there_is_nothing(
    data: Path, words: list[str], sentence: str
) -> None:
    answer = ask(data, "search", *words)
    assert answer.exit_code == 0
    assert re.search(sentence, answer.stdout, re.MULTILINE), answer.stdout


@pytest.mark.parametrize("words", ["children's plans", "children’s plans"])
def test_the_ending_after_an_apostrophe_is_not_said_to_be_passed_over(data: Path, words: str) -> None:
    assert "Not indexed" not in ask(data, "search", words).stdout
    assert "Not indexed, and so not asked for: the." in ask(data, "search", f"the {words}").stdout


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["search", "plans", "--section", "lanterns"], 2, "There is no section 'lanterns', and no heading"),
        (["search", "plans", "--grade", "goood"], 2, "Did you mean good? Known: outstanding; good;"),
        (["search", "plans", "--authority", "marrowbee"], 2, "Did you mean Marrowby"),
        (["search", "plans", "--from", "2025", "--to", "2024"], 2, "--from 2025-01-01 is after --to 2024-12-31"),
        (["search", "plans", "--theme", "ca"], 2, "could be any of: "),
        (["show", ""], 2, "There is no authority ''"),
        (["read", " "], 1, "Which report?"),
        (["read", "marrowby 1999"], 1, "No report on Marrowby is of that date"),
    ],
)
def test_what_is_not_known_is_an_error_that_says_what_is(
    data: Path, words: list[str], code: int, sentence: str
) -> None:
    answer = ask(data, *words)
    assert (answer.exit_code, sentence in answer.output) == (code, True), answer.output


def test_a_word_with_an_apostrophe_is_asked_for(data: Path) -> None:
    assert "Not indexed, and so not asked for: the.\n" in ask(data, "search", "the child's plans").stdout


def test_filters_are_understood_in_any_spelling(data: Path) -> None:
    assert rows(
        data, "search", "plans", "--section", "Care  Leavers", "--grade", "requires improvement to be good"
    ) == (rows(data, "search", "plans", "--section", "care_leavers", "--grade", "requires_improvement"))
    assert rows(data, "visits", "--kind", "Focused visit", "--since", "2021") == (
        rows(data, "visits", "--kind", "focused_visit", "--since", "1 January 2021")
    )
    assert rows(data, "as-at", "2022") == rows(data, "as-at", "31/12/2022")
    every = rows(data, "visits")
    region = str(every[0]["region_name"])
    assert rows(data, "visits", "--region", region.upper()) == [one for one in every if one["region_name"] == region]
    nothing = ask(data, "visits", "--theme", "front door", "--since", "2098")
    assert re.search(r"No visit fits: without --since there are \d+\.", nothing.stderr)


def test_an_authority_is_shown_in_words_or_as_rows(data: Path) -> None:
    shown = ask(data, "show", "MARROW").stdout
    assert re.search(r"^Inspection began .*\d+ \w+ 20\d\d", shown, re.MULTILINE)
    assert re.search(r"^Leaders .*Good", shown, re.MULTILINE)
    assert not re.search(r"[a-z]_[a-z]|\d{4}-\d\d-\d\d", shown)
    events = rows(data, "show", "marrowby")
    assert {event["authority_name"] for event in events} == {"Marrowby"}
    assert [event["event_date"] for event in events] == sorted(event["event_date"] for event in events)
    assert ask(data, "show", "marrowby", "--format", "xlsx").stdout_bytes.startswith(b"PK")


def test_a_report_begins_with_what_it_judged(data: Path, held: duckdb.DuckDBPyConnection) -> None:
    name, report_id, start, theme = held.execute(
        "select authority_name, report_id, start_date, t.name from core.activities v"
        " join core.authorities using (authority_id) join core.themes t using (theme_code)"
        " where activity_kind = 'focused_visit' order by start_date limit 1"
    ).fetchall()[0]
    visit = ask(data, "read", f"{name.upper()} {start}").stdout
    assert f"report {report_id}\n\nFocused visit · theme: {theme} · {start.day} {start:%B %Y}" in visit
    report_id, page, n = held.execute(
        "select report_id, min(page_number), count(*) from core.judgements join core.inspections using (inspection_id)"
        " group by report_id order by count(*) desc, report_id limit 1"
    ).fetchall()[0]
    table = re.findall(r"^\| ([^|]+) \| (\w[^|]+) \| (\d+) \|$", ask(data, "read", report_id).stdout, re.MULTILINE)
    assert len(table) == n > 5
    assert str(page) in {at for _, _, at in table}


def test_csv_in_a_new_file_is_marked_for_excel_and_in_a_pipe_is_not(data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipelines", "query", "select 'é' as a", "--format", "csv", "--data", str(data)]
    with (tmp_path / "a.csv").open("wb") as file:
        subprocess.run(command, stdout=file, check=True)
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfa\n\xc3\xa9\n"
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"a\n\xc3\xa9\n"


@pytest.mark.parametrize(
    "words",
    [
        ["search", "plans", "--limit", "0"],
        ["search", "plans", "--limit", "0", "--format", "csv"],
        ["query", "from core.paragraphs"],
        ["show", "marrowby"],
    ],
)
def test_a_reader_that_ends_early_ends_the_command_quietly(data: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "pipelines", *words, "--data", str(data)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        done = subprocess.run(command, stdout=nobody, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


def test_what_an_encoding_lacks_is_written_plainly(data: Path) -> None:
    command = [sys.executable, "-m", "pipelines", "query", "select 'Môn — ‘中’' as name", "--data", str(data)]
    shown = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}, check=True
    ).stdout.decode("ascii")
    assert "| Mon - '?' |" in shown
    assert "+-" in shown


def test_every_help_keeps_its_words() -> None:
    for name, command in get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        words = " ".join(re.sub("[│╭╮╰╯─]", " ", CliRunner().invoke(cli.app, [name, "--help"]).output).split())
        for parameter in command.params:
            help_text = " ".join((getattr(parameter, "help", None) or "").split())
            assert help_text in words, (name, parameter.name)
