"""What a build says at its end: numbers that add up, and commands that work as they are printed."""

import io
import re
import shlex
import sys
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.build.run import BuildSummary
from pipelines.build.state import FailedCheck
from pipelines.commands import summary as of_build
from pipelines.commands.terminal import Terminal
from pipelines.settings import Settings


@pytest.fixture(scope="module")
def built(built_sample_data: tuple[Settings, BuildSummary]) -> tuple[BuildSummary, Settings]:
    settings, summary = built_sample_data
    return summary, settings


def printed(summary: BuildSummary, settings: Settings) -> str:
    console = Terminal(file=io.StringIO())
    of_build.print_summary(console, summary, settings)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_every_publication_of_the_sample_is_in_one_line_of_the_sum(built: tuple[BuildSummary, Settings]) -> None:
    numbers = [int(n) for n in re.findall(r"^ +([\d,]+)  ", printed(*built), re.MULTILINE)]
    published, accepted, twice, quarantined, files = numbers
    assert published == accepted + twice + quarantined
    assert files == published - 2
    assert " different files, and 2 the same as another; " in printed(*built)  # a report, and a page "Report not found"


def test_the_sample_says_that_its_oddities_are_meant(built: tuple[BuildSummary, Settings]) -> None:
    out = printed(*built)
    assert "1 row breaks this: " in out
    assert of_build.ON_PURPOSE in out
    own = printed(msgspec.structs.replace(built[0], source="reports"), built[1])
    assert of_build.ON_PURPOSE not in own


def test_fewer_inspections_that_were_accepted_are_nothing_to_look_at(built: tuple[BuildSummary, Settings]) -> None:
    fewer = FailedCheck("no_fewer_inspections", "core.activities", "503 rows break this", 503, {"n_fewer": 503})
    out = printed(msgspec.structs.replace(built[0], failed_checks=(fewer,)), built[1])
    assert "As accepted: 503 fewer inspections and visits than in the warehouse before\n" in out
    assert "To look at" not in out


def test_what_can_be_done_next_works_as_it_is_printed(
    built: tuple[BuildSummary, Settings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / ".venv/bin/judgements")])
    lines = dict(re.findall(r"^  (open|ask|use) .*?  +(\S.*)$", printed(*built), re.MULTILINE))
    program, *words = shlex.split(lines["ask"])
    assert program == ".venv/bin/judgements"
    answer = CliRunner().invoke(cli.app, words)
    assert (answer.exit_code, "help_and_protection" in answer.output) == (0, True)
    assert Path(lines["open"]).parent.parent == built[1].exports
    assert "--source path/to/reports" in lines["use"]


def test_a_program_that_the_path_finds_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "judgements"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert of_build.started_as(str(program), sys.executable) == str(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert of_build.started_as(str(program), sys.executable) == "judgements"
