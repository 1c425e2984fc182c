"""A task gives an outcome for every file, whatever is in it, and a worker that dies over one file costs that file."""

from pathlib import Path

import pytest

from pipelines.build import stages
from pipelines.build.workspace import Workspace
from pipelines.parsing.facts import RejectedReport
from pipelines.reading.cache import kind_of, unpack
from pipelines.reading.lines import UnreadableReport
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from pipelines.workers import tasks
from pipelines.workers.tasks import Job
from tests.workers import deadly

SHA = "ab" * 32


def test_the_lines_of_a_refused_file_become_facts_with_the_same_reason() -> None:
    lines = tasks.read("pdfium", Job(SHA, b"<html>"))
    facts = tasks.parse(Job(SHA, lines))
    assert [kind_of(packed) in tasks.QUARANTINED for packed in (lines, facts)] == [True, True]
    refused = RejectedReport(SHA, "not_a_pdf", "a web page stands where the PDF should be")
    assert unpack(facts, tasks.FACTS) == refused


def test_whatever_a_file_makes_the_program_raise_is_the_outcome_of_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise RecursionError("too deep")

    good = tasks.read("pdfium", Job(SHA, three_words()))
    monkeypatch.setattr(tasks, "read_report", fail)
    monkeypatch.setattr(tasks, "parse_report", fail)
    read = unpack(tasks.read("pdfium", Job(SHA, b"%PDF-")), tasks.LINES)
    assert isinstance(read, UnreadableReport)
    assert (read.reason, read.detail) == ("damaged_pdf", "the reader failed on it: RecursionError: too deep")
    parsed = unpack(tasks.parse(Job(SHA, good)), tasks.FACTS)
    detail = "the rules failed on it: RecursionError: too deep"
    assert parsed == RejectedReport(SHA, "unreadable_judgements", detail)


def test_lines_that_can_not_be_unpacked_give_nothing() -> None:
    assert tasks.parse(Job(SHA, b"no lines")) == b""


def test_a_file_that_the_archive_has_lost_is_fetched_again_before_it_is_read(
    settings: Settings, three_reports: Path
) -> None:
    with Workspace.open(settings) as workspace:
        stages.list_reports(workspace, Wanted(str(three_reports)))
        stages.archive_reports(workspace)
        lost = next(settings.archive.rglob("*.pdf"))
        lost.unlink()
        assert stages.read_reports(workspace) == stages.TaskCounts(n_files=3, n_done=3, n_refused=0)
        assert lost.stem in workspace.lines_cache
        assert workspace.warnings == [f"{lost} was damaged, and was fetched again."]


def test_files_that_kill_or_hold_up_a_worker_are_set_aside_and_the_run_goes_on(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = deadly.reports(tmp_path)
    monkeypatch.setattr(tasks, "read", deadly.read_or_die)
    with Workspace.open(settings.model_copy(update={"seconds_per_report": deadly.SECONDS, "workers": 2})) as workspace:
        stages.list_reports(workspace, Wanted(str(folder)))
        stages.archive_reports(workspace)
        assert stages.read_reports(workspace) == stages.TaskCounts(n_files=4, n_done=4, n_refused=4)
        assert stages.read_reports(workspace).n_done == 0, "what ran out of time does so once"
        assert stages.parse_reports(workspace) == stages.TaskCounts(n_files=4, n_done=4, n_refused=4)
        assert stages.parse_reports(workspace).n_done == 0
        found = deadly.outcomes(workspace)
    took_long = f"it took longer than {deadly.SECONDS} seconds"
    assert found[:2] == [("damaged_pdf", "the process that read it died"), ("damaged_pdf", took_long)]
    assert [reason for reason, _ in found[2:]] == ["not_a_pdf", "not_a_pdf"]


def three_words() -> bytes:
    """A PDF that is read."""
    from pipelines.sample.make import DEFAULT_SEED, make_report

    return make_report(DEFAULT_SEED, 0)[1]
