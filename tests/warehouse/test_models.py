"""SQL headers say all that they must, and models come after what they read."""

from pathlib import Path

import pytest

from pipelines.warehouse.checks import read_tests
from pipelines.warehouse.headers import SqlHeaderError
from pipelines.warehouse.models import read_models

GOOD = "-- @description: D.\n-- @grain: a\n-- @column: a | A.\nselect 1 as a\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("-- @description: D.\n", ""), "@description occurs 0 times"),
        (GOOD.replace("-- @grain: a\n", ""), "@grain occurs 0 times"),
        (GOOD.replace("a | A.", "a"), "must be `name . text`"),
        (GOOD.replace("-- @grain", "-- @grian"), "'-- @grian: a' is none of @column"),
        (GOOD.replace("select", "-- a note\nselect"), "'-- a note' is none of"),
        (GOOD.replace("@grain: a", "@grain: b"), "no @column describes b"),
        (GOOD.replace("select", "-- @unique: a, c\nselect"), "no @column describes c"),
        (GOOD.replace("select", "-- @kept_as: index\nselect"), "@kept_as can only be view"),
        (GOOD.replace("select", "-- @column: a | Again.\nselect"), "each name once"),
    ],
)
def test_header_with_a_fault_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SqlHeaderError, match=message):
        read_models(write(tmp_path, "core/x.sql", text))


def test_steps_stand_before_the_statement_and_count_as_read(tmp_path: Path) -> None:
    steps = "create table steps.s as\nselect a from core.z;\n\n"
    write(tmp_path, "core/a.sql", GOOD.replace("select 1 as a", f"{steps}select a from steps.s"))
    write(tmp_path, "core/z.sql", GOOD)
    *_, model = read_models(tmp_path)
    assert (model.steps, model.statement) == (
        ("create table steps.s as\nselect a from core.z",),
        "select a from steps.s",
    )
    assert model.reads == {"core.z"}


def test_model_comes_after_what_it_reads(tmp_path: Path) -> None:
    write(tmp_path, "core/a.sql", GOOD.replace("1 as a", "a from core.z -- not core.missing"))
    write(tmp_path, "core/z.sql", GOOD)
    assert [model.full_name for model in read_models(tmp_path)] == ["core.z", "core.a"]


def test_test_without_a_known_severity_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "tests/t.sql", "-- @description: D.\n-- @table: core.x\n-- @severity: mild\nselect 1\n")
    with pytest.raises(SqlHeaderError, match="must be blocking or warning"):
        read_tests(tmp_path)


def test_every_table_that_a_test_or_reference_names_is_a_model() -> None:
    models = {model.full_name: model for model in read_models()}
    assert {test.table for test in read_tests()} <= models.keys()
    for model in models.values():
        for target in model.references.values():
            table, _, column = target.rpartition(".")
            assert column in models[table].columns
