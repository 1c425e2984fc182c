"""Every question of `sql/examples` runs as it stands, on the sample, in a plain client, and returns what it says."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.questions import Question, read_questions

ALL = read_questions()

# What the sample, with four or so inspections each of a dozen authorities and no edition of statistics, does not hold.
EMPTY = {"31", "37"}


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_warehouse), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def of_the_sample(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What stands in the questions, and what to ask the sample instead."""
    (told, region), *_ = connection.execute(
        """select a.authority_name, a.region_name
           from marts.judgement_history join core.authorities a using (authority_id)
           where a.is_current group by all order by count(*) desc, 1"""
    ).fetchall()
    (weak,), *_ = connection.execute(
        """select authority_name from marts.neighbour_grades where area_code <> 'overall'
           group by all order by max(n_steps_ahead) desc, 1"""
    ).fetchall()
    return {
        "'Greenwich'": f"'{told}'",
        "'Bradford'": f"'{weak}'",
        "'London'": f"'{region}'",
        "'South East'": f"'{region}'",
        "'2025-03-31'": "'2026-08-01'",
        "'2025-06-30'": "'2026-08-01'",
        "'2018-03-31'": "'2016-03-31'",
    }


def test_there_are_thirty_nine_questions_numbered_in_order() -> None:
    assert [question.path.name[:3] for question in ALL] == [f"{n:02}_" for n in range(1, 40)]


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.path.stem)
def test_question_runs_as_it_stands_and_answers_for_the_sample(
    connection: duckdb.DuckDBPyConnection, of_the_sample: dict[str, str], question: Question
) -> None:
    asked = question.path.read_text(encoding="utf-8")
    connection.execute(asked).fetchall()
    for stands, instead in of_the_sample.items():
        asked = asked.replace(stands, instead)
    rows = connection.execute(asked).fetchall()
    assert bool(rows) is (question.path.name[:2] not in EMPTY)


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.path.stem)
def test_shares_show_their_denominator(connection: duckdb.DuckDBPyConnection, question: Question) -> None:
    columns = [column[0] for column in connection.execute(question.statement).description or ()]
    for column in columns:
        if "percent" in column or column.startswith("share_"):
            assert any(name.startswith(("n_", "of_")) for name in columns), column


def test_question_without_its_answer_described_is_refused(tmp_path: Path) -> None:
    (tmp_path / "01_x.sql").write_text("-- @question: What?\nselect 1\n", encoding="utf-8")
    with pytest.raises(SqlHeaderError, match="@returns occurs 0 times"):
        read_questions(tmp_path)
