"""A warehouse of four tiny models, so that a test of building one need not derive all of `sql/`."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import polars as pl

from pipelines.tables.staged import REPORT_FRAMES, Frames, Part, Staged
from pipelines.warehouse.build import BuiltWarehouse, built_warehouse, replace_published
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse

SQL = {
    "core/inspections.sql": """-- @description: One row per inspection.
-- @grain: inspection_id
-- @column: inspection_id | Its key.
-- @column: grade | Its grade.
-- @unique: inspection_id
-- @not_null: inspection_id, grade
from staged.inspections order by inspection_id
""",
    "marts/n_grades.sql": """-- @description: How often each grade was given.
-- @grain: grade
-- @column: grade | The grade.
-- @column: n_inspections | How often.
select g.grade, n.n as n_inspections
from (select distinct grade from core.inspections) g, n_grades(g.grade) n
order by g.grade
""",
    "macros/n_grades.sql": """-- @description: How often a grade was given.
-- @grain: n
-- @parameter: wanted | The grade.
-- @column: n | How often.
create or replace macro n_grades(wanted) as table select count(*) as n from core.inspections i where i.grade = wanted
""",
    "meta/build.sql": """-- @description: What this warehouse was built from.
-- @grain: fingerprint
-- @column: source_name | The source.
-- @column: fingerprint | The fingerprint.
from staged.build
""",
    "tests/grades_are_known.sql": """-- @description: A grade is one of the scale.
-- @table: core.inspections
-- @severity: blocking
select inspection_id as report_id, 1 as page_number, grade from core.inspections where grade = 'excellent'
""",
    "tests/not_all_are_good.sql": """-- @description: Not every inspection is good.
-- @table: core.inspections
-- @severity: warning
select 'r' as report_id, 1 as page_number from core.inspections having bool_and(grade = 'good')
""",
    "tests/no_fewer.sql": """-- @description: No fewer inspections than before.
-- @table: core.inspections
-- @severity: blocking
-- @scope: build
select inspection_id, 'fewer' as loss, m.source_name as published_from
from published.core.inspections anti join core.inspections using (inspection_id), published.meta.build m
""",
}


def write_sql(folder: Path) -> Path:
    """The models and tests as files."""
    for name, text in SQL.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def staged(grades: Iterable[str], opened: list[str] | None = None) -> Staged:
    """A part for each grade, of one inspection: `opened` notes the keys of those whose rows are made."""

    def part(number: int, grade: str) -> Part:
        def frames() -> Frames:
            (opened if opened is not None else []).append(f"{number}-{grade}")
            empty = {name: pl.DataFrame({"report_id": []}, schema={"report_id": pl.String}) for name in REPORT_FRAMES}
            return empty | {"inspections": pl.DataFrame({"inspection_id": [f"i{number}"], "grade": [grade]})}

        return Part(f"{number}", f"{number + 1}", f"{number}-{grade}", 1, frames)

    return Staged({}, tuple(part(number, grade) for number, grade in enumerate(grades)))


class TinyWarehouse:
    """A data folder of its own with a published warehouse."""

    def __init__(self, folder: Path) -> None:
        self.sql = write_sql(folder / "sql")
        self.rows = folder / "rows"
        self.published = folder / "warehouse" / "judgements.duckdb"

    def build(
        self, *grades: str, source: str = "test", force: bool = False, accept_fewer_inspections: bool = False
    ) -> tuple[BuiltWarehouse, list[str]]:
        """Build and publish: the warehouse, and the parts whose rows were made."""
        opened: list[str] = []
        with built_warehouse(
            staged(grades, opened),
            self.published,
            source,
            self.rows,
            self.sql,
            accept_fewer_inspections=lambda _: accept_fewer_inspections,
            force=force,
        ) as built:
            replace_published(built.path, built.published, is_altered=built.replaces_altered)
        return built, sorted(opened)  # parts are made at the same time

    def contents(self) -> list[tuple[object, ...]]:
        """Inspections with their grades; nothing where none was published."""
        with suppress(MissingWarehouseError), open_warehouse(self.published) as connection:
            return connection.execute("from core.inspections").fetchall()
        return []
