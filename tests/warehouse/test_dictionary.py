"""The data dictionary says what the SQL headers say today."""

import pytest

from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.models import read_models
from pipelines.warehouse.types import column_types
from scripts.write_docs import pages


@pytest.mark.parametrize("name", ["data_dictionary.md", "questions.md"])
def test_written_pages_are_current(name: str) -> None:
    written = (SQL_FOLDER.parent / "docs" / name).read_text("utf-8")
    assert written == pages()[name], "run python scripts/write_docs.py"


def test_every_header_describes_the_columns_that_are_there() -> None:
    for model in read_models():
        assert list(column_types()[model.full_name]) == list(model.columns), model.full_name


def test_columns_keep_the_types_of_the_contract() -> None:
    types = column_types()
    assert types["core.inspections"]["visits"] == "STRUCT(start_date DATE, end_date DATE)[]"
    assert types["core.authorities"]["statistical_neighbours"] == "VARCHAR[]"
    assert types["core.authorities"]["provider_urn"] == "VARCHAR"
    assert types["core.paragraphs"]["paragraph_number"] == "INTEGER"
    assert types["core.recommendations"]["national_framework_refs"] == "VARCHAR[]"
    assert types["quality.quarantined_reports"]["first_seen_at"] == "TIMESTAMP"
    assert types["quality.text_coverage"]["share_accounted"] == "DOUBLE"
    # Data to Insight's file has dates as text, and so has the mart that stands in for it.
    of_ours = [columns for table, columns in types.items() if table != "marts.d2i_summary"]
    dates = {name: kind for columns in of_ours for name, kind in columns.items() if name.endswith("_date")}
    assert set(dates.values()) == {"DATE"}
