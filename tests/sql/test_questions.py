"""Every question of `sql/examples` runs as it stands, on the sample, in a plain client, and returns what it says."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.commands.known import KINDS_OF_VALUE
from pipelines.errors import UsageError
from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.questions import EXAMPLES, Question, Value, find_question, read_questions

ALL = read_questions()

# What the sample, with four or so inspections each of a dozen authorities and no edition of statistics, does not hold.
EMPTY = {"31", "37"}


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_warehouse), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def of_the_sample(connection: duckdb.DuckDBPyConnection) -> dict[Value, Value]:
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
        "Greenwich": told,
        "Bradford": weak,
        "London": region,
        "South East": region,
        dt.date(2025, 3, 31): dt.date(2026, 8, 1),
        dt.date(2018, 3, 31): dt.date(2016, 3, 31),
    }


def test_there_are_thirty_nine_questions_numbered_in_order() -> None:
    assert [question.path.name[:3] for question in ALL] == [f"{n:02}_" for n in range(1, 40)]


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.path.stem)
def test_question_runs_as_it_stands_and_answers_for_the_sample(
    connection: duckdb.DuckDBPyConnection, of_the_sample: dict[Value, Value], question: Question
) -> None:
    asked = question.path.read_text(encoding="utf-8")
    connection.execute(asked).fetchall()
    for stands, instead in of_the_sample.items():
        asked = asked.replace(f"'{stands}'", f"'{instead}'")
    rows = connection.execute(asked).fetchall()
    assert bool(rows) is (question.number not in EMPTY)
    # what is set answers as what is written
    values = {one.name: of_the_sample.get(one.default, one.default) for one in question.parameters}
    assert connection.execute(question.statement_setting(values), values or None).fetchall() == rows


@pytest.mark.parametrize(
    ("question", "name"),
    [
        pytest.param(question, one.name, id=f"{question.number}-{one.name}")
        for question in ALL
        for one in question.parameters
    ],
)
def test_each_parameter_can_be_set_alone(connection: duckdb.DuckDBPyConnection, question: Question, name: str) -> None:
    default = {one.name: one.default for one in question.parameters}[name]
    as_set = connection.execute(question.statement_setting([name]), {name: default}).fetchall()
    assert as_set == connection.execute(question.path.read_text("utf-8")).fetchall()


def test_what_names_something_in_the_warehouse_is_checked() -> None:
    texts = {one.name for question in ALL for one in question.parameters if one.type == "VARCHAR"}
    assert texts - KINDS_OF_VALUE == {"words"}


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


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("with asked as (select max(start_date) as day from core.inspections)\n\nfrom asked", "must be constants"),
        ("with asked as (select 0.3 as share)\n\nfrom asked", "not share DECIMAL"),
        ("with other as (select 1), asked as (select 2 as n)\nfrom asked", "must begin with a line"),
    ],
)
def test_question_with_parameters_that_cannot_be_set_is_refused(tmp_path: Path, statement: str, why: str) -> None:
    (tmp_path / "01_x.sql").write_text(f"-- @question: What?\n-- @returns: Rows.\n{statement}\n", encoding="utf-8")
    with pytest.raises(SqlHeaderError, match=why):
        read_questions(tmp_path)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("02", "02"),
        ("2", "02"),
        ("02_our_grades_beside_our_neighbours", "02"),
        ("Our_Grades_Beside_Our_Neighbours.sql", "02"),
        ("panel", "12"),
        (str(EXAMPLES / "39_risk_spells_for_a_survival_model.sql"), "39"),
        ("select 1", None),
        ("describe", None),
        ("no/such/02_our_grades_beside_our_neighbours.sql", None),
    ],
)
def test_question_is_found_by_number_name_part_or_path(text: str, number: str | None) -> None:
    found = find_question(text)
    assert (found and found.name[:2]) == number


def test_file_that_is_named_as_a_question_is_no_question(tmp_path: Path) -> None:
    own = tmp_path / ALL[0].path.name
    own.write_text("select 1")
    assert find_question(str(own)) is None


@pytest.mark.parametrize(("text", "why"), [("0", "1 to 39"), ("40", "1 to 39"), ("inspections", "28_area.*36_insp")])
def test_question_that_is_not_clear_is_an_error(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        find_question(text)
