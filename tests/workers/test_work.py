"""What is sent gives what the disk gives, and what the disk lost is nobody's quarantine."""

from pathlib import Path

import pytest

from pipelines.build import stages, work
from pipelines.parsing.facts import RejectedReport
from pipelines.reading.cache import unpack
from pipelines.reading.readers import READERS
from pipelines.settings import Settings
from pipelines.workers.one_report import FACTS, Places
from pipelines.workers.work import Answer, Sent


@pytest.fixture(scope="module")
def settings_of_three(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("sent") / "data", workers=1)
    stages.list_reports(settings, str(three_reports))
    stages.archive_reports(settings)
    return settings


@pytest.mark.parametrize("reader", sorted(READERS))
def test_a_report_that_was_sent_gives_the_same_bytes_as_from_disk(settings_of_three: Settings, reader: str) -> None:
    places = Places.of(settings_of_three.model_copy(update={"reader": reader}))
    path = next(settings_of_three.archive.rglob("*.pdf"))
    for stage in (work.reading(places), work.parsing(places)):
        answer = stage.when_sent(stage.send(path.stem))
        assert stage.from_disk(path.stem) is None
        assert answer == Answer(stage.cache.path(path.stem).read_bytes(), None)


def test_a_refusal_travels_with_its_reason() -> None:
    answer = work.read_sent("pdfium", Sent("ab" * 32, b"<html>"))
    assert answer.refusal == "not_a_pdf"
    parsed = work.parse_sent(Sent("ab" * 32, answer.packed))
    assert parsed is not None
    assert parsed.refusal == "not_a_pdf"
    assert unpack(parsed.packed, FACTS) == RejectedReport(
        "ab" * 32, "not_a_pdf", "a web page stands where the PDF should be"
    )


def test_a_file_that_the_archive_has_lost_is_raised_and_not_quarantined(settings_of_three: Settings) -> None:
    stage = work.reading(Places.of(settings_of_three))
    for feed in (stage.from_disk, stage.send):
        with pytest.raises(FileNotFoundError):
            feed("ab" * 32)
    assert "ab" * 32 not in stage.cache
