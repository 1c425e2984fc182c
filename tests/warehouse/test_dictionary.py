"""The data dictionary says what the SQL headers say today."""

from pathlib import Path

import pytest

from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.dictionary import dictionary_of, models_in_reading_order
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


def test_the_dictionary_as_data_has_every_table_with_values_that_are_in_it(sample_warehouse: Path) -> None:
    with open_warehouse(sample_warehouse) as connection:
        entries = {one.name: one for one in dictionary_of(connection)}
        assert list(entries) == [model.full_name for model in models_in_reading_order()]
        assert dictionary_of(connection) == list(entries.values())
        for entry in entries.values():
            assert {one.name: one.type for one in entry.columns} == column_types()[entry.name]
            if entry.kind == "macro":
                assert entry.n_rows is None
                assert not any(one.samples for one in entry.columns)
                continue
            assert entry.n_rows == connection.sql(f"from {entry.name}").shape[0]
            filled = connection.sql(f"from {entry.name}").aggregate(
                ", ".join(f'count("{one.name}")' for one in entry.columns)
            )
            for column, n_values in zip(entry.columns, filled.fetchall()[0], strict=True):
                assert bool(column.samples) == bool(n_values), f"{entry.name}.{column.name}"
                assert len(set(column.samples)) == len(column.samples) <= 3


def test_the_dictionary_as_data_draws_joins_both_ways(sample_warehouse: Path) -> None:
    with open_warehouse(sample_warehouse) as connection:
        entries = {one.name: one for one in dictionary_of(connection)}
    grade = next(one for one in entries["core.judgements"].columns if one.name == "grade")
    assert grade.references == "core.grades.grade"
    assert grade.samples
    assert "core.judgements.grade" in entries["core.grades"].referenced_by
    text = next(one for one in entries["core.paragraphs"].columns if one.name == "text")
    assert all(len(one) <= 80 for one in text.samples)
    assert any(one.endswith("…") for one in text.samples)
