"""Frames of what the files of the report kinds say: frameworks, their judgements, areas, grades."""

from collections.abc import Iterable, Mapping
from typing import Any

import dataframely as dy
import polars as pl
from msgspec.structs import asdict

from pipelines.report_kinds.registry import load_frameworks, load_grades, load_national_framework, load_vocabulary
from pipelines.tables.schemas_reference import Frameworks, Grades, JudgementAreas
from pipelines.tables.staged import Frames


def report_kind_frames() -> Frames:
    """The frames by name. A broken rule is our own mistake and raises."""
    made = (
        {
            **asdict(kind),
            "framework_code": framework.framework_code,
            "limits_overall": kind.limits_overall and framework.overall_limit is not None,
            "covers": (kind.area_code, *kind.also_covers),
        }
        for framework in load_frameworks()
        for kind in framework.judgements
    )
    return {
        "frameworks": _frame(Frameworks, map(asdict, load_frameworks())),
        "judgement_areas": _frame(JudgementAreas, made),
        "grades": _frame(Grades, map(asdict, load_grades())),
        "areas": pl.DataFrame([asdict(area) for area in load_vocabulary().areas]).with_row_index("sort_order", 1),
        "national_framework": pl.DataFrame(
            [{"national_framework_ref": one.code, "meaning": one.meaning} for one in load_national_framework()]
        ),
    }


def _frame(schema: type[dy.Schema], rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A validated frame of what rows hold under the names of a schema's columns."""
    names = schema.column_names()
    chosen = [{name: row[name] for name in names} for row in rows]
    return schema.validate(pl.DataFrame(chosen, schema=schema.create_empty().schema), cast=True)
