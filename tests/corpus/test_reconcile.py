"""The real reports beside Ofsted's own editions: nothing unexplained, and how often each reason explains one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import cli
from tests.corpus.asked import Asked

SHARED = Path(__file__).parents[3] / "shared"
EDITIONS = sorted((SHARED / "official-statistics").glob("*.ods"))

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

REASONS = {
    "AFTER_REFERENCE_DATE": 236,
    "CODE_IN_FORCE_AT_REFERENCE_DATE": 10,
    "LINK_DATE_LATER_THAN_PRINTED": 4,
    "NAME_SPELLING": 36,
    "NO_REPORT_ABOLISHED_AUTHORITY": 15,
    "NO_REPORT_HELD": 571,
    "CODE_OF_ANOTHER_TIME": 1,
    "OFFICIAL_ERROR": 1,
    "OUT_OF_SCOPE_FRAMEWORK": 498,
    "PUBLISHED_AFTER_CUT_OFF": 10,
    "QUARANTINED": 2,
    "REVISED_BY_OFSTED": 2,
    "SCALE_ADEQUATE_PRINTED_AS_RI": 1,
}


def test_every_difference_has_its_reason_and_all_grades_and_days_agree(asked: Asked) -> None:
    reasons = dict(asked.connection.execute(
        "select reason_code, count(*) from quality.official_differences group by all"
    ).fetchall())  # fmt: skip
    if not asked.connection.execute("from official.editions").fetchall():
        assert reasons == {}
        return
    assert reasons == REASONS
    differing = asked.connection.execute(
        """select item, reason_code, count(*) from quality.official_differences
           where side = 'differs' and (starts_with(item, 'grade:') or item in ('start_date', 'theme', 'outcome'))
           group by all"""
    ).fetchall()
    assert differing == [("grade:overall", "SCALE_ADEQUATE_PRINTED_AS_RI", 1)]


def test_the_command_takes_editions_in_and_ends_with_nothing_unexplained(tmp_path: Path) -> None:
    if not (EDITIONS and (SHARED / "reports").is_dir()):
        pytest.skip("no real reports and editions in ../shared beside the repository")
    data = ["--data", str(tmp_path)]
    runner = CliRunner()
    built = runner.invoke(cli.app, ["build", "--source", str(SHARED / "reports"), "--only", "nottingham", *data])
    assert built.exit_code == 0, built.output
    result = runner.invoke(cli.app, ["reconcile", *map(str, EDITIONS), *data])
    assert result.exit_code == 0, result.output
    assert "LA_inspections_2009-2023" in result.output
    shown = runner.invoke(cli.app, ["show", "Cumbria", *data])
    assert "official statistics" in " ".join(shown.output.split())
    again = runner.invoke(
        cli.app, ["build", "--source", str(SHARED / "reports"), "--only", "nottingham", "--json", *data]
    )
    assert '"is_unchanged": true' in again.output, "editions stay"
