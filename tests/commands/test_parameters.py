"""What a person may set in a question, and what is said of what can't be set."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from pipelines import cli
from pipelines.commands.known import known_value
from pipelines.commands.parameters import read_value, read_values
from pipelines.errors import JudgementsError, UsageError
from pipelines.warehouse.questions import Parameter, find_question, read_question
from tests.histories import tables_of_history


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with every authority, and nothing about them."""
    with tables_of_history([]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("authority", "kent", "Kent"),
        ("authority", "York", "York"),
        ("authority", " st   HELENS ", "St. Helens"),
        ("authority", "Saint Helens", "St. Helens"),
        ("authority", "Leeds City Council", "Leeds"),
        ("authority", "Royal Borough of Greenwich", "Greenwich"),
        ("authority", "Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("authority", "e10000016", "Kent"),
        ("authority", "stoke on", "Stoke-on-Trent"),
        ("authority", "E10000016", "Kent"),
        ("region", "yorkshire", "Yorkshire and the Humber"),
        ("region", "south  east", "South East"),
        ("ONS or Ofsted region", "north east yorkshire & the humber", "North East, Yorkshire and the Humber"),
        ("area", "Care", "care"),
        ("area", "Help and protection", "help_and_protection"),
        ("area", "leavers", "care_leavers"),
        ("theme", "CARE LEAVERS", "Care leavers"),
        ("theme", "front_door", "Front door"),
        ("grade", "Requires improvement", "requires_improvement"),
        ("framework", "ILACS 2023", "ilacs_2023"),
        ("framework_family", "ILACS", "ilacs"),
    ],
)
def test_name_means_one_value(connection: duckdb.DuckDBPyConnection, kind: str, text: str, meant: str) -> None:
    assert known_value(connection, kind, text).label == meant


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("authority", "kingston", "could be any of: Kingston Upon Hull"),
        ("authority", "Kentt", r"no authority 'Kentt'\. Did you mean Kent"),
        ("region", "south", "The region 'south' could be any of: South East; South West"),
        ("region", "Narnia", "There is no region 'Narnia'. Known: East Midlands; East of England; London"),
        (
            "grade",
            "inadequat",
            "Did you mean inadequate, adequate\\? Known: outstanding; good; adequate; requires_improvement",
        ),
        ("authority", " ", "There is no authority"),
        ("area", "lanterns", "Known: overall; leaders; help_and_protection"),
        ("theme", "...", "There is no theme"),
        ("framework_family", "jtai", "There is no framework family 'jtai'. Known: .*sif; .*ilacs"),
    ],
)
def test_name_of_none_or_several_says_which_there_are(
    connection: duckdb.DuckDBPyConnection, kind: str, text: str, why: str
) -> None:
    with pytest.raises(JudgementsError, match=why):
        known_value(connection, kind, text)


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (Parameter("day", "DATE", None), "31/03/2025", dt.date(2025, 3, 31)),
        (Parameter("day", "DATE", None), "", None),
        (Parameter("reference_date", "DATE", None), "2022", dt.date(2022, 12, 31)),
        (Parameter("from_date", "DATE", None), "2022", dt.date(2022, 1, 1)),
        (Parameter("authority", "VARCHAR", ""), "", ""),
        (Parameter("years", "INTEGER", 2), "12", 12),
        (Parameter("share", "DOUBLE", 0.3), "0.35", 0.35),
        (Parameter("words", "VARCHAR", "a"), "it's; drop table core.grades --", "it's; drop table core.grades --"),
    ],
)
def test_value_has_the_type_of_the_default(
    connection: duckdb.DuckDBPyConnection, parameter: Parameter, text: str, value: object
) -> None:
    assert read_value(connection, parameter, text) == value


@pytest.mark.parametrize(
    ("parameter", "text", "why"),
    [
        (Parameter("day", "DATE", dt.date(2025, 3, 31)), "soon", "day 'soon' can't be read as a day"),
        (Parameter("day", "DATE", dt.date(2025, 3, 31)), "", "day can't be empty: give a date"),
        (Parameter("years", "INTEGER", 2), "two", "years must be a whole number from 0, such as 12, not 'two'"),
        (Parameter("years", "INTEGER", 2), "-1", "whole number from 0"),
        (Parameter("years", "INTEGER", 2), "2147483648", "whole number from 0"),
        (Parameter("share", "DOUBLE", 0.3), "nan", "share must be a number, such as 0.5, not 'nan'"),
        (Parameter("words", "VARCHAR", "a"), " ", "words can't be empty: give a text"),
    ],
)
def test_value_of_another_type_says_what_is_expected(
    connection: duckdb.DuckDBPyConnection, parameter: Parameter, text: str, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        read_value(connection, parameter, text.strip())


@pytest.mark.parametrize(
    ("number", "settings", "why"),
    [
        ("02", ["authority"], "--set takes NAME=VALUE, such as --set authority=Kent, not 'authority'"),
        ("02", ["=Kent"], "--set takes NAME=VALUE"),
        ("02", ["region=London"], "Question 02 has no 'region' to set. Known: authority, reference_date"),
        ("02", ["reference_date=today", "Reference-Date=today"], "reference_date is set twice"),
        ("07", ["area=care"], "Nothing can be set in question 07"),
    ],
)
def test_setting_that_cannot_be_made_is_an_error(
    connection: duckdb.DuckDBPyConnection, number: str, settings: list[str], why: str
) -> None:
    path = find_question(number)
    assert path
    with pytest.raises(UsageError, match=why):
        read_values(connection, read_question(path), settings)


def query(data: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.app, ["query", *words, "--data", str(data)])


def test_question_is_asked_of_another_authority_in_every_form(data: Path) -> None:
    asked = ["02", "--set", "authority=marrow", "--set", "reference_date=1 August 2026"]
    result = query(data, *asked, "--format", "csv")
    assert result.exit_code == 0, result.output
    us, *_ = csv.DictReader(io.StringIO(result.stdout))
    assert (us["neighbour_rank"], us["authority_name"]) == ("0", "Marrowby")
    assert us["leaders"]
    assert "authority=Marrowby, reference_date=2026-08-01" in result.stderr
    for form in ("table", "json", "parquet", "xlsx"):
        answer = query(data, *asked, "--format", form)
        assert (answer.exit_code, len(answer.stdout_bytes) > 100) == (0, True), answer.output


def test_question_by_number_answers_as_its_file(data: Path) -> None:
    path = find_question("16")
    assert path
    by_number, by_path = query(data, "16", "--format", "csv"), query(data, str(path), "--format", "csv")
    assert by_number.exit_code == 0
    assert by_number.stdout.count("\n") > 1
    assert by_number.stdout == by_path.stdout
    assert by_path.stderr == "", "a file is run as it stands"
    assert query(data, str(path), "--set", "reference_date=2020-01-01", "--format", "csv").stdout != by_path.stdout


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["select 1", "--set", "authority=Kent"], 2, "--set is for the questions of sql/examples"),
        (["neighbrs", "--set", "authority=Kent"], 2, "'neighbrs' is none of them"),
        (["02", "--set", "authority=qqqq"], 2, "no authority 'qqqq'"),
        (["21", "--set", "region=Narnia"], 2, "There is no region 'Narnia'"),
        (["02", "--set", "reference_date=soon"], 2, "can't be read as a day"),
        (["05", "--set", "years=two"], 2, "whole number"),
        (["44"], 2, "There is no question 44"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(data: Path, words: list[str], code: int, why: str) -> None:
    result = query(data, *words)
    assert (result.exit_code, why in result.output, "Traceback" in result.output) == (code, True, False), result.output
