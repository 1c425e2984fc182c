"""A correction mends a known error of a source, and fails the build once the error is gone."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from pipelines.tables.corrections import Correction, CorrectionError, OutdatedCorrectionError, load_corrections
from pipelines.tables.frames import stage
from pipelines.tables.staged import Frames
from tests.histories import StoreOf, parsed_report, publication, read_report, sha

YAML = """
- report_id: {report_id}
  field: {field}
  expected: {expected}
  value: {value}
  why: the letter of June says so
  status: reported
"""


def frames_with(corrections: Path) -> Frames:
    store = StoreOf({sha("a"): read_report("a")}, {sha("a"): parsed_report("a")})
    return stage([publication("a")], store, corrections=load_corrections(corrections)).whole()


def corrected(tmp_path: Path, field: str, expected: str, value: str, of: str = "a") -> dict[str, object]:
    path = tmp_path / "corrections.yml"
    path.write_text(YAML.format(report_id=sha(of), field=field, expected=expected, value=value), encoding="utf-8")
    frames = frames_with(path)
    return {
        "start_date": frames["activities"]["start_date"][0],
        "kind": frames["inspections"]["inspection_kind"][0],
        "leaders": frames["judgements"].filter(judgement_code="leaders")["grade"][0],
        "issues": frames["extraction_issues"]["code"].to_list(),
    }


def test_correction_replaces_the_value_and_says_so(tmp_path: Path) -> None:
    found = corrected(tmp_path, "inspections.start_date", "2019-05-13", "2019-05-12")
    assert found["start_date"] == dt.date(2019, 5, 12)
    assert (found["leaders"], found["issues"]) == ("good", ["corrected"])


def test_correction_reaches_what_only_an_inspection_has(tmp_path: Path) -> None:
    assert corrected(tmp_path, "inspections.inspection_kind", "standard", "short")["kind"] == "short"


def test_correction_reaches_one_judgement(tmp_path: Path) -> None:
    assert corrected(tmp_path, "judgements.leaders.grade", "good", "outstanding")["leaders"] == "outstanding"


def test_correction_whose_error_is_gone_fails_the_build(tmp_path: Path) -> None:
    with pytest.raises(OutdatedCorrectionError, match=r"expected datetime.date\(2018, 5, 13\), found .*2019, 5, 13"):
        corrected(tmp_path, "inspections.start_date", "2018-05-13", "2019-05-13")


def test_correction_of_a_report_that_is_not_there_is_idle(tmp_path: Path) -> None:
    found = corrected(tmp_path, "inspections.start_date", "2018-05-13", "2019-05-13", of="another")
    assert found["issues"] == []


@pytest.mark.parametrize(
    "field", ["inspections.mood", "judgements.grade", "judgements.leaders.mood", "lines.text", "reports.provider_urn"]
)
def test_correction_of_a_field_that_no_table_has_is_an_error(tmp_path: Path, field: str) -> None:
    with pytest.raises(CorrectionError, match=f"no such field '{field}'"):
        corrected(tmp_path, field, "good", "bad")


def test_columns_that_follow_from_a_corrected_one_are_corrected_too(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    changes = [("judgements.leaders.grade", "good", "inadequate"), ("reports.authority_id", "E09000003", "E08000032")]
    path.write_text(
        "".join(YAML.format(report_id=sha("a"), field=f, expected=old, value=new) for f, old, new in changes),
        encoding="utf-8",
    )
    frames = frames_with(path)
    assert frames["judgements"].filter(judgement_code="leaders")["grade_rank"].to_list() == [4]
    assert frames["reports"]["provider_urn"].to_list() == ["80449"]


def test_correction_without_a_reason_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text("- {report_id: a, field: b, expected: c, value: d}", encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="why"):
        load_corrections(path)


def test_own_corrections_can_be_read() -> None:
    assert all(isinstance(one, Correction) for one in load_corrections())
